"""What may not be parted or newly joined: a complement and what governs it, a choice, an example, a comparison."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from rolewise.advisor.claims import Claims
from rolewise.advisor.grounding.families import kin
from rolewise.advisor.grounding.shape import Shape

_NAMED = re.compile(r"^(?!.*\b(?:need|require|must|all|both)).*\b(?:named|mentioned|listed|options?|possible)\b")
_BE = frozenset("is are was were be been being".split())
_DIRECTED = frozenset("for into to from with".split())
_DENIES = _BE | frozenset("do does did has have had need needs must may might can could should will required".split())
_HELD = frozenset("in of for with from into on".split())
_SKILLS = (
    "skill",
    "experience",
    "knowledge",
    "proficiency",
    "familiarity",
    "ability",
    "expertise",
    "understanding",
    "foundation",
    "background",
)
_EXAMPLE_OF = re.compile(r"\b(?:one of|named|examples?|among)\b")
_CURRENCIES = frozenset("usd eur gbp us$ dollars euros pounds".split())


def beheaded(said: Claims, shape: Shape, inner: Sequence[tuple[int, int]]) -> str:
    """What a verb, a noun or a clause governs may not be told without it."""
    used = {q for _, q in inner}
    if not used:
        return ""
    verb = shape.subject
    named = _EXAMPLE_OF.search(said.text)
    idle = any(shape.attributes(q) for q in range(len(shape.words))) or (
        shape.verb(verb)
        and (
            kin(shape.words[verb].text, "use") or (kin(shape.words[verb].text, "collaborate") and " with " in said.text)
        )
    )
    if (
        verb < len(shape.words)
        and shape.verb(verb)
        and not idle
        and not any(q == verb or (shape.first[q] and shape.words[q].text.endswith("s")) for q in used)
    ):
        return "it leaves out what is done"
    for q in used:
        start = shape.starts[shape.head(q)]
        governor = shape.governor.get(shape.phrase[start], -1)
        links = shape.words[start].links & _HELD
        if (
            links
            and governor > verb - 1 >= 0
            and not shape.words[governor].number
            and not shape.examples(q)
            and not shape.words[q].number
            and not shape.verb(governor)
        ):
            mates = {
                n
                for n in range(len(shape.words))
                if shape.phrase[n] == shape.phrase[governor] or shape.head(n) == shape.head(governor)
            }
            if not mates & used and not named and not any(kin(shape.words[governor].text, s) for s in _SKILLS):
                return f"it leaves out “{shape.words[governor].text}”"
        for j in shape.relatives:
            if (
                j <= q
                and shape.words[j].clause == shape.words[q].clause
                and not any(shape.phrase[n] == shape.phrase[j - 1] and n < j for n in used)
            ):
                return f"it leaves out “{shape.words[j - 1].text}”"
    names = "|".join(re.escape(w.text) for w in shape.words[: shape.subject])
    if shape.opening and re.match(
        rf"(?:an? |the )?(?:(?:{names})s? ?)+(?:with .*)?(?:is|are) preferred\b(?! to)", said.text
    ):
        return "somebody is preferred instead of something"
    return ""


def exchanged(said: Claims, shape: Shape, inner: Sequence[tuple[int, int]]) -> str:
    """A complement that is dropped may not be replaced by that of another member ("R for the lead, Git for …")."""
    used = {q for _, q in inner}
    for i, t in inner:
        links = said.words[i].links & shape.words[t].links
        for u in range(shape.subject + 1, len(shape.words)) if links else ():
            if u in used or not shape.words[u].links & links or shape.piece[u] == shape.piece[t]:
                continue
            mates = any(shape.subject <= q < u and (q == u - 1 or shape.head(q) == shape.head(u - 1)) for q in used)
            after = any(
                t < q < u and shape.head(q) == shape.head(u - 1) and shape.piece[q] != shape.piece[t] for q in used
            )
            if mates and (u < t or t - 1 not in used or after):
                return f"“{said.words[i].text}” goes with something else in the evidence"
    return ""


def unlinked(said: Claims, shape: Shape, inner: Sequence[tuple[int, int]]) -> str:
    """A preposition that the evidence puts before one thing may not stand before another ("Tableau for pandas")."""
    everywhere = frozenset(x for n, w in enumerate(shape.words) if n >= shape.subject for x in w.links)
    for i, q in inner:
        gap = set(said.words[i].gap)
        if (
            ("including" in gap or {"such", "as"} <= gap)
            and not shape.examples(q)
            and "include" not in "".join(shape.words[q].gap)
        ):
            return "an example that the evidence does not give"
        money = _CURRENCIES & gap
        before = shape.words[q - 1].gap if q and shape.words[q - 1].number else ()
        if money and not money <= {*shape.words[q].gap, *before}:
            return "another currency"
        contrast = {"not", "without"} & gap, {"not", "without"} & set(shape.words[q].gap)
        if bool(contrast[0]) != bool(contrast[1]) and not (_DENIES & (gap | set(shape.words[q].gap))):
            return "it denies something else than the evidence"
        if {"than", "more"} <= gap and "more" not in shape.words[q].gap:
            return "it compares otherwise than the evidence"
        if "than" in gap and "than" not in shape.words[q].gap:
            return "it compares otherwise than the evidence"
        if _BE & gap and {"include", "includes", "including"} & set(shape.words[q].gap) and not {"one", "among"} & gap:
            return "a part told as the whole"
        links = (
            said.words[i].links & _DIRECTED & everywhere - ({"for"} if said.words[i].text.endswith("ing") else set())
        )
        if links and i and q > shape.subject and not links & shape.reached_by(q) and shape.reached_by(q) != {"verb"}:
            return f"“{min(links)} {said.words[i].text}” is not what the evidence says"
    return ""


def spread(said: Claims, shape: Shape, inner: Sequence[tuple[int, int]]) -> str:
    """What one verb is done to may not be said of another whose own object is dropped ("improves and deploys models")."""
    used = {q for _, q in inner}
    for (_, p), (j, q), (_, r) in zip(inner, inner[1:], inner[2:], strict=False):
        if not {",", "and", "or"} & set(said.words[j].gap) or shape.piece[p] == shape.piece[q]:
            continue
        if (
            q < p
            and "other" not in said.words[j].gap
            and shape.piece[r] == shape.piece[p]
            and r > p
            and shape.phrase[r] != shape.phrase[p]
        ):
            return "what goes with one thing is said of another"
        verb = shape.first[p] or p == shape.subject
        if (
            verb
            and q > p
            and shape.piece[r] == shape.piece[q]
            and r > q
            and shape.shares(p) not in (-1, shape.piece[q])
        ):
            return "what is done to one thing is said of another"
        owns = p + 1 < len(shape.words) and shape.piece[p + 1] == shape.piece[p]
        if verb and owns and shape.first[q] and p + 1 not in used and shape.piece[r] == shape.piece[q] and r > q:
            return "what is done to one thing is said of another"
    return ""


def regrouped(said: Claims, shape: Shape, inner: Sequence[tuple[int, int]]) -> str:
    """A choice is not a sum: what `or` joins in the evidence, `and` may not join, nor the other way round."""
    for (i, p), (j, q) in itertools.pairwise(inner):
        joined = {"and", "or"} & set(said.words[j].gap)
        if _NAMED.search(said.text) or j != i + 1 or len(joined) != 1 or p == q or shape.piece[p] == shape.piece[q]:
            continue
        known = shape.conjunction(p, q)
        if known and known not in joined and not shape.examples(q):
            return "a choice told as all of them" if known == "or" else "a list told as a choice"
    return ""
