"""What people thought of answers: a table of their own, written only when somebody sends it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timezone
from typing import Literal

from sqlalchemy import Column, DateTime, Engine, Integer, MetaData, String, Table, Text, create_engine, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from rolewise.errors import FeedbackError
from rolewise.settings import Settings

Verdict = Literal["up", "down"]

MOST_CHARACTERS = 2_000
"""Of the optional word; what is longer is cut."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""

_METADATA = MetaData()
_TABLE = Table(
    "feedback", _METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("verdict", String(4), nullable=False),
    Column("word", Text, nullable=False),
    Column("answer_id", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
)  # fmt: skip


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
    with _database(settings, "Nothing was stored.") as engine:
        _METADATA.create_all(engine)
        with engine.begin() as connection:
            connection.execute(_TABLE.insert(), row)


def stored(settings: Settings) -> list[Feedback]:
    """Every row, oldest first. Raises FeedbackError."""
    if settings.feedback_url is None and not settings.feedback_file.exists():
        return []
    columns = [_TABLE.c[field.name] for field in fields(Feedback)]
    with _database(settings, "Nothing was changed.") as engine:
        _METADATA.create_all(engine)
        with engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(_TABLE.c.id)).mappings().all()
    found = [Feedback(**row) for row in rows]
    # SQLite gives times back without their zone.
    return [replace(f, at=f.at.replace(tzinfo=timezone.utc)) if f.at.tzinfo is None else f for f in found]


def as_csv(rows: Iterable[Feedback]) -> str:
    """A header, then a line for each row. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["at", "verdict", "word", "answer_id", "question", "answer"])
    for f in rows:
        cells = (f.at.isoformat(timespec="seconds"), f.verdict, f.word, f.answer_id, f.question, f.answer)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue()


def kept_where(settings: Settings) -> str:
    """Where feedback goes, in words for the person who gives it."""
    if settings.feedback_url is None:
        return "on the machine that runs RoleWise"
    try:
        host = make_url(settings.feedback_url).host
    except SQLAlchemyError:
        host = None
    return f"in the database at {host}" if host else "in the database that this RoleWise was set up with"


@contextmanager
def _database(settings: Settings, kept: str) -> Iterator[Engine]:
    try:
        engine = create_engine(_url(settings), poolclass=NullPool)
        try:
            yield engine
        finally:
            engine.dispose()
    except ModuleNotFoundError as error:
        raise FeedbackError(
            f"The feedback database needs the package {error.name}, which is not installed. {kept} "
            'For PostgreSQL: pip install "rolewise[postgres]"; other databases: their driver.'
        ) from error
    except (SQLAlchemyError, OSError) as error:
        raise FeedbackError(
            f"The feedback database cannot be used ({type(error).__name__}). {kept} "
            "Check ROLEWISE_FEEDBACK_URL, or, without it, that the data folder can be written to."
        ) from error


def _url(settings: Settings) -> URL:
    if settings.feedback_url is not None:
        return make_url(settings.feedback_url)
    settings.home.mkdir(parents=True, exist_ok=True)
    return URL.create("sqlite", database=str(settings.feedback_file))


def _clean(text: str) -> str:
    """Text that every database takes: no half surrogate pairs, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
