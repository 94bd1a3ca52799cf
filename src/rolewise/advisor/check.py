"""Whether a drafted sentence is supported by its evidence: numbers, names, words, negation, modality, scope, lists.

Strict on purpose: a true sentence that is refused costs nothing but its wording, since the sources' own words stand in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rolewise.advisor import claims
from rolewise.advisor.claims import Claims
from rolewise.advisor.english import ALIKE
from rolewise.corpus.words import plain, tokens


@dataclass(frozen=True)
class Verdict:
    """Supported or not, and if not, which way it departs from the evidence."""

    supported: bool
    reason: str = ""


class Checker:
    """Checks sentences against evidence; `synonyms` are other words for items, from the corpus's vocabulary."""

    def __init__(self, synonyms: Mapping[str, Sequence[str]] | None = None) -> None:
        self._same = dict(ALIKE)
        for item, words in (synonyms or {}).items():
            stems = frozenset(t.stem for w in (item, *words) if len(tokens(w)) == 1 for t in tokens(w))
            for one in stems:
                self._same[one] = self._same.get(one, frozenset()) | stems

    def check(self, sentence: str, evidence: Sequence[str], question: str = "") -> Verdict:
        """Whether every claim of `sentence` stands in `evidence`; each clause must be borne by one evidence sentence."""
        direct, body = _direct(sentence)
        whole = [self._against(body, e) for e in evidence]
        verdict = next((v for v in whole if v.supported), None)
        if verdict is None and len(evidence) > 1:
            verdict = self._together(body, evidence)
        verdict = verdict or (whole[0] if whole else Verdict(False, "no evidence"))
        if verdict.supported and direct:
            return _fits_question(direct, body, evidence, question)
        return verdict

    def _together(self, body: str, evidence: Sequence[str]) -> Verdict:
        """Several sentences bear it: shared claims ("both") need all of them, joined clauses one each."""
        shared = re.sub(
            r"^(?:both|each|either)\b(?: of (?:the |these )?)?(?: (?:two )?roles?)?", "", plain(body)
        ).strip()
        if shared != plain(body).strip():
            verdicts = [self._against(shared, e) for e in evidence]
            return next((v for v in verdicts if not v.supported), Verdict(True))
        clauses = [c for c in re.split(r"[;:]\s+|,?\s+(?:while|whereas|but|and)\s+|\.\s+", body) if len(tokens(c)) > 2]
        if len(clauses) < 2:
            return Verdict(False, "no single sentence of the evidence says it")
        subject = " ".join(t.text for t in tokens(clauses[0])[:8])
        for position, clause in enumerate(clauses):
            candidates = [clause] if position == 0 else [clause, f"{subject.split(' needs ')[0]} {clause}"]
            if not any(self._against(c, e).supported for c in candidates for e in evidence):
                return Verdict(False, f"nothing bears “{clause.strip()}”")
        return Verdict(True)

    def _against(self, body: str, evidence: str) -> Verdict:
        said, known = _claims(body), _claims(evidence)
        for rule in (_numbers, _negation, _modality, _scope, _projection, _lists, _examples):
            if reason := rule(said, known):
                return Verdict(False, reason)
        strange = [
            w
            for s, w in said.content.items()
            if s not in known.content and not self._same.get(s, frozenset()) & known.content.keys()
        ]
        return Verdict(False, f"not in the evidence: {', '.join(strange[:4])}") if strange else Verdict(True)


@lru_cache(maxsize=4096)
def _claims(text: str) -> Claims:
    return claims.read(text)


def _numbers(said: Claims, known: Claims) -> str:
    extra = said.numbers - known.numbers
    if extra:
        return f"a number that the evidence does not give: {', '.join(sorted(extra))}"
    loose = said.ranges - known.ranges
    return "a range that the evidence does not give" if loose else ""


def _negation(said: Claims, known: Claims) -> str:
    if said.negated == known.negated:
        return ""
    if said.negated and known.preferred and said.required:
        return ""  # "not required" of something preferred
    return "it denies what the evidence says" if said.negated else "the evidence denies it"


def _modality(said: Claims, known: Claims) -> str:
    must = said.required and not said.negated
    if must and known.preferred and not known.required:
        return "preferred is not required"
    if must and not known.required:
        return "the evidence does not say that it is required"
    if said.preferred and not known.preferred:
        return "the evidence does not say preferred"
    if known.preferred and not said.preferred and not (said.required and said.negated):
        return "it leaves out that this is only preferred"
    if said.optional and not known.optional and not (said.choices and known.choices):
        return "the evidence does not say that it is optional"
    if known.doubted and not said.doubted:
        return "it leaves out a doubt of the evidence"
    return ""


def _scope(said: Claims, known: Claims) -> str:
    extra = said.scope - known.scope
    return f"wider or narrower than the evidence: {', '.join(sorted(extra))}" if extra else ""


def _projection(said: Claims, known: Claims) -> str:
    if known.projected and not said.projected:
        return "a projection told as a fact"
    if said.projected and not known.projected:
        return "the evidence is not a projection"
    return "the evidence speaks of the past" if known.past and not said.past and said.projected else ""


def _lists(said: Claims, known: Claims) -> str:
    for a, b in said.alls:
        if (a, b) in known.choices and (a, b) not in known.alls:
            return "a choice told as all of them"
    for a, b in said.choices:
        if (a, b) in known.alls and (a, b) not in known.choices:
            return "a list told as a choice"
    return ""


def _examples(said: Claims, known: Claims) -> str:
    if known.examples and not said.examples and said.required and said.named & known.example_items:
        return "examples told as requirements"
    return ""


def _direct(sentence: str) -> tuple[str, str]:
    match = re.match(r"^\W*(yes|no|not necessarily)\b[\s,;:.!—–-]*", sentence, re.I)
    return (match[1].lower(), sentence[match.end() :]) if match else ("", sentence)


def _fits_question(direct: str, body: str, evidence: Sequence[str], question: str) -> Verdict:
    """A leading yes or no must go with what follows and with what was asked."""
    said = _claims(body)
    known = [_claims(e) for e in evidence]
    softened = any(k.preferred for k in known) or any(k.choices for k in known)
    asks_must = bool(re.search(r"\b(?:need|require|must|have to|necessary|mandatory)", question.lower()))
    if direct == "yes" and (said.negated or (asks_must and any(k.preferred and not k.required for k in known))):
        return Verdict(False, "the leading yes does not follow")
    if direct != "yes" and not (said.negated or softened):
        return Verdict(False, "the leading no does not follow")
    return Verdict(True)
