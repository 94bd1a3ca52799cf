"""A chat model that is open: it writes a text in pieces, within a time, on whichever of its servers answers.

The provider clients are imported inside the functions that need them, as in `models.py`.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import aclosing
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, cast

from rolewise.errors import ModelError
from rolewise.model_pool import Pool

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_TOKEN_CHARACTERS = 30
"""No token is that long on average: what exceeds it is no answer, in however few pieces it comes."""
_LEFT_EVERY_S = 0.1
_BROKE_OFF = "broke off in the middle of its answer. See whether its server still runs, then ask again."
_UNREACHED = "cannot be reached. See whether its server runs and whether ROLEWISE_MODEL_URL is right."
_NOTHING = (
    "answered with nothing that can be read as an answer. See whether ROLEWISE_MODEL_URL is the address of an "
    "OpenAI-compatible server."
)

left_by_reader: ContextVar[threading.Event | None] = ContextVar("left_by_reader", default=None)
"""Set where nobody waits for the answer any more: then a model that is waited for is stopped at once."""


@dataclass(eq=False)
class ChatModel:
    """A chat model ready to answer. Use `stream`; `llm` is the same model for LangChain chains."""

    name: str
    """As the answer's `model` field shows it."""
    size: Literal["small", "large"]
    """`small`: reliable only at rewording one fact. The built-in model, and GGUF files under 1.5 GB."""
    llm: BaseChatModel
    _stop: Callable[[], None] = field(default=lambda: None, repr=False)
    others: tuple[BaseChatModel, ...] = ()
    """The same model on further servers."""
    at_once: int = 4
    """Answers that one server words at the same time."""
    _loop: asyncio.AbstractEventLoop | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _closed: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        self._pool = Pool((self.llm, *self.others))
        self.turns = threading.Semaphore(self.at_once * (1 + len(self.others)))

    def stream(self, messages: list[tuple[str, str]], *, max_tokens: int, deadline_s: float) -> Iterator[str]:
        """Yield the answer's text in pieces, at temperature 0; it ends at `max_tokens` at the latest, maybe mid-sentence.

        `messages`: (role, text) pairs. `deadline_s`: seconds on the wall clock from the first piece asked for to the last,
        however the server behaves. Closing the iterator early stops the generation. Of several servers, the next one is
        asked as long as nothing was said and time remains. Raises ModelError if the model cannot be reached, does not
        speak the protocol, says nothing, breaks off, overflows its context, or takes too long.
        """
        if not messages:
            raise ValueError("a model needs at least one message")
        deadline = time.monotonic() + deadline_s
        llms = self._pool.order()
        if not llms:
            raise ModelError(
                f"The model {self.name} has failed several times in a row and is given some seconds of rest."
            )
        for left, llm in zip(range(len(llms), 0, -1), llms, strict=True):
            now = time.monotonic()
            said, fault = yield from self._attempt(llm, messages, max_tokens, now + (deadline - now) / left, deadline)
            if fault is None:
                self._pool.answered(llm)
                return
            self._pool.failed(llm)
            if said or left == 1:
                self._pool.gave_up()
                raise ModelError(f"The model {self.name} {_explained(fault, said, deadline_s)}") from fault

    def _attempt(
        self, llm: BaseChatModel, messages: list[tuple[str, str]], max_tokens: int, first_by: float, deadline: float
    ) -> Generator[str, None, tuple[bool, BaseException | None]]:
        """The pieces that one server sends; then whether it said anything, and what went wrong, if anything did.

        `first_by` and `deadline`: monotonic times by which the first and the last piece must be there.
        """
        loop, said, left = self._running_loop(), False, left_by_reader.get()
        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        future = asyncio.run_coroutine_threadsafe(_produce(llm, messages, max_tokens, pieces.put), loop)
        future.add_done_callback(lambda _: pieces.put(None))
        try:
            while True:
                limit = deadline if said else first_by
                if (piece := _next(pieces, limit, left)) is None:
                    break
                said = True
                yield piece
            if left and left.is_set():
                raise ModelError(f"The model {self.name} was stopped.")
            if future.cancelled():
                raise ModelError(f"The model {self.name} was closed while it answered.")
            return said, future.exception() or (None if future.result() else _Unfinished())
        except queue.Empty:
            return said, TimeoutError()
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


