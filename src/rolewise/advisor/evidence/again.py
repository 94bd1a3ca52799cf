"""Follow-ups to which a sentence that was told already holds the answer: "and a manager?" after one that speaks of both."""

from __future__ import annotations

import re
from itertools import pairwise

from rolewise.advisor.english import NUMBER_WORDS, OF_THOSE
from rolewise.advisor.evidence.base import Evidence, Library, Point, stems_of
from rolewise.advisor.evidence.gate import duration_untold
from rolewise.advisor.evidence.prose import with_caveats
from rolewise.advisor.question import Question
from rolewise.corpus import Passage
from rolewise.corpus.words import plain, tokens

_OWN_FORMS = ("fit", "how_to", "small_talk", "foreign")
_HOW_MANY = re.compile(r"\bhow many (\w+)")
_SAMPLE = re.compile(
    r"\b(?:based|built|resting|rests) (?:up)?on how many\b|\bout of how many\b|\bsample size\b|\bhow (?:big|large|small|many|few) (?:is|was|are|were) (?:the|that|your|their|its|this|there|they|it)\b(?: samples?| data)?\W*$|"
    r"\bhow many (?:salaries|data points|samples)\b"
)
_PERCENT = re.compile(
    r"^\W*(?:(?:and|so|ok|but)\W+)*(?:what|which|how many|how much of (?:it|them|that)|exactly what) (?:percent\w*|per cent|share|proportion|fraction)\W*$"
)
_SIZE = re.compile(r"\bn=\d")
"""How a source says on how many a figure rests."""
_MOST = 2
_BARE = 3
"""Words of "after how long?", which asks for nothing but that."""


def told_again(question: Question, evidence: Evidence, library: Library) -> Evidence:
    """The passage of the answer before that says every new word of a short follow-up; else `evidence`.

    Where it is asked on how many a figure rests, the passage says so. Where a number is asked for, the passage must count one
    of these words; where `evidence` declines, only such a passage or a duration answers after all: shared words are too little
    then.
    """
    new = {t.stem for t in question.content}
    how_long = question.has("duration")
    how_many = None if how_long else _HOW_MANY.search(plain(question.text))
    counted = stems_of(how_many[1]) if how_many else frozenset()
    bare = how_long and len(question.text.split()) <= _BARE
    sample = _SAMPLE.search(plain(question.text)) and evidence.status == "not_in_sources"
    percent = _PERCENT.match(plain(question.text))
    asks = bare or counted or sample or percent or (new and evidence.status != "not_in_sources")
    of_those = bool(OF_THOSE.search(plain(question.text)))
    if not asks or question.form in _OWN_FORMS or (question.values and not of_those):
        return evidence

    def holds(passage: Passage) -> bool:
        if (sample and _SIZE.search(passage.text)) or (percent and "%" in passage.text):
            return True
        said = new & stems_of(passage.text)
        says_all = passage.kind != "row" and (said == new or (of_those and bool(said)))
        return (
            says_all and not duration_untold(question, (passage,)) and (not counted or _counts(passage.text, counted))
        )

    again = next(filter(holds, (library.corpus.by_id[i] for i in question.told[:_MOST])), None)
    if again is None or again in evidence.passages:
        return evidence
    return with_caveats(Evidence("answered", (Point(again.text, (again,)),)), library)


def _counts(text: str, stems: frozenset[str]) -> bool:
    """Whether a number stands right before one of the words: "two people"."""
    words = tokens(text)
    return any(
        (number.text.isdigit() or number.text in NUMBER_WORDS) and counted.stem in stems
        for number, counted in pairwise(words)
    )
