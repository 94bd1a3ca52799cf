"""Which values of the corpus's tables a text names, by whatever words: "rookies in Britain", "from SF"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rolewise.advisor.english import FILLER_STEMS
from rolewise.advisor.question import Value
from rolewise.advisor.spelling import frequency, is_english, is_rare
from rolewise.corpus import Column, Corpus, Table
from rolewise.corpus.words import Token, tokens

_PARTS = re.compile(r" / |,|\(| - | and ")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_KEPT = (
    2_048  # texts: a question is asked about several times on its way, and so are the passages that come near it
)
_SHORT = 2  # letters of a value that may be another word in small letters: "us"


@dataclass(frozen=True)
class Named:
    """A phrase of a text and the table values that it may mean."""

    phrase: str
    cells: tuple[Value, ...]
    """Those that the phrase is the whole of come first, and else the earlier in the tables."""

    def values(self, table: Table) -> dict[str, set[str]]:
        """By column of the table, the values that it may mean there."""
        found: dict[str, set[str]] = defaultdict(set)
        for cell in self.cells:
            if cell.table == table.document_id:
                found[cell.column].add(cell.value)
        return found


class TableWords:
    """The phrases that name table values: the values, their parts, and what their columns say they are called."""

    def __init__(self, corpus: Corpus) -> None:
        self._roles = {tuple(t.stem for t in tokens(n)) for r in corpus.roles for n in (r.title, *r.aliases)}
        self._phrases: dict[tuple[str, ...], dict[Value, bool]] = defaultdict(dict)
        for table in corpus.tables:
            for column in table.columns:
                if column.kind in ("name", "title", "category"):
                    held = dict.fromkeys(str(r.values[column.name]) for r in table.rows if column.name in r.values)
                    if column.kind == "name":
                        for word, value in standing_for(held, column).items():
                            self._add(word, Value(table.document_id, column.name, value))
                    for value in held:
                        years = _YEAR.findall(value) if column.kind == "category" else ()
                        for phrase in {value, *_PARTS.split(value), *column.called.get(value, ()), *years}:
                            self._add(phrase, Value(table.document_id, column.name, value))
            if not table.columns:  # all its cells are only told: what each row begins with names it
                for row in table.rows:
                    name, called = next(iter(row.notes.items()))
                    self._add(str(called), Value(table.document_id, name, str(called)))
        self._longest = max(len(p) for p in (*self._phrases, *self._roles, ()))
        self.named = lru_cache(maxsize=_MOST_KEPT)(self._named)
        """The values that a text names, in its order; the longest phrase counts where several begin with a word.

        The name of a role that no table has is one phrase too, though it names no value.
        """

    def _named(self, text: str) -> tuple[Named, ...]:
        words = tokens(text)
        found: list[Named] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                stems = tuple(w.stem for w in words[at : at + length])
                if length > 1 and stems in self._roles and stems not in self._phrases:
                    found.append(Named(text[words[at].start : words[at + length - 1].end], ()))
                    at += length
                    break
                cells = self._phrases.get(stems)
                if cells and not (length == 1 and _is_pronoun(words, at, text)):
                    found.append(
                        Named(
                            text[words[at].start : words[at + length - 1].end],
                            tuple(sorted(cells, key=lambda c: not cells[c])),
                        )
                    )
                    at += length
                    break
            else:
                at += 1
        return tuple(found)

    def is_role(self, one: Named) -> bool:
        """Whether the phrase is the name of a role, too."""
        return tuple(t.stem for t in tokens(one.phrase)) in self._roles

    def values_in(self, text: str, table: Table) -> dict[str, set[str]]:
        """By column of the table, the values that the text names."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.named(text):
            for column, values in one.values(table).items():
                found[column] |= values
        return found

    def _add(self, phrase: str, cell: Value) -> None:
        stems = tuple(t.stem for t in tokens(phrase))
        if stems:
            self._phrases[stems][cell] = stems == tuple(t.stem for t in tokens(cell.value))


def tells_one(cell: Value, table: Table) -> bool:
    """Whether a value names one row of a table of named things, as a name does: "the Galveston job"."""
    held = [r for r in table.rows if cell.table == table.document_id and str(r.values.get(cell.column)) == cell.value]
    return len(held) == 1 and any(c.kind == "name" for c in table.columns)


def standing_for(values: Iterable[str], column: Column) -> dict[str, str]:
    """The single words that stand for a whole value of the column ("Cere"), each with that value."""
    holders: dict[str, set[str]] = defaultdict(set)
    parts = [(token, value) for value in values for token in tokens(value)]
    for token, value in parts:
        holders[token.stem].add(value)
    return {t.text: v for t, v in parts if len(holders[t.stem]) == 1 and _stands_for(t, v, column)}


def _stands_for(token: Token, value: str, column: Column) -> bool:
    """Whether one word of a value can stand for the whole: a telling name, a rare word of a title, any of a category."""
    if len(token.text) < 4 or token.stem in FILLER_STEMS:
        return False
    if column.kind == "category":
        return token.text.isalpha()
    capital = value[token.start : token.end][:1].isupper()
    return capital and (is_rare(token.text) if column.kind == "name" else frequency(token.text) < 300)


def _is_pronoun(words: list[Token], at: int, text: str) -> bool:
    """A short value in small letters ("us") names a place only after "the" or "in", or at the end."""
    word = words[at]
    if len(word.text) > _SHORT or text[word.start : word.end].isupper() or not is_english(word.text):
        return False
    return at + 1 < len(words) and (at == 0 or words[at - 1].text not in ("the", "in"))
