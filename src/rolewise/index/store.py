"""The Chroma collection, kept equal to the corpus by a set difference of content-hash ids."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb import Collection
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma

from rolewise.corpus import Corpus, Passage
from rolewise.errors import IndexFault
from rolewise.index.embedder import MiniLM
from rolewise.index.guard import Guard

_BATCH = 512
"""Passages in one write. Each is there for good once it is written: who is ended goes on from there at the next start."""
_PIECE = 256
"""Passages embedded between two words of progress."""
_MADE_BY = "made_by"
_PASSAGES_A_HUNDRED = 5_000
"""For so many passages, a hundred candidates are kept while the nearest are looked for (`ef_search`): more hide more of them."""
_FEWEST, _MOST = 300, 1_200
"""Fewer candidates than passages hide some, and others at each start: a graph of up to 1,000 passages is made anew by each."""
GRAPH: CreateHNSWConfiguration = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200}
"""Twice Chroma's own links a vector, chosen among twice as many: of 100,000 vectors, one in twenty was not found even by itself."""
OTHER_MODEL = (
    "The index was made by another embedding model, and is built anew from the sources; "
    "your documents, conversations and feedback are untouched."
)
_SAME = 0.999
"""Cosine of two vectors of one text by one model, rounding and another build of it allowed for."""
_REBUILT_S = 10.0
"""Seconds that a search waits for another process that empties and fills the index."""


@dataclass(frozen=True)
class SyncReport:
    """What a sync changed, in passages."""

    added: int
    removed: int
    unchanged: int
    seconds: float


