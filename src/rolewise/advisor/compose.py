"""From evidence to the text of an answer: sentences with markers, tables, and the citations behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rolewise.advisor.answer import Citation
from rolewise.advisor.evidence import Comparison, Point
from rolewise.corpus import Corpus, Passage


@dataclass
class Footnotes:
    """Numbers the passages in the order in which the text cites them."""

    corpus: Corpus
    numbers: dict[str, int] = field(default_factory=dict)

    def marks(self, passages: tuple[Passage, ...]) -> str:
        """` [1][2]` for the passages; nothing for none."""
        found = sorted({self.numbers.setdefault(p.id, len(self.numbers) + 1) for p in passages})
        return " " + "".join(f"[{n}]" for n in found) if found else ""

    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citation(n, self.corpus.by_id[ident]) for ident, n in self.numbers.items())

    def _citation(self, n: int, passage: Passage) -> Citation:
        source = self.corpus.document[passage.document_id].provenance
        page = (f"page {passage.page}",) if passage.page else ()
        return Citation(
            n=n,
            source_id=passage.document_id,
            title=source.title,
            section=" > ".join((*(passage.section[1:] or passage.section), *page)),
            quote=passage.text,
            url=source.url,
            published=source.published,
            publisher=source.publisher,
            start=passage.start,
            end=passage.end,
            passage_id=passage.id,
        )


def marked(text: str, passages: tuple[Passage, ...], footnotes: Footnotes) -> str:
    """The sentence with its markers before the closing full stop."""
    marks = footnotes.marks(passages)
    end = re.search(r"[.!?:]?$", text)
    at = end.start() if end else len(text)
    return text[:at] + marks + text[at:] if marks else text


def lines_of(points: tuple[Point, ...], footnotes: Footnotes, wording: dict[int, str] | None = None) -> list[str]:
    """Each point as a piece of Markdown; `wording` replaces the text of a point by its position."""
    pieces = []
    for position, point in enumerate(points):
        text = marked((wording or {}).get(position, point.text), point.passages, footnotes)
        pieces.append({"sentence": text, "bullet": f"- {text}", "label": text}[point.style])
    return pieces


def layout(pieces: list[tuple[str, str]]) -> str:
    """Join (style, text) pieces: sentences run on, bullets and tables stand in blocks."""
    text = ""
    before = ""
    for style, piece in pieces:
        if not text:
            text = piece
        elif style == "bullet":
            text += ("\n" if before == "bullet" else "\n\n") + piece
        elif style == "sentence" and before == "sentence":
            text += " " + piece
        else:
            text += "\n\n" + piece
        before = style
    return text


def table_of(table: Comparison, footnotes: Footnotes) -> str:
    """A Markdown table, a column for each role."""
    head = "| | " + " | ".join(table.roles) + " |\n|---|" + "---|" * len(table.roles)
    body = [
        f"| **{label}** | " + " | ".join(_cell(cell, footnotes, table.nothing) for cell in cells) + " |"
        for label, cells in table.lines
    ]
    return "\n".join([head, *body])


def _cell(points: tuple[Point, ...], footnotes: Footnotes, nothing: str) -> str:
    if not points:
        return nothing
    return "; ".join(p.text.replace("|", "\\|") + footnotes.marks(p.passages) for p in points)
