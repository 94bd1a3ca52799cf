"""The decision "the sources answer this": precision and recall of the rule, and of a score that it could be swapped for.

The rule (`advisor/evidence/gate.py`) is yes or no, so it is a point. The score is how much nearer a question comes to an
example question that the sources answer than to one that they do not (`NearestAsk`: cosine less elsewhere, -1 to 1), so it
is a curve: answer from a threshold on, for every threshold. Both together are a ranking as well: first what the rule
answers, by score, then the rest, by score; up to the rule's point that is "rule and score", beyond it "rule or score".

Precision and recall as in Manning et al. (2008), chapter 8. Average precision is the sum over the ranks of precision times
the recall gained there, uninterpolated; equal scores are one rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import BaseModel, ConfigDict

from rolewise.evaluation.figures import Share
from rolewise.evaluation.golden import DECLINES, GoldenRow

PRECISIONS = (0.99, 0.97, 0.95)
_STEP = 0.005
NO_EXAMPLE = -1.0
"""The score of a message that never comes to be compared: small talk, another language, a corpus without examples."""


@dataclass(frozen=True)
class Decision:
    """What was decided of a single question that owes either an answer or a refusal."""

    owed: bool
    """An answer is owed, and not a refusal."""
    answered: bool
    score: float


class Curve(BaseModel):
    """`points`: recall and precision, as many as a drawing needs; `recall_at`: the most recall at each of PRECISIONS."""

    model_config = ConfigDict(frozen=True)

    average_precision: float
    recall_at: tuple[float | None, ...]
    points: tuple[tuple[float, float], ...]


class Side(BaseModel):
    """One of the two decisions: the rule as it is, the score alone, and the rule's answers before the rest, by score."""

    model_config = ConfigDict(frozen=True)

    precision: Share
    """Of the decisions for it, those that are right."""
    recall: Share
    """Of the rows that owe it, those that get it."""
    score: Curve
    both: Curve

    def rule_at(self, precision: float) -> float | None:
        """The rule's recall, where its precision reaches `precision`."""
        reached = self.precision.share is not None and self.precision.share >= precision
        return self.recall.share if reached else None


class Gate(BaseModel):
    """Answering, and the same figures for declining."""

    model_config = ConfigDict(frozen=True)

    rows: int
    answering: Side
    declining: Side


def decides(row: GoldenRow) -> bool:
    """A single development question that owes an answer or a refusal, not one where both are accepted."""
    return row.split == "dev" and len(row.turns) == 1 and row.answerable != row.unanswerable


def decision(row: GoldenRow, status: str, score: float) -> Decision:
    """`answered` or `partly` is an answer, but for a `partly` that a row accepts as its refusal (as under `right_refusals`)."""
    refused = status in DECLINES or (row.unanswerable and status in row.status)
    return Decision(row.answerable, not refused, score)


def gate(decisions: Sequence[Decision]) -> Gate | None:
    """The figures; None where no row owes one of the two, or none has a score."""
    if len({d.owed for d in decisions}) < 2 or all(d.score == NO_EXAMPLE for d in decisions):
        return None
    return Gate(
        rows=len(decisions),
        answering=_side([(d.owed, d.answered, d.score) for d in decisions]),
        declining=_side([(not d.owed, not d.answered, -d.score) for d in decisions]),
    )


def curve(ranked: Sequence[tuple[tuple[float, ...], bool]]) -> Curve:
    """From (key, whether the row is wanted), the highest key first; at least one row must be wanted."""
    wanted = sum(is_wanted for _, is_wanted in ranked)
    hits = taken = 0
    area, points = 0.0, list[tuple[float, float]]()
    for _, tied in groupby(sorted(ranked, key=lambda r: r[0], reverse=True), key=lambda r: r[0]):
        group = [is_wanted for _, is_wanted in tied]
        gained = sum(group)
        hits, taken = hits + gained, taken + len(group)
        area += gained / wanted * hits / taken
        points.append((hits / wanted, hits / taken))
    return Curve(
        average_precision=round(area, 4),
        recall_at=tuple(max((round(r, 4) for r, p in points if p >= least), default=None) for least in PRECISIONS),
        points=tuple((round(r, 4), round(p, 4)) for r, p in _thinned(points)),
    )


def _side(rows: Sequence[tuple[bool, bool, float]]) -> Side:
    """Of rows as (it is owed, it is done, score for it)."""
    right = sum(owed and done for owed, done, _ in rows)
    return Side(
        precision=Share(hits=right, of=sum(done for _, done, _ in rows)),
        recall=Share(hits=right, of=sum(owed for owed, _, _ in rows)),
        score=curve([((score,), owed) for owed, _, score in rows]),
        both=curve([((done, score), owed) for owed, done, score in rows]),
    )


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The ends, the points where precision turns, and between them one for every step of `_STEP`."""
    kept = [points[0]]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        turns = (point[1] >= before[1]) != (after[1] >= point[1])
        if turns or max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= _STEP:
            kept.append(point)
    return [*kept, points[-1]] if len(points) > 1 else kept
