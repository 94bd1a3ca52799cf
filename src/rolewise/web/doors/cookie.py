"""The one cookie: a random name for a browser, signed, so that it can be neither guessed nor made up."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

VISIT_S = 30 * 24 * 3600
LOGGED_IN_S = 12 * 3600


@dataclass(frozen=True)
class Visitor:
    """A browser, or an address that shows no cookie. It says nothing of the person."""

    id: str
    may_enter: bool


def passed_s() -> float:
    """Seconds since this machine started, those that it slept among them where the system counts them; never set by anybody."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@dataclass
class Cookies:
    """Makes and reads cookies. `key` signs them; processes that share a key, a name and a clock know each other's."""

    key: bytes
    name: str
    clock: Callable[[], float] = passed_s
    """By which cookies end, in seconds. A clock that is set back or forward would end log-ins, or make them last."""
    _left: dict[str, float] = field(default_factory=dict)
    """Who has logged out here, and when."""

    def new(self, logged_in: bool) -> str:
        """The `Set-Cookie` header's value for a new visitor, without `Secure`."""
        lasts = LOGGED_IN_S if logged_in else VISIT_S
        said = f"{secrets.token_urlsafe(18)}.{'in' if logged_in else 'visit'}.{int(self.clock()) + lasts}"
        return f"{self.name}={said}.{self._signature(said)}; Max-Age={lasts}; {self._how}"

    def read(self, value: str | None) -> Visitor | None:
        """The visitor of a cookie's value; None where it is missing, altered, over, or logged out."""
        said, _, signature = (value or "").rpartition(".")
        if not said or not hmac.compare_digest(signature.encode(), self._signature(said).encode()):
            return None
        ident, kind, until = said.split(".")
        if float(until) < self.clock() or ident in self._left:
            return None
        return Visitor(ident, kind == "in")

    def left(self, visitor: Visitor) -> str:
        """Forget a visitor who logs out. The value of the header that takes the cookie away."""
        now = passed_s()
        self._left = {ident: at for ident, at in self._left.items() if now - at < VISIT_S}
        self._left[visitor.id] = now
        return f"{self.name}=; Max-Age=0; {self._how}"

    @property
    def _how(self) -> str:
        return "Path=/; HttpOnly; SameSite=Strict"

    def _signature(self, said: str) -> str:
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()


def cookies_for(session_key: str | None, port: int) -> Cookies:
    """Named by the key where processes share one, else by the port: cookies of two servers on one machine do not meet.

    Processes that share a key may run on several machines, so that only the time of day is common to them.
    """
    if session_key:
        key = hashlib.sha256(session_key.encode()).digest()
        return Cookies(key, f"rolewise-{hashlib.sha256(key).hexdigest()[:8]}", time.time)
    return Cookies(secrets.token_bytes(32), f"rolewise-{port}")
