"""The Sources tab: every document that answers may stand on, searchable, with its passages."""

from __future__ import annotations

from itertools import groupby

import gradio as gr

from rolewise.corpus import Corpus, Document
from rolewise.web.citing import nothing
from rolewise.web.markdown import escaped
from rolewise.web.opening import Opening
from rolewise.web.sources import page_link
from rolewise.web.waiting import PRIVATE, on_opening

TIERS = {"B": "the publisher’s own page was read", "C": "a copy of it was read", "S": "quoted by somebody else"}
KINDS = {"article": "Article", "role": "Role", "table": "Table"}
OWN = "To add a source, put its file into the folder of sources and start again; <code>rolewise check</code> names what is wrong in it."


def library_tab(opening: Opening, tab: gr.Tab) -> None:
    """Lay out the list. What people do with documents of their own belongs into `rw-own`, above it."""
    gr.HTML("<h2>Sources</h2><p>Everything that answers stand on.</p>", elem_classes="rw-intro")
    gr.HTML(f"<p>{OWN}</p>", elem_id="rw-own")
    view = gr.HTML("", apply_default_css=False, elem_id="rw-library")
    tab.select(on_opening(opening, 1, lambda *_: (library_view(opening.advisor.corpus),)), None, [view], **PRIVATE)


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
