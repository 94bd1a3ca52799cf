"""The embedding model served without torch: the same vectors as the reference, a fast start, and no harm when it is damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import ROOT, environment
from rolewise.corpus import Corpus
from rolewise.errors import EncoderError
from rolewise.evaluation.golden import read_golden
from rolewise.index import MiniLM, Searcher, Store
from rolewise.index.encoder import Encoder, _batches, open_encoder
from rolewise.index.export import LEAST_COSINE, TEXTS, export
from rolewise.index.reference import Reference
from rolewise.settings import Settings

VARIED = [
    "", " ", "\n", "?", "a", "Do I need a PhD to become a lead?", "  spaces   around  ", "UPPER and lower", "C++, C# and .NET",
    "naïve façade, Ærøskøbing, ğüşiöç", "日本語の質問です", "كم الراتب", "Сколько платят?", "ｆｕｌｌ ｗｉｄｔｈ", "a\u0000b\u200bc",
    "🤖", "👩🏽‍💻 works from home 🏡", "[CLS] not special [SEP] or is it [MASK]", "x" * 20_000, "word " * 300,
    "Salary: $120,000–$160,000 (2024); 1,795,300 openings.", "# A heading\n\n- one\n- two\n\n| a | b |",
]  # fmt: skip
LIMIT = "word " * 254  # with [CLS] and [SEP] exactly as many tokens as are read


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference()


@pytest.fixture
def copied(encoder: Path, tmp_path: Path) -> Path:
    """An export to damage."""
    return shutil.copytree(encoder, tmp_path / "encoder")


def graph_of(folder: Path) -> Path:
    (graph,) = folder.glob("*.onnx")
    return graph


def cosines(one: Any, other: Any) -> Any:
    return np.sum(np.asarray(one) * np.asarray(other), axis=1)


def test_the_export_gives_the_references_vectors(embedder: MiniLM, reference: Reference) -> None:
    own, theirs = embedder.plain(VARIED), reference.encode(VARIED)
    assert cosines(own, theirs).min() >= LEAST_COSINE
    assert np.abs(np.asarray(own) - theirs).max() < 1e-4, "vectors kept from before would no longer fit"
    assert np.linalg.norm(own, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_it_gives_them_for_every_passage_of_the_corpus(embedder: MiniLM, reference: Reference, corpus: Corpus) -> None:
    texts = [p.search_text for p in corpus.passages]
    assert cosines(embedder.plain(texts), reference.encode(texts)).min() >= LEAST_COSINE


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: MiniLM) -> None:
    among = embedder.embed_documents(VARIED)
    assert cosines(among, [embedder.embed_query(text) for text in VARIED]).min() > 0.99999
    assert embedder.embed_documents([]) == []


def test_questions_come_nearer_to_what_answers_them_by_the_adapter(
    encoder: Path, embedder: MiniLM, corpus: Corpus
) -> None:
    """On development rows, to which it is not fitted; another vector for each text, and a name of its own."""
    rows = [
        r for r in read_golden(ROOT / "evals" / "golden.jsonl") if r.split == "dev" and r.bears and len(r.turns) == 1
    ]
    plain = MiniLM(encoder, adapt=False)
    first = []
    for each in (plain, embedder):
        vectors = np.asarray(each.embed_documents([p.search_text for p in corpus.passages]))
        asked = np.asarray(each.embed_documents([row.turns[0] for row in rows]))
        best = (asked @ vectors.T).argmax(axis=1)
        found = [corpus.passages[i].text.lower() for i in best]
        first.append(
            np.mean([any(b.lower() in text for b in row.bears) for row, text in zip(rows, found, strict=True)])
        )
    assert first[1] >= first[0] + 0.05, first
    assert np.allclose(plain.embed_documents(VARIED), embedder.plain(VARIED), atol=1e-6)
    assert embedder.made_by.startswith(plain.made_by) and embedder.made_by != plain.made_by


@pytest.mark.parametrize(
    ("lengths", "runs"),
    [
        ([3, 20, 3, 21, 4], [[0, 2, 4], [1, 3]]),  # two runs of 12 + 54 tokens' time, and not one of 105
        ([20, 20], [[0, 1]]),
        ([5] * 9, [[0], [1, 2, 3, 4, 5, 6, 7, 8]]),  # eight at most
        ([200, 256, 256], [[0], [1, 2]]),  # 512 tokens at most
        ([], []),
    ],
)
def test_texts_of_like_lengths_share_a_run(lengths: list[int], runs: list[list[int]]) -> None:
    assert _batches(lengths) == runs


def test_what_is_beyond_the_limit_is_not_read_and_what_is_within_is(embedder: MiniLM, reference: Reference) -> None:
    full, over, under = embedder.plain([LIMIT, LIMIT + "salary " * 50, LIMIT[:-5] + "salary"])
    assert np.allclose(full, over, atol=1e-6)
    assert not np.allclose(full, under, atol=1e-4)
    assert cosines([full, under], reference.encode([LIMIT, LIMIT[:-5] + "salary"])).min() >= LEAST_COSINE


def test_search_finds_the_same_passages_with_both(home: Path, corpus: Corpus, embedder: MiniLM) -> None:
    store = Store(Settings(home=home).index_folder, embedder)
    searchers = [Searcher(corpus, store, each) for each in (embedder, MiniLM())]
    questions = [ask.text for ask in corpus.vocabulary.asks][:60]
    assert questions
    for question in questions:
        one, other = ([hit.passage.id for hit in searcher.search(question)] for searcher in searchers)
        assert one == other, question


def run(script: str, *arguments: str, **settings: object) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


LOADED = """
import sys
from rolewise import cli
looked_for = sys.argv.pop(1).split(",")
sys.argv[0] = "rolewise"
try:
    cli.main()
