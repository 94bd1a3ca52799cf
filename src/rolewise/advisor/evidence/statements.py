"""Looking things up in role data: which statements of a role are about an aspect, or name an item."""

from __future__ import annotations

from rolewise.corpus import Corpus, Passage, Role


def about(role: Role, aspects: tuple[str, ...]) -> list[Passage]:
    """The role's statements on any of the aspects, in the file's order, a repeated item list only once."""
    found: list[Passage] = []
    for passage in role.passages:
        if set(passage.aspects) & set(aspects) and not any(_repeats(passage, other) for other in found):
            found.append(passage)
    return found


def naming(role: Role, item: str) -> list[Passage]:
    """The role's statements that name `item`, the most telling first: with a need, then the rest."""
    found = [p for p in role.passages if item in p.items]
    return sorted(found, key=lambda p: p.need is None)


def aspects_of(corpus: Corpus, item: str) -> tuple[str, ...]:
    """The narrowest aspects under which any role names the item."""
    found = [p.aspects[-1] for r in corpus.roles for p in r.passages if item in p.items and p.aspects]
    return tuple(dict.fromkeys(found))


def siblings(role: Role, corpus: Corpus, item: str) -> list[Passage]:
    """What the role names under the same narrow aspect as `item`, where it does not name the item itself."""
    return about(role, aspects_of(corpus, item))


def _repeats(passage: Passage, other: Passage) -> bool:
    return bool(passage.items) and passage.items == other.items and passage.aspects[-1:] == other.aspects[-1:]
