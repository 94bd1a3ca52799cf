"""Whether a sentence joins words as its evidence does: what is done to what, for whom, with what.

Each word of the sentence is placed on a word of the evidence, in the order that departs least from the evidence's
(a shortest path, as in sequence alignment). The departures that are left must be ones that English makes without a
change of meaning: the subject moved, a passive, a compound turned round, members of a list in another order.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from rolewise.advisor.claims import Claims
from rolewise.advisor.grounding import bonds, moves
from rolewise.advisor.grounding.families import form
from rolewise.advisor.grounding.shape import Shape

_MOVES_SUBJECT = frozenset(
    "by of for as in at to from on among what that which where how while and but both call calls describe describes".split()
)
_BE = frozenset("is are was were be been being".split())
_OWNED = frozenset(
    "job jobs role roles task tasks duty duties responsibility responsibilities requirement requirements part work".split()
)
_NEEDS = frozenset("needs need requires require must has have should".split())


def fault(said: Claims, places: Sequence[int], shape: Shape, completed: bool = False) -> str:
    """How the sentence joins words otherwise than its evidence; empty where it does not.

    `completed`: the sentence is a fragment that its question completes.
    """
    if _subject_moved_wrongly(said, shape, places) or _turned_voice(said, shape, places):
        return "somebody else does it in the evidence"
    if reason := _across(said, shape, places):
        return reason
    inner = [(i, q) for i, q in enumerate(places) if q not in shape.agents]
    for (i, p), (j, q) in itertools.pairwise(inner):
        pair = f"“{said.words[i].text} … {said.words[j].text}”"
        if q < p and not moves.licensed(said, shape, places, (i, p), (j, q)):
            return f"{pair} is not how the evidence joins them"
        if q > p and _lands_inside(said, shape, (i, p), (j, q), set(places[j + 1 :])):
            return f"{pair} skips what the evidence puts between"
    return (
        ("" if completed else bonds.beheaded(said, shape, inner))
        or bonds.exchanged(said, shape, inner)
        or bonds.unlinked(said, shape, inner)
        or bonds.spread(said, shape, inner)
        or bonds.regrouped(said, shape, inner)
    )


def _subject_moved_wrongly(said: Claims, shape: Shape, places: Sequence[int]) -> bool:
    """The subject stays together and in order, and stands first or is led in by a word such as by, of, for, that."""
    held = [i for i, q in enumerate(places) if q in shape.agents]
    for before, i in zip([-2, *held], held, strict=False):
        word = said.words[i]
        if before == i - 1:
            linked = any(shape.words[n].links for n in range(min(places[before], places[i]) + 1, shape.subject))
            turned = not linked if word.links or word.joined else linked and not word.gap
            if places[before] < places[i] or turned:
                continue
            return True
        if i == 0:
            continue
        if before >= 0 and places[i] < shape.subject and places[i] not in places[:i]:
            return True
        if not _led_in(said, shape, places, i, held):
            return True
    return False


def _led_in(said: Claims, shape: Shape, places: Sequence[int], i: int, held: Sequence[int]) -> bool:
    """Whether the subject that does not come first is marked as the subject where it stands."""
    word, last = said.words[i], i
    while last + 1 in held and not said.words[last + 1].gap:
        last += 1
    follows = said.words[last + 1].gap if last + 1 < len(said.words) else said.tail
    if (said.words[last].owner and _OWNED & set(follows)) or word.clause != said.words[i - 1].clause:
        return True
    leads_in = [g for g in word.gap if g not in ("the", "a", "an", "their", "its", "role", "job")][-1:]
    if _MOVES_SUBJECT.intersection(leads_in):
        return True
    if not leads_in and word.gap and _NEEDS & set(follows):
        return True  # "the tools a welder needs"
    if leads_in in (["be"], ["become"]) and "to" in word.gap and not _BE - {"be"} & set(word.gap):
        return True  # "one needn't have it to be a lead"
    return word.joined and bool(said.words[0].links & shape.reached_by(places[0]))


def _turned_voice(said: Claims, shape: Shape, places: Sequence[int]) -> bool:
    """Who supervises is not who is supervised."""
    for i, q in enumerate(places):
        one, other = said.words[i], shape.words[q]
        if not i or one.text.endswith("ing") or other.text.endswith("ing"):
            continue
        active = not one.passive and not one.text.endswith(("ed", "en")) and not one.gap
        if other.passive and active and form(one.text) == "base" and places[i - 1] < q:
            return True
        if one.passive and not other.passive and shape.verb(q) and places[i - 1] in shape.agents:
            return True
    return False


def _across(said: Claims, shape: Shape, places: Sequence[int]) -> str:
    """What a clause of the evidence says of its own subject may not be said of another clause's."""
    used = set(places)
    for n, first in shape.own_subjects().items():
        inside = [q for q in used if shape.words[q].clause == n]
        if inside and first not in used:
            return "the evidence says it of something else"
    for i, (p, q) in enumerate(itertools.pairwise(places)):
        if q in shape.own_subjects().values() and said.words[i].clause == said.words[i + 1].clause and p < q:
            return "the evidence tells them apart"
        later = shape.words[p].clause > shape.words[q].clause and shape.words[p].clause in shape.own_subjects()
        if later and said.words[i].clause == said.words[i + 1].clause and not shape.attributes(p):
            return "the evidence says it of something else"
    if shape.restricted and shape.subject not in used and any(q < shape.subject for q in used):
        return "it leaves out which of them"
    return ""


def _lands_inside(said: Claims, shape: Shape, here: tuple[int, int], there: tuple[int, int], later: set[int]) -> bool:
    """A step ahead over the bounds of list members must land on the start of one, unless the members share what follows."""
    (i, p), (j, q) = here, there
    gap = {g for w in said.words[i + 1 : j + 1] for g in w.gap}
    coordinated = bool({",", "and", "or", ";"} & gap)
    numbers = any(shape.words[n].number for n in (p, p + 1, q)) or shape.attributes(q)
    if (
        q > p + 1
        and p + 1 in later
        and not shape.words[p + 1].gap
        and not coordinated
        and shape.phrase[p + 1] == shape.phrase[p]
        and not numbers
    ):
        return True  # what belonged here is said elsewhere
    if said.words[i].number and said.words[j].number and q == p + 1:
        return False
    if said.words[i].number and q > p + 1 and not said.words[j].gap and j == i + 1:
        return True  # "grows 5%, faster than" is not "grows 5% faster than"
    if (
        said.words[j].joined
        and not shape.examples(q)
        and not shape.first[q]
        and shape.starts[shape.phrase[q]] == q
        and shape.words[q].links - said.words[j].links
    ):
        return shape.head(p) != shape.head(q) and shape.phrase[p] != shape.phrase[q]
    if shape.piece[p] == shape.piece[q] or shape.first[q] or shape.opens(q):
        return False
    if {"usd", "eur", "gbp"} & gap & set(shape.words[q].gap):
        return False  # money is what is paid
    if "to" in gap and "to" in shape.words[q].gap:
        return False  # what it is done for
    ends = p + 1 == len(shape.words) or shape.piece[p + 1] != shape.piece[p]
    single = all(shape.first[n] for n in range(p + 1, q) if shape.piece[n] != shape.piece[q])
    return not (ends and single) or coordinated or bool(shape.words[q].links)
