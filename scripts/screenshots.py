"""Takes the pictures in docs/screenshots: `python scripts/screenshots.py` (needs Chromium and the dev dependencies).

Every tab with the real advisor, and what the chat has beside an answer, at three widths, light and dark. A name after the
command makes only the pictures of that name: `python scripts/screenshots.py fit`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page

from rolewise.advisor import Advisor
from rolewise.settings import load_settings

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from web_fixtures import chromium, opened, served  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
QUESTIONS = ("Do I need a PhD to become a lead?", "Compare the skills of the two roles")
WORDS = "I know Python and Git. I love building software applications, and I hate managing people."
THIN = "What is the median pay of a Machine Learning Manager?"
PHONE = 700
SIZES = {375: 812, 768: 1024, 1440: 900}
MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = 128
LIMIT_BYTES = 120_000


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
    if page.evaluate("innerWidth") > PHONE:  # on a phone the source is further down: the picture is of the answer
        page.click("#rw-chat .bot-row >> nth=-1 >> a[href^='#rw-'] >> nth=0")


def interview(page: Page) -> None:
    """The question which role fits, as a conversation, at its second question."""
    for words in ("Which role fits me?", "I know Python, SQL and Git"):
        ask(page, words)


def thin(page: Page) -> None:
    """An answer that rests on few cases, which it says, and the form of the thumbs."""
    ask(page, THIN)
    page.get_by_role("button", name="Like", exact=True).click()
    page.wait_for_selector("#rw-rating textarea")


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
    if page.evaluate("innerWidth") > PHONE:
        page.click("#rw-compare .rw-both .rw-chip >> nth=0")


def fit(page: Page) -> None:
    """A profile in a person's own words, weighed."""
    page.fill("#rw-words textarea", WORDS)
    page.click("#rw-weigh")
    page.wait_for_selector(".rw-fit-card")


def market(page: Page) -> None:
    """The pay of samples, one bar's figures shown."""
    page.wait_for_selector("#rw-market .rw-plot")
    if page.evaluate("innerWidth") > PHONE:
        page.hover(".rw-plot-row >> nth=2")


def sources(page: Page) -> None:
    """The list, one document open."""
    page.click(".rw-document summary >> nth=0")


def model(page: Page) -> None:
    page.get_by_text("SmolLM2-135M-Instruct").click()
    page.get_by_role("button", name="Test it").click()
    page.wait_for_selector("#rw-model-told q", timeout=60_000)


# By its name: the tab that a picture shows, and what is done there before.
PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "chat": ("Chat", chat),
    "interview": ("Chat", interview),
    "verdict": ("Chat", thin),
    "conversations": ("Chat", conversations),
    "compare": ("Compare", compare),
    "fit": ("Fit", fit),
    "market": ("Market", market),
    "sources": ("Sources", sources),
    "model": ("Model", model),
}


def picture(page: Page, name: str) -> None:
    if not name.startswith("market"):
        page.mouse.move(0, 0)
    page.wait_for_timeout(700)
    file = FOLDER / f"{name}.png"
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    sys.stdout.write(f"{file.relative_to(ROOT)}  {size // 1000} KB\n")
    if size > LIMIT_BYTES:
        sys.exit(f"{file.name} is larger than {LIMIT_BYTES // 1000} KB")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    advisor = Advisor(load_settings(model_ports=()))  # whatever servers run here are no part of the picture
    with served(advisor) as address, chromium() as browser:
        for (width, height), mode in product(SIZES.items(), MODES):
            for name in sys.argv[1:] or PICTURES:
                tab, prepare = PICTURES[name]
                size = {"width": width, "height": height}
                page = opened(browser, address, viewport=size, color_scheme=mode, has_touch=width < PHONE)
                page.get_by_role("tab", name=tab, exact=True).click()
                prepare(page)
                picture(page, f"{name}-{width}-{mode}")
                page.context.close()


if __name__ == "__main__":
    main()
