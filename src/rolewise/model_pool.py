"""Several servers of one model: which to ask first, and when to leave them all alone for a while."""

from __future__ import annotations

import threading
import time
from typing import Generic, TypeVar

Server = TypeVar("Server")

_PASSED_OVER_S = 30.0
"""Seconds in which a server that failed is asked only after the others."""
_FAILURES, _REST_S = 3, 15.0
"""After so many questions in a row that none of several servers answered, none is asked for so many seconds."""


class Pool(Generic[Server]):
    """The servers in the order they were named; each question begins with the next one that has not failed lately."""

    def __init__(self, servers: tuple[Server, ...]) -> None:
        self._servers = servers
        self._lock = threading.Lock()
        self._next = 0
        self._failed_at: dict[int, float] = {}
        self._in_a_row = 0
        self._rest_until = 0.0

    def order(self) -> list[Server]:
        """Whom to ask, in turn; nobody while the pool rests. One server alone never rests: it may be only slow to start."""
        now = time.monotonic()
        with self._lock:
            if now < self._rest_until:
                return []
            count = len(self._servers)
            turn = [(self._next + step) % count for step in range(count)]
            self._next = (self._next + 1) % count
            turn.sort(key=lambda at: now - self._failed_at.get(at, -_PASSED_OVER_S) < _PASSED_OVER_S)
            return [self._servers[at] for at in turn]

    def answered(self, server: Server) -> None:
        with self._lock:
            self._failed_at.pop(self._at(server), None)
            self._in_a_row = 0

    def failed(self, server: Server) -> None:
        with self._lock:
            self._failed_at[self._at(server)] = time.monotonic()

    def gave_up(self) -> None:
        """No server answered a question."""
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= _FAILURES and len(self._servers) > 1:
                self._in_a_row, self._rest_until = 0, time.monotonic() + _REST_S

    def _at(self, server: Server) -> int:
        return next(at for at, known in enumerate(self._servers) if known is server)
