"""Embeddings, the Chroma store and its sync, hybrid search."""

from rolewise.index.embedder import MiniLM
from rolewise.index.likeness import Likeness
from rolewise.index.place import Index, open_index
from rolewise.index.search import Hit, Searcher
from rolewise.index.store import Store, SyncReport

__all__ = ["Hit", "Index", "Likeness", "MiniLM", "Searcher", "Store", "SyncReport", "open_index"]
