"""Writing files whole, and naming them."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from pathlib import Path

from rolewise.errors import ImportFault


def slug(text: str) -> str:
    """Lower-case words and hyphens, for file names and ids; empty where no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, whatever interrupts. Raises ImportFault where it cannot."""
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(suffix=".part", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)  # noqa: PTH105
        part = None
    except OSError as error:
        raise ImportFault(
            f"{path} cannot be written ({error.strerror or error}). What was there is as it was. "
            "Check free disk space and permissions, or point ROLEWISE_HOME to a folder that can be written."
        ) from error
    finally:
        if part:
            Path(part).unlink(missing_ok=True)
