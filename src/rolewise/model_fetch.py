"""Fetching a model of the short list from the hub: resumed where it broke off, and checked by hash before it is used.

huggingface_hub's own `hf_hub_download` forgets a part when the command ends, so its `http_get` is given a part file to go on with.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rolewise.digest import sha256_of
from rolewise.errors import ModelError
from rolewise.model_list import Listed

if TYPE_CHECKING:
    from huggingface_hub import HfFileMetadata

_TIMEOUT_S = 10.0


def fetch_model(listed: Listed, folder: Path, progress: Callable[[str], None]) -> Path:
    """Make sure that the model is in `folder`, whole and as the hub describes it; return its path. `progress`: a line a step.

    The hash is the hub's own (the SHA-256 that it gives for the file), asked anew each time. HF_ENDPOINT names another hub;
    no token is sent. Raises ModelError: what arrived is kept for the next time, unless its hash is wrong.
    """
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"  # read while huggingface_hub is imported
    import httpx2

    target = folder / listed.file
    part: Path | None = None
    try:
        there = _described(listed)
        sha256, size = _hash_and_size(listed, there)
        if target.is_file() and sha256_of(target) == sha256:
            progress(f"{listed.name} is there already, and as the hub describes it.")
            return target
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{listed.file}.{sha256[:12]}.part"
        _sweep(folder, listed, part)
        _check_space(listed, folder, size - _size(part))
        progress(f"Fetching {listed.name}, {size / 1e6:,.0f} MB" + _already(part) + "…")
        _receive(listed, there, part, size)
        progress("Checking its SHA-256…")
        if sha256_of(part) != sha256:
            part.unlink()
            raise ModelError(
                f"What was fetched of {listed.name} is not the file that the hub describes (its SHA-256 is wrong), so it was "
                "thrown away. Run the command again; if it stays so, something between here and the hub alters files."
            )
        part.replace(target)
    except (httpx2.HTTPError, OSError) as error:  # the hub's own errors are both kinds
        kept = (
            f" What arrived ({_size(part) / 1e6:,.1f} MB) is kept, and the next run goes on there."
            if _size(part)
            else ""
        )
        raise ModelError(
            f"{listed.name} could not be fetched: {_first_line(error)}{kept} Check the network and the free space, and run "
            f"`rolewise setup --model {listed.name}` again; the models that were there are as they were."
        ) from error
    return target


def _described(listed: Listed) -> HfFileMetadata:
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    url = hf_hub_url(listed.repo, listed.file, revision=listed.revision)
    return get_hf_file_metadata(url, token=False, timeout=_TIMEOUT_S)


def _hash_and_size(listed: Listed, there: HfFileMetadata) -> tuple[str, int]:
    if not re.fullmatch(r"[0-9a-f]{64}", there.etag or "") or not there.size or not there.commit_hash:
        raise ModelError(
            f"The hub gives no SHA-256 and size for {listed.name}, so it cannot be checked and was not fetched. "
            "See whether HF_ENDPOINT names a hub."
        )
    return str(there.etag), there.size


def _receive(listed: Listed, there: HfFileMetadata, part: Path, size: int) -> None:
    """Append what is missing to the part file, from the very revision that was described."""
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get

    if _size(part) > size:
        part.unlink()
    url = hf_hub_url(listed.repo, listed.file, revision=there.commit_hash)
    with part.open("ab") as file:
        http_get(
            url,
            file,
            resume_size=file.tell(),
            expected_size=size,
            displayed_filename=listed.file,
        )


def _check_space(listed: Listed, folder: Path, missing: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < missing:
        raise ModelError(
            f"{listed.name} needs {missing / 1e6:,.0f} MB more in {folder}, where {free / 1e6:,.0f} MB are free. Nothing was "
            "fetched: free some space or set ROLEWISE_HOME to another folder, then run the command again."
        )


def _sweep(folder: Path, listed: Listed, part: Path) -> None:
    """Parts of a former version of the file are of no use any more."""
    for old in folder.glob(f".{listed.file}.*.part"):
        if old != part:
            old.unlink()


def _already(part: Path) -> str:
    return f", of which {_size(part) / 1e6:,.1f} MB are here" if _size(part) else ""


def _size(part: Path | None) -> int:
    return part.stat().st_size if part and part.is_file() else 0


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    line = lines[0].strip()[:300] if lines else type(error).__name__
    return line if line.endswith(".") else f"{line}."
