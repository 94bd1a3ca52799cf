"""The hash by which files are known to be whole and unaltered."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file of any size, as 64 hex digits; about a second a gigabyte. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def sha256_once(path: Path, note: Path) -> str:
    """As `sha256_of`, but read from `note` while the file is the same one and untouched since the hash was noted there.

    What tells is what the file system keeps: its device, inode, size, and the nanoseconds of its last changes. A note that
    cannot be read or written only costs time. Raises OSError for `path`.
    """
    found = path.stat()
    mark = [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
    name, noted = str(path.resolve()), _noted(note)
    match noted.get(name):
        case [known, str(digest)] if known == mark:
            return digest
    digest = sha256_of(path)
    try:
        part = note.with_name(f"{note.name}.{os.getpid()}.part")
        part.write_text(json.dumps(noted | {name: [mark, digest]}), encoding="utf-8")
        part.replace(note)
    except OSError:
        pass  # next time it is hashed again
    return digest


def _noted(note: Path) -> dict[str, object]:
    try:
        noted = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}
