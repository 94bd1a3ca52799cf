"""Which evidence bears a sentence: one sentence of it, all of them, or one for each clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rolewise.advisor import claims
from rolewise.advisor.claims import Claims, Word
from rolewise.advisor.grounding import assertions, binding, families, placing
from rolewise.advisor.grounding.shape import Shape
from rolewise.corpus.words import stem

_SPLIT = re.compile(r"[;:]\s+|,?\s+(?:while|whereas|but|and|although|though|against)\s+|,\s+|\.\s+")
_SHARED = re.compile(
    r"\b(?:both|each|either|all)\b(?: (?:of )?(?:the|these|those|them))?(?: (?:two|three))?(?: (?:roles?|jobs?|ones?|occupations?)\b)?"
)
_PLURAL = re.compile(r"\b(?:the|these|those) (?:[\w-]+ ){0,2}(?:jobs|roles|positions|occupations)\b(?! of\b)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|needs?|must|may|can|should|will|does|do|requires?|uses?|used|\w+ed)\b"
)
_REFERS = re.compile(
    r"\b(?:it|its|they|their|them|he|she|you|your|one|someone|the (?:role|job|position|work|person)|roles|this|these)\b"
)
_SENIORITY = frozenset("lead senior junior chief head principal assistant deputy associate trainee staff".split())
ASKED = frozenset(
    """fine ok okay enough good relevant worth considering useful use any which much many long count counts matter matters
    fit acceptable accepted important possible want wants anything people person someone able""".split()
)


@dataclass(frozen=True)
class Borne:
    """What a clause was found to stand on, for the clause after it."""

    reason: str
    by: frozenset[int] = frozenset()


class Support:
    """Looks for the evidence of clauses; `same`: words of the corpus that stand for each other."""

    def __init__(self, same: Mapping[str, frozenset[str]]) -> None:
        self._same = same

    def together(self, body: str, known: Sequence[Claims], question: str) -> Borne:
        """One sentence of the evidence bears it, or all of them ("both"), or each clause is borne by one."""
        whole = self._one(body, known, question)
        if not whole.reason or len(known) < 2:
            return whole
        cuts = list(_SPLIT.finditer(body))[:8]
        return self._clauses(body, cuts, known, question, None, "") or whole

    def _clauses(
        self, text: str, cuts: Sequence[re.Match[str]], known: Sequence[Claims], question: str,
        before: Borne | None, opening: str,
    ) -> Borne | None:  # fmt: skip
        """Clauses from the left, the shortest first; a clause without a subject keeps the one before it."""
        start = 0 if before is None else cuts[0].end()
        for position in range(0 if before is None else 1, len(cuts) + 1):
            end = cuts[position].start() if position < len(cuts) else len(text)
            clause = text[start:end]
            if before and not _VERB.search(clause.lower()):
                clause = f"{clause} {assertions.carried(opening)}"
            found = self._one(clause, known, question, before, position < len(cuts))
            if found.reason:
                continue
            if position == len(cuts):
                return Borne("", found.by | (before.by if before else frozenset()))
            rest = self._clauses(text, cuts[position:], known, question, found, clause)
            if rest is not None:
                return Borne("", found.by | rest.by)
        return None

    def _one(
        self, clause: str, known: Sequence[Claims], question: str, before: Borne | None = None, opening: bool = False
    ) -> Borne:
        said = read(clause)
        if not said.words and question and _REFERS.search(clause.lower()):
            said = replace(said, words=tuple(replace(w, clause=0) for w in read(question).words))
        first = ""
        shared = len(known) > 1 and self._shared(said, clause, known)
        if shared:
            body = read(_SHARED.sub(" ", clause.lower(), count=1))
            reasons = [self._against(self._without(body, known, k), k, question, True) for k in known]
            return Borne(next((r for r in reasons if r), ""), frozenset(range(len(known))))
        for i, k in enumerate(known):
            kept = before is not None and not self._holds_subject(said, k)
            if kept and before and not self._follows(said, known, i, before):
                continue
            if (opening or before) and not _says(said, k):
                continue
            reason = self._against(said, k, question, kept)
            if not reason:
                return Borne("", frozenset({i}))
            first = first or reason
        return Borne(first or "nothing bears a part of it")

    def _follows(self, said: Claims, known: Sequence[Claims], i: int, before: Borne) -> bool:
        """A clause without a subject of its own goes on about the one before it, or names what it is about."""
        others = [known[b] for b in before.by if b != i]
        if known[i].generic:
            return all(_subject(e) == _subject(known[i]) for e in others)
        named = replace(known[i], words=tuple(w for w in known[i].words if w.clause == 0))
        own = [w for w in said.words if not w.number and self.found(w, named)][:2]
        return all(any(not self.found(w, e) for w in own) for e in others)

    def found(self, word: Word, known: Claims) -> bool:
        pairs = zip(known.words, known.words[1:], strict=False)
        return any(placing.same_word(word, other, self._alike) for other in known.words) or any(
            word.text == a.text + b.text for a, b in pairs
        )

    def _holds_subject(self, said: Claims, known: Claims) -> bool:
        places, _ = placing.place(_spelled_out(said, known), known, self._alike)
        return any(q < known.subject for q in places)

    def _names_subject(self, said: Claims, known: Claims) -> bool:
        return any(self._in_subject(w, known) for w in said.words)

    def _shared(self, said: Claims, clause: str, known: Sequence[Claims]) -> bool:
        """Whether the clause speaks of all the evidence at once: "both", or the subjects joined by "and"."""
        if _PLURAL.search(clause.lower()):
            return True
        if match := _SHARED.search(clause.lower()):
            scope = match[0].split()[0]
            if not any(scope in c.scope for k in known for c in k.clauses):
                return True
        run = [i for i, w in enumerate(said.words) if any(self._in_subject(w, k) for k in known)]
        named = sum(self._names_own(said, k, known) for k in known)
        contiguous = bool(run) and run == list(range(run[0], run[-1] + 1))
        return named == len(known) and contiguous and any({"and", "or", ","} & set(said.words[i].gap) for i in run[1:])

    def _in_subject(self, word: Word, known: Claims) -> bool:
        return any(families.inflected(word.text, other.text) for other in known.words[: known.subject])

    def _names_own(self, said: Claims, known: Claims, others: Sequence[Claims]) -> bool:
        """It names a word of this subject that no other subject has."""
        return any(
            self._in_subject(w, known) and not any(self._in_subject(w, o) for o in others if o is not known)
            for w in said.words
        )

    def _without(self, said: Claims, known: Sequence[Claims], kept: Claims) -> Claims:
        """The clause without the other subjects that are named beside `kept`'s."""
        if not any(self._names_own(said, k, known) for k in known):
            return said
        words = tuple(
            w for w in said.words if self._in_subject(w, kept) or not any(self._in_subject(w, k) for k in known)
        )
        return replace(said, words=words)

    def _alike(self, one: str, other: str) -> bool:
        return other in self._same.get(one, ())

    def _against(self, said: Claims, known: Claims, question: str, kept: bool = False) -> str:
        """Why one evidence sentence does not bear a clause; empty where it does. `kept`: its subject was named before."""
        if len(said.words) > claims.LONGEST or not said.words:
            return "it says nothing that can be checked"
        said = _spelled_out(said, known)
        completed = bool(question) and not kept and _fragment(said, known)
        if completed:
            asked = read(question)
            missing = [w.text for w in asked.words if w.text not in ASKED and not self.found(w, known)]
            if missing or not asked.words or any(c.negated for c in asked.clauses):
                return f"the question asks for more: {', '.join(missing[:3])}"
            extra = assertions.carried(question)
            clauses = tuple(claims.clause_of(f"{c.text} {extra}") for c in said.clauses)
            said = replace(said, text=f"{said.text} {extra}", clauses=clauses)
        places, strange = placing.place(said, known, self._alike)
        if strange:
            return f"not in the evidence: {', '.join(strange[:4])}"
        if not kept and (reason := self._subject(said, known, places, question)):
            return reason
        if known.subject and all(q < known.subject for q in places) and (kept or not question):
            return "it says nothing of its subject"
        shape = _shape(known)
        return binding.fault(said, places, shape, completed) or assertions.fault(said, known, places, shape)

    def _subject(self, said: Claims, known: Claims, places: Sequence[int], question: str) -> str:
        """The evidence's subject must be the one that is spoken of: named by enough of its words, or referred to."""
        held = sorted({q for q in places if q < known.subject})
        if not known.generic or not known.subject:
            return ""
        if not held:
            asked = self._names_subject(read(question), known)
            if question and not asked and read(question).words:
                return "the question is about somebody else" if not _REFERS.search(question.lower()) else ""
            return "" if asked or _REFERS.search(said.text) else "it does not say whom it is about"
        rank = [q for q in range(known.subject) if known.words[q].text in _SENIORITY]
        if not set(rank) <= set(held):
            return "it leaves out the rank"
        if (len(held) > 1 and held != list(range(held[0], held[-1] + 1))) or (
            known.subject > 2 and held == [known.subject - 1]
        ):
            return "it names another kind of people"
        return ""


