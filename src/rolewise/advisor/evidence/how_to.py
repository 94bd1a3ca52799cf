"""How do I become …? What the role asks for, then the sources' tips for getting started."""

from __future__ import annotations

from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point, names
from rolewise.advisor.evidence.statements import about
from rolewise.advisor.question import Question

_ASKED_FOR = ("education", "skills")
TIPS = "getting-started"


def how_to(question: Question, library: Library) -> Evidence:
    """The way into a role, where the question names one; the tips alone where it names none."""
    tips = [p for d in library.corpus.documents if d.kind == "article" for p in d.passages if TIPS in p.aspects]
    roles = [library.corpus.role[r] for r in question.roles]
    way_in = question.has("way_in")  # whatever else is named beside "where do I start?"
    narrow = [a for a in question.aspects if a not in (TIPS, *_ASKED_FOR) and not way_in]
    if question.items:  # "how do I learn statistics?": the tips that name it
        naming = [p for p in tips if any(names(p, i, library.corpus) for i in question.items)]
        return Evidence("answered", tuple(Point(p.text, (p,)) for p in naming)) if naming else NOT_IN_SOURCES
    if (narrow and TIPS not in question.aspects) or (not tips and not roles):
        return NOT_IN_SOURCES
    points: list[Point] = []
    for role in roles if len(roles) == 1 else ():
        points += [Point(p.text, (p,)) for p in role.about("summary")[:1]]
        points.append(Point(f"What the sources ask of a {role.title}:", style="label"))
        points += [Point(p.short, (p,), "bullet") for p in about(role, _ASKED_FOR)]
    if tips:
        points.append(Point("Tips for getting started:", style="label"))
        points += [Point(p.text, (p,), "bullet") for p in tips]
    return Evidence("answered", tuple(points), exact=way_in)
