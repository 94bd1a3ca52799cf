"""Hybrid search: dense neighbours from Chroma and BM25 keywords, fused by reciprocal rank."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rolewise.corpus import Corpus, Passage
from rolewise.index.embedder import MiniLM
from rolewise.index.keywords import Keywords
from rolewise.index.place import Index

_RRF_K = 60  # Cormack, Clarke and Büttcher (SIGIR 2009) found 60 to work across collections.
_WIDER = 4
"""How many times as many of the nearest passages are looked at as are wanted, where roles leave some out."""


@dataclass(frozen=True)
class Hit:
    """A passage found: `score` is the fused rank score, `cosine` its similarity to the query (0 if only BM25 found it)."""

    passage: Passage
    score: float
    cosine: float


class Searcher:
    """Searches the passages of one corpus. With a `folder`, the keyword index is kept there from one start to the next."""

    def __init__(self, corpus: Corpus, store: Index, embedder: MiniLM, folder: Path | None = None) -> None:
        self._corpus = corpus
        self._store = store
        self._embedder = embedder
        self._keywords = Keywords(corpus.passages, folder)

    def search(self, query: str, roles: tuple[str, ...] = (), k: int = 12) -> list[Hit]:
        """The best `k` passages for `query`, best first. With `roles`, passages tied to other roles are left out."""
        pool = max(4 * k, 40)
        dense = dict(self._nearest(self._embedder.embed_query(query), roles, pool))
        keyword = self._keywords.best(query, pool)
        ranks: dict[str, float] = {}
        for ranking in (list(dense), keyword):
            for rank, ident in enumerate(ranking):
                ranks[ident] = ranks.get(ident, 0.0) + 1.0 / (_RRF_K + rank + 1)
        hits = list[Hit]()
        for ident, score in sorted(ranks.items(), key=lambda item: -item[1]):
            if len(hits) == k:  # among many passages, to look at one is to fetch it from far memory
                break
            passage = self._corpus.by_id.get(ident)
            if passage and _open_to(roles, passage):
                hits.append(Hit(passage, score, dense.get(ident, 0.0)))
        return hits

    def _nearest(self, embedding: list[float], roles: tuple[str, ...], k: int) -> list[tuple[str, float]]:
        """The `k` nearest passages that `roles` leave in.

        They are looked for among the nearest of all, since Chroma's own filter first lists all that it lets through:
        a quarter of a second in 100,000 passages. It is left to do where the roles leave in few of those nearest.
        """
        if not roles:
            return self._store.nearest(embedding, k)
        for many in (_WIDER * k, _WIDER**2 * k):
            found = self._store.nearest(embedding, many)
            kept = [(i, c) for i, c in found if i in self._corpus.by_id and _open_to(roles, self._corpus.by_id[i])]
            if len(kept) >= k or len(found) < many:
                return kept[:k]
        return self._store.nearest(embedding, k, _where(roles))


def _open_to(roles: tuple[str, ...], passage: Passage) -> bool:
    return not roles or not passage.roles or bool(set(passage.roles) & set(roles))


def _where(roles: tuple[str, ...]) -> dict[str, Any]:
    return {"$or": [{"general": True}, *({"roles": {"$contains": role}} for role in roles)]}
