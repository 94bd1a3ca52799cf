"""Finders of passages by texts that stand for them: a statement's short form, a question that it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rolewise.advisor.asks import ROLE
from rolewise.advisor.evidence.base import Near
from rolewise.corpus import Corpus

# Chroma comes with the index: it takes a second, which the page need not wait for.
if TYPE_CHECKING:
    from rolewise.index import MiniLM


def near_statements(corpus: Corpus, embedder: MiniLM, folder: Path) -> Near:
    """How near a text comes to the short form of each statement of role data."""
    return _finder(((p.short, p.id) for p in corpus.passages if p.kind == "role"), embedder, folder, "statements")


def near_questions(corpus: Corpus, embedder: MiniLM, folder: Path) -> Near:
    """How near a question, `ROLE` for its roles, comes to the nearest question that each passage answers."""
    pairs = ((q.text.replace("{role}", ROLE), q.passage_id) for q in corpus.questions)
    return _finder(pairs, embedder, folder, "questions")


def closeness(embedder: MiniLM) -> Callable[[str, str], float]:
    """The cosine of two texts; the vectors of those seen last are kept."""

    @lru_cache(maxsize=4096)
    def vector(text: str) -> np.ndarray:
        return np.asarray(embedder.embed_documents([text])[0], dtype=np.float32)

    return lambda one, other: float(vector(one) @ vector(other))


def _finder(pairs: Iterable[tuple[str, str]], embedder: MiniLM, folder: Path, name: str) -> Near:
    """`pairs` of a text and the id of its passage; `name` is that of the vectors' file in `folder`."""
    from rolewise.index import Likeness

    ids: dict[str, list[str]] = {}
    for text, ident in pairs:
        ids.setdefault(text, []).append(ident)
    finder = Likeness(sorted(ids), embedder, folder, name)

    def near(text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for short, cosine in finder.near([text], 0.0)[text].items():
            for ident in ids[short]:
                found[ident] = max(cosine, found.get(ident, 0.0))
        return found

    return near
