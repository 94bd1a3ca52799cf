"""Whether evidence answers what is asked, and not only its topic.

One similarity threshold cannot tell this: questions near the topic that the sources do not answer come closer to a
passage than many that they do. So the words decide. Where an aspect or an item anchors the question, what is asked for
(a head, a name, a number) must be covered; where only a role or a table value is named, every content word must be.
"""

from __future__ import annotations

from rolewise.advisor.evidence.base import Evidence, Library, covers, names
from rolewise.advisor.evidence.rows import amounts
from rolewise.advisor.question import Question
from rolewise.corpus import Corpus, Passage


def open_words(question: Question, evidence: Evidence, library: Library) -> tuple[str, ...]:
    """The words that keep the evidence from being an answer; none where it is one."""
    passages = evidence.passages
    corpus = library.corpus
    anchored = (
        (question.form != "yes_no" and any(a in p.aspects for a in question.aspects for p in passages))
        or any(names(p, i, corpus) for i in question.items for p in passages)
        or _asks_for_columns(question, passages, library)
        or bool(question.form == "compare" and question.has("compare"))
    )
    by_amount = bool(passages and passages[0].kind == "row" and amounts(question))
    unheld = [a for a in question.aspects if not _holds(corpus, a)] if passages and passages[0].kind != "row" else []
    return tuple(corpus.vocabulary.aspect(a).name for a in unheld) + tuple(
        t.word
        for t in question.terms
        if (t.telling or not anchored)
        and not (by_amount and t.word[0] in "$€£0123456789")
        and not any(covers(p, t, corpus) for p in passages)
    )


def _asks_for_columns(question: Question, passages: tuple[Passage, ...], library: Library) -> bool:
    """The question names what a column of the rows holds (pay, place, level), and not only a row."""
    if not passages or passages[0].kind != "row":
        return False
    table = next(t for t in library.corpus.tables if t.document_id == passages[0].document_id)
    asked = {c.name for c in table.columns if c.kind not in ("name", "title")} & set(question.columns)
    return bool(asked) or table.aspect in question.aspects or bool(amounts(question))


def _holds(corpus: Corpus, aspect: str) -> bool:
    """Whether any passage of the corpus is about the aspect."""
    return any(aspect in p.aspects for p in corpus.passages)
