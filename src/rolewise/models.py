"""The chat model: built in, a GGUF file, or any provider, behind one small class.

The runtimes and provider clients are imported inside the functions that need them, the one place where RoleWise does so:
importing them takes seconds, and `rolewise --help` must not.
"""

from __future__ import annotations

import asyncio
import ipaddress
import queue
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlsplit, urlunsplit

from rolewise.errors import ModelError
from rolewise.settings import Settings
from rolewise.weights import verify_weights, weights_path

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_LARGE_FILE = 1_500_000_000
"""Bytes from which on a GGUF file counts as a large model: about 3B parameters at four bits."""
_BROKE_OFF = "broke off in the middle of its answer. See whether its server still runs, then ask again."
_UNREACHED = "cannot be reached. See whether its server runs and whether ROLEWISE_MODEL_URL is right."
_NOTHING = (
    "answered with nothing that can be read as an answer. See whether ROLEWISE_MODEL_URL is the address of an "
    "OpenAI-compatible server."
)


def open_model(settings: Settings) -> ChatModel | None:
    """The chat model that the settings ask for; None for `none` and `auto`. Raises ModelError.

    A server behind ROLEWISE_MODEL_URL is not asked here: it may start later, and `stream` says if it cannot be reached.
    LangSmith tracing is switched off for the whole process, whatever its variables say: questions stay on this machine.
    """
    keep_tracing_off()
    model, url = settings.model.strip(), settings.model_url
    if model == "none" or (model == "auto" and url is None):
        return None
    if url is not None:
        if model in ("built-in", "auto"):
            raise ModelError(
                "ROLEWISE_MODEL_URL names a server, but ROLEWISE_MODEL names no model on it. "
                "Set ROLEWISE_MODEL to the model's name there, or unset ROLEWISE_MODEL_URL for the built-in model."
            )
        return _open_remote(model, url, settings.model_key)
    if model == "built-in":
        verify_weights(settings)
        return _open_gguf(weights_path(settings), "SmolLM2-135M-Instruct (built in)", settings.model_threads)
    if path := gguf_path(settings):
        return _open_gguf(path, f"{path.stem} (file)", settings.model_threads)
    if ":" not in model:
        raise ModelError(
            f"ROLEWISE_MODEL is `{model}`, which is none of `auto`, `built-in`, `none`, a path ending in .gguf, `provider:name`, "
            "or a model's name together with ROLEWISE_MODEL_URL. Correct it and start again."
        )
    return _open_provider(model, None, settings.model_key)


def gguf_path(settings: Settings) -> Path | None:
    """The GGUF file that the settings name, there or not; a bare name may stand for one in the models folder."""
    if not settings.model.strip().lower().endswith(".gguf") or settings.model_url is not None:
        return None
    path = Path(settings.model.strip()).expanduser()
    return path if path.is_file() or path.name != settings.model.strip() else settings.models_folder / path.name


