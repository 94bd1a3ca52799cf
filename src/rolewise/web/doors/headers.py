"""What the browser may do with the page: run its own scripts, talk to its own server, and nothing else."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()",
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
FEWEST_TO_PACK = 1_000
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S)


class SafeHeaders:
    """Adds the headers to every answer. The page's own policy allows exactly the inline scripts that the server wrote into it."""

    def __init__(self, page: ASGIApp, scripts: Iterable[str]) -> None:
        self._page = page
        self._own = [hash_of(script) for script in scripts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._page(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] == "GET":
            await self._with_its_scripts(scope, receive, send)
        else:
            rest = policy(()) if scope["path"].startswith("/assets/") else NOTHING  # a worker has its file's own policy

            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _add(MutableHeaders(scope=message), rest)
                await send(message)

            await self._page(scope, receive, sending)

    async def _with_its_scripts(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page is held until its scripts are known, and packed afterwards."""
        headers = MutableHeaders(scope=scope)
        packs = "gzip" in headers.get("accept-encoding", "")
        headers["accept-encoding"] = "identity"
        start: Message = {}
        body = bytearray()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    scripts = INLINE.findall(body.decode("utf-8", "replace"))
                    answered = MutableHeaders(scope=start)
                    _add(answered, policy([*self._own, *map(hash_of, scripts)]))
                    whole = bytes(body)
                    if packs and len(whole) > FEWEST_TO_PACK:
                        whole = gzip.compress(whole, 4)
                        answered["content-encoding"], answered["content-length"] = "gzip", str(len(whole))
                        answered.add_vary_header("accept-encoding")
                    await send(start)
                    await send({**message, "body": whole})

        await self._page(scope, receive, sending)


def policy(script_hashes: Iterable[str]) -> str:
    """The Content-Security-Policy of the page. The framework makes functions of its events' text, hence unsafe-eval."""
    return "; ".join([
        "default-src 'none'",
        f"script-src 'self' 'unsafe-eval' {' '.join(dict.fromkeys(script_hashes))}",
        "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'",
        "worker-src 'self' blob:", "manifest-src 'self'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
    ])  # fmt: skip


def hash_of(text: str) -> str:
    """As a policy names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _add(headers: MutableHeaders, policy: str) -> None:
    for name, value in ALWAYS.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", policy)
