"""The index in a real Chroma server: filled once, read by several, away and back."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ClassVar

import chromadb
import pytest

from chroma_server import ChromaServer
from conftest import ROOT, Ran
from fault_home import fill_in_a_child, processes
from model_server import Endpoint, Handler
from rolewise.corpus import Corpus, load_corpus
from rolewise.errors import IndexFault, UsageError
from rolewise.index import MiniLM, Searcher, Store
from rolewise.index.server import ServerStore
from rolewise.settings import Settings, load_settings

NURSING = ROOT / "examples" / "nursing"
QUERIES = ("Who may prescribe medicines?", "night shifts", "How long is the training?", "leading a ward")


class CountingMiniLM(MiniLM):
    """The real encoder, which counts what it is given to embed, and embeds each text once for all tests."""

    embedded = 0
    known: ClassVar[dict[str, list[float]]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        if new := [text for text in dict.fromkeys(texts) if text not in self.known]:
            self.known.update(zip(new, super().embed_documents(new), strict=True))
        return [self.known[text] for text in texts]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma") / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(running: ChromaServer) -> ChromaServer:
    """The server without collections."""
    client = chromadb.HttpClient(running.url)
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    return running


@pytest.fixture(scope="module")
def nursing() -> Corpus:
    return load_corpus(NURSING)


@pytest.fixture
def opened(server: ChromaServer, encoder: Path) -> Callable[..., tuple[ServerStore, CountingMiniLM]]:
    """A store as one app process has it, and its encoder."""

    def make(silence_s: float = 30.0) -> tuple[ServerStore, CountingMiniLM]:
        embedder = CountingMiniLM(encoder)
        return ServerStore(Settings(chroma_url=server.url), embedder, silence_s), embedder

    return make


Opened = Callable[..., tuple[ServerStore, CountingMiniLM]]
Caused = Callable[..., None]
Filler = Callable[[int], BaseProcess]


def names(server: ChromaServer) -> list[str]:
    return sorted(c.name for c in chromadb.HttpClient(server.url).list_collections())


def lost_or_doubled(store: ServerStore, corpus: Corpus) -> list[str]:
    """Passages that the server's index lacks, or has beyond those of the corpus."""
    return sorted(store.ids() ^ set(corpus.by_id))


def hits(store: ServerStore, corpus: Corpus, embedder: MiniLM) -> list[list[str]]:
    searcher = Searcher(corpus, store, embedder)
    return [[h.passage.id for h in searcher.search(query)] for query in QUERIES]


def test_a_second_process_finds_the_index_whole_and_searches_as_in_a_folder(
    opened: Opened, nursing: Corpus, tmp_path: Path, server: ChromaServer
) -> None:
    (first, counting), (second, idle) = opened(), opened()
    seen: list[tuple[int, int]] = []
    report = first.sync(nursing, lambda done, total: seen.append((done, total)))
    size = len(nursing.passages)
    assert (report.added, report.removed, report.unchanged) == (size, 0, 0) and seen[-1] == (size, size)
    again = second.sync(nursing)
    assert (again.added, again.unchanged, idle.embedded, counting.embedded) == (0, size, 0, size)
    assert first.ids() == second.ids() == set(nursing.by_id)
    folder = Store(tmp_path / "index", counting)
    folder.sync(nursing)
    searched = Searcher(nursing, folder, counting)
    expected = [[h.passage.id for h in searched.search(query)] for query in QUERIES]
    assert hits(first, nursing, counting) == hits(second, nursing, idle) == expected
    roles = tuple(r.id for r in nursing.roles[:1])
    found = Searcher(nursing, second, idle).search("training", roles, k=30)
    assert found and all(not h.passage.roles or set(h.passage.roles) & set(roles) for h in found)


def test_neither_texts_nor_titles_are_sent(opened: Opened, nursing: Corpus, server: ChromaServer) -> None:
    store, _ = opened()
    store.sync(nursing)
    (name,) = names(server)
    kept = chromadb.HttpClient(server.url).get_collection(name).get(include=["documents", "metadatas"])
    assert set(kept["documents"] or [None]) == {None}
    assert {key for metadata in kept["metadatas"] or [] for key in metadata} <= {
        "document",
        "general",
        "roles",
        "aspects",
    }


def test_processes_that_start_at_once_embed_the_corpus_once(opened: Opened, nursing: Corpus) -> None:
    apps = [opened() for _ in range(3)]
    with ThreadPoolExecutor(len(apps)) as at_once:
        list(at_once.map(lambda app: app[0].sync(nursing), apps))
    assert sorted(embedder.embedded for _, embedder in apps) == [0, 0, len(nursing.passages)]
    assert all(store.ids() == set(nursing.by_id) for store, _ in apps)