class Store:
    """Passages and their embeddings in a persistent Chroma collection under `folder`."""

    chroma: Chroma
    """The collection as it is open now."""

    def __init__(
        self,
        folder: Path,
        embedder: MiniLM,
        corpus_name: str = "corpus",
        tell: Callable[[str], None] = lambda text: None,
    ) -> None:
        """Opens the index, waiting for another process that writes it; a damaged one is set aside and begun again.

        `tell` gets a line for people about either. Raises IndexFault.
        """
        self._folder = folder
        self._guard = Guard(folder, tell)
        self._embedder = embedder
        # The embedding model is part of the name: vectors of two models must never meet in one collection.
        self._prefix = f"{corpus_name}-"
        self._collection = self._prefix + embedder.name
        try:
            with self._guard.opening():
                self._connect()
        except (OSError, ChromaError) as error:
            raise IndexFault(
                f"The index in {folder} cannot be opened ({error}). Your corpus files are untouched. "
                "Check free disk space and permissions, then run `rolewise index --rebuild`, or point ROLEWISE_HOME to a folder that can be written."
            ) from error

    @property
    def notice(self) -> str:
        """What people should know of the index: that it was damaged, or cannot be written. Empty where all is well."""
        return self._guard.notice

    @property
    def place(self) -> str:
        """The folder, for people."""
        return str(self._folder)

    def ids(self) -> set[str]:
        return set(self.chroma.get(include=[])["ids"])

    def sync(self, corpus: Corpus, progress: Callable[[int, int], None] = lambda done, total: None) -> SyncReport:
        """Add what is missing and delete what the corpus no longer has; unchanged passages are not embedded.

        `progress` gets (passages embedded so far, passages to embed).
        Raises IndexFault when another process is writing the same index for more than a minute.
        """
        return self._write(corpus, progress, empty_first=False)

    def rebuild(self, corpus: Corpus, progress: Callable[[int, int], None] = lambda done, total: None) -> SyncReport:
        """Empty the collection, then embed everything anew. Raises IndexFault as `sync` does."""
        return self._write(corpus, progress, empty_first=True)

    def _write(self, corpus: Corpus, progress: Callable[[int, int], None], empty_first: bool) -> SyncReport:
        started = time.perf_counter()
        try:
            if not empty_first and self._guard.changed:
                self._reconnect()
            prepared = self._marked and self._candidates == candidates_for(len(corpus.by_id))
            if not empty_first and prepared and self.ids() == corpus.by_id.keys():
                return SyncReport(0, 0, len(corpus.by_id), time.perf_counter() - started)
            with self._guard.writing():
                self._connect()  # another process may have written meanwhile
                if self._strange():
                    empty_first = True
                    self._guard.say(OTHER_MODEL)
                if empty_first:
                    self._client.delete_collection(self._collection)
                    self._open()
                if not self._marked:
                    self._rows.modify(metadata={_MADE_BY: self._embedder.made_by})
                if self._candidates != candidates_for(
                    len(corpus.by_id)
                ):  # before a fill that may be ended: it is probed with them
                    self._rows.modify(configuration={"hnsw": {"ef_search": candidates_for(len(corpus.by_id))}})
                    self._connect()  # the open one goes on with what it had
                have, want = self.ids(), {p.id: p for p in corpus.passages}
                missing, surplus = [p for i, p in want.items() if i not in have], sorted(have - want.keys())
                self._add(missing, progress)
                for start in range(0, len(surplus), _BATCH):
                    self.chroma.delete(ids=surplus[start : start + _BATCH])
                self._load_segments()
        except (OSError, ChromaError) as error:
            raise IndexFault(
                f"The index in {self._folder} could not be written ({error}). Your corpus files are untouched. "
                "Check free disk space and permissions, then run `rolewise index`."
            ) from error
        return SyncReport(len(missing), len(surplus), len(want) - len(missing), time.perf_counter() - started)

    def nearest(self, embedding: list[float], k: int, where: dict[str, Any] | None = None) -> list[tuple[str, float]]:
        """Ids of the `k` nearest passages with their cosine similarity, best first. Raises IndexFault."""
        try:
            if self._guard.changed:
                self._reconnect()
            try:
                found = nearest_in(self._rows, embedding, k, where)
                again = not found and self._guard.being_written
            except ChromaError:
                again = True
            if again:  # another process has emptied it, to build it anew
                self._reconnect(_REBUILT_S)
                found = nearest_in(self._rows, embedding, k, where)
        except ChromaError as error:
            raise IndexFault(
                f"The index in {self._folder} cannot be searched ({error}). Your corpus files are untouched. "
                "Run `rolewise index --rebuild`."
            ) from error
        return found

    def _reconnect(self, wait_s: float = 0.0) -> None:
        """After another process has written. While one still writes, or a thread is at it, what was open goes on."""
        with self._guard.reopening(wait_s) as free:
            if free:
                self._connect()

    def _connect(self) -> None:
        """A client of its own: Chroma keeps one a folder and hands it out again, stale or failed as it may be."""
        place = str(self._guard.folder)
        SharedSystemClient._identifier_to_system.pop(place, None)
        self._client = chromadb.PersistentClient(place, ChromaSettings(anonymized_telemetry=False, is_persistent=True))
        self._open()
        self._load_segments()

    def _load_segments(self) -> None:
        """Chroma writes what it is behind with when it first reads: not later, when another process may be writing."""
        self.chroma.get(limit=1, include=["embeddings"])

    def _open(self) -> None:
        self.chroma = Chroma(
            collection_name=self._collection,
            client=self._client,
            embedding_function=self._embedder,
            collection_configuration={"hnsw": GRAPH},
        )
        self._rows = self._client.get_collection(self._collection, embedding_function=None)

    @property
    def _marked(self) -> bool:
        return (self._rows.metadata or {}).get(_MADE_BY) == self._embedder.made_by

    @property
    def _candidates(self) -> int:
        configuration: Any = self._rows.configuration
        return int(configuration["hnsw"]["ef_search"])

    def _strange(self) -> bool:
        """Whether another model made the vectors. Where that is in doubt, a few texts are embedded anew and compared.

        Collections of models by other names are removed: nobody would ever search them again.
        """
        others = [c.name for c in self._client.list_collections() if self._is_another(c.name)]
        for name in others:
            self._client.delete_collection(name)
        if self._marked:
            return False
        kept = self._rows.get(limit=3, include=["embeddings", "documents"])
        if not kept["ids"]:
            return bool(others)
        old, new = np.asarray(kept["embeddings"]), np.asarray(self._embedder.embed_documents(kept["documents"] or []))
        if old.shape != new.shape:
            return True
        lengths = np.linalg.norm(old, axis=1) * np.linalg.norm(new, axis=1)
        return bool(np.any(np.sum(old * new, axis=1) < _SAME * lengths))

    def _is_another(self, name: str) -> bool:
        return name.startswith(self._prefix) and name != self._collection

    def _add(self, passages: list[Passage], progress: Callable[[int, int], None]) -> None:
        """Embed and write: Chroma is at one batch while the encoder is at the next. Raises what either raises."""
        # Of one length, little of a run is padding; the shortest last, as nothing is embedded beside the last write.
        ordered = sorted(passages, key=lambda p: -len(p.search_text))
        writing: Future[None] | None = None
        with ThreadPoolExecutor(1, "rolewise-writing") as writer:
            for start in range(0, len(ordered), _BATCH):
                batch, vectors = ordered[start : start + _BATCH], list[list[float]]()
                for at in range(0, len(batch), _PIECE):
                    vectors += self._embedder.embed_documents([p.search_text for p in batch[at : at + _PIECE]])
                    progress(start + len(vectors), len(ordered))
                if writing:
                    writing.result()  # one batch waits at most, and what went wrong with it is raised here
                writing = writer.submit(self._upsert, batch, vectors)
            if writing:
                writing.result()

    def _upsert(self, batch: list[Passage], vectors: list[list[float]]) -> None:
        self._rows.upsert(
            [p.id for p in batch],
            np.asarray(vectors, np.float32),
            [metadata_of(p) for p in batch],
            [p.search_text for p in batch],
        )


def candidates_for(passages: int) -> int:
    """The `ef_search` of an index of so many passages."""
    return min(max(_FEWEST, 100 * round(passages / _PASSAGES_A_HUNDRED)), _MOST)


def nearest_in(
    collection: Collection, embedding: list[float], k: int, where: dict[str, Any] | None
) -> list[tuple[str, float]]:
    """Ids of the `k` nearest with their cosine similarity, best first; texts and metadata, which nobody asks for, stay there."""
    found = collection.query(np.asarray([embedding], np.float32), n_results=k, where=where, include=["distances"])
    distances = found["distances"] or [[]]
    return [(ident, 1.0 - distance) for ident, distance in zip(found["ids"][0], distances[0], strict=True)]


def metadata_of(passage: Passage) -> dict[str, Any]:
    """What a search may filter by. Chroma refuses empty lists, so an empty one is left out and `general` says that no role is named."""
    data: dict[str, Any] = {"document": passage.document_id, "general": not passage.roles}
    lists: dict[str, Iterable[str]] = {"roles": passage.roles, "aspects": passage.aspects}
    return data | {name: list(values) for name, values in lists.items() if values}
