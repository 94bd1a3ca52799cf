"""Only requests that mean this page: no name that somebody points at this machine, no other site's scripts."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rolewise.access import is_this_machine
from rolewise.web.doors.refusal import refuse

# A link on another site brings no strict cookie along. Opened once more from here, it does.
AGAIN = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0"><title>RoleWise</title>'


class FromHere:
    """Refuses hosts that are not this page's (DNS rebinding) and requests that other sites make (cross-site forgery)."""

    def __init__(self, page: ASGIApp, names: frozenset[str], only_this_machine: bool) -> None:
        self._page = page
        self._names = names
        self._only_this_machine = only_this_machine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._page(scope, receive, send)
            return
        headers = Headers(scope=scope)
        named = [headers.get("host", ""), *_parts(headers.get("x-forwarded-host"))]
        wrong = next((host for host in named if not self._is_ours(host)), None)
        if wrong is not None:
            said = f"This page is not known as {wrong[:80]}. If it should be, name that host in ROLEWISE_HOSTS."
            await refuse(scope, receive, send, 421, said)
        elif not self._same_origin(headers, named):
            await refuse(scope, receive, send, 403, "Another site may not use this page.")
        elif headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            if scope["path"] == "/" and scope["method"] == "GET" and headers.get("sec-fetch-dest") == "document":
                await HTMLResponse(AGAIN, headers={"Cache-Control": "no-store"})(scope, receive, send)
            else:
                await refuse(scope, receive, send, 403, "Another site may not use this page.")
        else:
            await self._page(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        if name is None:
            return False
        if name in self._names or is_this_machine(name):
            return True
        return not self._only_this_machine and _is_address(name)

    def _same_origin(self, headers: Headers, hosts: list[str]) -> bool:
        """Whether the page that makes the request, where a browser names one, is this page."""
        origin = headers.get("origin")
        if origin is None:
            return True
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https"):
            return False
        default = {"http": ":80", "https": ":443"}[parts.scheme]
        asked = {host.lower().removesuffix(default) for host in hosts}
        return parts.netloc.lower().removesuffix(default) in asked or (_name(parts.netloc) or "") in self._names


def _parts(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split(",") if part.strip()]


def _name(host: str) -> str | None:
    """The name or address of `name:port`; None where it is neither."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname.lower() if parts.hostname and parts.netloc == host and "@" not in host else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