@lru_cache(maxsize=4096)
def read(text: str) -> Claims:
    return claims.read(text)


@lru_cache(maxsize=1024)
def _shape(known: Claims) -> Shape:
    return Shape(known)


def _fragment(said: Claims, known: Claims) -> bool:
    """Words without a verb, which answer a question only together with it."""
    return not _VERB.search(re.sub(r",? (?:who|whose|which|that|where) .*", "", said.text)) and (
        known.subject >= len(known.words) or not any(w.text == known.words[known.subject].text for w in said.words)
    )


def _says(said: Claims, known: Claims) -> bool:
    """Whether a clause that others follow says something, and is not a name alone."""
    verb = known.words[known.subject].text if known.subject < len(known.words) else ""
    return (
        bool(_VERB.search(said.text))
        or any(w.links or w.number for w in said.words[1:])
        or any(families.kin(w.text, verb) or families.alike(w.text, verb) for w in said.words[1:])
    )


def _subject(known: Claims) -> tuple[str, ...]:
    return tuple(stem(w.text) for w in known.words[: known.subject])


def _spelled_out(said: Claims, known: Claims) -> Claims:
    """Initials of consecutive words of the evidence ("ml") become these words."""
    words: list[Word] = []
    texts = [w.text for w in known.words]
    initials = "".join(t[0] for t in texts)
    for word in said.words:
        at = initials.find(word.text) if 2 <= len(word.text) <= 5 and word.text not in texts else -1
        if at < 0:
            words.append(word)
            continue
        words += [
            replace(word, text=t, gap=word.gap if n == 0 else ()) for n, t in enumerate(texts[at : at + len(word.text)])
        ]
    return replace(said, words=tuple(words))
