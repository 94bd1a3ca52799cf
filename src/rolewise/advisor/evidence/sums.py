"""Sums of money in questions, and the rows whose pay fits them."""

from __future__ import annotations

import re

from rolewise.advisor.question import Question
from rolewise.corpus import Row, Table

MONEY = re.compile(
    r"\b(?:pay|paid|pays|money|make|makes|made|earn\w*|bring home|gets? paid|salar\w+|wages?|dollars?|compensat\w+|income|cash|bucks)\b"
)
_TIMES = {"k": 1_000, "thousand": 1_000, "grand": 1_000, "million": 1_000_000}


def number_of(digits: str, unit: str) -> float:
    """150,000 for "150" and "k"."""
    return float(digits.replace(",", "")) * _TIMES.get(unit, 1)


def amounts(question: Question) -> tuple[float, ...]:
    """Sums of money in the question: `120K`, `$120,000`, `120 thousand`; bare `120 to 160` where pay or a job is asked."""
    found = []
    bare = bool({"pay"} & set(question.aspects) or question.columns)
    for sign, digits, unit in re.findall(
        r"([$€£]?)\s?(\d[\d,]*(?:\.\d+)?)\s?(k\b|thousand\b|grand\b|%|percent)?", question.text.lower()
    ):
        value = number_of(digits, unit)
        if unit in _TIMES or (not unit and (value >= 10_000 or sign)):
            found.append(value)
        elif not unit and bare and 20 <= value < 1_000:
            found.append(value * 1_000)
    return tuple(found)


def paying(matching: list[Row], question: Question, table: Table) -> list[Row]:
    """Rows whose range fits the sums: both ends where two are named, else the end and the direction that is meant."""
    money = [c.name for c in table.columns if c.kind == "money"]
    sums = amounts(question)

    def fits(row: Row) -> bool:
        values = sorted(float(row.values[name]) for name in money if name in row.values)
        if not values:
            return False
        low, high = values[0], values[-1]
        if len(sums) > 1:
            return low <= min(sums) and high >= max(sums)
        if question.has("at_most") and not question.has("at_least"):
            return (high if question.has("high_end") else low) <= sums[0]
        if question.has("at_least"):
            return (low if question.has("low_end") else high) >= sums[0]
        return (
            low == sums[0]
            if question.has("low_end")
            else high == sums[0]
            if question.has("high_end")
            else low <= sums[0] <= high
        )

    return [r for r in matching if fits(r)]
