"""What the words of one question name: roles, aspects, items, table values, and the words that an answer must cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rolewise.advisor import english
from rolewise.advisor.asks import ROLE
from rolewise.advisor.heads import agents_of, heads_of, is_age
from rolewise.advisor.lexicon import Lexicon, Mention
from rolewise.advisor.question import Term, Value
from rolewise.advisor.spelling import is_english, is_name, is_opposite, is_rare, speaks_otherwise
from rolewise.corpus import Corpus
from rolewise.corpus.words import Token, stem, tokens

if TYPE_CHECKING:
    from rolewise.index import Likeness

# From this cosine on, two words mean nearly the same: "firms" and "company" have 0.78, "doctorate" and "Ph.D." 0.67;
# "CEO" and "business leader", which do not, 0.64.
LEAST_LIKENESS = 0.67
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
        words = self._lexicon.corrected(tokens(body))
        mentions = self._lexicon.mentions(words)
        said = " ".join(w.text for w in words)
        cues = frozenset(name for name, cue in english.CUES.items() if cue.search(said))
        cue_words = {
            t.text
            for cue in english.CUES.values()
            for m in cue.finditer(body)
            for t in tokens(m[0])
            if t.text.isalpha()
        }
        used = {i for m in mentions for i in range(m.first, m.last)}
        open_ = {
            i: w.text for i, w in enumerate(words)
            if i not in used and len(w.text) > 2 and w.text.isalpha() and w.stem not in self._filler and w.text not in cue_words
            and not is_name(w, original)
        }  # fmt: skip
        return _Named(words, mentions, cues, cue_words, open_ if len(open_) <= _MOST_GUESSES else {})

    def _read(self, body: str, original: str) -> Reading:
        found = self._named(body, original)
        words, cues, cue_words = found.words, found.cues, found.cue_words
        masked = _masked(words, found.mentions)
        near = self._near(found.open)
        mentions = [*found.mentions, *(m for i, phrases in near.items() for m in self._meant(i, phrases))]
        mentions = self._without_unasked(mentions, cues)
        named = {(m.first, m.last) for m in mentions if m.kind == "role"}
        by_name = tuple(
            Value(m.table, m.column, m.value) for m in mentions if m.kind == "value" and (m.first, m.last) in named
        )
        mentions, levels = self._without_levels(self._roles_or_rows(mentions))
        used = {i for m in mentions for i in range(m.first, m.last) if m.kind != "column"}
        heads = heads_of(words, used, {i for m in mentions if m.kind == "column" for i in range(m.first, m.last)})
        agents = agents_of(words, used)
        places = self._places(words, mentions) - used
        counted = {
            i + 2 for i in range(len(words) - 2) if words[i].text == "how" and words[i + 1].text == "many"
        } - used
        terms = tuple(
            Term(
                w.text,
                w.stem,
                i in heads or i in agents or i in places or is_name(w, original),
                i in places or is_name(w, original),
                _stems_of(near.get(i, {})),
                i in agents,
            )
            for i, w in enumerate(words)
            if i in levels
            or i in counted
            or (
                (i not in used or i in near)
                and w.stem not in self._filler
                and w.text.split("'")[0] not in english.FUNCTION_STEMS
                and w.text not in cue_words
                and not _is_digit(w.text)
                and not is_age(words, i)
                and any(c.isalnum() for c in w.text)
            )
        )
        return Reading(
            body, tuple(words),
            _unique(m.value for m in mentions if m.kind == "role"),
            self._asked_aspects(mentions, words, cues),
            _unique(m.value for m in mentions if m.kind == "item"),
            tuple(Value(m.table, m.column, m.value) for m in mentions if m.kind == "value"),
            _unique(m.column for m in mentions if m.kind == "column"),
            terms + self._unknown_roles(words, mentions), cues, _bare(words, mentions), by_name,
            self._content(words, mentions),
            frozenset(m.value for m in mentions if m.guessed), masked,
        )  # fmt: skip

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
            if i not in left_out and w.stem not in self._filler and w.text.split("'")[0] not in english.FUNCTION_STEMS
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

    def _roles_or_rows(self, mentions: list[Mention]) -> list[Mention]:
        """Words that name both a role and a row ("data scientists") mean the row only where the table is asked about."""
        roles = {(m.first, m.last) for m in mentions if m.kind in ("role", "item")}
        aspects = {m.value for m in mentions if m.kind == "aspect"}
        rows = [m for m in mentions if m.kind == "value" and (m.first, m.last) in roles]
        columns = {(m.table, m.column) for m in mentions if m.kind == "column"}
        asked = {
            t.document_id for t in self._corpus.tables
            if t.aspect in aspects or any(c.numeric and (t.document_id, c.name) in columns for c in t.columns)
        }  # fmt: skip
        named = {(m.first, m.last) for m in mentions if m.kind == "role"}
        mentions = [m for m in mentions if m.kind != "item" or (m.first, m.last) not in named]
        clash = {(m.first, m.last) for m in rows}
        meant = {(m.first, m.last) for m in rows if m.table in asked}
        return [
            m for m in mentions
            if (m.first, m.last) not in clash or m.kind not in ("role", "item", "value") or (m.kind == "value") == ((m.first, m.last) in meant)
        ]  # fmt: skip

    def _without_unasked(self, mentions: list[Mention], cues: frozenset[str]) -> list[Mention]:
        """A value that is only meant by another word ("beginners") counts where its table is asked about."""
        aspects = {m.value for m in mentions if m.kind == "aspect"}
        asked = {t.document_id for t in self._corpus.tables if t.aspect in aspects}
        numeric = {
            (t.document_id, c.name)
            for t in self._corpus.tables
            for c in t.columns
            if c.numeric
            and (c.kind != "number" or c.unit or "number" in cues)  # "jobs" are counted where asked how many
        }
        asked |= {m.table for m in mentions if m.kind == "column" and (m.table, m.column) in numeric}
        asked |= {m.table for m in mentions if m.kind == "value" and not m.guessed}
        return [m for m in mentions if m.kind != "value" or not m.guessed or m.table in asked]

    def _without_levels(self, mentions: list[Mention]) -> tuple[list[Mention], set[int]]:
        """Beside a role, a category of a table ("senior") is a word to cover, and no row to look up."""
        tables = {t.document_id: t for t in self._corpus.tables}
        if not any(m.kind == "role" for m in mentions):
            return mentions, set()
        levels = [m for m in mentions if m.kind == "value" and tables[m.table].column(m.column).kind == "category"]
        rest = [m for m in mentions if m not in levels]
        if any(m.kind == "value" for m in rest):
            return mentions, set()
        return rest, {i for m in levels for i in range(m.first, m.last)}

    def _aspects(self, mentions: list[Mention]) -> tuple[str, ...]:
        """Aspects by name; the broader one gives way to the narrower that is named too."""
        found = _unique(m.value for m in mentions if m.kind == "aspect")
        broader = {w for a in found for w in self._corpus.vocabulary.aspect(a).within}
        return tuple(a for a in found if a not in broader) or found

    def _asked_aspects(self, mentions: list[Mention], words: list[Token], cues: frozenset[str]) -> tuple[str, ...]:
        """The aspects named, or those that tell a need where only "requirements" are asked for."""
        chosen = english.CHOOSES_OF.search(" ".join(w.text for w in words))
        if chosen:  # "which job of the two" chooses a role, and asks for no job
            first = len(chosen.string[: chosen.start()].split())
            inside = range(first, first + len(chosen[0].split()))
            mentions = [m for m in mentions if m.kind != "aspect" or m.first not in inside]
        named = self._aspects(mentions)
        of_roles = {a for r in self._corpus.roles for p in r.passages for a in p.aspects}
        return named if set(named) & of_roles else self._requirements(cues) or named

    def _requirements(self, cues: frozenset[str]) -> tuple[str, ...]:
        """What is asked for without being named ("the requirements"): every aspect for which the role data tell a need."""
        needs = _unique(p.aspects[0] for r in self._corpus.roles for p in r.passages if p.need and p.aspects)
        return needs if "requirements" in cues else ()

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
