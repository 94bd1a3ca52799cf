"""Indexing beside the bare encoder on the same texts, and what a start costs when nothing or one sentence has changed."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.suite.figure import Figure, Goal
from bench.suite.grown import write_corpus

from rolewise.corpus import load_corpus
from rolewise.index import MiniLM, Store
from rolewise.settings import load_settings

LEAST_OF_ENCODER = 0.9
"""The share of the encoder's passages a second that indexing is to reach."""
ALONE = "the encoder alone, same texts"


class Counting(MiniLM):
    """The real encoder, which counts what it embeds."""

    embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return super().embed_documents(texts)


def measure(quick: bool) -> list[Figure]:
    embedder = Counting(load_settings().encoder_folder)
    embedder.load()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temp:
        folder, kept = Path(temp) / "corpus", Path(temp) / "kept"
        write_corpus(folder, 1_000 if quick else 2_000)
        corpus = load_corpus(folder, kept=kept)
        texts = [p.search_text for p in corpus.passages]
        alone, built = [], []
        for turn in range(2 if quick else 3):
            began = time.perf_counter()
            embedder._encoder.encode(texts)
            alone.append(time.perf_counter() - began)
            store = Store(Path(temp) / f"index{turn}", embedder)
            began = time.perf_counter()
            store.sync(corpus)
            built.append(time.perf_counter() - began)
        article = sorted((folder / "articles").glob("notes-*.md"))[0]
        same = [started_again(embedder, folder, kept, store)[0] for _ in range(3)]
        article.write_text(article.read_text(encoding="utf-8") + "\nThe canteen serves soup.\n", encoding="utf-8")
        edited, embedded = started_again(embedder, folder, kept, store)
    size = len(texts)
    per_s = [tuple(size / seconds for seconds in values) for values in (built, alone)]
    return [
        Figure("indexing", f"{size} passages embedded and written", "s", tuple(built), ALONE, tuple(alone),
               Goal("ratio", 1 / LEAST_OF_ENCODER)),
        Figure("indexing", "… passages a second", "/s", per_s[0], ALONE, per_s[1]),
        Figure("indexing", f"read and compared again, nothing changed, {size} passages", "s", tuple(same)),
        Figure("indexing", "… after one sentence more in one file", "s", (edited,)),
        Figure("indexing", "passages embedded for that sentence", "", (float(embedded),), goal=Goal("median", 1)),
    ]  # fmt: skip


def started_again(embedder: Counting, folder: Path, kept: Path, store: Store) -> tuple[float, int]:
    """Seconds to read the corpus and bring the index in step, and how many passages that embedded."""
    before, began = embedder.embedded, time.perf_counter()
    store.sync(load_corpus(folder, kept=kept))
    return time.perf_counter() - began, embedder.embedded - before
