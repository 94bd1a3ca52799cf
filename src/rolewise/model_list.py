"""The short list of better models that `rolewise setup --model NAME` fetches.

Sizes and memory are about, and none of them has been measured here: see docs/models.md.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """A small instruct model as one GGUF file on the hub.

    `megabytes`: of the file, about. `memory`: while it answers, estimated from the file and the context. `scored`: share of
    correct answers in `rolewise eval`, where measured.
    """

    name: str
    repo: str
    file: str
    megabytes: int
    memory: str
    licence: str
    revision: str = "main"
    scored: str = "not measured"


MODELS = (
    Listed(
        "smollm2-360m", "HuggingFaceTB/SmolLM2-360M-Instruct-GGUF", "smollm2-360m-instruct-q8_0.gguf",
        386, "0.8 GB", "Apache-2.0",
    ),
    Listed(
        "qwen2.5-0.5b", "Qwen/Qwen2.5-0.5B-Instruct-GGUF", "qwen2.5-0.5b-instruct-q4_k_m.gguf",
        491, "0.8 GB", "Apache-2.0",
    ),
    Listed(
        "smollm2-1.7b", "HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF", "smollm2-1.7b-instruct-q4_k_m.gguf",
        1056, "2.1 GB", "Apache-2.0",
    ),
    Listed(
        "qwen2.5-1.5b", "Qwen/Qwen2.5-1.5B-Instruct-GGUF", "qwen2.5-1.5b-instruct-q4_k_m.gguf",
        1117, "1.5 GB", "Apache-2.0",
    ),
    Listed(
        "llama-3.2-3b", "bartowski/Llama-3.2-3B-Instruct-GGUF", "Llama-3.2-3B-Instruct-Q4_K_M.gguf",
        2019, "2.8 GB", "Llama 3.2 Community",
    ),
)  # fmt: skip
