"""The Model tab in a real browser, with a real model server on loopback and the real built-in model."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from gradio_client import Client  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect

from model_server import Endpoint, Handler, fails
from rolewise.advisor import Advisor
from rolewise.settings import Settings
from rolewise.web.model_tab import GONE, NO_MODEL, ModelChoices
from rolewise.web.opening import Opening
from web_fixtures import HOSTILE, SIDEWAYS, free_port, open_page, served


def writes(handler: Handler) -> None:
    handler.head()
    for word in HOSTILE.split(" "):
        time.sleep(0.02)
        handler.piece(word + " ")
    handler.piece("", finish="stop")
    handler.raw("data: [DONE]\n\n")


@pytest.fixture
def server() -> Iterator[Endpoint]:
    endpoint = Endpoint(writes, ("llama3.1:8b", HOSTILE))
    yield endpoint
    endpoint.close()


@pytest.fixture
def own_advisor(home: Path, server: Endpoint) -> Iterator[Advisor]:
    advisor = Advisor(Settings(home=home, model_ports=(free_port(), server.server.server_port)))
    advisor.load()
    yield advisor
    advisor.close()


@pytest.fixture
def address(own_advisor: Advisor) -> Iterator[str]:
    with served(own_advisor) as address:
        yield address


def shown(browser: Browser, address: str, width: int = 1280, mode: str = "light") -> Page:
    page = open_page(
        browser, address, viewport={"width": width, "height": 900}, color_scheme=mode, reduced_motion="reduce"
    )
    page.get_by_role("tab", name="Model", exact=True).click()
    page.wait_for_selector("#rw-models label")
    return page


def choose(page: Page, words: str) -> None:
    page.locator("#rw-models label", has_text=words).click()


def told(page: Page) -> Locator:
    return page.locator("#rw-model-told")


def test_a_model_is_chosen_while_running_and_words_the_next_answers(
    browser: Browser, address: str, server: Endpoint
) -> None:
    page = shown(browser, address)
    now = page.locator("#rw-model-now")
    expect(now).to_contain_text("The answers are in the sources’ own words.")
    expect(page.get_by_label("The sources’ own words only")).to_be_checked()
    expect(page.locator("#rw-model")).to_contain_text("for everybody who uses this page")
    choose(page, "llama3.1:8b")
    page.get_by_role("button", name="Use it").click()
    expect(now).to_contain_text("llama3.1:8b words the answers.", timeout=60_000)  # its client is imported first
    expect(told(page).locator("code")).to_have_text(
        f"ROLEWISE_MODEL=openai:llama3.1:8b ROLEWISE_MODEL_URL=http://127.0.0.1:{server.server.server_port}/v1"
    )
    answer = Client(address, verbose=False).predict("Do I need a PhD to become a lead?", api_name="/ask")
    assert answer["model"] == "llama3.1:8b"

    choose(page, "SmolLM2-135M-Instruct")
    page.get_by_role("button", name="Use it").click()
    expect(now).to_contain_text("SmolLM2-135M-Instruct (built in) words the answers.", timeout=60_000)
    expect(told(page).locator("code")).to_have_text("ROLEWISE_MODEL=built-in")
    page.get_by_role("button", name="Test it").click()
    expect(told(page)).to_contain_text(
        re.compile(r"[1-9]\d* tokens a second; the first after \d+\.\d s"), timeout=60_000
    )
    expect(told(page).locator("q")).not_to_be_empty()

    page.get_by_label("SmolLM2-135M-Instruct").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("The sources’ own words only")).to_be_checked()
    page.get_by_role("button", name="Use it").click()
    expect(now).to_contain_text("The answers are in the sources’ own words.")
    page.get_by_role("button", name="Test it").click()
    expect(told(page)).to_contain_text(NO_MODEL)
    other = shown(browser, address)
    expect(other.get_by_label("The sources’ own words only")).to_be_checked()
    other.context.close()
    page.context.close()


def test_a_test_shows_speed_or_the_fault_and_looking_again_finds_what_has_come(
    browser: Browser, address: str, server: Endpoint, home: Path
) -> None:
    page = shown(browser, address)
    choose(page, "llama3.1:8b")
    page.get_by_role("button", name="Test it").click()
    expect(told(page)).to_contain_text(re.compile(r"llama3\.1:8b: \d+ tokens a second"))
    expect(told(page).locator("q")).to_contain_text("<img src=x")
    assert page.evaluate("window.hacked") is None
    server.answer_with(fails)
    page.get_by_role("button", name="Test it").click()
    expect(told(page)).to_contain_text("failed with status 500")

    broken = Settings(home=home).models_folder / "broken.gguf"
    broken.write_bytes(b"no model")
    try:
        page.get_by_role("button", name="Look again").click()
        choose(page, "broken (a file of 0 MB in the models folder)")
        page.get_by_role("button", name="Use it").click()
        expect(told(page)).to_contain_text(re.compile(r"broken\.gguf cannot be used: .* Nothing was changed\."))
        expect(page.locator("#rw-model-now")).to_contain_text("own words")
    finally:
        broken.unlink()
    server.close()
    choose(page, "llama3.1:8b")
    page.get_by_role("button", name="Test it").click()
    expect(told(page)).to_contain_text("cannot be reached")
    page.context.close()


def test_only_what_the_last_look_found_can_be_chosen_or_tested(own_advisor: Advisor, server: Endpoint) -> None:
    handlers = ModelChoices(Opening(own_advisor))
    port = server.server.server_port
    known = f"server:{port}:llama3.1:8b"
    assert GONE in next(handlers.test(known))
    handlers.look()
    before = len(server.requests)
    for made_up in (None, "", f"http://127.0.0.1:{port}/v1", f"server:{port}:other", "server:22:x", "file:../x.gguf"):
        assert [GONE in word for word in handlers.test(made_up)] == [True]
        assert [GONE in word for word, _ in handlers.use(made_up)] == [True]
    assert len(server.requests) == before
    assert "llama3.1:8b: " in list(handlers.test(known))[-1] and len(server.requests) == before + 1


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, address: str, mode: str) -> None:
    for width in (375, 1440):
        page = shown(browser, address, width, mode)
        tops = page.eval_on_selector_all("#rw-tabs [role=tab]", "tabs => tabs.map(t => t.getBoundingClientRect().top)")
        assert len(set(tops)) == 1
        choose(page, "llama3.1:8b")
        page.get_by_role("button", name="Test it").click()
        page.wait_for_selector("#rw-model-told q")
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
        assert page.evaluate(SIDEWAYS) == 0
        page.context.close()
