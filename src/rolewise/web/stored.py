"""A conversation as the browser keeps it: JSON out, and in again once it has been checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from rolewise.advisor import Answer
from rolewise.advisor.asking import MAX_QUESTION_CHARACTERS
from rolewise.errors import ConversationError
from rolewise.web.turns import Turn

MOST_CHARACTERS = 2_000_000
MOST_TURNS = 500
UNFINISHED = "This answer was not finished. Ask again for a whole one."


class StoredTurn(BaseModel):
    """A turn in the browser's storage, which anything may have written."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(pattern=r"^[0-9a-f]{8}$")
    question: str = Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)
    answer: Answer | None = None
    word: str = Field(default="", max_length=2_000)
    verdict: Literal["", "up", "down"] = ""


_TURNS: TypeAdapter[list[StoredTurn]] = TypeAdapter(
    Annotated[list[StoredTurn], Field(min_length=1, max_length=MOST_TURNS)]
)


def to_browser(turns: list[Turn]) -> str:
    """The turns as JSON. An answer under way is kept as far as it has come, without the words about its progress."""
    return _TURNS.dump_json([
        StoredTurn(id=t.id, question=t.question, answer=t.answer, word=t.word if t.done else "", verdict=t.verdict)
        for t in turns
    ]).decode()  # fmt: skip


def from_browser(text: str) -> list[Turn]:
    """The turns of a conversation. Raises ConversationError where they are not what `to_browser` writes."""
    if len(text) > MOST_CHARACTERS:
        raise ConversationError("This conversation is too long to be opened. It stays in the list.")
    try:
        found = _TURNS.validate_json(text)
    except ValidationError as error:
        raise ConversationError(
            "This conversation cannot be opened: what the browser kept of it is damaged, or of another version. "
            "It stays in the list; the others are not concerned."
        ) from error
    return [
        Turn(
            t.question, t.answer, t.word or ("" if t.answer else UNFINISHED), begun=True, done=True, verdict=t.verdict, id=t.id
        )
        for t in found
    ]  # fmt: skip
