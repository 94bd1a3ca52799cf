"""Steps back in the evidence that English makes without a change of meaning.

The subject moved, a passive, a compound turned round, members of a list in another order, a complement put first.
"""

from __future__ import annotations

from collections.abc import Sequence

from rolewise.advisor.claims import Claims, Word
from rolewise.advisor.grounding.families import form, kin
from rolewise.advisor.grounding.shape import Shape

_BE = frozenset("is are was were be been being".split())
_COORDINATE = frozenset((",", "and", "or"))
_ARTICLES = frozenset("the a an of in for their its".split())
_MODALS = frozenset("can could will would may might the a an".split())
_MONTHS = frozenset("january february march april may june july august september october november december".split())


def licensed(said: Claims, shape: Shape, places: Sequence[int], here: tuple[int, int], there: tuple[int, int]) -> bool:
    """A step back from evidence word `p` to `q` that English makes without a change of meaning."""
    (i, p), (j, q) = here, there
    one, other = said.words[i], said.words[j]
    gap = [g for w in said.words[i + 1 : j + 1] for g in w.gap]
    between = set(gap) | {"," for w in said.words[i + 1 : j + 1] if w.joined}
    if {one.text, other.text} & _MONTHS and (one.number or other.number):
        return True
    if one.number and other.number:
        return False
    return (
        _in_list(shape, p, q, between)
        or _from_example(shape, p, q, between)
        or _turned(said, shape, places, here, there, gap)
        or _moved_complement(said, shape, (p, q), (one, other), gap)
        or _fronted(said, shape, places, i, j, between)
    )


def _in_list(shape: Shape, p: int, q: int, between: set[str]) -> bool:
    """Members of one list, or of a sentence, in another order."""
    starts = (shape.first[q] or shape.head(q) == shape.phrase[q]) and shape.phrase[p] != shape.phrase[q]
    if not between & _COORDINATE or not starts:
        return False
    return shape.head(p) == shape.head(q) or (shape.piece[p] != shape.piece[q] and shape.first[q])


def _from_example(shape: Shape, p: int, q: int, between: set[str]) -> bool:
    """ "git is one of the tools", "nurses, doctors and other staff": from an example to what it is an example of."""
    cue = ("of" in between and between & {"one", "example", "examples", "kind"}) or between & {"other", "among"}
    begins = shape.starts[shape.head(p)]
    lists = {"such", "like", "is", "are", ":", "including", "include", "includes", "e.g.", "as"}
    return bool(cue) and q < begins and bool(lists & set(shape.words[begins].gap))


def _turned(
    said: Claims, shape: Shape, places: Sequence[int], here: tuple[int, int], there: tuple[int, int], gap: Sequence[str]
) -> bool:
    """A passive ("code is optimized") or a compound turned round ("analysis of data", "a statistics degree")."""
    (i, p), (j, q) = here, there
    one, other = said.words[i], said.words[j]
    direct = shape.phrase[p] == shape.phrase[q] or shape.head(p) == shape.phrase[q]
    if direct and j == i + 1 and other.passive and _BE & set(other.gap):
        return True
    if direct and not set(gap) - _ARTICLES:
        changed = form(other.text) != form(shape.words[q].text) or form(one.text) != form(shape.words[p].text)
        after = said.words[j + 1] if j + 1 < len(said.words) else None
        if changed or ("of" in gap and (after is None or after.gap or places[j + 1] == q + 1)):
            return True
    if not gap and other.text.startswith("non-") and q == p - 1:
        return True  # "people who are not technical"
    ends = p + 1 == len(shape.words) or shape.piece[p + 1] != shape.piece[p] or shape.phrase[p + 1] == shape.phrase[p]
    return not gap and ends and not one.number and shape.governor.get(shape.phrase[p]) == q and not shape.verb(q)


def _moved_complement(
    said: Claims, shape: Shape, places: tuple[int, int], words: tuple[Word, Word], gap: Sequence[str]
) -> bool:
    """A complement that stands elsewhere with its own preposition, or in a relative clause."""
    (p, q), other = places, words[1]
    if shape.attributes(p) and shape.words[p].clause > shape.words[q].clause:
        return True  # what stands behind a colon is said of what stands before it
    if shape.subject == 0 == shape.phrase[q] and "to" in other.links & shape.words[q].links:
        return True  # "To start, do this", "do this to start"
    if q in shape.agents and {"for", "of", "by"} & set(other.gap):
        return True
    if (
        shape.subject
        and shape.governor.get(shape.phrase[q]) in (shape.subject - 1, shape.subject)
        and other.links & shape.words[q].links - {"to"}
        and (shape.phrase[p] != shape.phrase[q] or shape.words[p].text.endswith("ed"))
    ):
        return True  # a complement of the subject, or of a verb that says nothing, may stand anywhere
    start = shape.words[shape.starts[shape.phrase[p]]]
    if shape.governor.get(shape.phrase[p]) == q:
        if "which" in gap or start.links & set(said.tail):
            return True  # "the tools that it needs experience with"
        if {"with", "by"} & start.links and shape.words[q].passive and not set(gap) - _MODALS:
            return True  # "problems solved with it", "problems that it can solve"
    uses = q > 0 and kin(shape.words[q - 1].text, "use")
    return uses and "for" in start.links and bool({"with", "using", "by"} & set(other.gap))


def _fronted(said: Claims, shape: Shape, places: Sequence[int], i: int, j: int, between: set[str]) -> bool:
    """A phrase put first with the preposition that it has in the evidence ("For dashboards, …")."""
    first = min(places[: i + 1])
    links = said.words[0].links & shape.words[shape.starts[shape.phrase[first]]].links
    return bool(links) and (j > i + 1 or "," in between) and places[j] < first
