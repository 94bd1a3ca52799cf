"""The contract: what goes into the advisor and what comes out."""

from __future__ import annotations

import uuid
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["answered", "partly", "not_in_sources", "small_talk"]


class Ask(BaseModel):
    """A message with the conversation behind it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    history: tuple[str, ...] = ()
    """The user's earlier messages, oldest first. The newest 100 are read, and of them about 20,000 characters."""
    id: str | None = None


class Citation(BaseModel):
    """Where a sentence comes from. `quote` is verbatim: `Document.text[start:end]` of `source_id`."""

    model_config = ConfigDict(frozen=True)

    n: int
    source_id: str
    title: str
    section: str
    quote: str
    url: str | None
    published: str
    publisher: str
    start: int
    """Offset of the quote in the document's text, in characters."""
    end: int
    passage_id: str


class Timings(BaseModel):
    """Seconds since the question arrived."""

    model_config = ConfigDict(frozen=True)

    retrieve_s: float = 0.0
    first_token_s: float = 0.0
    total_s: float = 0.0


class Answer(BaseModel):
    """An answer, or the answer so far: while streaming, each chunk is the whole text up to now."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    standalone_question: str
    status: Status
    answer: str
    """Markdown with markers [1] [2]; each marker is the `n` of a citation."""
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    model: str | None = None
    """Name of the model that may word the answer, or None when the sources' own words are used."""
    drafted: float = Field(default=0.0, ge=0, le=1)
    """Share of the sentences that the model worded."""
    notices: tuple[str, ...] = ()
    """What the reader should know about this answer: a model that failed, dated figures."""
    timings: Timings = Timings()

    def __add__(self, later: Answer) -> Answer:
        """LangChain adds streamed chunks together; ours are snapshots, so the later one stands."""
        return later


def new_id() -> str:
    return uuid.uuid4().hex[:12]
