"""The Model tab: which model words the answers, which others are there, how fast they write, and choosing another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from rolewise.errors import ModelError
from rolewise.model_choices import Choice, Speed, choices, speed_of
from rolewise.models import open_model
from rolewise.web.markdown import escaped
from rolewise.web.opening import Opening
from rolewise.web.waiting import PRIVATE, on_opening

INTRO = (
    "Facts, citations and the decision to answer come from the sources; a model may only word them, and each of its sentences "
    "is checked against the sources first."
)
EVERYBODY = (
    "The choice holds for everybody who uses this page, from the next answer on, until RoleWise is started again."
)
BETTER = "Better models, to be fetched once: <code>rolewise setup --model list</code> in a terminal shows them."
LOOKED = "Found in the models folder and on this machine’s own ports. Nothing else is asked."
GONE = "That model is not among those found. Look again, and choose from what is there."
NO_MODEL = "No model words the answers with this choice, so there is nothing to test."


class ModelChoices:
    """The handlers of the tab. What can be chosen is what the last look found, kept here and never taken from a browser."""

    def __init__(self, opening: Opening) -> None:
        self._advisor = opening.advisor
        self._found: tuple[Choice, ...] = ()

    def look(self, *_: Any) -> tuple[Any, ...]:
        """(told, what is in use, the choices)"""
        self._found = choices(self._advisor.settings)
        labels = [(f"{choice.name} ({choice.where})", choice.id) for choice in self._found]
        used = next((c.id for c in self._found if c.opens(self._advisor.model_settings)), None)
        return "", gr.update(choices=labels, value=used, visible=True), self._now()

    def use(self, chosen: str | None) -> Iterator[tuple[Any, ...]]:
        choice = self._choice(chosen)
        if choice is None:
            yield _told(GONE), gr.skip()
            return
        yield _told(f"Opening {choice.name}…"), gr.skip()
        try:
            self._advisor.use_model(choice.settings)
        except ModelError as error:
            yield _told(f"{error} Nothing was changed."), self._now()
        else:
            permanent = f"To choose it for every start: <code>{escaped(choice.permanent)}</code>"
            yield _told(f"{choice.name} is in use from the next answer on.", permanent), self._now()

    def test(self, chosen: str | None) -> Iterator[str]:
        choice = self._choice(chosen)
        if choice is None:
            yield _told(GONE)
            return
        yield _told(f"{choice.name} writes a short text…")
        try:
            speed = self._speed(choice)
        except ModelError as error:
            yield _told(str(error))
        else:
            yield _measured(choice, speed) if speed else _told(NO_MODEL)

    def _speed(self, choice: Choice) -> Speed | None:
        """Of the model in use where it is that one, else of one opened and closed for the test."""
        if choice.opens(self._advisor.model_settings):
            with self._advisor.lent() as parts:
                if parts.model:
                    return speed_of(parts.model)
        model = open_model(choice.settings)
        if model is None:
            return None
        try:
            return speed_of(model)
        finally:
            model.close()

    def _choice(self, ident: str | None) -> Choice | None:
        return next((choice for choice in self._found if choice.id == ident), None)

    def _now(self) -> str:
        with self._advisor.lent() as parts:
            name, notice = parts.model.name if parts.model else "", parts.model_notice
        words = (
            f"<b>{escaped(name)}</b> words the answers."
            if name
            else "The answers are in <b>the sources’ own words</b>."
        )
        return f"<p>{words}</p>" + (f"<p class='rw-quiet'>{escaped(notice)}</p>" if notice else "")


def model_tab(opening: Opening, tab: gr.Tab) -> None:
    """Lay out the tab; the machine is looked over when it is opened, and again when a button says so."""
    gr.HTML(f"<h2>The model</h2><p>{INTRO}</p>", elem_classes="rw-intro")
    handlers = ModelChoices(opening)
    with gr.Column(elem_id="rw-model"):
        now = gr.HTML("", apply_default_css=False, elem_id="rw-model-now")
        chosen = gr.Radio([], label="What can word the answers here", info=LOOKED, visible=False, elem_id="rw-models")
        with gr.Row():
            use = gr.Button("Use it", elem_id="rw-model-use", variant="primary", size="sm")
            test = gr.Button("Test it", elem_id="rw-model-test", variant="secondary", size="sm")
            again = gr.Button("Look again", elem_id="rw-model-look", variant="secondary", size="sm")
        told = gr.HTML("", apply_default_css=False, elem_id="rw-model-told")
        gr.HTML(f"<p class='rw-quiet'>{EVERYBODY} {BETTER}</p>")
    step: dict[str, Any] = {**PRIVATE, "concurrency_id": "model", "concurrency_limit": 1}
    outputs = [told, chosen, now]
    look = on_opening(opening, 3, handlers.look)
    tab.select(look, None, outputs, **PRIVATE)
    again.click(look, None, outputs, **PRIVATE)
    use.click(handlers.use, [chosen], [told, now], **step)
    test.click(handlers.test, [chosen], [told], **step)


def _told(text: str, more: str = "") -> str:
    return f"<div role='status'><p>{escaped(text)}</p>{f'<p>{more}</p>' if more else ''}</div>"


def _measured(choice: Choice, speed: Speed) -> str:
    return _told(
        f"{choice.name}: {speed.tokens_per_s:.0f} tokens a second; the first after {speed.first_s:.1f} seconds, loading included "
        "where it was not loaded yet. It wrote:",
        f"<q>{escaped(speed.text)}</q>",
    )
