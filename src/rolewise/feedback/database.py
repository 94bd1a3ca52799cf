"""The table of feedback and its database. Importing this takes a quarter of a second: it waits for the first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, DateTime, Engine, Integer, MetaData, String, Table, Text, create_engine, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from rolewise.errors import FeedbackError
from rolewise.settings import Settings

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


def insert(settings: Settings, row: Mapping[str, Any]) -> None:
    """Add a row; the table is made where there is none. Raises FeedbackError."""
    with _database(settings, "Nothing was stored.") as engine:
        _have_table(engine)
        with engine.begin() as connection:
            connection.execute(_TABLE.insert(), dict(row))


def rows(settings: Settings, columns: list[str]) -> list[dict[str, Any]]:
    """These columns of every row, oldest first. Raises FeedbackError."""
    with _database(settings, "Nothing was changed.") as engine:
        _have_table(engine)
        with engine.connect() as connection:
            asked = select(*(_TABLE.c[name] for name in columns)).order_by(_TABLE.c.id)
            return [dict(row) for row in connection.execute(asked).mappings()]


def host_of(url: str) -> str | None:
    """The host that an address of a database names, where it is one and names one."""
    try:
        return make_url(url).host
    except SQLAlchemyError:
        return None


def _have_table(engine: Engine) -> None:
    try:
        _METADATA.create_all(engine)
    except DBAPIError:  # another process may have made it between the look and the making: then this one finds it
        _METADATA.create_all(engine)


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
            "Check ROLEWISE_FEEDBACK_URL, or, without it, free disk space and that the data folder can be written to."
        ) from error


def _url(settings: Settings) -> URL:
    if settings.feedback_url is not None:
        return make_url(settings.feedback_url)
    settings.home.mkdir(parents=True, exist_ok=True)
    return URL.create("sqlite", database=str(settings.feedback_file))
