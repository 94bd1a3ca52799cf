"""What a text names, as grading compares it: numbers, items and table values of the corpus, roles, other names.

Independent of the code that writes answers: it reads the corpus's vocabulary and the text, nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import plain, tokens

_NUMBER = re.compile(r"(?<![\w.,])[$€£]?\s?(\d[\d,]*(?:\.\d+)?)\s?(%|per ?cent\b|k\b|thousand\b|m\b|million\b)?", re.I)
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s?[-–/]\s?(\d\d)\b(?!-)")
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_COUNTS = dict(
    zip(
        "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
        range(3, 16),
        strict=True,
    )
)
_BOTH = re.compile(
    r"\b(?:both|either|each|two)(?: of)?(?: the| these)?(?: two)? roles?\b|\bboth\b|\bthe two differ\b|"
    r"\ball(?: of)?(?: the| these| those)?(?: \w+)? roles\b",
    re.I,
)
_BEFORE_A_ROLE = frozenset("a an the everi each for of as while are".split())
"""Stems after which a one-word alias means the role: "a lead", not "they lead"."""
_CAPITAL = re.compile(r"(?<=[\w,;)] )[A-Z][\w+#]*(?:[.'’-][\w+#]+)*")


@dataclass(frozen=True)
class Facts:
    """`counts` are number words, which may also count what is cited; `both` says that it speaks of several roles at once."""

    numbers: frozenset[str]
    counts: frozenset[int]
    names: frozenset[str]
    roles: frozenset[str]
    both: bool
    capitals: frozenset[str]
    words: frozenset[str]
    grams: frozenset[tuple[str, ...]]
    """Runs of four words, without names of roles."""


class Reader:
    """Reads texts with the names of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._phrases: dict[tuple[str, ...], str] = {}
        self._short: dict[str, str] = {}
        self._roles: dict[tuple[str, ...], str] = {}
        synonyms = corpus.vocabulary.synonyms
        for item in dict.fromkeys(i for p in corpus.passages for i in p.items):
            for name in (item, *(s for s in synonyms.get(item, ()) if re.search(r"[A-Z]", s))):
                self._learn(name, item)
        for table in corpus.tables:
            told = [c.name for c in table.columns if c.kind in ("name", "title", "category")]
            for value in dict.fromkeys(str(r.values[c]) for r in table.rows for c in told if c in r.values):
                if not value[0].isdigit():
                    self._learn(value, value)
        for role in corpus.roles:
            for name in (role.title, *(a for a in role.aliases if " " in a)):
                self._roles[_words(name)] = role.id
        self._single = {tokens(a)[0].stem: r.id for r in corpus.roles for a in r.aliases if len(tokens(a)) == 1}
        self._own = frozenset(t.stem for r in corpus.roles for name in (r.title, *r.aliases) for t in tokens(name))

    def _learn(self, name: str, canonical: str) -> None:
        if len(name) <= 3:
            self._short[name] = canonical  # "R", "US": only as they are written
        else:
            self._phrases.setdefault(tuple(t.stem for t in tokens(name)), canonical)

    def read(self, text: str) -> Facts:
        spread = _SPAN.sub(lambda m: f"{m[1]} to {m[1][:2]}{m[2]}", text)
        said = [t.stem for t in tokens(spread)]
        roles, rest = _runs(list(_words(spread)), said, self._roles)
        names, left = _runs(rest, rest, self._phrases)
        roles |= {
            self._single[s]
            for i, s in enumerate(left)
            if s in self._single and ((i == 0 and spread[:1].isupper()) or left[i - 1] in _BEFORE_A_ROLE)
        }
        names |= {c for n, c in self._short.items() if re.search(rf"\b{n}\b", text)}
        capitals = {m[0] for m in _CAPITAL.finditer(text)}
        return Facts(
            numbers=frozenset(_value(m[1], m[2] or "") for m in _NUMBER.finditer(spread)),
            counts=frozenset(_COUNTS[w] for w in re.findall(r"[a-z]+", plain(text)) if w in _COUNTS),
            names=frozenset(names),
            roles=frozenset(roles),
            both=bool(_BOTH.search(text)),
            capitals=frozenset(c for c in capitals if not {t.stem for t in tokens(c)} <= self._own),
            words=frozenset(said),
            grams=frozenset(g for g in zip(*(rest[i:] for i in range(4)), strict=False) if "|" not in g),
        )

    def passage(self, passage: Passage) -> Facts:
        """What a passage bears: its text, the items and roles that it is filed under, and its row's values."""
        said = self.read(passage.search_text)
        values = next(
            (r.values.values() for t in self._corpus.tables for r in t.rows if r.passage.id == passage.id), ()
        )
        every = frozenset(r.id for r in self._corpus.roles) if said.both else frozenset()
        return Facts(
            said.numbers | {_value(str(v), "") for v in values if isinstance(v, (int, float))},
            said.counts,
            said.names | frozenset(passage.items) | {str(v) for v in values},
            said.roles | frozenset(passage.roles) | every,
            said.both,
            said.capitals,
            said.words | {t.stem for i in passage.items for t in tokens(i)},
            said.grams,
        )

    def role_called(self, name: str) -> str:
        """The id of the role with this title, or nothing."""
        return self._roles.get(_words(name), "")

    def named_for(self, role_id: str, item: str) -> bool:
        """Whether any passage filed under the role names the item."""
        return any(item in p.items for p in self._corpus.role[role_id].passages)


def _words(text: str) -> tuple[str, ...]:
    """Words as written, singular: "software engineers" is a role's name, "software engineering" is not."""
    return tuple(t.text.removesuffix("s") for t in tokens(text))


def _runs(said: list[str], stems: list[str], phrases: dict[tuple[str, ...], str]) -> tuple[set[str], list[str]]:
    """Names found in `said`, the longest first at each place; and the stems of what is left, a gap for each name."""
    longest = max(map(len, phrases), default=0)
    found, rest, position = set(), list[str](), 0
    while position < len(said):
        lengths = range(min(longest, len(said) - position), 0, -1)
        length = next((n for n in lengths if tuple(said[position : position + n]) in phrases), 0)
        if length:
            found.add(phrases[tuple(said[position : position + length])])
        rest.append("|" if length else stems[position])
        position += length or 1
    return found, rest


def _value(digits: str, unit: str) -> str:
    unit = unit.lower()
    value = float(digits.replace(",", "").rstrip(".")) * _SCALE.get(unit, 1)
    return f"{value:g}%" if unit in ("%", "percent", "per cent") else f"{value:.10g}"
