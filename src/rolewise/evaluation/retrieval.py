"""How well search ranks the passages that bear an answer: recall@k, MRR, nDCG@10.

A fragment of `bears` is found where any passage that holds it is found. Reciprocal rank: Voorhees, TREC-8 (1999).
nDCG: Järvelin and Kekäläinen (2002), the gain of a passage being the number of fragments that no passage above it holds,
so that the same fact twice counts once; the ideal ranking is the greedy one over the whole corpus.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


class Ranked(BaseModel):
    """The retrieval figures of one question, or their means."""

    model_config = ConfigDict(frozen=True)

    recall_5: float
    recall_10: float
    reciprocal_rank: float
    ndcg_10: float
    rows: int = 1


def ranked(found: Sequence[str], fragments: Sequence[str], corpus: Sequence[str]) -> Ranked:
    """Figures of one ranking: `found` and `corpus` are passage texts, best first and in any order."""
    first = next((rank for rank, text in enumerate(found, 1) if any(f in text for f in fragments)), 0)
    gains, ideal = _gains(found[:10], fragments), _gains(_greedy(corpus, fragments)[:10], fragments)
    return Ranked(
        recall_5=_recall(found[:5], fragments),
        recall_10=_recall(found[:10], fragments),
        reciprocal_rank=1 / first if first else 0.0,
        ndcg_10=_dcg(gains) / _dcg(ideal) if any(ideal) else 0.0,
    )


def mean(each: Sequence[Ranked]) -> Ranked:
    def of(name: str) -> float:
        return round(sum(getattr(r, name) for r in each) / len(each), 4) if each else 0.0

    return Ranked(
        recall_5=of("recall_5"), recall_10=of("recall_10"), reciprocal_rank=of("reciprocal_rank"),
        ndcg_10=of("ndcg_10"), rows=len(each),
    )  # fmt: skip


def _recall(found: Sequence[str], fragments: Sequence[str]) -> float:
    return sum(any(f in text for text in found) for f in fragments) / len(fragments)


def _gains(found: Sequence[str], fragments: Sequence[str]) -> list[int]:
    left, gains = set(fragments), []
    for text in found:
        new = {f for f in left if f in text}
        gains.append(len(new))
        left -= new
    return gains


def _greedy(corpus: Sequence[str], fragments: Sequence[str]) -> list[str]:
    left, ranking = set(fragments), []
    while left:
        best = max(corpus, key=lambda text: sum(f in text for f in left), default="")
        new = {f for f in left if f in best}
        if not new:
            break
        ranking.append(best)
        left -= new
    return ranking


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
