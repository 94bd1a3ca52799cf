"""Lines of a PDF page, from the pieces of text that it places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

BULLET = r"[•▪■◦‣·●○\uf0b7\uf0a7\uf076*–-]|o|\d{1,2}[.)]|[a-z]\)"
_ALONE = re.compile(rf"^(?:{BULLET})$")
# Widths of letters in units of their size, as in Helvetica; other faces lie within a tenth of it.
_WIDTHS = {**dict.fromkeys("iljtfrI.,:;'|![]()/ -", 0.28), **dict.fromkeys("mwMW%", 0.86)}


class Piece(NamedTuple):
    """Text in one place: `x` and `y` of its beginning in points from the lower left, `size` of its letters."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Line:
    """A line of a page. `cells` are the pieces between gaps, (x, text): words apart, or columns of a table."""

    cells: tuple[tuple[float, str], ...]
    y: float
    size: float
    bold: bool

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.cells)


def lines_of(pieces: list[Piece]) -> list[Line]:
    """The lines of a page in the order in which it was written, which keeps columns of text apart."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        for number, part in enumerate(p for p in piece.text.split("\n") if p.strip()):
            one = piece._replace(text=part, y=piece.y - number * 1.2 * piece.size)
            if rows and abs(rows[-1][-1].y - one.y) < 0.5 * max(one.size, 1):
                rows[-1].append(one)
            else:
                rows.append([one])
    return [_line(row) for row in rows]


def width(text: str, size: float) -> float:
    """About how wide a text is, in points."""
    return size * sum(_WIDTHS.get(c, 0.67 if c.isupper() else 0.55) for c in text)


def _line(pieces: list[Piece]) -> Line:
    cells: list[tuple[float, str]] = []
    for piece in pieces:
        # A space at the seam is how pypdf tells that there is a gap; a bullet belongs to its words.
        before = cells[-1][1] if cells else ""
        apart = piece.text[0].isspace() or before[-1:].isspace()
        if before and (not apart or _ALONE.match(before.strip())):
            cells[-1] = (cells[-1][0], cells[-1][1] + piece.text)
        else:
            cells.append((piece.x, piece.text))
    said = tuple((x, " ".join(text.split())) for x, text in cells if text.strip())
    return Line(said, pieces[0].y, max(p.size for p in pieces), all(p.bold for p in pieces))
