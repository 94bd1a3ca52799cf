"""What `understand` makes of a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rolewise.advisor.asks import NearestAsk

OfAnswer = Literal["source", "period", "currency", "place", "middle", "reason", "sample", "judgement", ""]
Form = Literal[
    "fact", "list", "compare", "which_role", "yes_no", "number", "how_to", "fit", "define", "small_talk", "foreign"
]


@dataclass(frozen=True)
class Value:
    """A value of a table that the question names: which table, which column."""

    table: str
    column: str
    value: str


@dataclass(frozen=True)
class Outcome:
    """What the answer to a question came to: a later "that one" or "of those" means it."""

    roles: tuple[str, ...] = ()
    """The one role, where it came to one."""
    values: tuple[Value, ...] = ()
    """What names the one table row, where it came to one."""
    rows: tuple[str, ...] = ()
    """Ids of the table rows that it gave."""
    told: tuple[str, ...] = ()
    """Ids of the passages that it was answered from, the first points' first."""


@dataclass(frozen=True)
class Term:
    """A content word of the question that an answer must cover."""

    word: str
    stem: str
    telling: bool = False
    """It is what is asked for ("how many hours") or a name: an answer without it would miss the point."""
    name: bool = False
    """A proper name, a number, or a word that English does not know."""
    alike: frozenset[str] = frozenset()
    """Stems of the corpus's words that mean nearly the same."""
    agent: bool = False
    """It is said to pay or to hire: what others do answers nothing."""
    place: bool = False
    """It names a country or a city."""


@dataclass(frozen=True)
class Question:
    """One question, standing alone. `roles` are the roles meant; `named` says whether the words name them."""

    text: str
    standalone: str
    form: Form
    roles: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    columns: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    content: tuple[Term, ...] = ()
    """Every content word, also those that name an aspect or an item; the names of roles are none."""
    cues: frozenset[str] = field(default_factory=frozenset)
    negated: bool = False
    masked: str = ""
    """The question standing alone, `asks.ROLE` in place of each role's name."""
    own: str = ""
    """As `masked`, of the words as they are written: without what is taken from the conversation."""
    bare: str = ""
    """The words without the names of roles: what is asked, whoever it is asked of."""
    small_talk: Literal["greeting", "thanks", "abilities", "remark", ""] = ""
    nearest: NearestAsk | None = None
    """The example question of the corpus that comes nearest in meaning."""
    gave: tuple[str, ...] = ()
    """Ids of the table rows that the answer gave, once it is known."""
    picked: bool = False
    """These are the rows that the message after it calls by what they say, and no others are meant."""
    came_to: tuple[str, ...] = ()
    """Roles that the answer came to, once it is known: a later "that one" means them."""
    among: tuple[str, ...] = ()
    """Ids of the table rows that the question chooses from: "which of those ..."."""
    told: tuple[str, ...] = ()
    """Of a short follow-up: ids of the passages that the answer before it told."""
    of_answer: OfAnswer = ""
    """What is asked of the answer to it: where it is from, per year or month."""
    of_figures: bool = False
    """How the figures told before are to be taken is asked: what comes after it goes on about what these were told of."""
    statements: tuple[str, ...] = ()
    """What the person said about themselves beside the question."""

    def has(self, *cues: str) -> bool:
        return any(cue in self.cues for cue in cues)
