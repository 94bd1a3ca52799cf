"""The chat: questions in, streamed answers and their sources out."""

from __future__ import annotations

from typing import Any

import gradio as gr

from rolewise.web.desk import Desk
from rolewise.web.drawer import DRAWER, LISTEN, UNDER
from rolewise.web.opening import Opening
from rolewise.web.rating import Rating
from rolewise.web.sources import NOTHING_YET
from rolewise.web.talk import GREETING, Talk
from rolewise.web.waiting import PRIVATE

# Any button of the page with `data-ask` carries its question here.
CARRY = """
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-ask]");
  if (button) trigger("submit", { question: button.dataset.ask });
});
"""
AT_ONCE = 16
"""Answers at the same time; more wait in line. Far more than a model words at once: a person whom it has no turn for gets the
sources' words in a moment, and must not stand in line behind those who wait for it."""
TO_BOX = "() => document.querySelector('#rw-box textarea')?.focus()"


def chat_tab(opening: Opening, desk: Desk, page: gr.Blocks, tabs: gr.Tabs) -> None:
    """Lay out the chat with its sources panel, and connect its events. It is the tab `chat` of `tabs`."""
    turns = gr.State([])
    talk = Talk(opening, desk)
    rating = Rating(opening.advisor.settings)
    with gr.Row(elem_id="rw-main"):
        with gr.Column(elem_id="rw-talk", scale=3, min_width=280):
            chatbot = gr.Chatbot(
                elem_id="rw-chat", label="Conversation", show_label=False, container=False, height="100%",
                placeholder=GREETING, layout="panel", buttons=["copy"], allow_tags=False, sanitize_html=True,
                latex_delimiters=[], allow_file_downloads=False, autoscroll=False, editable="user",
            )  # fmt: skip
            with gr.Column(elem_id="rw-rating", visible=False) as form:
                word = gr.Textbox(label="", info=rating.told, lines=1, max_lines=4, max_length=2_000)
                with gr.Row():
                    send = gr.Button("Send", size="sm", variant="primary")
                    drop = gr.Button("Don’t send", size="sm")
            box = gr.Textbox(
                elem_id="rw-box", label="Your question", show_label=False, container=False, lines=1, max_lines=6,
                placeholder="Ask about the roles…", submit_btn="Ask", autofocus=True,
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
            )  # fmt: skip
            with gr.Row(elem_id="rw-under"):
                gr.HTML(UNDER, apply_default_css=False)
                export = gr.Button("Export", elem_id="rw-export", size="sm", variant="secondary")
                clear = gr.Button("New conversation", elem_id="rw-clear", size="sm", variant="secondary")
            drawer = gr.HTML(DRAWER, apply_default_css=False, js_on_load=LISTEN)
        with gr.Column(elem_id="rw-sources", scale=2, min_width=260):
            gr.HTML("<h2>Sources</h2>")
            carried = gr.HTML("", js_on_load=CARRY)
            newest = gr.HTML(NOTHING_YET, elem_id="rw-newest")
            earlier = gr.HTML("", elem_id="rw-earlier")
    kept, note, exported = gr.Textbox(visible=False), gr.Textbox(visible=False), gr.JSON(visible=False)
    outputs = [turns, chatbot, newest, earlier, box]
    step: dict[str, Any] = {**PRIVATE, "outputs": outputs, "queue": False}

    def keep(event: Any, how: str = "keep") -> None:
        """Then have the browser keep the conversation as it is now."""
        now = event.then(talk.kept, [turns], [kept], queue=False, **PRIVATE)
        now.then(None, [kept], None, js=f"(kept) => window.rolewise.{how}(kept)", **PRIVATE)

    taken = [
        box.submit(talk.send, [box, turns], trigger_mode="multiple", **step),
        chatbot.example_select(talk.pick, [turns], **step),
        chatbot.option_select(talk.pick, [turns], **step),
        chatbot.retry(talk.again, [turns], **step),
        chatbot.edit(talk.edited, [turns], **step),
        carried.submit(talk.carried, [turns], [*outputs, tabs], queue=False, **PRIVATE),
    ]
    running: list[Any] = [
        event.then(
            talk.respond,
            [turns],
            outputs,
            concurrency_id="ask",
            concurrency_limit=AT_ONCE,
            trigger_mode="multiple",
            **PRIVATE,
        )
        for event in taken
    ]
    for event in (*taken, *running, *(event.failure(talk.not_taken, [turns], **step) for event in running)):
        keep(event)
    taken[-1].then(None, None, None, js=TO_BOX, **PRIVATE)
    keep(box.stop(None, cancels=running, **PRIVATE).then(talk.stopped, [turns], **step))
    keep(chatbot.undo(talk.undone, [turns], cancels=running, **step), "undone")

    cleared = clear.click(None, cancels=running, **PRIVATE).then(talk.cleared, None, **step)
    cleared.then(None, None, None, js="() => window.rolewise.started()", **PRIVATE)
    chosen = drawer.submit(None, cancels=running, **PRIVATE)
    opened = chosen.then(
        talk.opened, [kept], [*outputs, note], js="() => window.rolewise.chosen()", concurrency_limit=None, **PRIVATE
    )
    opened.then(None, [note], None, js="(note) => window.rolewise.opened(note)", **PRIVATE)

    export.click(talk.exported, [turns], [exported], queue=False, **PRIVATE).then(
        None, [exported], None, js="(file) => window.rolewise.save(file)", **PRIVATE
    )
    clipboard = gr.Textbox(visible=False)
    chatbot.copy(talk.copied, [turns], [clipboard], queue=False, **PRIVATE).then(
        None, [clipboard], None, js="text => { navigator.clipboard.writeText(text) }", **PRIVATE
    )

    rated = gr.State(None)
    chatbot.like(rating.chosen, [turns], [rated, form, word], queue=False, **PRIVATE).then(
        None, None, None, js="() => window.rolewise.toForm()", **PRIVATE
    )
    sent = gr.on(
        [send.click, word.submit], rating.sent, [word, rated, turns], [turns, chatbot, rated, form, note],
        queue=False, **PRIVATE,
    )  # fmt: skip
    sent.then(None, [note], None, js="(note) => window.rolewise.tell(note)", **PRIVATE)
    keep(sent)
    drop.click(rating.dropped, [turns], [chatbot, rated, form], queue=False, **PRIVATE).then(
        None, None, None, js=TO_BOX, **PRIVATE
    )
    page.load(talk.welcome, None, [chatbot], concurrency_limit=None, **PRIVATE)
