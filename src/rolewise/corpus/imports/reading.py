"""Reading a file in a child process, which is ended where the file takes more time or memory than one may have."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import rolewise
from rolewise.corpus.imports.convert import Made, Original, Progress
from rolewise.corpus.imports.limits import MAX_READING_S
from rolewise.errors import ImportFault

# The folder of the package comes first in the child's search path, never the one that the person stands in.
_PACKAGES = Path(rolewise.__file__).parents[1]
_CHILD = [sys.executable, "-m", "rolewise.corpus.imports.child"]


class Reader:
    """Reads files one after the other, `with Reader() as reader:`. The child starts with the first, and again after one ended it."""

    def __init__(self, most_s: float = MAX_READING_S) -> None:
        self._most_s = most_s
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def converted(self, original: Original, progress: Progress) -> Made:
        """The file as a text of the own corpus. Raises ImportFault with the reason and what to do."""
        request = {"sha256": original.sha256, "changed": original.changed.isoformat()}
        return Made(**self._asked(original.path, original.raw, request, progress))

    def words(self, raw: bytes, name: str) -> str:
        """The words of a file, whatever its format. Raises ImportFault."""
        return str(self._asked(Path(name), raw, {}, lambda done, total: None)["words"])

    def _asked(self, path: Path, raw: bytes, request: dict[str, Any], progress: Progress) -> dict[str, Any]:
        child = self._running()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._most_s, stop)
        timer.start()
        try:
            said = self._told(
                child, {"path": str(path), "bytes": len(raw), "words": not request, **request}, raw, progress
            )
        finally:
            timer.cancel()
        if said is None:
            self._end()
            raise ImportFault(
                f"after {self._most_s:g} seconds it was not read, and the reading was ended. Split it, or save its text alone."
                if late.is_set()
                else "reading it ended the process that read it: it is damaged, or made to do that. Save it anew, or its text alone."
            )
        if "fault" in said:
            raise ImportFault(said["fault"])
        return said

    def _told(
        self, child: subprocess.Popen[bytes], request: dict[str, Any], raw: bytes, progress: Progress
    ) -> dict[str, Any] | None:
        """The last line of the answer; None where the child ended before."""
        assert child.stdin and child.stdout
        with suppress(BrokenPipeError):
            child.stdin.write(json.dumps(request).encode() + b"\n" + raw)
            child.stdin.flush()
        for line in child.stdout:
            said: dict[str, Any] = json.loads(line)
            if "done" not in said:
                return said
            progress(said["done"], said["total"])
        return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            pipe, null = subprocess.PIPE, subprocess.DEVNULL
            self._child = subprocess.Popen(_CHILD, stdin=pipe, stdout=pipe, stderr=null, cwd=_PACKAGES)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for stream in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]
        child.wait()
