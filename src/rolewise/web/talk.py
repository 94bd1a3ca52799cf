"""What happens when somebody asks, stops, retries, undoes or clears."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from rolewise.advisor import Ask
from rolewise.advisor.asking import MAX_QUESTION_CHARACTERS, taken, whole
from rolewise.errors import QuestionError, RoleWiseError
from rolewise.web.desk import Desk
from rolewise.web.export import as_markdown, file_name
from rolewise.web.limits import sender_of
from rolewise.web.markdown import literal, text_of
from rolewise.web.opening import Opening
from rolewise.web.sources import earlier_panel, panel
from rolewise.web.stored import from_browser, to_browser
from rolewise.web.turns import Turn, copied, history_of, messages_of, thumbs_of

Updates = tuple[Any, ...]
"""Of (turns, chat, newest sources, earlier sources, question box)."""

GREETING = "## What would you like to know?"
LOOKING = "Looking in the sources…"
NOT_TAKEN = "This question was not taken: too many people are asking at once, or the connection broke. It is kept: ask it again in a moment."
STOPPED = "Stopped."
_MOST_STOPPED = 256
UNEXPECTED = "Something went wrong that should not have; the terminal shows what. The conversation is kept: ask again."
BUSY: dict[str, Any] = {"submit_btn": False, "stop_btn": "Stop"}
RESTING: dict[str, Any] = {"submit_btn": "Ask", "stop_btn": False}


class Talk:
    """The chat's event handlers, for any number of people: each one's conversation comes in as `turns`."""

    def __init__(self, opening: Opening, desk: Desk | None = None) -> None:
        self._opening = opening
        self._advisor = opening.advisor
        self._desk = desk or Desk(opening.advisor)
        self._stopped: deque[str] = deque(maxlen=_MOST_STOPPED)
        """Ids of stopped turns: the page tells late that their answer broke off, when another question may have been asked."""

    def send(self, question: str, turns: list[Turn]) -> Updates:
        if question and question.strip():
            return self._take(question, turns)
        return (gr.skip(),) * 5

    def pick(self, turns: list[Turn], chosen: gr.SelectData) -> Updates:
        """An example or a suggestion was clicked."""
        return self._take(chosen.value["text"] if isinstance(chosen.value, dict) else chosen.value, turns)

    def carried(self, turns: list[Turn], carried: gr.EventData) -> Updates:
        """A question comes from another tab: the chat is shown and asks it, or keeps it in the box while it answers another."""
        question = str(carried.question)
        busy = turns and not turns[-1].done
        updates = (*(gr.skip(),) * 4, gr.update(value=question)) if busy else self._take(question, turns)
        return *updates, gr.Tabs(selected="chat")

    def again(self, turns: list[Turn], retried: gr.RetryData) -> Updates:
        at = _turn_at(retried.index)
        return self._replace(turns, at, turns[at].question)

    def edited(self, turns: list[Turn], edit: gr.EditData) -> Updates:
        """An earlier question in other words: it is asked anew, and what followed it goes."""
        at, question = _turn_at(edit.index), text_of(edit.value)
        return self._replace(turns, at, question) if question.strip() else (gr.skip(),) * 5

    def respond(self, turns: list[Turn], request: gr.Request) -> Iterator[Updates]:
        """Answer the question that was taken last, if nobody does so already."""
        if not turns or turns[-1].begun:
            yield (gr.skip(),) * 5
            return
        *turns, turn = turns
        turn = replace(turn, begun=True)
        yield self._new([*turns, turn])
        for word in self._opening.words():
            yield self._new([*turns, replace(turn, word=word)])
        try:
            if self._opening.failure:
                raise RoleWiseError(self._opening.failure)
            asked = Ask(question=turn.question, history=history_of(turns))
            for answer in self._desk.answers(asked, sender_of(request), "page"):
                if answer is None:  # a step all the same: only between two can this be stopped
                    yield (gr.skip(),) * 5
                    continue
                turn = replace(turn, answer=answer, word="")
                yield self._new([*turns, turn])
            turn = replace(turn, done=True)
        except RoleWiseError as error:
            turn = replace(turn, word=str(error), done=True)
        except Exception:
            yield self._new([*turns, replace(turn, word=UNEXPECTED, done=True)], box=gr.update(**RESTING))
            raise
        yield self._new([*turns, turn], box=gr.update(**RESTING))

    def undone(self, turns: list[Turn], undo: gr.UndoData) -> Updates:
        """Take the last exchange back; its question returns to the box."""
        at = _turn_at(undo.index)
        return self._whole(turns[:at], gr.update(value=turns[at].question, **RESTING))

    def opened(self, kept: str) -> Iterator[tuple[Any, ...]]:
        """A conversation that the browser kept: the outputs of every step, and a note where it cannot be opened."""
        for _ in self._opening.words():
            yield (*(gr.skip(),) * 5, "")
        try:
            if self._opening.failure:
                raise RoleWiseError(self._opening.failure)
            turns = from_browser(kept)
        except RoleWiseError as error:
            yield (*(gr.skip(),) * 5, str(error))
        else:
            yield *self._whole(turns, gr.update(**RESTING)), ""

    def kept(self, turns: list[Turn]) -> str:
        """The conversation for the browser to keep; empty where there is none."""
        return to_browser(turns) if turns else ""

    def exported(self, turns: list[Turn]) -> dict[str, str]:
        """A file's name and Markdown; the browser makes the file, so that none lies on the server."""
        return {"name": file_name(turns), "text": as_markdown(turns)} if turns else {}

    def stopped(self, turns: list[Turn]) -> Updates:
        if turns and not turns[-1].done:
            self._stopped.append(turns[-1].id)
            turns = [*turns[:-1], replace(turns[-1], word=STOPPED, begun=True, done=True)]
        return self._whole(turns, gr.update(**RESTING))

    def not_taken(self, turns: list[Turn]) -> Updates:
        """The question never reached `respond`, or its answer broke off: the turn says so, and the box rests."""
        stopped = next((t.id for t in turns[-2:] if t.id in self._stopped), None)
        if stopped:
            self._stopped.remove(stopped)
        if stopped or not turns or turns[-1].done:
            return (gr.skip(),) * 5
        return self._whole(
            [*turns[:-1], replace(turns[-1], word=NOT_TAKEN, begun=True, done=True)], gr.update(**RESTING)
        )

    def cleared(self) -> Updates:
        return self._whole([], gr.update(**RESTING))

    def copied(self, turns: list[Turn], copy: gr.CopyData) -> str:
        return copied(turns, copy.value)

    async def welcome(self) -> AsyncIterator[Any]:
        """Once the advisor is there: what can be asked about, and examples."""
        self._opening.start()
        while not self._opening.over:
            await asyncio.sleep(0.1)
        if self._opening.failure:
            yield gr.update(placeholder=f"{GREETING}\n\n{literal(self._opening.failure)}")
        else:
            told = f"\n\n> {literal(self._advisor.notice)}" if self._advisor.notice else ""
            examples: list[Any] = [{"text": text} for text in self._advisor.examples()]
            about = literal(f"Ask about {self._advisor.about}.")
            yield gr.update(placeholder=f"{GREETING}\n\n{about}{told}", examples=examples)

    def ask(
        self, question: str, history: list[str | dict[str, Any]] | None = None, request: gr.Request | None = None
    ) -> Iterator[dict[str, Any]]:
        """Ask about the roles. `history`: the user's earlier messages, oldest first. Streams the answer so far."""
        for _ in self._opening.words():
            pass
        if self._opening.failure:
            raise gr.Error(self._opening.failure, print_exception=False)
        try:
            asked = taken({"question": question, "history": _user_messages(history)})
            for answer in self._desk.answers(asked, sender_of(request), "program"):
                if answer:
                    yield answer.model_dump(mode="json")
        except RoleWiseError as error:
            raise gr.Error(str(error), print_exception=False) from error

    def _take(self, question: str, turns: list[Turn]) -> Updates:
        """Show the question as asked. A step of its own: the page may drop a snapshot that another follows closely."""
        if turns and not turns[-1].done:
            return (gr.skip(),) * 5
        turn = _turn(question)
        return self._whole([*turns, turn], gr.update(**RESTING) if turn.done else gr.update(value="", **BUSY))

    def _replace(self, turns: list[Turn], at: int, question: str) -> Updates:
        """Ask in the place of a turn, which keeps its id: the conversation stays the same one."""
        if not turns[-1].done:
            return (gr.skip(),) * 5
        turn = replace(_turn(question), id=turns[at].id)
        return self._whole([*turns[:at], turn], gr.update(**(RESTING if turn.done else BUSY)))

    def _new(self, turns: list[Turn], box: Any = None) -> Updates:
        """What a snapshot can change. All of it each time, as the page may drop a snapshot that another follows closely."""
        return turns, messages_of(turns), panel(turns, self._text), gr.skip(), box or gr.skip()

    def _whole(self, turns: list[Turn], box: Any) -> Updates:
        chat = gr.update(value=messages_of(turns), feedback_value=thumbs_of(turns))
        return turns, chat, panel(turns, self._text), earlier_panel(turns, self._text), box

    def _text(self, source_id: str) -> str:
        """A source's text; none where a kept conversation cites one that has gone since."""
        try:
            return self._advisor.document_text(source_id)
        except KeyError:
            return ""


def _turn(question: str) -> Turn:
    """The turn of a question that is asked, or one that says at once why it cannot be taken: then it stays in the box."""
    try:
        return Turn(taken(question).question, word=LOOKING)
    except QuestionError as error:
        return Turn(whole(question[:MAX_QUESTION_CHARACTERS]), word=str(error), begun=True, done=True)


def _turn_at(index: int | tuple[int, int]) -> int:
    """The turn of a message: each has two."""
    return (index if isinstance(index, int) else index[0]) // 2


def _user_messages(history: Any) -> Any:
    """The user's messages as texts; what is no list is handed on as it is, to be refused with its reason."""
    if not isinstance(history or [], list):
        return history
    users = (m for m in history or [] if not isinstance(m, dict) or m.get("role", "user") == "user")
    return tuple(text_of(message) for message in users)
