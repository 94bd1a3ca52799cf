"""Which files are meant by the paths that a person gave, and what became of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rolewise.corpus.imports.sniff import BY_NAME

Status = Literal["added", "replaced", "unchanged", "removed", "passed over", "failed"]


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `said` is its title, or why it did not go in and what to do."""

    file: str
    status: Status
    said: str
    passages: int = 0
    note: str = ""


def files_under(paths: Iterable[Path], own: Path) -> Iterator[tuple[Path, Outcome | None]]:
    """The files of the paths, each once, in order; an outcome for what cannot or need not be tried."""
    seen: set[Path] = set()
    for path in paths:
        for file, why in _under(path, own) if path.is_dir() else [(path, None)]:
            real = Path(os.path.realpath(file))  # which, unlike resolve(), bears links in a circle
            if why or real not in seen:
                yield file, why
            seen.add(real)


def _under(folder: Path, own: Path) -> Iterator[tuple[Path, Outcome | None]]:
    """The files under a folder. Hidden ones are skipped, links never followed, other kinds counted."""
    others: dict[str, int] = {}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and os.path.realpath(Path(place) / f) != os.path.realpath(own)
        )
        for path in (Path(place) / name for name in sorted(files) if not name.startswith(".")):
            if path.is_symlink():
                yield (
                    path,
                    Outcome(
                        str(path),
                        "failed",
                        "it is a link, and links in folders are not followed. Add the file that it points to.",
                    ),
                )
            elif path.suffix.lower() in BY_NAME:
                yield path, None
            else:
                others[path.suffix.lower() or "no ending"] = others.get(path.suffix.lower() or "no ending", 0) + 1
    if others:
        kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(others.items()))
        yield folder, Outcome(str(folder), "passed over", f"files of other kinds: {kinds}")
