"""From a message and the conversation behind it to questions that stand alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rolewise.advisor import english
from rolewise.advisor.advice import OF_A_PERSON, asks_for_advice, of_somebody
from rolewise.advisor.asks import COMPARISON, SUMMARY, Asks, MakeLikeness, NearestAsk
from rolewise.advisor.conversation import carried, of_its_publisher, roles_meant, standalone
from rolewise.advisor.cues import CUES
from rolewise.advisor.earlier import Earlier, OutcomeOf
from rolewise.advisor.ellipsis import (
    judges,
    moved,
    of_its_source,
    publisher_of,
    ranked,
    weighs,
    which_of_what,
    with_amount,
)
from rolewise.advisor.evidence.ranks import further_down
from rolewise.advisor.forms import defines, form_of
from rolewise.advisor.hurried import unhurried
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.meaning import by_meaning, needs_meaning, weighed
from rolewise.advisor.of_answer import asked_of_answer, holds
from rolewise.advisor.pieces import asks, cleaned, of_oneself, pieces_of
from rolewise.advisor.question import Form, OfAnswer, Outcome, Question
from rolewise.advisor.reading import Reader, Reading
from rolewise.advisor.sayings import Sayings
from rolewise.advisor.small_talk import small_talk
from rolewise.advisor.swapping import Swapper, turned_round
from rolewise.advisor.told import Told
from rolewise.advisor.way_in import of_the_way_in
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain

MAX_QUESTIONS = 4
_MOST_HISTORY = 8
_WHICH_ONE = re.compile(r"\b[Ww]hich one\b(?! of\b)")
_CLAUSE = re.compile(r"[,;:.–-] ")
_SHORT_FOLLOW_UP = 8
"""Words up to which a follow-up may ask for what was told already."""


class Understander:
    """Rules over the corpus's lexicon; deterministic, a few milliseconds a message."""

    def __init__(self, corpus: Corpus, likeness: MakeLikeness | None = None) -> None:
        """`likeness` makes the finders of words and of questions that mean nearly the same."""
        self._corpus = corpus
        self.lexicon = Lexicon(corpus)
        self._reader = Reader(corpus, self.lexicon, likeness("words", self.lexicon.phrases()) if likeness else None)
        self._asks = Asks(corpus.vocabulary, likeness)
        self.said = Sayings(corpus, likeness).nearest
        """The item that a clause, by which somebody speaks of themselves, comes near to."""
        self._of_roles = frozenset(a for r in corpus.roles for p in r.passages for a in p.aspects)
        self._told = Told(corpus, self.lexicon, self._reader)
        self._swapper = Swapper(corpus, self.lexicon.table_words)

    def understand(
        self, message: str, history: tuple[str, ...] = (), outcome_of: OutcomeOf = lambda _: Outcome()
    ) -> tuple[Question, ...]:
        """The questions in `message`, each standing alone. `history`: earlier user messages, oldest first.

        `outcome_of` gives the roles and rows that the answer to an earlier question came to: "that one" means them.
        """
        message, history = unhurried(message), tuple(map(unhurried, history[-_MOST_HISTORY:]))
        self._prepare((*history, message))
        earlier = Earlier(cache(outcome_of), self._corpus, self.lexicon)
        for old in history:
            before = earlier.before(old)
            if not self._of_answer(old, before[2], earlier):
                earlier.add(before[0], self._questions(before[0], before[2]))
        before = earlier.before(message)
        if asked := self._of_answer(message, before[2], earlier):
            of_it = earlier.questions[-1]
            self._asks.prepare((of_it.standalone, of_it.masked, of_it.bare))
            return (replace(of_it, of_answer=asked),)
        message, answered, last = before
        low = plain(message)
        own = tuple(s for old in history for s in of_oneself(old))
        questions = self._questions(message, last)
        if (
            answered
            and len(low.split()) <= _SHORT_FOLLOW_UP
            and (CUES["number"].search(low) or english.OF_THOSE.search(low) or not english.begins_asking(low))
        ):
            questions = [replace(q, told=earlier.came_to(answered).told) for q in questions]
        found = [q for q in questions if q.form not in ("small_talk", "foreign")]
        self._asks.prepare(text for q in found for text in (q.standalone, q.masked, q.own, q.bare))
        return tuple(replace(q, statements=(*own, *q.statements)) if q.form == "fit" else q for q in questions)

    def _of_answer(self, message: str, last: Question | None, earlier: Earlier) -> OfAnswer:
        """What the message asks of the answer before it, where its publisher's own words on its figures do not say that."""
        if last is None or of_its_source(message, publisher_of(last, self._corpus)):
            return ""
        asked = asked_of_answer(message)
        if asked == "judgement" and last.form == "fit":  # "is that good?" of one's own case is weighed
            return ""
        if asked == "sample":  # "from how many?" may ask for another number than that of a sample
            told = (self._corpus.by_id[i] for i in earlier.came_to(earlier.questions[-1]).told)
            return asked if any(holds(p, asked) for p in told) else ""
        return asked

    def nearest(self, text: str) -> NearestAsk | None:
        """What the corpus's example question that comes nearest in meaning asks for."""
        return self._asks.nearest(text)

    def _prepare(self, messages: tuple[str, ...]) -> None:
        """Embed in two batches what reading the messages needs, rather than text by text: words, then questions."""
        said = [m for m in map(cleaned, messages) if not small_talk(m)]
        pieces = [p for m in said for p in pieces_of(m)]
        self._reader.prepare(asked for p in pieces for asked in dict.fromkeys(((plain(p), p), _body(p))))
        texts: list[str] = []
        for message in said:
            for part in self._parted(message)[0][:MAX_QUESTIONS]:
                body, text = _body(part)
                reading = self._reader.read(body, text)
                if self._reader.foreign(reading, text):
                    continue
                texts += [reading.masked] if len(messages) > 1 else [reading.masked, text, reading.bare]
        self._asks.prepare(texts)

    def _questions(self, message: str, last: Question | None) -> list[Question]:
        message = cleaned(message)
        if talk := small_talk(message):
            return [Question(message, message, "small_talk", small_talk=talk)]
        asked, told = self._parted(message)
        questions: list[Question] = []
        for part in asked[:MAX_QUESTIONS]:
            questions.append(self._one(part, questions[-1] if questions else last, told))
        return questions

    def _parted(self, message: str) -> tuple[list[str], tuple[str, ...]]:
        """The parts of a message that ask, and those that tell."""
        parts = self._substantial(pieces_of(message))
        asked = [p for p in parts if asks(p)]
        if any("?" in p for p in asked):  # "so ML wins. Is that so in the UK as well?"
            asked = [p for p in asked if "?" in p or not english.CONCLUDES.match(plain(p))]
        told = tuple(p for p in parts if p not in asked and not small_talk(p))
        return (asked, told) if asked else ([" ".join(told) or message], ())

    def _substantial(self, parts: list[str]) -> list[str]:
        """Parts that name nothing ("Explain?", "Is it?") belong to the part before them; a bare "ok" goes."""
        found: list[str] = []
        for part in parts:
            low = plain(part)
            reading = self._reader.read(low, part)
            tells = bool(OF_A_PERSON.search(low)) and not asks(part)
            empty = reading.names_nothing and not reading.roles and not tells
            if empty and not found and len(part.split()) <= 2 and len(parts) > 1:
                continue
            chooses = bool(reading.cues & {"fit", "which_role", "highest", "lowest", "way_in"}) or bool(
                english.BOTH.search(low) or english.STILL_SO.match(low) or self._wants_advice(reading, tuple(found))
            )
            of_two = bool(found) and bool(english.ALTERNATIVES.match(found[-1])) and bool(english.WHICH.match(low))
            if (empty and found and not chooses) or of_two:
                found[-1] += " " + part
            else:
                found.append(part)
        return found

    def _wants_advice(self, reading: Reading, told: tuple[str, ...], last: Question | None = None) -> bool:
        """Somebody is spoken of, before the question or in its first clauses, and then no more is asked than which role."""
        known = (last and last.form == "fit") or OF_A_PERSON.search(plain(" . ".join(told)))
        if known and asks_for_advice(reading.masked):
            return True
        for clause in list(_CLAUSE.finditer(reading.text))[:-3:-1]:
            asked = reading.text[clause.end() :]
            if OF_A_PERSON.search(reading.text[: clause.start()]) and asks_for_advice(self._masked(asked)):
                return True
        return False

    def _masked(self, low: str) -> str:
        return self._reader.read(low, low).masked

    def _one(self, text: str, last: Question | None, told: tuple[str, ...]) -> Question:
        if begins := english.NEW_SUBJECT.match(plain(text)):
            text, last = text[begins.end() :] or text, None
        if called := self._named_person(text, last, told):
            return replace(self._one(called, last, ()), text=text)
        if (
            last
            and english.OTHER_WAY_ROUND.match(plain(text))
            and (turned := turned_round(last.standalone, self.lexicon))
        ):
            return replace(self._one(turned, None, told), text=text)
        if (publisher := publisher_of(last, self._corpus)) and (taken := of_its_source(text, publisher)):
            return replace(self._one(taken, None, told), text=text, of_figures=True)
        text = which_of_what(with_amount(moved(text, last), told or ((last.text,) if last else ())), last, self._corpus)
        if last is None and not told and " or " not in text:
            text = _WHICH_ONE.sub("which role", text)  # nothing else was spoken of
        low = plain(text)
        correction = english.CORRECTION.search(low)
        body = (english.CORRECTION.sub("", low).strip() if correction else "") or low
        if last and re.search(r"\bi (?:mean|meant)\b", body):
            correction, body = english.MEANT.search(body), english.MEANT.sub(" ", body).strip() or body
        body = english.POLITE.sub("", body) or body
        reading = self._reader.read(body, text)
        adds = last is not None and last.form == "fit" and bool(OF_A_PERSON.search(low)) and not asks(text)
        if not adds and self._reader.foreign(reading, text):
            return Question(text, text, "foreign")
        supposed = english.WHAT_IF.match(low) if last and last.form == "fit" and len(low) == len(text) else None
        if last and supposed and (reading.items or "what" not in supposed[0]):  # weighed as if it were so
            return replace(self._one(text[supposed.end() - 1 :], last, told), form="fit", roles=last.roles)
        if len(reading.roles) == 1 and len(self._corpus.roles) == 2 and english.OR_OTHER.search(body):
            reading = replace(reading, roles=tuple(r.id for r in self._corpus.roles))
        of_those = bool(last and len(last.gave) > 1 and english.OF_THOSE.search(body))
        titles = last is not None and {v.table for v in last.values} & {v.table for v in reading.rows_by_name}
        swaps = last is not None and not ((reading.roles and not titles) or last.picked or last.among or of_those)
        if last and last.among and (anew := further_down(body, last.standalone)):
            return replace(
                self._one(anew, None, told), text=text, form=last.form, aspects=last.aspects, roles=(), among=last.among
            )
        if (
            last
            and swaps
            and (anew := further_down(body, ranked(last, self._corpus)) or self._swapper.whole(body, last))
        ):
            return replace(self._one(anew, None, told), text=text)
        if len(clauses := _CLAUSE.split(body)) > 1 and defines(self._masked(clauses[-1])):
            reading = self._reader.read(clauses[-1], clauses[-1])
        reading = self._told.without_it(reading, clauses)
        form = form_of(reading)
        if form == "how_to" and "way_in" in reading.cues:
            reading = of_the_way_in(reading, text, told, self._reader, self._corpus)
        if form == "yes_no" and (named := tuple(i for i in reading.items if i not in reading.guessed)):
            reading = replace(reading, items=named)  # the verdict is on these, not on what only sounds like them
        nearest = self._asks.nearest(reading.masked)
        if nearest and nearest.plain and nearest.aspect == SUMMARY and "which_role" in reading.cues:
            reading = replace(reading, values=())  # "which of the two is more senior?" asks for no rows of that level
        if (told and (weighs(reading, told) or judges(reading, told))) or self._wants_advice(reading, told, last):
            form = "fit"
        tells = english.TELLS_MORE.match(low)
        if adds:
            form = "fit"
        if last and last.form == "fit" and tells and ("?" not in text or " if " in tells[0]):
            form = "fit"
        if nearest and (form not in ("fit", "compare") or (form == "compare" and nearest.plain)):
            reading = self._of_its_aspect(weighed(reading, form, nearest, self._of_roles), form, nearest)
        unsure = form == "yes_no" and bool(reading.terms) and not (nearest and nearest.plain)
        if nearest and form != "fit" and not (unsure and nearest.item) and needs_meaning(reading, last, nearest):
            reading, form = by_meaning(reading, form, nearest)
        compares = form == "compare" and nearest is not None and nearest.aspect == COMPARISON and nearest.clear
        whole = compares or defines(reading.masked)
        if told and last is None and form not in ("fit", "how_to") and not whole and self._told.is_left_to(reading):
            reading = self._told.with_it(reading, told, body, text)
            form = form if form in ("yes_no", "which_role") else form_of(reading)
            nearest = self._asks.nearest(reading.masked)
        if told and form != "fit":
            reading = self._told.with_whose_pay(reading, told)
            reading = self._told.with_its_names(reading, told) if last is None else reading
        if form == "compare" and COMPARISON in reading.aspects:
            reading = replace(reading, aspects=tuple(a for a in reading.aspects if a != COMPARISON))
        roles, from_before = roles_meant(reading, last, self._corpus)
        question = Question(
            text, text, form, roles, reading.aspects, reading.items, reading.values, reading.columns, reading.terms,
            content=reading.content, cues=reading.cues, negated=bool(english.NEGATION.search(body)), bare=reading.bare,
            nearest=nearest, statements=(*told, *(of_somebody(body) if form == "fit" else ())),
        )  # fmt: skip
        question = carried(question, reading, last, bool(correction), self._corpus, self.lexicon.table_words)
        question = of_its_publisher(question, reading, last, self._corpus)
        alone = standalone(question, reading, text, from_before, self._corpus)
        masked = reading.masked if alone == text else self._reader.read(plain(alone), alone).masked
        return replace(question, standalone=alone, masked=masked, own=reading.masked)

    def _named_person(self, text: str, last: Question | None, told: tuple[str, ...]) -> str:
        """The part with the one role of which was spoken in place of "such a person"; of what is told beside it, also of "he"."""
        roles = self._reader.read(plain(" ".join(told)), " ".join(told)).roles if told else ()
        called = english.SUCH_A_PERSON.search(text) or (english.THAT_PERSON.search(text) if roles else None)
        if last and not roles and last.form == "which_role" and len(last.came_to) == 1:
            called = called or english.DOES_IT.match(text)
        if last and not roles:
            roles = last.came_to or last.roles
        if not called or len(roles) != 1 or self._reader.read(plain(text), text).roles:
            return ""
        start = called.start("it") if "it" in called.re.groupindex else called.start()
        return f"{text[:start]}the {self._corpus.role[roles[0]].title}{text[called.end() :]}"

    def _of_its_aspect(self, reading: Reading, form: Form, nearest: NearestAsk) -> Reading:
        """A yes/no question plainly on what no role data hold, without items that only its words name: "government projections"."""
        asked = {nearest.aspect} & set(reading.aspects) - self._of_roles
        if form != "yes_no" or not nearest.plain or not asked:
            return reading
        held = {i for p in self._corpus.passages if asked & set(p.aspects) for i in p.items}
        return replace(reading, items=tuple(i for i in reading.items if i in held))


def _body(text: str) -> tuple[str, str]:
    """What is read of a part of a message, plain and as written, where no question before it changes that."""
    if turned := english.NEW_SUBJECT.match(plain(text)):
        text = text[turned.end() :] or text
    low = plain(text)
    body = english.CORRECTION.sub("", low).strip() or low
    return english.POLITE.sub("", body) or body, text
