"""Conversations in the browser: kept, found again, exported, edited, judged; and the quotes of markers."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from conftest import COMMAND, Ran, environment
from rolewise.advisor import Answer, Citation
from rolewise.advisor.thin import notice_of_small_samples
from rolewise.errors import ConversationError, FeedbackError
from rolewise.feedback import Feedback, as_csv, kept_where, store, stored
from rolewise.settings import Settings
from rolewise.web.export import as_markdown, file_name
from rolewise.web.stored import MOST_CHARACTERS, from_browser, to_browser
from rolewise.web.turns import Turn
from web_fixtures import HOSTILE, HOSTILE_IMAGE, PHD, ScriptedAdvisor, free_port, open_page, served

KEYS = "Object.keys(localStorage).filter(key => key.startsWith('rolewise-conversation-'))"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def advisor(tmp_path_factory: pytest.TempPathFactory) -> ScriptedAdvisor:
    return ScriptedAdvisor(settings=Settings(home=tmp_path_factory.mktemp("feedback")))


@pytest.fixture(scope="module")
def address(advisor: ScriptedAdvisor) -> Iterator[str]:
    with served(advisor) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = opened(browser, address)
    yield page
    page.context.close()


def opened(browser: Browser, address: str, **context: object) -> Page:
    page = open_page(browser, address, **{"viewport": {"width": 1280, "height": 800}, **context})
    page.wait_for_selector("#rw-chat .example")
    return page


def answers(page: Page) -> list[str]:
    return page.locator("[data-testid=bot]").all_inner_texts()


def entries(page: Page) -> list[list[str]]:
    """The questions of each conversation that the browser keeps."""
    found: list[list[str]] = page.evaluate(
        f"{KEYS}.map(key => JSON.parse(localStorage[key]).turns.map(turn => turn.question))"
    )
    return found


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the whole answer is there and kept."""
    page.fill("#rw-box textarea", question)
    page.keyboard.press("Enter")
    settled(page, question)


def settled(page: Page, question: str) -> None:
    page.wait_for_function(
        f"question => {KEYS}.some(key => {{ const last = JSON.parse(localStorage[key]).turns.at(-1);"
        " return last.question === question && (last.word || last.answer?.timings.total_s); })",
        arg=question,
    )
    expect(page.locator("#rw-box .submit-button")).to_be_visible()


def begin_anew(page: Page) -> None:
    page.click("#rw-clear")
    expect(page.locator("[data-testid=user]")).to_have_count(0)


def open_drawer(page: Page) -> None:
    page.click("#rw-history")
    expect(page.locator("#rw-drawer")).to_be_visible()


def listed(page: Page) -> list[str]:
    return page.locator("#rw-talks .rw-talk-open span").all_inner_texts()


# Kept


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
        ask(page, "Do I need a PhD to become a lead?")
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
        ask(page, "and the other one?")
        assert entries(page) == [["Do I need a PhD to become a lead?", "and the other one?"]]
    context.close()


def test_a_reloaded_page_goes_on_with_its_conversation(page: Page, advisor: ScriptedAdvisor) -> None:
    ask(page, "Do I need a PhD?")
    page.reload()
    expect(page.locator("[data-testid=bot]")).to_contain_text("No, a Ph.D. is preferred")
    expect(page.locator("#rw-newest .rw-card")).to_have_count(2)
    advisor.asked.clear()
    ask(page, "hello")
    assert [(a.question, a.history) for a in advisor.asked] == [("hello", ("Do I need a PhD?",))]
    assert entries(page) == [["Do I need a PhD?", "hello"]]


def test_conversations_are_named_found_opened_and_deleted(page: Page) -> None:
    ask(page, "Do I need a PhD?")
    begin_anew(page)
    ask(page, "Which languages do I need?")
    ask(page, "hello")
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


def test_another_conversation_can_be_opened_while_an_answer_is_under_way(page: Page, advisor: ScriptedAdvisor) -> None:
    ask(page, "Do I need a PhD?")
    begin_anew(page)
    advisor.closed.clear()
    page.fill("#rw-box textarea", "slowly")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 1")
    open_drawer(page)
    page.get_by_role("button", name="Do I need a PhD? 1 question").click()
    expect(page.locator("[data-testid=user]")).to_have_text("Do I need a PhD?")
    page.wait_for_timeout(700)
    expect(page.locator("[data-testid=bot]")).to_contain_text("No, a Ph.D. is preferred")
    assert len(advisor.closed) == 1 and sorted(entries(page)) == [["Do I need a PhD?"], ["slowly"]]
    begin_anew(page)
    assert sorted(entries(page)) == [["Do I need a PhD?"], ["slowly"]]


