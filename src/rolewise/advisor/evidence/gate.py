"""Whether evidence answers what is asked, and not only its topic.

One similarity threshold cannot tell this: questions near the topic that the sources do not answer come closer to a
passage than many that they do. So the words decide. Where an aspect or an item anchors the question, what is asked for
(a head, a name, a number) must be covered; where only a role or a table value is named, every content word must be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolewise.advisor.asks import NearestAsk
from rolewise.advisor.english import NUMBER_WORDS
from rolewise.advisor.evidence.base import CLEARLY_NEAR, Evidence, Library, covers, names, stems_of
from rolewise.advisor.evidence.sums import amounts
from rolewise.advisor.question import Question, Value
from rolewise.corpus import Corpus, Passage

# With this many words open, and no fewer than are named, the question is about something else.
_MANY_OPEN = 2
_REASON = re.compile(r"\b(?:because|since|due to|so that|too (?:few|rare|small)|cannot be)\b")
_PAY = re.compile(
    r"\b(?:pays?(?! (?:off|attention|back))|paid|salar(?:y|ies)|wages?|earn(?:s|ed|ings)?|income|compensation|remuneration)\b"
)
_SUM = re.compile(r"\b[A-Z]{3} \d|[$€£]\s?\d")
_WHICH = re.compile(r"\b(?:which|what)\b((?: \w+){1,5}?) (?:pays?|earns?|makes?|gets?)\b")
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\bundated\b|\b\d{1,2}[./]\d{1,2}\b|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri)day|[Ww]eek)\b"
)
_DURATION = re.compile(
    rf"\b(?:\d+|{'|'.join(NUMBER_WORDS)}|half an?)[ -](?:years?|months?|weeks?|days?|hours?|minutes?)\b", re.IGNORECASE
)
_CAVEATS = "caveats"


def open_words(question: Question, evidence: Evidence, library: Library) -> tuple[str, ...]:
    """The words that keep the evidence from being an answer; none where it is one."""
    passages = evidence.passages
    corpus = library.corpus
    anchored = (
        (
            (question.form != "yes_no" or _is_prose(passages))
            and any(a in p.aspects for a in question.aspects for p in passages)
        )
        or any(names(p, i, corpus) for i in question.items for p in passages)
        or (question.form != "yes_no" and _asks_for_columns(question, passages, library))
        or question.form == "how_to"
        or any(t.word.endswith("%") and any(covers(p, t, corpus) for p in passages) for t in question.terms)
        or bool(question.form == "compare" and question.has("compare"))
    )
    by_amount = bool(passages and amounts(question) and _has_money(passages[0], library))
    table_words = _words_of_table(passages, library)
    dead = unheld(question, corpus) if passages and passages[0].kind != "row" else ()
    if _role_only(question) and _clearly_near(question, passages, library):
        return ()
    rows = tuple(v.value for v in question.values if not _tells_of(v, passages, library))
    open_ = [
        t
        for t in question.terms
        if t.stem not in table_words
        and not (by_amount and t.word[0] in "$€£0123456789")
        and not any(covers(p, t, corpus) for p in passages)
    ]
    if question.nearest and _asks_for(question.nearest, passages):
        open_ = [t for t in open_ if t.name or (t.telling and not question.nearest.plain)]
    strange = (
        question.form != "compare"
        and not _clearly_near(question, passages, library)
        and len(open_) >= _MANY_OPEN + _is_prose(passages)
        and len(open_) >= len({*question.aspects, *question.items, *question.values})
    )
    beside = _beside(question, passages, library)
    doubts = any(_CAVEATS in p.aspects for p in passages)
    reason = (
        ("the reason",)
        if question.has("why")
        and not doubts
        and not _gives_a_reason(passages)
        and not _clearly_near(question, passages, library)
        else ()
    )
    day = ("the date",) if date_untold(question, passages) else ()
    if question.has("produce") and not question.roles:
        return (question.text.split()[0].lower(),)  # a poem or a program is asked for, and not what the sources say
    if passages and pay_untold(question, passages, corpus):
        day = (*day, "pay")
    if question.has("deceive"):
        return ("pretending",)
    return rows + dead + reason + day + beside + tuple(t.word for t in open_ if t.telling or not anchored or strange)


def date_untold(question: Question, passages: Sequence[Passage]) -> bool:
    """A day is asked for, or of rows of a table when something is, and none of the passages gives any date."""
    asked = question.has("day") or (question.has("date") and any(p.kind == "row" for p in passages))
    return bool(passages) and asked and not any(_DATED.search(p.text) for p in passages)


def duration_untold(question: Question, passages: Sequence[Passage]) -> bool:
    """It is asked how long something takes, and none of the passages counts years, weeks or hours."""
    return question.has("duration") and not any(_DURATION.search(p.text) for p in passages)


def pay_untold(question: Question, passages: Sequence[Passage], corpus: Corpus) -> bool:
    """Pay is asked about, and the passages don't tell it: none does, or it is "which X pays best?" and of no X is pay told."""
    if not _PAY.search(question.text.lower()):
        return False
    if not any(_tells_pay(p) for p in passages):
        return True
    which = _WHICH.search(question.text.lower()) if question.has("highest", "lowest") else None
    asked = stems_of(which[1]) if which else frozenset()
    named = (corpus.vocabulary.aspect(a) for a in question.aspects)
    wanted = [a.id for a in named if asked & stems_of(" ".join((a.name, *a.words)))]
    return any(not any(a in p.aspects and _tells_pay(p) for p in corpus.passages) for a in wanted)


