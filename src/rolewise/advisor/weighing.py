"""A profile weighed against each role: requirements met and missing, likes and dislikes, by plain arithmetic."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolewise.advisor.english import NUMBER_WORDS
from rolewise.advisor.evidence.base import joined
from rolewise.advisor.evidence.statements import naming
from rolewise.advisor.profile import Profile
from rolewise.advisor.steps import Step, next_steps
from rolewise.corpus import Corpus, ItemGroup, Passage, Role
from rolewise.corpus.words import plain

NOT_A_VERDICT = "This is a reading of your input against the sources, not a verdict."
REQUIRED_POINTS = 100  # for every required statement met; a part of them counts for its share
PREFERRED_POINTS = 5  # for each preferred or useful statement met
LIKE_POINTS = 10  # for each like that the role's statements name; the same is taken off for a dislike
NEWCOMER_YEARS = 1  # with less than this, a person counts as new to the work

_TASKS = "responsibilities"
_YEARS = re.compile(
    rf"\b(\d+|{'|'.join(NUMBER_WORDS)})\+?[ -]years?\b(?=[^.]*\bexperience\b)|\bexperience\b[^.]*?\b(\d+)\+? years?\b"
)


@dataclass(frozen=True)
class Checked:
    """A statement of a role and whether the profile meets it; `has` and `lacks` tell by what. `met` None: not told."""

    passage: Passage
    met: bool | None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        return self.passage.need in ("required", None)


@dataclass(frozen=True)
class Reason:
    """A like or dislike, or being new, and the statement through which it counts for or against the role."""

    text: str
    passage: Passage


@dataclass(frozen=True)
class Part:
    """One line of the arithmetic: `100 × 4 ÷ 7`, and the points that it comes to."""

    name: str
    told: str
    sum: str
    points: int


@dataclass(frozen=True)
class Fit:
    """A role against a profile; `points` is the sum of `parts`."""

    role: Role
    checked: tuple[Checked, ...]
    speaks_for: tuple[Reason, ...]
    speaks_against: tuple[Reason, ...]
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)

    @property
    def met(self) -> tuple[Checked, ...]:
        return tuple(c for c in self.checked if c.met)

    @property
    def missing(self) -> tuple[Checked, ...]:
        """Required ones first."""
        return tuple(sorted((c for c in self.checked if c.met is False), key=lambda c: not c.required))

    @property
    def not_told(self) -> tuple[Checked, ...]:
        return tuple(c for c in self.checked if c.met is None)


def weigh(profile: Profile, corpus: Corpus) -> tuple[Fit, ...]:
    """Each role against the profile, most points first. The same profile always comes to the same."""
    fits = [_fit(profile, role, corpus) for role in corpus.roles]
    return tuple(sorted(fits, key=lambda fit: -fit.points))


def verdict_of(fits: tuple[Fit, ...]) -> str:
    """Which role the input comes nearest to, or that it does not decide."""
    best = [f"the {fit.role.title}" for fit in fits if fit.points == fits[0].points] if fits else []
    if len(fits) == 1:
        return f"There is one role in the sources to weigh: {fits[0].role.title}."
    if len(best) == 1:
        return f"Your input comes nearest to {best[0]}."
    return f"Your input does not decide between {joined(best, 'and')}." if best else ""


def years_asked(passage: Passage) -> int | None:
    """The years of experience that a statement asks for: 5 for `at least five years of experience`."""
    found = _YEARS.search(plain(passage.text))
    number = (found[1] or found[2]) if found else None
    return None if number is None else int(number) if number.isdigit() else NUMBER_WORDS[number]


def _fit(profile: Profile, role: Role, corpus: Corpus) -> Fit:
    checked = tuple(_check(p, profile) for p in role.passages if p.need or years_asked(p) is not None)
    likes = _reasons(profile.likes, role)
    against = _reasons(profile.dislikes, role)
    new = profile.years is not None and profile.years < NEWCOMER_YEARS and "senior" in role.level
    if new and not any(years_asked(p) for p in role.passages):
        against = (*against, Reason(f"being new to it (the role is {role.level})", role.passages[0]))
    parts = _arithmetic(checked, len(likes), len(against))
    missing = tuple(c for c in checked if c.met is False and c.required)
    steps = next_steps([(c.passage, c.lacks) for c in missing], role, corpus)
    return Fit(role, checked, likes, against, parts, steps)


def _check(passage: Passage, profile: Profile) -> Checked:
    if (asked := years_asked(passage)) is not None:
        met = None if profile.years is None else profile.years >= asked
        return Checked(passage, met, (f"{profile.years:g} years",) if met else ())
    if not passage.groups:
        return Checked(passage, None)
    known = {*profile.skills, *profile.education}
    has = tuple(i for i in passage.items if i in known)
    lacks = tuple(filter(None, (_lacking(group, known) for group in passage.groups)))
    return Checked(passage, not lacks, has, lacks)


def _lacking(group: ItemGroup, known: set[str]) -> str:
    """What is missing of a group, in words; nothing where it is met."""
    rest = [i for i in group.items if i not in known]
    if group.choice == "all":
        return joined(rest)
    return "" if len(rest) < len(group.items) else joined(list(group.items), "or")


def _reasons(items: tuple[str, ...], role: Role) -> tuple[Reason, ...]:
    """Each item that the role names, through the statement that says most of it: a need, a task, then any other."""
    found = (
        (item, sorted(naming(role, item), key=lambda p: (p.need is None, _TASKS not in p.aspects))) for item in items
    )
    return tuple(Reason(item, passages[0]) for item, passages in found if passages)


def _arithmetic(checked: tuple[Checked, ...], likes: int, against: int) -> tuple[Part, ...]:
    required = [c for c in checked if c.required and c.met is not None]
    other = [c for c in checked if not c.required and c.met is not None]
    parts = []
    if required:
        met = sum(bool(c.met) for c in required)
        told = f"{met} of {len(required)} met"
        parts.append(
            Part(
                "Required",
                told,
                f"{REQUIRED_POINTS} × {met} ÷ {len(required)}",
                (2 * REQUIRED_POINTS * met + len(required)) // (2 * len(required)),
            )
        )
    if other:
        met = sum(bool(c.met) for c in other)
        parts.append(
            Part(
                "Preferred or useful",
                f"{met} of {len(other)} met",
                f"{met} × {PREFERRED_POINTS}",
                met * PREFERRED_POINTS,
            )
        )
    parts.append(Part("Counts for", f"{likes}", f"{likes} × {LIKE_POINTS}", likes * LIKE_POINTS))
    parts.append(Part("Counts against", f"{against}", f"{against} × −{LIKE_POINTS}", -against * LIKE_POINTS))
    return tuple(parts)
