"""What a question comes to has one order, whatever the seed by which Python orders its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SEEDS = ("1", "2", "3")
TABLE = """
title: Wages of ferrymen
publisher: Example Press
published: 2026-01-31
licence: CC BY 4.0
row_name: ferryman
columns:
  - {name: rank, kind: name, words: [rank]}
  - {name: wage, kind: money, unit: EUR, words: [wage]}
sentence: "A {rank} earns EUR {wage:,}."
rows:
  - {rank: "deck hands, stokers and cooks", wage: 31000}
  - {rank: "deck hands, pilots and cooks", wage: 41000}
  - {rank: "deck hands", wage: 21000}
  - {rank: "mates, deck hands", wage: 51000}
"""
NAMED = """
import sys
from pathlib import Path
from rolewise.advisor.table_words import TableWords
from rolewise.corpus import load_corpus
for one in TableWords(load_corpus(Path(sys.argv[1]))).named("What do deck hands get?"):
    print([c.value for c in one.cells])
"""
RANKED = """
import sys
from pathlib import Path
from rolewise.advisor.asks import ROLE
from rolewise.advisor.evidence.relevance import Relevance
from rolewise.advisor.question import Question
from rolewise.corpus import load_corpus
corpus = load_corpus(Path(sys.argv[1]))
alike = {p.id: 0.5 for p in corpus.passages}
ranks = Relevance(corpus, lambda text: alike, lambda text, passage: 0.0)
for one in ranks.rank(Question("What does it do?", "What does it do?", "fact", masked=f"what does {ROLE} do"), ()):
    print(corpus.passages.index(one.passage))
"""


def told(script: str, corpus: Path, seed: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(corpus)], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_of_the_values_that_a_phrase_names_the_one_it_is_comes_first_and_then_the_earlier(corpus_copy: Path) -> None:
    (corpus_copy / "tables" / "ferries.yaml").write_text(TABLE, encoding="utf-8")
    rows = "['deck hands', 'deck hands, stokers and cooks', 'deck hands, pilots and cooks', 'mates, deck hands']"
    assert [told(NAMED, corpus_copy, seed) for seed in SEEDS] == [[rows]] * len(SEEDS)


def test_passages_that_come_equally_near_are_ranked_alike(corpus_copy: Path) -> None:
    first, *others = (told(RANKED, corpus_copy, seed) for seed in SEEDS)
    assert first and others == [first] * len(others)
