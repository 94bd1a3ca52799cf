"""Which role …? Every role is looked at: those that name it, and those that do not."""

from __future__ import annotations

import re

from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point, inline, joined
from rolewise.advisor.evidence.comparison import comparison
from rolewise.advisor.evidence.statements import about, naming, siblings
from rolewise.advisor.question import Question
from rolewise.corpus import Passage, Role
from rolewise.corpus.words import plain

_WITHOUT = re.compile(
    r"\b(?:doesn't|does not|don't|do not|not|no|needn't|never|isn't)(?: \w+)? (?:needs?|require\w*|use\w*|have|know|involve\w*|ask\w*|expect\w*|lead|manage|list\w*|name\w*|mention\w*)\b|"
    r"\b(?:needs?|requires?|uses?|has|involves?|asks?(?: for)?|expects?|names?|mentions?|wants?|with) "
    r"(?:much |far |a lot )?(?:no|less|fewer|least|little|hardly any)\b|"
    r"\bwithout\b|\blacks?\b|\bspared\b|\bcan (?:skip|do without)\b"
)


def which_role(question: Question, library: Library) -> Evidence:
    """The roles that the sources name for what is asked, or NOT_IN_SOURCES."""
    roles = library.roles(question) if len(question.roles) != 1 else library.corpus.roles
    aspects = [a for a in question.aspects if any(about(r, (a,)) for r in roles)]
    if question.aspects and not aspects:
        return NOT_IN_SOURCES
    if not question.items and not question.terms:
        return comparison(question, library) if aspects else NOT_IN_SOURCES
    bearing = {role.id: _bearing(question, role, library) for role in roles}
    holders = [role for role in roles if bearing[role.id]]
    if not holders:
        return NOT_IN_SOURCES
    if _WITHOUT.search(plain(question.text)) and not question.has("only"):
        return _without(question, roles, holders, bearing)
    if len(holders) == len(roles) and len(roles) > 1:
        first = (
            bearing[holders[0].id] + bearing[holders[1].id]
            if len(roles) == 2
            else [p for r in holders for p in bearing[r.id]]
        )
        label = "Both roles:" if len(roles) == 2 else "All of these roles:"
        bullets = [Point(p.text, (p,), "bullet") for p in first]
        return Evidence("answered", (Point(label, style="label"), *bullets))
    points = []
    for role in holders:
        passages = bearing[role.id]
        points.append(Point(f"The {role.title}: {passages[0].short}.", (passages[0],)))
        points += [Point(p.text, (p,)) for p in passages[1:]]
    points += _lacking(question, [r for r in roles if r not in holders], library)
    return Evidence("answered", tuple(points))


def _bearing(question: Question, role: Role, library: Library) -> list[Passage]:
    """Statements of the role that name every item asked for, or that say all the words asked about."""
    if question.items:
        each = [naming(role, item)[:1] for item in question.items]
        return list(dict.fromkeys(p for found in each for p in found)) if all(each) else []
    like = library.statements_like(question, library.corpus.roles)
    own = [p for p in like if role.id in p.roles]
    same = [p for p in role.passages if like and p.items and p.items == like[0].items]
    return (own or same)[:1] if like and (like[0] in own or same) else []


def _lacking(question: Question, roles: list[Role], library: Library) -> list[Point]:
    points = []
    for role in roles:
        near = [p for item in question.items for p in siblings(role, library.corpus, item)[:1]]
        if near:
            points.append(Point(near[0].text, (near[0],)))
    return points


def _without(
    question: Question,
    roles: tuple[Role, ...],
    holders: list[Role],
    bearing: dict[str, list[Passage]],
) -> Evidence:
    rest = [r for r in roles if r not in holders]
    what = joined(list(question.items), "or") or "it"
    if not rest:
        points = [Point("Neither of these roles is without it:", style="label")]
        points += [Point(p.text, (p,), "bullet") for r in holders for p in bearing[r.id][:1]]
        return Evidence("answered", tuple(points))
    first = bearing[holders[0].id][0]
    names = joined([f"the {r.title}" for r in rest])
    text = f"{names[0].upper() + names[1:]}: the sources name {what} only for the {holders[0].title}: {inline(first.text)}."
    instead = tuple(
        p for r in rest for p in about(r, first.aspects[:1])[:1]
    )  # what these roles name on the same matter
    return Evidence("answered", (Point(text, (first, *instead)),))