except SystemExit as ended:
    assert not ended.code, ended
print("loaded:", *(name for name in looked_for if name in sys.modules))
"""
HEAVY = "torch,transformers,sentence_transformers,onnx,sklearn,scipy,pandas"


def test_a_question_is_answered_without_torch(home: Path) -> None:
    said = run(LOADED, HEAVY, "ask", "--json", "Do I need a PhD to become a lead?", home=home, model="none")
    assert json.loads("\n".join(said[:-1]))["status"] == "answered"
    assert said[-1] == "loaded:"


def test_the_built_in_model_needs_no_torch_either(home: Path) -> None:
    said = run(LOADED, HEAVY, "ask", "Do I need a PhD to become a lead?", home=home, model="built-in")
    assert said[-1] == "loaded:"


def test_an_index_is_built_without_torch_once_the_encoder_is_there(encoder: Path, tmp_path: Path) -> None:
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    assert run(LOADED, HEAVY, "index", home=tmp_path, corpus=ROOT / "examples" / "nursing")[-1] == "loaded:"


def test_the_page_is_built_before_index_and_feedback_are_imported() -> None:
    """They take a second, which the page need not wait for: they are imported when somebody asks or sends."""
    script = """
import sys
from rolewise.advisor import Advisor
from rolewise.web import build_app
build_app(Advisor())
print(*({"chromadb", "bm25s", "onnxruntime", "sqlalchemy", "torch", "rolewise.index"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_help_loads_next_to_nothing() -> None:
    said = run(LOADED, f"{HEAVY},chromadb,gradio,langchain_core,onnxruntime,numpy,pydantic", "--help")
    assert said[-1] == "loaded:"


def cut_short(folder: Path) -> None:
    graph = graph_of(folder)
    graph.write_bytes(graph.read_bytes()[:1_000_000])


def one_byte_altered(folder: Path) -> None:
    with graph_of(folder).open("r+b") as file:
        file.seek(40_000_000)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


def graph_gone(folder: Path) -> None:
    graph_of(folder).unlink()


def manifest_gone(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def no_manifest_at_all(folder: Path) -> None:
    (folder / "manifest.json").write_text("half a mani")


def changed(name: str, value: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))

    return change


@pytest.mark.parametrize(
    "damage",
    [
        cut_short, one_byte_altered, graph_gone, manifest_gone, no_manifest_at_all, changed("weights_sha256", "0" * 64),
        changed("tokenizer_sha256", "0" * 64), changed("model", "another"), changed("format", 0),
        changed("versions", {"torch": "1.0"}), changed("graph_sha256", "../../elsewhere"), changed("unknown", 1),
    ],
)  # fmt: skip
def test_a_damaged_or_outdated_export_is_not_used(copied: Path, damage: Callable[[Path], None]) -> None:
    assert open_encoder(copied) is not None
    damage(copied)
    assert open_encoder(copied) is None


@pytest.mark.parametrize("damage", [one_byte_altered, changed("weights_sha256", "0" * 64)])
def test_the_original_stands_in_for_a_damaged_export_and_makes_it_anew(
    copied: Path, reference: Reference, damage: Callable[[Path], None]
) -> None:
    damage(copied)
    standing_in = MiniLM(copied)
    assert cosines(standing_in.plain(VARIED), reference.encode(VARIED)).min() >= LEAST_COSINE
    assert standing_in.notice == ""
    assert open_encoder(copied) is not None
    assert sorted(p.name for p in copied.iterdir()) == ["hashed.json", "manifest.json", graph_of(copied).name]


def test_where_nothing_can_be_written_the_original_answers_and_says_so(tmp_path: Path, reference: Reference) -> None:
    (tmp_path / "home").write_text("a file stands here")
    standing_in = MiniLM(tmp_path / "home" / "encoder")
    assert cosines(standing_in.plain(VARIED), reference.encode(VARIED)).min() >= LEAST_COSINE
    assert "cannot be written" in standing_in.notice and "rolewise setup" in standing_in.notice


def test_an_export_with_other_vectors_is_thrown_away(
    tmp_path: Path, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = reference.encode(list(TEXTS))
    monkeypatch.setattr(reference, "encode", lambda texts: np.roll(right, 1, axis=1))
    with pytest.raises(EncoderError, match=r"vectors differ.*cosine.*Nothing is lost"):
        export(reference, tmp_path / "encoder")
    assert list((tmp_path / "encoder").iterdir()) == []


def test_without_the_onnx_package_the_original_goes_on(
    tmp_path: Path, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n == "onnx" or n.startswith("onnx.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "onnx", None)
    standing_in = MiniLM(tmp_path)
    assert cosines(standing_in.plain(["Which jobs are remote?"]), reference.encode(["Which jobs are remote?"])) > 0.9999
    assert "onnx" in standing_in.notice.lower()
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_names_the_model_as_the_index_does(encoder: Path) -> None:
    assert json.loads((encoder / "manifest.json").read_text())["model"] == MiniLM.name


def test_a_second_start_uses_the_export_that_is_there(encoder: Path) -> None:
    before = graph_of(encoder).stat().st_mtime_ns
    second = MiniLM(encoder)
    second.load()
    assert isinstance(second._encoder, Encoder)
    assert graph_of(encoder).stat().st_mtime_ns == before


def test_files_that_nobody_touched_are_hashed_once(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_encoder(copied) is not None
    monkeypatch.setattr("rolewise.digest.sha256_of", lambda path: pytest.fail(f"{path} was read again"))
    assert open_encoder(copied) is not None


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_hashed_again(copied: Path) -> None:
    assert open_encoder(copied) is not None
    graph = graph_of(copied)
    known, content = graph.stat(), bytearray(graph.read_bytes())
    content[40_000_000] ^= 1
    other = copied / "other"
    other.write_bytes(content)
    os.utime(other, ns=(known.st_atime_ns, known.st_mtime_ns))
    other.replace(graph)
    assert graph.stat().st_mtime_ns == known.st_mtime_ns
    assert open_encoder(copied) is None


@pytest.mark.parametrize("note", ["", "[]", '{"x": 1}', "half a no"])
def test_a_note_of_hashes_that_cannot_be_read_only_costs_time(copied: Path, note: str) -> None:
    (copied / "hashed.json").write_text(note)
    assert open_encoder(copied) is not None


def test_what_a_killed_export_left_is_swept(tmp_path: Path, reference: Reference) -> None:
    left = tmp_path / ".exporting-left"
    left.mkdir()
    os.utime(left, (0, 0))
    export(reference, tmp_path)
    assert not left.exists()
