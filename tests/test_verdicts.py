"""Thumbs up and down: stored once they are sent, and read again."""

from __future__ import annotations

import csv
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import Ran
from rolewise.errors import FeedbackError
from rolewise.feedback import Feedback, as_csv, kept_where, store, stored
from rolewise.settings import Settings
from web_fixtures import KEYS, ScriptedAdvisor, answers, asked, opened, served


def test_a_verdict_is_stored_once_it_is_sent(
    page: Page, scripted: ScriptedAdvisor, rolewise: Callable[..., Ran], tmp_path: Path
) -> None:
    file = scripted.settings.feedback_file
    file.unlink(missing_ok=True)  # what tests of other modules sent
    asked(page, "Do I need a PhD?")
    page.get_by_role("button", name="Dislike", exact=True).click()
    expect(page.locator("#rw-rating")).to_contain_text("What was wrong with this answer?")
    expect(page.locator("#rw-rating")).to_contain_text("on the machine that runs RoleWise")
    expect(page.locator("#rw-rating textarea")).to_be_focused()
    page.get_by_role("button", name="Don’t send").click()
    expect(page.locator("#rw-rating")).to_be_hidden()
    assert not file.exists()

    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.locator("#rw-rating textarea")).to_be_focused()
    page.keyboard.type("=HYPERLINK(1) clear\x1b[31m")
    page.keyboard.press("Enter")
    expect(page.locator("#rw-note")).to_have_text("Thank you. Your verdict is kept.")
    expect(page.locator("#rw-rating")).to_be_hidden()
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT verdict, word, answer_id, question, answer FROM feedback").fetchall()
    assert [row[0] for row in rows] == ["up"] and rows[0][1].startswith("=HYPERLINK(1) clear")
    assert rows[0][2:4] == ("a", "Do I need a PhD?") and rows[0][4].startswith("No, a Ph.D.")
    page.wait_for_function(f"JSON.parse(localStorage[{KEYS}[0]]).turns[0].verdict === 'up'")

    told = rolewise("feedback", home=scripted.settings.home)
    assert "up    Do I need a PhD? “=HYPERLINK(1) clear" in told.out and "\x1b" not in told.out
    assert told.out.rstrip().endswith("1 up, 0 down")
    table = list(csv.DictReader(rolewise("feedback", "--csv", home=scripted.settings.home).out.splitlines()))
    assert table[0]["word"].startswith("'=HYPERLINK(1)") and table[0]["question"] == "Do I need a PhD?"
    assert "No feedback yet" in rolewise("feedback", home=tmp_path).out


def test_the_very_first_verdicts_that_come_at_once_are_all_stored(tmp_path: Path) -> None:
    def give(settings: Settings, barrier: threading.Barrier, number: int) -> None:
        barrier.wait()
        store(settings, Feedback("up", "", str(number), "q", "a", datetime.now(timezone.utc)))

    for round_ in range(5):
        settings, barrier = Settings(home=tmp_path / str(round_)), threading.Barrier(6)
        with ThreadPoolExecutor(6) as people:
            list(people.map(lambda n, s=settings, b=barrier: give(s, b, n), range(6)))  # type: ignore[misc]
        assert {f.answer_id for f in stored(settings)} == {str(n) for n in range(6)}


def test_a_verdict_that_cannot_be_stored_is_told_and_keeps_its_words(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the data folder should be")
    with served(ScriptedAdvisor(settings=Settings(home=tmp_path / "taken"))) as address:
        page = opened(browser, address)
        asked(page, "Do I need a PhD?")
        page.get_by_role("button", name="Like", exact=True).click()
        page.fill("#rw-rating textarea", "good")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator("#rw-note")).to_contain_text("The feedback database cannot be used")
        expect(page.locator("#rw-rating textarea")).to_have_value("good")
        asked(page, "hello")
        assert len(answers(page)) == 2
        page.context.close()


def test_feedback_goes_where_its_setting_says(tmp_path: Path) -> None:
    given = Feedback("down", "\ud800\x00 late", "a", "q", "@SUM(1)", datetime(2026, 1, 2, tzinfo=timezone.utc))
    settings = Settings(home=tmp_path, feedback_url=f"sqlite:///{tmp_path / 'other.db'}")
    store(settings, given)
    store(settings, replace(given, verdict="up", word="x" * 9_000))
    assert stored(settings)[0] == replace(given, word="? late") and len(stored(settings)[1].word) == 2_000
    assert not settings.feedback_file.exists()
    assert "'@SUM(1)" in as_csv(stored(settings))
    secret = Settings(home=tmp_path, feedback_url="postgresql+psycopg://me:hush@127.0.0.1:1/x")
    assert kept_where(secret) == "in the database at 127.0.0.1"
    for url in (secret.feedback_url, "nonsense", "nosuch://x"):
        with pytest.raises(FeedbackError, match=r"Nothing was stored\.") as told:
            store(Settings(home=tmp_path, feedback_url=url), given)
        assert "hush" not in str(told.value)
