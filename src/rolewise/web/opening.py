"""Loading the advisor behind the page, and what to say meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from rolewise.advisor import Advisor
from rolewise.errors import RoleWiseError
from rolewise.memory import give_back, uncollected

BROKEN = "RoleWise could not start. The terminal it was started from shows why; put that right and start it again."

AGAIN_S = 5.0
"""Seconds after a failure that people were told of, from which on the next visitor has it tried again."""


class Opening:
    """Loads an advisor once, in a thread of its own. `failure` is the message for people when that did not work.

    Who comes some seconds after a failure has it tried again: a server that was away may be back, a file mended.
    """

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor
        self.failure = ""
        self._over = threading.Event()
        self._once = threading.Lock()
        self._thread: threading.Thread | None = None
        self._failed_at: float | None = None

    @property
    def over(self) -> bool:
        """Whether loading has ended, well or badly."""
        return self._over.is_set() or self.advisor.ready.is_set()

    def start(self) -> None:
        """Begin loading; a second call changes nothing, unless the first one came to nothing some time ago."""
        with self._once:
            if self._failed_at is not None and time.monotonic() - self._failed_at > AGAIN_S:
                self._thread, self._failed_at, self.failure = None, None, ""
                self._over.clear()
            if self._thread is None and not self.over:
                self._thread = threading.Thread(target=self._load, name="rolewise-opening", daemon=True)
                self._thread.start()

    def start_within(self, seconds: float) -> None:
        """Begin when the first visitor's page is there, or after so many seconds: loading would slow the page."""
        timer = threading.Timer(seconds, self.start)
        timer.daemon = True
        timer.start()

    def words(self, every_s: float = 0.2) -> Iterator[str]:
        """What is being waited for, again and again until loading is over. Starts the loading if nobody has."""
        self.start()
        while not self.over:
            yield self.advisor.status or "Starting…"
            time.sleep(every_s)

    def _load(self) -> None:
        failure = BROKEN
        try:
            with uncollected():
                self.advisor.load()
            give_back()
            failure = ""
        except RoleWiseError as error:
            failure, self._failed_at = str(error), time.monotonic()
        finally:
            self.failure = failure
            self._over.set()
