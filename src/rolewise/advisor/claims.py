"""What a sentence claims, as the check compares it: its words in order with what joins them, and what each clause asserts."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from rolewise.advisor.grounding import phrases as p
from rolewise.corpus.words import plain, stem, tokens

LONGEST = 160
"""Words of a sentence that are read; a longer text is no sentence and is not supported."""

_CLAUSE = re.compile(
    r";|:(?!\d)|,?\s\b(?:but|while|whereas|though|although|yet)\b|,?\s\band\b(?=\s(?:must|may|might|can|should|is|are|was|were|has|have|need|needs|"
    r"requires?|does|do|will|never|also)\b)|,\s(?=(?:which|who|whose)\b)"
)
_NEEDS_OF = re.compile(
    r"\b(?:their|its|his|her|your|\w+s'|\w+'s) (?:needs|requirements)(?: and (?:needs|requirements))?(?! to\b)|\bwhat (?:the )?\w+ needs?\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|must|may|needs?|can|should|requires?|typically|will|does|do|needed|preferred)\b"
)
_CLAUSE_WITH_SUBJECT = re.compile(
    r",?\s\band\b(?=\s(?:(?:an?|the|its|their)\s)?(?:(?!who|which|that|to)[\w'-]+,?\s){1,10}?(?:is|are|was|were|has|have|must|may|needs?|can|should|requires?)\b)"
)
_JOINED = re.compile(r"[;:,()]|\b(?:and|or|but|while|nor|whereas|though|although)\b")
_SUBJECT = re.compile(r"^(?:For |To become |As )?(?:an?|the|each|every)\s+((?:[A-Z][\w.&'-]*\s?)+)", re.I)
_VERBS = frozenset(
    "is are was were be has have had needs need must may might can should could will would does do requires require commonly typically usually often also".split()
)
_PARTICIPLE = re.compile(r"(?:ed|en|wn|ilt|ght|ade|eld|ept|ung|aid|orn|one|ut|un)$")
_AUXILIARY = frozenset("am is are was were be been being".split())


@dataclass(frozen=True)
class Word:
    """A word that carries meaning, and the words and marks between it and the one before."""

    text: str
    gap: tuple[str, ...]
    clause: int
    number: bool = False
    owner: bool = False
    """Written with a genitive: "the lead's"."""

    @property
    def joined(self) -> bool:
        """It starts a new member of a list or a new clause."""
        return any(_JOINED.fullmatch(g) for g in self.gap)

    @property
    def links(self) -> frozenset[str]:
        return p.PREPOSITIONS.intersection(self.gap)

    @property
    def passive(self) -> bool:
        return bool(_AUXILIARY.intersection(self.gap)) and _PARTICIPLE.search(self.text) is not None


@dataclass(frozen=True)
class Clause:
    """What one clause asserts besides its words."""

    text: str
    negated: bool
    cues: frozenset[str]
    scope: frozenset[str]
    relations: frozenset[str]


@dataclass(frozen=True)
class Claims:
    text: str
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    subject: int
    """How many of the words are the subject that the statement is about."""
    generic: bool
    """The subject is a kind of people ("A teacher …"), not a thing or a name."""
    tail: tuple[str, ...] = ()
    """What follows the last word."""

    @property
    def named(self) -> frozenset[str]:
        return frozenset(stem(w.text) for w in self.words if not w.number)


def read(text: str) -> Claims:
    """The claims of one sentence."""
    low = p.normal(plain(text[:4000])).strip()
    cuts = _cuts(low)
    words: list[Word] = []
    gap: list[str] = []
    end = clause = 0
    found = tokens(low)[: 2 * LONGEST]
    for position, token in enumerate(found):
        between = low[end : token.start]
        gap += list(re.findall(r"[;:,()@]", between))
        end = token.end
        while clause + 1 < len(cuts) - 1 and token.start >= cuts[clause + 1]:
            clause += 1
        follower = found[position + 1].text if position + 1 < len(found) else ""
        value = _number(token.text, follower)
        if "non" in gap[-1:] and between in ("-", " "):
            words.append(Word(f"non-{token.text}", tuple(gap[:-1]), clause))
        elif "@" in between:
            words.append(Word(f"@{token.text}", tuple(g for g in gap if g != "@"), clause, number=True))
        elif value:
            words.append(Word(value, tuple(gap), clause, number=True))
        elif token.text in p.DUTIES and not (
            (position and found[position - 1].text.endswith(("'s", "s'"))) or "one" in gap
        ):
            words.append(Word(token.text, tuple(gap), clause))
        elif (
            token.text in p.GLUE - {"non"}
            and low[token.end : token.end + 1] == "-"
            and low[token.end + 1 : token.end + 2].isalpha()
        ):
            words.append(Word(token.text, tuple(gap), clause))  # "part-time", "on-site"
        elif token.text in p.GLUE or token.text in p.NUMERALS:
            gap.append(token.text)
            continue
        else:
            text_of = token.text if token.text[0] == "." else token.text.replace(".", "")
            words.append(Word(re.sub(r"'s?$", "", text_of), tuple(gap), clause, owner="'" in token.text))
        gap = [","] if low[token.start : token.end].endswith(",") else []
    clauses = tuple(clause_of(low[a:b]) for a, b in itertools.pairwise(cuts)) or (clause_of(low),)
    subject, generic = _subject(text, words)
    return Claims(low, tuple(words), clauses, subject, generic, tuple(gap))


def _cuts(low: str) -> list[int]:
    """Where clauses begin, and the end."""
    cuts = [0]
    for match in sorted([*_CLAUSE.finditer(low), *_CLAUSE_WITH_SUBJECT.finditer(low)], key=re.Match.start):
        if match.re is _CLAUSE or _FINITE.search(low[cuts[-1] : match.start()]):
            cuts.append(match.start())
    return [*sorted(set(cuts)), len(low)]


@lru_cache(maxsize=4096)
def clause_of(text: str) -> Clause:
    """What a clause asserts by its cues."""
    text = _NEEDS_OF.sub(" ", text)
    cues = {
        name for name in ("REQUIRED", "PREFERRED", "OPTIONAL", "ABLE", "SHOULD", "TYPICAL", "PROJECTED", "PAST", "DOUBT", "DESCRIBED", "EXAMPLES")
        if getattr(p, name).search(text)
    }  # fmt: skip
    return Clause(
        text,
        negated=len(p.NEGATION.findall(re.sub(r"\bnon[- ]\w+", "", text))) % 2 == 1,
        cues=frozenset(c.lower() for c in cues),
        scope=frozenset(m[0] for m in p.SCOPE.finditer(text)),
        relations=frozenset(m[0] for m in p.RELATIONS.finditer(text)),
    )


def _number(text: str, follower: str) -> str:
    """A number in one spelling: `120K`, `120,000` and `120 thousand` are the same; a percentage stays one."""
    if text in p.NUMERALS:
        counted = text != "one" or bool(follower and follower not in p.GLUE)
        return f"#{p.NUMERALS[text]}" if counted else ""
    match = re.fullmatch(r"[$€£]?(\d[\d,]*(?:\.\d+)?)(%|k)?", text)
    if not match:
        return ""
    value = float(match[1].replace(",", ""))
    unit = match[2] or ("k" if follower == "thousand" else "m" if follower == "million" else "")
    value *= {"k": 1e3, "m": 1e6}.get(unit, 1)
    return f"#{value:.6g}%" if unit == "%" else f"#{value:.12g}"


def _subject(text: str, words: list[Word]) -> tuple[int, bool]:
    """How many words the statement's subject has, and whether it is a kind of people."""
    match = _SUBJECT.match(text.strip()) if re.match(r"(?:For )?(?:An?|The|Each|Every)\s+[A-Z]", text.strip()) else None
    if match:
        run = re.match(r"(?:[A-Z][\w.&'-]*[\s,]*)+", text.strip()[match.start(1) :])
        named = len([t for t in tokens(run[0]) if t.text not in p.GLUE]) if run else 0
        return min(named, len(words)), not text.startswith(("The ", "the "))
    capital = re.match(r"(?:[A-Z][\w.&'-]*\s){2,}", text.strip())
    if capital:
        return min(len([t for t in tokens(capital[0]) if t.text not in p.GLUE]), len(words)), False
    if re.match(r"\s*(?:To|It|In|Their|Both|This|At|On)\b", text):
        return 0, False
    definite = text.lstrip().startswith("The ")
    singular = bool(re.match(r"\s*(?:An?|Each|Every)\b", text))
    for position, word in enumerate(words[:9]):
        if position and (_VERBS.intersection(word.gap) or "," in word.gap):
            return position, singular
        if position and (singular or definite) and word.text.endswith("s") and not word.gap:
            return position, singular
        if not singular and word.text.endswith("s"):
            return position + 1, not definite
    return 0, False


def spans(low: str) -> list[tuple[str, int]]:
    """The numbers of a text that was read, in their one spelling, and where they start."""
    found = tokens(low)
    return [
        (value, t.start)
        for n, t in enumerate(found)
        if (value := _number(t.text, found[n + 1].text if n + 1 < len(found) else ""))
    ]
