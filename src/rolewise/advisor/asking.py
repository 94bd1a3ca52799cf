"""The door: whatever somebody hands in as a question becomes an `Ask` within limits, or a QuestionError."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from rolewise.advisor.answer import Ask
from rolewise.errors import QuestionError

MAX_QUESTION_CHARACTERS = 20_000
MOST_EARLIER = 100
"""Earlier messages that are read: the newest ones."""
MOST_EARLIER_CHARACTERS = 20_000
"""Of all earlier messages together: each is read anew for every question, and reading takes time with its length."""
MOST_READ = 6_000
"""Characters of a message that the rules read; what comes after them asks for nothing that a person would wait for."""

_LONGEST_GAP = 24
_GAP = re.compile(rf"([\W_]{{{_LONGEST_GAP}}})[\W_]+")


def taken(given: Any) -> Ask:
    """An Ask from a string, a mapping or an Ask. Of the conversation, the newest messages within the limits stay.

    Half a surrogate pair, which no encoding can write, becomes a replacement character. Raises QuestionError for
    what is not text, for an empty question and for one beyond the limit.
    """
    try:
        ask = Ask.model_validate({"question": given} if isinstance(given, str) else given)
    except ValidationError as error:
        raise QuestionError(_untaken(error)) from error
    question = whole(ask.question)
    if not question.strip():
        raise QuestionError("The question is empty. Write what you would like to know.")
    if len(question) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"The question has {len(question):,} characters; {MAX_QUESTION_CHARACTERS:,} is the most. Shorten it and ask again."
        )
    ident = ask.id if ask.id is None else whole(ask.id)
    return ask.model_copy(update={"question": question, "history": _newest(ask.history), "id": ident})


def readable(message: str) -> str:
    """What the rules read of a message: its beginning, with endless runs of signs and spaces cut short.

    A run of them says nothing, and patterns that look for a word behind it take time with the square of its length.
    """
    read = message[:MOST_READ]
    spelled_out = unicodedata.normalize("NFKC", read)  # as `plain` does: one sign can stand for eighteen letters
    return _GAP.sub(r"\1", spelled_out[:MOST_READ] if len(spelled_out) > MOST_READ else read)


def whole(text: str) -> str:
    """The text with halves of surrogate pairs joined, or replaced where the other half is missing."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _newest(history: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    left = MOST_EARLIER_CHARACTERS
    for message in reversed(tuple(history)[-MOST_EARLIER:]):
        left -= min(len(message), MOST_READ)
        if left < 0:
            break
        kept.append(whole(message[:MAX_QUESTION_CHARACTERS]))
    return tuple(reversed(kept))


def _untaken(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or "question"
    return (
        f"The question cannot be taken: `{field}` is wrong ({first['msg']}). "
        "It needs `question`, a text, and may have `history`, a list of texts."
    )
