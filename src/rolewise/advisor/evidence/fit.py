"""Which role fits me? The person's own points, weighed one by one against the role data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolewise.advisor.evidence.base import Evidence, Library, Point, inline, joined
from rolewise.advisor.evidence.comparison import comparison
from rolewise.advisor.evidence.statements import naming
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.polarity import AVERSE, without_double_negation
from rolewise.advisor.question import Question
from rolewise.corpus import Passage, Role
from rolewise.corpus.words import plain, tokens

_AGAINST = re.compile(
    rf"\b(?:{AVERSE}|not|no|never|without|nor|don't|dont|do not|doesn't|needn't|mustn't|won't|wouldn't|isn't|instead of)\b"
)
_TURNS = ("but", "while", "though", "although", "however", "whereas", "yet")
_CLAUSE = re.compile(rf"([.:;,!?\n]+|\b(?:and|{'|'.join(_TURNS)})\b)")


# A clause of at least this cosine to a responsibility speaks of it. Calibrated on the development questions.
_ALIKE = 0.33
_TAKES_BACK = re.compile(
    r"^\W*(?:i |that |it |this )*(?:really |just )*(?:don't|do not|dont|won't|wouldn't|can't|not (?:any ?more|now|me|for me|again)|no (?:longer|more)|never again|"
    r"(?:is|was) not (?:me|for me)|isn't (?:me|for me)|not)(?: want(?: to| that| it)?| like (?:it|that)| any ?more| really| again)*\W*$"
)
_WISH = re.compile(
    r"\b(?:lov(?:e|es|ed|ing)|like|likes|enjoy\w*|prefer\w*|want\w*|miss|misses|dream\w*|rather|wish\w*|passion\w*|happy|happiest|fond)\b"
)
_ALIKE_ASK = 0.42  # as for what is heard in the interview
_SHORT, _PLAIN_ASK = 3, 0.55  # words, of which two must be plainer
_ASKS = re.compile(
    r"^\W*(?:so )?(?:which|what|where|would|should|does|is|are)\b(?!.*\b(?:who|with|if|like|likes|someone|somebody|without|for)\b)"
)
_CHOICE = re.compile(r"^\W*(?:an? |the )?\w+(?: \w+){0,3} or (?:an? |the )?\w+(?: \w+){0,3}\W*$")
_ASK = "To weigh it for you, tell me what you like doing, what you avoid, and what you know already."
_INTERVIEW = "To weigh it for you, I have a few questions, five at most. Answer in your own words, skip what you like, or stop at any time."
_JUNIOR = re.compile(
    r"\b(?:junior|fresh|graduate|entry.level|beginner|newcomer|student|no experience|first job|just finished|career changer)\b"
)


@dataclass(frozen=True)
class PersonalPoint:
    """Something the person likes, has or avoids, as an item of the corpus."""

    item: str
    wanted: bool
    wish: bool = False
    """Said as a liking or a dislike, which outweighs what the person has or does."""


def personal_points(text: str, lexicon: Lexicon, library: Library) -> tuple[PersonalPoint, ...]:
    """The corpus's items in what the person says of themselves, by name or, for a whole clause, by likeness.

    Negation carries on over `and` until a new verb of liking, or a "but".
    """
    found: dict[str, PersonalPoint] = {}
    against = wish = False
    latest: tuple[str, ...] = ()
    # What stands between two clauses, and the clause after it.
    parts = ["", *_CLAUSE.split(without_double_negation(plain(text)))]
    for between, clause in zip(parts[::2], parts[1::2], strict=True):
        against = against and between not in _TURNS
        if _AGAINST.search(clause):
            against = True
        elif re.search(r"\b(?:i|i'm|i've|i'd|my|love|like|enjoy|prefer|want|good|know|have)\b", clause):
            against = False
        wish = bool(_WISH.search(clause)) or (wish and between not in ("", *_TURNS))
        if _CHOICE.match(clause) or _ASKS.match(clause):  # what is asked, and nothing of the person
            continue
        if _TAKES_BACK.match(clause) and between in _TURNS:  # "... but I don't": what stands before it is not wanted
            found |= {i: PersonalPoint(i, False, True) for i in latest}
            continue
        mentions = lexicon.mentions(lexicon.corrected(tokens(clause)))
        named = [
            m.value for m in mentions if m.kind == "item" and any(naming(r, m.value) for r in library.corpus.roles)
        ]
        latest = tuple(named) or _alike(clause, library)
        for item in latest:
            found.setdefault(item, PersonalPoint(item, not against, against or wish))
    return tuple(found.values())


def _alike(clause: str, library: Library) -> tuple[str, ...]:
    """Items that a clause without names is like: of the responsibility, or of the example question, that comes nearest."""
    ask = library.nearest(clause)
    short = len(tokens(clause)) < _SHORT
    asked = (
        (ask.item,)
        if ask and ask.item and ask.cosine >= (_PLAIN_ASK if short else _ALIKE_ASK) and ask.cosine > ask.elsewhere
        else ()
    )
    if short:
        return asked
    near = library.likeness(clause)
    said = [p for r in library.corpus.roles for p in r.passages]
    best = max(said, key=lambda p: near.get(p.id, 0.0), default=None)
    if best and near.get(best.id, 0.0) >= _ALIKE and "responsibilities" in best.aspects and best.items:
        return best.items[:1]
    return asked


def speaks_of_newcomer(text: str) -> bool:
    return bool(_JUNIOR.search(plain(text)))


def fit(question: Question, library: Library, lexicon: Lexicon) -> Evidence:
    """For each role what speaks for and against it, the lean, and what is still unknown."""
    points = personal_points(" . ".join((*question.statements, question.text)), lexicon, library)
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
        "answered", (_lean(leaders, roles, bearing), *said, Point(_unknown(points, library), style="label"))
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
