"""What a run of the golden questions leaves behind, row by row; reports and comparisons are made of it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from rolewise.advisor import Answer
from rolewise.evaluation.golden import DECLINES, GoldenRow, faults
from rolewise.evaluation.support import Grader


class Timed(BaseModel):
    """An answer of a system, with seconds to its first word and to its end as the caller saw them."""

    model_config = ConfigDict(frozen=True)

    answer: Answer
    first_s: float
    total_s: float
    drafts: int = 0
    rejected: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """For a system without citations: the passages that it was given."""


class Judged(BaseModel):
    """One row as one system answered it. For the test split, texts are left out: only the verdicts are kept."""

    model_config = ConfigDict(frozen=True)

    id: str
    category: str
    split: str
    question: str = ""
    status: str
    answer: str = ""
    correct: bool
    borne: bool | None
    """Correct, and at least one of the passages that bear the answer is cited, where any is due. None: it cites nothing."""
    faults: tuple[str, ...] = ()
    refusal_owed: bool
    answer_owed: bool
    refusal_right: bool
    """The status is one that the row accepts."""
    declined: bool
    claims: int
    unsupported: int
    unsupported_texts: tuple[str, ...] = ()
    markers_right: int = 0
    markers: int = 0
    needed_cited: int = 0
    needed: int = 0
    drafted: float = 0.0
    drafts: int = 0
    rejected: int = 0
    rejected_texts: tuple[str, ...] = ()
    first_s: float
    total_s: float


def judge(row: GoldenRow, timed: Timed, grader: Grader) -> Judged:
    """Grade an answer that cites: its facts and status by the row, its sentences by the quotes."""
    answer = timed.answer
    found = faults(row, answer.status, answer.answer)
    support = grader.support(answer)
    quotes = [c.quote for c in answer.citations]
    declined = answer.status in DECLINES
    due = [] if declined else row.bears
    cited = sum(any(b in q for q in quotes) for b in due)
    return _judged(
        row, timed, found,
        borne=not found and (cited > 0 or not due),
        declined=declined,
        claims=support.claims, unsupported=len(support.unsupported), unsupported_texts=support.unsupported,
        markers_right=support.markers_right, markers=support.markers,
        needed_cited=cited, needed=len(due), drafted=answer.drafted,
    )  # fmt: skip


def judge_uncited(row: GoldenRow, timed: Timed, grader: Grader) -> Judged:
    """Grade a chain without statuses and citations: its facts by the row, its sentences by what it was given.

    Its status is read from its words; where an answer is owed, only the facts count.
    """
    answer = timed.answer
    declined = answer.status == "not_in_sources"
    status = row.status[0] if row.answerable or row.status == ["small_talk"] else answer.status
    found = faults(row, status, answer.answer)
    claims, unsupported = grader.support_uncited(answer.answer, timed.sources) if not declined else (0, ())
    return _judged(row, timed, found, borne=None, declined=declined,
                   claims=claims, unsupported=len(unsupported), unsupported_texts=unsupported)  # fmt: skip


def _judged(row: GoldenRow, timed: Timed, found: list[str], **rest: Any) -> Judged:
    shown = row.split == "dev"
    texts: dict[str, Any] = {
        "question": " / ".join(row.turns) if found else "", "answer": timed.answer.answer if found else "", "faults": tuple(found),
        "rejected_texts": timed.rejected, "unsupported_texts": rest.pop("unsupported_texts"),
    } if shown else {}  # fmt: skip
    rest.pop("unsupported_texts", None)
    return Judged(
        id=row.id, category=row.category, split=row.split, status=timed.answer.status, correct=not found,
        refusal_owed=row.unanswerable, answer_owed=row.answerable, refusal_right=timed.answer.status in row.status,
        drafts=timed.drafts, rejected=len(timed.rejected), first_s=round(timed.first_s, 4), total_s=round(timed.total_s, 4),
        **texts, **rest,
    )  # fmt: skip
