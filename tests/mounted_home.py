"""Run as root in mounts of its own: a data folder on a full disk, and on one that is mounted read-only.

`python mounted_home.py full|read-only FOLDER ENCODER` prints what happened as JSON.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from fault_home import NURSING, Home, furnish, losses
from rolewise import feedback
from rolewise.advisor import Advisor
from rolewise.corpus import imports, load_corpus
from rolewise.errors import RoleWiseError
from rolewise.index import Store, open_index
from rolewise.settings import Settings

PAPER = "# A leaf\n\nThe course in Bergen costs 9,100 crowns.\n" + "A line that takes room on the disk.\n" * 20_000
SAID = feedback.Feedback("down", "x" * 2_000, "a2", "Which?", "y" * 400_000, datetime(2026, 1, 3, tzinfo=timezone.utc))


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def furnished(folder: Path, encoder: Path, vectors: Path) -> Home:
    home = Home(Settings(home=folder / "home", corpus=NURSING, model="none"), vectors, encoder)
    furnish(home)
    home.settings.encoder_folder.symlink_to(encoder, target_is_directory=True)
    embedder = home.embedder
    embedder.embed_documents([p.search_text for p in home.corpus.passages])
    home.vectors.write_bytes(pickle.dumps(embedder.known))
    return home


def started(home: Home) -> tuple[str, list[str]]:
    """The notice, and what is lost or wrong, after a start."""
    store = open_index(home.settings, home.embedder)
    assert isinstance(store, Store)
    store.sync(home.corpus)
    return store.notice, losses(home, store)


def told(home: Home) -> dict[str, str]:
    """What indexing, feedback and taking in a document say where nothing can be written; empty where they went well."""
    said = dict.fromkeys(("index", "feedback", "import"), "")
    try:
        started(home)
    except RoleWiseError as error:
        said["index"] = str(error)
    try:
        feedback.store(home.settings, SAID)
    except RoleWiseError as error:
        said["feedback"] = str(error)
    paper = home.vectors.parent / "leaf.md"
    paper.write_text(PAPER)
    try:
        (outcome,) = imports.add([paper], home.settings.own_corpus, load_corpus(NURSING))
        said["import"] = outcome.said if outcome.status == "failed" else ""
    except RoleWiseError as error:
        said["import"] = str(error)
    return said


def full(folder: Path, encoder: Path) -> list[dict[str, object]]:
    """With so many bytes left when it begins: none, and as many as let it come some of the way."""
    found: list[dict[str, object]] = []
    for free in (0, 60_000, 300_000):
        place = folder / str(free)
        place.mkdir()
        (disk := place / "home").mkdir()
        mount("-t", "tmpfs", "-o", "size=16m", "none", str(disk))
        home = furnished(place, encoder, folder / "vectors")
        filler = disk / "filler"
        left = shutil.disk_usage(disk).free - free
        filler.write_bytes(b"0" * max(0, left))
        said = told(home)
        parts = [str(p) for p in home.settings.own_corpus.rglob("*.part")]
        filler.unlink()
        notice, lost = started(home)
        found.append({"free": free, "said": said, "parts": parts, "notice": notice, "lost": lost})
        subprocess.run(["umount", "-l", str(disk)], check=True)
    return found


def read_only(folder: Path, encoder: Path) -> list[dict[str, object]]:
    home = furnished(folder, encoder, folder / "vectors")
    place = home.settings.home
    started(home)
    before = {str(p): p.stat().st_mtime_ns for p in place.rglob("*")}
    mount("--bind", str(place), str(place))
    mount("-o", "remount,bind,ro", str(place))
    advisor = Advisor(home.settings)
    answer = advisor.invoke("What does the night course in Tromsø cost?")
    advisor.renew()
    found = {"said": told(home), "notice": advisor.notice, "answer": answer.answer}
    advisor.close()
    found["before"] = before == {str(p): p.stat().st_mtime_ns for p in place.rglob("*")}
    subprocess.run(["umount", "-l", str(place)], check=True)
    return [found | dict(zip(("after", "lost"), started(home), strict=True))]


if __name__ == "__main__":
    what = {"full": full, "read-only": read_only}[sys.argv[1]]
    print(json.dumps(what(Path(sys.argv[2]), Path(sys.argv[3]))))
