"""The page as a whole: building it, and serving it."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

import gradio as gr
from gradio.events import api

from rolewise.advisor import Advisor
from rolewise.corpus.cv import read_cv
from rolewise.errors import UsageError
from rolewise.settings import Settings
from rolewise.web.api import documented
from rolewise.web.chat import chat_tab
from rolewise.web.compare import compare_tab
from rolewise.web.fit import fit_tab
from rolewise.web.library import library_tab
from rolewise.web.market import market_tab
from rolewise.web.model_tab import model_tab
from rolewise.web.opening import Opening
from rolewise.web.talk import Talk
from rolewise.web.theme import HEADER, theme

HERE = Path(__file__).parent
SCRIPTS = ("quotes.js", "page.js", "conversations.js", "tabs.js")
STYLES = ("page.css", "conversations.css", "tabs.css")
FIRST_VISIT_S = 3.0
MOST_UPLOAD = "20mb"
FORGET_S = (60, 60)
"""Uploads whose page was closed before they were read: looked for every minute, gone when a minute old."""


def build_app(advisor: Advisor, opening: Opening | None = None) -> gr.Blocks:
    """The page and its API. The advisor is loaded by `opening`: when that is started, or at the first visit."""
    opening = opening or Opening(advisor)
    page: gr.Blocks = gr.Blocks(title="RoleWise", analytics_enabled=False, fill_height=True, delete_cache=FORGET_S)
    with page:
        gr.HTML(HEADER, elem_id="rw-header")
        with gr.Tabs(elem_id="rw-tabs", overflow_behavior="wrap") as tabs:
            with gr.Tab("Chat", id="chat"):
                chat_tab(opening, page, tabs)
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
        api(documented(Talk(opening).ask), api_name="ask", concurrency_id="ask")
    page.queue(max_size=64, default_concurrency_limit=8)
    return page


def launch(advisor: Advisor, host: str = "127.0.0.1", port: int = 7860) -> tuple[gr.Blocks, str]:
    """Serve the page from threads of its own and load the advisor behind it. Returns the page and its address.

    `page.close()` ends it. Raises UsageError where the port is taken or the host is not this machine's.
    """
    opening = Opening(advisor)
    page = build_app(advisor, opening)
    _reach_directly(host)
    script = "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    try:
        _, address, _ = page.launch(
            server_name=host, server_port=port, prevent_thread_lock=True, quiet=True, show_error=True, share=False,
            theme=theme(), css_paths=[HERE / name for name in STYLES], head=f"<script>{script}</script>",
            favicon_path=HERE / "icon.svg", footer_links=[], run_history=False, enable_monitoring=False,
            ssr_mode=False, pwa=False, mcp_server=False, max_file_size=MOST_UPLOAD,
        )  # fmt: skip
    except OSError as error:
        raise UsageError(
            f"The page cannot be served at {host}:{port}, which something else may be using already. "
            f"Stop that, or choose another port: rolewise serve --port {port + 1}"
        ) from error
    opening.start_within(FIRST_VISIT_S)
    return page, address.rstrip("/")


def serve(
    settings: Settings, advisor: Advisor, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = True
) -> None:
    """Serve the page until interrupted, printing its address. Raises UsageError where the port is taken."""
    page, address = launch(advisor, host, port)
    sys.stdout.write(f"RoleWise is at {address}\n")
    sys.stdout.flush()
    if open_browser:
        webbrowser.open(address)
    page.block_thread()


def _reach_directly(host: str) -> None:
    """Gradio calls its own page once; a proxy that is set for the internet must not answer for it."""
    for name in ("NO_PROXY", "no_proxy"):
        known = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join(dict.fromkeys([*known, "127.0.0.1", "localhost", host]))
