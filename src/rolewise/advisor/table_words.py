"""Which values of the corpus's tables a text names, by whatever words: "rookies in Britain", "from SF"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rolewise.advisor.question import Value
from rolewise.advisor.spelling import is_english
from rolewise.corpus import Corpus, Table
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


def _is_pronoun(words: list[Token], at: int, text: str) -> bool:
    """A short value in small letters ("us") names a place only after "the" or "in", or at the end."""
    word = words[at]
    if len(word.text) > _SHORT or text[word.start : word.end].isupper() or not is_english(word.text):
        return False
    return at + 1 < len(words) and (at == 0 or words[at - 1].text not in ("the", "in"))
