"""The difference between two figures that an answer tells, worked out where it is asked for: "how much more is that?".

The figures stand in the sentence as they are in the rows, so that everybody can do the sum again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rolewise.advisor.english import DIFFERENCE
from rolewise.advisor.evidence.base import Evidence, Point
from rolewise.advisor.evidence.measures import measure
from rolewise.advisor.question import Question
from rolewise.corpus import Column, Corpus, Row, Table
from rolewise.corpus.words import plain

_ROUND = re.compile(r"\.?0+$")


def with_difference(question: Question, evidence: Evidence, corpus: Corpus) -> Evidence:
    """`evidence` with the difference as its first point, where it is asked for and just two rows of one table are told."""
    first = list(takewhile(lambda point: point.style != "label", evidence.points))
    told = [p for point in first for p in point.passages]
    if evidence.status != "answered" or evidence.table or len(told) != 2 or not DIFFERENCE.search(plain(question.text)):
        return evidence
    tables = [t for t in corpus.tables if t.document_id == told[0].document_id]
    rows = [r for t in tables for r in t.rows if r.passage in told]
    if len(rows) != 2 or not _differ_in_one_thing(rows, tables[0]):
        return evidence
    column, other = (measure(tables[0], rows, question, highest) for highest in (True, False))
    if column is None or column != other:
        return evidence
    low, high = sorted(float(r.values[column.name]) for r in rows)
    if low == high or low <= 0:
        return evidence
    return replace(evidence, points=(Point(_sentence(low, high, column), tuple(told)), *evidence.points))


def _differ_in_one_thing(rows: Sequence[Row], table: Table) -> bool:
    """Else the difference is of nothing in particular: of developers until 2033 and data scientists until 2034."""
    called = [c.name for c in table.columns if c.kind in ("name", "title", "category")]
    apart = [c for c in called if len({r.values.get(c) for r in rows}) > 1]
    names = [c.name for c in table.columns if c.kind == "title"]
    return len(apart) == 1 or any(len({r.values.get(c) for r in table.rows}) == len(table.rows) for c in names)


def _sentence(low: float, high: float, column: Column) -> str:
    if column.kind == "percent":
        return f"The difference is {_figure(high - low)} percentage points ({_figure(high)} − {_figure(low)})."
    unit = f"{column.unit} " if column.unit else ""
    share = 100 * (high - low) / low
    return f"The difference is {unit}{_figure(high - low)} ({_figure(high)} − {_figure(low)}), {share:.1f}% of the lower figure."


def _figure(value: float) -> str:
    return _ROUND.sub("", f"{value:,.1f}") if "." in f"{value:.10g}" else f"{value:,.0f}"