def _next(pieces: queue.SimpleQueue[str | None], limit: float, left: threading.Event | None) -> str | None:
    """The next piece; None at the end, or where the reader has left. Raises queue.Empty at `limit`, a monotonic time."""
    while not (left and left.is_set()):
        wait = max(0.0, limit - time.monotonic())
        try:
            return pieces.get(timeout=min(wait, _LEFT_EVERY_S) if left else wait)
        except queue.Empty:
            if time.monotonic() >= limit:
                raise
    return None


class _Unfinished(Exception):
    """The stream ended before the answer did."""


async def _produce(
    llm: BaseChatModel, messages: list[tuple[str, str]], max_tokens: int, put: Callable[[str], None]
) -> bool:
    """Hand every piece of the answer to `put`; True if the answer came to its own end or to `max_tokens`."""
    compatible = _is_compatible(llm)
    limit = {"max_tokens": max_tokens} if compatible else {}  # others name it otherwise; the count below holds for all
    count, left, finished = 0, max_tokens * _TOKEN_CHARACTERS, not compatible
    answer = cast("AsyncGenerator[Any, None]", cast("Any", llm).astream(messages, **limit))
    async with aclosing(answer) as chunks:
        async for chunk in chunks:
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            if text := str(chunk.text)[:left]:
                put(text)
                count += 1
                left -= len(text)
                if count > max_tokens or not left:
                    return True
    return finished and count > 0


def _is_compatible(llm: BaseChatModel) -> bool:
    """Whether it speaks OpenAI's protocol."""
    from rolewise.local_chat import LocalChat

    if isinstance(llm, LocalChat):
        return True
    from langchain_openai.chat_models.base import BaseChatOpenAI

    return isinstance(llm, BaseChatOpenAI)


def _explained(error: BaseException, said: bool, deadline_s: float) -> str:
    """What happened and what to do, as the rest of a sentence about the model."""
    import httpx

    from rolewise.local_chat import LocalFault

    if isinstance(error, _Unfinished):
        return _BROKE_OFF if said else _NOTHING
    text = first_line(error)
    too_long = f"cannot take a text that long ({text}). Ask something shorter or start a new conversation."
    too_late = f"did not finish within {deadline_s:g} seconds. Set ROLEWISE_MODEL_TIMEOUT_S to allow more, or use a smaller model."
    if isinstance(error, TimeoutError):
        return too_late
    if isinstance(error, LocalFault):
        return too_long if "context" in text else f"failed with status {error.status} ({text}). Start RoleWise again."
    if isinstance(error, httpx.TransportError):
        return _BROKE_OFF if said else _UNREACHED
    import openai

    if isinstance(error, openai.APITimeoutError):
        return too_late
    if isinstance(error, openai.APIConnectionError):
        return _BROKE_OFF if said else _UNREACHED
    if isinstance(error, (openai.AuthenticationError, openai.PermissionDeniedError)):
        return "refused the key. Set ROLEWISE_MODEL_KEY to the key of its server."
    if isinstance(error, openai.NotFoundError):
        return f"is unknown to its server ({text}). Correct ROLEWISE_MODEL or ROLEWISE_MODEL_URL."
    if isinstance(error, openai.BadRequestError) and "context" in str(error):
        return too_long
    if isinstance(error, openai.APIStatusError):
        return f"failed with status {error.status_code} ({text}). See what its server says."
    return _BROKE_OFF if said else f"{_NOTHING[:-1]} ({text})."


def first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:300] if lines else type(error).__name__


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
