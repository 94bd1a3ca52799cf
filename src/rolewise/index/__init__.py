"""Embeddings, the Chroma store and its sync, hybrid search."""

from rolewise.index.embedder import MiniLM
from rolewise.index.likeness import Likeness
from rolewise.index.search import Hit, Searcher
from rolewise.index.store import Store, SyncReport

__all__ = ["Hit", "Likeness", "MiniLM", "Searcher", "Store", "SyncReport"]
