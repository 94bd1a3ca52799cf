"""Saying no, in words that the page, a program and a person all can read."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str, **headers: str) -> None:
    """Answer with a status and one plain sentence. `headers` in snake case: `retry_after="5"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    await JSONResponse({"detail": why}, status, {"Cache-Control": "no-store", **named})(scope, receive, send)
