"""Which figure of a table a question asks for, and what figures say to a yes/no question: which of two is more, and whether a
figure is above a limit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolewise.advisor.evidence.base import stems_of
from rolewise.advisor.evidence.sums import MONEY, number_of
from rolewise.advisor.question import Question
from rolewise.corpus import Column, Row, Table
from rolewise.corpus.words import plain, stem

MORE = re.compile(
    r"\b(?:more|higher|better|faster|bigger|larger|greater|above|ahead|richer|rosier|fatter|outgrow\w*|outearn\w*|beats?)\b"
)
LESS = re.compile(r"\b(?:less|fewer|lower|worse|slower|smaller|below|behind|poorer)\b")
_FASTER = re.compile(r"\b(?:faste[rs]t?|slowe[rs]t?|quicke[rs]t?)\b")
OFTEN = re.compile(
    r"\b(?:often|common|frequent\w*|popular|sought|wanted|demand\w*|names?|named|mentions?|mentioned|asked for|required|list|count\w*|rank\w*)\b"
)
"""Words that ask how many there are of something, where a table has one figure only."""
LIMIT = re.compile(
    r"\b(?:(?P<more>(?<!no )more than|(?:higher|greater|larger|bigger|faster) than|better (?:paid )?than|paid (?:better|more|higher) than|over|above|at least|upwards of|north of|exceed\w*|beyond)|"
    r"(?:(?<!no )less|fewer|lower|smaller|slower) than|under|below|at most|no more than|up to)\s+(?:about |usd |us\$|[$€£])*"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>k\b|thousand\b|grand\b|million\b|%|percent\b|per cent\b)?"
)
"""A limit to a figure: "more than 150k", "below 10%"."""
_MIDDLE = re.compile(r"\b(?:median|averages?|middle|midpoint|typical\w*)\b")


def says(question: Question, column: Column) -> bool:
    """The question says the column's name or one of its phrases."""
    said = stems_of(question.standalone)
    return any(stems_of(w) <= said for w in (column.name.replace("_", " "), *column.words))


def says_wholly(question: Question, column: Column) -> bool:
    """The question says a phrase of the column ("pay range"), and not only a word that other columns have too."""
    said = stems_of(question.standalone)
    return any(" " in w and stems_of(w) <= said for w in column.words)


def measures(question: Question, table: Table) -> list[Column]:
    """The columns of figures that the question asks for; those of money for any word of being paid."""
    money = bool(MONEY.search(plain(question.standalone)))
    numeric = [c for c in table.columns if c.numeric]
    low = plain(question.standalone)
    if len(numeric) == 1 and OFTEN.search(low) and (MORE.search(low) or LESS.search(low)):
        return numeric
    return [
        c for c in table.columns
        if c.numeric and (says(question, c) or (money and c.unit and any(stem(w) == stem("pay") for w in c.words)))
    ]  # fmt: skip


def measure(table: Table, rows: Sequence[Row], question: Question, highest: bool) -> Column | None:
    """The one column to compare by."""
    numeric = [c for c in table.columns if c.numeric and all(c.name in r.values for r in rows)]
    asked = [c for c in measures(question, table) if c in numeric] or [
        c for c in numeric if c.unit or c.kind == "percent"
    ]
    if _FASTER.search(plain(question.standalone)):
        asked = [c for c in asked if c.kind == "percent"] or asked
    return middle(asked, highest) if asked else None


def middle(columns: Sequence[Column], highest: bool) -> Column:
    """Of columns that mean the same figure, the middle one; of two ends of a range, that of the direction."""
    return columns[len(columns) // 2 if highest else (len(columns) - 1) // 2]


def verdict(pair: Sequence[tuple[Table, Row]], question: Question) -> str:
    """ "Yes" or "No" to whether the first is more than the second; empty where that is not what is asked, or where the two ends
    of their ranges do not agree.
    """
    low = plain(question.standalone)
    more, less = bool(MORE.search(low)), bool(LESS.search(low))
    found = set()
    for highest in (True, False):
        values = []
        for table, row in pair:
            column = measure(table, [r for t, r in pair if t is table], question, highest)
            if column is None or more == less:
                return ""
            values.append((column.name, float(row.values[column.name])))
        (name, first), (other, second) = values
        if name != other:
            return ""
        found.add("Yes" if (first > second) == more and first != second else "No")
    return found.pop() if len(found) == 1 else ""


def within(rows: Sequence[tuple[Table, Row]], question: Question) -> str:
    """ "Yes" or "No" to whether the figure asked for is beyond the one limit that is named; empty where it names none, or where
    the rows, or two ends of a range, do not agree.
    """
    limits = list(LIMIT.finditer(plain(question.standalone)))
    if len(limits) != 1 or question.negated:
        return ""
    limit = limits[0]
    number = number_of(limit["number"], limit["unit"] or "")
    percent = (limit["unit"] or "").startswith("p") or limit["unit"] == "%"
    found = set()
    for table, row in rows:
        percents = [c for c in table.columns if c.kind == "percent"]
        asked = percents if percent else [c for c in measures(question, table) if c not in percents]
        if any(c.unit for c in asked) and not _MIDDLE.search(plain(question.standalone)):
            asked = [c for c in table.columns if c.unit]  # what people are paid is more than its median
        values = [float(row.values[c.name]) for c in asked if c.name in row.values]
        if not values:
            return ""
        too = "at least" in limit[0] or "at most" in limit[0] or "up to" in limit[0]
        found |= {(v > number if limit["more"] else v < number) or (bool(too) and v == number) for v in values}
    return ("Yes" if found.pop() else "No") if len(found) == 1 else ""
