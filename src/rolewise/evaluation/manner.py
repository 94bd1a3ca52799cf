"""How a sentence says it: denied, required or preferred, projected, only or all. Whether its quotes say it that way too.

Written apart from the advisor's check on purpose, so that one does not hide the other's mistakes; coarser, since it must
not accuse a true paraphrase. Measured on the labelled pairs of `evals/check-pairs.jsonl`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolewise.corpus import Passage
from rolewise.corpus.words import stems

_NOT = re.compile(
    r"\bnon-|\b(?:not|never|no|neither|nor|without|cannot|needn['’]t|(?:is|are|do|does|did|was|were|has|have|need|ca|wo)n['’]?t)\b",
    re.I,
)
_MUST = re.compile(r"\b(?:must|mandatory|require[sd]?|compulsory|has to|have to|needs?|needed|essential)\b", re.I)
_STRONG = re.compile(r"\b(?:must|mandatory|compulsory|guarantee\w*)\b", re.I)
_PREFERRED = re.compile(r"\b(?:prefer\w*|plus|advantage|welcome|desirable|ideally)\b", re.I)
_MAY = re.compile(r"\b(?:optional\w*|may|might|helpful|nice to have)\b", re.I)
_EXPECTED = re.compile(r"\b(?:project(?:s|ed|ion|ions)|expected|forecast|estimat\w+|would)\b", re.I)
_SCOPE = re.compile(
    r"\b(?:only|alone|just|solely|all|every|always|any|(?<!at )most|identical|none|nothing|anything)\b", re.I
)
_SOFT = re.compile(
    r"\b(?:not necessarily|will do as well|only examples|you say|rather than|not required but|(?:preferred|useful), not)\b",
    re.I,
)
_LISTED = re.compile(r"\bnamed?\b", re.I)
"""A list of what is named, choices and all."""

UNDENIED = "its quote denies it"
"""The reason given where a quote denies what the sentence states."""


def turned(body: str, quotes: Sequence[Passage], only_is_known: bool) -> list[str]:
    """The ways in which `body` turns what its quotes say. `only_is_known`: the role data bear an "only" or "both"."""
    nearest = _nearest(body, quotes)
    near, every = nearest.text, " ".join(q.text for q in quotes)
    soft = bool(_SOFT.search(body))
    preferred = bool(_PREFERRED.search(near))
    reasons = []
    if _NOT.search(body) and not _NOT.search(every) and not soft and not (preferred and _MUST.search(body)):
        reasons.append("denied, its quotes do not deny it")
    if _NOT.search(near) and not _NOT.search(body) and not _EXPECTED.search(body) and len(quotes) == 1:
        reasons.append(UNDENIED)
    if preferred and _MUST.search(body) and not _PREFERRED.search(body) and not _NOT.search(body):
        reasons.append("preferred is told as required")
    if _STRONG.search(body) and not _MUST.search(every):
        reasons.append("told as a must")
    if (_PREFERRED.search(body) and not _PREFERRED.search(every)) or (_MAY.search(body) and not _MAY.search(every)):
        reasons.append("told as optional")
    if _EXPECTED.search(near) and not _EXPECTED.search(body) and re.search(r"\d|\bgr[eo]wn?\b", body):
        reasons.append("a projection is told as a fact")
    wider = {m[0].lower() for m in _SCOPE.finditer(body)} - {m[0].lower() for m in _SCOPE.finditer(every)}
    if only_is_known:
        wider -= {"only", "all"}
    if wider and not soft:
        reasons.append(f"{', '.join(sorted(wider))}: wider or narrower than its quotes")
    return [*reasons, *(_choices(body, quotes) if not _LISTED.search(body) else [])]


def _nearest(body: str, quotes: Sequence[Passage]) -> Passage:
    said = set(stems(body))
    return max(quotes, key=lambda q: len(said & set(stems(q.text))) / (len(set(stems(q.text))) or 1))


def _choices(body: str, quotes: Sequence[Passage]) -> list[str]:
    """A choice told as all of them: "Python and R" where the quote has "Python or R"."""
    for quote in quotes:
        for group in quote.groups:
            if group.choice == "any":
                for a in group.items:
                    for b in group.items:
                        joined = rf"\b{re.escape(a)}(?: as well as| and| plus)(?: an?)? {re.escape(b)}\b"
                        if a != b and re.search(joined, body, re.I) and not re.search(joined, quote.text, re.I):
                            return [f"{a} or {b} is told as both"]
    return []
