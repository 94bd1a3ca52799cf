"""Which earlier question a message follows, and what of its answer the message may mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rolewise.advisor import english
from rolewise.advisor.cues import CUES
from rolewise.advisor.going_back import all_again, gone_back, names_of_a_row, with_one_before
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.ordinals import the_nth
from rolewise.advisor.question import Outcome, Question
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain

OutcomeOf = Callable[[Question], Outcome]


def follows(
    message: str,
    frames: list[Question],
    said: list[tuple[str, Question]],
    came_to: OutcomeOf,
    corpus: Corpus,
    lexicon: Lexicon,
) -> tuple[str, Question | None, Question | None]:
    """The message, the question before it, and this with what its answer came to, where the message may mean that."""
    message, answered = _before(message, frames, said, came_to, corpus, lexicon)
    last = answered
    low = plain(message)
    if last is None or last.picked:
        return message, answered, last
    chooses = (
        english.OF_THOSE.search(low) or english.OF_TWO.search(low) or (last.values and english.PRONOUN.search(low))
    )
    turns = any(CUES[c].search(low) for c in ("highest", "lowest"))  # "and the worst?" is asked of all again
    goes_on = last.form in ("which_role", "fit") or (last.has("highest", "lowest") and not turns)
    row = names_of_a_row(last, corpus.tables)
    if turns and row and not last.has("highest", "lowest"):  # it went on about what was at the other end
        last = next((f for f in reversed(frames) if f.has("highest", "lowest")), last)
    if turns and last.has("highest", "lowest") and not english.OF_TWO.search(low):
        left = tuple(v for v in last.values if v not in row)
        last = replace(last, values=left, gave=all_again(last, came_to(last).rows, corpus))
    elif chooses or goes_on:
        outcome = came_to(last)
        before = next((roles for f in reversed(frames[:-1]) if (roles := came_to(f).roles)), ())
        if last.form == "which_role" and outcome.roles and english.BOTH.search(low) and before != outcome.roles:
            outcome = replace(outcome, roles=(*before, *outcome.roles), values=(), rows=())
        if outcome.rows and len(frames) > 1 and english.OF_TWO.search(low):
            given = next((rows for f in reversed(frames[:-1]) if (rows := came_to(f).rows)), ())
            outcome = replace(outcome, values=(), rows=with_one_before(outcome.rows, given, corpus))
        last = replace(last, came_to=outcome.roles, values=outcome.values or last.values, gave=outcome.rows)
    return message, answered, last


def _before(
    message: str,
    frames: list[Question],
    said: list[tuple[str, Question]],
    came_to: OutcomeOf,
    corpus: Corpus,
    lexicon: Lexicon,
) -> tuple[str, Question | None]:
    """The message and the question before it: an earlier one, with its rows, where the message calls these something."""
    message, listed = the_nth(message, said, lambda q: came_to(q).rows, lexicon, corpus)
    if listed:
        return message, listed
    gone = gone_back(message, frames, lambda q: came_to(q).rows, corpus, lexicon.table_words)
    if gone or not frames:
        return gone or (message, None)
    return english.BACK_TO.sub("and ", message), frames[-1]