def test_a_conversation_that_is_wholly_taken_back_is_not_kept(page: Page) -> None:
    ask(page, "Do I need a PhD?")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator("[data-testid=user]")).to_have_count(0)
    page.wait_for_function(f"!{KEYS}.length")


def test_two_tabs_do_not_destroy_each_others_conversations(page: Page, address: str) -> None:
    ask(page, "Do I need a PhD?")
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("#rw-chat .example")
    open_drawer(other)
    other.click(".rw-talk-open")
    expect(other.locator("[data-testid=user]")).to_have_count(1)
    ask(other, "hello")
    ask(page, "again")
    expect(page.locator("#rw-note")).to_contain_text("went on in another tab")
    assert sorted(entries(page)) == [["Do I need a PhD?", "again"], ["Do I need a PhD?", "hello"]]
    ask(other, "more")
    assert sorted(map(len, entries(page))) == [2, 3]


def test_two_people_do_not_see_each_others_conversations(page: Page, browser: Browser, address: str) -> None:
    ask(page, "Do I need a PhD?")
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
    ask(page, "Do I need a PhD?")
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


# Hostile


def test_a_hostile_conversation_is_inert_and_a_damaged_one_loses_no_other(page: Page) -> None:
    ask(page, "Do I need a PhD?")
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
    ask(page, "Do I need a PhD?")
    key = page.evaluate(f"{KEYS}[0]")
    page.evaluate(
        'key => { localStorage[key] = localStorage[key].replace(\'"source_id":"guide"\', \'"source_id":"gone"\') }', key
    )
    page.reload()
    expect(page.locator(".rw-card").first).to_contain_text("no longer in the sources")
    expect(page.locator(".rw-card").last).not_to_contain_text("no longer")


# Export


def test_the_conversation_is_exported_with_its_sources(page: Page, tmp_path: Path) -> None:
    page.click("#rw-export")
    expect(page.locator("#rw-note")).to_contain_text("nothing to export yet")
    ask(page, "Do I need a PhD?")
    ask(page, HOSTILE)
    with page.expect_download() as download:
        page.click("#rw-export")
    assert download.value.suggested_filename == "rolewise-do-i-need-a-phd.md"
    download.value.save_as(tmp_path / "saved.md")
    lines = (tmp_path / "saved.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Do I need a PhD?"
    assert "No, a Ph.D. is preferred, not required [1]. A master's degree is usual [2]." in lines
    assert (
        "- \\[2\\] “A lead usually has a master's degree.” A guide, Education, The publisher, 2023-12-06, "
        "<https://example.org/guide>" in lines
    )
    assert "> The figures are of 2023." in lines
    assert not any("<img" in line.replace("\\<", "") for line in lines)


def test_nothing_in_a_conversation_breaks_out_of_its_markdown() -> None:
    from markdown_it import MarkdownIt

    bad = "\n# big\n```\n<img src=x>\n![i](http://192.0.2.1/i)\n| a | b |\n- x <script> *b* [l](javascript:x)"
    cited = PHD.model_copy(update={"quote": bad, "title": bad, "url": "https://x.org/a b>[c](d)"})
    answer = Answer(id="a", question=bad, standalone_question=bad, status="answered", answer=f"Said [1].{bad}",
                    citations=(cited,), notices=(bad,), model=bad, drafted=1.0)  # fmt: skip
    plain = answer.model_copy(update={"answer": "Plain [1].", "notices": (), "citations": (PHD,)})
    text = as_markdown([Turn(bad, answer, done=True), Turn("second", plain, done=True)])
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or ()}
    assert not kinds & {"fence", "code_block", "html_block", "html_inline", "image"}, text
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", "h2", "h3", "h2", "h3"]
    links = [c.attrs["href"] for t in tokens for c in t.children or () if c.type == "link_open"]
    assert links == ["https://x.org/a%20b%3E%5Bc%5D(d)", "https://example.org/guide"]


@pytest.mark.parametrize(
    ("question", "name"),
    [("../../etc/passwd\0?", "rolewise-etc-passwd.md"), ("¿Qué es un líder?", "rolewise-qué-es-un-líder.md"),
     ("???", "rolewise-conversation.md"), ("word " * 100, "rolewise-" + "-".join(["word"] * 12) + ".md")],
)  # fmt: skip
def test_a_file_is_named_by_the_first_question(question: str, name: str) -> None:
    assert file_name([Turn(question)]) == name


