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
MOST_APART_S = 300
"""Seconds that the clocks of processes that share a key may differ."""
MOST_REMEMBERED = 50_000


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
    """Makes and reads cookies. `key` signs them; processes that share a key, a name and a clock know each other's.

    A log-in's end is read by `clock` once, where a process makes or first sees it, and counted by `passed` from then on:
    whatever the clock says later, it lasts 12 hours there at most, and is not over sooner.
    """

    key: bytes
    name: str
    clock: Callable[[], float] = passed_s
    """By which a cookie says when it ends, in seconds."""
    passed: Callable[[], float] = passed_s
    """Seconds, by a clock that nobody sets."""
    _ends: dict[str, float] = field(default_factory=dict)
    """When, by `passed`, each log-in ends that was made or seen here; the newest last."""
    _left: dict[str, float] = field(default_factory=dict)
    """Who has logged out here, and when."""

    def new(self, logged_in: bool) -> str:
        """The `Set-Cookie` header's value for a new visitor, without `Secure`."""
        lasts = LOGGED_IN_S if logged_in else VISIT_S
        ident, until = secrets.token_urlsafe(18), int(self.clock()) + lasts
        if logged_in:
            self._remember(ident, lasts)
        said = f"{ident}.{'in' if logged_in else 'visit'}.{until}"
        return f"{self.name}={said}.{self._signature(said)}; Max-Age={lasts}; {self._how}"

    def read(self, value: str | None) -> Visitor | None:
        """The visitor of a cookie's value; None where it is missing, altered, over, or logged out."""
        said, _, signature = (value or "").rpartition(".")
        if not said or not hmac.compare_digest(signature.encode(), self._signature(said).encode()):
            return None
        ident, kind, until = said.split(".")
        if ident in self._left or (self._is_over(ident, float(until)) if kind == "in" else float(until) < self.clock()):
            return None
        return Visitor(ident, kind == "in")

    def left(self, visitor: Visitor) -> str:
        """Forget a visitor who logs out. The value of the header that takes the cookie away."""
        now = passed_s()
        self._left = {ident: at for ident, at in self._left.items() if now - at < VISIT_S}
        self._left[visitor.id] = now
        return f"{self.name}=; Max-Age=0; {self._how}"

    def _is_over(self, ident: str, until: float) -> bool:
        """Whether a log-in has ended. One of a clock ahead of ours would outlast its 12 hours: it counts as over."""
        if ident not in self._ends:
            left_s = until - self.clock()
            if not 0 <= left_s <= LOGGED_IN_S + MOST_APART_S:
                return True
            self._remember(ident, left_s)
        return self._ends[ident] < self.passed()

    def _remember(self, ident: str, left_s: float) -> None:
        self._ends[ident] = self.passed() + left_s
        if len(self._ends) > MOST_REMEMBERED:
            del self._ends[next(iter(self._ends))]

    @property
    def _how(self) -> str:
        return "Path=/; HttpOnly; SameSite=Strict"

    def _signature(self, said: str) -> str:
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()


def cookies_for(session_key: str | None, port: int) -> Cookies:
    """Named by the key where processes share one, else by the port: cookies of two servers on one machine do not meet.

    Processes that share a key may run on several machines, so that only the time of day is common to them. A process whose
    time of day is wrong still knows the log-ins that it has seen; those from elsewhere are asked to log in again.
    """
    if session_key:
        key = hashlib.sha256(session_key.encode()).digest()
        return Cookies(key, f"rolewise-{hashlib.sha256(key).hexdigest()[:8]}", time.time)
    return Cookies(secrets.token_bytes(32), f"rolewise-{port}")
