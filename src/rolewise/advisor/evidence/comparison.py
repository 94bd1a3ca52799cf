"""Comparisons: what the roles share, what only one names, and a table of both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rolewise.advisor import english
from rolewise.advisor.evidence.base import (
    NOT_IN_SOURCES,
    Comparison,
    Evidence,
    Library,
    Point,
    inline,
    joined,
    stems_of,
)
from rolewise.advisor.evidence.statements import about
from rolewise.advisor.question import Question
from rolewise.corpus import Passage, Role

_ONLY = "Named only for"
_DIFFER = re.compile(
    r"\b(?:differ\w*|apart|part ways|(?:not|n't)(?: at all| quite| really)? (?:the )?(?:same|alike|identical|equal))\b"
)
_APART = re.compile(r"\bapart from what\b|\bpart ways\b|\bexcept (?:for )?what\b|\bbeyond what\b")
_SAME_FIRST = re.compile(r"^\W*(?:(?:and|so|but|are|is)\W+)?(?:the )?(?:same|identical|equal)\b")
_LEAVES = re.compile(r"\b(?:drop|lose|leave|forget|unlearn|give up|less)\b")
_OVERALL = ("responsibilities", "skills", "education", "tools", "industries")


def comparison(question: Question, library: Library) -> Evidence:
    """Both sides by aspect; the first sentences say what is shared and what is not."""
    roles = library.roles(question) if len(question.roles) > 1 else library.corpus.roles
    aspects = tuple(a for a in question.aspects if any(about(r, (a,)) for r in roles)) or _asked_items(
        question, library
    )
    overall = not aspects
    if question.aspects and not aspects:
        return NOT_IN_SOURCES
    chosen = aspects or tuple(a for a in _OVERALL if any(about(r, (a,)) for r in roles))
    lines = [line for aspect in chosen for line in _lines(aspect, roles, library, overall)]
    if not lines or len(roles) < 2:
        return NOT_IN_SOURCES
    table = Comparison(tuple(r.title for r in roles), tuple(lines))
    only_common = question.has("common") and not question.has("only") and not _DIFFER.search(question.text.lower())
    if question.has("one_side") and question.roles and (side := _one_side(question, chosen, roles)):
        return Evidence("answered", side)
    if overall and not only_common:
        core = tuple(Point(p.text, (p,)) for r in roles for p in r.about("summary")[:1])
        return Evidence("answered", core + _shared_and_not(("skills", "tools", "education"), roles, False), table)
    low = question.text.lower()
    asks = bool(english.BEGINS_WITH_AUXILIARY.search(low) or _SAME_FIRST.search(low)) and only_common
    points = _shared_and_not(chosen, roles, only_common and not asks)
    if _APART.search(low):
        points = tuple(p for p in points if p.text.startswith(_ONLY)) or points
    if only_common and not asks and points:
        return Evidence("answered", points, _of_what_is_shared(table, roles))
    return Evidence("answered", _verdict(points) if asks else points, table)


def _of_what_is_shared(table: Comparison, roles: tuple[Role, ...]) -> Comparison | None:
    """The table without what names nothing that every role names; None where nothing is left."""
    shared = set.intersection(*({i for p in r.passages for i in p.items} for r in roles))
    lines = [
        (label, tuple(tuple(p for p in cell if shared & {i for q in p.passages for i in q.items}) for cell in row))
        for label, row in table.lines
    ]
    kept = tuple((label, row) for label, row in lines if all(row))
    return Comparison(table.roles, kept) if kept else None


def _one_side(question: Question, aspects: tuple[str, ...], roles: tuple[Role, ...]) -> tuple[Point, ...]:
    """What only the role asked about names: the first named, or the one that a person moves to, or would leave."""
    asked = [r for r in question.roles if r in {role.id for role in roles}]
    moves = re.search(r"\bfrom\b.{2,60}\bto\b", question.text.lower())
    ident = asked[-1] if moves and not _LEAVES.search(question.text.lower()) else asked[0]
    title = next(r.title for r in roles if r.id == ident)
    return tuple(p for p in _shared_and_not(aspects, roles, False) if p.text.startswith(f"{_ONLY} the {title}:"))


def _verdict(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Yes or no to "are they the same?", before the first sentence."""
    if not points:
        return points
    word = "No, not in everything" if len(points) > 1 or points[0].text.startswith(_ONLY) else "Yes"
    return (Point(f"{word}: {inline(points[0].text)}.", points[0].passages), *points[1:])


