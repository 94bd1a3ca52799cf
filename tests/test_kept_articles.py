"""Articles as they were parsed, kept on disk: the same corpus, whatever is in the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rolewise.corpus import Corpus, kept, load_corpus

PAGED = """---
title: Two pages
publisher: Tests
published: 2026-01-01
licence: CC0-1.0
url: https://example.org/paged
---

# Two pages

<!-- page 1 -->
The canteen opens at noon. A Lead Machine Learning Engineer eats there.

<!-- page 2 -->
## Outlook {aspect=outlook}

- Soup is served – with “bread”.
- Soup is served – with “bread”.
"""


@pytest.fixture
def folder(corpus_copy: Path) -> Path:
    (corpus_copy / "articles" / "paged.md").write_text(PAGED, encoding="utf-8")
    return corpus_copy


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the articles that are parsed."""
    seen: list[str] = []
    read = kept.read_article

    def noted(raw: str, path: str) -> object:
        seen.append(path)
        return read(raw, path)

    monkeypatch.setattr(kept, "read_article", noted)
    return seen


def articles(corpus: Corpus) -> list[str]:
    return [d.path for d in corpus.documents if d.kind == "article"]


def test_each_article_is_parsed_once_and_then_read_as_it_was(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    plain = load_corpus(folder)
    paged = plain.document["article:paged"]
    assert [(p.page, p.aspects) for p in paged.passages] == [(1, ())] * 2 + [(2, ("outlook",))] * 2
    parsed.clear()
    assert load_corpus(folder, kept=tmp_path / "home" / "kept") == plain
    assert sorted(parsed) == sorted(articles(plain))
    parsed.clear()
    assert load_corpus(folder, kept=tmp_path / "home" / "kept") == plain
    assert parsed == []


def test_an_edited_article_alone_is_parsed_and_its_former_text_forgotten(
    folder: Path, tmp_path: Path, parsed: list[str]
) -> None:
    load_corpus(folder, kept=tmp_path / "kept")
    parsed.clear()
    (folder / "articles" / "paged.md").write_text(PAGED.replace("Soup", "Stew"), encoding="utf-8")
    edited = load_corpus(folder, kept=tmp_path / "kept")
    assert edited.document["article:paged"].passages[-1].text.startswith("Stew")
    assert parsed == ["articles/paged.md"]
    assert len((tmp_path / "kept").read_bytes().splitlines()) == len(articles(edited))


def test_another_parser_parses_all_anew(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_corpus(folder, kept=tmp_path / "kept")
    parsed.clear()
    monkeypatch.setattr(kept, "_parser", lambda: b"of tomorrow")
    assert len(articles(load_corpus(folder, kept=tmp_path / "kept"))) == len(parsed)


def _digit_changed(file: Path) -> None:
    """A bit flipped on the disk: the line is still JSON, with a span that is not the passage's."""
    content = file.read_bytes()
    at = next(i for i in range(content.rindex(b"[["), len(content)) if content[i : i + 1] in (b"1", b"2"))
    file.write_bytes(content[:at] + b"7" + content[at + 1 :])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a digit": _digit_changed,
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-40]),
    "empty": lambda file: file.write_bytes(b""),
    "another file": lambda file: file.write_bytes(bytes(range(256)) * 9),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_parsed_anew_and_mended(
    folder: Path, tmp_path: Path, parsed: list[str], damage: str
) -> None:
    file = tmp_path / "kept"
    plain, whole = load_corpus(folder, kept=file), file.read_bytes()
    DAMAGES[damage](file)
    assert file.read_bytes() != whole
    parsed.clear()
    assert load_corpus(folder, kept=file) == plain
    assert 0 < len(parsed) <= len(articles(plain))
    assert sorted(file.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_a_file_that_can_be_neither_read_nor_written_costs_only_the_time(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "file").write_text("here")
    plain = load_corpus(folder)
    for place in (tmp_path / "kept", tmp_path / "file" / "kept"):
        assert load_corpus(folder, kept=place) == plain
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus", "file", "kept"]
