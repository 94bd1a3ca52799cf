"""A corpus of any size, made from the shipped one: its sentences with other words of its own in them."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from rolewise.corpus import Passage, load_corpus
from rolewise.settings import shipped_corpus

_SECTIONS, _SENTENCES = 5, 10
PER_ARTICLE = _SECTIONS * _SENTENCES
_CHANGED = 0.2
"""Share of a sentence's words that are exchanged."""
_FRONT = """---
title: {title}
publisher: Benchmark
published: 2026-01-01
licence: CC0-1.0
---

# {title}
"""
_WORD = re.compile(r"\b[a-z]{4,}\b")


def write_corpus(folder: Path, passages: int, seed: int = 1) -> None:
    """The shipped corpus, and articles that make it `passages` passages or up to an article more."""
    shutil.copytree(shipped_corpus(), folder, dirs_exist_ok=True)
    shipped = load_corpus(shipped_corpus()).passages
    sentences = sorted({p.text for p in shipped if p.kind == "sentence" and p.text.endswith(".")})
    words = words_of(shipped)
    for number in range(-(-max(0, passages - len(shipped)) // PER_ARTICLE)):
        chance = random.Random(f"{seed}-{number}")
        title = f"Notes {number + 1}"
        parts = [_FRONT.format(title=title)]
        for section in range(_SECTIONS):
            told = [varied(chance.choice(sentences), words, chance) for _ in range(_SENTENCES)]
            parts.append(f"\n## {' '.join(chance.sample(words, 2)).capitalize()} {section + 1}\n\n" + "\n\n".join(told))
        (folder / "articles" / f"notes-{number + 1:05}.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def words_of(passages: Iterable[Passage]) -> list[str]:
    return sorted({word for p in passages for word in _WORD.findall(p.text)})


def varied(sentence: str, words: list[str], chance: random.Random) -> str:
    """The sentence with some of its words exchanged for others of the corpus."""
    return _WORD.sub(lambda word: chance.choice(words) if chance.random() < _CHANGED else word[0], sentence)
