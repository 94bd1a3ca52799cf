"""What evidence looks like: points to make, each with the passages that bear it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rolewise.advisor.alike import ALIKE
from rolewise.advisor.answer import Status
from rolewise.advisor.asks import NearestAsk
from rolewise.advisor.english import NUMBER_WORDS
from rolewise.advisor.question import Question, Term
from rolewise.advisor.sayings import Said
from rolewise.corpus import Corpus, Passage, Role
from rolewise.corpus.words import tokens

if TYPE_CHECKING:
    from rolewise.index import Hit


@dataclass(frozen=True)
class Point:
    """One sentence or list item to say, in the sources' words, with its passages. A label claims nothing."""

    text: str
    passages: tuple[Passage, ...] = ()
    style: Literal["sentence", "bullet", "label"] = "sentence"


@dataclass(frozen=True)
class Comparison:
    """A table: a label and one list of points per role for each line."""

    roles: tuple[str, ...]
    lines: tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]
    nothing: str = "*not named*"
    """What stands in a cell without points."""


@dataclass(frozen=True)
class Evidence:
    """What bears the answer to one question, or the finding that the sources do not say it."""

    status: Status
    points: tuple[Point, ...] = ()
    table: Comparison | None = None
    missing: tuple[str, ...] = ()
    """Words of the question that nothing in the sources covers."""
    notices: tuple[str, ...] = field(default=())
    below: tuple[Point, ...] = ()
    """Points that stand below the table."""
    verdict: bool = False
    """Its first words say yes or no, or how far."""
    exact: bool = False
    """It was found by every word of the question: nothing that is near to it answers better."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        cells = [p for _, row in self.table.lines for cell in row for p in cell] if self.table else []
        return tuple(
            dict.fromkeys(passage for point in (*self.points, *cells, *self.below) for passage in point.passages)
        )


@dataclass(frozen=True)
class Ranked:
    """A passage with its score, higher is likelier to answer, and the signals that it is the sum of."""

    passage: Passage
    score: float
    signals: dict[str, float]


Near = Callable[[str], dict[str, float]]
"""For a text, the cosine to what is nearest to it, by passage id."""


@dataclass(frozen=True)
class Library:
    """What the evidence rules may look at: the corpus, and what search found for this question, best first."""

    corpus: Corpus
    hits: tuple[Hit, ...] = ()
    search: Callable[[str], list[Hit]] = lambda _: []
    rank: Callable[[Question, Sequence[Passage]], list[Ranked]] = lambda question, also: []
    """For a question, and passages that the rules found, the passages likeliest to answer it, best first."""
    likeness: Near = lambda _: {}
    """For a text without role names: how near each short statement of role data comes to it, by passage id."""
    nearest: Callable[[str], NearestAsk | None] = lambda _: None
    """What the example question that comes nearest to a text asks for."""
    ask: Callable[[str], tuple[Question, Library]] | None = None
    """Reads another question that stands alone, and looks up what search finds for it."""
    out_of_scope: Callable[[str], float] = lambda _: 0.0
    """For a question with `ROLE` for its roles: the logarithm of the odds that sources like these don't answer it, by the
    example questions of both kinds that are near it; 0 where there are none."""
    said: Callable[[str], Said | None] = lambda _: None
    """The item that a clause, by which somebody speaks of themselves, comes near to."""

    def roles(self, question: Question) -> tuple[Role, ...]:
        """The roles meant, or every role where none is."""
        return tuple(self.corpus.role[r] for r in question.roles) or self.corpus.roles

    def statements_like(self, question: Question, roles: tuple[Role, ...]) -> list[Passage]:
        """Role statements that come near to what is asked, best first: clearly near, or near and saying its words."""
        near = self.likeness(question.bare)
        ranked = sorted((p for r in roles for p in r.passages), key=lambda p: -near.get(p.id, 0.0))
        named = any(not t.word.isalpha() for t in question.terms)
        return [
            p for p in ranked
            if (near.get(p.id, 0.0) >= CLEARLY_NEAR and not named)
            or (near.get(p.id, 0.0) >= LEAST_COSINE and _says_enough(question, p, self.corpus))
        ]  # fmt: skip

    def others(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        return tuple(r for r in self.corpus.roles if r not in roles)


# Below this cosine a passage that shares the words is about something else. Calibrated on the development questions.
LEAST_COSINE = 0.25
_THOUSANDS = re.compile(r"[$€£]?\d{2,3}(?:\.\d+)?k")

# From this cosine on, a short statement is what the question without its role names asks for: on the development
# questions none that the sources don't answer comes nearer than 0.35.
CLEARLY_NEAR = 0.4

NOT_IN_SOURCES = Evidence("not_in_sources")


@lru_cache(maxsize=200_000)
def stems_of(text: str) -> frozenset[str]:
    return frozenset(t.stem for t in tokens(text))


def covers(passage: Passage, term: Term, corpus: Corpus) -> bool:
    """Whether the passage, its headings, or its document's title and publisher say the word or one like it."""
    if term.telling and any(term.stem in stems_of(n) and names(passage, n, corpus) for n in corpus.compound_names):
        return False  # "Google" is not covered by "Google Cloud", which is another thing
    if " " in term.word.strip() and tokens(term.word):
        return _says_title(passage, term, corpus)
    if _THOUSANDS.fullmatch(term.word) and _thousands(term.word) in _amounts_of(passage.text):
        return True
    source = corpus.document[passage.document_id].provenance
    said = stems_of(f"{passage.search_text} {source.title} {source.publisher}")
    loosely = frozenset() if term.telling and passage.kind == "row" else ALIKE.get(term.stem, frozenset())
    return bool(({term.stem} | term.alike | loosely) & said)  # in a row, the "head" asked for is no "manager"


