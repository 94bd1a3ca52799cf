"""What people thought of answers: a table of their own, written only when somebody sends it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timezone
from typing import Literal

from rolewise.settings import Settings

Verdict = Literal["up", "down"]

MOST_CHARACTERS = 2_000
"""Of the optional word; what is longer is cut."""
_FORMULA = re.compile(r"[\s\x00-\x20\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]|[\t\r]")
"""A spreadsheet takes a cell that begins so for a formula; some drop spaces and invisible signs before it."""


@dataclass(frozen=True)
class Feedback:
    """A verdict on one answer; `word` is what the person added, or empty. `at` is in UTC."""

    verdict: Verdict
    word: str
    answer_id: str
    question: str
    answer: str
    at: datetime


def store(settings: Settings, feedback: Feedback) -> None:
    """Add a row; the table is made where there is none. Raises FeedbackError, and then nothing was stored."""
    row = {name: _clean(value) if isinstance(value, str) else value for name, value in asdict(feedback).items()}
    row["word"] = row["word"][:MOST_CHARACTERS]
    from rolewise.feedback import database

    database.insert(settings, row)


def stored(settings: Settings) -> list[Feedback]:
    """Every row, oldest first. Raises FeedbackError."""
    if settings.feedback_url is None and not settings.feedback_file.exists():
        return []
    from rolewise.feedback import database

    found = [Feedback(**row) for row in database.rows(settings, [field.name for field in fields(Feedback)])]
    # SQLite gives times back without their zone.
    return [replace(f, at=f.at.replace(tzinfo=timezone.utc)) if f.at.tzinfo is None else f for f in found]


def as_csv(rows: Iterable[Feedback]) -> str:
    """A header, then a line for each row. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["at", "verdict", "word", "answer_id", "question", "answer"])
    for f in rows:
        cells = (f.at.isoformat(timespec="seconds"), f.verdict, f.word, f.answer_id, f.question, f.answer)
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return text.getvalue()


def kept_where(settings: Settings) -> str:
    """Where feedback goes, in words for the person who gives it."""
    if settings.feedback_url is None:
        return "on the machine that runs RoleWise"
    from rolewise.feedback import database

    host = database.host_of(settings.feedback_url)
    return f"in the database at {host}" if host else "in the database that this RoleWise was set up with"


def _clean(text: str) -> str:
    """Text that every database takes: no half surrogate pairs, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
