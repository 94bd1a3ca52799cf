"""One measured figure, its baseline in the same run, and the goal it is held to."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal


@dataclass(frozen=True)
class Goal:
    """The most that the figure's median, its 95th percentile or its ratio to the baseline may be."""

    of: Literal["median", "p95", "ratio"]
    most: float

    def __str__(self) -> str:
        what = {"median": "", "p95": "p95 ", "ratio": "ratio "}[self.of]
        return f"{what}≤ {self.most:.3g}"


@dataclass(frozen=True)
class Figure:
    """All values of one measured thing, in `unit`. The ratio is of medians, this one's to the baseline's."""

    subject: str
    name: str
    unit: str
    values: tuple[float, ...]
    baseline: str = ""
    against: tuple[float, ...] = ()
    goal: Goal | None = None

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def p95(self) -> float:
        """Nearest rank; of few values it is the largest."""
        return nearest_rank(self.values, 0.95)

    @property
    def ratio(self) -> float | None:
        return self.median / median(self.against) if self.against and median(self.against) else None

    @property
    def met(self) -> bool | None:
        """None where there is no goal."""
        if self.goal is None:
            return None
        value = {"median": self.median, "p95": self.p95, "ratio": self.ratio}[self.goal.of]
        return value is not None and value <= self.goal.most

    def as_json(self) -> dict[str, Any]:
        told = {"median": self.median, "p95": self.p95, "ratio": self.ratio, "met": self.met}
        return asdict(self) | {name: round(v, 5) if isinstance(v, float) else v for name, v in told.items()}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Figure:
        goal = Goal(**row["goal"]) if row["goal"] else None
        return cls(row["subject"], row["name"], row["unit"], tuple(row["values"]), row["baseline"],
                   tuple(row["against"]), goal)  # fmt: skip


def nearest_rank(values: tuple[float, ...] | list[float], share: float) -> float:
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
