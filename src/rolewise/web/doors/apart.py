"""Keeps visitors apart: a session and its events belong to who began them, and no one names a file but their own upload."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rolewise.web.doors.refusal import refuse

MOST_BYTES = 8_000_000
"""Of one message; a whole conversation, which the browser sends to open it, has 2 million characters at most."""
MOST_UPLOAD_BYTES = 100_000_000
MOST_REMEMBERED = 50_000
API = "/gradio_api/"
NOT_YOURS = "This session is another visitor's, or over: reload the page."


class Owners:
    """Whose each session or event is: the first to name it keeps it."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()

    def claimed(self, thing: str, visitor: str) -> bool:
        """Whether it is this visitor's, from now on if it was nobody's."""
        if self._owners.setdefault(thing, visitor) != visitor:
            return False
        self._owners.move_to_end(thing)
        if len(self._owners) > MOST_REMEMBERED:
            self._owners.popitem(last=False)
        return True

    def owner(self, thing: str) -> str | None:
        return self._owners.get(thing)


class Apart:
    """Refuses what names another's session or event, a file that was not uploaded, or more bytes than anything needs."""

    def __init__(self, page: ASGIApp, uploads: str) -> None:
        self._page = page
        self._uploads = Path(uploads).resolve()
        self._sessions, self._events = Owners(), Owners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self._page(scope, receive, send)
            return
        visitor, what = scope["state"]["visitor"].id, scope["path"].removeprefix(API).rstrip("/")
        if what == "upload":
            await self._upload(scope, receive, send)
        elif scope["method"] == "POST":
            await self._message(scope, receive, send, visitor, what)
        elif self._may_read(scope, visitor, what):
            await self._page(scope, receive, send)
        else:
            await refuse(scope, receive, send, 404, NOT_YOURS)

    def _may_read(self, scope: Scope, visitor: str, what: str) -> bool:
        kind, _, name = what.rpartition("/")
        if what == "queue/data":
            sessions = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
            return len(sessions) == 1 and self._sessions.claimed(sessions[0], visitor)
        if kind == "heartbeat":
            return self._sessions.claimed(name, visitor)
        return kind != "call/ask" or self._events.owner(name) == visitor

    async def _message(self, scope: Scope, receive: Receive, send: Send, visitor: str, what: str) -> None:
        body = await _read(receive)
        if body is None:
            await refuse(scope, receive, send, 413, "That is more than one message may hold. Send less.")
            return
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            message = None
        session = message.get("session_hash") if isinstance(message, dict) else 0
        if session is not None and not isinstance(session, str):
            await refuse(scope, receive, send, 400, "That is not a message of this page.")
        elif session and not self._sessions.claimed(session, visitor):
            await refuse(scope, receive, send, 403, NOT_YOURS)
        elif not all(self._was_uploaded(file) for file in _files(message)):
            await refuse(scope, receive, send, 403, "Only a file that was uploaded here can be named.")
        else:
            told = self._noting_event(scope, send, visitor) if what == "call/ask" else send
            await self._page(scope, _replayed(body, receive), told)

    def _was_uploaded(self, file: dict[str, Any]) -> bool:
        path, meta = file["path"], file.get("meta")
        if not isinstance(path, str) or not isinstance(meta, dict) or "\0" in path:
            return False
        return Path(path).is_absolute() and Path(path).resolve().is_relative_to(self._uploads)

    def _noting_event(self, scope: Scope, send: Send, visitor: str) -> Send:
        """Remembers whose the event is that the answer names, before it is told."""
        MutableHeaders(scope=scope)["accept-encoding"] = "identity"
        said = bytearray()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.body":
                said.extend(message.get("body", b""))
                if not message.get("more_body"):
                    event = _event_in(bytes(said))
                    if event:
                        self._events.claimed(event, visitor)
            await send(message)

        return sending

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes an upload on until it is larger than all that may come at once; then the connection is over."""
        length = MutableHeaders(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_UPLOAD_BYTES:
            await refuse(scope, receive, send, 413, "These files are too large together. Upload fewer at once.")
            return
        left = MOST_UPLOAD_BYTES

        async def receiving() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            return message if left >= 0 else {"type": "http.disconnect"}

        await self._page(scope, receiving, send)


def _event_in(answer: bytes) -> str | None:
    try:
        event = json.loads(answer).get("event_id")
    except (ValueError, AttributeError):
        return None
    return event if isinstance(event, str) else None


def _files(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a message that the framework would take for a file."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "path" in value and "meta" in value:
                yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None where it is larger than a message may be, or never ends."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body.extend(message.get("body", b""))
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    told = False

    async def receiving() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
