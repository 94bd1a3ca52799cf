"""Two roles side by side: what they share, what only one of them is said to ask for, aspect by aspect."""

from __future__ import annotations

from dataclasses import dataclass

from rolewise.corpus import Corpus, Passage, Role


@dataclass(frozen=True)
class Said:
    """A statement that stands on one side. `own` are those of its items that the other side does not name."""

    passage: Passage
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shared:
    """A whole statement (then with its `need`), or an item, that both sides name; a passage of each bears it."""

    text: str
    passages: tuple[Passage, ...]
    need: str = ""


@dataclass(frozen=True)
class Line:
    """One aspect of both roles. `questions` ask the chat about the first side, what is shared, and the second side."""

    name: str
    group: str
    sides: tuple[tuple[Said, ...], tuple[Said, ...]]
    shared: tuple[Shared, ...]
    questions: tuple[str, str, str]

    @property
    def differs(self) -> bool:
        return any(self.sides)


def side_by_side(first: Role, second: Role, corpus: Corpus) -> tuple[Line, ...]:
    """A line for each aspect that either role's statements have, in the vocabulary's order; differences first."""
    order = [a.id for a in corpus.vocabulary.aspects]
    found = dict.fromkeys(p.aspects for role in (first, second) for p in role.passages if p.aspects)
    aspects = sorted(found, key=lambda each: [order.index(a) for a in each])
    lines = [_line(each, first, second, corpus) for each in aspects]
    return tuple(sorted(lines, key=lambda line: not line.differs))


def _line(aspects: tuple[str, ...], first: Role, second: Role, corpus: Corpus) -> Line:
    left, right = ([p for p in role.passages if p.aspects == aspects] for role in (first, second))
    both = {p.id: q for p in left for q in right if (p.short, p.items, p.need) == (q.short, q.items, q.need)}
    taken = {*both, *(q.id for q in both.values())}
    whole = [Shared(p.short, (p, both[p.id]), p.need or "") for p in left if p.id in both]
    items = [
        Shared(item, (_bearer(item, left), _bearer(item, right)))
        for item in _items(left)
        if item in _items(right) and not any(item in p.items for p in left if p.id in both)
    ]
    names = [corpus.vocabulary.aspect(a).name for a in aspects]
    return Line(
        names[-1], names[0] if len(names) > 1 else "",
        (_said(left, right, taken), _said(right, left, taken)), (*whole, *items), _questions(aspects, names[-1], first, second),
    )  # fmt: skip


def _said(side: list[Passage], other: list[Passage], taken: set[str]) -> tuple[Said, ...]:
    known = _items(other)
    return tuple(Said(p, tuple(i for i in p.items if i not in known)) for p in side if p.id not in taken)


def _items(passages: list[Passage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for p in passages for item in p.items))


def _bearer(item: str, passages: list[Passage]) -> Passage:
    return next(p for p in passages if item in p.items)


def _questions(aspects: tuple[str, ...], name: str, first: Role, second: Role) -> tuple[str, str, str]:
    if aspects[0] == "summary":
        each = [f"What is a {role.title}?" for role in (first, second)]
        return each[0], f"What is the difference between a {first.title} and a {second.title}?", each[1]
    each = [f"What do the sources say about {name} for a {role.title}?" for role in (first, second)]
    return each[0], f"Compare the {name} of a {first.title} and a {second.title}", each[1]
