"""What the tables hold: "which countries do you have?", "which job titles does the data cover?"."""

from __future__ import annotations

import re

from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point
from rolewise.advisor.question import Question, Value
from rolewise.corpus import Column, Passage, Row, Table
from rolewise.corpus.words import plain, stems

_MOST = 20
_SOURCES = r"(?:you|u|(?:the|your|these|those) (?:data|figures?|tables?|sources?|numbers?|salar(?:y|ies)|statistics))"
_HOLD = r"(?:have|has|got|hold|holds|cover|covers|include|includes|list|lists|know(?: of| about)?|tell(?: of| about)?)"
_ASKS = re.compile(
    rf"^\W*(?:(?:and|so|ok|but|then|hm+|well)\W+)*(?:which|what)(?: other| else)? (?P<what>[a-z]+(?: (?!do\b|does\b|have\b|has\b|did\b)[a-z]+)?) (?:(?:do|does|have|has|did) )?{_SOURCES} "
    rf"(?:(?:actually|really|even) )?{_HOLD}\b(?! in common).*$"
)


def held(question: Question, library: Library) -> Evidence:
    """The values of the column that is asked after, each with a row that has it; NOT_IN_SOURCES where no column is."""
    asked = _ASKS.match(plain(question.text))
    what = stems(asked["what"]) if asked else []
    on_tables = {t.aspect for t in library.corpus.tables} & set(question.aspects)
    if not asked or question.roles or (not on_tables and _is_of_roles(what, library)):
        return NOT_IN_SOURCES
    found = [(t, c) for t in library.corpus.tables for c in t.columns if _is_called(t, c, what)]
    on_it = [(t, c) for t, c in found if t.aspect in question.aspects] or found
    rows: dict[str, Passage] = {}
    for table, column in on_it:
        for row in _that_tell(table, question):
            if column.name in row.values:
                rows.setdefault(str(row.values[column.name]), row.passage)
    points = tuple(Point(value, (passage,), "bullet") for value, passage in list(rows.items())[:_MOST])
    label = Point(f"The tables of the sources have these {asked['what']}:", style="label")
    return Evidence("answered", (label, *points), exact=True) if points else NOT_IN_SOURCES


def _named(question: Question, table: Table) -> list[Value]:
    return [v for v in question.values if v.table == table.document_id]


def _that_tell(table: Table, question: Question) -> list[Row]:
    """The current rows of what the question names, without those of too few cases to have a figure."""
    paid = [c.name for c in table.columns if c.unit]
    named = _named(question, table)
    return [
        r for r in table.rows
        if not r.superseded
        and (not paid or any(c in r.values for c in paid))
        and all(str(r.values.get(v.column)) == v.value for v in named)
    ]  # fmt: skip


def _is_of_roles(what: list[str], library: Library) -> bool:
    """Whether role data have an aspect of that name: "which tools do you know of?"."""
    of_roles = {a for r in library.corpus.roles for p in r.passages for a in p.aspects}
    aspects = [a for a in library.corpus.vocabulary.aspects if a.id in of_roles]
    return any(stems(word) == what for a in aspects for word in (a.name, *a.words))


def _is_called(table: Table, column: Column, what: list[str]) -> bool:
    """A column of names or categories by one of its words, one of names also by what a row is."""
    if column.kind not in ("name", "title", "category"):
        return False
    called = (column.name, *column.words, *((table.row_name,) if column.kind in ("name", "title") else ()))
    return any(stems(word) == list(what) for word in called)
