"""The child process that reads people's files: what a file does to it, it does to nobody else.

It is asked by lines of JSON on standard input, each followed by a file's bytes, and answers with lines of JSON.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from rolewise.corpus.imports.convert import Original, convert, words_of
from rolewise.corpus.imports.limits import MAX_MEMORY
from rolewise.errors import ImportFault

TOO_MUCH = (
    "reading it takes more memory than one file may have. Nothing of it was kept. Split it, or save its text alone."
)


def main() -> None:
    """Read files until standard input ends."""
    _bounded()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # some libraries print
    while line := asked.readline():
        request = json.loads(line)
        raw = asked.read(request["bytes"])
        try:
            said = _read(request, raw, answers)
        except ImportFault as fault:
            said = {"fault": str(fault)}
        except MemoryError:
            said = {"fault": TOO_MUCH}
        _say(answers, said)


def _read(request: dict[str, Any], raw: bytes, answers: BinaryIO) -> dict[str, Any]:
    path = Path(request["path"])
    if request["words"]:
        return {"words": words_of(raw, path.name)}
    original = Original(path, raw, request["sha256"], date.fromisoformat(request["changed"]))
    return asdict(convert(original, lambda done, total: _say(answers, {"done": done, "total": total})))


def _say(answers: BinaryIO, said: dict[str, Any]) -> None:
    answers.write(json.dumps(said).encode() + b"\n")
    answers.flush()


def _bounded() -> None:
    """Where the system has such a limit, the process gets no more memory than it says."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


if __name__ == "__main__":
    main()
