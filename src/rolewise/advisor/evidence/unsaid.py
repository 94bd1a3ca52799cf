"""The last look at evidence that was chosen: whether what the question turns on is in it at all. Where not, it is declined.

Each of these is a kind of thing that only so many words can say: a duration, pay, a name, a count. That a passage is near to
the question does not make up for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rolewise.advisor import english
from rolewise.advisor.asks import ROLE
from rolewise.advisor.evidence.asked_kind import kind_untold
from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, covers, names, stems_of
from rolewise.advisor.evidence.gate import duration_untold, pay_untold
from rolewise.advisor.evidence.matters import matter_untold
from rolewise.advisor.question import Question
from rolewise.advisor.table_words import TableWords, tells_one
from rolewise.corpus import Passage
from rolewise.corpus.words import plain

_OFFERS = re.compile(r"^\W*(?:(?:and|but|so|ok|also)\W+)*(?:does|do|did|will|would|can|could|has|have)\b")
_COUNTS = re.compile(r"\d|\b[Hh]ow many\b|\bnot known\b")
_VERDICT = re.compile(r"(?:Yes|No)\b")
_IS_THERE = re.compile(r"\b(?:any\w*|some\w*|there|list\w*|mention\w*|named|included?)\b")
_GOES_FURTHER = ("fit", "how_to", "which_role", "compare", "small_talk", "foreign")
"""Forms of a follow-up that asks more than what the answer before was on."""


def or_declined(question: Question, evidence: Evidence, library: Library, words: TableWords) -> Evidence:
    """`evidence`, or the finding that the sources do not say it, with what is missing."""
    said = evidence.passages
    if evidence.status == "not_in_sources" or not said:
        return evidence
    missing: tuple[str, ...] = ()
    if question.form != "fit" and duration_untold(question, said):
        missing = ("how long",)
    elif evidence.status == "answered" and pay_untold(question, said, library.corpus):
        missing = ("pay",)
    else:
        missing = _of_others(question, said, library, words) or _uncounted(question, said, library)
        missing = missing or _of_another_subject(question, said, library)
        missing = missing or _beside_the_text(question, said, library)
        told = evidence.verdict or any(_VERDICT.match(p.text) for p in evidence.points[:1])
        missing = missing or (() if told else _not_in_the_row(question, said, library))
        if question.form != "fit":
            missing = missing or kind_untold(question, said, library)
            known = evidence.status == "partly" and (question.values or question.items)  # what is told of it comes near
            missing = missing or (() if known else matter_untold(question, said, library.corpus))
    return replace(NOT_IN_SOURCES, missing=missing) if missing else evidence


def _of_others(question: Question, said: Sequence[Passage], library: Library, words: TableWords) -> tuple[str, ...]:
    """Names that a follow-up takes from the question before it, where none of the passages says any of them."""
    if question.own == question.masked:
        return ()
    own = stems_of(question.text)
    taken = [
        t for t in question.terms
        if t.name and t.stem not in own and not t.word.isdigit() and not words.named(t.word)
    ]  # fmt: skip
    covered = any(covers(p, t, library.corpus) for p in said for t in taken)
    return () if covered else tuple(t.word for t in taken)


def _uncounted(question: Question, said: Sequence[Passage], library: Library) -> tuple[str, ...]:
    """What a number is asked of, where rows of a table are told and nothing that is told counts it: "how many ads ask for Docker?"."""
    if question.form != "number" or question.values or not any(p.kind == "row" for p in said):
        return ()
    counts = [p for p in said if p.kind == "row" or _COUNTS.search(p.text)]
    named = any(names(p, i, library.corpus) for p in counts for i in question.items)
    return () if named else question.items


def _of_another_subject(question: Question, said: Sequence[Passage], library: Library) -> tuple[str, ...]:
    """Whose outlook is asked for, where they are no role's and none of the passages speaks of them: "are jobs for data analysts growing?"."""
    of_roles = {a for r in library.corpus.roles for p in r.passages for a in p.aspects}
    asked = question.form in ("yes_no", "number", "fact") and question.aspects and not set(question.aspects) & of_roles
    if not asked or question.roles or question.values or question.statements or not question.items:
        return ()
    low = plain(question.text)
    if not all(plain(i) in low for i in question.items):  # by a word for it, or one that is near
        return ()
    return () if any(names(p, i, library.corpus) for p in said for i in question.items) else question.items


def _beside_the_text(question: Question, said: Sequence[Passage], library: Library) -> tuple[str, ...]:
    """Words of a short follow-up to an answer from running text ("and a scrum master?") that only other documents come near to."""
    before = [library.corpus.by_id[i] for i in question.told]
    names_more = question.values or ROLE in question.own.split() or question.form in _GOES_FURTHER
    if names_more or english.begins_asking(plain(question.text)) or any(p.kind != "sentence" for p in before):
        return ()
    if not before or {p.document_id for p in before} & {p.document_id for p in said}:
        return ()
    return tuple(t.word for t in question.content if not any(covers(p, t, library.corpus) for p in said))


def _not_in_the_row(question: Question, said: Sequence[Passage], library: Library) -> tuple[str, ...]:
    """What is asked of one thing by its name ("does the Galveston job come with insurance?"), where its rows say nothing of it."""
    if (
        question.form != "yes_no"
        or not _OFFERS.match(plain(question.text))
        or any(p.kind != "row" for p in said)
        or _IS_THERE.search(plain(question.text))
    ):
        return ()
    tables = [t for t in library.corpus.tables if any(t.document_id == p.document_id for p in said)]
    if not any(tells_one(v, t) for v in question.values for t in tables if v.table == t.document_id):
        return ()
    columns = {s for t in tables for c in t.columns for w in (c.name, *c.words) for s in stems_of(w)}
    open_ = [
        t.word for t in question.terms
        if t.word.isalpha() and t.stem not in columns and not any(covers(p, t, library.corpus) for p in said)
    ]  # fmt: skip
    return tuple(open_)
