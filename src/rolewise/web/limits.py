"""How much one visitor may ask: so many questions a minute, so many at once. What is beyond gets a plain word, not a wait."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import gradio as gr

from rolewise.access import is_this_machine
from rolewise.errors import LimitError
from rolewise.web.doors.pace import Pace, neighbourhood

AT_ONCE = 2
"""Of one visitor: the page answers sixteen questions at the same time in all."""
NEIGHBOURS = 20
"""Visitors that one address may stand for: a class behind one router, a program with a token."""


@dataclass(frozen=True)
class Sender:
    """Who asks: the visitor that the doors made out, and the address."""

    visitor: str
    address: str

    @property
    def is_own_program(self) -> bool:
        """A program on this machine, which nobody has to be protected from."""
        return self.visitor.startswith("address:") and is_this_machine(self.address)


OWN = Sender("address:127.0.0.1", "127.0.0.1")


def sender_of(request: gr.Request | None) -> Sender:
    """The sender of an event. Without a request, this machine itself."""
    if request is None or request.request is None:
        return OWN
    found = request.request.scope.get("state", {}).get("visitor")
    client = request.request.client
    address = client.host if client else "unknown"
    return Sender(found.id if found else f"address:{address}", address)


class Limits:
    """Counts for one server. `per_minute`: questions of one visitor; 0 is no limit at all."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        pace = 60.0 / max(per_minute, 1)
        self._visitors = Pace(max(per_minute, 1), pace)
        self._addresses = Pace(max(per_minute, 1) * NEIGHBOURS, pace / NEIGHBOURS)
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def one_question(self, sender: Sender) -> Iterator[None]:
        """While it is answered. Raises LimitError where it is one too many."""
        if not self._per_minute or sender.is_own_program:
            yield
            return
        self._enter(sender)
        try:
            yield
        finally:
            with self._lock:
                self._under_way[sender.visitor] -= 1
                if not self._under_way[sender.visitor]:
                    del self._under_way[sender.visitor]

    def _enter(self, sender: Sender) -> None:
        single = sender.visitor.startswith(("address:", "token:"))  # a program's, which may speak for many
        with self._lock:
            if self._under_way[sender.visitor] >= AT_ONCE * (4 if single else 1):
                raise LimitError(
                    "Your other questions are still being answered. This one is kept: ask it again when they are."
                )
            address = neighbourhood(sender.address)
            wait = 0.0 if single else self._visitors.wait_s(sender.visitor)
            if not wait and not is_this_machine(sender.address):
                wait = self._addresses.wait_s(address)
            if wait:
                raise LimitError(
                    f"That is more than {self._per_minute} questions a minute. This one is kept: ask it again in "
                    f"{math.ceil(wait)} seconds."
                )
            self._under_way[sender.visitor] += 1
