"""The index: a real Chroma folder, the real embedder, kept equal to the corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromadb.errors import InternalError

from conftest import COMMAND, ROOT, environment
from rolewise.corpus import Corpus, load_corpus
from rolewise.errors import IndexFault
from rolewise.index import MiniLM, Searcher, Store
from rolewise.settings import Settings, shipped_corpus

NURSING = ROOT / "examples" / "nursing"
NOTES = "articles/reading-the-comparison-with-care.md"


class CountingMiniLM(MiniLM):
    """The real embedder, which writes down what it embeds."""

    def __init__(self, encoder: Path) -> None:
        super().__init__(encoder)
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return super().embed_documents(texts)


@pytest.fixture(scope="module")
def counting(encoder: Path) -> CountingMiniLM:
    return CountingMiniLM(encoder)


@pytest.fixture
def embedder_that_counts(counting: CountingMiniLM) -> CountingMiniLM:
    counting.embedded.clear()
    return counting


@pytest.fixture(scope="module")
def searcher(home: Path, corpus: Corpus, embedder: MiniLM) -> Searcher:
    return Searcher(corpus, Store(Settings(home=home).index_folder, embedder), embedder)


def ids_of(corpus: Corpus) -> set[str]:
    return {p.id for p in corpus.passages}


def test_an_unchanged_corpus_is_embedded_once(
    tmp_path: Path, corpus: Corpus, embedder_that_counts: CountingMiniLM
) -> None:
    seen: list[tuple[int, int]] = []
    first = Store(tmp_path / "index", embedder_that_counts).sync(corpus, lambda done, total: seen.append((done, total)))
    size = len(corpus.passages)
    assert (first.added, first.removed, first.unchanged) == (size, 0, 0)
    assert sorted(embedder_that_counts.embedded) == sorted(p.search_text for p in corpus.passages)
    assert seen[-1] == (size, size)
    embedder_that_counts.embedded.clear()
    store = Store(tmp_path / "index", embedder_that_counts)
    second = store.sync(corpus)
    assert (second.added, second.removed, second.unchanged) == (0, 0, size)
    assert embedder_that_counts.embedded == []
    assert store.ids() == ids_of(corpus)


def test_large_sources_are_searched_among_more_candidates_without_embedding_anew(
    tmp_path: Path, corpus: Corpus, embedder_that_counts: CountingMiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path / "index", embedder_that_counts).sync(corpus)
    embedder_that_counts.embedded.clear()
    monkeypatch.setattr("rolewise.index.store._PASSAGES_A_HUNDRED", 10)
    Store(tmp_path / "index", embedder_that_counts).sync(corpus)
    store = Store(tmp_path / "index", embedder_that_counts)
    assert store._candidates == 1_200
    sealed = (tmp_path / "index.seal.json").read_bytes()
    report = store.sync(corpus)
    assert (report.added, report.unchanged) == (0, len(corpus.passages))
    assert (tmp_path / "index.seal.json").read_bytes() == sealed  # and it is written once
    assert embedder_that_counts.embedded == []
    question = embedder_that_counts.embed_query("Is a degree needed?")
    vectors = store._rows.get(include=["embeddings"])
    near = np.asarray(vectors["embeddings"]) @ np.asarray(question)
    assert store.nearest(question, 1)[0][0] == vectors["ids"][int(near.argmax())]


KILLED = """
import sys, time
from pathlib import Path
from rolewise.corpus import load_corpus
from rolewise.index import MiniLM, Store, store
store._BATCH = 8
def progress(done, total):
    print(done, flush=True)
    time.sleep(0.1)
