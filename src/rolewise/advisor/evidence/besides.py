"""What a question on a table leaves out: "who else is hiring besides that firm?"."""

from __future__ import annotations

from dataclasses import replace

from rolewise.advisor.english import BESIDES
from rolewise.advisor.evidence.base import stems_of
from rolewise.advisor.question import Question
from rolewise.corpus import Table
from rolewise.corpus.words import plain


def left_out(question: Question, table: Table) -> set[str]:
    """The cells of the table that the question leaves out: "who else is hiring besides that firm?"."""
    besides = BESIDES.search(plain(question.text))
    said = stems_of(besides[1]) if besides else frozenset()
    cells = {str(r.values[c.name]) for r in table.rows for c in table.columns if not c.numeric and c.name in r.values}
    return {cell for cell in cells if said & stems_of(cell)}


def without(question: Question, out: set[str]) -> Question:
    """The question without the values and items that it leaves out."""
    stems = frozenset().union(*(stems_of(cell) for cell in out))
    return replace(
        question,
        values=tuple(v for v in question.values if v.value not in out),
        items=tuple(i for i in question.items if not stems_of(i) <= stems),
    )