@dataclass(eq=False)
class ChatModel:
    """A chat model ready to answer. Use `stream`; `llm` is the same model for LangChain chains."""

    name: str
    """As the answer's `model` field shows it."""
    size: Literal["small", "large"]
    """`small`: reliable only at rewording one fact. The built-in model, and GGUF files under 1.5 GB."""
    llm: BaseChatModel
    _stop: Callable[[], None] = field(default=lambda: None, repr=False)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _closed: bool = field(default=False, repr=False)

    def stream(self, messages: list[tuple[str, str]], *, max_tokens: int, deadline_s: float) -> Iterator[str]:
        """Yield the answer's text in pieces, at temperature 0; it ends at `max_tokens` at the latest, maybe mid-sentence.

        `messages`: (role, text) pairs. `deadline_s`: seconds on the wall clock from the first piece asked for to the last,
        however the server behaves. Closing the iterator early stops the generation. Raises ModelError if the model cannot
        be reached, does not speak the protocol, says nothing, breaks off, overflows its context, or takes too long.
        """
        if not messages:
            raise ValueError("a model needs at least one message")
        loop = self._running_loop()
        deadline = time.monotonic() + deadline_s
        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        future = asyncio.run_coroutine_threadsafe(_produce(self.llm, messages, max_tokens, pieces.put), loop)
        future.add_done_callback(lambda _: pieces.put(None))
        said = False
        try:
            while (piece := pieces.get(timeout=max(0.0, deadline - time.monotonic()))) is not None:
                said = True
                yield piece
            if future.cancelled():
                raise ModelError(f"The model {self.name} was closed while it answered.")
            error = future.exception()
            if error is not None:
                raise ModelError(f"The model {self.name} {_explained(error, said, deadline_s)}") from error
            if not future.result():
                raise ModelError(f"The model {self.name} {_BROKE_OFF if said else _NOTHING}")
        except queue.Empty:
            raise ModelError(f"The model {self.name} {_explained(TimeoutError(), said, deadline_s)}") from None
        finally:
            future.cancel()  # closes the connection, on which the server stops

    def close(self) -> None:
        """Stop running answers and the built-in server. Safe to call twice."""
        with self._lock:
            loop, self._loop, self._closed = self._loop, None, True
        if loop is not None:
            asyncio.run_coroutine_threadsafe(_wind_up(), loop)
        self._stop()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        """One event loop in a thread of its own: only there can a request that hangs be cancelled at once."""
        with self._lock:
            if self._closed:
                raise ModelError(f"The model {self.name} was closed. Start RoleWise again to use it.")
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(self._loop,), name="chat-model", daemon=True).start()
            return self._loop


def keep_tracing_off() -> None:
    """Switch LangSmith tracing off for this process, even if LANGSMITH_* or LANGCHAIN_* variables ask for it."""
    import langsmith

    langsmith.configure(enabled=False)


def _open_gguf(path: Path, name: str, threads: int) -> ChatModel:
    from rolewise.builtin_model import BuiltInServer

    server = BuiltInServer(path, threads)
    size: Literal["small", "large"] = "large" if path.stat().st_size >= _LARGE_FILE else "small"
    return ChatModel(name, size, _openai_compatible("local", server.address + "/v1", server.key), server.close)


def _open_remote(model: str, url: str, key: str | None) -> ChatModel:
    """A model behind an address: OpenAI-compatible, unless the name begins with a provider of another kind."""
    from langchain.chat_models.base import _BUILTIN_PROVIDERS

    provider, _, name = model.partition(":")  # but `llama3.1:8b` is a name with a tag: no such provider
    if name and provider != "openai" and provider in _BUILTIN_PROVIDERS:
        return _open_provider(model, url, key)
    name = name if name and provider == "openai" else model
    return ChatModel(name, "large", _openai_compatible(name, _with_v1(url), key or "none"))


def _open_provider(model: str, url: str | None, key: str | None) -> ChatModel:
    from langchain.chat_models import init_chat_model

    provider, _, name = model.partition(":")
    options: dict[str, Any] = {"base_url": url, "api_key": key}
    if provider == "ollama" and (url is None or _is_loopback(url)):
        options["client_kwargs"] = {"trust_env": False}  # a proxy of the environment does not reach this machine
    given = {option: value for option, value in options.items() if value is not None}
    try:
        llm = init_chat_model(name, model_provider=provider, temperature=0, **given)
    except ImportError as error:
        raise ModelError(
            f"ROLEWISE_MODEL is `{model}`, and a package is missing: {error} A local server needs none: set "
            f"ROLEWISE_MODEL=openai:{name} and ROLEWISE_MODEL_URL to its OpenAI-compatible address."
        ) from error
    except Exception as error:  # providers have errors of their own: no key, a refused option, no such provider
        raise ModelError(
            f"The model `{model}` cannot be opened: {_first_line(error)} Correct ROLEWISE_MODEL, ROLEWISE_MODEL_KEY or "
            "ROLEWISE_MODEL_URL and start again."
        ) from error
    return ChatModel(name, "large", llm)


