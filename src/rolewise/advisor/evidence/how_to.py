"""How do I become …? What the role asks for, then the sources' tips for getting started."""

from __future__ import annotations

from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point
from rolewise.advisor.evidence.statements import about
from rolewise.advisor.question import Question

_ASKED_FOR = ("education", "skills")
_TIPS = "getting-started"


def how_to(question: Question, library: Library) -> Evidence:
    """The way into a role, where the question names one; the tips alone where it names none."""
    tips = [p for d in library.corpus.documents if d.kind == "article" for p in d.passages if _TIPS in p.aspects]
    roles = [library.corpus.role[r] for r in question.roles]
    narrow = [a for a in question.aspects if a not in (_TIPS, *_ASKED_FOR)]
    if (narrow and _TIPS not in question.aspects) or question.items or (not tips and not roles):
        return NOT_IN_SOURCES
    points: list[Point] = []
    for role in roles if len(roles) == 1 else ():
        points += [Point(p.text, (p,)) for p in role.about("summary")[:1]]
        points.append(Point(f"What the sources ask of a {role.title}:", style="label"))
        points += [Point(p.short, (p,), "bullet") for p in about(role, _ASKED_FOR)]
    if tips:
        points.append(Point("Tips for getting started:", style="label"))
        points += [Point(p.text, (p,), "bullet") for p in tips]
    return Evidence("answered", tuple(points))
