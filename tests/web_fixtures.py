"""For the page tests: an advisor whose answers, pace and faults are scripted, and a browser to look with."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rolewise.advisor import Answer, Ask, Citation, Timings
from rolewise.errors import QuestionError
from rolewise.settings import Settings
from rolewise.web.app import launch

CHROMIUM_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>${window.hacked=3}{{value}}'
HOSTILE_IMAGE = "![x](http://192.0.2.1/x.png)"

GUIDE = f"""# A guide

## Education {{aspect=education}}

A lead usually has a master's degree.
A Ph.D. is preferred for a lead, not required.
Practical experience counts as well.

## Languages

Both roles use Python.
{HOSTILE} is a sentence too.
The software engineer also uses Java.
"""


def cite(n: int, quote: str, section: str = "Education", title: str = "A guide", url: str | None = None) -> Citation:
    start = GUIDE.index(quote)
    return Citation(
        n=n, source_id="guide", title=title, section=section, quote=quote, publisher="The publisher", published="2023-12-06",
        url=url or "https://example.org/guide", start=start, end=start + len(quote), passage_id=f"p{n}",
    )  # fmt: skip


PHD = cite(1, "A Ph.D. is preferred for a lead, not required.")
MASTER = cite(2, "A lead usually has a master's degree.")
PYTHON = cite(1, "Both roles use Python.", section="Languages")


@dataclass
class Script:
    """An answer in sentences, with the citations that each brings."""

    sentences: list[tuple[str, tuple[Citation, ...]]]
    suggestions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    model: str | None = None
    pause_s: float = 0.05


SCRIPTS = {
    "Do I need a PhD?": Script(
        [("No, a Ph.D. is preferred, not required [1].", (PHD,)), ("A master's degree is usual [2].", (MASTER,))],
        suggestions=("Which languages do I need?",),
        notices=("The figures are of 2023.",),
    ),
    "Which languages do I need?": Script([("Both roles use **Python** [1].", (PYTHON,))], model="tiny_model"),
    "slowly": Script([(f"Sentence {i} of many [1].", (PHD,)) for i in range(1, 41)], pause_s=0.25),
    "after long": Script([("At last [1].", (PHD,))], pause_s=4.0),
    "hostile": Script(
        [(f"{HOSTILE} {HOSTILE_IMAGE} said it [1].", (cite(1, HOSTILE, title=HOSTILE, section=HOSTILE, url="javascript:x"),))],
        suggestions=(HOSTILE,), notices=(HOSTILE,), model=HOSTILE,
    ),
}  # fmt: skip


@dataclass
class ScriptedAdvisor:
    """Stands in for Advisor where a pace or a fault must be forced."""

    loading: threading.Event | None = None
    """Loading ends when this is set; at once without it."""
    fault: Exception | None = None
    settings: Settings = field(default_factory=Settings)
    status: str = "Loading the embedding model…"
    ready: threading.Event = field(default_factory=threading.Event)
    about: str = "two roles: lead and software engineer"
    notice: str = ""
    asked: list[Ask] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def load(self) -> None:
        if self.loading:
            self.loading.wait(60)
        if self.fault:
            raise self.fault
        self.status = ""
        self.ready.set()

    def examples(self) -> tuple[str, ...]:
        return ("Do I need a PhD?", "Which languages do I need?")

    def document_text(self, source_id: str) -> str:
        return {"guide": GUIDE}[source_id]

    def stream(self, ask: Ask) -> Iterator[Answer]:
        self.asked.append(ask)
        if ask.question == "fail":
            raise QuestionError("The question is *too* long. Shorten it.")
        if ask.question == "crash":
            raise ZeroDivisionError
        script = SCRIPTS.get(ask.question) or Script([(f"You asked: {len(ask.question)} letters.", ())])
        text, citations, n = "", [], 0
        answer = Answer(
            id="a", question=ask.question, standalone_question=ask.question, status="answered", answer="", model=script.model,
            drafted=1.0 if script.model else 0.0, timings=Timings(total_s=0.42),
        )  # fmt: skip
        try:
            for sentence, new in script.sentences:
                time.sleep(script.pause_s)
                n += 1
                text = f"{text} {sentence}".strip()
                citations += [c for c in new if c not in citations]
                answer = answer.model_copy(update={"answer": text, "citations": tuple(citations)})
                yield answer
            yield answer.model_copy(update={"suggestions": script.suggestions, "notices": script.notices})
        except GeneratorExit:
            self.closed.append(f"{ask.question} after {n}")
            raise


@contextmanager
def served(advisor: Any, **how: Any) -> Iterator[str]:
    """The address of a page really served, at a free port. `how`: what else `launch` takes."""
    serving, address = launch(advisor, port=free_port(), **how)
    try:
        yield address
    finally:
        serving.close()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser from the system; without one the tests skip, except on CI."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        message = "no Chromium found: install it (Debian: apt-get install chromium) to test the page"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def open_page(browser: Browser, address: str, **context: Any) -> Page:
    page = browser.new_context(**context).new_page()
    page.goto(address)
    page.wait_for_selector("#rw-box textarea", timeout=60_000)
    return page


DESK = {"width": 1280, "height": 800}
KEYS = "Object.keys(localStorage).filter(key => key.startsWith('rolewise-conversation-'))"
SIDEWAYS = """Math.max(...[document.documentElement, ...document.querySelectorAll("#rw-tabs > .tabitem")]
  .map((each) => each.scrollWidth - each.clientWidth))"""
"""How many pixels of the page or a tab lie out of sight at its side."""


def anew(page: Page, address: str) -> None:
    """A used page as a newcomer meets it: loaded again, nothing stored. A third of the seconds that a new one takes."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.mouse.move(0, 0)
    page.goto(f"{address}/theme.css")  # of the same origin, and without scripts that keep an answer while it is cleared
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.goto(address)
    page.wait_for_selector("#rw-chat .example", timeout=60_000)


def opened(browser: Browser, address: str, **context: Any) -> Page:
    """A page of its own, with the examples there."""
    page = open_page(browser, address, **{"viewport": DESK, **context})
    page.wait_for_selector("#rw-chat .example", timeout=60_000)
    return page


def ask(page: Page, question: str) -> None:
    page.fill("#rw-box textarea", question)
    page.keyboard.press("Enter")


def asked(page: Page, question: str) -> None:
    """Ask, and wait until the whole answer is there and kept."""
    ask(page, question)
    settled(page, question)


def settled(page: Page, question: str) -> None:
    """Wait until the browser keeps the whole answer to a question."""
    page.wait_for_function(
        f"question => {KEYS}.some(key => {{ const last = JSON.parse(localStorage[key]).turns.at(-1);"
        " return last.question === question && (last.word || last.answer); })",
        arg=question,
    )
    expect(page.locator("#rw-box .submit-button")).to_be_visible()


def answers(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("[data-testid=bot]").all_inner_texts()]


def entries(page: Page) -> list[list[str]]:
    """The questions of each conversation that the browser keeps."""
    found: list[list[str]] = page.evaluate(
        f"{KEYS}.map(key => JSON.parse(localStorage[key]).turns.map(turn => turn.question))"
    )
    return found


def begin_anew(page: Page) -> None:
    page.click("#rw-clear")
    expect(page.locator("[data-testid=user]")).to_have_count(0)


def open_drawer(page: Page) -> None:
    page.click("#rw-history")
    expect(page.locator("#rw-drawer")).to_be_visible()


def listed(page: Page) -> list[str]:
    """The names in the drawer."""
    return page.locator("#rw-talks .rw-talk-open span").all_inner_texts()
