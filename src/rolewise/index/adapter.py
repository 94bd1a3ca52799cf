"""A linear map of MiniLM's vectors, by which questions come to lie near the passages that answer them.

`adapter.npy` was fitted to the corpus's example questions by contrastive learning (InfoNCE, van den Oord et al., 2018);
`scripts/train_adapter.py` fits it anew and prints what it gains. Single words are compared without it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

ADAPTER = "adapter.npy"
Vectors = npt.NDArray[np.float32]


def adapted(vectors: Vectors, by: Vectors | None = None) -> Vectors:
    """A normalised vector, (384,), or several, (texts, 384), turned by the fitted map, or by another of (384, 384)."""
    turned = vectors @ (_fitted() if by is None else by)
    return np.asarray(turned / np.linalg.norm(turned, axis=-1, keepdims=True), dtype=np.float32)


@cache
def adapter_hash() -> str:
    """Names the fitted map: vectors made by two must never meet."""
    return hashlib.sha256(_fitted().tobytes()).hexdigest()[:12]


@cache
def _fitted() -> Vectors:
    with files(__package__).joinpath(ADAPTER).open("rb") as file:
        return np.asarray(np.load(file, allow_pickle=False), dtype=np.float32)
