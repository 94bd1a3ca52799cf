"""Whether Chroma can work with an index: tried in a process of its own, since a damaged one can end the process or never answer.

    python probe.py FOLDER

ends with 0 where it can, else with 1 and what is wrong as its last line. It imports nothing of RoleWise, to start fast.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings

_PAGE = 2_000
_TRIED = 50
_MOST_HIDDEN = 0.2
"""Share of the tried passages that a sound graph of more than `_EXACT` may hide from a search for their own vectors."""
_EXACT = 5_000
_NEAR = 1e-3
"""How far a normalised vector's length may be from 1, and a passage from itself."""


def fault_of(folder: Path) -> str:
    """What is wrong with the index in `folder`; empty if nothing is."""
    with closing(sqlite3.connect(folder / "chroma.sqlite3")) as database:
        (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        return f"the database is damaged: {said}"
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, is_persistent=True))
    faults = (_fault_of(collection) for collection in client.list_collections())
    return next(filter(None, faults), "")


def _fault_of(collection: Collection) -> str:
    """Every passage must have its vector, of length 1, and a search for a vector must find its passage: in a large index nearly always."""
    total, seen, tried, hidden = collection.count(), 0, 0, 0
    for start in range(0, total, _PAGE):
        page = collection.get(limit=_PAGE, offset=start, include=["embeddings"])
        vectors = np.asarray(page["embeddings"], dtype=np.float32)
        if vectors.shape[0] != len(page["ids"]):
            return f"{len(page['ids'])} passages have {vectors.shape[0]} vectors"
        if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1.0) < _NEAR):
            return "some vectors are damaged"
        seen += len(page["ids"])
        for at in range(0, len(page["ids"]), max(1, total // _TRIED)):
            found = collection.query(query_embeddings=[vectors[at]], n_results=1, include=["distances"])
            tried += 1
            hidden += not found["ids"][0] or (found["distances"] or [[1.0]])[0][0] > _NEAR
    if hidden > (_MOST_HIDDEN * tried if total > _EXACT else 0):
        return "a search does not find what is there"
    return "" if seen == total else f"{total} passages are counted, {seen} are there"


if __name__ == "__main__":
    try:
        wrong = fault_of(Path(sys.argv[1]))
    except sqlite3.Error as error:
        wrong = f"the database is damaged: {error}"
    except chromadb.errors.ChromaError as error:
        wrong = str(error)
    if wrong:
        print(wrong)
        sys.exit(1)
