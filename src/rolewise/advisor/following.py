"""Whether the files of the sources are still those that were read: another process may have changed them since."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

_PARTS = ("", "articles", "roles", "tables")
_SHARE = 100
"""After a long look, so many times as long as it took passes before the next: looking takes a hundredth of the time at most."""
_LONG_S = 0.002

State = frozenset[tuple[str, int, int]]


class Sources:
    """The folders that the corpus is read from, by the size and time of each file: some microseconds a file."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._read: State = frozenset()
        self._next_look = 0.0

    def look(self) -> State:
        """How the files are now. To be taken before they are read: what changes meanwhile is then found by the next look."""
        return frozenset(entry for folder in self._folders for part in _PARTS for entry in _files(folder / part))

    def read(self, state: State) -> None:
        """Sources that looked like this have been read, or tried to."""
        self._read = state

    @property
    def changed(self) -> bool:
        """Whether files came, went or changed since. False, too, shortly after a look at very many files."""
        if time.monotonic() < self._next_look:
            return False
        started = time.thread_time()  # a busy machine is no reason to look less often
        changed = self.look() != self._read
        took = time.thread_time() - started
        self._next_look = time.monotonic() + _SHARE * took if took > _LONG_S else 0.0
        return changed


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and not entry.name.endswith(".part") and entry.is_file():
                    found = entry.stat()
                    yield entry.path, found.st_mtime_ns, found.st_size
    except OSError:  # not there, or gone between the look at the folder and at the file
        return
