"""The form of a data folder, written in it: a version that does not know that form leaves the folder alone."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from rolewise.errors import HomeFault

FORMAT = 1
"""Goes up when a version writes what those before it would misread. What can be made again from the sources has marks of its own."""


def refuse_newer(home: Path) -> None:
    """Raises HomeFault, and touches nothing, where a newer RoleWise has given the folder a form that this one does not know."""
    found, written_by = _read(home)
    if found > FORMAT:
        raise HomeFault(
            f"The data folder {home} was written by a newer RoleWise ({written_by}; form {found}, and {version('rolewise')} knows "
            f"{FORMAT}). Nothing in it was touched. Install that version again, or point ROLEWISE_HOME to another folder."
        )


def adopt(home: Path) -> None:
    """Take a folder into use, from an older version too: from now on it says its form. Raises HomeFault as `refuse_newer` does.

    A folder that cannot be written stays as it is.
    """
    refuse_newer(home)
    if _read(home)[0] == FORMAT:
        return
    path = _file(home)
    part = path.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):  # read-only or full: what needs to write there says so itself
        try:
            part.write_text(json.dumps({"format": FORMAT, "written_by": version("rolewise")}) + "\n", encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _read(home: Path) -> tuple[int, str]:
    """The form and who wrote it; 0 where a version before the first form, or nobody, was at work."""
    try:
        data = json.loads(_file(home).read_text(encoding="utf-8"))
        return int(data["format"]), str(data["written_by"])
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return 0, ""


def _file(home: Path) -> Path:
    return home / "format.json"
