"""Words that mean nearly the same, by the cosine of their embeddings; the vectors are kept beside the index."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rolewise.index.embedder import MiniLM

_MOST_NEAR = 64
Vectors = npt.NDArray[np.float32]


class Likeness:
    """Nearest phrases of a fixed vocabulary, for single words that the vocabulary does not hold."""

    def __init__(
        self, phrases: list[str], embedder: MiniLM, folder: Path, name: str = "words", adapt: bool = False
    ) -> None:
        """`name` is that of the cache file under `folder`: one for each vocabulary that is in use.

        With `adapt` they are compared as questions are with what answers them, and not as words that mean the same.
        """
        self._name = name
        self._adapt = adapt
        self._phrases = phrases
        self._embedder = embedder
        self._matrix = self._load(folder)
        self._seen: dict[str, dict[str, float]] = {}

    def __len__(self) -> int:
        return len(self._phrases)

    def near(self, words: list[str], least: float) -> dict[str, dict[str, float]]:
        """For each word the phrases with a cosine of at least `least`, best first. One batch for all unseen words."""
        unseen = [w for w in dict.fromkeys(words) if w not in self._seen]
        if unseen and len(self._phrases):
            cosines = self._vectors(unseen) @ self._matrix.T
            if len(self._seen) > 20_000:
                self._seen.clear()
            for word, row in zip(unseen, cosines, strict=True):
                order = np.argsort(-row)[:_MOST_NEAR]
                self._seen[word] = {self._phrases[i]: float(row[i]) for i in order}
        return {w: {p: c for p, c in self._seen.get(w, {}).items() if c >= least} for w in words}

    def prepare(self, texts: Iterable[str]) -> None:
        """Embed in one batch texts that are compared or searched for next."""
        self._embedder.prepare(texts)

    def cosine(self, text: str, phrase: str) -> float:
        """The cosine of any text to a phrase, whose vector is at hand where the vocabulary holds it."""
        if (at := self._places.get(phrase)) is not None:
            return float(self._vectors([text])[0] @ self._matrix[at])
        one, other = self._vectors([text, phrase])
        return float(one @ other)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {phrase: at for at, phrase in enumerate(self._phrases)}

    def _vectors(self, texts: list[str]) -> Vectors:
        if self._adapt:
            return np.asarray(self._embedder.embed_documents(texts), dtype=np.float32)
        return self._embedder.plain(texts)

    def _load(self, folder: Path) -> Vectors:
        """The vocabulary's vectors: read from the cache where it holds this vocabulary, else embedded and kept.

        Phrases that were in the vocabulary before are not embedded again.
        """
        made_by = self._embedder.made_by  # looks the package up: once, and not for each of thousands of phrases
        texts = [hashlib.sha256(f"{made_by}\n{p}".encode()).digest() for p in self._phrases]
        keys = np.frombuffer(b"".join(t[:8] for t in texts), dtype=np.uint64)
        path = folder / f"{self._name}-{hashlib.sha256(b''.join(texts)).hexdigest()[:24]}.npy"
        kept = _read(path)
        if kept is not None and np.array_equal(kept["key"], keys):
            return np.ascontiguousarray(kept["vector"])
        before = [k for k in map(_read, folder.glob(f"{self._name}-*.npy")) if k is not None]
        known = {int(row["key"]): row["vector"] for kept in before for row in kept}
        new = [p for p, key in zip(self._phrases, keys, strict=True) if int(key) not in known]
        embedded = iter(self._vectors(new) if new else ())
        rows = [known[int(key)] if int(key) in known else next(embedded) for key in keys]
        vectors: Vectors = np.array(rows, dtype=np.float32)
        with suppress(OSError):  # only a cache: on a full or read-only disk the vectors are made at each start
            self._keep(_paired(keys, vectors), path)
        return vectors

    def _keep(self, made: npt.NDArray[np.void], path: Path) -> None:
        """Write the cache whole or not at all. Raises OSError."""
        part = path.with_suffix(".part.npy")
        try:
            np.save(part, made)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        for old in path.parent.glob(f"{self._name}-*.npy"):
            if old != path:
                old.unlink(missing_ok=True)


def _paired(keys: npt.NDArray[np.uint64], vectors: Vectors) -> npt.NDArray[np.void]:
    """Each text's key, from the hash of the model and the text, with its vector."""
    width = vectors.shape[1] if vectors.ndim == 2 else 0
    pairs = np.zeros(len(keys), dtype=[("key", np.uint64), ("vector", np.float32, (width,))])
    if len(keys):
        pairs["key"], pairs["vector"] = keys, vectors
    return pairs


def _read(path: Path) -> npt.NDArray[np.void] | None:
    """What `_paired` made, from its file; None where there is none, or an empty, truncated or older one."""
    try:
        found: npt.NDArray[np.void] = np.load(path, allow_pickle=False)
    except (OSError, EOFError, ValueError):
        return None
    return found if found.dtype.names == ("key", "vector") else None
