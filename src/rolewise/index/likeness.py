"""Words that mean nearly the same, by the cosine of their embeddings; the vectors are kept beside the index."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rolewise.index.embedder import MiniLM

_MOST_NEAR = 64
Vectors = npt.NDArray[np.float32]


class Likeness:
    """Nearest phrases of a fixed vocabulary, for single words that the vocabulary does not hold."""

    def __init__(self, phrases: list[str], embedder: MiniLM, folder: Path, name: str = "words") -> None:
        """`name` is that of the cache file under `folder`: one for each vocabulary that is in use."""
        self._name = name
        self._phrases = phrases
        self._embedder = embedder
        self._matrix = self._load(folder)
        self._seen: dict[str, dict[str, float]] = {}

    def near(self, words: list[str], least: float, then: tuple[str, ...] = ()) -> dict[str, dict[str, float]]:
        """For each word the phrases with a cosine of at least `least`, best first. One batch for all unseen words.

        `then` are texts whose vectors are asked for next: in the same batch they take half the time of one of their own.
        """
        unseen = [w for w in dict.fromkeys(words) if w not in self._seen]
        if unseen and len(self._phrases):
            vectors = self._embedder.embed_documents([*unseen, *then])[: len(unseen)]
            cosines = np.asarray(vectors, dtype=np.float32) @ self._matrix.T
            if len(self._seen) > 20_000:
                self._seen.clear()
            for word, row in zip(unseen, cosines, strict=True):
                order = np.argsort(-row)[:_MOST_NEAR]
                self._seen[word] = {self._phrases[i]: float(row[i]) for i in order}
        return {w: {p: c for p, c in self._seen.get(w, {}).items() if c >= least} for w in words}

    def _load(self, folder: Path) -> Vectors:
        """The vocabulary's vectors: read from the cache where it holds this vocabulary, else embedded and kept."""
        digest = hashlib.sha256("\n".join((self._embedder.made_by, *self._phrases)).encode()).hexdigest()[:24]
        path = folder / f"{self._name}-{digest}.npy"
        if path.is_file():
            try:
                found: Vectors = np.load(path, allow_pickle=False)
                if found.shape[0] == len(self._phrases):
                    return found
            except (OSError, EOFError, ValueError):
                pass  # an empty or truncated file is made anew
        made = np.asarray(self._embedder.embed_documents(self._phrases), dtype=np.float32)
        with suppress(OSError):  # only a cache: on a full or read-only disk the vectors are made at each start
            self._keep(made, path)
        return made

    def _keep(self, made: Vectors, path: Path) -> None:
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
