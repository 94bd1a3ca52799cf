"""The Sources tab: every document that answers may stand on, searchable, with its passages."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import gradio as gr

from rolewise.corpus import Corpus, Document
from rolewise.web.citing import nothing
from rolewise.web.markdown import escaped
from rolewise.web.opening import Opening
from rolewise.web.own import TYPES, OwnDocuments
from rolewise.web.sources import page_link
from rolewise.web.waiting import PRIVATE, on_opening

TIERS = {"B": "the publisher’s own page was read", "C": "a copy of it was read", "S": "quoted by somebody else"}
KINDS = {"article": "Article", "role": "Role", "table": "Table"}
OWN = (
    "Add your own documents: Markdown, text, HTML, PDF, Word, CSV or role files. Their text is copied into your data folder on "
    "this machine, beside these sources, and answers cite it; the files themselves are not kept."
)


def library_tab(opening: Opening, tab: gr.Tab) -> None:
    """Lay out the list, and above it what people do with documents of their own."""
    gr.HTML("<h2>Sources</h2><p>Everything that answers stand on.</p>", elem_classes="rw-intro")
    own = OwnDocuments(opening, lambda: library_view(opening.advisor.corpus))
    with gr.Column(elem_id="rw-own"):
        gr.HTML(f"<p>{OWN}</p>")
        with gr.Row():
            upload = gr.UploadButton(
                "Add documents", elem_id="rw-add", variant="primary", size="sm", file_count="multiple", file_types=TYPES
            )
            names = gr.Dropdown(
                [], multiselect=True, label="Your documents", elem_id="rw-names", scale=3, visible=False
            )
            gone = gr.Button("Remove the chosen", elem_id="rw-remove", variant="secondary", size="sm")
        told = gr.HTML("", apply_default_css=False, elem_id="rw-own-told")
    view = gr.HTML("", apply_default_css=False, elem_id="rw-library")
    outputs = [told, names, view]
    step: dict[str, Any] = {**PRIVATE, "concurrency_id": "own", "concurrency_limit": 1}
    upload.upload(own.add, [upload], outputs, **step)
    gone.click(own.remove, [names], outputs, **step)
    tab.select(
        on_opening(opening, 2, lambda *_: (own.listed(), library_view(opening.advisor.corpus))),
        None, [names, view], **PRIVATE,
    )  # fmt: skip


def library_view(corpus: Corpus) -> str:
    """HTML of all documents, with a box that filters them (`tabs.js`)."""
    if not corpus.documents:
        return nothing("The folder of sources is empty.")
    total = f"{len(corpus.documents)} sources, {len(corpus.passages)} passages"
    return (
        "<label class='rw-find'><span>Search the sources</span><input type='search' id='rw-find' autocomplete='off' placeholder='A word or two'></label>"
        f"<p class='rw-quiet' id='rw-found' role='status' data-all='{total}'>{total}</p>"
        f"<div class='rw-documents'>{''.join(map(_document, corpus.documents))}</div>"
    )


def tier_of(tier: str) -> str:
    return TIERS.get(tier, "")


def _document(document: Document) -> str:
    source = document.provenance
    count = len(document.passages)
    named = document.kind == "role"  # several roles may come from one source: their own titles tell them apart
    title = document.text.splitlines()[0].lstrip("# ") if named else source.title
    facts = [
        KINDS[document.kind],
        f"from “{source.title}”" if named else "",
        source.publisher,
        source.published,
        f"{count} passage{'' if count == 1 else 's'}",
    ]
    rows = [
        ("Licence", escaped(source.licence)),
        ("Read", escaped(f"Tier {source.tier}: {tier_of(source.tier)}" if source.tier else "not told")),
    ]
    rows += [("Retrieved", escaped(source.retrieved))] if source.retrieved else []
    rows += [("Page", link)] if (link := page_link(source.url)) else []
    terms = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    sections = "".join(
        f"<h4>{escaped(' › '.join(section[1:] or section))}</h4><ul>{''.join(f'<li>{escaped(p.text)}</li>' for p in passages)}</ul>"
        for section, passages in groupby(document.passages, key=lambda p: p.section)
    )
    badge = (
        f"<abbr class='rw-tier' title='{escaped(tier_of(source.tier))}'>{escaped(source.tier)}</abbr>"
        if source.tier
        else ""
    )
    return (
        f"<details class='rw-document'><summary><span class='rw-doc-title'>{escaped(title)}</span>{badge}"
        f"<span class='rw-doc-facts'>{escaped(' · '.join(filter(None, facts)))}</span></summary><dl>{terms}</dl><div class='rw-passages'>{sections}</div></details>"
    )
