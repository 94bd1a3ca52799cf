"""A person's profile: what they bring and want, in items of the corpus, and which items there are to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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


def items_in(text: str, corpus: Corpus) -> tuple[str, ...]:
    """Items that a longer text (a CV) names as the corpus writes them: whoever mastered something has no master's degree by it.

    Names of one or two letters count only where they stand alone.
    """
    names = _names(corpus)
    longest = max(map(len, names), default=0)
    words = [_spelling(t.text) for t in tokens(text)]
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        spans = (tuple(words[at : at + n]) for n in range(longest, 0, -1))
        span = next((s for s in spans if s in names), ())
        found |= dict.fromkeys(names.get(span, ()))
        at += max(len(span), 1)
    short = [i for i in found if len(i) < 3 and not re.search(_STANDS_ALONE.format(re.escape(i)), text)]
    return tuple(i for i in found if i not in short)


def _names(corpus: Corpus) -> dict[tuple[str, ...], list[str]]:
    """Items by the words of each of their names."""
    names: dict[tuple[str, ...], list[str]] = {}
    for item in _named(p for role in corpus.roles for p in role.passages):
        for name in (item, *corpus.vocabulary.synonyms.get(item, ())):
            if words := tuple(_spelling(t.text) for t in tokens(name)):
                names.setdefault(words, []).append(item)
    return names


def _spelling(word: str) -> str:
    """A word without full stops, possessive and plural: `M.Sc.` and `MSc`, `masters` and `master's` are one."""
    word = word.replace(".", "").removesuffix("'s")
    return word.removesuffix("s") if len(word) > 3 else word


def _named(passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(sorted({item for p in passages for item in p.items}, key=str.casefold))
