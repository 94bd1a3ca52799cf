"""The kept vectors of a vocabulary: a damaged cache is made anew, and a disk that takes none stops nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from rolewise.index import MiniLM
from rolewise.index.adapter import Vectors
from rolewise.index.likeness import Likeness

PHRASES = ["nursing", "carpentry"]
_ON_FULL_DISK = """
import sys
from pathlib import Path
from rolewise.index import MiniLM
from rolewise.index.likeness import Likeness
found = Likeness(["nursing", "carpentry"], MiniLM(Path(sys.argv[1])), Path(sys.argv[2]))
print(*found.near(["nurse"], 0.5)["nurse"])
print(len(list(Path(sys.argv[2]).glob("words-*"))))
"""


@pytest.mark.parametrize("left", [0, 7, 200])
def test_an_empty_or_truncated_cache_is_made_anew(encoder: Path, tmp_path: Path, left: int) -> None:
    Likeness(PHRASES, MiniLM(encoder), tmp_path)
    (kept,) = tmp_path.glob("words-*.npy")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:left])
    assert list(Likeness(PHRASES, MiniLM(encoder), tmp_path).near(["nurse"], 0.5)["nurse"]) == ["nursing"]
    assert kept.read_bytes() == whole


def test_what_was_in_the_vocabulary_before_is_not_embedded_again(encoder: Path, tmp_path: Path) -> None:
    class Counting(MiniLM):
        embedded: ClassVar[list[str]] = []

        def plain(self, texts: list[str]) -> Vectors:
            self.embedded.extend(texts)
            return super().plain(texts)

    Likeness(PHRASES, Counting(encoder), tmp_path)
    grown = Likeness(["cooking", *PHRASES], Counting(encoder), tmp_path)
    assert Counting.embedded == [*PHRASES, "cooking"]
    alone = Likeness(["cooking", *PHRASES], MiniLM(encoder), tmp_path / "elsewhere")
    for word in ("nurse", "carpenter", "cook"):
        assert grown.near([word], 0.1) == {
            word: {p: pytest.approx(c, abs=1e-5) for p, c in alone.near([word], 0.1)[word].items()}
        }
    assert len(list(tmp_path.glob("words-*.npy"))) == 1


def test_what_makes_the_vectors_is_looked_up_once_for_all_phrases(encoder: Path, tmp_path: Path) -> None:
    class Asked(MiniLM):
        times = 0

        @property
        def made_by(self) -> str:
            self.times += 1
            return super().made_by

    embedder = Asked(encoder)
    assert list(Likeness(PHRASES, embedder, tmp_path).near(["nurse"], 0.5)["nurse"]) == ["nursing"]
    assert embedder.times == 1


@pytest.mark.parametrize("mount", ["full", "read-only"])
def test_a_disk_that_takes_no_cache_stops_nothing(encoder: Path, tmp_path: Path, mount: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    then = "mount -o remount,ro $0" if mount == "read-only" else "{ cat /dev/zero > $0/filler 2>/dev/null || true; }"
    script = (
        f'mount -t tmpfs -o size=64k none "$0" || exit 77; {then.replace("$0", chr(34) + "$0" + chr(34))}; exec "$@"'
    )
    ran = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, str(disk), sys.executable, "-c", _ON_FULL_DISK, str(encoder), str(disk)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    if ran.returncode == 77 or "unshare" in ran.stderr:
        pytest.skip("mounts are not permitted here")
    assert ran.stdout.split() == ["nursing", "0"], ran.stderr
