"""The runtime inside this process: llama.cpp serving one GGUF file to nobody but us.

xllamacpp is imported where it is used, so that `rolewise --help` stays fast.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from rolewise.errors import ModelError

_CONTEXT, _LARGE_CONTEXT = 2048, 4096
"""Tokens of context, from one pool for all slots. A small model rewords one fact, and each token takes 23 kB of memory."""
_BATCH, _PART = 512, 128
"""Tokens of a prompt read at a time: the longer the part, the more memory it leaves taken, and none is read faster."""
SLOTS = 2
"""Answers worded at the same time; a further one waits."""
_PROMPT_CACHE_MIB = 32
"""Memory for prompts seen before; the runtime's own limit is 8 GiB. What all prompts begin with stays in the slots anyway."""


class BuiltInServer:
    """An OpenAI-compatible server in this process: loopback only, a random port, a random key, no page, no foreign origin.

    `address`: `http://127.0.0.1:<port>`; `key`: what a request must carry. Raises ModelError if the file is no usable model.
    """

    def __init__(self, gguf: Path, threads: int, large: bool = False) -> None:
        _check_magic(gguf)
        _let_waiting_threads_sleep()
        import xllamacpp

        self.key = secrets.token_urlsafe(32)
        generating, reading = thread_counts(threads)
        params = xllamacpp.CommonParams()
        params.model.path = str(gguf)
        params.n_ctx, params.n_parallel = _LARGE_CONTEXT if large else _CONTEXT, SLOTS
        params.kv_unified, params.n_batch, params.n_ubatch = True, _BATCH, _PART
        params.cpuparams.n_threads, params.cpuparams_batch.n_threads = generating, reading
        params.cache_prompt, params.cache_ram_mib = True, _PROMPT_CACHE_MIB
        params.hostnames, params.api_keys = ["127.0.0.1"], [self.key]
        params.cors_origins, params.cors_credentials = "null", False
        params.ui, params.endpoint_slots = False, False
        params.enable_reasoning = 0  # a model that thinks aloud first would be silent until the deadline
        if not large:
            # A mapped file that is cut short ends the whole process (SIGBUS). Read into memory it takes as much of it, here.
            # Several gigabytes stay mapped, so that the system can let go of what is not in use.
            params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
        params.warmup = False  # the weights are read into memory anyway
        params.verbosity = 0
        try:
            self._server: Any = xllamacpp.Server(params)
        except (RuntimeError, ValueError) as error:
            raise ModelError(_unusable(gguf, "the runtime could not load it")) from error
        # Destroying a server that has not answered anything yet can wait forever (its loop may start after the order to
        # stop), so it answers once before anybody can close it. One word, which one thread reads: the threads that read longer
        # prompts wait for each other by spinning, three seconds beside other busy processes.
        reply = self._server.handle_completions({"prompt": "Hi", "max_tokens": 1, "temperature": 0})
        if not isinstance(reply, dict) or "choices" not in reply:
            self.close()
            raise ModelError(_unusable(gguf, f"its first reply was {str(reply)[:120]}"))
        self.address: str = self._server.listening_address

    def close(self) -> None:
        """Stop the server and free its memory. Safe to call twice."""
        self._server = None


def _let_waiting_threads_sleep() -> None:
    """The runtime's threads wait for each other at every layer: by spinning, two lose seconds wherever another process is busy.

    Beside two busy processes a short prompt and 8 tokens took 0.2 to 0.9 s and not 1.4 to 6, two cores; idle, as long as before.
    OpenMP reads this when it is loaded, so it comes before the runtime's import.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def thread_counts(chosen: int, cores: int | None = None) -> tuple[int, int]:
    """Threads for (generating, reading the prompt). `chosen`: what the settings say, 0 to choose by the cores.

    Generating, threads wait for each other at every layer, so it takes half of the cores; reading a prompt
    is one large product and takes all. Measured with SmolLM2-135M (541-token prompt, 64 generated) on two cores, tokens/s,
    when threads that wait still spun (the figures with two busy processes come from a shared machine and vary by a third):

        generating / reading     idle        one busy process   two busy processes
        1 / 1                    138 / 52    139 / 51           88 / 31
        2 / 2                    269 / 79    129 / 22           80 / 15
        1 / 2 (chosen)           265 / 52    180 / 51           101 / 34       (prompt / generation)

    First words depend on reading the prompt, so 1 / 2 is as quick as 2 / 2 there, and never collapses after it.
    """
    if chosen > 0:
        return chosen, chosen
    if cores is None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores // 2, 8)), max(1, min(cores, 16))


def _check_magic(gguf: Path) -> None:
    try:
        with gguf.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise ModelError(
            f"The model file {gguf} cannot be read: {error.strerror or error}. Correct ROLEWISE_MODEL, or leave it out for the "
            "built-in model."
        ) from error
    if magic != b"GGUF":
        raise ModelError(_unusable(gguf, "it does not begin like a GGUF file"))


def _unusable(gguf: Path, why: str) -> str:
    return (
        f"The model file {gguf} cannot be used: {why}. It may be incomplete or of another kind: fetch it again, or set "
        "ROLEWISE_MODEL to another one (`built-in` for the model that comes with RoleWise)."
    )
