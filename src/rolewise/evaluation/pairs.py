"""How well the check tells supported sentences from unsupported ones, on labelled pairs of evidence and sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from rolewise.advisor.check import Checker
from rolewise.errors import UsageError


class Pair(BaseModel):
    """A drafted sentence, the evidence it is checked against, and whether that evidence supports it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    split: Literal["dev", "test"]
    evidence: tuple[str, ...]
    sentence: str
    label: bool
    kind: str
    field: str
    question: str = ""


@dataclass(frozen=True)
class Score:
    """Counts of one group of pairs: a sentence passes where the check calls it supported."""

    name: str
    true_passed: int
    true_all: int
    false_passed: int
    false_all: int

    @property
    def precision(self) -> float | None:
        """Share of the passed sentences that are supported; None where none passed."""
        passed = self.true_passed + self.false_passed
        return self.true_passed / passed if passed else None

    @property
    def recall(self) -> float | None:
        """Share of the supported sentences that passed; None where there are none."""
        return self.true_passed / self.true_all if self.true_all else None


@dataclass(frozen=True)
class SplitReport:
    """One split: all of it, and by kind and by field."""

    split: str
    whole: Score
    kinds: tuple[Score, ...]
    fields: tuple[Score, ...]
    false_passes: tuple[str, ...]
    """Ids of the unsupported sentences that passed: none is the aim."""


@dataclass(frozen=True)
class PairsReport:
    """What `rolewise eval` prints of the check."""

    splits: tuple[SplitReport, ...]

    def split(self, name: str) -> SplitReport:
        return next(s for s in self.splits if s.split == name)

    def lines(self) -> list[str]:
        """The report as text, a line a group."""
        found = []
        for report in self.splits:
            for score in (report.whole, *report.kinds, *report.fields):
                found.append(f"{report.split:5} {score.name:12} {_told(score)}")
        return found


def read_pairs(path: Path) -> list[Pair]:
    """Rows of a JSON-lines file. Raises UsageError naming the line."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                rows.append(Pair.model_validate(json.loads(line)))
            except (json.JSONDecodeError, ValidationError) as error:
                raise UsageError(
                    f"{path.name}, line {number}: not a pair of evidence and sentence ({error}). Correct it and run again."
                ) from error
    return rows


def evaluate_pairs(pairs: Sequence[Pair], checker: Checker) -> PairsReport:
    """Check every pair and count, by split, kind and field."""
    passed = {p.id: checker.check(p.sentence, p.evidence, p.question).supported for p in pairs}
    return PairsReport(tuple(_split(name, [p for p in pairs if p.split == name], passed) for name in ("dev", "test")))


def _split(name: str, pairs: Sequence[Pair], passed: dict[str, bool]) -> SplitReport:
    return SplitReport(
        name,
        _score("all", pairs, passed),
        _groups(pairs, passed, lambda p: p.kind),
        _groups(pairs, passed, lambda p: p.field),
        tuple(p.id for p in pairs if passed[p.id] and not p.label),
    )


def _groups(pairs: Sequence[Pair], passed: dict[str, bool], key: Callable[[Pair], str]) -> tuple[Score, ...]:
    return tuple(_score(g, [p for p in pairs if key(p) == g], passed) for g in sorted({key(p) for p in pairs}))


def _score(name: str, pairs: Sequence[Pair], passed: dict[str, bool]) -> Score:
    true = [p for p in pairs if p.label]
    false = [p for p in pairs if not p.label]
    return Score(name, sum(passed[p.id] for p in true), len(true), sum(passed[p.id] for p in false), len(false))


def _told(score: Score) -> str:
    parts = []
    if score.recall is not None:
        parts.append(f"supported: {score.true_passed} of {score.true_all} passed (recall {score.recall:.2f})")
    if score.false_all:
        parts.append(f"unsupported: {score.false_passed} of {score.false_all} passed")
    if score.precision is not None and score.false_all and score.true_all:
        parts.append(f"precision {score.precision:.2f}")
    return "; ".join(parts)