def test_each_process_reads_its_own_state_of_the_corpus_and_only_what_is_new_is_embedded(
    opened: Opened, nursing: Corpus, tmp_path: Path
) -> None:
    import shutil

    (old, before), (new, after) = opened(), opened()
    old.sync(nursing)
    found = hits(old, nursing, before)
    copy = shutil.copytree(NURSING, tmp_path / "corpus")
    article = next((copy / "articles").glob("*.md"))
    article.write_text(article.read_text(encoding="utf-8") + "\nEvery ward keeps a parrot.\n", encoding="utf-8")
    edited = load_corpus(copy)
    fresh = set(edited.by_id) - set(nursing.by_id)
    report = new.sync(edited)
    assert fresh and report.added == after.embedded == len(fresh)
    assert new.ids() == set(edited.by_id) and old.ids() == set(nursing.by_id)
    parrots = Searcher(edited, new, after).search("a parrot on every ward", k=1)
    assert parrots[0].passage.id in fresh and parrots[0].cosine > 0.5
    assert hits(old, nursing, before) == found, "another process's newer sources changed what this one finds"
    report = old.sync(edited)
    assert (report.added, report.removed) == (0, len(set(nursing.by_id) - set(edited.by_id)))


def test_vectors_of_another_version_of_the_model_are_neither_searched_nor_copied_and_that_is_told(
    opened: Opened, nursing: Corpus, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old, before), (new, after) = opened(), opened()
    old.sync(nursing)
    assert old.notice == ""
    monkeypatch.setattr(after, "_version", "another version", raising=False)
    monkeypatch.setattr(CountingMiniLM, "made_by", property(lambda self: getattr(self, "_version", "all-MiniLM-L6-v2")))
    assert new.sync(nursing).added == after.embedded == len(nursing.passages)
    assert "another embedding model" in new.notice and "untouched" in new.notice
    assert old.ids() == new.ids() == set(nursing.by_id) and len(names(server)) == 2
    assert hits(old, nursing, before)[0]


@pytest.fixture
def filler(
    server: ChromaServer, encoder: Path, nursing: Corpus, tmp_path: Path
) -> Iterator[Callable[[int], BaseProcess]]:
    """Starts a process that fills slowly, and waits until it has written so many batches."""
    vectors = tmp_path / "vectors"
    CountingMiniLM(encoder).embed_documents([p.search_text for p in nursing.passages])
    vectors.write_bytes(pickle.dumps(CountingMiniLM.known))
    started: list[BaseProcess] = []

    def half_filled(batches: int) -> BaseProcess:
        there, here = processes().Pipe(duplex=False)
        process = processes().Process(target=fill_in_a_child, args=(server.url, vectors, encoder, here))
        process.start()
        started.append(process)
        here.close()
        for _ in range(batches):
            assert there.poll(60) and there.recv()
        there.close()
        return process

    yield half_filled
    for process in started:
        process.kill()


def test_another_process_goes_on_where_one_is_killed(
    opened: Opened, nursing: Corpus, server: ChromaServer, filler: Filler, caused: Caused
) -> None:
    filling = filler(3)
    filling.kill()
    filling.join()
    assert [name.endswith("-filling") for name in names(server)] == [True], "half an index is nobody's to read"
    store, embedder = opened(silence_s=1.0)
    store.sync(nursing)
    assert embedder.embedded <= len(nursing.passages) - 3 * 8
    caused(lost=lost_or_doubled(store, nursing))
    assert len(names(server)) == 1


def test_a_process_that_was_halted_while_filling_harms_nothing_when_it_goes_on(
    opened: Opened, nursing: Corpus, server: ChromaServer, filler: Filler, caused: Caused
) -> None:
    filling = filler(2)
    assert filling.pid
    os.kill(filling.pid, signal.SIGSTOP)
    store, embedder = opened(silence_s=1.0)
    store.sync(nursing)
    os.kill(filling.pid, signal.SIGCONT)
    filling.join(60)
    assert filling.exitcode == 0
    caused(lost=lost_or_doubled(store, nursing))
    assert len(names(server)) == 1
    assert hits(store, nursing, embedder)[0]


def test_a_rebuild_takes_the_place_of_the_index_that_others_search_meanwhile(
    opened: Opened, nursing: Corpus, server: ChromaServer
) -> None:
    (reader, embedder), (writer, rebuilding) = opened(), opened()
    reader.sync(nursing)
    expected, stop, wrong = hits(reader, nursing, embedder), threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            if (found := hits(reader, nursing, embedder)) != expected:
                wrong.append(found)

    thread = threading.Thread(target=read)
    thread.start()
    report = writer.rebuild(nursing)
    time.sleep(0.3)
    stop.set()
    thread.join(30)
    assert report.added == rebuilding.embedded == len(nursing.passages)
    assert wrong == [] and len(names(server)) == 1


def test_a_search_waits_out_a_restart_of_the_server(
    opened: Opened, nursing: Corpus, server: ChromaServer, monkeypatch: pytest.MonkeyPatch, caused: Caused
) -> None:
    # On a busy machine the server itself takes longer to start than a person is made to wait.
    monkeypatch.setattr("rolewise.index.connection._PATIENCE_S", 60.0)
    store, embedder = opened()
    store.sync(nursing)
    expected = hits(store, nursing, embedder)
    server.kill()
    with ThreadPoolExecutor(1) as others:
        asking = others.submit(hits, store, nursing, embedder)
        server.start()
        assert asking.result(90) == expected
    caused(lost=lost_or_doubled(store, nursing))


