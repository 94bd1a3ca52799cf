"""Which earlier question a message follows, and what of its answer the message may mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from rolewise.advisor import english
from rolewise.advisor.cues import CUES
from rolewise.advisor.ellipsis import asks_of_figures
from rolewise.advisor.evidence.base import covers
from rolewise.advisor.evidence.sums import MONEY
from rolewise.advisor.going_back import all_again, gone_back, names_of_a_row, with_one_before
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.ordinals import not_that_role, the_nth
from rolewise.advisor.question import Outcome, Question
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain, tokens

_SHORT_OF_PAY = 6
_SHORT = 8
"""Words up to which a message may leave to the question before it what it asks for."""
_OF_SEVERAL = re.compile(r"\bof (?:those|these|them)\b")
OutcomeOf = Callable[[Question], Outcome]


@dataclass(frozen=True)
class Earlier:
    """What was said before a message; `came_to` tells what the answer to an earlier question came to."""

    came_to: OutcomeOf
    corpus: Corpus
    lexicon: Lexicon
    questions: list[Question] = field(default_factory=list)
    said: list[tuple[str, Question]] = field(default_factory=list)
    """Each message with its last question, oldest first."""

    def add(self, message: str, questions: list[Question]) -> None:
        """Take note of a message; questions that ask for nothing, or only on the figures that were told, are left out."""
        of_figures = bool(self.questions and english.GAP.match(plain(message)))
        asked = [q for q in questions if q.form not in ("small_talk", "foreign") and not (q.of_figures or of_figures)]
        self.questions.extend(asked)
        self.said.extend((message, q) for q in asked[-1:])

    def before(self, message: str) -> tuple[str, Question | None, Question | None]:
        """The message, the question before it, and this with what its answer came to, where the message may mean that."""
        message, answered = self._question_before(message)
        if answered is None or answered.picked:
            return message, answered, answered
        last, low = answered, plain(message)
        turns = any(CUES[c].search(low) for c in ("highest", "lowest"))  # "and the worst?" is asked of all again
        row = names_of_a_row(last, self.corpus.tables)
        if turns and row and not last.has("highest", "lowest"):  # it went on about what was at the other end
            last = next((f for f in reversed(self.questions) if f.has("highest", "lowest")), last)
        if turns and last.has("highest", "lowest") and not english.OF_TWO.search(low):
            left = tuple(v for v in last.values if v not in row)
            gave = all_again(last, self.came_to(last).rows, self.corpus)
            return message, answered, replace(last, values=left, gave=gave)
        chooses = english.OF_THOSE.search(low) or english.OF_TWO.search(low) or english.PRONOUN.search(low) or asks_of_figures(low) or self._asks_for_pay_alone(low)  # fmt: skip
        if len(low.split()) <= _SHORT and any(not t.name for t in last.terms) and self._names_a_role(low):
            last = self._with_what_was_told(last)
        goes_on = last.form in ("which_role", "fit") or (last.has("highest", "lowest") and not turns)
        return message, answered, self._with_its_outcome(low, last) if chooses or goes_on else last

    def _asks_for_pay_alone(self, low: str) -> bool:
        """ "What's the money like?" after one row was told."""
        short = len(low.split()) <= _SHORT_OF_PAY
        return (
            short and bool(MONEY.search(low)) and not (self.lexicon.table_words.named(low) or self._names_a_role(low))
        )

    def _names_a_role(self, low: str) -> bool:
        return any(m.kind == "role" for m in self.lexicon.mentions(tokens(low)))

    def _with_what_was_told(self, last: Question) -> Question:
        """Without words that its answer did not need to say ("my PhD in neuroscience"): a follow-up asks for them even less."""
        told = [self.corpus.by_id[i] for i in self.came_to(last).told]
        if not told:
            return last
        known = bool(last.items or last.aspects)
        said = (t for t in last.terms if t.name or (not known and any(covers(p, t, self.corpus) for p in told)))
        return replace(last, terms=tuple(said))

    def _question_before(self, message: str) -> tuple[str, Question | None]:
        """The message and the question before it: an earlier one, with its rows, where the message calls these something."""
        message = not_that_role(message, self.lexicon, self.corpus)
        message, listed = the_nth(message, self.said, self._rows, self.lexicon, self.corpus)
        if listed:
            return message, listed
        gone = gone_back(message, self.questions, self._rows, self.corpus, self.lexicon.table_words)
        if gone or not self.questions:
            return gone or (message, None)
        return english.BACK_TO.sub("and ", message), self.questions[-1]

    def _with_its_outcome(self, low: str, last: Question) -> Question:
        """With the roles and rows that its answer came to; with those of the answer before, too, where both are meant."""
        outcome = self.came_to(last)
        older = self.questions[-2::-1]
        roles = next((roles for f in older if (roles := self.came_to(f).roles)), ())
        if last.form == "which_role" and outcome.roles and english.BOTH.search(low) and roles != outcome.roles:
            outcome = replace(outcome, roles=(*roles, *outcome.roles), values=(), rows=())
        if outcome.rows and older and (english.OF_TWO.search(low) or _OF_SEVERAL.search(low)):
            rows = next((rows for f in older if (rows := self._rows(f))), ())
            both = with_one_before(outcome.rows, rows, self.corpus)
            if _OF_SEVERAL.search(low) and both != outcome.rows:
                both = self._one_each(older, both)
            outcome = replace(outcome, values=(), rows=both)
        return replace(last, came_to=outcome.roles, values=outcome.values or last.values, gave=outcome.rows)

    def _one_each(self, older: Sequence[Question], rows: tuple[str, ...]) -> tuple[str, ...]:
        """The rows, and one of each answer before them that also told one row of their table: "which of those pays best?"."""
        table = self.corpus.by_id[rows[0]].document_id
        for question in older:
            told = self._rows(question)
            if not 0 < len(told) <= 2 or self.corpus.by_id[told[0]].document_id != table:
                break
            rows = rows if told[0] in rows else (told[0], *rows)
        return rows

    def _rows(self, question: Question) -> tuple[str, ...]:
        return self.came_to(question).rows
