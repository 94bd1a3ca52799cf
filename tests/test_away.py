"""A server that has no room for a question, or is away: the page says so, and nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from rolewise.web.app import launch
from rolewise.web.talk import NOT_TAKEN
from web_fixtures import ScriptedAdvisor, answers, ask, asked, free_port, opened

PHD, LANGUAGES = "Do I need a PhD?", "Which languages do I need?"


def test_a_full_queue_and_a_server_that_is_away_are_said_and_nothing_is_lost(
    browser: Browser, scripted: ScriptedAdvisor, caused: Callable[..., None]
) -> None:
    port = free_port()
    serving, address = launch(scripted, port=port)  # type: ignore[arg-type]
    try:
        page = opened(browser, address)
        asked(page, PHD)
        queue = serving.page._queue
        room, queue.max_size = queue.max_size, 0
        ask(page, LANGUAGES)
        expect(page.locator("[data-testid=bot]").last).to_contain_text(NOT_TAKEN)
        expect(page.locator(".toast-message-text").first).to_contain_text("Too many people are asking at once")
        expect(page.locator("[data-testid=bot]").first).to_be_visible()
        expect(page.locator("#rw-box .submit-button")).to_be_visible()
        queue.max_size = room
        page.get_by_role("button", name="Retry").click()
        expect(page.locator("[data-testid=bot]").last).to_contain_text("Both roles use Python")
        expect(page.locator("#rw-box .submit-button")).to_be_visible()

        serving.close()
        ask(page, "And which tools?")
        expect(page.locator("#rw-away")).to_contain_text("cannot be reached")
        assert page.locator(".toast-message-text", has_text="Connection").locator("visible=true").count() == 0
        serving, _ = launch(scripted, port=port)  # type: ignore[arg-type]
        page.locator("#rw-away").get_by_role("button", name="Go on").click(timeout=15_000)
        expect(page.locator("[data-testid=bot]")).to_have_count(2, timeout=15_000)
        assert "a Ph.D. is preferred" in answers(page)[0]
        expect(page.locator("#rw-box textarea")).to_have_value("And which tools?")
        asked(page, "And which tools?")
        page.context.close()
        caused(2)
    finally:
        serving.close()
