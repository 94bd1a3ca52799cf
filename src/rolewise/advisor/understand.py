"""From a message and the conversation behind it to questions that stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from rolewise.advisor import english
from rolewise.advisor.conversation import begins_asking, carried, roles_meant, standalone
from rolewise.advisor.forms import form_of
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.question import Question, Value
from rolewise.advisor.reading import Reader, Reading
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain
from rolewise.index import Likeness

MAX_QUESTIONS = 4
MAX_CHARACTERS = 6_000
_MOST_HISTORY = 8

OutcomeOf = Callable[[Question], tuple[tuple[str, ...], tuple[Value, ...]]]


class Understander:
    """Rules over the corpus's lexicon; deterministic, a few milliseconds a message."""

    def __init__(self, corpus: Corpus, likeness: Callable[[list[str]], Likeness] | None = None) -> None:
        """`likeness` makes, from the lexicon's phrases, the finder of words that mean nearly the same."""
        self._corpus = corpus
        self.lexicon = Lexicon(corpus)
        self._reader = Reader(corpus, self.lexicon, likeness(self.lexicon.phrases()) if likeness else None)

    def understand(
        self, message: str, history: tuple[str, ...] = (), outcome_of: OutcomeOf = lambda _: ((), ())
    ) -> tuple[Question, ...]:
        """The questions in `message`, each standing alone. `history`: earlier user messages, oldest first.

        `outcome_of` gives the roles and rows that the answer to an earlier question came to: "that one" means them.
        """
        last: Question | None = None
        for earlier in history[-_MOST_HISTORY:]:
            for question in self._questions(earlier, last):
                last = question if question.form not in ("small_talk", "foreign") else last
        if last and (last.form in ("which_role", "fit") or last.has("highest", "lowest")):
            roles, values = outcome_of(last)
            last = replace(last, came_to=roles, values=values or last.values)
        return tuple(self._questions(message, last))

    def _questions(self, message: str, last: Question | None) -> list[Question]:
        message = message[:MAX_CHARACTERS].strip()
        if talk := _small_talk(message):
            return [Question(message, message, "small_talk", small_talk=talk)]
        pieces = [p.strip() for p in english.SEPARATE.split(message) if p and re.search(r"\w", p)]
        parts = self._substantial(pieces)
        asked = [p for p in parts if _asks(p)]
        told = tuple(p for p in parts if p not in asked and not _small_talk(p))
        if not asked:
            asked, told = [" ".join(told) or message], ()
        questions: list[Question] = []
        for part in asked[:MAX_QUESTIONS]:
            questions.append(self._one(part, questions[-1] if questions else last, told))
        return questions

    def _substantial(self, parts: list[str]) -> list[str]:
        """Parts that name nothing ("Explain?", "Is it?") belong to the part before them; a bare "ok" goes."""
        found: list[str] = []
        for part in parts:
            low = plain(part)
            reading = self._reader.read(low, part)
            empty = reading.names_nothing and not reading.roles
            if empty and not found and len(part.split()) <= 2 and len(parts) > 1:
                continue
            chooses = bool(reading.cues & {"fit", "which_role"}) or bool(english.BOTH.search(low))
            if empty and found and not chooses:
                found[-1] += " " + part
            else:
                found.append(part)
        return found

    def _one(self, text: str, last: Question | None, told: tuple[str, ...]) -> Question:
        low = plain(text)
        correction = english.CORRECTION.search(low)
        body = (english.CORRECTION.sub("", low).strip() if correction else "") or low
        reading = self._reader.read(body, text)
        if self._reader.foreign(reading):
            return Question(text, text, "foreign")
        form = form_of(reading)
        if told and reading.names_nothing and form in ("yes_no", "define", "fact") and last is None:
            reading = self._reader.read(plain(" ".join((*told, body))), " ".join((*told, text)))
            form = "yes_no" if form == "yes_no" else form_of(reading)
        if told and form != "fit" and _weighs(reading, told):
            form = "fit"
        roles, from_before = roles_meant(reading, last, self._corpus)
        question = Question(
            text, text, form, roles, reading.aspects, reading.items, reading.values, reading.columns, reading.terms,
            reading.cues, bool(english.NEGATION.search(body)), reading.bare, statements=told,
        )  # fmt: skip
        question = carried(question, reading, last, bool(correction), self._corpus)
        return replace(question, standalone=standalone(question, reading, text, from_before, self._corpus))


def _weighs(reading: Reading, told: tuple[str, ...]) -> bool:
    """A bare choice after the person has spoken of themselves: "I love R. This one or that one?"."""
    chooses = len(reading.roles) > 1 or "which_role" in reading.cues
    return bool(told) and reading.names_nothing and chooses


def _asks(part: str) -> bool:
    low = plain(part)
    return (
        "?" in part
        or begins_asking(low)
        or bool(english.CONTINUES.search(low) and len(low.split()) <= 8)
        or bool(english.REQUEST.search(low))
        or bool(re.search(r"[:,]\s*(?:what|which|who|how|do|does|is|are|can)\b", low))
        or any(english.CUES[c].search(low) for c in ("compare", "fit", "how_to"))
    )


def _small_talk(message: str) -> Literal["greeting", "thanks", "abilities", ""]:
    low = plain(message)
    if len(low.split()) <= 12 and english.ABILITIES.search(low):
        return "abilities"
    if english.GREETING.match(low):
        return "greeting"
    return "thanks" if english.THANKS.match(low) else ""
