"""BM25 keyword search, built once for a state of the corpus and kept beside the index."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer

from rolewise.corpus import Passage
from rolewise.imports import without

with without("scipy"):  # a tenth of a second and 10 MB, for a way of building the index that is not taken
    import bm25s

_FORMAT = 1
_NAME = "keywords-"
_ARRAYS = ("data", "indices", "indptr")


class Keywords:
    """Finds passages by the words that they share with a query, the rarest counting most (Okapi BM25).

    With a `folder` it is read from there, mapped into memory, where it was kept for these very passages; else it is built
    and kept. What is damaged is built anew. A folder that cannot be written costs only the time.
    """

    def __init__(self, passages: tuple[Passage, ...], folder: Path | None = None) -> None:
        self._passages = passages
        self._stemmer = Stemmer.Stemmer("english")
        kept = folder / f"{_NAME}{_revision(passages)}" if folder else None
        self._bm25 = _read(kept, len(passages)) or self._built()
        if kept and not kept.is_dir():
            _keep(self._bm25, kept)

    def best(self, query: str, k: int) -> list[str]:
        """Ids of at most `k` passages that share words with the query, best first."""
        (words,) = self._tokens([query], return_ids=False)
        if not (known := self._bm25.get_tokens_ids(words)):
            return []
        scores = self._bm25.get_scores_from_ids(known)
        # bm25s's own choice of the best takes 50 times as long: it partitions the many passages that share no word, too.
        found = np.flatnonzero(scores > 0)
        if len(found) > k:
            found = found[scores[found] >= np.partition(scores[found], -k)[-k]]
        return [self._passages[i].id for i in found[np.argsort(-scores[found], kind="stable")][:k]]

    def _built(self) -> Any:
        bm25 = bm25s.BM25()
        bm25.index(self._tokens([p.search_text for p in self._passages]), show_progress=False)
        return bm25

    def _tokens(self, texts: list[str], return_ids: bool = True) -> Any:
        return bm25s.tokenize(
            texts, stopwords="en", stemmer=self._stemmer, return_ids=return_ids, show_progress=False
        )  # fmt: skip


def _revision(passages: tuple[Passage, ...]) -> str:
    """A passage's id is a hash of all that is searched of it; the places in the index are those of this order."""
    made_by = (str(_FORMAT), version("bm25s"), version("PyStemmer"))
    return hashlib.sha256("\n".join((*made_by, *(p.id for p in passages))).encode()).hexdigest()[:24]


def _read(kept: Path | None, passages: int) -> Any | None:
    """The index that is kept there; None where there is none, or a damaged one, which is removed."""
    if kept is None or not kept.is_dir():
        return None
    try:
        bm25 = bm25s.BM25.load(kept, mmap=True, show_progress=False)
        # Plain views of the mapped files: numpy's own class for them costs a tenth of a millisecond for every word.
        bm25.scores |= {name: np.asarray(bm25.scores[name]) for name in _ARRAYS}
        data, indices, indptr = (bm25.scores[name] for name in _ARRAYS)
        if bm25.scores["num_docs"] == passages and len(data) == len(indices) == indptr[-1]:
            return bm25
    except (OSError, EOFError, ValueError, TypeError, KeyError):  # all that numpy and bm25s raise for broken files
        pass
    shutil.rmtree(kept, ignore_errors=True)
    return None


def _keep(bm25: Any, kept: Path) -> None:
    """Written beside and then renamed, so that it is there whole or not at all; those of former corpora are removed."""
    try:
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix="part-", ignore_cleanup_errors=True) as part:
            bm25.save(Path(part) / "whole", show_progress=False)
            (Path(part) / "whole").rename(kept)
    except OSError:
        return  # the disk is full, or another process was first
    for old in kept.parent.glob(f"{_NAME}*"):
        if old != kept:
            shutil.rmtree(old, ignore_errors=True)
