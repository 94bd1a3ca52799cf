"""The Market tab: what the tables of the corpus say of pay and outlook, drawn, with source and caution beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from rolewise.advisor.market import Plot, market
from rolewise.corpus import Column, Corpus, Row
from rolewise.web.citing import Citing, capital, nothing
from rolewise.web.library import tier_of
from rolewise.web.markdown import escaped
from rolewise.web.opening import Opening
from rolewise.web.plots import drawn
from rolewise.web.sources import page_link
from rolewise.web.waiting import PRIVATE, on_opening

NO_TABLES = "The sources hold no table with pay or with growth by period, so there is nothing to draw yet."
LONG_TABLE = 8
LEGENDS = {
    "range": "Each bar runs from the lowest to the highest pay, in {unit}.",
    "quartiles": "Each bar is the middle half of the pay (lower to upper quartile), the line in it the median, in {unit}.",
    "growth": "Projected growth over the period. Pale: superseded by a newer projection.",
}


def market_tab(opening: Opening, tab: gr.Tab) -> None:
    gr.HTML(
        "<h2>Pay and outlook</h2><p>The figures that the sources hold, as they stand there.</p>",
        elem_classes="rw-intro",
    )
    view = gr.HTML("", apply_default_css=False, elem_id="rw-market")
    tab.select(on_opening(opening, 1, lambda *_: (market_view(opening.advisor.corpus),)), None, [view], **PRIVATE)


def market_view(corpus: Corpus) -> str:
    """HTML of every table that can be drawn."""
    citing = Citing(corpus, "rw-m")
    plots = market(corpus)
    if not plots:
        return nothing(NO_TABLES)
    sections = "".join(_section(n, plot, corpus, citing) for n, plot in enumerate(plots, start=1))
    return _contents(plots) + sections + citing.cards()


def _contents(plots: Sequence[Plot]) -> str:
    """A button for each plot that goes there (`tabs.js`); nothing for a single one."""
    buttons = (
        f"<button type='button' data-go='rw-plot-{n}'>{escaped(plot.table.title)}</button>"
        for n, plot in enumerate(plots, start=1)
    )
    return f"<nav class='rw-contents' aria-label='Plots'>{''.join(buttons)}</nav>" if len(plots) > 1 else ""


def _section(number: int, plot: Plot, corpus: Corpus, citing: Citing) -> str:
    table = plot.table
    legend = LEGENDS[plot.kind].format(unit=plot.unit or "the currency of the source")
    small = " Pale: a small sample." if any(bar.small for bar in plot.bars) else ""
    opened = " open" if len(table.rows) <= LONG_TABLE else ""
    return (
        f"<section class='rw-table'><h3 id='rw-plot-{number}' tabindex='-1'>{escaped(table.title)}</h3><div class='rw-beside'><div>"
        f"<p class='rw-quiet'>{escaped(legend + small)}</p>{drawn(plot, citing)}"
        f"<details{opened}><summary>The table, {len(table.rows)} rows</summary>{_table(plot, citing)}</details></div>"
        f"{_aside(plot, corpus, citing)}</div></section>"
    )


def _aside(plot: Plot, corpus: Corpus, citing: Citing) -> str:
    source = corpus.document[plot.table.document_id].provenance
    facts = [
        escaped(source.publisher),
        f"<time>{escaped(source.published)}</time>",
        escaped(tier_of(source.tier)),
        page_link(source.url),
    ]
    cautions = "".join(f"<li>{escaped(p.text)}{citing.chips([p])}</li>" for p in plot.cautions)
    return (
        f"<aside aria-label='Source of {escaped(plot.table.title)}'><h4>Source</h4><p>{' · '.join(filter(None, facts))}</p>"
        f"<p class='rw-quiet'>{escaped(source.licence)}</p>"
        + (f"<h4>Read with care</h4><ul>{cautions}</ul>" if cautions else "")
        + "</aside>"
    )


def _table(plot: Plot, citing: Citing) -> str:
    columns = [c for c in plot.table.columns if any(c.name in row.values for row in plot.table.rows)]
    head = "".join(f"<th scope='col'{_align(c)}>{escaped(capital(c.name.replace('_', ' ')))}</th>" for c in columns)
    rows = "".join(
        f"<tr{' class=rw-pale' if row.superseded else ''}>{''.join(f'<td{_align(c)}>{_value(row, c)}</td>' for c in columns)}"
        f"<td>{'superseded ' if row.superseded else ''}{citing.chips([row.passage])}</td></tr>"
        for row in plot.table.rows
    )
    return (
        f"<div class='rw-scroll' tabindex='0' role='region' aria-label='Table: {escaped(plot.table.title)}'><table><thead><tr>{head}"
        f"<th scope='col'>Source</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _align(column: Column) -> str:
    return " class='rw-right'" if column.numeric else ""


def _value(row: Row, column: Column) -> str:
    value: Any = row.values.get(column.name)
    if value is None:
        return "–"
    if not column.numeric or not isinstance(value, (int, float)):
        return escaped(str(value))
    text = f"{value:,g}" if isinstance(value, float) and value % 1 else f"{value:,.0f}"
    return escaped(f"{text}%" if column.kind == "percent" else f"{column.unit} {text}".strip())
