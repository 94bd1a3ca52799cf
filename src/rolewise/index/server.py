"""The index in a Chroma server that several processes share: one fills it, all read it.

Each state of the corpus has a collection of its own (`snapshots.py`): who reads it has exactly the passages of their own
corpus, whatever others add meanwhile. Neither texts nor titles are sent: vectors, ids, roles and aspects.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from chromadb import Collection
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

from rolewise.corpus import Corpus
from rolewise.errors import IndexFault
from rolewise.index.connection import Connection
from rolewise.index.embedder import MiniLM
from rolewise.index.filling import Filling, Progress
from rolewise.index.snapshots import by_another_model, name_of, tidy, used_now
from rolewise.index.store import OTHER_MODEL, SyncReport, nearest_in
from rolewise.settings import Settings

_SEARCH_S, _WRITE_S = 4.0, 60.0
"""Seconds that the server may be silent over a search, and over a batch that it writes."""
_TOUCH_S = 3_600.0
"""A collection in use says so every hour."""


@dataclass
class _Snapshot:
    """The collection of one state of the corpus, opened at its first use."""

    corpus: Corpus
    name: str
    collection: Collection | None = None
    touched: float = 0.0


class ServerStore:
    """As `Store`, in the server that ROLEWISE_CHROMA_URL names. Any number of processes may use it at once."""

    def __init__(self, settings: Settings, embedder: MiniLM, silence_s: float = 30.0) -> None:
        """`silence_s`: seconds without a sign of life after which a process that fills a collection counts as dead."""
        self._embedder = embedder
        self._silence_s = silence_s
        self._reading, self._writing = Connection(settings, _SEARCH_S), Connection(settings, _WRITE_S)
        self._snapshot: _Snapshot | None = None
        self._notice = ""
        self._one = threading.Lock()

    @property
    def place(self) -> str:
        """The server's address, for people."""
        return self._writing.place

    @property
    def notice(self) -> str:
        """As `Store.notice`: that another embedding model had made the index. Else a server mends itself, or errors tell."""
        return self._notice

    def ids(self) -> set[str]:
        """What the collection in use holds; `sync` comes first."""
        return set(self._reading.call(lambda client: self._opened(client).get(include=[]))["ids"])

    def sync(self, corpus: Corpus, progress: Progress = lambda done, total: None) -> SyncReport:
        """Use the collection of this corpus: fill it, wait for the process that does, or find it whole.

        Only passages that the newest collection lacks are embedded. `progress` gets (passages in place, all).
        Raises IndexFault where the server cannot be used.
        """
        return self._use(corpus, progress, anew=False)

    def rebuild(self, corpus: Corpus, progress: Progress = lambda done, total: None) -> SyncReport:
        """Embed everything anew. Others search in the former collection until the new one takes its place."""
        return self._use(corpus, progress, anew=True)

    def nearest(self, embedding: list[float], k: int, where: dict[str, Any] | None = None) -> list[tuple[str, float]]:
        """Ids of the `k` nearest passages with their cosine similarity, best first. Raises IndexFault.

        Where the server has come back without the collection, it is filled again in a thread of its own.
        """

        def search(client: ClientAPI) -> list[tuple[str, float]]:
            try:
                return nearest_in(self._opened(client), embedding, k, where)
            except ChromaError as error:
                self._lost(filled=not isinstance(error, NotFoundError))
                raise

        return self._reading.call(search, again=True)

    def _use(self, corpus: Corpus, progress: Progress, anew: bool) -> SyncReport:
        started = time.perf_counter()
        want = corpus.by_id.keys()
        name = name_of(want, self._embedder.made_by)
        with self._one:
            embedded = Filling(self._writing, self._embedder, corpus, name, self._silence_s, progress).done(anew)
            if embedded and not anew and self._writing.call(lambda client: by_another_model(client, name)):
                self._notice = OTHER_MODEL
            former, self._snapshot = self._snapshot, _Snapshot(corpus, name)
            self._writing.call(lambda client: tidy(client, name))
        removed = len(former.corpus.by_id.keys() - want) if former else 0
        return SyncReport(embedded, removed, len(want) - embedded, time.perf_counter() - started)

    def _opened(self, client: ClientAPI) -> Collection:
        snapshot = self._snapshot
        if snapshot is None:
            raise ValueError("an index in a server is searched after its first sync")
        collection = snapshot.collection or client.get_collection(snapshot.name, embedding_function=None)
        snapshot.collection = collection
        if not snapshot.touched or time.monotonic() - snapshot.touched > _TOUCH_S:
            collection.modify(metadata=used_now())
            snapshot.touched = time.monotonic()
        return collection

    def _lost(self, filled: bool) -> None:
        """The collection is going or gone: look for one of its name at the next try; where there is none, fill it again."""
        snapshot = self._snapshot
        if snapshot and snapshot.collection is not None:
            snapshot.collection = None
        elif snapshot and not filled and not self._one.locked():

            def again(corpus: Corpus = snapshot.corpus) -> None:
                with suppress(IndexFault):  # the next question finds it still missing, and says so
                    self.sync(corpus)

            threading.Thread(target=again, name="rolewise-filling", daemon=True).start()
