"""The client of the built-in server, which speaks OpenAI's protocol: the `openai` package would take a second to import, and 25 MB."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import SecretStr

_ROLES = {"human": "user", "ai": "assistant", "system": "system"}


class LocalFault(Exception):
    """What the server said instead of an answer, and its status."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


class LocalChat(BaseChatModel):
    """Asks a server of this machine, at temperature 0 and past every proxy; it has no time limit of its own.

    Takes `max_tokens`, and what the server knows beside that as `extra_body`. Raises LocalFault, and httpx.TransportError
    where the server is gone.
    """

    address: str
    """As `http://127.0.0.1:8080`."""
    key: SecretStr

    @property
    def _llm_type(self) -> str:
        return "local"

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> ChatResult:
        text = "".join(str(piece.message.text) for piece in self._stream(messages, stop, run_manager, **kwargs))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        with (
            httpx.Client(trust_env=False, verify=False, timeout=None) as client,  # noqa: S113, S501  plain HTTP: no certificates to read
            client.stream("POST", self._url, json=_asked(messages, stop, kwargs), headers=self._headers) as told,
        ):
            if told.is_error:
                raise _fault(told.status_code, told.read())
            yield from filter(None, map(_piece, told.iter_lines()))

    async def _astream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        async with (
            httpx.AsyncClient(trust_env=False, verify=False, timeout=None) as client,  # noqa: S113, S501
            client.stream("POST", self._url, json=_asked(messages, stop, kwargs), headers=self._headers) as told,
        ):
            if told.is_error:
                raise _fault(told.status_code, await told.aread())
            async for line in told.aiter_lines():
                if piece := _piece(line):
                    yield piece

    @property
    def _url(self) -> str:
        return f"{self.address}/v1/chat/completions"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key.get_secret_value()}"}


def _asked(messages: list[BaseMessage], stop: list[str] | None, options: dict[str, Any]) -> dict[str, Any]:
    told = [{"role": _ROLES[message.type], "content": str(message.text)} for message in messages]
    known = {"max_tokens": options.get("max_tokens"), "stop": stop}
    given = {name: value for name, value in known.items() if value is not None}
    return {"messages": told, "stream": True, "temperature": 0, **given, **options.get("extra_body", {})}


def _piece(line: str) -> ChatGenerationChunk | None:
    """The piece of the answer that a line of the stream holds, if any. Raises LocalFault for what went wrong meanwhile."""
    data = line.removeprefix("data: ")
    if data == line or data == "[DONE]":
        if line.startswith("error: "):
            raise _fault(500, line.removeprefix("error: ").encode())
        return None
    told = json.loads(data)
    if "error" in told:
        raise _fault(500, data.encode())
    choice: dict[str, Any] = next(iter(told["choices"]), {})
    reason = choice.get("finish_reason")
    message = AIMessageChunk(
        content=choice.get("delta", {}).get("content") or "",
        response_metadata={"finish_reason": reason} if reason else {},
    )
    return ChatGenerationChunk(message=message)


def _fault(status: int, body: bytes) -> LocalFault:
    try:
        error = json.loads(body)
        error = error.get("error", error)
        return LocalFault(int(error.get("code", status)), str(error.get("message", error)))
    except (ValueError, TypeError, AttributeError):
        return LocalFault(status, body.decode(errors="replace")[:300])
