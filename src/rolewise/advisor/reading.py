"""What the words of one question name: roles, aspects, items, table values, and the words that an answer must cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rolewise.advisor import english
from rolewise.advisor.asks import ROLE
from rolewise.advisor.cues import CUES
from rolewise.advisor.heads import agents_of, heads_of, is_age, is_span, rates_of
from rolewise.advisor.lexicon import Lexicon, Mention
from rolewise.advisor.mentions import asked_aspects, roles_or_rows, without_levels, without_unasked, without_ways_in
from rolewise.advisor.places import places_in
from rolewise.advisor.question import Term, Value
from rolewise.advisor.spelling import is_english, is_name, is_opposite, is_rare, speaks_otherwise
from rolewise.corpus import Corpus
from rolewise.corpus.words import Token, plain, stem, tokens

if TYPE_CHECKING:
    from rolewise.index import Likeness

# From this cosine on, two words mean nearly the same: "firms" and "company" have 0.78, "doctorate" and "Ph.D." 0.67;
# "CEO" and "business leader", which do not, 0.64.
LEAST_LIKENESS = 0.67
_NUMBERED = frozenset("level grade version step stage tier".split())
"""Before a digit that names one of several: "level 9"."""
_MOST_GUESSES = 40
_MOST_READ = 512
_MOST_WORDS_TO_ONE = 8  # one word like "qué" or "welche" tells another language, though not in a message of a page


@dataclass(frozen=True)
class Reading:
    """What one question names, before the conversation fills the gaps."""

    text: str
    words: tuple[Token, ...]
    roles: tuple[str, ...]
    aspects: tuple[str, ...]
    items: tuple[str, ...]
    values: tuple[Value, ...]
    columns: tuple[str, ...]
    terms: tuple[Term, ...]
    cues: frozenset[str]
    bare: str
    rows_by_name: tuple[Value, ...]
    """Table rows with the very name of a role that is named: meant where the talk is of their table."""
    content: tuple[Term, ...]
    guessed: frozenset[str]
    """Those of `items` that are meant by words like theirs, and not named."""
    masked: str
    """The words with `ROLE` in place of each role's name."""

    @property
    def names_nothing(self) -> bool:
        return not (self.aspects or self.items or self.values or self.terms)


@dataclass(frozen=True)
class _Named:
    """What the words of a question name by themselves, before others like them are looked for."""

    words: list[Token]
    mentions: list[Mention]
    cues: frozenset[str]
    cue_words: set[str]
    open: dict[int, str]
    """The words, by their place, that the lexicon does not hold."""


