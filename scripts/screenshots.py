"""Takes the pictures in docs/screenshots: `python scripts/screenshots.py` (needs Chromium and the dev dependencies).

The chat with the real advisor, and its conversations, at three widths, light and dark; the other tabs at the same
widths in light, and at the widest in dark, too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from rolewise.advisor import Advisor
from rolewise.settings import load_settings

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from web_fixtures import chromium, open_page, served  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
QUESTIONS = ("Do I need a PhD to become a lead?", "Compare the skills of the two roles")
WORDS = "I know Python and Git. I love building software applications, and I hate managing people."
SIZES = {375: 812, 768: 1024, 1440: 900}
MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LIMIT_BYTES = 300_000


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the whole answer."""
    before = page.locator("#rw-chat .bot-row").count()
    page.fill("#rw-box textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => document.querySelectorAll('#rw-chat .bot-row').length > before"
        " && document.querySelector('#rw-box .submit-button')",
        arg=before,
        timeout=60_000,
    )


def chat(page: Page) -> None:
    """Two answers; beside them, where there is room, the source of one."""
    for question in QUESTIONS:
        ask(page, question)
    if page.evaluate("innerWidth") > 700:  # on a phone the source is further down: the picture is of the answer
        page.click("#rw-chat .bot-row >> nth=-1 >> a[href^='#rw-'] >> nth=0")


def conversations(page: Page) -> None:
    """Three kept conversations, and the drawer that lists them."""
    for question in (*QUESTIONS, "Which role needs AWS?"):
        ask(page, question)
        page.click("#rw-clear")
        page.wait_for_selector("#rw-chat .example")
    page.click("#rw-history")


def compare(page: Page) -> None:
    """The first two roles, and the source of one statement."""
    page.wait_for_selector("#rw-compare .rw-line")
    if page.evaluate("innerWidth") > 700:
        page.click("#rw-compare .rw-both .rw-chip >> nth=0")


def fit(page: Page) -> None:
    """A profile in a person's own words, weighed."""
    page.fill("#rw-words textarea", WORDS)
    page.click("#rw-weigh")
    page.wait_for_selector(".rw-fit-card")


def market(page: Page) -> None:
    page.wait_for_selector("#rw-market .rw-plot")


def sources(page: Page) -> None:
    """The list, one document open."""
    page.click(".rw-document summary >> nth=0")


def model(page: Page) -> None:
    page.wait_for_selector("#rw-models label")


# By its name: the tab that a picture shows, and what is done there before.
PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "chat": ("Chat", chat),
    "conversations": ("Chat", conversations),
    "compare": ("Compare", compare),
    "fit": ("Fit", fit),
    "market": ("Market", market),
    "sources": ("Sources", sources),
    "model": ("Model", model),
}


def picture(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(700)
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    sys.stdout.write(f"{file.relative_to(ROOT)}  {size // 1000} KB\n")
    if size > LIMIT_BYTES:
        sys.exit(f"{file.name} is larger than {LIMIT_BYTES // 1000} KB")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    advisor = Advisor(load_settings(model_ports=()))  # whatever servers run here are no part of the picture
    with served(advisor) as address, chromium() as browser:
        for (width, height), mode in product(SIZES.items(), MODES):
            for name, (tab, prepare) in PICTURES.items():
                if tab != "Chat" and mode == "dark" and width != max(SIZES):
                    continue
                page = open_page(browser, address, viewport={"width": width, "height": height}, color_scheme=mode)
                page.wait_for_selector("#rw-chat .example", timeout=120_000)
                page.get_by_role("tab", name=tab, exact=True).click()
                prepare(page)
                picture(page, f"{name}-{width}-{mode}")
                page.context.close()


if __name__ == "__main__":
    main()
