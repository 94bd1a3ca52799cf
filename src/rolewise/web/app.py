"""The page as a whole: building it, and serving it."""

from __future__ import annotations

import sys
import webbrowser

import gradio as gr
from gradio.events import api

from rolewise.access import Access, access_to
from rolewise.advisor import Advisor
from rolewise.corpus.cv import read_cv
from rolewise.settings import Settings
from rolewise.web.api import documented
from rolewise.web.chat import chat_tab
from rolewise.web.compare import compare_tab
from rolewise.web.desk import Desk
from rolewise.web.fit import fit_tab
from rolewise.web.health import Health
from rolewise.web.library import library_tab
from rolewise.web.market import market_tab
from rolewise.web.model_tab import model_tab
from rolewise.web.opening import Opening
from rolewise.web.server import Serving, serve_page
from rolewise.web.talk import Talk
from rolewise.web.theme import header

FIRST_VISIT_S = 3.0
MOST_WAITING = 256
FORGET_S = (60, 60)
"""Uploads whose page was closed before they were read: looked for every minute, gone when a minute old."""


def build_app(
    advisor: Advisor, opening: Opening | None = None, desk: Desk | None = None, log_out: bool = False
) -> gr.Blocks:
    """The page and its API. The advisor is loaded by `opening`: when that is started, or at the first visit."""
    opening, desk = opening or Opening(advisor), desk or Desk(advisor)
    page: gr.Blocks = gr.Blocks(title="RoleWise", analytics_enabled=False, fill_height=True, delete_cache=FORGET_S)
    with page:
        gr.HTML(header(log_out), elem_id="rw-header")
        with gr.Tabs(elem_id="rw-tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab("Chat", id="chat"):
                chat_tab(opening, desk, page, tabs)
            with gr.Tab("Compare", id="compare") as tab:
                compare_tab(opening, tab)
            with gr.Tab("Fit", id="fit") as tab:
                fit_tab(opening, tab, read_cv)
            with gr.Tab("Market", id="market") as tab:
                market_tab(opening, tab)
            with gr.Tab("Sources", id="sources") as tab:
                library_tab(opening, tab)
            with gr.Tab("Model", id="model") as tab:
                model_tab(opening, tab)
        api(documented(Talk(opening, desk).ask), api_name="ask", concurrency_id="ask")
    page.queue(max_size=MOST_WAITING, default_concurrency_limit=8)
    return page


def launch(
    advisor: Advisor, host: str = "127.0.0.1", port: int = 7860, access: Access | None = None
) -> tuple[Serving, str]:
    """Serve the page from threads of its own and load the advisor behind it. Returns what is served and its address.

    Without `access`, whoever reaches it may use it. `close()` ends it. Raises UsageError where the port is taken or the host
    is not this machine's.
    """
    access = access or Access()
    opening, desk = Opening(advisor), Desk(advisor)
    page = build_app(advisor, opening, desk, log_out=access.asked_for)
    serving = serve_page(page, Health(opening, desk.watch), advisor.settings, access, host, port)
    opening.start_within(FIRST_VISIT_S)
    return serving, serving.address


def serve(
    settings: Settings, advisor: Advisor, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = True,
    open_to_anyone: bool = False,
) -> None:  # fmt: skip
    """Serve the page until interrupted, printing its address. Raises UsageError where it must not or cannot be served."""
    access = access_to(settings, host, open_to_anyone)
    serving, address = launch(advisor, host, port, access)
    sys.stdout.write(where(host, address))
    sys.stdout.flush()
    if open_browser:
        webbrowser.open(address)
    serving.wait()


def where(host: str, address: str) -> str:
    """What is printed of where the page is."""
    lines = [f"RoleWise is at {address}"]
    if host.strip("[]") in ("0.0.0.0", "::"):  # noqa: S104  compared, not bound
        port = address.rpartition(":")[2]
        lines.append(
            f"Other machines reach it by this machine's name or address in the network, with :{port} behind it."
        )
    return "\n".join(lines) + "\n"
