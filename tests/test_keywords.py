"""BM25: kept beside the index, built only where that is needed, and the same whether it was built or read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import bm25s
import pytest

from rolewise.corpus import Corpus
from rolewise.index.keywords import Keywords

QUERIES = ("programming languages", "team of engineers", "Kafka", "1,795,300", "", "the of and", "Zyzzyva", "🤖")


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every build of a BM25 index."""
    seen: list[int] = []
    build = bm25s.BM25.index

    def counted(bm25: bm25s.BM25, *given: object, **chosen: object) -> None:
        seen.append(1)
        build(bm25, *given, **chosen)

    monkeypatch.setattr(bm25s.BM25, "index", counted)
    return seen


def best(keywords: Keywords) -> list[list[str]]:
    return [keywords.best(query, 20) for query in QUERIES]


def test_it_is_built_once_and_then_read(tmp_path: Path, corpus: Corpus, builds: list[int]) -> None:
    built = Keywords(corpus.passages, tmp_path)
    assert len(builds) == 1
    kept = Keywords(corpus.passages, tmp_path)
    assert len(builds) == 1
    assert best(kept) == best(built) == best(Keywords(corpus.passages))
    assert [len(ids) > 0 for ids in best(kept)] == [True, True, True, True, False, False, False, False]


def test_a_changed_corpus_is_built_anew_and_the_former_index_goes(
    tmp_path: Path, corpus: Corpus, builds: list[int]
) -> None:
    Keywords(corpus.passages, tmp_path)
    (before,) = tmp_path.iterdir()
    smaller = Keywords(corpus.passages[1:], tmp_path)
    assert len(builds) == 2
    (after,) = tmp_path.iterdir()
    assert before != after
    assert best(smaller) == best(Keywords(corpus.passages[1:]))


@pytest.mark.parametrize(
    "file", ["data.csc.index.npy", "indptr.csc.index.npy", "vocab.index.json", "params.index.json"]
)
@pytest.mark.parametrize("damage", ["cut", "gone", "empty"])
def test_what_is_damaged_is_built_anew(
    tmp_path: Path, corpus: Corpus, builds: list[int], file: str, damage: str
) -> None:
    whole = best(Keywords(corpus.passages, tmp_path))
    (path,) = tmp_path.glob(f"*/{file}")
    raw = path.read_bytes()
    path.unlink()
    if damage != "gone":
        path.write_bytes(raw[: len(raw) // 2] if damage == "cut" else b"")
    assert best(Keywords(corpus.passages, tmp_path)) == whole
    assert best(Keywords(corpus.passages, tmp_path)) == whole
    assert len(builds) == 2


def test_a_folder_that_is_not_there_costs_nothing_but_the_time(tmp_path: Path, corpus: Corpus) -> None:
    assert best(Keywords(corpus.passages, tmp_path / "gone")) == best(Keywords(corpus.passages))


def test_of_passages_that_score_alike_the_earlier_comes_first(corpus: Corpus) -> None:
    passage = next(p for p in corpus.passages if "Kafka" in p.text)
    alike = tuple(replace(passage, id=str(n)) for n in range(50))
    found = [i for i in Keywords((*corpus.passages, *alike)).best("Kafka", 40) if i.isdigit()]
    assert len(found) > 30
    assert found == [str(n) for n in range(len(found))]
