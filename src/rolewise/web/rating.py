"""Thumbs up and down: what is asked then, and what is stored once it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import gradio as gr

from rolewise.errors import RoleWiseError
from rolewise.feedback import Feedback, Verdict, kept_where, store
from rolewise.settings import Settings
from rolewise.web.turns import Turn, thumbs_of

Rated = tuple[str, Verdict] | None
"""The turn that somebody is giving a verdict on, and the verdict."""

ASKED: dict[Verdict, str] = {"up": "What was good about this answer?", "down": "What was wrong with this answer?"}
THANKS = "Thank you. Your verdict is kept."


class Rating:
    """Handlers of the thumbs. Nothing is stored before the person sends it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.told = f"Sending keeps your verdict, your words, the question and the answer {kept_where(settings)}."

    def chosen(self, turns: list[Turn], like: gr.LikeData) -> tuple[Any, ...]:
        """A thumb was pressed: (rated, form, box)."""
        at = (like.index if isinstance(like.index, int) else like.index[0]) // 2
        if at >= len(turns) or not turns[at].done:
            return (gr.skip(),) * 3
        verdict: Verdict = "up" if like.liked is True else "down"
        label = f"{ASKED[verdict]} (optional)"
        return (turns[at].id, verdict), gr.update(visible=True), gr.update(label=label, value="")

    def sent(self, word: str, rated: Rated, turns: list[Turn]) -> tuple[Any, ...]:
        """(turns, chat, rated, form, note): the verdict stored, or why not; then the form stays, with its words."""
        turn = next((t for t in turns if rated and t.id == rated[0]), None)
        if rated is None or turn is None:
            return turns, gr.skip(), None, gr.update(visible=False), ""
        answer = turn.answer
        given = Feedback(
            rated[1], (word or "").strip(), answer.id if answer else "", turn.question, answer.answer if answer else turn.word,
            datetime.now(timezone.utc),
        )  # fmt: skip
        try:
            store(self._settings, given)
        except RoleWiseError as error:
            return turns, gr.skip(), rated, gr.skip(), str(error)
        turns = [replace(t, verdict=rated[1]) if t is turn else t for t in turns]
        return turns, gr.update(feedback_value=thumbs_of(turns)), None, gr.update(visible=False), THANKS

    def dropped(self, turns: list[Turn]) -> tuple[Any, ...]:
        """(chat, rated, form): as it was before the thumb."""
        return gr.update(feedback_value=thumbs_of(turns)), None, gr.update(visible=False)
