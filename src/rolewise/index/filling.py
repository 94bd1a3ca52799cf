"""Filling a collection in a Chroma server: one process of many does it, and another one goes on where that one dies."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from chromadb import Collection
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

from rolewise.corpus import Corpus
from rolewise.errors import IndexFault
from rolewise.index.connection import Connection
from rolewise.index.embedder import MiniLM
from rolewise.index.snapshots import filling_name, found, holds, newest, publish, used_now, vectors_in
from rolewise.index.store import GRAPH, candidates_for, metadata_of

_BATCH = 128
_POLL_S = 0.3

Progress = Callable[[int, int], None]


class _Superseded(Exception):
    """Another process has taken the filling over from this one, which was silent for too long."""


@dataclass
class Filling:
    """Makes one collection be there, whole, whichever process fills it."""

    server: Connection
    embedder: MiniLM
    corpus: Corpus
    name: str
    silence_s: float
    """Seconds without a sign of life after which the process that fills counts as dead."""
    progress: Progress
    me: str = field(default_factory=lambda: uuid.uuid4().hex)

    def done(self, anew: bool = False) -> int:
        """Returns when the collection is whole: how many passages this process embedded for it. Raises IndexFault.

        `anew`: fill another one with nothing taken over, and put it in the place of the one that is there.
        """
        embedded = 0
        while anew or not self.server.call(lambda client: holds(client, self.name, len(self.corpus.by_id))):
            if self.server.call(self._claimed) or self._outlived():
                try:
                    embedded += self._fill(anew)
                    self.server.call(self._published)
                except _Superseded:
                    pass  # the other one will have it whole soon
                else:
                    return embedded
            anew = False
        return embedded

    def _claimed(self, client: ClientAPI) -> bool:
        """Whether it is for this process to fill. To create a collection is atomic: one process of many succeeds."""
        try:
            client.create_collection(
                filling_name(self.name),
                configuration={"hnsw": {**GRAPH, "ef_search": candidates_for(len(self.corpus.by_id))}},
                metadata=self._sign(0),
                embedding_function=None,
            )
        except ChromaError:
            there = found(client, filling_name(self.name))
            if there is None:
                raise
            return self._is_mine(there)  # an earlier try may have got no reply
        return True

    def _outlived(self) -> bool:
        """Wait for the process that fills: False once it is done, True if it fell silent and this one takes its place.

        Silence is told by this process's own clock and the other's count of batches: no two clocks are compared.
        """
        seen, since = None, time.monotonic()
        while there := self.server.call(self._seen):
            sign, count = there
            if sign != seen:
                seen, since = sign, time.monotonic()
            elif time.monotonic() - since > self.silence_s:
                return self.server.call(self._taken_over)
            self.progress(count, len(self.corpus.by_id))
            time.sleep(_POLL_S)
        return False

    def _seen(self, client: ClientAPI) -> tuple[Any, int] | None:
        """The last sign of life of the process that fills, and how many passages are there; None once it is done."""
        filling = found(client, filling_name(self.name))
        try:
            return (dict(filling.metadata or {}), filling.count()) if filling else None
        except NotFoundError:
            return None

    def _taken_over(self, client: ClientAPI) -> bool:
        filling = found(client, filling_name(self.name))
        if filling:
            filling.modify(metadata=self._sign(0))
        return filling is not None

    def _fill(self, anew: bool) -> int:
        ids, embedded = sorted(self.corpus.by_id), 0
        source = None if anew else self.server.call(lambda client: newest(client, self.embedder.made_by))
        for at, start in enumerate(range(0, len(ids), _BATCH), start=1):
            batch = ids[start : start + _BATCH]
            embedded += self.server.call(lambda client, at=at, batch=batch: self._write(client, at, batch, source))  # type: ignore[misc]
            self.progress(start + len(batch), len(ids))
        return embedded

    def _write(self, client: ClientAPI, at: int, ids: list[str], source: Collection | None) -> int:
        """Write what is not there yet, its vectors copied from `source` where it has them; returns how many were embedded."""
        filling = self._still_mine(client, at)
        there = set(filling.get(ids=ids, include=[])["ids"])
        missing = [i for i in ids if i not in there]
        if not missing:
            return 0
        vectors = vectors_in(source, missing) if source else {}
        new = [i for i in missing if i not in vectors]
        if new:
            texts = [self.corpus.by_id[i].search_text for i in new]
            vectors.update(zip(new, self.embedder.embed_documents(texts), strict=True))
        metadatas: list[Any] = [metadata_of(self.corpus.by_id[i]) for i in missing]
        filling.upsert(missing, np.asarray([vectors[i] for i in missing], np.float32), metadatas)
        return len(new)

    def _still_mine(self, client: ClientAPI, batch: int) -> Collection:
        """The collection being filled, with a sign of life. Raises _Superseded where another process fills it now."""
        filling = found(client, filling_name(self.name))
        if filling is None or not self._is_mine(filling):
            raise _Superseded
        filling.modify(metadata=self._sign(batch))
        return filling

    def _published(self, client: ClientAPI) -> None:
        filling = found(client, filling_name(self.name))
        if filling and filling.count() != len(self.corpus.by_id):
            raise IndexFault(
                f"The Chroma server at {self.server.place} holds {filling.count()} of {len(self.corpus.by_id)} passages "
                "after all were written. Your documents are untouched. Run `rolewise index --rebuild`."
            )
        publish(client, self.name)

    def _is_mine(self, filling: Collection) -> bool:
        return bool((filling.metadata or {}).get("writer") == self.me)

    def _sign(self, batch: int) -> dict[str, Any]:
        return {"writer": self.me, "batch": batch} | used_now()
