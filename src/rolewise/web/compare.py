"""The Compare tab: any two roles side by side, differences first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gradio as gr

from rolewise.advisor.side_by_side import Line, Said, Shared, side_by_side
from rolewise.corpus import Corpus, Role
from rolewise.web.citing import Citing, ask_button, capital, nothing
from rolewise.web.markdown import escaped
from rolewise.web.opening import Opening
from rolewise.web.waiting import PRIVATE, on_opening

ONE_ROLE = "The sources hold fewer than two roles, so there is nothing to compare yet."
SAME = "The same role is chosen on both sides. Choose another on one of them."


def compare_tab(opening: Opening, tab: gr.Tab) -> None:
    gr.HTML(
        "<h2>Compare roles</h2><p>What the sources say of each, and in the middle what they share.</p>",
        elem_classes="rw-intro",
    )
    with gr.Row(elem_id="rw-pair"):
        first = gr.Dropdown([], label="One role", interactive=True, allow_custom_value=False, visible=False)
        second = gr.Dropdown([], label="The other role", interactive=True, allow_custom_value=False, visible=False)
    table = gr.HTML("", apply_default_css=False, elem_id="rw-compare")
    tab.select(
        on_opening(opening, 3, lambda *chosen: opened(opening.advisor.corpus, *chosen)),
        [first, second],
        [first, second, table],
        **PRIVATE,
    )
    for choice in (first, second):
        choice.input(lambda *chosen: compared(opening.advisor.corpus, *chosen), [first, second], table, **PRIVATE)


def opened(corpus: Corpus, first: str | None, second: str | None) -> tuple[Any, ...]:
    """The roles to choose from, and the first two side by side."""
    if len(corpus.roles) < 2:
        return gr.skip(), gr.skip(), nothing(ONE_ROLE)
    titles = [(role.title, role.id) for role in corpus.roles]
    first, second = first or corpus.roles[0].id, second or corpus.roles[1].id
    chosen = (gr.update(choices=titles, value=value, visible=True) for value in (first, second))
    return *chosen, compared(corpus, first, second)


def compared(corpus: Corpus, first: str, second: str) -> str:
    """HTML of two roles, given by id."""
    if first == second:
        return nothing(SAME)
    roles = corpus.role[first], corpus.role[second]
    lines = side_by_side(*roles, corpus)
    citing = Citing(corpus, "rw-c")
    heads = (f"<span>{escaped(text)}</span>" for text in (roles[0].title, "Both", roles[1].title))
    parts = [
        f"<section class='rw-lines'><h3>{title}</h3>{''.join(_line(line, roles, citing) for line in found)}</section>"
        for title, differs in (("Where they differ", True), ("The same in both", False))
        if (found := [line for line in lines if line.differs is differs])
    ]
    return f"<div class='rw-heads' aria-hidden='true'>{''.join(heads)}</div>{''.join(parts)}{citing.cards()}"


def _line(line: Line, roles: tuple[Role, Role], citing: Citing) -> str:
    group = f"<span class='rw-group'>{escaped(capital(line.group))}</span> " if line.group else ""
    left, right = line.sides
    columns = [
        (roles[0].title, (_said(s, citing) for s in left), "rw-first"),
        ("Both", (_shared(s, citing) for s in line.shared), "rw-both"),
        (roles[1].title, (_said(s, citing) for s in right), "rw-second"),
    ]
    cells = "".join(
        _cell(head, entries, question, css)
        for (head, entries, css), question in zip(columns, line.questions, strict=True)
        if line.differs or css == "rw-both"
    )
    return (
        f"<div class='rw-line'><h4>{group}{escaped(capital(line.name))}</h4><div class='rw-cells'>{cells}</div></div>"
    )


def _cell(head: str, entries: Iterable[str], question: str, css: str) -> str:
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    if not items:
        return f"<div class='rw-cell rw-bare {css}'><span class='rw-none' aria-hidden='true'>–</span></div>"
    return f"<div class='rw-cell {css}'><h5>{escaped(head)}</h5><ul>{items}</ul>{ask_button(question)}</div>"


def _said(said: Said, citing: Citing) -> str:
    own = ""
    if said.own and said.own != said.passage.items:
        own = f"<span class='rw-own'>only here: {escaped(', '.join(said.own))}</span>"
    return f"{_need(said.passage.need)}{escaped(capital(said.passage.short))}{citing.chips([said.passage])}{own}"


def _shared(shared: Shared, citing: Citing) -> str:
    return f"{_need(shared.need)}{escaped(capital(shared.text))}{citing.chips(shared.passages)}"


def _need(need: str | None) -> str:
    return f"<span class='rw-need'>{escaped(need)}</span> " if need and need != "required" else ""
