"""Which role fits me? The person's own points, weighed one by one against the role data."""

from __future__ import annotations

from rolewise.advisor.advice import of_somebody
from rolewise.advisor.evidence.base import Evidence, Library, Point, inline, joined
from rolewise.advisor.evidence.comparison import comparison
from rolewise.advisor.evidence.points import PersonalPoint, personal_points, speaks_of_newcomer
from rolewise.advisor.evidence.statements import naming
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.question import Question
from rolewise.corpus import Passage, Role
from rolewise.corpus.words import plain

_ASK = "To weigh it for you, tell me what you like doing, what you avoid, and what you know already."
_INTERVIEW = "To weigh it for you, I have a few questions, five at most. Answer in your own words, skip what you like, or stop at any time."


def fit(question: Question, library: Library, lexicon: Lexicon) -> Evidence:
    """For each role what speaks for and against it, the lean, and what is still unknown."""
    asked = () if of_somebody(plain(question.text)) else (question.text,)  # whom a role is for is a statement already
    points = personal_points(" . ".join((*question.statements, *asked)), lexicon, library)
    roles = library.roles(question) if len(question.roles) > 1 else library.corpus.roles
    telling = [p for p in points if 0 < sum(bool(naming(r, p.item)) for r in roles) < len(roles)]
    shared = [p for p in points if all(naming(r, p.item) for r in roles)]
    junior = [
        r for r in roles if "senior" in r.level and speaks_of_newcomer(" ".join((*question.statements, question.text)))
    ]
    if not points and not junior:
        return _too_little(question, library)
    score = {r.id: sum(_weight(p) for p in telling if naming(r, p.item)) - (r in junior) for r in roles}
    best = max(score.values())
    leaders = [r for r in roles if score[r.id] == best]
    said: list[Point] = []
    for role in roles:
        for point in telling:
            named = naming(role, point.item)
            if named:
                said.append(_reason(point, role, named[0]))
        if role in junior:
            level = role.passages[0]
            said.append(
                Point(
                    f"Being new to it counts against the {role.title} for now: {inline(level.text)}.",
                    (level,),
                    "bullet",
                )
            )
    for point in shared:
        passages = tuple(naming(r, point.item)[0] for r in roles)
        side = "is asked for in either role" if point.wanted else "comes with either role"
        said.append(Point(f"{point.item[0].upper() + point.item[1:]} {side}: {passages[0].short}.", passages, "bullet"))
    if len(question.roles) == 1:
        said += _still_asked(library.corpus.role[question.roles[0]], points)
    bearing = tuple(dict.fromkeys(p for s in said for p in s.passages))
    return Evidence(
        "answered",
        (_lean(leaders, roles, bearing), *said, Point(_unknown(points, library), style="label")),
    )


def _weight(point: PersonalPoint) -> int:
    return (1 if point.wanted else -1) * (2 if point.wish else 1)


def _lean(leaders: list[Role], roles: tuple[Role, ...], bearing: tuple[Passage, ...]) -> Point:
    if len(leaders) == 1 < len(roles):
        own = tuple(p for p in bearing if leaders[0].id in p.roles) or leaders[0].passages[:1]
        return Point(f"What you say leans towards the {leaders[0].title}.", own[:3])
    names = joined([r.title for r in leaders if r in roles], "or")
    return Point(f"What you say does not yet decide between {names}.", bearing[:3])


def _reason(point: PersonalPoint, role: Role, passage: Passage) -> Point:
    side = "for" if point.wanted else "against"
    item = point.item[0].upper() + point.item[1:]
    last = point.item.split()[-1]
    counts = "count" if last.islower() and last.endswith("s") else "counts"
    return Point(f"{item} {counts} {side} the {role.title} for you: {passage.short}.", (passage,), "bullet")


def _still_asked(role: Role, points: tuple[PersonalPoint, ...]) -> list[Point]:
    """What the role asks for and the person has not touched: the gap to look at."""
    touched = {p.item for p in points if p.wanted}
    rest = [p for p in role.passages if p.need and not touched & set(p.items)]
    return [Point(f"Also asked of a {role.title}: {p.short}.", (p,), "bullet") for p in rest]


def _unknown(points: tuple[PersonalPoint, ...], library: Library) -> str:
    given = {
        a
        for r in library.corpus.roles
        for p in r.passages
        for a in p.aspects[:1]
        if set(p.items) & {x.item for x in points}
    }
    names = {a.id: a.name for a in library.corpus.vocabulary.aspects}
    open_ = [names[a] for a in ("responsibilities", "skills", "education") if a not in given and a in names]
    more = f" You have not said anything yet about {joined(open_)}." if open_ else ""
    return f"This is a reading of your words against the sources, not a verdict.{more}"


def begun(question: Question, library: Library, said: tuple[str, ...]) -> Evidence:
    """Where the roles part, and the first question of the interview."""
    points = [p for p in _too_little(question, library).points if p.passages]
    return Evidence("partly", (*points, Point(_INTERVIEW, style="label"), *(Point(t, style="label") for t in said)))


def _too_little(question: Question, library: Library) -> Evidence:
    """Nothing to weigh yet: show where the roles part, and ask for what would decide."""
    if len(question.roles) == 1:
        asked = _still_asked(library.corpus.role[question.roles[0]], ())
        return Evidence("partly", (*asked, Point(_ASK, style="label")))
    base = comparison(question, library)
    ask = Point(_ASK, style="label")
    only = tuple(p for p in base.points if p.text.startswith("Named only"))
    return Evidence("partly", (*only, ask), None)
