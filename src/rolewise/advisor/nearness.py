"""Finders of passages by texts that stand for them: a statement's short form, a question that it answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rolewise.advisor.asks import ROLE
from rolewise.advisor.evidence.base import Near
from rolewise.corpus import Corpus, Passage

# Chroma comes with the index: it takes a second, which the page need not wait for.
if TYPE_CHECKING:
    from rolewise.index import Likeness, MiniLM

_SHARPNESS = 20.0
"""Of the kernel: a cosine of 0.1 less counts for an eighth. On the development questions 16 to 30 told the two kinds apart alike."""
_LEAST_DENSITY = 1e-6
_MOST_KEPT = 5_000
"""Passages; those of people's own documents come last. Of others the one that is ranked first is embedded with its question."""


def near_statements(corpus: Corpus, embedder: MiniLM, folder: Path) -> Near:
    """How near a text comes to the short form of each statement of role data."""
    statements = ((p.short, p.id) for p in corpus.passages if p.kind == "role")
    return _finder(statements, embedder, folder, "statements")[0]


def near_questions(corpus: Corpus, embedder: MiniLM, folder: Path) -> tuple[Near, Callable[[str], float]]:
    """How near a question, `ROLE` for its roles, comes to the nearest question that each passage answers.

    And how much denser around it are the questions that no passage answers than those that one does: the logarithm of the
    ratio of both densities (kernel density estimates; Scott 1992, chapter 6). 0 where the corpus lacks either kind.
    """
    from rolewise.index import Likeness

    pairs = ((q.text.replace("{role}", ROLE), q.passage_id) for q in corpus.questions)
    near, answered = _finder(pairs, embedder, folder, "questions", adapt=True)
    unanswered = (*corpus.elsewhere, *(a.text for a in corpus.vocabulary.asks if not (a.aspect or a.item)))
    others = sorted({text.replace("{role}", ROLE) for text in unanswered}) if corpus.elsewhere else []
    finder = Likeness(others, embedder, folder, "elsewhere", adapt=True)

    def out_of_scope(text: str) -> float:
        if not (others and corpus.questions):
            return 0.0
        return math.log(_density(finder, text) / _density(answered, text))

    return near, out_of_scope


def _density(finder: Likeness, text: str) -> float:
    """The mean of the kernel over the finder's phrases, those beyond its nearest being too far to count."""
    near = finder.near([text], 0.0)[text].values()
    return (sum(math.exp(_SHARPNESS * (cosine - 1)) for cosine in near) + _LEAST_DENSITY) / len(finder)


def closeness(corpus: Corpus, embedder: MiniLM, folder: Path) -> Callable[[str, Passage], float]:
    """The cosine of a text to what a passage says; the vectors of the first `_MOST_KEPT` passages are kept."""
    from rolewise.index import Likeness

    finder = Likeness(sorted({said_by(p) for p in corpus.passages[:_MOST_KEPT]}), embedder, folder, "passages")
    return lambda text, passage: finder.cosine(text, said_by(passage))


def said_by(passage: Passage) -> str:
    """What a passage says, without its headings: in a role file its short form."""
    return passage.short or passage.text


def _finder(
    pairs: Iterable[tuple[str, str]], embedder: MiniLM, folder: Path, name: str, adapt: bool = False
) -> tuple[Near, Likeness]:
    """`pairs` of a text and the id of its passage; `name` is that of the vectors' file in `folder`."""
    from rolewise.index import Likeness

    ids: dict[str, list[str]] = {}
    for text, ident in pairs:
        ids.setdefault(text, []).append(ident)
    finder = Likeness(sorted(ids), embedder, folder, name, adapt)

    def near(text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for short, cosine in finder.near([text], 0.0)[text].items():
            for ident in ids[short]:
                found[ident] = max(cosine, found.get(ident, 0.0))
        return found

    return near, finder
