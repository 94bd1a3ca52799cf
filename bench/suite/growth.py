"""Search, memory and disk from 1,000 passages to 100,000, each size in processes of its own that take turns.

The texts are the shipped sentences with words exchanged. Their vectors are made, not embedded, which would take half an
hour: each lies as far from a shipped passage's vector as such texts were measured to. Questions are embedded as always.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from bench.startup import ROOT, resident_mb
from bench.suite.answers import EVALS, GOLDEN
from bench.suite.figure import Figure, Goal
from bench.suite.grown import varied, words_of, write_corpus

from rolewise.corpus import load_corpus
from rolewise.evaluation.golden import read_golden
from rolewise.index import MiniLM, Searcher, Store
from rolewise.settings import load_settings, shipped_corpus

SIZES = (1_000, 10_000, 100_000)
QUESTIONS, TURNS = 200, 3
MOST_RESYNC_S, MOST_MISSED = 5.0, 0.05
Vectors = npt.NDArray[np.float32]


class Made(MiniLM):
    """Vectors around those of the shipped passages, the same for the same text; `embed_query` is the real one, done before."""

    def __init__(self) -> None:
        super().__init__(load_settings().encoder_folder)
        shipped = load_corpus(shipped_corpus()).passages
        self.queries: dict[str, list[float]] = {}
        self.embedded = 0
        self._near = np.asarray(super().embed_documents([p.search_text for p in shipped]), np.float32)
        words, chance = words_of(shipped), random.Random(1)
        changed = [varied(p.search_text, words, chance) for p in shipped]
        others = np.asarray(super().embed_documents(changed), np.float32)
        self._cosines = np.sum(self._near * others, axis=1).clip(0, 1)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return [self._made(text).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        if text not in self.queries:
            self.queries[text] = super().embed_documents([text])[0]
        return self.queries[text]

    def _made(self, text: str) -> Vectors:
        chance = np.random.default_rng(zlib.crc32(text.encode()))
        base, cosine = self._near[chance.integers(len(self._near))], float(chance.choice(self._cosines))
        away = chance.standard_normal(base.size).astype(np.float32)
        away -= base * (away @ base)
        vector: Vectors = cosine * base + math.sqrt(1 - cosine**2) * away / np.linalg.norm(away)
        return vector


def measure(quick: bool) -> list[Figure]:
    figures, first = [], dict[str, tuple[float, ...]]()
    for size, found in measured(SIZES[:-1] if quick else SIZES).items():
        limit = Goal("ratio", (math.log(size) / math.log(SIZES[0])) ** 2)
        for name in ("search", "search, one role's", "vectors alone", "BM25 alone"):
            values = tuple(found[name])
            first.setdefault(name, values)
            goal = limit if name.startswith("search") and size > SIZES[0] else None
            figures.append(
                Figure(
                    "growth", f"{name}: {size:,} passages", "ms", values, f"{SIZES[0]:,} passages", first[name], goal
                )
            )
        figures += [
            Figure("growth", f"nearest 10 that are missed: {size:,} passages", "", (found["missed"],), goal=Goal("median", MOST_MISSED)),
            Figure("growth", f"read and compared again, nothing changed: {size:,} passages", "s", (found["again"],), goal=Goal("median", MOST_RESYNC_S)),
            Figure("growth", f"passages embedded for that: {size:,} passages", "", (found["embedded"],), goal=Goal("median", 0)),
            Figure("growth", f"sources read for the first time: {size:,} passages", "s", (found["read"],)),
            Figure("growth", f"written to the index, vectors given: {size:,} passages", "s", (found["written"],)),
            Figure("growth", f"memory of a searching process: {size:,} passages", "MB", (found["memory"],)),
            Figure("growth", f"disk: {size:,} passages", "MB", (found["disk"],)),
        ]  # fmt: skip
    return figures


def measured(sizes: tuple[int, ...]) -> dict[int, dict[str, Any]]:
    """What each step tells of each size; of searches, the times of all turns."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temp:
        found = {size: told("build", Path(temp), size) | told("again", Path(temp), size) for size in sizes}
        for _, size in itertools.product(range(TURNS), sizes):
            for name, value in told("search", Path(temp), size).items():
                before = found[size].get(name, [])
                found[size][name] = before + value if isinstance(value, list) else value
        return found


def told(step: str, folder: Path, size: int) -> dict[str, Any]:
    here = folder / str(size)
    here.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "bench.suite.growth", step, str(here), str(size)]
    printed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    result: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return result


def build(folder: Path, size: int) -> dict[str, Any]:
    write_corpus(folder / "corpus", size)
    began = time.perf_counter()
    corpus = load_corpus(folder / "corpus", kept=folder / "kept")
    read, embedder = time.perf_counter() - began, Made()
    began = time.perf_counter()
    store = Store(folder / "index", embedder)
    store.sync(corpus)
    written = time.perf_counter() - began
    Searcher(corpus, store, embedder, folder / "index")
    return {"read": read, "written": written}


def again(folder: Path, size: int) -> dict[str, Any]:
    embedder, store_folder = Made(), folder / "index"
    began = time.perf_counter()
    corpus = load_corpus(folder / "corpus", kept=folder / "kept")
    Store(store_folder, embedder).sync(corpus)
    return {"again": time.perf_counter() - began, "embedded": float(embedder.embedded)}


def search(folder: Path, size: int) -> dict[str, Any]:
    """Milliseconds of a search, its question embedded before; what the nearest 10 lack; memory and disk."""
    embedder = Made()
    corpus = load_corpus(folder / "corpus", kept=folder / "kept")
    store = Store(folder / "index", embedder)
    searcher = Searcher(corpus, store, embedder, folder / "index")
    asked = [row.turns[-1] for name in GOLDEN for row in read_golden(EVALS / name) if row.split == "dev"]
    asked = random.Random(1).sample(asked, QUESTIONS)
    vectors = [embedder.embed_query(question) for question in asked]
    role = corpus.roles[0].id
    ways = {
        "search": lambda at: searcher.search(asked[at], k=24),
        "search, one role's": lambda at: searcher.search(asked[at], (role,), k=24),
        "vectors alone": lambda at: store.nearest(vectors[at], 96),
        "BM25 alone": lambda at: searcher._keywords.best(asked[at], 96),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for at in range(QUESTIONS):
        for name, way in ways.items():
            began = time.perf_counter()
            way(at)
            took[name].append((time.perf_counter() - began) * 1000)
    memory = resident_mb(os.getpid())
    disk = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file()) / 1e6
    return {**took, "missed": missed(store, embedder, corpus.passages, vectors), "memory": memory, "disk": disk}


def missed(store: Store, embedder: Made, passages: Any, vectors: list[list[float]]) -> float:
    """The share of the exact 10 nearest, which all vectors are compared for, that the index does not find."""
    matrix = np.asarray(embedder.embed_documents([p.search_text for p in passages]), np.float32)
    lost = 0
    for vector in vectors:
        cosines = matrix @ np.asarray(vector, np.float32)
        least = np.partition(cosines, -10)[-10]
        lost += 10 - sum(cosine >= least - 1e-5 for _, cosine in store.nearest(vector, 10))
    return lost / (10 * len(vectors))


STEPS = {"build": build, "again": again, "search": search}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
