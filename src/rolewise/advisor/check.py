"""Whether a drafted sentence is supported by its evidence: its words, how they are joined, and how strongly it is said.

Strict on purpose: a true sentence that is refused costs nothing but its wording, since the sources' own words stand in.
What holds each way of being false back:

- number, date: numbers and times are compared exactly, in one spelling, with their rate, currency and end of a range;
- name, invented: every word that carries meaning must stand in the evidence, as a form of the same word, a synonym of
  general English or of the corpus, or its initials; little words are compared as written, never by stem;
- role: a clause is borne by one evidence sentence whose own subject it names; who does something is never who it is
  done to, and "both" needs every sentence;
- negation, modality, scope: each clause is denied, required, preferred, possible, typical, projected, limited or
  conditional as the evidence clause is that its words stand in;
- swap: words keep the order of the evidence, but for the turns that English makes without a change of meaning, and
  what belongs to one member of a list may not go to another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rolewise.advisor.claims import Claims
from rolewise.advisor.grounding.support import ASKED, Support, read
from rolewise.corpus.words import tokens


@dataclass(frozen=True)
class Verdict:
    """Supported or not, and if not, which way it departs from the evidence."""

    supported: bool
    reason: str = ""


class Checker:
    """Checks sentences against evidence; `synonyms` are other words for items, from the corpus's vocabulary."""

    def __init__(self, synonyms: Mapping[str, Sequence[str]] | None = None) -> None:
        same: dict[str, frozenset[str]] = {}
        for item, words in (synonyms or {}).items():
            texts = frozenset(t.text for w in (item, *words) if len(found := tokens(w)) == 1 for t in found)
            for one in texts:
                same[one] = same.get(one, frozenset()) | texts
        self._support = Support(same)

    def check(self, sentence: str, evidence: Sequence[str], question: str = "") -> Verdict:
        """Whether every claim of `sentence` stands in `evidence`; each clause must be borne by one evidence sentence."""
        if len(sentence) > 1200:
            return Verdict(False, "too long for one sentence")
        if not evidence:
            return Verdict(False, "no evidence")
        direct, body = _direct(sentence)
        known = [read(e) for e in evidence]
        found = self._support.together(body, known, question)
        if not found.reason and direct:
            return Verdict(*self._fits_question(direct, body, [known[i] for i in found.by], question))
        return Verdict(not found.reason, found.reason)

    def _fits_question(self, direct: str, body: str, known: Sequence[Claims], question: str) -> tuple[bool, str]:
        """A leading yes affirms all that was asked; a leading no needs a denial or another value."""
        said, asked = read(body), read(question)
        cues = frozenset(c for k in known for clause in k.clauses for c in clause.cues)
        new = [
            w for w in asked.words if w.text not in ASKED and not any(self._support.found(w, k) for k in (*known, said))
        ]
        must = bool(re.search(r"\b(?:need|require|must|have to|has to|necessary|mandatory)", question.lower()))
        denied = any(c.negated for c in said.clauses)
        choice = any("or" in w.gap for k in known for w in k.words)
        if direct == "yes":
            if new:
                return False, f"the yes affirms more than the evidence: {new[0].text}"
            wrong = denied or (must and "required" not in cues and bool({"preferred", "optional", "typical"} & cues))
            return (False, "the leading yes does not follow") if wrong else (True, "")
        softened = must and ("preferred" in cues or "optional" in cues or (choice and not new))
        other_value = bool(new) and any(w.links & new[0].links for w in said.words)
        return (True, "") if denied or softened or other_value else (False, "the leading no does not follow")


def _direct(sentence: str) -> tuple[str, str]:
    match = re.match(r"^\W*(yes|no|not necessarily)\b[\s,;:.!—–-]+", sentence, re.I)
    return (match[1].lower(), sentence[match.end() :]) if match else ("", sentence)
