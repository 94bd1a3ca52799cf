"""A data folder of another version, or with vectors of another model: nothing is lost, and people are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as ChromaSettings

from conftest import Ran
from fault_home import NURSING, OWN, Home, furnish, losses
from rolewise.advisor import Advisor
from rolewise.errors import HomeFault
from rolewise.index import Likeness, MiniLM, Store, open_index
from rolewise.index.store import OTHER_MODEL
from rolewise.settings import Settings


@pytest.fixture
def home(tmp_path: Path, encoder: Path) -> Home:
    home = Home(Settings(home=tmp_path / "home", corpus=NURSING, model="none"), tmp_path / "vectors", encoder)
    furnish(home)
    return home


def client_of(home: Home) -> chromadb.api.ClientAPI:
    return chromadb.PersistentClient(str(home.index), ChromaSettings(anonymized_telemetry=False, is_persistent=True))


def collection(home: Home, name: str, vectors: np.ndarray) -> None:
    """The passages under vectors that another version has made of them, with no word about what made them."""
    client = client_of(home)
    made = client.create_collection(
        name, configuration={"hnsw": {"space": "cosine"}}, metadata=None, embedding_function=None
    )
    passages = home.corpus.passages
    made.add([p.id for p in passages], vectors, documents=[p.search_text for p in passages])
    client.close()


def opened(home: Home) -> tuple[str, list[str]]:
    """The notice, and what is lost, after a start."""
    store = open_index(home.settings, home.embedder)
    assert isinstance(store, Store)
    store.sync(home.corpus)
    return store.notice, losses(home, store)


def strange(home: Home, dimensions: int) -> np.ndarray:
    made = np.random.default_rng(1).normal(size=(len(home.corpus.passages), dimensions)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("name", "dimensions"), [("all-MiniLM-L6-v2", 384), ("all-MiniLM-L6-v2", 64), ("older-model", 64)]
)
def test_vectors_of_another_model_are_made_anew_and_people_told_once(home: Home, name: str, dimensions: int) -> None:
    collection(home, f"corpus-{name}", strange(home, dimensions))
    assert opened(home) == (OTHER_MODEL, [])
    assert opened(home) == ("", [])
    assert [c.name for c in client_of(home).list_collections()] == ["corpus-all-MiniLM-L6-v2"]


def test_an_index_of_the_same_model_without_a_mark_is_kept(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = np.asarray(home.embedder.embed_documents([p.search_text for p in home.corpus.passages]), np.float32)
    collection(home, "corpus-all-MiniLM-L6-v2", vectors)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "_upsert", lambda self, batch, vectors: pytest.fail("embedded anew"))
        assert opened(home) == ("", [])
    monkeypatch.setattr(Store, "_strange", lambda self: pytest.fail("compared again"))
    assert opened(home) == ("", [])


def test_a_folder_without_a_form_is_adopted_and_a_damaged_word_on_it_is_written_anew(home: Home) -> None:
    form = home.settings.home / "format.json"
    for former in (None, "", "[1]", '{"format": 0, "written_by": "0.0.1"}'):
        if former is not None:
            form.write_text(former)
        assert opened(home) == ("", [])
        assert json.loads(form.read_text())["format"] == 1
    assert not list(form.parent.glob("*.part"))


def test_a_folder_of_a_newer_version_is_refused_untouched(home: Home, rolewise: Callable[..., Ran]) -> None:
    opened(home)
    (home.settings.home / "format.json").write_text('{"format": 7, "written_by": "3.1"}')
    paper = home.settings.home.parent / "paper.md"
    paper.write_text(OWN)

    def looks() -> dict[Path, tuple[int, int]]:
        return {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(home.settings.home.rglob("*"))}

    before = looks()
    for command in (["index"], ["ask", "Hello?"], ["add", str(paper)], ["remove", "plan"], ["feedback"], ["doctor"]):
        ran = rolewise(*command, home=home.settings.home, corpus=NURSING, model="none")
        assert ran.code == 1 and "newer RoleWise (3.1" in ran.err and "Nothing in it was touched" in ran.err, ran
    with pytest.raises(HomeFault, match="point ROLEWISE_HOME to another folder"):
        open_index(home.settings, home.embedder)
    with pytest.raises(HomeFault, match="Nothing in it was touched"):
        Advisor(home.settings).load()
    assert looks() == before


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"no array"])
def test_kept_vectors_that_are_damaged_are_made_anew(tmp_path: Path, embedder: MiniLM, content: bytes) -> None:
    near = Likeness(["nurse", "midwife"], embedder, tmp_path).near(["nurses"], 0.0)
    (kept,) = tmp_path.glob("words-*.npy")
    kept.write_bytes(content)
    assert Likeness(["nurse", "midwife"], embedder, tmp_path).near(["nurses"], 0.0) == near
    assert np.load(kept)["vector"].shape == (2, 384)


def test_vectors_kept_by_an_older_version_are_made_anew(tmp_path: Path, embedder: MiniLM) -> None:
    near = Likeness(["nurse", "midwife"], embedder, tmp_path).near(["nurses"], 0.0)
    (kept,) = tmp_path.glob("words-*.npy")
    np.save(kept, np.zeros((2, 384), dtype=np.float32))
    assert Likeness(["nurse", "midwife"], embedder, tmp_path).near(["nurses"], 0.0) == near
