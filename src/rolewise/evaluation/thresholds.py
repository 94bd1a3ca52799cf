"""The figures that must not fall: `evals/thresholds.json`, checked by `rolewise eval --check`.

They are set a little under what the development split reaches; the test split sets none.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rolewise.errors import UsageError
from rolewise.evaluation.figures import Figures, Share
from rolewise.evaluation.report import Report


class Bound(BaseModel):
    """A figure by name, such as `ours.correct`, and its limit, a share from 0 to 1 or seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figure: str
    at_least: float | None = None
    at_most: float | None = None


def read_thresholds(path: Path, kind: str) -> list[Bound]:
    """The bounds for `kind`, `full` or `fast`. Raises UsageError."""
    try:
        return [Bound.model_validate(b) for b in json.loads(path.read_text(encoding="utf-8"))[kind]]
    except (OSError, ValueError, KeyError, ValidationError) as error:
        raise UsageError(
            f"{path} holds no thresholds for a {kind} run ({error}). Restore it or leave out --check."
        ) from error


def below(report: Report, bounds: list[Bound]) -> list[str]:
    """The figures beyond their limit, each as a sentence; none if all hold."""
    found = []
    for bound in bounds:
        value = _value(report, bound.figure)
        if value is None:
            found.append(f"{bound.figure} was not measured")
        elif bound.at_least is not None and value < bound.at_least:
            found.append(f"{bound.figure} is {value:.3f}, below {bound.at_least:.3f}")
        elif bound.at_most is not None and value > bound.at_most:
            found.append(f"{bound.figure} is {value:.3f}, above {bound.at_most:.3f}")
    return found


def _value(report: Report, name: str) -> float | None:
    """`system.figure` over the development split; `suite.name.figure`, `retrieval.recall_10`; seconds are the median."""
    system, _, figure = name.rpartition(".")
    if system == "retrieval":
        ranked = report.retrieval.get("dev")
        return getattr(ranked, figure, None) if ranked else None
    by_name = {n: s.figures for n, s in report.systems.items()}
    by_name |= {f"suite.{n}": s.figures for n, s in report.suites.items()}
    figures: Figures | None = by_name.get(system, {}).get("dev")
    value = getattr(figures, figure, None)
    if isinstance(value, Share):
        return value.share if value.of else 0.0 if "unsupported" in figure or "wrong" in figure else None
    return value[0] if isinstance(value, tuple) else None
