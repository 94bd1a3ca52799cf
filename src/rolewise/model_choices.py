"""The models that could word the answers here: what the settings name, files in the models folder, servers on this machine.

Nothing but the loopback address is asked, at the ports that the settings name.
"""

from __future__ import annotations

import json
import shlex
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rolewise.models import ChatModel, gguf_path
from rolewise.settings import Settings
from rolewise.weights import weights_path

USUAL = {11434: "Ollama", 8080: "llama-server", 1234: "LM Studio", 8000: "vLLM"}
"""Which server usually listens at a port."""

_PROBE_S = 1.0
_MOST_BYTES = 1_000_000
_MOST_MODELS = 50
_PROMPT = [("user", "Write three short sentences about how to prepare for a job interview.")]
_TEST_TOKENS = 64
_TEST_S = 60.0


@dataclass(frozen=True)
class Choice:
    """A model that can be chosen. `id` is its name for the page; the settings that open it never leave the server."""

    id: str
    name: str
    where: str
    settings: Settings

    @property
    def permanent(self) -> str:
        """The variables that choose it for every start, as a shell takes them."""
        chosen = {"ROLEWISE_MODEL": self.settings.model, "ROLEWISE_MODEL_URL": self.settings.model_url}
        return " ".join(f"{name}={shlex.quote(value)}" for name, value in chosen.items() if value)

    def opens(self, settings: Settings) -> bool:
        """Whether these settings open the same model."""
        return _identity(self.settings) == _identity(settings)


@dataclass(frozen=True)
class Speed:
    """How fast a model wrote a short text: seconds to the first token (loading included), and tokens a second after it."""

    first_s: float
    tokens_per_s: float
    text: str


def choices(settings: Settings) -> tuple[Choice, ...]:
    """What can be chosen now. Asks the servers of this machine, a second at most."""
    found = [Choice("own-words", "The sources’ own words only", "no model", _with(settings, "none"))]
    built_in = weights_path(settings)
    if built_in.is_file():
        found.append(Choice("built-in", "SmolLM2-135M-Instruct", "built in", _with(settings, "built-in")))
    for path in sorted(settings.models_folder.glob("*.gguf")):
        if path.is_file() and path != built_in:
            size = f"a file of {path.stat().st_size / 1e6:,.0f} MB in the models folder"
            found.append(Choice(f"file:{path.name}", path.stem, size, _with(settings, path.name)))
    with ThreadPoolExecutor(max(1, len(settings.model_ports)), "model-servers") as pool:
        for port, names in zip(settings.model_ports, pool.map(_models_at, settings.model_ports), strict=True):
            usual = f", usually {USUAL[port]}" if port in USUAL else ""
            where = f"a server on this machine, port {port}{usual}"
            for name in names:
                served = _with(settings, f"openai:{name}", f"http://127.0.0.1:{port}/v1")
                found.append(Choice(f"server:{port}:{name}", name, where, served))
    if not any(choice.opens(settings) for choice in found):
        found.append(Choice("configured", settings.model, "from the settings of this server", settings))
    return tuple(found)


def speed_of(model: ChatModel) -> Speed:
    """Let the model write a short text and time it. Raises ModelError.

    A piece of the stream counts as a token: so llama.cpp, Ollama, LM Studio and vLLM send them.
    """
    started = time.monotonic()
    arrived: list[float] = []
    pieces: list[str] = []
    for piece in model.stream(_PROMPT, max_tokens=_TEST_TOKENS, deadline_s=_TEST_S):
        arrived.append(time.monotonic())
        pieces.append(piece)
    writing = arrived[-1] - arrived[0]
    return Speed(arrived[0] - started, (len(arrived) - 1) / writing if writing else 0.0, "".join(pieces).strip())


def _with(settings: Settings, model: str, url: str | None = None) -> Settings:
    """The settings with another model; the key is for the configured server alone."""
    return settings.model_copy(update={"model": model, "model_url": url, "model_key": None})


def _identity(settings: Settings) -> tuple[str | Path, str | None]:
    path = gguf_path(settings)
    model = "none" if settings.model == "auto" else settings.model
    return path.resolve() if path else model, settings.model_url


def _models_at(port: int) -> tuple[str, ...]:
    """The models that a server at this port of the loopback address lists; none where no model server answers."""
    import httpx2

    deadline = time.monotonic() + _PROBE_S
    body = b""
    try:
        with (
            httpx2.Client(trust_env=False, follow_redirects=False, timeout=_PROBE_S) as client,
            client.stream("GET", f"http://127.0.0.1:{port}/v1/models") as answer,
        ):
            if answer.status_code != 200:
                return ()
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > _MOST_BYTES or time.monotonic() > deadline:
                    return ()
        listed = json.loads(body)["data"]
        names = [str(model["id"]) for model in listed]
    except (httpx2.HTTPError, ValueError, KeyError, TypeError, RecursionError):
        return ()
    return tuple(dict.fromkeys(names))[:_MOST_MODELS]
