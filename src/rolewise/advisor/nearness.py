"""Finders of passages by texts that stand for them: a statement's short form, a question that it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rolewise.advisor.asks import ROLE
from rolewise.advisor.evidence.base import Near
from rolewise.corpus import Corpus, Passage

# Chroma comes with the index: it takes a second, which the page need not wait for.
if TYPE_CHECKING:
    from rolewise.index import MiniLM

_MOST_KEPT = 5_000
"""Passages; those of people's own documents come last. Of others the one that is ranked first is embedded with its question."""


def near_statements(corpus: Corpus, embedder: MiniLM, folder: Path) -> Near:
    """How near a text comes to the short form of each statement of role data."""
    return _finder(((p.short, p.id) for p in corpus.passages if p.kind == "role"), embedder, folder, "statements")


def near_questions(corpus: Corpus, embedder: MiniLM, folder: Path) -> Near:
    """How near a question, `ROLE` for its roles, comes to the nearest question that each passage answers."""
    pairs = ((q.text.replace("{role}", ROLE), q.passage_id) for q in corpus.questions)
    return _finder(pairs, embedder, folder, "questions", adapt=True)


def closeness(corpus: Corpus, embedder: MiniLM, folder: Path) -> Callable[[str, Passage], float]:
    """The cosine of a text to what a passage says; the vectors of the first `_MOST_KEPT` passages are kept."""
    from rolewise.index import Likeness

    finder = Likeness(sorted({said_by(p) for p in corpus.passages[:_MOST_KEPT]}), embedder, folder, "passages")
    return lambda text, passage: finder.cosine(text, said_by(passage))


def said_by(passage: Passage) -> str:
    """What a passage says, without its headings: in a role file its short form."""
    return passage.short or passage.text


def _finder(pairs: Iterable[tuple[str, str]], embedder: MiniLM, folder: Path, name: str, adapt: bool = False) -> Near:
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

    return near
