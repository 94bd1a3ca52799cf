"""What an answer says by itself of the age of the figures that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rolewise.advisor.answer import Citation
from rolewise.corpus.words import tokens

OLD_YEARS = 2


def notice_of_age(citations: Iterable[Citation], today: date) -> str:
    """A sentence that names the sources whose cited figures are older than two years; empty where none is."""
    old = {
        (c.publisher, c.published): None
        for c in citations
        if _has_figures(c.quote) and _age(c.published, today) > OLD_YEARS
    }
    if not old:
        return ""
    named = "; ".join(f"{publisher}, {published}" for publisher, published in old)
    return f"This rests on figures that are more than {OLD_YEARS} years old ({named}). Look for newer ones before you decide by them."


def _has_figures(quote: str) -> bool:
    """Amounts, shares and counts. A year is none, nor is the day of a date."""
    numbers = [t.text for t in tokens(quote) if t.text.lstrip("$€£")[:1].isdigit()]
    return any(not n.isdigit() or (len(n) > 2 and not (len(n) == 4 and n[:2] in ("19", "20"))) for n in numbers)


def _age(published: str, today: date) -> float:
    """Years since a day, month or year (ISO); the end of a bare month or year counts, so that nothing seems older."""
    parts = [int(p) for p in published.split("-")]
    year, month, day = (*parts, 12, 28)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    return (today - date(year, month, day)).days / 365.25
