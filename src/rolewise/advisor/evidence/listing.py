"""Facts and lists of roles by aspect: everything the sources name, complete."""

from __future__ import annotations

import re

from rolewise.advisor.evidence.base import CLEARLY_NEAR, NOT_IN_SOURCES, Evidence, Library, Point, in_words, joined
from rolewise.advisor.evidence.statements import about, naming
from rolewise.advisor.question import Question
from rolewise.corpus import Passage, Role

_CLEARLY = 0.05


def listing(question: Question, library: Library) -> Evidence:
    """What the sources name for each role on the aspects or items asked about."""
    roles = library.roles(question)
    found = [(role, _statements(question, role)) for role in roles]
    found = [(role, passages) for role, passages in found if passages]
    if not found:
        return NOT_IN_SOURCES
    bearing = tuple(p for _, passages in found for p in passages)
    if question.form == "number" and (counted := _counted(found, question)):
        return Evidence("answered", counted)
    if question.form == "number" and not any(c.isdigit() for p in bearing for c in p.text):
        return NOT_IN_SOURCES
    return Evidence("answered", (*_points(found, question, library), *_closer(question, bearing, library)))


def _closer(question: Question, bearing: tuple[Passage, ...], library: Library) -> tuple[Point, ...]:
    """Beside a short answer, the statement of the same role that search finds clearly closer to the question."""
    near = library.likeness(question.bare)
    own = [p for r in question.roles for p in library.corpus.role[r].passages]
    best = max(own, key=lambda p: near.get(p.id, 0.0), default=None)
    if best is None or len(bearing) > 2 or best in bearing:
        return ()
    margin = near.get(best.id, 0.0) - max(near.get(p.id, 0.0) for p in bearing)
    return (Point(best.text, (best,)),) if near.get(best.id, 0.0) >= CLEARLY_NEAR and margin >= _CLEARLY else ()


def definition(question: Question, library: Library) -> Evidence:
    """What a role is, from its summary."""
    found = [(role, list(role.about("summary"))) for role in library.roles(question)]
    points = [Point(p.text, (p,)) for _, passages in found for p in passages[:3]]
    if not points:
        return NOT_IN_SOURCES
    return Evidence("answered", tuple(points))


def described(question: Question, library: Library) -> Evidence:
    """The role statements that search finds and that say the words asked about, for the roles meant."""
    found = library.statements_like(question, library.roles(question)) if question.terms else []
    if question.form == "number":
        found = [p for p in found if any(c.isdigit() for c in p.text)]
    if not found:
        return NOT_IN_SOURCES
    same = [p for p in found if p.items == found[0].items][: len(library.corpus.roles)]
    return Evidence("answered", tuple(Point(p.text, (p,)) for p in (same if not question.roles else found[:2])))


def _counted(found: list[tuple[Role, list[Passage]]], question: Question) -> tuple[Point, ...]:
    """How many: the items that the sources name are counted; where the list is open ("such as"), that is said."""
    if not re.search(r"\bhow many\b|\bnumber of\b", question.text.lower()) or not question.aspects or question.items:
        return ()  # of "how many jobs insist on a doctorate?" no list is the count
    points = []
    for role, passages in found:
        groups = [g for p in passages for g in p.groups]
        if not groups:
            return ()
        items = list(dict.fromkeys(i for g in groups for i in g.items))
        examples = ", as examples," if any(g.choice == "such_as" for g in groups) else ""
        points.append(
            Point(f"{in_words(len(items))}{examples} for the {role.title}: {joined(items)}.", tuple(passages))
        )
    return tuple(points)


def _statements(question: Question, role: Role) -> list[Passage]:
    if question.items and not question.aspects and not question.has("else"):
        return list(dict.fromkeys(p for item in question.items for p in naming(role, item)[:1]))
    passages = about(role, question.aspects)
    if question.items and question.has("else"):
        sections = tuple(p.aspects[0] for i in question.items for p in naming(role, i) if p.aspects)
        return [p for p in about(role, question.aspects or sections) if not set(p.items) & set(question.items)]
    if question.items:
        narrowed = [p for p in passages if set(p.items) & set(question.items)]
        return narrowed or list(dict.fromkeys(p for item in question.items for p in naming(role, item)[:1]))
    return passages


def _points(found: list[tuple[Role, list[Passage]]], question: Question, library: Library) -> tuple[Point, ...]:
    if sum(len(passages) for _, passages in found) <= 3:
        return tuple(Point(p.text, (p,)) for _, passages in found for p in passages)
    names = {a.id: a.name for a in library.corpus.vocabulary.aspects}
    what = " and ".join(names[a] for a in question.aspects if a in names) or "the sources say"
    points: list[Point] = []
    for role, passages in found:
        points.append(Point(f"{role.title}, {what}:", style="label"))
        points += [Point(p.short, (p,), "bullet") for p in passages]
    return tuple(points)
