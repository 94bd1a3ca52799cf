"""Golden questions: what people ask, and what a right answer holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rolewise.advisor import Ask
from rolewise.errors import UsageError

DECLINES = frozenset({"not_in_sources", "small_talk"})
"""Statuses under which nothing is answered."""


class GoldenRow(BaseModel):
    """A conversation whose last turn is judged. `must`: facts, each as alternative patterns; `bears`: needed quotes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    category: str
    split: str
    turns: Annotated[list[str], Field(min_length=1)]
    status: list[str]
    must: list[list[str]] = []
    must_not: list[str] = []
    bears: list[str] = []
    note: str = ""

    @property
    def ask(self) -> Ask:
        return Ask(question=self.turns[-1], history=tuple(self.turns[:-1]), id=self.id)

    @property
    def answerable(self) -> bool:
        """An answer is owed: declining it would be wrong."""
        return not DECLINES & set(self.status)

    @property
    def unanswerable(self) -> bool:
        """A refusal is owed, of all or of a part: the sources do not say it."""
        return "not_in_sources" in self.status and "answered" not in self.status


def read_golden(path: Path) -> list[GoldenRow]:
    """Rows of a JSON-lines file. Raises UsageError naming the line."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                rows.append(GoldenRow.model_validate(json.loads(line)))
            except (json.JSONDecodeError, ValidationError) as error:
                raise UsageError(
                    f"{path.name}, line {number}: not a golden row ({error}). Correct it and run again."
                ) from error
    return rows


def faults(row: GoldenRow, status: str, text: str) -> list[str]:
    """What keeps an answer from being correct: status, facts that it lacks, things that it must not say."""
    text = plain_text(text)
    found = [] if status in row.status else [f"status {status}, expected {' or '.join(row.status)}"]
    if status not in DECLINES or row.answerable:
        found += [f"lacks {fact[0]}" for fact in row.must if not any(_found(p, text) for p in fact)]
    return found + [f"says {p}" for p in row.must_not if _found(p, text)]


def plain_text(markdown: str) -> str:
    """The answer without markers and emphasis, as the patterns expect it."""
    return re.sub(r"\s+", " ", re.sub(r"\s*\[\d+\]|[*_`|]", "", markdown)).strip()


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.I | re.S) is not None
