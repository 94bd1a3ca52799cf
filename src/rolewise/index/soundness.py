"""Whether the index is whole: known by its seal, else found out by a probe; a damaged one is set aside, to be built anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rolewise.errors import IndexFault
from rolewise.index import seal

_PROBE = Path(__file__).with_name("probe.py")
_PROBE_S = 60.0
_BYTES_PER_S = 1_000_000
"""How slowly the slowest machine may read an index that is probed; then it counts as one that hangs."""


def fault_of(folder: Path, tell: Callable[[str], None]) -> str:
    """What is wrong with the index in `folder`, as the rest of a sentence; empty where it is whole or not there yet.

    With a seal a few milliseconds (`seal.differs`), without one some seconds in another process, which `tell` says.
    """
    if not (folder / seal.DATABASE).exists():
        return "its database is missing" if seal.read(folder) else ""
    if made := seal.read(folder):
        name = seal.differs(folder, made)
        return f"{name} is not as RoleWise left it" if name else ""
    tell("Checking the index, which was left unfinished or by an older version…")
    return _probed(folder)


def set_aside(folder: Path) -> Path:
    """Move a damaged index to `….damaged`, in the place of a former one. Raises IndexFault where that cannot be done."""
    damaged = folder.with_name(folder.name + ".damaged")
    try:
        shutil.rmtree(damaged, ignore_errors=True)
        seal.broken(folder)
        folder.rename(damaged)
    except OSError as error:
        raise IndexFault(
            f"The damaged index in {folder} cannot be set aside ({error.strerror or error}). Your corpus files are "
            "untouched. Delete that folder and run `rolewise index`."
        ) from error
    return damaged


def _probed(folder: Path) -> str:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    command = [sys.executable, str(_PROBE), str(folder)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=_PROBE_S + size / _BYTES_PER_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "it does not answer"
    said = done.stdout.decode(errors="replace").strip().splitlines()
    if done.returncode < 0:
        return f"opening it ends the process (signal {-done.returncode})"
    return (said or ["it cannot be opened"])[-1] if done.returncode else ""
