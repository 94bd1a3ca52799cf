"""Follow-ups to which a sentence that was told already holds the answer: "and a manager?" after one that speaks of both."""

from __future__ import annotations

from rolewise.advisor.evidence.base import Evidence, Library, Point, stems_of
from rolewise.advisor.evidence.gate import duration_untold
from rolewise.advisor.evidence.prose import with_caveats
from rolewise.advisor.question import Question

_OWN_FORMS = ("fit", "how_to", "small_talk", "foreign")
_BARE = 3
"""Words of "after how long?", which asks for nothing but that."""


def told_again(question: Question, evidence: Evidence, library: Library) -> Evidence:
    """The passage of the answer before that says every new word of a short follow-up; else `evidence`.

    Where `evidence` declines, only for one that asks for nothing but a duration: words that it shares are too little then.
    """
    bare = question.has("duration") and len(question.text.split()) <= _BARE
    asks = bare or (question.content and evidence.status != "not_in_sources")
    if not asks or question.form in _OWN_FORMS or question.values:
        return evidence
    new = {t.stem for t in question.content}
    told = (library.corpus.by_id[i] for i in question.told)
    holding = (p for p in told if p.kind != "row" and new <= stems_of(p.text) and not duration_untold(question, (p,)))
    again = next(holding, None)
    if again is None or again in evidence.passages:
        return evidence
    return with_caveats(Evidence("answered", (Point(again.text, (again,)),)), library)
