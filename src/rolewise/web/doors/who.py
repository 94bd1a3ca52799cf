"""Who sends a request: a browser by its cookie, a program by its token, else an address; and whether it may come in."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rolewise.access import Access
from rolewise.web.doors.cookie import Cookies, Visitor
from rolewise.web.doors.refusal import refuse

FREE = ("/login", "/health", "/robots.txt", "/favicon.ico")
"""Paths that need no log-in. /metrics decides for itself."""


class Who:
    """Puts the visitor into `scope["state"]["visitor"]`, gives new browsers a cookie, and stops who may not enter."""

    def __init__(self, page: ASGIApp, access: Access, cookies: Cookies) -> None:
        self._page = page
        self._access = access
        self._cookies = cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._page(scope, receive, send)
            return
        visitor = self._visitor(scope)
        scope.setdefault("state", {})["visitor"] = visitor
        path = scope["path"]
        if visitor.may_enter or path in (*FREE, "/metrics"):
            first = path == "/" and not self._access.asked_for and visitor.id.startswith("address:")
            await self._page(scope, receive, self._with_cookie(scope, send) if first else send)
        elif path == "/":
            await RedirectResponse("login", 303, {"Cache-Control": "no-store"})(scope, receive, send)
        else:
            said = "Log in again: reload the page. Programs send the token as Authorization: Bearer."
            await refuse(scope, receive, send, 401, said, www_authenticate="Bearer")

    def _visitor(self, scope: Scope) -> Visitor:
        headers = Headers(scope=scope)
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._access.token_fits(token.strip()):
            return Visitor(f"token:{address_of(scope)}", True)
        known = self._cookies.read(cookie_parser(headers.get("cookie", "")).get(self._cookies.name))
        if known and (known.may_enter or not self._access.asked_for):
            return Visitor(known.id, True)
        return Visitor(f"address:{address_of(scope)}", not self._access.asked_for)

    def _with_cookie(self, scope: Scope, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", self._cookies.new(False) + secure(scope))
            await send(message)

        return sending


def address_of(scope: Scope) -> str:
    return str((scope.get("client") or ("unknown",))[0])


def secure(scope: Scope) -> str:
    """What a cookie says besides, where the page comes over TLS."""
    return "; Secure" if scope.get("scheme") == "https" else ""
