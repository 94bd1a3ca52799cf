"""One process at a time opens or writes an index; another one waits, says so, and gives up after a limit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rolewise.errors import IndexFault

LIMIT_S = 60.0
"""Seconds that a process waits for another one."""
_SILENT_S = 0.5


@contextmanager
def alone(
    folder: Path, tell: Callable[[str], None] = lambda text: None, limit_s: float | None = None
) -> Iterator[None]:
    """Hold the index in `folder` alone; the operating system frees it when the process ends, however it ends.

    `tell` gets one line where there is something to wait for. Raises IndexFault after `limit_s` seconds, and OSError
    where the lock cannot be made. A folder that nobody here can write needs no lock.
    """
    limit_s = LIMIT_S if limit_s is None else limit_s
    path = lock_of(folder)
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        yield
        return
    lock = FileLock(path)
    try:
        try:
            lock.acquire(timeout=min(_SILENT_S, limit_s))
        except Timeout:
            if limit_s <= _SILENT_S:
                raise
            tell(f"Another RoleWise process is writing the index; waiting for it, {limit_s:.0f} seconds at most…")
            lock.acquire(timeout=limit_s - _SILENT_S)
    except Timeout as error:
        raise IndexFault(
            f"Another RoleWise process has been writing this index for {limit_s:.0f} seconds. Nothing was changed. "
            "Wait for it to end, or end it, and run again."
        ) from error
    try:
        yield
    finally:
        lock.release()


def lock_of(folder: Path) -> Path:
    """Beside the index, so that it stays where it is when the index is set aside."""
    return folder.with_name(folder.name + ".lock")
