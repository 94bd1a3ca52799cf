"""Fixed samples: the same rows on every machine and every day, in proportion to the categories."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from rolewise.evaluation.golden import GoldenRow


def stratified(rows: Sequence[GoldenRow], size: int) -> list[GoldenRow]:
    """About `size` rows, at least one of each category and split; drawn by a hash of the id, so a new row moves few others."""
    strata: dict[tuple[str, str], list[GoldenRow]] = {}
    for row in rows:
        strata.setdefault((row.category, row.split), []).append(row)
    kept: set[str] = set()
    for stratum in strata.values():
        drawn = sorted(stratum, key=lambda r: hashlib.sha256(r.id.encode()).hexdigest())
        kept |= {r.id for r in drawn[: max(1, round(size * len(stratum) / len(rows)))]}
    return [r for r in rows if r.id in kept]