def test_a_server_that_stays_away_is_named_in_time_and_found_again(
    opened: Opened, nursing: Corpus, server: ChromaServer, monkeypatch: pytest.MonkeyPatch, caused: Caused
) -> None:
    monkeypatch.setattr("rolewise.index.connection._PATIENCE_S", 2.0)
    store, embedder = opened()
    store.sync(nursing)
    expected, question = hits(store, nursing, embedder), embedder.embed_query("training")
    server.halt()
    started = time.monotonic()
    with pytest.raises(
        IndexFault, match=rf"{server.url} cannot be reached.*answered again as soon.*ROLEWISE_CHROMA_URL"
    ):
        store.nearest(question, 3)
    assert time.monotonic() - started < 10
    server.go_on()
    assert hits(store, nursing, embedder) == expected
    caused(lost=lost_or_doubled(store, nursing))


def test_a_server_that_comes_back_empty_is_filled_again(
    opened: Opened, nursing: Corpus, server: ChromaServer, caused: Caused
) -> None:
    store, embedder = opened()
    store.sync(nursing)
    expected = hits(store, nursing, embedder)
    chromadb.HttpClient(server.url).delete_collection(names(server)[0])
    assert hits(store, nursing, embedder) == expected
    caused(lost=lost_or_doubled(store, nursing))


def test_what_nobody_used_for_a_week_goes_and_what_is_not_ours_stays(
    opened: Opened, nursing: Corpus, server: ChromaServer
) -> None:
    client = chromadb.HttpClient(server.url)
    week_ago = int(time.time()) - 8 * 86_400
    client.create_collection("rolewise-old", metadata={"rolewise_used": week_ago})
    client.create_collection("rolewise-of-somebody-else")
    client.create_collection("corpus-of-somebody-else", metadata={"rolewise_used": week_ago})
    store, _ = opened()
    store.sync(nursing)
    kept = set(names(server)) - {"rolewise-of-somebody-else", "corpus-of-somebody-else"}
    assert len(kept) == 1 and "rolewise-old" not in kept


def refuses(handler: Handler) -> None:
    handler.head(401, "text/plain")
    handler.raw("who are you?")


def test_a_page_that_was_opened_without_its_server_answers_once_it_is_there(
    server: ChromaServer, tmp_path: Path, encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rolewise.advisor import Advisor
    from rolewise.web.opening import Opening

    monkeypatch.setattr("rolewise.index.connection._PATIENCE_S", 0.5)
    monkeypatch.setattr("rolewise.web.opening.AGAIN_S", 0.1)
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    server.kill()
    opening = Opening(Advisor(Settings(home=tmp_path, chroma_url=server.url, corpus=NURSING, model="none")))
    for _ in opening.words():
        pass
    assert "cannot be reached" in opening.failure
    server.start()
    time.sleep(0.2)
    for _ in opening.words():
        pass
    assert opening.failure == ""
    assert opening.advisor.invoke("Which of the three prescribes medicines?").citations


@pytest.mark.parametrize(
    ("said", "told"),
    [((401, "who are you?"), "refuses access.*ROLEWISE_CHROMA_TOKEN"), ((200, "It works!"), "no Chroma server.*ROLEWISE_CHROMA_URL")],
)  # fmt: skip
def test_a_wrong_token_or_server_is_named_with_its_fix(
    said: tuple[int, str], told: str, embedder: MiniLM, nursing: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = Endpoint(refuses)

    def answer(handler: Handler) -> None:
        handler.head(said[0], "text/plain")
        handler.raw(said[1])

    monkeypatch.setattr(Handler, "do_GET", answer)
    settings = Settings(chroma_url=f"http://me:secret@127.0.0.1:{endpoint.server.server_port}", chroma_token="t0ken")
    with pytest.raises(IndexFault, match=told) as fault:
        ServerStore(settings, embedder).sync(nursing)
    assert "secret" not in str(fault.value) and "t0ken" not in str(fault.value)
    endpoint.close()


def test_an_address_without_a_scheme_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEWISE_CHROMA_URL", "chroma:8000")
    with pytest.raises(UsageError, match=r"ROLEWISE_CHROMA_URL is wrong.*http://127.0.0.1:8000"):
        load_settings()


def test_the_commands_work_with_a_server_as_with_a_folder(
    rolewise: Callable[..., Ran], server: ChromaServer, tmp_path: Path, encoder: Path
) -> None:
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    chosen = {"home": tmp_path, "chroma_url": server.url, "corpus": NURSING, "model": "none"}
    indexed = rolewise("index", **chosen)
    assert indexed.code == 0 and server.url in indexed.out and not indexed.out.startswith("added 0")
    asked = rolewise("ask", "Which of the three prescribes medicines?", **chosen)
    assert asked.code == 0 and "[1]" in asked.out
    rebuilt = rolewise("index", "--rebuild", **chosen)
    assert rebuilt.code == 0 and "unchanged 0" in rebuilt.out
    assert not list(tmp_path.rglob("chroma.sqlite3"))
