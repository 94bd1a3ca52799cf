"""Answers that weigh a person's profile: which role fits, what to learn first, what is missing, how one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from rolewise.advisor import english
from rolewise.advisor.evidence import Comparison, Evidence, Point
from rolewise.advisor.evidence.base import joined
from rolewise.advisor.interview_words import FORGET, told
from rolewise.advisor.profile import Profile
from rolewise.advisor.question import Question
from rolewise.advisor.steps import next_steps
from rolewise.advisor.weighing import LIKE_POINTS, Checked, Fit, Part, weigh
from rolewise.corpus import Corpus, Passage

Kind = Literal["fit", "chances", "gaps", "steps", ""]

_STEPS = re.compile(
    r"\b(?:what|which|where|how)\b.{0,40}\b(?:i|one)\b.{0,12}\b(?:learn|study|begin|start|improve|work on|focus on|do (?:first|next|now)|tackle|acquire|become|prepare|get (?:there|into|to))\b|"
    r"\b(?:learn|study) (?:first|next|now)\b|\b(?:my )?next steps?\b|\bto (?:learn|study)\b.{0,12}\b(?:first|next)\b"
)
_GAPS = re.compile(
    r"\b(?:what|which|where)\b.{0,60}\b(?:missing|lack\w*|gaps?|still need|short of|lacking)\b|\bwhat (?:would|do|will|else do) i (?:still )?need\b|\bmy gaps\b"
)
_CHANCES = re.compile(
    r"\b(?:would|will|could|can|do) i (?:get (?:in|hired|taken|accepted|the job|that job|it)|be (?:hired|taken|accepted|good enough)|qualify|make it|stand a chance|have a chance)\b|"
    r"\bam i (?:good enough|ready|qualified|far off|close|suited)\b|\b(?:my|any) chances?\b|\bhow (?:close|far|near) am i\b|\b(?:hire|take) me\b"
)


def kind_of(question: Question, before: str = "") -> Kind:
    """Which of these answers the question wants; a short follow-up ("and for the other one?") wants that of `before`."""
    text = question.text.lower()
    if question.items or question.values:
        return ""
    short = len(text.split()) <= 7 and bool(english.CONTINUES.search(text) or english.OTHER.search(text))
    for words in (text, before.lower() if short and not question.terms else ""):
        for kind, pattern in _KINDS:
            if words and pattern.search(words):
                return kind
    return "fit" if question.form == "fit" else ""


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (("gaps", _GAPS), ("chances", _CHANCES), ("steps", _STEPS))


def weighed(kind: Kind, question: Question, profile: Profile, corpus: Corpus) -> Evidence | None:
    """The answer that weighs `profile`, or None where the profile has no bearing on what is asked."""
    fits = weigh(profile, corpus)
    named = tuple(f for f in fits if f.role.id in question.roles)
    leaders = tuple(f for f in fits if f.points == fits[0].points)
    if kind == "fit" and len(named) != 1:
        found = _fit(named or fits)
    elif kind in ("fit", "chances"):
        found = _chances(named or leaders)
    else:
        aspects = _narrow(question, corpus)
        write = _steps if kind == "steps" else _gaps
        found = Evidence("answered", tuple(p for f in named or leaders for p in write(f, aspects, not named, corpus)))
        if not found.passages:
            return None
    notice = f"Weighed with what you said: {told(profile, quoted=False)}. Say “{FORGET.lower()}” to leave it out."
    return replace(found, notices=(notice,))


def _fit(fits: tuple[Fit, ...]) -> Evidence:
    """Which role it leans towards, each role in a table with its arithmetic, and the next steps."""
    best = tuple(f for f in fits if f.points == fits[0].points)
    title = joined([f"the {f.role.title}" for f in best])
    close = len(fits) > 1 and fits[0].points - fits[1].points <= LIKE_POINTS
    lean = f"leans {'slightly ' if close else ''}towards" if len(best) == 1 else "does not decide between"
    first = Point(f"What you say {lean} {title}.", tuple(p for f in best for p in _bearing(f)))
    steps = (p for f in best for p in _next(f))
    return Evidence("answered", (first, *_reasons(fits)), _table(fits), below=(*steps, _CLOSING))


def _reasons(fits: tuple[Fit, ...]) -> Iterator[Point]:
    """What tells the roles apart for this person: what is liked or avoided, and what is asked for and there."""
    for fit in fits:
        others = [f for f in fits if f is not fit]
        for reasons, side in ((fit.speaks_for, "for"), (fit.speaks_against, "against")):
            shared = {r.text for f in others for r in (f.speaks_for if side == "for" else f.speaks_against)}
            if own := [r for r in reasons if r.text not in shared]:
                said, speak = joined([r.text for r in own]), "speaks" if len(own) == 1 else "speak"
                text = f"{said[0].upper()}{said[1:]} {speak} {side} the {fit.role.title}."
                yield Point(text, tuple(dict.fromkeys(r.passage for r in own)))
        has = {
            i: c.passage
            for c in fit.checked
            for i in c.has
            if i in c.passage.items and not any(i in p.items for f in others for p in f.role.passages)
        }
        if others and has:
            text = f"It asks for {joined(list(has))}, which you bring along." if fit is fits[0] else ""
            text = text or f"The {fit.role.title} asks for {joined(list(has))}, which you bring along."
            yield Point(text, tuple(dict.fromkeys(has.values())))


def _chances(fits: tuple[Fit, ...]) -> Evidence:
    steps = (p for f in fits for p in _next(f))
    return Evidence("answered", (_STANDS,), _table(fits), below=(*steps, _CLOSING))


def _steps(fit: Fit, aspects: set[str], nearest: bool, corpus: Corpus) -> list[Point]:
    """What to take up first, then what else is missing; of these aspects only, where the question names some."""
    missing = [c for c in fit.missing if not aspects or aspects & set(c.passage.aspects)]
    if aspects and not missing:
        return []
    required = [(c.passage, c.lacks) for c in missing if c.required]
    steps = next_steps(required, fit.role, corpus) if aspects else fit.steps
    near = ", which what you say comes nearest to" if nearest else ""
    points = [Point(f"Towards the {fit.role.title}{near}, take up first:", style="label")]
    points += [Point(s.text, s.passages, "bullet") for s in steps]
    taken = {p for s in steps for p in s.passages}
    if rest := [c for c in missing if c.passage not in taken]:
        points += [Point("What else it asks for:", style="label")]
        points += [Point(c.passage.short, (c.passage,), "bullet") for c in rest]
    return points


def _gaps(fit: Fit, aspects: set[str], nearest: bool, corpus: Corpus) -> list[Point]:
    """What the role asks for that was not told of, and what is there already."""
    checked = [c for c in (*fit.missing, *fit.met) if not aspects or aspects & set(c.passage.aspects)]
    near = ", which it comes nearest to" if nearest else ""
    points = []
    for met, label in (
        (False, f"What you said leaves open for the {fit.role.title}{near}:"),
        (True, "What it covers:"),
    ):
        if said := [c for c in checked if bool(c.met) is met]:
            points += [Point(label, style="label")]
            points += [Point(c.passage.short, (c.passage,), "bullet") for c in said]
    return points


def _next(fit: Fit) -> list[Point]:
    if not fit.steps:
        return []
    lead = Point(f"The next steps towards the {fit.role.title}:", style="label")
    return [lead, *(Point(s.text, s.passages, "bullet") for s in fit.steps)]


def _bearing(fit: Fit) -> tuple[Passage, ...]:
    """Up to three statements that speak for the role."""
    found = (*(r.passage for r in fit.speaks_for), *(c.passage for c in fit.met))
    return tuple(dict.fromkeys(found))[:3] or fit.role.passages[:1]


def _table(fits: tuple[Fit, ...]) -> Comparison:
    """A column for each role: what matches, what is missing, and the sum, line by line."""
    lines = [
        ("Matches", tuple(tuple(_met(c) for c in f.met) for f in fits)),
        ("Missing, or not told", tuple(tuple(_missing(c) for c in (*f.missing, *f.not_told)) for f in fits)),
    ]
    for name in dict.fromkeys(p.name for f in sorted(fits, key=lambda f: -len(f.parts)) for p in f.parts):
        lines.append((name, tuple((*_sides(f, name), *(_sum(p) for p in f.parts if p.name == name)) for f in fits)))
    lines.append(("Points", tuple((Point(f"**{_number(f.points)}**"),) for f in fits)))
    return Comparison(tuple(f.role.title for f in fits), tuple(lines), nothing="–")


def _sides(fit: Fit, name: str) -> tuple[Point, ...]:
    """What is counted for or against the role, where the line of that name counts it."""
    reasons = {"Counts for": fit.speaks_for, "Counts against": fit.speaks_against}.get(name, ())
    return tuple(Point(r.text, (r.passage,)) for r in reasons)


def _met(checked: Checked) -> Point:
    has = [i for i in checked.has if i in checked.passage.items]
    return Point(", ".join(has) or checked.passage.short, (checked.passage,))


def _missing(checked: Checked) -> Point:
    """What lacks of a required statement; one that is only preferred or useful says so in its own words."""
    what = ", ".join(checked.lacks) if checked.required else ""
    return Point(what or checked.passage.short, (checked.passage,))


def _sum(part: Part) -> Point:
    counted = f"{part.told}: " if "met" in part.told else ""
    return Point(f"{counted}{part.sum} = {_number(part.points)}")


def _number(points: int) -> str:
    return str(points).replace("-", "−")


def _narrow(question: Question, corpus: Corpus) -> set[str]:
    """Aspects asked about that are parts of others, such as the languages among the skills."""
    return {a for a in question.aspects if corpus.vocabulary.aspect(a).within}


_STANDS = Point(
    "Set against what the sources ask for (who gets hired is beyond them), what you said comes to this:", style="label"
)
_CLOSING = Point(
    "This is a reading of your words against the sources, not a verdict; what you did not mention counts as missing.",
    style="label",
)
