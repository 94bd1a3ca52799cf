"""A data folder on a disk that is full or read-only, really mounted so: root, who runs the tests, ignores file modes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

UNSHARE = shutil.which("unshare")
SCRIPT = Path(__file__).with_name("mounted_home.py")
MOUNTS = (
    UNSHARE is not None and not subprocess.run([UNSHARE, "-m", "true"], capture_output=True, check=False).returncode
)
pytestmark = pytest.mark.skipif(not MOUNTS, reason="mounting is not permitted here")


def happened(what: str, folder: Path, encoder: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [str(UNSHARE), "-m", sys.executable, str(SCRIPT), what, str(folder), str(encoder)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_on_a_full_disk_all_say_so_nothing_is_lost_and_the_next_start_is_right(tmp_path: Path, encoder: Path) -> None:
    for found in happened("full", tmp_path, encoder):
        said = found["said"]
        assert found["lost"] == [] and found["parts"] == [], found
        if found["free"] < 300_000:
            assert "Check free disk space" in said["index"] and "untouched" in said["index"], found
        assert "free disk space" in said["feedback"] and "Nothing was stored" in said["feedback"], found
        assert "free disk space" in said["import"] and "as it was" in said["import"], found


def test_from_a_read_only_folder_answers_go_on_and_it_is_said_what_is_not_kept(tmp_path: Path, encoder: Path) -> None:
    (found,) = happened("read-only", tmp_path, encoder)
    assert "4,300" in found["answer"]
    assert "cannot be written: a temporary copy of it is used" in found["notice"]
    assert "Nothing was stored" in found["said"]["feedback"] and "cannot be written" in found["said"]["import"], found
    assert found["before"] and (found["after"], found["lost"]) == ("", [])
