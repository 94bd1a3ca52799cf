"""Matters of working life that somebody asks after by a word of their own, and whether passages speak of them at all.

Nothing that is near to such a matter answers for it: no skill says which exams are due, no duty whom one reports to. The list
(`matters.txt`) is of what people ask about any job; a corpus that speaks of one of these answers for it as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rolewise.advisor import english
from rolewise.advisor.evidence.asked_kind import asking
from rolewise.advisor.evidence.base import said_of
from rolewise.advisor.question import Question
from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import plain, tokens

_IT_IS = re.compile(
    r"\b(?:is|will|would|does|it) (?:it|that|this|is) (?:be )?(?:not )?(?:enough|ok|okay|a problem|sufficient|possible|matter|count|hurt|too)\b"
)
_LIST = Path(__file__).with_name("matters.txt")


@cache
def matters() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """For each matter how a question asks after it, and how a passage speaks of it."""
    lines = [line for line in _LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [(asks, says or asks) for asks, _, says in (line.partition(" => ") for line in lines)]
    return tuple((_words(asks), _words(says)) for asks, says in pairs)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


def matter_untold(question: Question, passages: Sequence[Passage], corpus: Corpus) -> tuple[str, ...]:
    """What is asked after, where it is such a matter and none of the passages, nor what they stand under, speaks of it."""
    clauses = asking(plain(question.text))
    if _IT_IS.search(clauses[0] if clauses else ""):  # "my English is B2. Is it enough?"
        clauses = [*clauses, *map(plain, question.statements)]
    for asks, says in matters():
        asked = next((found for c in clauses if (found := asks.search(c))), None)
        if asked and not any(says.search(plain(w)) for p in passages for w in said_of(p, corpus)):
            return (_without_small_words(asked[0]),)
    return ()


def _without_small_words(phrase: str) -> str:
    """The phrase from its first to its last word that says something: "promoted sooner" of "who gets promoted sooner"; "how many
    managers" is asked as a whole.
    """
    if phrase.startswith("how "):
        return phrase
    words = tokens(phrase)
    telling = [w for w in words if w.stem not in english.FILLER_STEMS] or words
    return phrase[telling[0].start : telling[-1].end] if telling else phrase