def _tells_pay(passage: Passage) -> bool:
    return bool(_PAY.search(passage.text.lower()) or _SUM.search(passage.text))


def _asks_for(nearest: NearestAsk, passages: tuple[Passage, ...]) -> bool:
    """Whether the question clearly asks for what the evidence is about, in whatever words."""
    return nearest.clear and any(nearest.aspect in p.aspects or nearest.item in p.items for p in passages)


def _tells_of(value: Value, passages: tuple[Passage, ...], library: Library) -> bool:
    """Whether the evidence speaks of the company or job that the question names; categories need not be said."""
    table = next(t for t in library.corpus.tables if t.document_id == value.table)
    if table.column(value.column).kind == "category":
        return True
    wanted = stems_of(value.value)
    return any(len(wanted & stems_of(p.text)) >= min(2, len(wanted)) for p in passages)


def _has_money(passage: Passage, library: Library) -> bool:
    tables = (t for t in library.corpus.tables if t.document_id == passage.document_id)
    return any(c.kind == "money" for t in tables for c in t.columns)


def _gives_a_reason(passages: tuple[Passage, ...]) -> bool:
    return any(_REASON.search(p.text) for p in passages)


def _beside(question: Question, passages: tuple[Passage, ...], library: Library) -> tuple[str, ...]:
    """What the question turns on and the evidence leaves out: all of its items, or the figure that "most" is about."""
    if not passages:
        return ()
    named = any(names(p, i, library.corpus) for i in question.items for p in passages)
    meant = question.nearest is not None and _asks_for(question.nearest, passages)
    if question.items and not named and not meant and passages[0].kind == "sentence" and question.form != "yes_no":
        return question.items
    numeric = {c.name for t in library.corpus.tables for c in t.columns if c.numeric} & set(question.columns)
    extreme = question.has("highest", "lowest") and numeric and not any(c.isdigit() for p in passages for c in p.text)
    return (sorted(numeric)[0].replace("_", " "),) if extreme else ()


def _is_prose(passages: tuple[Passage, ...]) -> bool:
    """Sentences of an article: they are said as they stand, without a yes or no of ours before them."""
    return bool(passages) and passages[0].kind == "sentence"


def _role_only(question: Question) -> bool:
    """Nothing but roles is named by the question, so that only the meaning of its words can tell."""
    named = any(not t.word.isalpha() for t in question.terms)
    return not (question.aspects or question.items or question.values or named)


def _clearly_near(question: Question, passages: tuple[Passage, ...], library: Library) -> bool:
    near = library.likeness(question.bare)
    return max((near.get(p.id, 0.0) for p in passages), default=0.0) >= CLEARLY_NEAR


def _words_of_table(passages: tuple[Passage, ...], library: Library) -> frozenset[str]:
    """The words of the table that a row comes from: its title, what it calls a row, its columns."""
    if not passages or passages[0].kind != "row":
        return frozenset()
    table = next(t for t in library.corpus.tables if t.document_id == passages[0].document_id)
    said = [
        table.title,
        table.row_name,
        "table tables row rows",
        *(w for c in table.columns for w in (c.name, *c.words)),
    ]
    return frozenset().union(*(stems_of(text) for text in said))


def _asks_for_columns(question: Question, passages: tuple[Passage, ...], library: Library) -> bool:
    """The question names what a column of the rows holds (pay, place, level), and not only a row."""
    if not passages or passages[0].kind != "row":
        return False
    table = next(t for t in library.corpus.tables if t.document_id == passages[0].document_id)
    asked = {c.name for c in table.columns if c.kind not in ("name", "title")} & set(question.columns)
    return bool(asked) or table.aspect in question.aspects or bool(amounts(question))


def unheld(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """Names of the aspects asked about that no passage of the corpus is about."""
    held = {a for p in corpus.passages for a in p.aspects}
    return tuple(corpus.vocabulary.aspect(a).name for a in question.aspects if a not in held)
