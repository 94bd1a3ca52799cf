"""Takes the pictures in docs/screenshots: `python scripts/screenshots.py` (needs Chromium and the dev dependencies).

Asks two questions of the real advisor at three widths, light and dark.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from rolewise.advisor import Advisor

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from web_fixtures import chromium, open_page, served  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
QUESTIONS = ("Do I need a PhD to become a lead?", "Compare the skills of the two roles")
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


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(Advisor()) as address, chromium() as browser:
        for width, height in SIZES.items():
            for mode in MODES:
                page = open_page(browser, address, viewport={"width": width, "height": height}, color_scheme=mode)
                page.wait_for_selector("#rw-chat .example", timeout=120_000)
                for question in QUESTIONS:
                    ask(page, question)
                if width > 700:  # on a phone the source is further down: the picture is of the answer
                    page.click("#rw-chat .bot-row >> nth=-1 >> a[href^='#rw-'] >> nth=0")
                page.mouse.move(0, 0)
                page.wait_for_timeout(700)
                file = FOLDER / f"chat-{width}-{mode}.png"
                page.screenshot(path=file)
                size = file.stat().st_size
                sys.stdout.write(f"{file.relative_to(ROOT)}  {size // 1000} KB\n")
                if size > LIMIT_BYTES:
                    sys.exit(f"{file.name} is larger than {LIMIT_BYTES // 1000} KB")
                page.context.close()


if __name__ == "__main__":
    main()
