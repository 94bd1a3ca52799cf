"""What an answer says by itself of the smallness of the samples that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rolewise.advisor.answer import Citation
from rolewise.advisor.market import SMALL_SAMPLE

_SAMPLE = re.compile(r"\b(?:n|N|(?i:sample(?: size)?|respondents))\s?(?:=|:|of\b)\s?(\d[\d,]{0,14})")


def notice_of_small_samples(citations: Iterable[Citation]) -> str:
    """A sentence that names the small samples of the cited figures and their sources; empty where none is small.

    A quote that gives several sizes counts by its largest: the others are asides.
    """
    small: dict[str, dict[int, None]] = {}
    for citation in citations:
        sizes = [int(digits.replace(",", "")) for digits in _SAMPLE.findall(citation.quote)]
        if sizes and max(sizes) < SMALL_SAMPLE:
            source = ", ".join(filter(None, (citation.publisher, citation.published)))
            small.setdefault(source, {})[max(sizes)] = None
    if not small:
        return ""
    named = "; ".join(f"{', '.join(f'n={size}' for size in sizes)} in {source}" for source, sizes in small.items())
    return f"This rests on small samples ({named}). Fewer than {SMALL_SAMPLE} cases say little about what is usual."
