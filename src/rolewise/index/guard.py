"""What stands between Chroma and the folder that it works in: one process at a time, and no damaged index is ever opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rolewise.errors import IndexFault
from rolewise.index import seal
from rolewise.index.lock import alone
from rolewise.index.soundness import fault_of, set_aside


class Guard:
    """Guards the index in one folder. `folder` is where Chroma works: a temporary copy where the index cannot be written."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        """`tell` gets one line for people whenever another process is waited for, or the index checked or mended."""
        self.folder = self._place = folder.resolve()  # a link leads to the same lock and seal
        self.notice = ""
        """What people should know as long as the index is in use; empty where all is well."""
        self._tell = tell
        self._revision = ""
        self._stamp = (0, 0)
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._one = threading.Lock()

    @contextmanager
    def opening(self) -> Iterator[None]:
        """While Chroma opens the index. A damaged one is set aside before, so that an empty one is opened.

        Raises IndexFault where another process holds it for too long, OSError where the folder cannot be made or read.
        """
        if _unwritable(self._place):
            self._copied()
            yield
            return
        self._place.mkdir(parents=True, exist_ok=True)
        with alone(self._place, self._tell):
            if fault := fault_of(self._place, self._tell):
                self._mended(fault)
                self._place.mkdir(exist_ok=True)
            yield
            self._sealed(seal.read(self._place))

    @contextmanager
    def reopening(self, wait_s: float) -> Iterator[bool]:
        """While Chroma opens what another process has written; False if after `wait_s` seconds one still does, or a thread."""
        with ExitStack() as held:
            free = self._one.acquire(timeout=wait_s)
            if free:
                held.callback(self._one.release)
                try:
                    held.enter_context(alone(self._place, limit_s=wait_s))
                except IndexFault:
                    free = False
            yield free
            if free:
                self._sealed(seal.read(self._place))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While Chroma writes: the seal is broken before, and made anew at the end. Raises as `opening` does."""
        if self._copy:
            yield
            return
        with alone(self._place, self._tell):
            seal.broken(self._place)
            yield
            self._sealed(None)

    @property
    def changed(self) -> bool:
        """Whether another process has finished a write since this one opened the index. Some microseconds."""
        if self._copy or (stamp := seal.stamp(self._place)) == self._stamp:
            return False
        made = seal.read(self._place)
        if made and made.revision == self._revision:  # it was only opened
            self._stamp = stamp
        return made is not None and made.revision != self._revision

    def _sealed(self, former: seal.Seal | None) -> None:
        try:
            now = seal.opened(self._place, former) if former else seal.seal(self._place, uuid.uuid4().hex)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error
        self._stamp, self._revision = seal.stamp(self._place), now.revision

    @property
    def being_written(self) -> bool:
        """Whether a write has begun and not ended yet."""
        return self._copy is None and seal.stamp(self._place) == (0, 0)

    def _mended(self, fault: str) -> None:
        aside = set_aside(self._place)
        self.say(
            f"The index was damaged ({fault}). It was set aside as {aside} and is built anew from the sources; "
            "your documents, conversations and feedback are untouched."
        )

    def _copied(self) -> None:
        """Chroma cannot read without writing: it gets a copy, which goes with the process."""
        self._copy = tempfile.TemporaryDirectory(prefix="rolewise-index-", ignore_cleanup_errors=True)
        self.folder = Path(self._copy.name) / self._place.name
        shutil.copytree(self._place, self.folder)
        for path in (self.folder, *self.folder.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
        if seal.read(self._place):
            shutil.copy(seal.seal_of(self._place), seal.seal_of(self.folder))
        how = "a temporary copy of it is used"
        if fault := fault_of(self.folder, self._tell):
            set_aside(self.folder)
            how = f"and it is damaged ({fault}), so that one for now is built from the sources"
        self.say(
            f"The index in {self._place} cannot be written: {how}. Nothing is lost, and nothing new is kept there. "
            "Make that folder writable, or point ROLEWISE_HOME to another one."
        )

    def say(self, text: str) -> None:
        """Tell people, now and as long as the index is in use."""
        self.notice = " ".join(filter(None, (self.notice, text)))
        self._tell(text)


def _unwritable(folder: Path) -> bool:
    """Whether there is an index that can be read but not written, as on a medium that is mounted read-only."""
    there = [path for path in (folder, folder / seal.DATABASE) if path.exists()]
    return len(there) == 2 and not all(os.access(path, os.W_OK) for path in (*there, folder.parent))
