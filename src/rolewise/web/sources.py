"""The sources panel: each cited passage, its quote marked within the text around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from rolewise.advisor import Citation
from rolewise.web.markdown import escaped
from rolewise.web.turns import Turn

NEIGHBOUR_CHARACTERS = 180
NOTHING_YET = "<p class='rw-empty'>The sources of each answer appear here, with the cited words marked.</p>"
NO_SOURCES = "<p class='rw-empty'>This answer cites no source.</p>"
GONE = "These words are no longer in the sources."
"""Said of a conversation that was kept longer than its source."""

DocumentText = Callable[[str], str]


def panel(turns: list[Turn], document_text: DocumentText) -> str:
    """HTML of the newest answer's sources."""
    if not turns or not (answer := turns[-1].answer):
        return NOTHING_YET
    return cards(turns[-1], document_text) if answer.citations else NO_SOURCES


def earlier_panel(turns: list[Turn], document_text: DocumentText) -> str:
    """HTML of the answers before the newest one, folded."""
    folded = [
        f"<details><summary>{escaped(turn.question)}</summary>{cards(turn, document_text)}</details>"
        for turn in reversed(turns[:-1])
        if turn.answer and turn.answer.citations
    ]
    return f"<h3 class='rw-earlier'>Earlier answers</h3>{''.join(folded)}" if folded else ""


def cards(turn: Turn, document_text: DocumentText) -> str:
    answer = turn.answer
    items = [card(c, f"rw-{turn.id}-{c.n}", document_text) for c in answer.citations] if answer else []
    return f"<ol class='rw-cards'>{''.join(items)}</ol>"


def card(citation: Citation, element_id: str, document_text: DocumentText) -> str:
    """One citation as a list item that markers link to."""
    return (
        f"<li class='rw-card' id='{escaped(element_id)}' tabindex='-1'>{card_body(citation, document_text)}"
        "<button type='button' class='rw-back'>Back to the answer</button></li>"
    )


def card_body(citation: Citation, document_text: DocumentText) -> str:
    """A citation's number, section, quote in its surroundings, and source."""
    text = document_text(citation.source_id)
    before, after = surroundings(citation, text)
    gone = "" if citation.quote in text else f"<p class='rw-facts'>{GONE}</p>"
    published = f"<time>{escaped(citation.published)}</time>" if citation.published else ""
    facts = " · ".join(filter(None, [escaped(citation.publisher), published, page_link(citation.url)]))
    return (
        f"<span class='rw-n' aria-hidden='true'>{citation.n}</span>"
        f"<p class='rw-section'><span class='rw-hidden'>Source {citation.n}: </span>{escaped(citation.section)}</p>"
        f"<blockquote>{around(before)}<mark>{escaped(citation.quote)}</mark>{around(after)}</blockquote>"
        f"<p class='rw-title'>{escaped(citation.title)}</p><p class='rw-facts'>{facts}</p>{gone}"
    )


def page_link(url: str | None) -> str:
    """A link to the source's own page, in a new tab; nothing where it has none on the web."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return ""
    return (
        f"<a href='{escaped(url)}' target='_blank' rel='noopener noreferrer'>"
        "Open the page<span class='rw-hidden'> in a new tab</span> ↗</a>"
    )


def around(text: str) -> str:
    return f"<span class='rw-around'> {escaped(text)} </span>" if text else ""


def surroundings(citation: Citation, text: str) -> tuple[str, str]:
    """A line before and one after the quote within its section, shortened; nothing where the quote is not found."""
    start = citation.start if text[citation.start : citation.end] == citation.quote else text.find(citation.quote)
    if start < 0:
        return "", ""
    before = _lines(text[:start].rpartition("\n#")[2], drop_first=True)
    after = _lines(text[start + len(citation.quote) :].partition("\n#")[0])
    return _shortened(before[-1:], keep_end=True), _shortened(after[:1])


def _lines(text: str, drop_first: bool = False) -> list[str]:
    """Lines with words; the first, cut from a heading, may have to go. Tables' rules and list signs are left out."""
    lines = text.split("\n")[1:] if drop_first else text.split("\n")
    plain = (re.sub(r"^\s*(?:[-*+>]|\d+\.)\s+", "", line).strip() for line in lines)
    return [line for line in plain if any(c.isalnum() for c in line)]


def _shortened(lines: list[str], keep_end: bool = False) -> str:
    text = " ".join(lines)
    if len(text) <= NEIGHBOUR_CHARACTERS:
        return text
    if keep_end:
        return "… " + text[-NEIGHBOUR_CHARACTERS:].partition(" ")[2]
    return text[:NEIGHBOUR_CHARACTERS].rpartition(" ")[0] + " …"
