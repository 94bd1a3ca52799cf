"""The chat model: built in, a GGUF file, or any provider, behind one small class.

The runtimes and provider clients are imported inside the functions that need them, the one place where RoleWise does so:
importing them takes seconds, and `rolewise --help` must not.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit, urlunsplit

from rolewise.chat_model import ChatModel, first_line
from rolewise.errors import ModelError
from rolewise.settings import Settings
from rolewise.weights import verify_weights, weights_path

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["ChatModel", "gguf_path", "keep_tracing_off", "open_model"]

_LARGE_FILE = 1_500_000_000
"""Bytes from which on a GGUF file counts as a large model: about 3B parameters at four bits."""


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


def keep_tracing_off() -> None:
    """Switch LangSmith tracing off for this process, even if LANGSMITH_* or LANGCHAIN_* variables ask for it."""
    import langsmith

    langsmith.configure(enabled=False)


def _open_gguf(path: Path, name: str, threads: int) -> ChatModel:
    from pydantic import SecretStr

    from rolewise.builtin_model import SLOTS, BuiltInServer
    from rolewise.local_chat import LocalChat

    size: Literal["small", "large"] = "large" if path.is_file() and path.stat().st_size >= _LARGE_FILE else "small"
    server = BuiltInServer(path, threads, size == "large")
    llm = LocalChat(address=server.address, key=SecretStr(server.key))
    return ChatModel(name, size, llm, server.close, at_once=SLOTS)


def _open_remote(model: str, url: str, key: str | None) -> ChatModel:
    """A model behind one address or several: OpenAI-compatible, unless its name begins with a provider of another kind."""
    from langchain.chat_models.base import _BUILTIN_PROVIDERS

    provider, _, name = model.partition(":")  # but `llama3.1:8b` is a name with a tag: no such provider
    if name and provider != "openai" and provider in _BUILTIN_PROVIDERS:
        return _open_provider(model, url, key)
    name = name if name and provider == "openai" else model
    addresses = [_with_v1(address.strip()) for address in url.split(",") if address.strip()] or [_with_v1(url)]
    first, *others = (_openai_compatible(name, address, key or "none") for address in addresses)
    return ChatModel(name, "large", first, others=tuple(others))


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
            f"The model `{model}` cannot be opened: {first_line(error)} Correct ROLEWISE_MODEL, ROLEWISE_MODEL_KEY or "
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
