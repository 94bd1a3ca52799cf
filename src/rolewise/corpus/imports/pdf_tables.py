"""Tables of a PDF: lines whose pieces stand under each other."""

from __future__ import annotations

from dataclasses import dataclass

from rolewise.corpus.imports.blocks import clean, told
from rolewise.corpus.imports.pdf_lines import Line, width


@dataclass(frozen=True)
class Table:
    """Rows on one page: `lines` of it, under `header`, which may be empty or stand on the page before."""

    header: tuple[str, ...]
    columns: Line
    rows: tuple[tuple[str, ...], ...]
    lines: int

    def told(self) -> list[str]:
        return [text for row in self.rows if (text := told(self.header, [clean(cell) for cell in row]))]


def table_at(lines: list[Line], at: int, before: Table | None = None) -> Table | None:
    """The table that begins at a line; None where none does. `before` is the one that the last page ended with."""
    first = lines[at]
    if before and (row := _fitted(first, before.columns)):
        repeated = tuple(clean(cell) for cell in row) == before.header
        rows = _run(lines, at, before.columns)
        return Table(before.header, before.columns, rows[1:] if repeated else rows, len(rows))
    second = lines[at + 1] if at + 1 < len(lines) else None
    if second is None or len(first.cells) < 2:
        return None
    # A header is often centred over columns that are not: the rows below it then fit each other, and not it.
    if (
        len(second.cells) == len(first.cells)
        and _fitted(first, second) is None
        and 0 < first.y - second.y < 4 * first.size
    ):
        rows = _run(lines, at + 1, second)
        if len(rows) > 1 and _heads(first, rows):
            return Table(tuple(clean(t) for _, t in first.cells), second, rows, len(rows) + 1)
    rows = _run(lines, at, first)
    if len(rows) > 1 and (
        _heads(first, rows[1:]) and (first.bold > lines[at + 1].bold or len(rows) > 2 or _numbers(rows[1:]))
    ):
        return Table(tuple(clean(cell) for cell in rows[0]), first, rows[1:], len(rows))
    return Table((), first, rows, len(rows)) if len(rows) > 2 else None


def _run(lines: list[Line], at: int, columns: Line) -> tuple[tuple[str, ...], ...]:
    """The rows from a line on, as long as their pieces stand under those of `columns`."""
    rows = []
    for line in lines[at:]:
        row = _fitted(line, columns)
        if row is None:
            break
        rows.append(row)
    return tuple(rows)


def _fitted(line: Line, columns: Line) -> tuple[str, ...] | None:
    """The cells of a line by the columns that they stand in; None where they stand in none, or in one alone."""
    if len(line.cells) < 2 or len(line.cells) > len(columns.cells):
        return None
    cells = [""] * len(columns.cells)
    for x, text in line.cells:
        place = next(
            (i for i, c in enumerate(columns.cells) if not cells[i] and _under(x, text, *c, columns.size)), None
        )
        if place is None:
            return None
        cells[place] = text
    return tuple(cells)


def _under(x: float, text: str, other_x: float, other: str, size: float) -> bool:
    """Whether two pieces stand under each other, by their left edges, their right ones, or their middles."""
    left, right = x - other_x, x + width(text, size) - other_x - width(other, size)
    return abs(left) < 0.25 * size or abs(right) < 0.5 * size or abs(left + right) / 2 < 0.5 * size


def _heads(line: Line, rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a line names columns: in bold, or without a digit where its rows have some, or over three columns or more."""
    digits = any(c.isdigit() for c in line.text)
    return bool(rows) and not (digits and not line.bold) and (line.bold or _numbers(rows) or len(line.cells) > 2)


def _numbers(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a column has a digit in every row."""
    return any(all(any(c.isdigit() for c in cell) for cell in column) for column in zip(*rows, strict=True))
