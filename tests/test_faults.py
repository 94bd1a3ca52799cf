"""Faults of the data folder, each really caused: afterwards every search is right, and nothing is doubled or lost."""

from __future__ import annotations

import itertools
import os
import pickle
import random
import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fault_home import (
    NURSING,
    OWN,
    Home,
    furnish,
    hold_the_lock,
    index_in_a_child,
    is_held,
    losses,
    persistent_collection,
    processes,
    rebuild_in_a_child,
)  # fmt: skip
from rolewise.errors import IndexFault
from rolewise.index import Store, lock, soundness
from rolewise.settings import Settings

SOAK = os.environ.get("ROLEWISE_TEST_SOAK") == "1"
Caused = Callable[..., None]
SEGMENT = ("data_level0.bin", "header.bin", "length.bin", "index_metadata.pickle")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Home:
    """A home that is whole. Tests work on copies of it."""
    folder = tmp_path_factory.mktemp("whole")
    home = Home(Settings(home=folder / "home", corpus=NURSING, model="none"), folder / "vectors", encoder)
    furnish(home)
    embedder = home.embedder
    embedder.embed_documents([p.search_text for p in home.corpus.passages])
    home.vectors.write_bytes(pickle.dumps(embedder.known))
    persistent_collection(home.index, embedder)
    Store(home.index, embedder).sync(home.corpus)
    home.settings.encoder_folder.symlink_to(encoder, target_is_directory=True)
    return home


@pytest.fixture
def home(whole: Home, tmp_path: Path) -> Home:
    return copied(whole, tmp_path / "home")


def copied(whole: Home, folder: Path) -> Home:
    shutil.copytree(whole.settings.home, folder, symlinks=True)
    return replace(whole, settings=whole.settings.model_copy(update={"home": folder}))