Store(Path(sys.argv[1]), MiniLM(Path(sys.argv[2]))).sync(load_corpus(Path(sys.argv[3])), progress)
"""


def test_after_a_kill_only_the_rest_is_embedded(
    tmp_path: Path, corpus: Corpus, encoder: Path, embedder_that_counts: CountingMiniLM
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "index"), str(encoder), str(shipped_corpus())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for _ in range(6):
            assert process.stdout.readline().strip()
        process.kill()
    store = Store(tmp_path / "index", embedder_that_counts)
    written = store.ids()
    assert 4 * 8 <= len(written) < len(corpus.passages)
    report = store.sync(corpus)
    assert report.unchanged == len(written) and report.added == len(embedder_that_counts.embedded)
    rest = [p.search_text for p in corpus.passages if p.id not in written]
    assert sorted(embedder_that_counts.embedded) == sorted(rest)
    assert store.ids() == ids_of(corpus)


def test_what_the_writing_beside_the_encoder_meets_is_told(
    tmp_path: Path, corpus: Corpus, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise InternalError("database or disk is full")

    store = Store(tmp_path / "index", embedder)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "_upsert", full)
        with pytest.raises(IndexFault, match=r"disk is full.*corpus files are untouched.*rolewise index"):
            store.sync(corpus)
    assert store.sync(corpus).added == len(corpus.passages)


def test_an_edited_file_replaces_only_its_own_passages(
    tmp_path: Path, corpus: Corpus, corpus_copy: Path, embedder_that_counts: CountingMiniLM
) -> None:
    store = Store(tmp_path / "index", embedder_that_counts)
    store.sync(corpus)
    embedder_that_counts.embedded.clear()
    file = corpus_copy / NOTES
    file.write_text(file.read_text(encoding="utf-8").replace("is rounded", "was rounded"), encoding="utf-8")
    edited = load_corpus(corpus_copy)
    report = store.sync(edited)
    assert (report.added, report.removed) == (1, 1)
    assert len(embedder_that_counts.embedded) == 1 and "was rounded" in embedder_that_counts.embedded[0]
    assert store.ids() == ids_of(edited)
    gone = ids_of(corpus) - ids_of(edited)
    assert {corpus.document[corpus.by_id[i].document_id].path for i in gone} == {NOTES}


def test_a_removed_files_passages_go_and_are_no_longer_found(
    tmp_path: Path, corpus: Corpus, corpus_copy: Path, embedder_that_counts: CountingMiniLM
) -> None:
    store = Store(tmp_path / "index", embedder_that_counts)
    store.sync(corpus)
    (corpus_copy / NOTES).unlink()
    smaller = load_corpus(corpus_copy)
    embedder_that_counts.embedded.clear()
    report = store.sync(smaller)
    assert report.removed == len(corpus.passages) - len(smaller.passages) > 0
    assert (report.added, embedder_that_counts.embedded) == (0, [])
    assert store.ids() == ids_of(smaller)
    hits = Searcher(smaller, store, embedder_that_counts).search("Could the 15% figure be confirmed?", k=50)
    assert hits and not any(corpus.document[h.passage.document_id].path == NOTES for h in hits)


def test_rebuild_embeds_everything_anew_and_other_readers_go_on(
    tmp_path: Path, corpus: Corpus, embedder_that_counts: CountingMiniLM
) -> None:
    reader, writer = (Store(tmp_path / "index", embedder_that_counts) for _ in range(2))
    reader.sync(corpus)
    searcher = Searcher(corpus, reader, embedder_that_counts)
    embedder_that_counts.embedded.clear()
    report = writer.rebuild(corpus)
    assert (report.added, report.unchanged) == (len(corpus.passages), 0)
    assert len(embedder_that_counts.embedded) == len(corpus.passages)
    assert writer.ids() == ids_of(corpus)
    assert searcher.search("cloud platforms", k=1)[0].cosine > 0.3
    assert reader.sync(corpus).unchanged == len(corpus.passages)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("being the boss of colleagues", "leads a team of machine learning engineers"),
        ("Is a doctorate expected?", "a Ph.D. in Computer Science or a related field is preferred"),
        ("talking to laypeople", "technical concepts to non-technical stakeholders"),
    ],
)
def test_a_passage_is_found_by_meaning_without_a_shared_word(searcher: Searcher, query: str, found: str) -> None:
    hits = searcher.search(query, k=15)
    assert any(found in h.passage.text for h in hits), [h.passage.text for h in hits]
    assert all(-1.0 <= h.cosine <= 1.0 for h in hits)


@pytest.mark.parametrize("word", ["1,795,300", "111K", "five-minute", "Galveston", "Kafka"])
def test_a_passage_is_found_by_a_word_or_number_that_embeddings_miss(searcher: Searcher, word: str) -> None:
    assert any(word in h.passage.text for h in searcher.search(word, k=5))


def test_small_sources_hide_none_of_the_nearest(home: Path, corpus: Corpus, embedder: MiniLM) -> None:
    store = Store(Settings(home=home).index_folder, embedder)
    matrix = np.asarray(embedder.embed_documents([p.search_text for p in corpus.passages]))
    for ask in corpus.vocabulary.asks[:100]:
        question = embedder.embed_query(ask.text)
        cosines = matrix @ np.asarray(question)
        found = [cosine for _, cosine in store.nearest(question, 96)]
        assert found == pytest.approx(sorted(cosines, reverse=True)[:96], abs=1e-5), ask.text


def test_hits_come_best_first_and_at_most_k(searcher: Searcher) -> None:
    hits = searcher.search("programming languages", k=7)
    assert len(hits) == 7
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.passage.id for h in hits}) == 7


def test_a_role_filter_leaves_other_roles_out(searcher: Searcher, corpus: Corpus) -> None:
    for role in corpus.roles:
        hits = searcher.search("strong programming skills", (role.id,), k=30)
        assert hits[0].passage.roles == (role.id,)
        assert all(not h.passage.roles or role.id in h.passage.roles for h in hits)
    both = tuple(r.id for r in corpus.roles)
    assert {h.passage.roles for h in searcher.search("strong programming skills", both, k=4)} >= {(r,) for r in both}


def test_roles_leave_in_the_same_passages_whether_we_filter_or_chroma_does(
    searcher: Searcher, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, filters = Store.nearest, []

    def noted(store: Store, embedding: list[float], k: int, where: Any = None) -> list[tuple[str, float]]:
        filters.append(where)
        return asked(store, embedding, k, where)

    def found() -> list[list[tuple[str, float]]]:
        each = [searcher.search("strong programming skills", (role.id,), k=30) for role in corpus.roles]
        return [[(hit.passage.id, round(hit.cosine, 5)) for hit in hits] for hits in each]

    monkeypatch.setattr(Store, "nearest", noted)
    ours = found()
    assert filters and not any(filters)
    monkeypatch.setattr("rolewise.index.search._WIDER", 1)
    assert found() == ours
    assert any(filters), "too few of the nearest are left in, and Chroma was not asked for more"


@pytest.mark.parametrize("query", ["", "   ", "???", "🤖", "the of and", "x" * 20_000, "a\x00b", '"; DROP TABLE --'])
def test_no_query_breaks_the_search(searcher: Searcher, query: str) -> None:
    assert len(searcher.search(query, k=3)) <= 3


def test_ids_are_the_same_in_every_process(corpus: Corpus) -> None:
    script = (
        "import sys; from pathlib import Path; from rolewise.corpus import load_corpus\n"
        "print(*[p.id for p in load_corpus(Path(sys.argv[1])).passages])"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(shipped_corpus())],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == [p.id for p in corpus.passages]


def test_two_processes_that_sync_at_once_both_end_well(tmp_path: Path, embedder: MiniLM, encoder: Path) -> None:
    corpus = load_corpus(NURSING)
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    command, env = [COMMAND, "index"], environment(home=tmp_path, corpus=NURSING)
    running = [
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for *_, code in ended] == [0, 0], ended
    added = sorted(int(out.split("added ")[1].split(",")[0]) for out, *_ in ended)
    assert added == [0, len(corpus.passages)], "the second should have found the first one's work"
    store = Store(Settings(home=tmp_path, corpus=NURSING).index_folder, embedder)
    assert store.ids() == ids_of(corpus)
    assert len(store.chroma.get(include=[])["ids"]) == len(corpus.passages)


def test_a_folder_that_cannot_be_made_is_a_fault_with_its_fix(tmp_path: Path, embedder: MiniLM) -> None:
    blocked = tmp_path / "home"
    blocked.write_text("a file stands here")
    with pytest.raises(IndexFault, match=r"cannot be opened.*corpus files are untouched.*ROLEWISE_HOME"):
        Store(blocked / "index", embedder)
    assert blocked.read_text() == "a file stands here"


def test_what_is_no_database_is_set_aside_and_the_index_begun_again(
    tmp_path: Path, corpus: Corpus, embedder: MiniLM
) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    told: list[str] = []
    store = Store(folder, embedder, tell=told.append)
    assert "set aside" in told[-1] and store.notice == told[-1]
    store.sync(corpus)
    assert store.ids() == ids_of(corpus)
    assert (tmp_path / "index.damaged" / "chroma.sqlite3").read_bytes().startswith(b"no database")
