"""Exporting the reference encoder to one ONNX graph, and proving right away that it gives the same vectors."""

from __future__ import annotations

import shutil
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch

from rolewise.errors import EncoderError
from rolewise.index.encoder import RUNTIME_FAULTS, Encoder, Manifest
from rolewise.index.reference import Reference

LEAST_COSINE = 0.9999
_OPSET = 17
_EXPORTING = ".exporting-"
_STALE_S = 3600.0

# Short and long, empty and over the limit, scripts, signs, special tokens: where tokenizers and padding could differ.
TEXTS = (
    "", " ", ".", "a", "I", "42", "Yes", "work", "ready", "C++ / C#", "node.js, k8s and CI/CD",
    "Is a degree needed?", "What does the job pay, and where?", "Compare the two, please: which one leads people?",
    "It asks for five years of experience; three of them with a team.", "NO SHOUTING, please!", "tabs\tand\nnew\r\nlines",
    "The median pay was $136,620 a year, or 65.69 an hour, in May 2023.", "100% of 1,795,300 openings (2022–2032)",
    "naïve café, Zürich, Łódź, São Paulo, Ångström", "Какая зарплата у инженера?", "给我看看这些工作", "仕事は何ですか？",
    "ما هي الوظيفة؟", "नौकरी क्या है?", "🤖👩🏽‍💻 emoji and 🇨🇭 flags", "e\u0301 combined, \u200bzero width, \u00a0space, \ufffd",
    "[CLS] [SEP] [MASK] [PAD] [UNK]", "supercalifragilistic" * 20, "one two three four five six seven eight nine ten " * 12,
    "Long texts are cut after two hundred and fifty-six tokens, and so must these be. " * 40,
)  # fmt: skip


def export(reference: Reference, folder: Path) -> Encoder:
    """Write the reference as an ONNX graph into `folder`, check it, and return it opened. About two seconds.

    Nobody ever sees half an export: graph and manifest are moved into place, the manifest last. Raises EncoderError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        with tempfile.TemporaryDirectory(prefix=_EXPORTING, dir=folder, ignore_cleanup_errors=True) as temp:
            made = Path(temp) / "graph.onnx"
            _write(reference, made)
            encoder = Encoder(made)
            least = float(np.sum(encoder.encode(list(TEXTS)) * reference.encode(list(TEXTS)), axis=1).min())
            if not least >= LEAST_COSINE:
                raise EncoderError(_unexported(f"its vectors differ from the original's: cosine {least:.4f}"))
            manifest = Manifest.of(made)
            graph, listed = manifest.graph_in(folder), manifest.write(Path(temp))
            made.replace(graph)
            listed.replace(folder / listed.name)
        for old in folder.glob("*.onnx"):
            if old != graph:
                old.unlink(missing_ok=True)
    except RUNTIME_FAULTS as error:
        raise EncoderError(_unexported(f"onnxruntime cannot run it: {error}")) from error
    except OSError as error:
        raise EncoderError(_unexported(f"{folder} cannot be written: {error.strerror or error}")) from error
    return encoder


class _Graph(torch.nn.Module):
    """The reference's own modules, pooling and normalisation included, with plain tensors in and out."""

    def __init__(self, reference: Reference) -> None:
        super().__init__()
        self.model = reference.model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]


def _write(reference: Reference, path: Path) -> None:
    example = reference.model.preprocess(["A short text.", "And another one, which is a little longer than that."])
    batch, length = {0: "batch"}, {0: "batch", 1: "length"}
    try:
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")  # what tracing warns of, the comparison afterwards would show
            torch.onnx.export(
                _Graph(reference).eval(), (example["input_ids"], example["attention_mask"]), str(path),
                input_names=["input_ids", "attention_mask"], output_names=["sentence_embedding"],
                dynamic_axes={"input_ids": length, "attention_mask": length, "sentence_embedding": batch},
                opset_version=_OPSET, dynamo=False,
            )  # fmt: skip
    except (ImportError, RuntimeError) as error:  # torch's own export errors are RuntimeErrors
        reason = str(error).strip().partition("\n")[0]
        raise EncoderError(_unexported(reason or type(error).__name__)) from error


def _sweep(folder: Path) -> None:
    """Remove what exports that were killed have left."""
    for left in folder.glob(f"{_EXPORTING}*"):
        if time.time() - left.stat().st_mtime > _STALE_S:
            shutil.rmtree(left, ignore_errors=True)


def _unexported(why: str) -> str:
    return (
        f"The embedding model could not be prepared for a fast start ({why}). Nothing is lost: it runs as it came, as right, "
        "and some seconds slower to start. Put that right and run `rolewise setup` again."
    )