class Reader:
    """Reads questions by the lexicon of a corpus; `likeness` finds words that mean nearly the same."""

    def __init__(self, corpus: Corpus, lexicon: Lexicon, likeness: Likeness | None) -> None:
        self._corpus = corpus
        self._lexicon = lexicon
        self._likeness = likeness
        self._filler = english.FILLER_STEMS | lexicon.title_stems
        # A message is read several times on its way, and each time with those before it.
        self.read = lru_cache(maxsize=_MOST_READ)(self._read)
        """The reading of a question: of its plain text, and of that as written, where capitals tell names."""
        self._named = lru_cache(maxsize=_MOST_READ)(self._named_by)

    def prepare(self, questions: Iterable[tuple[str, str]]) -> None:
        """Look up in one batch the words that reading these questions, plain and as written, looks up one by one."""
        if self._likeness is not None:
            self._likeness.near([w for asked in questions for w in self._named(*asked).open.values()], LEAST_LIKENESS)

    def _named_by(self, body: str, original: str) -> _Named:
        words = self._corrected(tokens(body), original)
        mentions = self._lexicon.mentions(words)
        said = " ".join(w.text for w in words)
        cues = frozenset(name for name, cue in CUES.items() if cue.search(said))
        cue_words = {
            t.text for cue in CUES.values() for m in cue.finditer(body) for t in tokens(m[0]) if t.text.isalpha()
        }
        used = {i for m in mentions for i in range(m.first, m.last)}
        open_ = {
            i: w.text for i, w in enumerate(words)
            if i not in used and len(w.text) > 2 and w.text.isalpha() and w.stem not in self._filler and w.text not in cue_words
            and not is_name(w, original)
        }  # fmt: skip
        return _Named(words, mentions, cues, cue_words, open_ if len(open_) <= _MOST_GUESSES else {})

    def _corrected(self, words: list[Token], original: str) -> list[Token]:
        """Typos put right. A name that is written as one is no slip for an ordinary word: "Scala" is not "scale"."""
        fixed = self._lexicon.corrected(words)
        if sum(w[0].isupper() for w in original.split()) * 2 > len(words):
            return fixed
        return [
            w if f.text != w.text and f.text not in self._name_words and f" {w.text.capitalize()}" in original else f
            for w, f in zip(words, fixed, strict=True)
        ]

    @cached_property
    def _name_words(self) -> frozenset[str]:
        corpus = self._corpus
        names = [i for p in corpus.passages for i in p.items] + [n for r in corpus.roles for n in (r.title, *r.aliases)]
        names += [str(v) for t in corpus.tables for r in t.rows for v in r.values.values()]
        names += [d.provenance.publisher for d in corpus.documents]
        return frozenset(t.text for name in dict.fromkeys(names) for t in tokens(plain(name)))

    def _read(self, body: str, original: str) -> Reading:
        found = self._named(body, original)
        words, cues, cue_words = found.words, found.cues, found.cue_words
        masked = _masked(words, found.mentions)
        near = self._near(found.open)
        mentions = [
            *without_ways_in(found.mentions, words),
            *(m for i, phrases in near.items() for m in self._meant(i, phrases)),
        ]
        keyed = self._keyed(body, words, mentions, cues)
        mentions = without_unasked(mentions, cues, self._corpus, keyed)
        named = {(m.first, m.last) for m in mentions if m.kind == "role"}
        by_name = tuple(
            Value(m.table, m.column, m.value) for m in mentions if m.kind == "value" and (m.first, m.last) in named
        )
        mentions, levels = without_levels(roles_or_rows(mentions, self._corpus, keyed), self._corpus)
        used = {i for m in mentions for i in range(m.first, m.last) if m.kind != "column"}
        heads = heads_of(words, used, {i for m in mentions if m.kind == "column" for i in range(m.first, m.last)})
        agents = agents_of(words, used)
        known = places_in(words) - used
        places = (self._places(words, mentions) - used) | known
        counted = {
            i + 2
            for i in range(len(words) - 2)
            if words[i].text == "how"
            and words[i + 1].text == "many"
            and words[i + 2].text
            not in ("of", "for", "are", "were", "new", "more", "such", "different", "other", "extra", "total", "open")
        } - used
        rates = rates_of(words) - used
        terms = tuple(
            Term(
                w.text,
                w.stem,
                i in heads or i in agents or i in places or i in rates or is_name(w, original),
                i in places or is_name(w, original),
                _stems_of(near.get(i, {}) if i not in known else {}),
                i in agents,
                i in known,
            )
            for i, w in enumerate(words)
            if i in levels
            or i in known
            or i in counted
            or i in rates
            or (
                (i not in used or i in near)
                and w.stem not in self._filler
                and w.text.split("'")[0] not in english.FUNCTION_STEMS
                and w.text not in cue_words
                and not (_is_digit(w.text) and (i == 0 or words[i - 1].stem not in _NUMBERED))
                and not is_age(words, i)
                and not is_span(words, i)
                and any(c.isalnum() for c in w.text)
            )
        )
        return Reading(
            body, tuple(words),
            _unique(m.value for m in mentions if m.kind == "role"),
            asked_aspects(mentions, words, cues, self._corpus),
            _unique(m.value for m in mentions if m.kind == "item"),
            tuple(Value(m.table, m.column, m.value) for m in mentions if m.kind == "value"),
            _unique(m.column for m in mentions if m.kind == "column"),
            terms + self._unknown_roles(words, mentions), cues, _bare(words, mentions), by_name,
            self._content(words, mentions),
            frozenset(m.value for m in mentions if m.guessed), masked,
        )  # fmt: skip

    def _keyed(self, body: str, words: list[Token], mentions: list[Mention], cues: frozenset[str]) -> set[str]:
        """Ids of the tables of which a question says a name, a category, and hardly anything else: "junior ML engineer, roughly?"."""
        if cues & {"how_to", "fit", "which_role"} or any(m.kind in ("aspect", "item") for m in mentions):
            return set()
        named = self._lexicon.table_words.named(body)
        said = {t.stem for one in named for t in tokens(one.phrase)} | self._filler
        if sum(w.stem not in said for w in words) > 1:
            return set()
        columns = {(c.table, c.column) for one in named for c in one.cells}
        return {
            t.document_id for t in self._corpus.tables
            if {"name", "category"} <= {c.kind for c in t.columns if (t.document_id, c.name) in columns}
        }  # fmt: skip

    def _places(self, words: list[Token], mentions: list[Mention]) -> set[int]:
        """Names after "in", written small: "any jobs in lisbon?", where a table of what is asked says where."""
        aspects = {m.value for m in mentions if m.kind == "aspect"}
        tables = (t for t in self._corpus.tables if t.aspect in aspects)
        if not any("where" in column.words for table in tables for column in table.columns):
            return set()
        return {i for i in range(1, len(words)) if words[i - 1].text == "in" and is_rare(words[i].text)}

    def _content(self, words: list[Token], mentions: list[Mention]) -> tuple[Term, ...]:
        left_out = {i for m in mentions if m.kind == "role" for i in range(m.first, m.last)}
        left_out |= {i + 1 for i, w in enumerate(words) if w.text == "how"}  # "how often", "how long"
        return tuple(
            Term(w.text, w.stem)
            for i, w in enumerate(words)
            if i not in left_out
            and not is_span(words, i)
            and w.stem not in self._filler
            and w.text.split("'")[0] not in english.FUNCTION_STEMS
        )

    def foreign(self, reading: Reading, original: str) -> bool:
        """Mostly words that are neither English nor the corpus's: another language, or noise."""
        words = [w for w in reading.words if w.text.isalpha()]
        letters = re.sub(r"[\W\d_]", "", reading.text)
        if letters and sum(c.isascii() for c in letters) < len(letters) / 2:
            return True
        strange = [w for w in words if not is_english(w.text) and not self._lexicon.knows(w)]
        written = [Token(w, stem(w), 0, 0) for w in re.findall(r"[^\W\d_]+", original.lower())]  # as yet uncorrected
        otherwise = [
            w for w in written
            if speaks_otherwise(w.text) and w.stem not in self._filler and not self._lexicon.knows(w)
        ]  # fmt: skip
        if len(otherwise) * _MOST_WORDS_TO_ONE >= len(written) > 0:
            return True
        return len(words) >= 3 and len(strange) > 0.4 * len(words)

    def _near(self, open_: dict[int, str]) -> dict[int, dict[str, float]]:
        """For words that the lexicon does not hold: the phrases of the corpus that mean nearly the same."""
        if not open_ or self._likeness is None:
            return {}
        found = self._likeness.near(list(open_.values()), LEAST_LIKENESS)
        kept = {word: {p: c for p, c in near.items() if not is_opposite(word, p)} for word, near in found.items()}
        return {i: kept[word] for i, word in open_.items() if kept[word]}

    def _meant(self, at: int, phrases: dict[str, float]) -> list[Mention]:
        """What the nearest phrase that stands for something stands for, told at the word's place."""
        for phrase in phrases:
            meant = [m for m in self._lexicon.meaning(phrase) if m.kind in ("aspect", "column", "item")]
            if meant:
                return [replace(m, first=at, last=at + 1, guessed=True) for m in meant]
        return []

    def _unknown_roles(self, words: list[Token], mentions: list[Mention]) -> tuple[Term, ...]:
        """Roles that the corpus does not have: another word before the last word of a title ("data engineer")."""
        named = {i for m in mentions if m.kind in ("role", "value", "item") for i in range(m.first, m.last)}
        known = self._lexicon.title_stems | english.FUNCTION_STEMS
        found = []
        for before, (at, head) in zip(words, list(enumerate(words))[1:], strict=False):
            is_title = head.stem in self._lexicon.title_heads and at not in named
            if is_title and before.stem not in known and before.text not in english.CUE_ADJECTIVES:
                found.append(Term(f"{before.text} {head.text}", f"{before.text} {head.text}", telling=True, name=True))
        return tuple(found)


def _bare(words: list[Token], mentions: list[Mention]) -> str:
    roles = {i for m in mentions if m.kind == "role" for i in range(m.first, m.last)}
    return " ".join(w.text for i, w in enumerate(words) if i not in roles)


def _masked(words: list[Token], mentions: list[Mention]) -> str:
    roles = {i: m.first for m in mentions if m.kind == "role" for i in range(m.first, m.last)}
    return " ".join(ROLE if roles.get(i) == i else w.text for i, w in enumerate(words) if roles.get(i, i) == i)


def _is_digit(word: str) -> bool:
    return word.isdigit() and len(word) < 2


def _stems_of(phrases: dict[str, float]) -> frozenset[str]:
    return frozenset(stem(p) for p in phrases if " " not in p)


def _unique(values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))  # type: ignore[call-overload]