# Verdicts


def test_a_verdict_is_stored_once_it_is_sent(
    page: Page, advisor: ScriptedAdvisor, rolewise: Callable[..., Ran], tmp_path: Path
) -> None:
    file = advisor.settings.feedback_file
    ask(page, "Do I need a PhD?")
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

    told = rolewise("feedback", home=advisor.settings.home)
    assert "up    Do I need a PhD? “=HYPERLINK(1) clear" in told.out and "\x1b" not in told.out
    assert told.out.rstrip().endswith("1 up, 0 down")
    table = list(csv.DictReader(rolewise("feedback", "--csv", home=advisor.settings.home).out.splitlines()))
    assert table[0]["word"].startswith("'=HYPERLINK(1)") and table[0]["question"] == "Do I need a PhD?"
    assert "No feedback yet" in rolewise("feedback", home=tmp_path).out


def test_a_verdict_that_cannot_be_stored_is_told_and_keeps_its_words(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the data folder should be")
    with served(ScriptedAdvisor(settings=Settings(home=tmp_path / "taken"))) as address:
        page = opened(browser, address)
        ask(page, "Do I need a PhD?")
        page.get_by_role("button", name="Like", exact=True).click()
        page.fill("#rw-rating textarea", "good")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator("#rw-note")).to_contain_text("The feedback database cannot be used")
        expect(page.locator("#rw-rating textarea")).to_have_value("good")
        ask(page, "hello")
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


# Editing, keys, quotes


def test_an_earlier_question_is_edited_and_asked_anew(page: Page, advisor: ScriptedAdvisor) -> None:
    ask(page, "Do I need a PhD?")
    ask(page, "hello")
    advisor.asked.clear()
    page.hover(".user-row >> nth=0")
    page.get_by_role("button", name="Edit").first.click()
    editing = page.get_by_role("textbox", name="Your question, to be asked anew")
    expect(editing).to_be_focused()
    expect(editing).to_have_value("Do I need a PhD?")
    editing.fill("Which languages *do* I need?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("all")
    page.keyboard.press("Enter")
    settled(page, "Which languages *do* I need?\nall")
    assert [(a.question, a.history) for a in advisor.asked] == [("Which languages *do* I need?\nall", ())]
    assert page.locator("[data-testid=user]").all_inner_texts()[0].strip().startswith("Which languages *do* I need?")
    assert len(answers(page)) == 1 and entries(page) == [["Which languages *do* I need?\nall"]]

    page.hover(".user-row")
    page.get_by_role("button", name="Edit").click()
    page.keyboard.press("Escape")
    expect(page.locator(".edit-textarea")).to_have_count(0)


def test_escape_closes_what_is_open_before_it_stops(page: Page, advisor: ScriptedAdvisor) -> None:
    advisor.closed.clear()
    page.fill("#rw-box textarea", "slowly")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 2")
    open_drawer(page)
    page.keyboard.press("Escape")
    expect(page.locator("#rw-drawer")).to_be_hidden()
    page.hover("[data-testid=bot] a >> nth=0")
    expect(page.locator("#rw-tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#rw-tip")).to_be_hidden()
    expect(page.locator("#rw-box .stop-button")).to_be_visible()
    page.keyboard.press("Escape")
    settled(page, "slowly")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Stopped.")
    page.wait_for_timeout(400)
    assert len(advisor.closed) == 1 and "Sentence 2" in page.evaluate(f"localStorage[{KEYS}[0]]")


def test_a_markers_quote_shows_by_pointing_and_by_focus(page: Page) -> None:
    ask(page, "Do I need a PhD?")
    tip, marker = page.locator("#rw-tip"), page.locator("[data-testid=bot] a >> nth=1")
    marker.hover()
    expect(tip).to_be_visible()
    assert tip.locator("p").all_inner_texts() == ["A guide", "A lead usually has a master's degree."]
    expect(marker).to_have_attribute("aria-describedby", "rw-tip")
    expect(marker).to_have_accessible_name("Show source 2")
    tip.hover()
    page.wait_for_timeout(500)
    expect(tip).to_be_visible()
    page.mouse.move(5, 700)
    expect(tip).to_be_hidden()
    page.locator("#rw-box textarea").focus()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('#rw-chat a[href^=\"#rw-\"]')"):
            break
    expect(tip).to_contain_text("A lead usually has a master's degree.")
    assert tip.evaluate("tip => tip.matches(':popover-open')")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".rw-picked mark")).to_have_text("A lead usually has a master's degree.")
    expect(page.locator(".rw-picked")).to_be_focused()


