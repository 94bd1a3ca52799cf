"""The collections that RoleWise keeps in a Chroma server: one for each state of a corpus, named by what it holds.

Each is filled under another name and renamed when whole; from then on it is never changed.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from chromadb import Collection
from chromadb.api import ClientAPI
from chromadb.errors import NotFoundError

_PREFIX, _FILLING = "rolewise-", "-filling"
_USED = "rolewise_used"
_KEEP_S = 7 * 86_400.0
"""A collection that nobody has used for a week is deleted."""


def name_of(ids: Iterable[str], made_by: str) -> str:
    """The name of the collection of these passages, with vectors of that model; ids are hashes of their texts."""
    return f"{_by(made_by)}{_digest(chr(10).join(sorted(ids)))[:24]}"


def by_another_model(client: ClientAPI, name: str) -> bool:
    """Whether the passages of a collection are there with vectors of another model, or of another version of it."""
    passages = name.rpartition("-")[2]
    return any(c.name.endswith(f"-{passages}") and c.name != name for c in _ours(client))


def filling_name(name: str) -> str:
    """What the collection is called until it is whole."""
    return name + _FILLING


def used_now() -> dict[str, Any]:
    """The metadata of a collection in use."""
    return {_USED: int(time.time())}


def found(client: ClientAPI, name: str) -> Collection | None:
    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def holds(client: ClientAPI, name: str, size: int) -> bool:
    """Whether the collection is there with that many passages."""
    collection = found(client, name)
    return collection is not None and collection.count() == size


def newest(client: ClientAPI, made_by: str) -> Collection | None:
    """The whole collection that was used last, of vectors of that model."""
    whole = [c for c in _ours(client) if c.name.startswith(_by(made_by)) and not c.name.endswith(_FILLING)]
    return max(whole, key=_used, default=None)


def vectors_in(collection: Collection, ids: list[str]) -> dict[str, Any]:
    """The vectors of those of the passages that the collection holds; none where it has gone."""
    try:
        there = collection.get(ids=ids, include=["embeddings"])
    except NotFoundError:
        return {}
    vectors = there["embeddings"]
    return dict(zip(there["ids"], vectors, strict=True)) if vectors is not None else {}


def publish(client: ClientAPI, name: str) -> None:
    """Give the filled collection its name, in the place of a former one. A second call changes nothing."""
    filling, former = found(client, filling_name(name)), found(client, name)
    if filling is None:
        return
    if former and former.id != filling.id:
        client.delete_collection(name)
    filling.modify(name=name, metadata=used_now())


def tidy(client: ClientAPI, current: str) -> None:
    """Delete what nobody has used for long; a process that was away for longer fills its collection again."""
    for collection in _ours(client):
        if collection.name != current and time.time() - _used(collection) > _KEEP_S:
            with suppress(NotFoundError):
                client.delete_collection(collection.name)


def _by(made_by: str) -> str:
    """How the names of all collections with vectors of that model begin."""
    return f"{_PREFIX}{made_by.partition(' ')[0]}-{_digest(made_by)[:8]}-"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _ours(client: ClientAPI) -> list[Collection]:
    """The collections that RoleWise made: a server may hold others' too."""
    return [c for c in client.list_collections() if c.name.startswith(_PREFIX) and _USED in (c.metadata or {})]


def _used(collection: Collection) -> int:
    return int((collection.metadata or {})[_USED])
