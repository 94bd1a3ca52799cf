"""What somebody tells beside a question: what the question leaves to it, and what of it the question does not ask."""

from __future__ import annotations

from dataclasses import replace

from rolewise.advisor import english
from rolewise.advisor.advice import OF_A_PERSON
from rolewise.advisor.ellipsis import leaves_out, refers
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.question import Term
from rolewise.advisor.reading import Reader, Reading
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain


class Told:
    """Brings together the reading of a question and of what is told in the same message."""

    def __init__(self, corpus: Corpus, lexicon: Lexicon, reader: Reader) -> None:
        self._lexicon = lexicon
        self._reader = reader
        self._paid = {c.name for t in corpus.tables for c in t.columns if c.unit}

    def is_left_to(self, reading: Reading) -> bool:
        """Whether the question names nothing of its own, or what was told by a pronoun: "does any of that count?"."""
        return leaves_out(reading) or refers(reading) or bool(english.OF_WHAT_WAS_SAID.search(reading.text))

    def with_it(self, reading: Reading, told: tuple[str, ...], body: str, text: str) -> Reading:
        """The question with what it leaves to what was told."""
        whole = self._reader.read(plain(" ".join((*told, body))), " ".join((*told, text)))
        if leaves_out(reading):
            return replace(whole, terms=reading.terms)
        return replace(reading, roles=whole.roles, items=whole.items, values=whole.values)

    def with_whose_pay(self, reading: Reading, told: tuple[str, ...]) -> Reading:
        """What somebody earns who has told what they are: "I'm a junior ML engineer in Canada. What could I be earning?"."""
        asked = self._paid & set(reading.columns) and english.A_PERSON.search(reading.text)
        if not asked or reading.roles or reading.items or reading.values:
            return reading
        whole = self._reader.read(plain(" ".join(told)), " ".join(told))
        return replace(reading, roles=whole.roles, values=whole.values)

    def with_its_names(self, reading: Reading, told: tuple[str, ...]) -> Reading:
        """With names in what is told that the sources know, where the question goes on about them: "what do they expect there?"."""
        if not english.PRONOUN.search(reading.text) or reading.roles or any(t.name for t in reading.terms):
            return reading
        whole = self._reader.read(plain(" ".join(told)), " ".join(told))
        return replace(reading, terms=(*reading.terms, *filter(self._is_known, whole.terms)))

    def without_it(self, reading: Reading, clauses: list[str]) -> Reading:
        """Without words that only the clauses before the question say, in which somebody tells of themselves: "I'm on a stipend, what
        ...?".
        """
        *told, asked = clauses
        if not told or not english.WHAT.match(asked) or not OF_A_PERSON.search(" . ".join(told)):
            return reading
        of_it = self._reader.read(asked, asked)
        if not (of_it.values or of_it.items or of_it.aspects or of_it.roles) or english.PRONOUN.search(asked):
            return reading
        said = {t.stem for t in of_it.content}
        return replace(reading, terms=tuple(t for t in reading.terms if t.stem in said))

    def _is_known(self, term: Term) -> bool:
        return term.name and term.stem in self._lexicon.vocabulary and term.word.isalpha()
