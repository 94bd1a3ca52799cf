"""A person's profile: what they bring and want, in items of the corpus, and which items there are to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rolewise.advisor.lexicon import Lexicon
from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import tokens

_EDUCATION, _TASKS, _TOOLS = "education", "responsibilities", "tools"
_STANDS_ALONE = r"(?<![\w.&'’/+-]){0}(?![\w&'’+#]|\.\w|\. [A-Z])"


@dataclass(frozen=True)
class Profile:
    """What a person brings and wants, in items of the corpus. `years` of experience, None where not said."""

    skills: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    years: float | None = None
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Profile()


@dataclass(frozen=True)
class Choices:
    """The corpus's items that a profile can be made of."""

    skills: tuple[str, ...]
    education: tuple[str, ...]
    tasks: tuple[str, ...]


def choices(corpus: Corpus) -> Choices:
    """Skills are what any statement with a need, or one on tools, names; education and tasks go by their aspect."""
    said = [p for role in corpus.roles for p in role.passages]
    education = _named(p for p in said if _EDUCATION in p.aspects)
    skills = _named(p for p in said if (p.need or _TOOLS in p.aspects) and _EDUCATION not in p.aspects)
    return Choices(skills, education, _named(p for p in said if _TASKS in p.aspects))


def items_in(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Items that a longer text (a CV) names outright. Names of one or two letters count only where they stand alone."""
    named = dict.fromkeys(m.value for m in lexicon.mentions(tokens(text)) if m.kind == "item" and not m.guessed)
    short = [i for i in named if len(i) < 3 and not re.search(_STANDS_ALONE.format(re.escape(i)), text)]
    return tuple(i for i in named if i not in short)


def _named(passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(sorted({item for p in passages for item in p.items}, key=str.casefold))