def mended(home: Home) -> tuple[list[str], str, list[str]]:
    """Open the index as every start does, and bring it in step: what was told, the notice that stays, and what was lost."""
    told: list[str] = []
    store = Store(home.index, home.embedder, tell=told.append)
    store.sync(home.corpus)
    return told, store.notice, losses(home, store)


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flipped(path: Path) -> None:
    """One bit wherever a word of the sources stands, for a page may keep what no row holds any more, or of what is in the
    middle; the file's time stays as it was: so does a bad disk."""
    times, content = path.stat(), bytearray(path.read_bytes())
    for at in [found.start() for found in re.finditer(b"crowns", content)] or [times.st_size // 2]:
        content[at] ^= 4
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def lost(path: Path) -> None:
    path.unlink()


def pairs(names: Sequence[str], damages: Sequence[Callable[[Path], None]]) -> list[tuple[str, Callable[[Path], None]]]:
    """Each file with each damage; in the fast form, each of both once at least."""
    if SOAK:
        return list(itertools.product(names, damages))
    count = max(len(names), len(damages))
    return [(names[at % len(names)], damages[at % len(damages)]) for at in range(count)]


def test_a_whole_index_is_opened_without_a_word_or_a_probe(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "_probed", lambda folder: pytest.fail("probed"))
    for _ in range(2):
        assert mended(home) == ([], "", [])


@pytest.mark.parametrize(("name", "damage"), pairs(("chroma.sqlite3", *SEGMENT), (truncated, flipped, emptied, lost)))
def test_damage_is_found_told_and_mended(home: Home, name: str, damage: Callable[[Path], None], caused: Caused) -> None:
    damage(home.index / name if name.endswith("sqlite3") else home.segment(name))
    told, notice, wrong = mended(home)
    caused(lost=wrong)
    assert len(told) == 1 and "damaged" in notice and told == [notice]
    assert "built anew from the sources; your documents, conversations and feedback are untouched" in notice
    assert home.index.with_name(home.index.name + ".damaged").is_dir()
    assert mended(home) == ([], "", [])


def test_after_a_kill_at_any_moment_of_indexing_nothing_is_doubled_or_lost(
    whole: Home, tmp_path: Path, caused: Caused
) -> None:
    seed = random.randrange(10_000)
    chance, killed, wrong = random.Random(seed), 0, []
    takes_s = 1.0

    def indexing(home: Home, name: str, kill_after_s: float | None) -> tuple[bool, float]:
        """Whether the process was killed while it indexed, and its seconds; both counted from where it begins."""
        begun = tmp_path / name
        child = processes().Process(target=index_in_a_child, args=(home, begun))
        child.start()
        while not begun.exists():
            time.sleep(0.005)
        started = time.monotonic()
        child.join(kill_after_s)
        child.kill()
        child.join()
        return child.exitcode == -9, time.monotonic() - started

    for round_ in range(51 if SOAK else 4):
        home = copied(whole, tmp_path / f"home{round_}")
        shutil.rmtree(home.index)
        home.index.with_name(home.index.name + ".seal.json").unlink()
        if round_ % 2:
            persistent_collection(home.index, home.embedder)
        if round_ == 0:
            _, takes_s = indexing(home, "whole", None)
        else:
            killed += indexing(home, f"kill{round_}", chance.uniform(0, takes_s))[0]
        told, _, lost_ones = mended(home)
        wrong += [f"round {round_} of seed {seed}: {loss}, {told}" for loss in lost_ones]
        shutil.rmtree(home.settings.home)
    caused(killed, wrong)
    assert killed > 0


def test_an_index_of_an_older_version_is_probed_and_kept(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.index.with_name(home.index.name + ".seal.json").unlink()
    monkeypatch.setattr(Store, "_add", lambda self, passages: pytest.fail("embedded anew"))
    told, notice, wrong = mended(home)
    assert (notice, wrong) == ("", []) and "Checking the index" in told[0]
    assert mended(home) == ([], "", [])


@pytest.mark.parametrize(
    ("name", "damage"), pairs(("chroma.sqlite3", "header.bin", "index_metadata.pickle"), (truncated, flipped, emptied))
)
def test_the_probe_finds_damage_that_no_seal_tells(
    home: Home, name: str, damage: Callable[[Path], None], caused: Caused
) -> None:
    home.index.with_name(home.index.name + ".seal.json").unlink()
    damage(home.index / name if name.endswith("sqlite3") else home.segment(name))
    _, _, wrong = mended(home)
    caused(lost=wrong)


def test_a_probe_that_hangs_is_ended_and_the_index_built_anew(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caused: Caused
) -> None:
    home.index.with_name(home.index.name + ".seal.json").unlink()
    hangs = tmp_path / "hangs.py"
    hangs.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(soundness, "_PROBE", hangs)
    monkeypatch.setattr(soundness, "_PROBE_S", 0.5)
    started = time.monotonic()
    told, notice, wrong = mended(home)
    caused(lost=wrong)
    assert "does not answer" in notice, told
    assert time.monotonic() - started < 30


def test_a_second_process_waits_says_so_and_gives_up_in_time(
    home: Home, monkeypatch: pytest.MonkeyPatch, caused: Caused
) -> None:
    monkeypatch.setattr(lock, "LIMIT_S", 1.0)
    holder = processes().Process(target=hold_the_lock, args=(home.index,))
    holder.start()
    while not is_held(home.index):
        time.sleep(0.01)
    told: list[str] = []
    with pytest.raises(IndexFault, match=r"Another RoleWise process.*Nothing was changed.*run again"):
        Store(home.index, home.embedder, tell=told.append)
    assert len(told) == 1 and "waiting for it, 1 seconds at most" in told[0]
    holder.kill()
    holder.join()
    told, notice, wrong = mended(home)
    caused(lost=wrong)
    assert (told, notice) == ([], "")


def test_a_search_waits_for_another_process_that_rebuilds_and_sees_what_one_has_added(
    home: Home, tmp_path: Path
) -> None:
    store = Store(home.index, home.embedder)
    store.sync(home.corpus)
    vector = home.embedder.embed_documents([home.corpus.passages[0].search_text])[0]
    child = processes().Process(target=rebuild_in_a_child, args=(home,))
    child.start()
    while child.is_alive():
        assert len(store.nearest(vector, 5)) == 5
    child.join()
    assert child.exitcode == 0
    assert losses(home, store) == []
    (home.settings.own_corpus / "articles" / "plan.md").write_text(OWN.replace("4,300", "4,300 or 5,100"))
    Store(home.index, home.embedder).sync(home.corpus)
    assert losses(home, store) == []
