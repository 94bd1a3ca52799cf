"""A conversation as the page keeps it, and as the chat shows it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any, Literal

from rolewise.advisor import Answer
from rolewise.web.markdown import linked, literal, tame


@dataclass(frozen=True)
class Turn:
    """A question and what came of it so far."""

    question: str
    answer: Answer | None = None
    word: str = ""
    """Plain text about the answer: why it takes long, that it was stopped, what went wrong."""
    begun: bool = False
    done: bool = False
    verdict: Literal["", "up", "down"] = ""
    """What the reader sent about the answer: `up`, `down`, or nothing."""
    id: str = field(default_factory=lambda: uuid.uuid4().hex[:8])


def history_of(turns: list[Turn]) -> tuple[str, ...]:
    """The user's messages, oldest first."""
    return tuple(turn.question for turn in turns)


def messages_of(turns: list[Turn]) -> list[dict[str, Any]]:
    """The conversation for gr.Chatbot; the last answer, once complete, offers its suggestions."""
    messages: list[dict[str, Any]] = []
    for turn in turns:
        messages.append({"role": "user", "content": literal(turn.question)})
        messages.append({"role": "assistant", "content": said(turn)})
    if turns and turns[-1].done and (answer := turns[-1].answer):
        messages[-1]["options"] = [{"value": text, "label": text} for text in answer.suggestions]
    return messages


def thumbs_of(turns: list[Turn]) -> list[str | None]:
    """The verdict on each answer, as gr.Chatbot names them."""
    return [{"up": "Like", "down": "Dislike"}.get(turn.verdict) for turn in turns]


def said(turn: Turn) -> str:
    """The answer in Markdown: its text with linked markers, then its notes, then how it was made."""
    answer = turn.answer
    blocks = []
    if answer:
        blocks.append(linked(tame(answer.answer), (c.n for c in answer.citations), f"rw-{turn.id}"))
        blocks += [f"> {literal(notice)}" for notice in answer.notices]
    if turn.word:
        blocks.append(f"> {literal(turn.word)}" if turn.done else f"*{literal(turn.word)}*")
    if answer and turn.done and not turn.word and (made := how_made(answer)):
        blocks.append(f"*{literal(made)}*")
    return "\n\n".join(blocks)


def how_made(answer: Answer) -> str:
    """Whose words the answer has, and the seconds it took."""
    if answer.status == "small_talk":
        return ""
    if answer.status == "not_in_sources":
        whose = "Not in the sources"
    elif not answer.model or not answer.drafted:
        whose = "In the sources’ own words"
    else:
        whose = f"{'Worded' if answer.drafted == 1 else 'Partly worded'} by {answer.model}"
    took = f"{answer.timings.total_s:.1f} s"
    return f"{whose} · {'at once' if took == '0.0 s' else took}"


def copied(turns: list[Turn], shown: str) -> str:
    """What the copy button of a message gives: its plain Markdown, and under an answer its sources."""
    for turn in reversed(turns):
        if shown == literal(turn.question):
            return turn.question
        if shown == said(turn) and turn.answer:
            sources = [
                f"[{c.n}] “{c.quote}” {c.title}, {c.publisher}, {c.published}{f', {c.url}' if c.url else ''}"
                for c in turn.answer.citations
            ]
            return "\n\n".join(filter(None, [turn.answer.answer, "\n".join(sources)]))
    return shown
