"""How much one visitor may ask, and that the others go on being answered."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from rolewise.access import Access
from rolewise.errors import LimitError
from rolewise.settings import Settings
from rolewise.web.limits import NEIGHBOURS, OWN, Limits, Sender
from test_doors import TOKEN, fetch, session
from web_fixtures import ScriptedAdvisor, open_page, served


def one(limits: Limits, visitor: str = "a", address: str = "192.0.2.1") -> None:
    with limits.one_question(Sender(visitor, address)):
        pass


def test_a_visitor_has_so_many_questions_a_minute_and_is_told_when_to_come_back() -> None:
    limits = Limits(3)
    for _ in range(3):
        one(limits)
    with pytest.raises(LimitError, match=r"more than 3 questions a minute.* in 20 seconds"):
        one(limits)
    one(limits, "b")


def test_new_cookies_do_not_help_one_address_for_ever() -> None:
    limits = Limits(2)
    for number in range(2 * NEIGHBOURS):
        one(limits, f"visitor{number}")
    with pytest.raises(LimitError):
        one(limits, "another")
    one(limits, "another", "192.0.2.2")


def test_two_at_once_and_a_third_once_one_has_ended() -> None:
    limits = Limits(30)
    sender = Sender("a", "192.0.2.1")
    with limits.one_question(sender):
        with limits.one_question(sender), pytest.raises(LimitError, match="still being answered"):
            one(limits)
        one(limits)


def test_zero_is_no_limit_and_neither_has_a_program_on_this_machine() -> None:
    for limits, sender in ((Limits(0), Sender("a", "192.0.2.1")), (Limits(1), OWN)):
        for _ in range(200):
            one(limits, sender.visitor, sender.address)
    with pytest.raises(LimitError):
        limits = Limits(1)
        for _ in range(2):
            one(limits, "cookie", "127.0.0.1")


@pytest.fixture
def narrow() -> Iterator[str]:
    """A page with two questions a minute for each visitor."""
    with served(ScriptedAdvisor(settings=Settings(questions_per_minute=2))) as address:
        yield address


def ask(page: Page, question: str, number: int, told: str) -> None:
    page.fill("#rw-box textarea", question)
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=bot]")).to_have_count(number)
    expect(page.locator(f"[data-testid=bot] >> nth={number - 1}")).to_contain_text(told)
    expect(page.locator("#rw-box .submit-button")).to_be_visible()


def test_the_chat_says_so_and_another_visitor_is_answered(browser: Browser, narrow: str) -> None:
    page, other = open_page(browser, narrow), open_page(browser, narrow)
    ask(page, "a", 1, "1 letters")
    ask(page, "bb", 2, "2 letters")
    ask(page, "ccc", 3, "more than 2 questions a minute")
    ask(other, "dddd", 1, "4 letters")
    page.context.close()
    other.context.close()


def test_a_program_with_a_cookie_is_told_in_an_event(narrow: str) -> None:
    mine = session(narrow)
    told = []
    for _ in range(3):
        event = json.loads(fetch(narrow, "/gradio_api/call/ask", {"data": ["hello", []]}, **mine).body)["event_id"]
        told.append(events(narrow, event, **mine))
    assert ["complete" in text for text in told] == [True, True, False]
    assert "more than 2 questions a minute" in told[2]


def events(address: str, event: str, **headers: str) -> str:
    asked = urllib.request.Request(f"{address}/gradio_api/call/ask/{event}", headers=headers)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=20) as answer:
        text: str = answer.read().decode()
    return text


def test_programs_behind_one_token_share_an_addresss_allowance() -> None:
    with served(
        ScriptedAdvisor(settings=Settings(questions_per_minute=1)), access=Access(token_digest=digest())
    ) as address:
        bearer = {"authorization": f"Bearer {TOKEN}"}
        for _ in range(3):
            event = json.loads(fetch(address, "/gradio_api/call/ask", {"data": ["hello", []]}, **bearer).body)[
                "event_id"
            ]
            assert "complete" in events(address, event, **bearer)


def digest() -> bytes:
    return hashlib.sha256(TOKEN.encode()).digest()
