"""The seal: what the files of a finished index look like, written beside them, by which damage is known at the next start.

A write breaks the seal first and makes it anew at its end: an index without one was left by a write that was ended, or by
a version that made none, and has to be probed.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

DATABASE = "chroma.sqlite3"
_SMALL = 16_000_000
"""Bytes up to which everything is read at each start. Beyond, only what has another size or time than at the last one."""
_BLOCK = 1 << 20
_UNSTEADY = ("acquire_write", "maintenance_log", "sqlite_sequence")
"""Tables in which Chroma writes although nothing has changed."""


@dataclass(frozen=True)
class Look:
    """A file as it looked: bytes, time of the last change in nanoseconds, CRC-32 of its content."""

    size: int
    changed: int
    crc: int


@dataclass(frozen=True)
class Seal:
    """The files of an index by their path in its folder. Each write has a `revision` of its own, for other processes to notice."""

    revision: str
    files: dict[str, Look] = field(default_factory=dict)
    chroma: str = ""

    @property
    def small(self) -> bool:
        return sum(look.size for look in self.files.values()) <= _SMALL


def seal(folder: Path, revision: str) -> Seal:
    """Read all files of the index and write their seal. Raises OSError, and sqlite3.Error for a broken database."""
    looks = {name: Look(*_stat(folder / name), _crc(folder / name)) for name in _files(folder)}
    return _write(folder, Seal(revision, looks, _chroma()))


def opened(folder: Path, made: Seal) -> Seal:
    """The seal after Chroma has opened the files, which changes the times of some. Raises OSError and sqlite3.Error."""
    now = {name: _stat(folder / name) for name in _files(folder)}
    if made.small or {n: size for n, (size, _) in now.items()} != {n: look.size for n, look in made.files.items()}:
        return seal(folder, made.revision)
    return _write(
        folder, Seal(made.revision, {n: Look(*now[n], look.crc) for n, look in made.files.items()}, made.chroma)
    )


def broken(folder: Path) -> None:
    """Break the seal before a write. Raises OSError."""
    seal_of(folder).unlink(missing_ok=True)


def read(folder: Path) -> Seal | None:
    """The seal of the index in `folder`; None where there is none, none that can be read, or one of another Chroma."""
    try:
        data = json.loads(seal_of(folder).read_text(encoding="utf-8"))
        made = Seal(str(data["revision"]), {n: Look(**look) for n, look in data["files"].items()}, str(data["chroma"]))
        return made if made.chroma == _chroma() else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def stamp(folder: Path) -> tuple[int, int]:
    """What changes whenever a seal is written; zeros where there is none."""
    try:
        found = seal_of(folder).stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def differs(folder: Path, made: Seal) -> str:
    """The first file that is not what it was when the seal was made; empty where all are.

    A stat a file where the index is large and untouched; else everything is read, about a second for 400 MB.
    """
    for name in sorted({*made.files, *_files(folder)}):
        look, path = made.files.get(name), folder / name
        try:
            if look is None or not path.is_file():
                return name
            if (made.small or _stat(path) != (look.size, look.changed)) and _crc(path) != look.crc:
                return name
        except (OSError, sqlite3.Error):
            return name
    return ""


def seal_of(folder: Path) -> Path:
    return folder.with_name(folder.name + ".seal.json")


def _files(folder: Path) -> list[str]:
    """The database, and the files of segments that are in use: without a list of ids Chroma makes them anew each time."""
    kept = [path for listed in folder.glob("*/index_metadata.pickle") for path in listed.parent.iterdir()]
    database = [DATABASE] if (folder / DATABASE).exists() else []
    return [*database, *(path.relative_to(folder).as_posix() for path in kept)]


def _stat(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _crc(path: Path) -> int:
    if path.name == DATABASE:
        return _crc_of_rows(path)
    crc = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            crc = zlib.crc32(block, crc)
    return crc


def _crc_of_rows(path: Path) -> int:
    """Of a database's schema and rows: its bytes change whenever somebody opens it. Raises sqlite3.Error for a damaged one."""
    crc = 0
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        database.text_factory = bytes
        (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if said != b"ok":
            raise sqlite3.DatabaseError(said.decode(errors="replace"))
        schema = database.execute("SELECT name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        crc = zlib.crc32(repr(schema).encode(), crc)
        tables = "SELECT name, printf('SELECT * FROM \"%w\"', name) FROM sqlite_master WHERE rootpage > 0 AND type = 'table' ORDER BY 1"
        for name, select in database.execute(tables).fetchall():
            if name.decode() not in _UNSTEADY:
                for row in database.execute(select.decode()):
                    crc = zlib.crc32(repr(row).encode(), crc)
    return crc


@cache
def _chroma() -> str:
    return version("chromadb")


def _write(folder: Path, made: Seal) -> Seal:
    path = seal_of(folder)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(made), indent=1) + "\n", encoding="utf-8")
    part.replace(path)
    return made