def _thousands(word: str) -> int:
    return int(float(word.strip("$€£k")))


@lru_cache(maxsize=50_000)
def _amounts_of(text: str) -> frozenset[int]:
    """The thousands that its larger numbers are called by: 187,700 is "187k" to some and "188k" to others."""
    numbers = [int(t.text) for t in tokens(text) if t.text.isdigit() and len(t.text) > 4]
    return frozenset({n // 1_000 for n in numbers} | {round(n / 1_000) for n in numbers})


def _says_title(passage: Passage, term: Term, corpus: Corpus) -> bool:
    """Whether the passage speaks of the role that a term like "staff engineer" names, as "staff machine learning engineer"."""
    stems = [t.stem for t in tokens(term.word)]
    first, last = stems[0], stems[-1]
    between = {t.stem for role in corpus.roles for t in tokens(role.title)}
    said = _stem_run(passage.text)
    for at in (i for i, word in enumerate(said) if word == first):
        rest = iter(said[at + 1 :])
        word = next((w for w in rest if w == last or w not in between), "")
        if word == last:
            return True
    return False


def said_of(passage: Passage, corpus: Corpus) -> tuple[str, ...]:
    """The passage with its headings, and what its table's columns, or its aspects, are called."""
    if passage.kind == "row":
        table = next(t for t in corpus.tables if t.document_id == passage.document_id)
        return (passage.search_text, *(w for c in table.columns for w in (c.name, *c.words)))
    aspects = [corpus.vocabulary.aspect(a) for a in passage.aspects]
    return (passage.search_text, *(w for a in aspects for w in (a.name, *a.words)))


def names(passage: Passage, item: str, corpus: Corpus) -> bool:
    """Whether the passage names the item, by its own name or by another word for it."""
    if item in passage.items:
        return True
    said = _stem_run(passage.text)
    return any(_run(_stem_run(n), said) for n in (item, *corpus.vocabulary.synonyms.get(item, ())))


def _says_enough(question: Question, passage: Passage, corpus: Corpus) -> bool:
    """Every telling word, and at least half of all the words asked about."""
    covered = [t for t in question.terms if covers(passage, t, corpus)]
    return all(t in covered for t in question.terms if t.telling) and 2 * len(covered) >= len(question.terms) > 0


@lru_cache(maxsize=200_000)
def _stem_run(text: str) -> tuple[str, ...]:
    return tuple(t.stem for t in tokens(text))


def _run(phrase: tuple[str, ...], said: tuple[str, ...]) -> bool:
    if phrase and phrase[0] not in said:
        return False
    return any(said[i : i + len(phrase)] == phrase for i in range(len(said) - len(phrase) + 1))


def inline(sentence: str) -> str:
    """A sentence to stand after a colon: its first letter small where it is an article or the like, no full stop."""
    first = sentence.split(" ", 1)[0]
    if first in ("A", "An", "The", "For", "Industries", "Both", "Named", "To", "Their", "In", "That"):
        sentence = first.lower() + sentence[len(first) :]
    return sentence.rstrip(".")


def joined(words: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def in_words(number: int) -> str:
    """`Six` for 6; digits from thirteen on."""
    words = {n: w.capitalize() for w, n in NUMBER_WORDS.items()}
    return words.get(number, str(number))