def test_a_tap_shows_the_quote_and_a_second_one_its_source(browser: Browser, address: str) -> None:
    page = opened(browser, address, viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True)
    ask(page, "Do I need a PhD?")
    page.tap("[data-testid=bot] a >> nth=1")
    expect(page.locator("#rw-tip")).to_contain_text("A lead usually has a master's degree.")
    expect(page.locator("#rw-tip")).to_contain_text("Tap the number again")
    expect(page.locator(".rw-picked")).to_have_count(0)
    page.tap("[data-testid=bot] a >> nth=1")
    expect(page.locator("#rw-tip")).to_be_hidden()
    expect(page.locator(".rw-picked mark")).to_be_in_viewport()
    assert page.evaluate(SIDEWAYS) == 0
    page.context.close()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(f"{outline} !== 'none' || document.activeElement.matches('textarea, input')"), selector
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_everything_is_reached_by_the_keyboard(page: Page) -> None:
    page.locator("#rw-box textarea").focus()
    page.keyboard.type("Do I need a PhD?")
    page.keyboard.press("Enter")
    settled(page, "Do I need a PhD?")
    for button in (
        "[aria-label=Edit]",
        "[data-testid=bot] a",
        "[aria-label=Retry]",
        "[aria-label=Undo]",
        "[aria-label=Like]",
        ".option",
        "#rw-export",
        "#rw-clear",
    ):
        tab_to(page, button)
    tab_to(page, "#rw-history")
    page.keyboard.press("Enter")
    expect(page.locator("#rw-find-talk")).to_be_focused()
    tab_to(page, ".rw-talk-open")
    tab_to(page, "#rw-talks .rw-plain")
    page.keyboard.press("Enter")
    tab_to(page, "[data-do=undo]")
    page.keyboard.press("Enter")
    assert listed(page) == ["Do I need a PhD?"]
    tab_to(page, ".rw-talk-open")
    page.keyboard.press("Enter")
    expect(page.locator("#rw-box textarea")).to_be_focused()
    expect(page.locator("[data-testid=user]")).to_have_text("Do I need a PhD?")
    tab_to(page, "[aria-label=Dislike]")
    page.keyboard.press("Enter")
    expect(page.locator("#rw-rating textarea")).to_be_focused()
    tab_to(page, "#rw-rating button:last-child")
    page.keyboard.press("Enter")
    expect(page.locator("#rw-box textarea")).to_be_focused()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_with_drawer_form_quote_or_edit_open(browser: Browser, address: str, mode: str) -> None:
    page = opened(browser, address, color_scheme=mode, reduced_motion="reduce")
    ask(page, "Do I need a PhD?")
    found = {}
    page.hover("[data-testid=bot] a >> nth=0")
    found["quote"] = Axe().run(page)
    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.locator("#rw-rating")).to_be_visible()
    page.hover(".user-row")
    page.get_by_role("button", name="Edit").click()
    found["form and edit"] = Axe().run(page)
    page.keyboard.press("Escape")
    open_drawer(page)
    found["drawer"] = Axe().run(page)
    page.get_by_role("button", name="Delete all").click()
    found["empty drawer"] = Axe().run(page)
    assert {name: result.generate_report() for name, result in found.items() if result.violations_count} == {}
    page.context.close()


@pytest.mark.parametrize("width", [320, 375, 768])
def test_the_drawer_and_the_form_fit_narrow_pages(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, viewport={"width": width, "height": 700})
    ask(page, "word" * 200)
    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.locator("#rw-rating")).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0
    open_drawer(page)
    assert page.evaluate(SIDEWAYS) == 0
    drawer = page.locator("#rw-drawer")
    assert drawer.evaluate("drawer => drawer.scrollWidth - drawer.clientWidth") == 0
    page.context.close()


@pytest.mark.parametrize(
    ("quote", "said"),
    [("pay (n=26 rows)", "n=26 in The publisher, 2023-12-06"), ("n=7,470, of which (n=15) leads", ""), ("n=30", ""),
     ("Sample size: 12", "n=12"), ("In 2020 it was 5%", ""), ("a sample of 9", "n=9")],
)  # fmt: skip
def test_figures_on_few_cases_are_said_to_be(quote: str, said: str) -> None:
    notice = notice_of_small_samples([Citation(**{**PHD.model_dump(), "quote": quote})])
    assert (said in notice) if said else notice == ""