def _openai_compatible(name: str, base_url: str, key: str) -> BaseChatModel:
    """The client for every OpenAI-compatible server; on this machine no proxy of the environment stands between.

    BaseChatOpenAI is ChatOpenAI with `max_tokens`, which all such servers know, instead of `max_completion_tokens`.
    """
    import openai
    from langchain_openai.chat_models.base import BaseChatOpenAI
    from pydantic import SecretStr

    local = _is_loopback(base_url)
    options: dict[str, Any] = {"trust_env": not local, "follow_redirects": not local}
    return BaseChatOpenAI(
        model=name,
        base_url=base_url,
        api_key=SecretStr(key),
        temperature=0,
        max_retries=0,
        openai_proxy="",
        http_socket_options=(),
        default_headers={"Connection": "close"},  # a kept one belongs to one event loop; callers may have several
        http_client=openai.DefaultHttpxClient(**options),
        http_async_client=openai.DefaultAsyncHttpxClient(**options),
    )


async def _produce(
    llm: BaseChatModel, messages: list[tuple[str, str]], max_tokens: int, put: Callable[[str], None]
) -> bool:
    """Hand every piece of the answer to `put`; True if the answer came to its own end or to `max_tokens`."""
    from langchain_openai.chat_models.base import BaseChatOpenAI

    compatible = isinstance(llm, BaseChatOpenAI)
    limit = {"max_tokens": max_tokens} if compatible else {}  # others name it otherwise; the count below holds for all
    count, finished = 0, not compatible
    answer = cast("AsyncGenerator[Any, None]", cast("Any", llm).astream(messages, **limit))
    async with aclosing(answer) as chunks:
        async for chunk in chunks:
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            if text := chunk.text:
                put(str(text))
                count += 1
                if count > max_tokens:
                    return True
    return finished and count > 0


def _explained(error: BaseException, said: bool, deadline_s: float) -> str:
    """What happened and what to do, as the rest of a sentence about the model."""
    import openai

    text = _first_line(error)
    if isinstance(error, (TimeoutError, openai.APITimeoutError)):
        return f"did not finish within {deadline_s:g} seconds. Set ROLEWISE_MODEL_TIMEOUT_S to allow more, or use a smaller model."
    if isinstance(error, openai.APIConnectionError):
        return _BROKE_OFF if said else _UNREACHED
    if isinstance(error, (openai.AuthenticationError, openai.PermissionDeniedError)):
        return "refused the key. Set ROLEWISE_MODEL_KEY to the key of its server."
    if isinstance(error, openai.NotFoundError):
        return f"is unknown to its server ({text}). Correct ROLEWISE_MODEL or ROLEWISE_MODEL_URL."
    if isinstance(error, openai.BadRequestError) and "context" in str(error):
        return f"cannot take a text that long ({text}). Ask something shorter or start a new conversation."
    if isinstance(error, openai.APIStatusError):
        return f"failed with status {error.status_code} ({text}). See what its server says."
    return _BROKE_OFF if said else f"{_NOTHING[:-1]} ({text})."


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:300] if lines else type(error).__name__


def _with_v1(url: str) -> str:
    """The address with `http://` where it has no scheme and `/v1` where it has no path."""
    parts = urlsplit(url if "://" in url else "http://" + url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelError(f"ROLEWISE_MODEL_URL is `{url}`, which is no address. Write it like http://127.0.0.1:8080/v1.")
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") or "/v1", query="", fragment=""))


def _is_loopback(url: str) -> bool:
    host = urlsplit(url if "://" in url else "http://" + url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        loop.close()


async def _wind_up() -> None:
    """Cancel every running answer, then stop the loop."""
    running = asyncio.all_tasks() - {asyncio.current_task()}
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    asyncio.get_running_loop().stop()
