"""Hybrid search: dense neighbours from Chroma and BM25 keywords, fused by reciprocal rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import bm25s
import Stemmer

from rolewise.corpus import Corpus, Passage
from rolewise.index.embedder import MiniLM
from rolewise.index.place import Index

_RRF_K = 60  # Cormack, Clarke and Büttcher (SIGIR 2009) found 60 to work across collections.


@dataclass(frozen=True)
class Hit:
    """A passage found: `score` is the fused rank score, `cosine` its similarity to the query (0 if only BM25 found it)."""

    passage: Passage
    score: float
    cosine: float


class Searcher:
    """Searches the passages of one corpus; the BM25 part lives in memory."""

    def __init__(self, corpus: Corpus, store: Index, embedder: MiniLM) -> None:
        self._corpus = corpus
        self._store = store
        self._embedder = embedder
        self._stemmer = Stemmer.Stemmer("english")
        self._bm25 = bm25s.BM25()
        self._bm25.index(self._tokens([p.search_text for p in corpus.passages]), show_progress=False)

    def search(self, query: str, roles: tuple[str, ...] = (), k: int = 12) -> list[Hit]:
        """The best `k` passages for `query`, best first. With `roles`, passages tied to other roles are left out."""
        pool = max(4 * k, 40)
        dense = dict(self._store.nearest(self._embedder.embed_query(query), pool, _where(roles)))
        keyword = self._keyword(query, pool)
        ranks: dict[str, float] = {}
        for ranking in (list(dense), keyword):
            for rank, ident in enumerate(ranking):
                ranks[ident] = ranks.get(ident, 0.0) + 1.0 / (_RRF_K + rank + 1)
        hits = []
        for ident, score in sorted(ranks.items(), key=lambda item: -item[1]):
            passage = self._corpus.by_id.get(ident)
            if passage and (not roles or not passage.roles or set(passage.roles) & set(roles)):
                hits.append(Hit(passage, score, dense.get(ident, 0.0)))
        return hits[:k]

    def _keyword(self, query: str, k: int) -> list[str]:
        tokens = self._tokens([query])
        found, scores = self._bm25.retrieve(tokens, k=min(k, len(self._corpus.passages)), show_progress=False)
        ids = [self._corpus.passages[int(i)].id for i, score in zip(found[0], scores[0], strict=True) if score > 0]
        return ids

    def _tokens(self, texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


def _where(roles: tuple[str, ...]) -> dict[str, Any] | None:
    if not roles:
        return None
    return {"$or": [{"general": True}, *({"roles": {"$contains": role}} for role in roles)]}
