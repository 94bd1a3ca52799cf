"""Golden questions: what people ask, and what a right answer holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rolewise.advisor import Answer, Ask
from rolewise.errors import UsageError


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
        return "not_in_sources" not in self.status and self.status != ["small_talk"]

    @property
    def unanswerable(self) -> bool:
        """A refusal is owed: the sources do not say it."""
        return self.status == ["not_in_sources"]


@dataclass(frozen=True)
class Grade:
    """What was right and wrong about one answer."""

    row: GoldenRow
    answer: Answer
    correct: bool
    faults: tuple[str, ...]
    unsupported: tuple[str, ...]
    citations_right: int
    citations_all: int
    needed_cited: int
    needed_all: int


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
    if status != "not_in_sources" or row.must:
        found += [f"lacks {fact[0]}" for fact in row.must if not any(_found(p, text) for p in fact)]
    return found + [f"says {p}" for p in row.must_not if _found(p, text)]


def plain_text(markdown: str) -> str:
    """The answer without markers and emphasis, as the patterns expect it."""
    return re.sub(r"\s+", " ", re.sub(r"\s*\[\d+\]|[*_`|]", "", markdown)).strip()


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.I | re.S) is not None


def grade(row: GoldenRow, answer: Answer, unsupported: Callable[[Answer], list[str]]) -> Grade:
    """Grade one answer against its row."""
    found = faults(row, answer.status, answer.answer)
    quotes = [c.quote for c in answer.citations]
    needed = [b for b in row.bears if any(b in q for q in quotes)]
    right = sum(citation_right(answer.answer, c.n, c.quote) for c in answer.citations)
    return Grade(
        row,
        answer,
        not found,
        tuple(found),
        tuple(unsupported(answer)),
        right,
        len(quotes),
        len(needed),
        len(row.bears),
    )


def citation_right(text: str, n: int, quote: str) -> bool:
    """Whether the quote bears a sentence that carries its marker: they share a word that carries meaning."""
    from rolewise.advisor import claims

    said = [s for s in sentences(text) if f"[{n}]" in s]
    return bool(said) and all(claims.read(s).named & claims.read(quote).named for s in said)


def sentences(markdown: str) -> list[str]:
    """Sentences, list items and table cells of an answer, markers kept."""
    pieces: Iterable[str] = []
    found: list[str] = []
    for line in markdown.splitlines():
        if line.startswith("|---") or not line.strip():
            continue
        pieces = line.split("|") if line.startswith("|") else re.split(r"(?<=[.!?])\s+(?=[A-Z“])", line)
        for piece in pieces:
            found += [p.strip() for p in (piece.split("; ") if line.startswith("|") else [piece]) if p.strip()]
    return found
