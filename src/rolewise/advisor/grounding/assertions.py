"""How strongly a clause is said: denial, need, preference, habit, projection, doubt, reach, amounts, examples."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolewise.advisor.claims import Claims, Clause, clause_of, spans
from rolewise.advisor.grounding import phrases
from rolewise.advisor.grounding.shape import Shape

_STRENGTH = {
    "required": "needs",
    "preferred": "preferred",
    "typical": "typically",
    "projected": "projected",
    "optional": "may",
}
_PART_OF = re.compile(
    r"\b(?:one of|for instance|for example|among|examples?|either|named|mentioned|listed|suggested|too|also|or|options?|such as|like|as well|e\.g\.)\b"
)
_OTHER = frozenset("related similar comparable other equivalent".split())
_UPPER = re.compile(r"\b(?:at most|until|by|to|maximum)\W*(?:[a-z]{3} |us)?[$€£]?\s?$")
_LOWER = re.compile(r"\b(?:at least|from|since|minimum)\W*(?:[a-z]{3} |us)?[$€£]?\s?$")


def carried(opening: str) -> str:
    """The cue that a clause without a verb takes over from the clause before it ("and Y by B")."""
    low = opening.lower()
    cues = [word for name, word in _STRENGTH.items() if getattr(phrases, name.upper()).search(low)]
    return " ".join(cues) + (" not" if phrases.NEGATION.search(low) else "")


def fault(said: Claims, known: Claims, places: Sequence[int], shape: Shape) -> str:
    """How the sentence is said otherwise than its evidence; empty where it is not."""
    used = frozenset(places)
    for clause, touched in _pairs(said, known, places):
        reason = (
            _negation(clause, touched)
            or _modality(clause, touched)
            or _projection(clause, touched)
            or _scope(clause, touched, said)
        )
        if reason:
            return reason
    return _limits(said, known, used) or _amounts(said, known, used) or _lists(said, known, used, shape)


def _pairs(said: Claims, known: Claims, places: Sequence[int]) -> list[tuple[Clause, Clause]]:
    """Each clause of the sentence with the evidence clauses that its words stand in, each side taken together."""
    found = []
    pending = ""
    for n, clause in reversed(list(enumerate(said.clauses))):
        here = [q for w, q in zip(said.words, places, strict=True) if w.clause == n]
        if not any(q >= known.subject for q in here) and n:
            pending = f"{clause.text} {pending}"
            continue
        touched = sorted({known.words[q].clause for q in here if q >= known.subject}) or list(range(len(known.clauses)))
        text = f"{clause.text} {pending}"
        pending = ""
        found.append((_merged([text]), _merged([known.clauses[c].text for c in touched])))
    return found


def _merged(texts: Sequence[str]) -> Clause:
    return clause_of(" ".join(texts))


def _negation(said: Clause, known: Clause) -> str:
    if said.negated == known.negated:
        return ""
    if said.negated and "preferred" in known.cues and "required" in said.cues and "required" not in known.cues:
        return ""  # "not required" of something preferred
    return "it denies what the evidence says" if said.negated else "the evidence denies it"


def _modality(said: Clause, known: Clause) -> str:
    has, knows = said.cues, known.cues
    folded = said.negated and "required" in has and "preferred" in knows
    if "required" in has and "required" not in knows and not folded:
        return "preferred is not required" if "preferred" in knows else "the evidence does not say that it is required"
    if "should" in has and not {"required", "projected", "should"} & knows and "preferred" not in has & knows:
        return "the evidence does not say that it should be"
    if "preferred" in has and "preferred" not in knows:
        return "the evidence does not say preferred"
    if "preferred" in knows and "preferred" not in has and not folded:
        return "it leaves out that this is only preferred"
    if "optional" in has and "optional" not in knows:
        return "the evidence does not say that it is optional"
    if "optional" in knows and not {"optional", "able"} & has:
        return "it leaves out that this is only possible"
    if "typical" in knows and not ({"typical", "optional"} & has or "examples" in has):
        return "it leaves out that this is only typical"
    if "typical" in has and not {"typical"} & knows:
        return "the evidence does not say typical"
    if "described" in knows and "described" not in has:
        return "what somebody says told as a fact"
    if "doubt" in knows and "doubt" not in has and not ("according to" in known.text or "reported" in known.text):
        return "it leaves out a doubt of the evidence"
    return ""


def _projection(said: Clause, known: Clause) -> str:
    if "projected" in known.cues and not {"projected", "should"} & said.cues:
        return "a projection told as a fact"
    if "projected" in said.cues and "projected" not in known.cues:
        return "the evidence is not a projection"
    if "projected" in said.cues and ("past" in said.cues) != ("past" in known.cues):
        was = re.search(r"\b(?:is|are) (?:still |now )?(?:projected|expected)|\bprojects\b", said.text)
        is_ = re.search(r"\b(?:is|are) (?:projected|expected)", known.text)
        return "the evidence speaks of another time" if was or (is_ and "past" in said.cues) else ""
    return ""


def _scope(said: Clause, known: Clause, whole: Claims) -> str:
    extra = said.scope - known.scope - {"at least", "at most", "up to", "both", "either", "more", "less"}
    extra |= {w for w in ("more", "less") if w in said.scope - known.scope and "than" not in known.scope}
    if "both" in said.scope - known.scope and " and " not in known.text:
        extra |= {"both"}
    if "either" in said.scope - known.scope and " or " not in known.text:
        extra |= {"either"}
    if "any" in extra and known.negated:
        extra -= {"any"}
    if extra:
        return f"wider or narrower than the evidence: {', '.join(sorted(extra))}"
    relations = said.relations - known.relations
    return f"a connection that the evidence does not make: {', '.join(sorted(relations))}" if relations else ""


def _limits(said: Claims, known: Claims, used: frozenset[int]) -> str:
    """What the evidence says of some, or on a condition, may not be said of all or without it."""
    words = set(re.findall(r"\w+", said.text))
    for q in used:
        limits = phrases.LIMITS.intersection(known.words[q].gap) - words
        if "one" in known.words[q].gap and {"most"} & set(known.words[q].gap) and "one" not in words:
            return "one of several told as the only one"
        if limits and not ("most" in limits and "at" in known.words[q].gap):
            return f"it leaves out “{min(limits)}”"
    if conditions := phrases.CONDITIONS.intersection(re.findall(r"\w+", known.text)) - words:
        return f"it leaves out a condition: {min(conditions)}"
    return next(
        (
            f"it leaves out “{w.text}”"
            for q, w in enumerate(known.words)
            if w.text in phrases.LIMITS and q not in used and q > 0
        ),
        "",
    )


def _amounts(said: Claims, known: Claims, used: frozenset[int]) -> str:
    """A rate keeps its time; one end of a range is told as an end."""
    for j, word in enumerate(known.words):
        if not word.number or word.text.startswith("@"):
            continue
        if j in used and any(
            w.text.startswith("@") and j + 1 + n not in used for n, w in enumerate(known.words[j + 1 : j + 3])
        ):
            return "it leaves out the rate's time"
        previous = known.words[j - 1] if j else word
        if j and previous.number and {"to", "and"} & set(word.gap) and not previous.text.startswith("@"):
            low, high = j - 1 in used, j in used
            if low != high and not _ends(said, known.words[j if high else j - 1].text, _UPPER if high else _LOWER):
                return "one end of a range told as the amount"
    bounded = {"at least", "at most"} & {s for c in said.clauses for s in c.scope}
    ranged = {"at least", "at most"} & {s for c in known.clauses for s in c.scope}
    if bounded - ranged and not any(
        known.words[j].number and known.words[j - 1].number and (j in used) != (j - 1 in used)
        for j in range(1, len(known.words))
    ):
        return "a bound that the evidence does not set"
    return ""


def _ends(said: Claims, number: str, cue: re.Pattern[str]) -> bool:
    return any(cue.search(said.text[:start]) for text, start in spans(said.text) if text == number)


def _lists(said: Claims, known: Claims, used: frozenset[int], shape: Shape) -> str:
    """One of a choice is not the choice; an example is not what is required."""
    part = bool(_PART_OF.search(said.text))
    for j in range(1, len(known.words)):
        word = known.words[j]
        if not part and word.joined and ({"or", ","} & set(word.gap)) and shape.conjunction(j - 1, j) == "or":
            left = any(
                q in used
                for q in range(j)
                if shape.phrase[q] == shape.phrase[j - 1] and (q >= j - 2 or shape.phrase[q]) and q >= known.subject
            )
            right = any(q in used for q in range(j, len(known.words)) if shape.phrase[q] == shape.phrase[j])
            if left != right and not (not right and known.words[j].text in _OTHER):
                return "one of a choice told as what it must be"
        if (
            j in used
            and {"such", "like", "e.g."} & set(word.gap)
            and "required" in known.clauses[word.clause].cues
            and not any("examples" in c.cues for c in said.clauses)
        ):
            return "examples told as requirements"
    after = [j for j, w in enumerate(known.words) if "such" in w.gap or "e.g." in w.gap]
    if (
        after
        and any("required" in c.cues for c in known.clauses)
        and not any("examples" in c.cues for c in said.clauses)
    ):
        listed = [
            q
            for q in used
            if q >= after[0]
            and known.words[q].clause == known.words[after[0]].clause
            and shape.head(q) == shape.head(after[0])
        ]
        if listed:
            return "examples told as requirements"
    return ""
