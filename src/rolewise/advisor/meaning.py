"""Where the words of a question lead astray: what its nearest example question asks for instead."""

from __future__ import annotations

from dataclasses import replace

from rolewise.advisor.asks import COMPARISON, SUMMARY, NearestAsk
from rolewise.advisor.forms import form_of
from rolewise.advisor.question import Form, Question
from rolewise.advisor.reading import Reading

_SCATTERED = 0.55  # the cosine to an example question from which it outweighs three or more aspects
_ASTRAY = 0.25  # so much farther than the nearest example question, an aspect that a word names is not what is asked


def needs_meaning(reading: Reading, last: Question | None, nearest: NearestAsk) -> bool:
    """The words tell no aspect, and more is asked than what a role is; a follow-up is filled from what went before."""
    if not nearest.clear and len(reading.aspects) <= 2:
        return False
    guessed = bool(nearest.plain and reading.items and reading.guessed >= set(reading.items))
    many = len(reading.aspects) > 2 and nearest.aspect not in reading.aspects  # words that go astray in all directions
    scattered = many and nearest.cosine >= _SCATTERED and reading.guessed >= set(reading.items)
    if (reading.aspects or reading.items or reading.values) and not (guessed or scattered):
        return False
    if any(t.name or (t.telling and not nearest.plain) for t in reading.terms):
        return False
    chooses = "which_role" in reading.cues and nearest.item
    anew = last is None or (last.form == "fit" and bool(reading.roles))  # after advice, a question names what it asks
    other = anew and nearest.plain and nearest.aspect not in (SUMMARY, COMPARISON, "")
    return bool(reading.terms or chooses or other) or not (
        last or reading.roles or reading.cues & {"compare", "which_role"}
    )


def weighed(reading: Reading, form: Form, nearest: NearestAsk, of_roles: frozenset[str]) -> Reading:
    """The reading without aspects that its words name by accident: the question is far nearer to what another one asks.

    One of `of_roles`, the aspects of role data, that has no example questions has no distance, and stays; not where the roles
    are compared as a whole.
    """
    near = dict.fromkeys(of_roles, nearest.cosine if nearest.aspect != COMPARISON else 0.0) | nearest.aspects
    kept = tuple(a for a in reading.aspects if nearest.cosine - near.get(a, 0.0) < _ASTRAY)
    if nearest.aspect == SUMMARY or not nearest.clear or kept == reading.aspects:
        return reading
    if nearest.aspect == COMPARISON:  # "explain to a school leaver how they differ" asks for no education
        return replace(reading, aspects=kept) if form == "compare" else reading
    if kept:
        return replace(reading, aspects=kept)
    if nearest.aspect and nearest.plain:
        return replace(reading, aspects=(nearest.aspect,))
    if nearest.item and nearest.plain and reading.guessed >= set(reading.items):
        return replace(reading, aspects=(), items=(nearest.item,))
    return reading


def by_meaning(reading: Reading, form: Form, nearest: NearestAsk) -> tuple[Reading, Form]:
    """The reading with what the nearest example question asks for, and the form that goes with it."""
    if nearest.item:
        reading = replace(reading, items=(nearest.item,))
    elif nearest.aspect == SUMMARY and len(reading.roles) == 1:
        return replace(reading, terms=()), "define"
    elif nearest.aspect == COMPARISON and len(reading.roles) != 1:
        return replace(reading, terms=()), "compare"
    else:
        reading = replace(reading, aspects=(nearest.aspect,), items=())
    return reading, form_of(reading)
