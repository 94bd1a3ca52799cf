"""The log-in page: one field, a few tries at once, then one a half minute from each address."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from urllib.parse import parse_qs

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from rolewise.access import Access
from rolewise.web.doors.cookie import Cookies
from rolewise.web.doors.headers import hash_of
from rolewise.web.doors.pace import Pace, neighbourhood
from rolewise.web.doors.who import address_of, secure

TRIES, ANOTHER_EVERY_S = 5, 30.0
MOST_BYTES = 4_096
WRONG = "That is not the password. Try again."
TOO_OFTEN = "Too many tries. Wait {seconds} seconds, then try again."

STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#faf9f6, #141413);
  color: light-dark(#2b2a27, #e5e2da); font: 16px/1.5 system-ui, sans-serif; }
main { width: min(20rem, calc(100vw - 3rem)); }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
label { display: block; margin-bottom: .3rem; }
input, button { box-sizing: border-box; width: 100%; padding: .6rem .7rem; font: inherit; border-radius: 6px; }
input { border: 1px solid light-dark(#78746a, #a5a094); background: light-dark(#fff, #1f1f1d); color: inherit; }
button { margin-top: .8rem; border: 0; background: #1f5f5b; color: #fff; cursor: pointer; }
:focus-visible { outline: 2px solid light-dark(#0f766e, #7dd3c8); outline-offset: 2px; }
[role=alert] { margin: 0 0 1rem; color: light-dark(#9b1c1c, #fca5a5); }
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>RoleWise: log in</title><style>{style}</style></head>
<body><main><h1>RoleWise</h1>{told}
<form method="post" action="login"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
<button>Log in</button></form></main></body></html>
"""
POLICY = f"default-src 'none'; style-src {hash_of(STYLE)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class LogIn:
    """The log-in and log-out of one server. `tried` is told of each try: whether it worked."""

    def __init__(self, access: Access, cookies: Cookies, tried: Callable[[bool], None] = lambda _: None) -> None:
        self._access = access
        self._cookies = cookies
        self._tried = tried
        self._pace = Pace(TRIES, ANOTHER_EVERY_S)
        self._one = anyio.CapacityLimiter(1)

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/login", self.show, methods=["GET"]),
            Route("/login", self.try_password, methods=["POST"]),
            Route("/logout", self.leave, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        if request.state.visitor.may_enter:
            return RedirectResponse("./", 303, {"Cache-Control": "no-store"})
        return _page()

    async def try_password(self, request: Request) -> Response:
        """A wrong password counts against the address. One is checked at a time: each costs memory."""
        who = neighbourhood(address_of(request.scope))
        if wait := self._pace.wait_s(who):
            seconds = math.ceil(wait)
            return _page(TOO_OFTEN.format(seconds=seconds), 429, {"Retry-After": str(seconds)})
        body = bytearray()
        async for part in request.stream():
            body.extend(part)
            if len(body) > MOST_BYTES:
                return _page(WRONG, 413)
        password = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True).get("password", [""])[0]
        fits = await anyio.to_thread.run_sync(self._access.password_fits, password, limiter=self._one)
        self._tried(fits)
        if not fits:
            return _page(WRONG, 403)
        self._pace.give_back(who)
        cookie = self._cookies.new(True) + secure(request.scope)
        return RedirectResponse("./", 303, {"Cache-Control": "no-store", "Set-Cookie": cookie})

    async def leave(self, request: Request) -> Response:
        gone = self._cookies.left(request.state.visitor) + secure(request.scope)
        headers = {"Cache-Control": "no-store", "Set-Cookie": gone, "Clear-Site-Data": '"cache"'}
        return RedirectResponse("login", 303, headers)


def _page(told: str = "", status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    alert = f'<p role="alert">{html.escape(told)}</p>' if told else ""
    always = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    return HTMLResponse(PAGE.format(style=STYLE, told=alert), status, {**always, **(headers or {})})
