"""CSV to a table of the corpus: columns with their kinds, and each row told in a sentence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from rolewise.corpus.imports.blocks import clean, told
from rolewise.corpus.imports.limits import MAX_COLUMNS, MAX_ROWS
from rolewise.corpus.imports.values import Kind, kind_of, number, unit_of
from rolewise.errors import ImportFault

_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024
_LEADS: tuple[Kind, ...] = ("title", "name", "category")


def read_csv(text: str, title: str) -> dict[str, Any]:
    """The fields of a table file: title, row_name, columns, rows. The first line names the columns.

    Raises ImportFault where there are no rows, or more rows or columns than the limits.
    """
    headers, rows = _grid(text)
    columns = [[row[i] for row in rows] for i in range(len(headers))]
    kinds = [kind_of(header, values) for header, values in zip(headers, columns, strict=True)]
    names = _names(headers)
    entries = [
        {"name": name, "kind": kind, "words": [header.lower()], **({"unit": unit} if (unit := unit_of(header, values)) and kind == "money" else {})}
        for name, header, kind, values in zip(names, headers, kinds, columns, strict=True)
        if kind
    ]  # fmt: skip
    if not entries:  # only free text: its first column is what a row can be called by
        entries, kinds = [{"name": names[0], "kind": "title", "words": [headers[0].lower()]}], ["title", *kinds[1:]]
    lead = next((h for kind in _LEADS for h, k in zip(headers, kinds, strict=True) if k == kind), "")
    return {
        "title": title,
        "row_name": re.sub(r"[^\w ]+", " ", lead).strip().lower() or "row",
        "columns": entries,
        "rows": [_row(headers, names, kinds, row) for row in rows],
    }


def _row(
    headers: Sequence[str], names: Sequence[str], kinds: Sequence[Kind | None], row: Sequence[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, kind, cell in zip(names, kinds, row, strict=True):
        if kind in ("money", "percent", "number"):
            if (value := number(cell)) is not None:
                values[name] = value
        elif kind and cell:
            values[name] = cell
    return values | {"text": told(headers, row)}


def _grid(text: str) -> tuple[list[str], list[list[str]]]:
    """Headers and rows, all of one width; empty lines are left out."""
    try:
        dialect: Any = csv.Sniffer().sniff(text[:_SAMPLE], _DELIMITERS)
        delimiter, quote = dialect.delimiter, dialect.quotechar or '"'
    except csv.Error:
        first = text.split("\n", 1)[0]
        delimiter, quote = max(_DELIMITERS, key=first.count), '"'
    found: list[list[str]] = []
    try:
        for line in csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, skipinitialspace=True
        ):
            cells = [clean(cell) for cell in line]
            if any(cells):
                found.append(cells)
            if len(found) > MAX_ROWS + 1:
                raise ImportFault(f"it has more than {MAX_ROWS:,} rows. Split it and add the parts.")
    except csv.Error as error:
        raise ImportFault(
            f"it is not a table that can be read ({error}). Save it as CSV in UTF-8 and add it again."
        ) from error
    if len(found) < 2:
        raise ImportFault("it has no rows below the line that names its columns. Add rows, or leave it out.")
    width = max(len(row) for row in found)
    if width > MAX_COLUMNS:
        raise ImportFault(
            f"it has {width} columns; {MAX_COLUMNS} is the most. Leave out those that nobody will ask for."
        )
    whole = [row + [""] * (width - len(row)) for row in found]
    if any(number(cell) is not None for cell in whole[0]):  # a first line with numbers names nothing
        return [f"Column {i}" for i in range(1, width + 1)], whole
    return [cell or f"Column {i}" for i, cell in enumerate(whole[0], start=1)], whole[1:]


def _names(headers: Sequence[str]) -> list[str]:
    """A name for each column: lower-case words, none twice, none that a table file has for itself."""
    names: list[str] = []
    for at, header in enumerate(headers, start=1):
        name = re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_") or f"column_{at}"
        taken = {*names, "text", "superseded", "overall"}
        names.append(name if name not in taken else f"{name}_{at}")
    return names
