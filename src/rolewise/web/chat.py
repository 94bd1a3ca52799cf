"""The chat: questions in, streamed answers and their sources out."""

from __future__ import annotations

from typing import Any

import gradio as gr

from rolewise.web.opening import Opening
from rolewise.web.sources import NOTHING_YET
from rolewise.web.talk import GREETING, Talk
from rolewise.web.waiting import PRIVATE

PROMISE = "Click a number in an answer to see its source."


# Any button of the page with `data-ask` carries its question here.
CARRY = """
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-ask]");
  if (button) trigger("submit", { question: button.dataset.ask });
});
"""
TO_BOX = "() => document.querySelector('#rw-box textarea')?.focus()"


def chat_tab(opening: Opening, page: gr.Blocks, tabs: gr.Tabs) -> None:
    """Lay out the chat with its sources panel, and connect its events. It is the tab `chat` of `tabs`."""
    turns = gr.State([])
    with gr.Row(elem_id="rw-main"):
        with gr.Column(elem_id="rw-talk", scale=3, min_width=280):
            chatbot = gr.Chatbot(
                elem_id="rw-chat", label="Conversation", show_label=False, container=False, height="100%",
                placeholder=GREETING, layout="panel", buttons=["copy"], allow_tags=False, sanitize_html=True,
                latex_delimiters=[], feedback_options=None, allow_file_downloads=False,
                autoscroll=False,
            )  # fmt: skip
            box = gr.Textbox(
                elem_id="rw-box", label="Your question", show_label=False, container=False, lines=1, max_lines=6,
                placeholder="Ask about the roles…", submit_btn="Ask", autofocus=True,
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
            )  # fmt: skip
            with gr.Row(elem_id="rw-under"):
                gr.HTML(f"<p>{PROMISE}</p>")
                clear = gr.Button("Clear", elem_id="rw-clear", size="sm", variant="secondary")
        with gr.Column(elem_id="rw-sources", scale=2, min_width=260):
            gr.HTML("<h2>Sources</h2>")
            carried = gr.HTML("", js_on_load=CARRY)
            newest = gr.HTML(NOTHING_YET, elem_id="rw-newest")
            earlier = gr.HTML("", elem_id="rw-earlier")
    outputs = [turns, chatbot, newest, earlier, box]
    talk = Talk(opening)
    step: dict[str, Any] = {**PRIVATE, "outputs": outputs, "queue": False}

    taken = [
        box.submit(talk.send, [box, turns], trigger_mode="multiple", **step),
        chatbot.example_select(talk.pick, [turns], **step),
        chatbot.option_select(talk.pick, [turns], **step),
        chatbot.retry(talk.again, [turns], **step),
        carried.submit(talk.carried, [turns], [*outputs, tabs], queue=False, **PRIVATE),
    ]
    running: list[Any] = [
        event.then(talk.respond, [turns], outputs, concurrency_id="ask", concurrency_limit=4, **PRIVATE)
        for event in taken
    ]
    taken[-1].then(None, None, None, js=TO_BOX, **PRIVATE)
    box.stop(None, cancels=running, **PRIVATE).then(talk.stopped, [turns], **step)
    clear.click(None, cancels=running, **PRIVATE).then(talk.cleared, None, **step)
    chatbot.undo(talk.undone, [turns], **step)
    clipboard = gr.Textbox(visible=False)
    chatbot.copy(talk.copied, [turns], [clipboard], queue=False, **PRIVATE).then(
        None, [clipboard], None, js="text => { navigator.clipboard.writeText(text) }", **PRIVATE
    )
    page.load(talk.welcome, None, [chatbot], concurrency_limit=None, **PRIVATE)
