"""Conversations in the browser: kept, found again, deleted, opened in two tabs; damaged and hostile ones."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import COMMAND, environment
from rolewise.errors import ConversationError
from rolewise.web.stored import MOST_CHARACTERS, from_browser, to_browser
from rolewise.web.turns import Turn
from web_fixtures import (
    HOSTILE,
    HOSTILE_IMAGE,
    KEYS,
    ScriptedAdvisor,
    answers,
    asked,
    begin_anew,
    entries,
    free_port,
    listed,
    open_drawer,
    opened,
)


@contextmanager
def process(home: Path, port: int) -> Iterator[str]:
    """`rolewise serve` as a process of its own."""
    command = [COMMAND, "serve", "--no-browser", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment(home=home, model="none"), stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()
            server.wait(20)


def test_a_conversation_survives_a_closed_page_and_a_restarted_server(browser: Browser, home: Path) -> None:
    context = browser.new_context()
    port = free_port()
    with process(home, port) as address:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#rw-chat .example", timeout=60_000)
        asked(page, "Do I need a PhD to become a lead?")
        before, quotes = answers(page), page.locator("#rw-newest mark").all_inner_texts()
        assert quotes and "preferred" in before[0]
        page.close()
    with process(home, port) as address:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#rw-chat .example", timeout=60_000)
        open_drawer(page)
        page.get_by_role("button", name="Do I need a PhD to become a lead? 1 question").click()
        expect(page.locator("[data-testid=bot]")).to_have_count(1)
        assert answers(page) == before
        assert page.locator("#rw-newest mark").all_inner_texts() == quotes
        page.click("[data-testid=bot] a >> nth=0")
        expect(page.locator(".rw-picked mark")).to_be_in_viewport()
        asked(page, "and the other one?")
        assert entries(page) == [["Do I need a PhD to become a lead?", "and the other one?"]]
    context.close()


def test_a_reloaded_page_goes_on_with_its_conversation(page: Page, scripted: ScriptedAdvisor) -> None:
    asked(page, "Do I need a PhD?")
    page.reload()
    expect(page.locator("[data-testid=bot]")).to_contain_text("No, a Ph.D. is preferred")
    expect(page.locator("#rw-newest .rw-card")).to_have_count(2)
    scripted.asked.clear()
    asked(page, "hello")
    assert [(a.question, a.history) for a in scripted.asked] == [("hello", ("Do I need a PhD?",))]
    assert entries(page) == [["Do I need a PhD?", "hello"]]


def test_conversations_are_named_found_opened_and_deleted(page: Page) -> None:
    asked(page, "Do I need a PhD?")
    begin_anew(page)
    asked(page, "Which languages do I need?")
    asked(page, "hello")
    open_drawer(page)
    assert listed(page) == ["Which languages do I need?", "Do I need a PhD?"]
    expect(page.locator("#rw-talks [aria-current]")).to_contain_text("Which languages do I need?")
    expect(page.locator("#rw-find-talk")).to_be_focused()
    page.keyboard.type("usual master")  # words of an answer
    expect(page.locator("#rw-talks-note")).to_contain_text("1 of 2 found")
    assert listed(page) == ["Do I need a PhD?"]
    page.click(".rw-talk-open")
    expect(page.locator("[data-testid=user]")).to_have_count(1)
    expect(page.locator("[data-testid=user]")).to_have_text("Do I need a PhD?")
    expect(page.locator(".option")).to_have_text("Which languages do I need?")

    open_drawer(page)
    page.get_by_role("button", name="Delete: Which languages do I need?").click()
    expect(page.locator("#rw-talks-note")).to_contain_text("Deleted.")
    assert entries(page) == [["Do I need a PhD?"]]
    page.get_by_role("button", name="Undo", exact=True).last.click()
    assert listed(page) == ["Which languages do I need?", "Do I need a PhD?"]
    page.get_by_role("button", name="Delete all").click()
    assert listed(page) == [] and entries(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#rw-drawer")).to_be_hidden()
    expect(page.locator("[data-testid=user]")).to_have_count(0)


def test_another_conversation_can_be_opened_while_an_answer_is_under_way(page: Page, scripted: ScriptedAdvisor) -> None:
    asked(page, "Do I need a PhD?")
    begin_anew(page)
    scripted.closed.clear()
    page.fill("#rw-box textarea", "slowly")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 1")
    open_drawer(page)
    page.get_by_role("button", name="Do I need a PhD? 1 question").click()
    expect(page.locator("[data-testid=user]")).to_have_text("Do I need a PhD?")
    page.wait_for_timeout(700)
    expect(page.locator("[data-testid=bot]")).to_contain_text("No, a Ph.D. is preferred")
    assert len(scripted.closed) == 1 and sorted(entries(page)) == [["Do I need a PhD?"], ["slowly"]]
    begin_anew(page)
    assert sorted(entries(page)) == [["Do I need a PhD?"], ["slowly"]]


def test_a_conversation_that_is_wholly_taken_back_is_not_kept(page: Page) -> None:
    asked(page, "Do I need a PhD?")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("[data-testid=user]")).to_have_count(0)
    page.wait_for_function(f"!{KEYS}.length")


def test_two_tabs_do_not_destroy_each_others_conversations(page: Page, address: str) -> None:
    asked(page, "Do I need a PhD?")
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("#rw-chat .example")
    open_drawer(other)
    other.click(".rw-talk-open")
    expect(other.locator("[data-testid=user]")).to_have_count(1)
    asked(other, "hello")
    asked(page, "again")
    expect(page.locator("#rw-note")).to_contain_text("went on in another tab")
    assert sorted(entries(page)) == [["Do I need a PhD?", "again"], ["Do I need a PhD?", "hello"]]
    asked(other, "more")
    assert sorted(map(len, entries(page))) == [2, 3]


def test_two_people_do_not_see_each_others_conversations(page: Page, browser: Browser, address: str) -> None:
    asked(page, "Do I need a PhD?")
    other = opened(browser, address)
    open_drawer(other)
    expect(other.locator("#rw-talks-note")).to_contain_text("None yet")
    assert listed(other) == []
    other.context.close()


def test_where_the_storage_is_full_the_oldest_conversations_give_way(page: Page) -> None:
    page.evaluate(
        "for (let i = 0; i < 5; i++) localStorage.setItem('rolewise-conversation-' + i, JSON.stringify("
        "{ name: 'old ' + i, at: i, stamp: '', turns: [{ id: 'a', question: 'x'.repeat(1000000) }] }))"
    )
    page.evaluate("try { for (;;) localStorage.filler = (localStorage.filler ?? '') + 'x'.repeat(1000) } catch {}")
    asked(page, "Do I need a PhD?")
    expect(page.locator("#rw-note")).to_contain_text("the oldest conversation was deleted")
    names = page.evaluate(f"{KEYS}.map(key => JSON.parse(localStorage[key]).name).sort()")
    assert names == ["Do I need a PhD?", "old 1", "old 2", "old 3", "old 4"][: len(names)] and "old 0" not in names


def test_a_browser_that_stores_nothing_can_still_ask(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }")
    page.goto(address)
    page.wait_for_selector("#rw-chat .example")
    page.fill("#rw-box textarea", "Do I need a PhD?")
    page.keyboard.press("Enter")
    expect(page.locator(".option")).to_be_visible()
    expect(page.locator("#rw-note")).to_contain_text("keeps no conversations")
    page.close()


def test_a_hostile_conversation_is_inert_and_a_damaged_one_loses_no_other(page: Page) -> None:
    asked(page, "Do I need a PhD?")
    answer = json.loads(page.evaluate(f"localStorage[{KEYS}[0]]"))["turns"][0]["answer"]
    text = f"{HOSTILE} {HOSTILE_IMAGE} [x](javascript:window.hacked=4) [1]."
    answer |= {"answer": text, "suggestions": [HOSTILE], "notices": [HOSTILE], "model": HOSTILE, "drafted": 1}
    answer["citations"][0] |= dict.fromkeys(("quote", "title", "section", "publisher"), HOSTILE) | {
        "url": "javascript:x"
    }
    entry = {"at": 9, "stamp": "s", "name": HOSTILE}
    turn = {"id": "abcdef01", "question": HOSTILE, "answer": answer, "word": ""}
    page.evaluate(
        "entries => entries.forEach((text, i) => localStorage.setItem('rolewise-conversation-bad' + i, text))",
        [
            json.dumps({**entry, "turns": [turn]}),
            json.dumps({**entry, "name": "forged", "turns": [{**turn, "id": "x' onclick='window.hacked=5"}]}),
            json.dumps({**entry, "name": "huge", "turns": [{**turn, "question": "x" * 30_000}]}),
            json.dumps({**entry, "name": "odd", "turns": [None, 3, {"answer": {"answer": 3}}]}),
            "{broken",
        ],
    )
    open_drawer(page)
    assert {"Do I need a PhD?", HOSTILE, "A conversation that cannot be read"} < set(listed(page))
    for name in ("forged", "huge", "odd"):
        page.click(f".rw-talk-open:has-text('{name}')")
        expect(page.locator("#rw-note")).to_contain_text("This conversation cannot be opened")
        expect(page.locator("[data-testid=user]")).to_have_text("Do I need a PhD?")
        open_drawer(page)
    page.get_by_role("button", name=HOSTILE).first.click()
    expect(page.locator("[data-testid=user]")).to_have_text(HOSTILE)
    page.hover("[data-testid=bot] a[href^='#rw-']")
    expect(page.locator("#rw-tip .rw-tip-quote")).to_have_text(HOSTILE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    inside = ":is(#rw-chat, #rw-sources, #rw-drawer, #rw-tip)"
    assert page.locator(f"{inside} :is(img, script, iframe), {inside} [href^='javascript'], [onclick]").count() == 0
    assert page.evaluate(f"{KEYS}.length") == 6


def test_what_the_browser_kept_is_checked() -> None:
    turn = Turn("why?", word="Stopped.", done=True, verdict="up")
    again = from_browser(to_browser([turn]))
    assert [(t.question, t.word, t.verdict, t.done, t.id) for t in again] == [("why?", "Stopped.", "up", True, turn.id)]
    assert "not finished" in from_browser(to_browser([Turn("why?", word="Looking")]))[0].word
    for bad in ("", "[]", "{}", "[null]", '[{"id": "abcdef01", "question": ""}]', "[" * 50_000):
        with pytest.raises(ConversationError, match="others are not concerned"):
            from_browser(bad)
    with pytest.raises(ConversationError, match="too long"):
        from_browser(" " * MOST_CHARACTERS + "[]")


def test_a_source_that_is_gone_since_is_said_to_be(page: Page) -> None:
    asked(page, "Do I need a PhD?")
    key = page.evaluate(f"{KEYS}[0]")
    page.evaluate(
        'key => { localStorage[key] = localStorage[key].replace(\'"source_id":"guide"\', \'"source_id":"gone"\') }', key
    )
    page.reload()
    expect(page.locator(".rw-card").first).to_contain_text("no longer in the sources")
    expect(page.locator(".rw-card").last).not_to_contain_text("no longer")