def _asked_items(question: Question, library: Library) -> tuple[str, ...]:
    found = [
        p.aspects[-1]
        for r in library.corpus.roles
        for p in r.passages
        if set(p.items) & set(question.items) and p.aspects
    ]
    return tuple(dict.fromkeys(found))


def _lines(
    aspect: str, roles: tuple[Role, ...], library: Library, overall: bool
) -> list[tuple[str, tuple[tuple[Point, ...], ...]]]:
    """One table line per part of the aspect (languages, frameworks, …), or one for the whole."""
    vocabulary = library.corpus.vocabulary
    parts = [a for a in vocabulary.parts_of(aspect) if any(_both(r, aspect, a.id) for r in roles)]
    if not parts or overall:
        cells = tuple(_cell(about(r, (aspect,))[: 8 if not overall or aspect != "summary" else 1]) for r in roles)
        return [(_title(vocabulary.aspect(aspect).name), cells)]
    return [(_title(part.name), tuple(_cell(_both(r, aspect, part.id)) for r in roles)) for part in parts]


def _both(role: Role, aspect: str, part: str) -> list[Passage]:
    return [p for p in about(role, (part,)) if aspect in p.aspects]


def _cell(passages: list[Passage]) -> tuple[Point, ...]:
    return tuple(Point(p.short, (p,)) for p in passages)


def _shared_and_not(aspects: tuple[str, ...], roles: tuple[Role, ...], common_only: bool) -> tuple[Point, ...]:
    """Sentences on the items that all roles name, and on those that only one does."""
    named: dict[str, dict[str, Passage]] = {}
    for role in roles:
        for passage in about(role, aspects):
            for item in passage.items:
                named.setdefault(item, {}).setdefault(role.id, passage)
    shared = [item for item, by in named.items() if len(by) == len(roles)]
    points = []
    both = "both roles" if len(roles) == 2 else "all of these roles"
    same = all(len(by) == len(roles) for by in named.values())
    if shared:
        passages = tuple(dict.fromkeys(p for item in shared for p in named[item].values()))
        start = "The sources name the same for" if same else "Named for"
        points.append(Point(f"{start} {both}: {joined(_told(shared, named))}.", passages))
    for some in _groups(named.values(), roles) if not common_only else ():
        own = [item for item, by in named.items() if set(by) == {r.id for r in some}]
        passages = tuple(dict.fromkeys(p for item in own for p in named[item].values()))
        titles = joined([f"the {r.title}" for r in some])
        points.append(Point(f"{_ONLY} {titles}: {joined(_told(own, named))}.", passages))
    return tuple(points)


def _groups(held: Iterable[dict[str, Passage]], roles: tuple[Role, ...]) -> list[tuple[Role, ...]]:
    """Which roles, fewer than all, name an item together: the larger groups first."""
    groups = {tuple(r for r in roles if r.id in by) for by in held}
    return sorted((g for g in groups if len(g) < len(roles)), key=lambda g: (-len(g), [roles.index(r) for r in g]))


def _told(items: list[str], named: dict[str, dict[str, Passage]]) -> list[str]:
    """Items in the words of their sentences: the item itself where the sentence says it, else the sentence's short form."""
    told = []
    for item in items:
        passage = next(iter(named[item].values()))
        told.append(item if stems_of(item) <= stems_of(passage.text) else passage.short)
    return list(dict.fromkeys(told))


def _title(name: str) -> str:
    return name[0].upper() + name[1:]
