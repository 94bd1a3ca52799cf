"""The paths that the page needs. Whatever else the framework offers (files, proxies, other endpoints) is not there."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from rolewise.web.doors.refusal import refuse

READ = re.compile(
    r"/|/login|/health|/metrics|/robots\.txt|/favicon\.ico|/manifest\.json|/theme\.css|/config"
    r"|/assets/[\w.-]+(?:/[\w.-]+)*|/static/(?:fonts|img|js)/[\w.-]+(?:/[\w.-]+)*"
    r"|/gradio_api/(?:info|theme\.css|startup-events|queue/data|upload_progress|heartbeat/\w+|call/ask/\w+)"
)
SENT = re.compile(
    r"/login|/logout"
    r"|/gradio_api/(?:queue/join|run/predict|call/ask|cancel|reset|upload)/?"
)


class OnlyKnownPaths:
    """Lets only these methods and paths through; there is no directory among them."""

    def __init__(self, page: ASGIApp) -> None:
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._page(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif not _known(scope["method"], scope["path"]):
            await refuse(scope, receive, send, 404, "There is nothing here.")
        else:
            await self._page(scope, receive, send)


def _known(method: str, path: str) -> bool:
    if ".." in path:
        return False
    if method in ("GET", "HEAD"):
        return READ.fullmatch(path) is not None
    return method == "POST" and SENT.fullmatch(path) is not None
