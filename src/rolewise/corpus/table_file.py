"""Table files: rows that can be asked about by value, from YAML or from a CSV file beside it, told in sentences."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from rolewise.corpus.model import Column, Document, Row, Table
from rolewise.corpus.passages import TextBuilder, document_id_of
from rolewise.corpus.schema import NUMERIC, ROW_MARKS, TableFile, read_text, read_yaml
from rolewise.errors import CorpusError

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def read_table(text: str, path: str, folder: Path | None = None) -> tuple[Document, Table]:
    """Parse a table file. `folder` is where its CSV file, if any, lies.

    Raises CorpusError with file, row and fix.
    """
    file = read_yaml(text, path, TableFile)
    rows = _csv_rows(file, folder, path) if file.data else file.rows
    document_id = document_id_of("table", path)
    builder = TextBuilder(document_id)
    builder.heading(1, file.title)
    told_only = {c.name for c in file.columns if c.kind == "note"}
    always: dict[str, Any] = {c.name: c.always for c in file.columns if c.always}
    values = []
    for number, row in enumerate(rows):
        cells = always | {name: value for name, value in row.items() if name not in ROW_MARKS}
        told = row.get("text") or _told(file.sentence, cells, file.data or path, number)
        if row.get("caution"):
            told = f"{told.rstrip('.')}; {row['caution']}."
        builder.sentence(told, (file.title,), aspects=(file.aspect,) if file.aspect else (), kind="row", row=number)
        asked = {name: value for name, value in cells.items() if name not in told_only}
        notes = {name: value for name, value in cells.items() if name in told_only}
        marks = (bool(row.get("superseded")), bool(row.get("overall")))
        values.append((asked, *marks, notes))
    passages = tuple(builder.passages)
    told_rows = tuple(
        Row(cells, p, old, overall, notes) for (cells, old, overall, notes), p in zip(values, passages, strict=True)
    )
    columns = tuple(
        Column(c.name, c.kind, tuple(c.words), c.unit, {value: tuple(words) for value, words in c.called.items()})
        for c in file.columns
        if c.kind != "note"
    )
    document = Document(document_id, path, "table", file.provenance(), builder.text, passages)
    return document, Table(document_id, file.title, file.row_name, file.aspect or "", columns, told_rows)


def _csv_rows(file: TableFile, folder: Path | None, path: str) -> list[dict[str, Any]]:
    """The rows of the CSV file, with numbers where the columns hold numbers; an empty cell is no value."""
    name = file.data or ""
    if folder is None:
        raise CorpusError(f"{path}: its rows are in {name}, so it can only be read where both lie side by side.")
    numeric = {c.name for c in file.columns if c.kind in NUMERIC}
    rows: list[dict[str, Any]] = []
    for cells in csv.DictReader(io.StringIO(read_text(folder / name, name)), restkey="a cell too many"):
        row = {column: _number(value) if column in numeric else value for column, value in cells.items() if value}
        row |= {mark: row.get(mark) == "yes" for mark in ("superseded", "overall")}
        rows.append(row)
    try:
        file.check(rows)
    except ValueError as error:
        raise CorpusError(f"{name}: {error}. See corpus/README.md for the format.") from error
    if not rows:
        raise CorpusError(f"{name}: there are no rows under its header. Add some, or remove the table.")
    return rows


def _number(text: str) -> float | int | str:
    """The number that a cell holds, or the cell itself, for the check to complain of."""
    try:
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    except ValueError:
        return text


def _told(template: str, cells: dict[str, object], path: str, number: int) -> str:
    """The row in words. A part of the template in square brackets is left out where the row lacks its value."""

    def optional(part: re.Match[str]) -> str:
        names = re.findall(r"{(\w+)", part[1])
        return part[1] if all(name in cells for name in names) else ""

    try:
        return _OPTIONAL.sub(optional, template).format(**cells)
    except (KeyError, ValueError, IndexError) as error:
        raise CorpusError(
            f"{path}, row {number + 1}: the `sentence` asks for {error}, which this row lacks. Add the value or a `text`."
        ) from error
