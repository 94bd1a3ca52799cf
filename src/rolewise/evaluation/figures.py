"""From judged rows to figures: shares with their counts, medians and 95th percentiles."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, computed_field

from rolewise.evaluation.results import Judged


class Share(BaseModel):
    """`hits` of `of`; 0 of 0 has no share."""

    model_config = ConfigDict(frozen=True)

    hits: float
    of: float

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share(self) -> float | None:
        return round(self.hits / self.of, 4) if self.of else None

    def __str__(self) -> str:
        return f"{self.hits / self.of:.1%} ({self.hits:g} of {self.of:g})" if self.of else "none due"

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval of Wilson (1927): honest for shares near 1 of few rows."""
        if not self.of:
            return 0.0, 1.0
        n, p, z = self.of, self.hits / self.of, 1.96
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


class Figures(BaseModel):
    """The figures of one system over some rows."""

    model_config = ConfigDict(frozen=True)

    correct: Share
    """Rows without a fault: an acceptable status, every fact there, nothing forbidden."""
    borne: Share
    """Rows correct that also cite a passage which bears the answer, where one is due."""
    unsupported: Share
    """Sentences, list items and cells that go beyond their quotes, of all that claim something."""
    citation_precision: Share
    """Markers whose quote bears their sentence (ALCE, Gao et al. 2023; see `support.py`)."""
    citation_recall: Share
    """Needed fragments (`bears`) held by a cited quote; rows that were declined are counted under refusals."""
    right_refusals: Share
    """Of rows that accept no full answer: those with an acceptable status."""
    wrong_refusals: Share
    """Of rows that owe an answer: those declined."""
    drafted: Share
    """Sentences worded by the model, of all that claim something."""
    rejected: Share
    """Drafts that the check refused, of all drafts."""
    first_s: tuple[float, float]
    """Seconds to the first word: median, 95th percentile."""
    total_s: tuple[float, float]


def figures(rows: Sequence[Judged]) -> Figures:
    owed = [r for r in rows if r.answer_owed]
    refusals = [r for r in rows if r.refusal_owed]
    claims = sum(r.claims for r in rows)
    return Figures(
        correct=Share(hits=sum(r.correct for r in rows), of=len(rows)),
        borne=Share(hits=sum(bool(r.borne) for r in rows), of=sum(r.borne is not None for r in rows)),
        unsupported=Share(hits=sum(r.unsupported for r in rows), of=claims),
        citation_precision=Share(hits=sum(r.markers_right for r in rows), of=sum(r.markers for r in rows)),
        citation_recall=Share(hits=sum(r.needed_cited for r in rows), of=sum(r.needed for r in rows)),
        right_refusals=Share(hits=sum(r.refusal_right for r in refusals), of=len(refusals)),
        wrong_refusals=Share(hits=sum(r.declined for r in owed), of=len(owed)),
        drafted=Share(hits=round(sum(r.drafted * r.claims for r in rows), 1), of=claims),
        rejected=Share(hits=sum(r.rejected for r in rows), of=sum(r.drafts for r in rows)),
        first_s=_spread([r.first_s for r in rows]),
        total_s=_spread([r.total_s for r in rows]),
    )


def _spread(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile (nearest rank)."""
    if not seconds:
        return 0.0, 0.0
    ordered = sorted(seconds)
    return round(statistics.median(ordered), 3), round(ordered[math.ceil(0.95 * len(ordered)) - 1], 3)


def by(rows: Sequence[Judged], key: str) -> dict[str, list[Judged]]:
    """Rows grouped by `category` or `split`, in order of appearance."""
    groups: dict[str, list[Judged]] = {}
    for row in rows:
        groups.setdefault(getattr(row, key), []).append(row)
    return groups
