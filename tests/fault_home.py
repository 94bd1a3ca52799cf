"""For the fault tests: a small home as people leave it, and what must be so again after each fault."""

from __future__ import annotations

import os
import pickle
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cache
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as ChromaSettings

from conftest import ROOT
from rolewise import feedback
from rolewise.corpus import Corpus, load_corpus
from rolewise.errors import IndexFault
from rolewise.index import MiniLM, Store, filling, lock
from rolewise.index import store as store_module
from rolewise.index.server import ServerStore
from rolewise.settings import Settings

NURSING = ROOT / "examples" / "nursing"
OWN = """---
title: My plan
publisher: me
published: 2026-01-02
licence: mine
---
# My plan

The night course in Tromsø costs 4,300 crowns and begins in March.
"""


class Remembered(MiniLM):
    """The real embedder's vectors, read from a file where they were made before: what is tried here is not the embedder."""

    def __init__(self, file: Path, folder: Path | None = None, pause_s: float = 0.0) -> None:
        super().__init__(folder)
        self.known: dict[str, list[float]] = pickle.loads(file.read_bytes()) if file.exists() else {}
        self.pause_s = pause_s

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        time.sleep(self.pause_s * len(texts))
        if unknown := [text for text in dict.fromkeys(texts) if text not in self.known]:
            self.known.update(zip(unknown, super().embed_documents(unknown), strict=True))
        return [self.known[text] for text in texts]


@dataclass(frozen=True)
class Home:
    """A data folder with an index of a small corpus, an own document and feedback."""

    settings: Settings
    vectors: Path
    encoder: Path

    @property
    def index(self) -> Path:
        return self.settings.index_folder

    @property
    def corpus(self) -> Corpus:
        return load_corpus(self.settings.corpus, self.settings.own_documents)

    @property
    def embedder(self) -> Remembered:
        return Remembered(self.vectors, self.encoder)

    def segment(self, name: str) -> Path:
        """A file of the vectors."""
        (found,) = self.index.glob(f"*/{name}")
        return found


@cache
def processes() -> ForkServerContext:
    """Where processes to be harmed come from: forked with this module imported, they begin at once."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with pytest.MonkeyPatch.context() as patch:
        # The server that forks them looks for it only where a new Python does; older ones skip in silence what is not found.
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()
    return context


def furnish(home: Home) -> None:
    """What people have put there: none of it may be lost, whatever happens to the index."""
    own = home.settings.own_corpus / "articles" / "plan.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, encoding="utf-8")
    said = feedback.Feedback("up", "kept?", "a1", "Which?", "That one.", datetime(2026, 1, 2, tzinfo=timezone.utc))
    feedback.store(home.settings, said)


def persistent_collection(folder: Path, embedder: MiniLM) -> None:
    """An empty collection that writes its vectors to files all the time, as a large one does now and then."""
    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False, is_persistent=True))
    eager = {"hnsw": {"space": "cosine", "sync_threshold": 20, "batch_size": 10}}
    client.create_collection(f"corpus-{embedder.name}", configuration=eager, embedding_function=None)
    client.close()


def index_in_a_child(home: Home, begun: Path) -> None:
    """Bring the index in step at the pace of a slow laptop, in small batches. For a process that will be killed."""
    store_module._BATCH = 8
    corpus, embedder = home.corpus, Remembered(home.vectors, home.encoder, pause_s=0.002)
    begun.touch()
    Store(home.index, embedder).sync(corpus)


def fill_in_a_child(url: str, vectors: Path, encoder: Path, told: Connection) -> None:
    """Fill the Chroma server's index in small batches, slowly at first; each batch is told. For a process that will be harmed."""
    filling._BATCH = 8

    def progress(done: int, total: int) -> None:
        with suppress(OSError):  # nobody listens any more
            told.send(done)
        time.sleep(0.3 if done < 32 else 0)

    ServerStore(Settings(chroma_url=url), Remembered(vectors, encoder)).sync(load_corpus(NURSING), progress)


def losses(home: Home, store: Store) -> list[str]:
    """What is lost, doubled or found wrongly, in the index or beside it. Empty is right."""
    corpus, embedder = home.corpus, home.embedder
    wrong, there = [], store.chroma.get(include=[])["ids"]
    wrong += [f"lost {i}" for i in corpus.by_id.keys() - set(there)]
    wrong += [f"left over {i}" for i in set(there) - corpus.by_id.keys()]
    wrong += ["doubled"] * (len(there) - len(set(there)))
    vectors = np.asarray(embedder.embed_documents([p.search_text for p in corpus.passages]))
    for at in range(0, len(corpus.passages), 5):
        expected = np.sort(vectors @ vectors[at])[::-1][:10]
        found = store.nearest(vectors[at].tolist(), 10)
        cosines = {p.id: float(v @ vectors[at]) for p, v in zip(corpus.passages, vectors, strict=True)}
        if not np.allclose([cosine for _, cosine in found], expected, atol=1e-3):
            wrong.append(f"search {at} finds other passages than there are")
        if any(abs(cosines.get(ident, 9.0) - cosine) > 1e-3 for ident, cosine in found):
            wrong.append(f"search {at} takes passages for others")
    wrong += ["feedback"] * ([f.word for f in feedback.stored(home.settings)] != ["kept?"])
    wrong += ["own document"] * (not any(d.own and "4,300" in d.text for d in corpus.documents))
    return wrong


def rebuild_in_a_child(home: Home) -> None:
    Store(home.index, Remembered(home.vectors, home.encoder, pause_s=0.002)).rebuild(home.corpus)


def hold_the_lock(folder: Path) -> None:
    with lock.alone(folder):
        time.sleep(60)


def is_held(folder: Path) -> bool:
    try:
        with lock.alone(folder, limit_s=0):
            return False
    except IndexFault:
        return True
