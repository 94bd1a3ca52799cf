"""The page in a real browser, and its API."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import gradio as gr
import pytest
from gradio_client import Client  # type: ignore[import-untyped]
from gradio_client.exceptions import AppError  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from rolewise.advisor import Advisor
from rolewise.errors import CorpusError, UsageError
from rolewise.web.app import launch
from rolewise.web.markdown import linked, literal, text_of
from rolewise.web.opening import Opening
from rolewise.web.talk import NOT_TAKEN, Talk
from rolewise.web.turns import Turn, copied, messages_of, said
from web_fixtures import GUIDE, HOSTILE, ScriptedAdvisor, answers, ask, open_page, served, settled


def test_an_answer_streams_sentence_by_sentence(page: Page) -> None:
    ask(page, "slowly")
    seen: list[str] = []
    while len(seen) < 5:
        text = " ".join(answers(page))
        if "Sentence" in text and text not in seen:
            seen.append(text)
    assert page.locator("#rw-box .stop-button").is_visible()
    assert all(later.startswith(earlier[:-1]) for earlier, later in itertools.pairwise(seen))
    assert not any("Sentence 40 " in text for text in seen)
    page.click("#rw-box .stop-button")


def test_a_marker_picks_its_source_whose_quote_is_marked(page: Page) -> None:
    ask(page, "Do I need a PhD?")
    expect(page.locator(".option")).to_have_text("Which languages do I need?")
    page.click("[data-testid=bot] a:text-is('2')")
    picked = page.locator(".rw-card.rw-picked")
    expect(picked).to_have_count(1)
    expect(picked).to_be_focused()
    expect(picked).to_be_in_viewport()
    assert picked.locator("mark").inner_text() == "A lead usually has a master's degree."
    assert picked.locator("blockquote").inner_text() == (
        "A lead usually has a master's degree. A Ph.D. is preferred for a lead, not required."
    )
    for words in ("Education", "A guide", "The publisher", "2023-12-06"):
        expect(picked).to_contain_text(words)
    link = picked.get_by_role("link", name="Open the page")
    assert link.get_attribute("href") == "https://example.org/guide"
    assert link.get_attribute("target") == "_blank" and "noopener" in (link.get_attribute("rel") or "")
    expect(page.locator("[data-testid=bot]")).to_contain_text("The figures are of 2023.")
    expect(page.locator("[data-testid=bot]")).to_contain_text("In the sources’ own words · 0.4 s")


@pytest.mark.parametrize("width", [375, 1280])
def test_a_questions_buttons_stand_beside_its_words(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    ask(page, "Do I need a PhD?" * 5)
    page.hover(".user-row")
    words = page.locator(".user-row .prose").bounding_box()
    buttons = page.locator(".user-row .message-buttons").bounding_box()
    assert words and buttons and words["x"] + words["width"] <= buttons["x"]
    assert buttons["x"] + buttons["width"] <= width


def test_sources_of_earlier_answers_stay_reachable(page: Page) -> None:
    ask(page, "Do I need a PhD?")
    page.click(".option")
    expect(page.locator("[data-testid=bot]")).to_have_count(2)
    expect(page.locator("[data-testid=bot] >> nth=1")).to_contain_text("Worded by tiny_model")
    assert page.locator("#rw-newest mark").all_inner_texts() == ["Both roles use Python."]
    page.click("[data-testid=bot] >> nth=0 >> a:text-is('1')")
    expect(page.locator("#rw-earlier .rw-picked mark")).to_have_text("A Ph.D. is preferred for a lead, not required.")
    expect(page.locator("#rw-earlier .rw-picked")).to_be_visible()


def test_stop_ends_the_advisors_stream_and_keeps_what_was_said(page: Page, scripted: ScriptedAdvisor) -> None:
    scripted.closed.clear()
    ask(page, "slowly")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 2")
    page.click("#rw-box .stop-button")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Stopped.")
    expect(page.locator("#rw-box .submit-button")).to_be_visible()
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 2")
    deadline = time.monotonic() + 5
    while not scripted.closed and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert re.fullmatch(r"slowly after \d", scripted.closed[0])


def test_escape_stops(page: Page) -> None:
    ask(page, "slowly")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 1")
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Stopped.")


def test_what_is_stopped_before_its_first_word_holds_up_no_other_question(page: Page) -> None:
    last = page.locator("[data-testid=bot]").last
    ask(page, "after long")
    expect(last).to_contain_text("Looking in the sources")
    page.wait_for_timeout(300)  # until the server has begun
    page.keyboard.press("Escape")
    expect(last).to_contain_text("Stopped.")
    ask(page, "Do I need a PhD?")
    expect(last).to_contain_text("a Ph.D. is preferred", timeout=2_000)
    page.wait_for_timeout(1_000)
    expect(page.locator("[data-testid=bot]")).to_have_count(2)
    expect(last).not_to_contain_text("not taken")
    expect(page.locator("[data-testid=bot]").first).to_have_text("Stopped.")


def test_escape_in_another_tab_is_not_meant_for_the_chat(page: Page) -> None:
    ask(page, "slowly")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 1")
    page.get_by_role("tab", name="Fit", exact=True).click()
    expect(page.locator("#rw-words")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Chat", exact=True).click()
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 5")
    page.click("#rw-box .stop-button")


def test_retry_asks_again_with_the_same_history(page: Page, scripted: ScriptedAdvisor) -> None:
    ask(page, "hello")
    expect(page.locator("[data-testid=bot]")).to_contain_text("5 letters")
    ask(page, "again")
    expect(page.locator("[data-testid=bot]")).to_have_count(2)
    expect(page.locator("#rw-box .submit-button")).to_be_visible()
    scripted.asked.clear()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#rw-box .submit-button")).to_be_visible()
    page.wait_for_timeout(300)
    assert [(a.question, a.history) for a in scripted.asked] == [("again", ("hello",))]
    assert len(answers(page)) == 2


def test_undo_gives_the_question_back_and_a_new_conversation_empties_the_page(page: Page) -> None:
    ask(page, "Do I need a PhD?")
    expect(page.locator(".option")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-testid=bot]")).to_have_count(0)
    expect(page.locator("#rw-box textarea")).to_have_value("Do I need a PhD?")
    expect(page.locator(".rw-card")).to_have_count(0)
    page.keyboard.press("Tab")
    page.focus("#rw-box textarea")
    page.keyboard.press("Enter")
    expect(page.locator(".option")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("[data-testid=bot]")).to_have_count(0)
    expect(page.locator(".rw-card")).to_have_count(0)
    expect(page.locator(".example").first).to_be_visible()


def test_a_new_conversation_also_ends_an_answer_under_way(page: Page) -> None:
    ask(page, "slowly")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 1")
    page.locator("#rw-clear").click()
    expect(page.locator("[data-testid=bot]")).to_have_count(0)
    page.wait_for_timeout(700)
    assert answers(page) == []
    expect(page.locator("#rw-box .submit-button")).to_be_visible()


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.click(".example >> text=Which languages")
    expect(page.locator("[data-testid=user]")).to_have_text("Which languages do I need?")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Both roles use Python 1.")


def test_nothing_is_sent_without_words_or_while_an_answer_runs(page: Page, scripted: ScriptedAdvisor) -> None:
    scripted.asked.clear()
    ask(page, "   ")
    page.wait_for_timeout(400)
    assert scripted.asked == [] and answers(page) == []
    ask(page, "slowly")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 1")
    ask(page, "second")
    page.wait_for_timeout(400)
    assert [a.question for a in scripted.asked] == ["slowly"]
    expect(page.locator("#rw-box textarea")).to_have_value("second")
    expect(page.locator("#rw-note")).to_contain_text("Your words wait here")
    page.click("#rw-box .stop-button")


def test_copy_gives_the_answer_with_its_sources(browser: Browser, address: str) -> None:
    page = open_page(browser, address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Do I need a PhD?")
    expect(page.locator(".option")).to_be_visible()
    page.locator(".bot-row").get_by_role("button", name="Copy message").click()
    page.wait_for_timeout(800)
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("No, a Ph.D. is preferred, not required [1]. A master's degree is usual [2].\n")
    assert "[2] “A lead usually has a master's degree.” A guide, The publisher, 2023-12-06, https://" in text
    assert page.get_by_role("button", name="share").count() == 0
    page.context.close()


@pytest.mark.parametrize(
    "question", ["hostile", HOSTILE, "![x](http://192.0.2.1/x.png) [a](javascript:alert(1)) **b**"]
)
def test_hostile_text_is_shown_and_does_nothing(page: Page, question: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, question)
    expect(page.locator("#rw-box .submit-button")).to_be_visible()
    expect(page.locator("[data-testid=bot]")).not_to_contain_text("Looking")
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator(":is(#rw-chat, #rw-sources) :is(img, script, iframe)").count() == 0
    assert page.locator("[data-testid=user]").inner_text().strip() == question
    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"127.0.0.1"}
    if question == "hostile":
        assert page.locator(".rw-card mark").inner_text() == HOSTILE
        assert page.locator(".rw-card .rw-title").inner_text() == HOSTILE
        assert page.locator(".rw-card a").count() == 0


def test_dark_follows_the_system_until_the_reader_chooses(browser: Browser, address: str) -> None:
    page = open_page(browser, address, color_scheme="dark")
    brightness = (
        "parseInt(getComputedStyle(document.querySelector('.gradio-container')).backgroundColor.match(/\\d+/)[0])"
    )
    toggle = page.get_by_role("button", name="Dark mode")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"{brightness} < 60")
    toggle.click()
    page.wait_for_function(f"{brightness} > 200")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    page.reload()
    page.wait_for_selector("#rw-box textarea")
    page.wait_for_function(f"{brightness} > 200")
    page.context.close()


@pytest.mark.parametrize("width", [320, 375, 768, 1440])
def test_no_width_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    page = open_page(browser, address, viewport={"width": width, "height": 780})
    ask(page, "Do I need a PhD?")
    expect(page.locator(".option")).to_be_visible()
    wide = "[document.documentElement, document.querySelector('.gradio-container')].map(e => e.scrollWidth - e.clientWidth)"
    assert page.evaluate(wide) == [0, 0]
    talk, sources = page.locator("#rw-talk").bounding_box(), page.locator("#rw-sources").bounding_box()
    assert talk and sources
    if width < 720:
        assert sources["y"] >= talk["y"] + talk["height"] - 1
    else:
        assert sources["x"] >= talk["x"] + talk["width"] - 1 and abs(sources["y"] - talk["y"]) < 2
    page.context.close()


def test_on_a_phone_the_source_leads_back_to_the_answer(browser: Browser, address: str) -> None:
    page = open_page(browser, address, viewport={"width": 375, "height": 600}, reduced_motion="reduce")
    ask(page, "Do I need a PhD?")
    expect(page.locator(".option")).to_be_visible()
    page.click("[data-testid=bot] a:text-is('2')")
    expect(page.locator(".rw-picked mark")).to_be_in_viewport()
    page.click(".rw-picked .rw-back")
    expect(page.locator("[data-testid=bot] a:text-is('2')")).to_be_focused()
    expect(page.locator("[data-testid=bot] a:text-is('2')")).to_be_in_viewport()
    page.context.close()


def test_what_a_screen_reader_needs_is_there(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_visible()
    ask(page, "Do I need a PhD?")
    expect(page.locator(".option")).to_be_visible()
    expect(page.get_by_role("log")).to_have_attribute(
        "aria-live", "off"
    )  # it would read all of it out with each sentence
    expect(page.locator("#rw-said")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("group", name="Answer", exact=True)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("RoleWise")
    assert page.locator("html").get_attribute("lang") == "en"


def test_screen_readers_are_told_each_sentence_once_and_that_it_was_stopped(page: Page) -> None:
    ask(page, "slowly")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 3")
    page.keyboard.press("Escape")
    said = page.locator("#rw-said p")
    expect(said.last).to_have_text("Stopped.")
    lines = said.all_inner_texts()
    assert lines[1:-1] == [f"Sentence {n} of many." for n in range(1, len(lines) - 1)] and len(lines) > 4
    settled(page, "slowly")  # what is loaded again is what the browser keeps, and it keeps it after it has said it
    page.reload()
    expect(page.locator("[data-testid=bot]")).to_contain_text("Stopped.")
    expect(said).to_have_count(0)


def test_a_long_question_stays_small_and_the_keyboard_scrolls_it(page: Page) -> None:
    ask(page, "I have worked for a long time. " * 200)
    expect(page.locator("[data-testid=bot]")).to_contain_text("You asked")
    words = page.locator(".user-row .prose")
    expect(words).to_have_attribute("tabindex", "0")
    assert words.evaluate("words => words.clientHeight") < 200


def test_a_double_click_asks_once(page: Page, scripted: ScriptedAdvisor) -> None:
    scripted.asked.clear()
    page.dblclick(".example >> nth=0")
    expect(page.locator(".option")).to_be_visible()
    page.dblclick("[aria-label=Retry]")
    expect(page.locator("#rw-box .stop-button")).to_be_visible()
    expect(page.locator(".option")).to_be_visible()
    assert len(scripted.asked) == 2 and len(answers(page)) == 1


def test_a_question_asked_while_loading_waits_with_a_word(browser: Browser) -> None:
    advisor = ScriptedAdvisor(loading=threading.Event())
    with served(advisor) as address:
        page = open_page(browser, address)
        ask(page, "hello")
        expect(page.locator("[data-testid=bot]")).to_have_text("Loading the embedding model…")
        assert advisor.asked == [] and advisor.loading
        advisor.loading.set()
        expect(page.locator("[data-testid=bot]")).to_contain_text("You asked: 5 letters.")
        page.context.close()


def test_a_question_can_be_stopped_while_loading(browser: Browser) -> None:
    advisor = ScriptedAdvisor(loading=threading.Event())
    with served(advisor) as address:
        page = open_page(browser, address)
        ask(page, "hello")
        expect(page.locator("[data-testid=bot]")).to_have_text("Loading the embedding model…")
        page.click("#rw-box .stop-button")
        expect(page.locator("[data-testid=bot]")).to_have_text("Stopped.")
        assert advisor.loading
        advisor.loading.set()
        page.context.close()


@pytest.mark.parametrize(
    ("fault", "words"),
    [(CorpusError("roles/a_b.yaml, line 3: no *title*. Add one."), "roles/a_b.yaml, line 3: no *title*. Add one."),
     (ZeroDivisionError(), "could not start")],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_load_that_fails_is_told_and_the_page_stays(browser: Browser, fault: Exception, words: str) -> None:
    with served(ScriptedAdvisor(fault=fault)) as address:
        page = open_page(browser, address)
        expect(page.locator("#rw-chat")).to_contain_text(words)
        ask(page, "hello")
        expect(page.locator("[data-testid=bot]")).to_contain_text(words)
        expect(page.locator("#rw-box .submit-button")).to_be_visible()
        page.context.close()


def test_a_fault_nobody_foresaw_leaves_the_page_usable(page: Page) -> None:
    ask(page, "crash")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Something went wrong")
    ask(page, "hello")
    expect(page.locator("[data-testid=bot] >> nth=1")).to_contain_text("5 letters")


def test_a_pick_outlives_the_next_sentences(page: Page) -> None:
    ask(page, "slowly")
    page.click("[data-testid=bot] a >> nth=0")
    expect(page.locator("[data-testid=bot]")).to_contain_text("Sentence 5")
    expect(page.locator(".rw-picked")).to_have_count(1)
    page.click("#rw-box .stop-button")


def test_an_error_about_the_question_is_the_answer(page: Page) -> None:
    ask(page, "fail")
    expect(page.locator("[data-testid=bot]")).to_have_text("The question is *too* long. Shorten it.")
    expect(page.locator("#rw-box .submit-button")).to_be_visible()


def test_the_browser_asks_nobody_but_this_machine(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector(".example")
    ask(page, "Do I need a PhD?")
    expect(page.locator(".option")).to_be_visible()
    hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme in ("http", "https", "ws", "wss")}
    assert hosts == {"127.0.0.1"}
    assert page.locator("link[rel*=preconnect], link[rel=dns-prefetch]").count() == 0
    page.context.close()


def test_two_people_do_not_see_each_other(browser: Browser, address: str) -> None:
    one, two = open_page(browser, address), open_page(browser, address)
    ask(one, "slowly")
    ask(two, "hello")
    expect(two.locator("[data-testid=bot]")).to_contain_text("5 letters")
    expect(one.locator("[data-testid=bot]")).to_contain_text("Sentence")
    assert len(answers(two)) == 1 and "Sentence" not in answers(two)[0]
    one.context.close()
    two.context.close()


def test_the_api_streams_the_contract(address: str) -> None:
    client = Client(address, verbose=False)
    job = client.submit("Do I need a PhD?", [{"role": "user", "content": "hi"}], api_name="/ask")
    last = job.result(timeout=30)
    first = job.outputs()[0]
    assert len(job.outputs()) == 3 and first["answer"] == "No, a Ph.D. is preferred, not required [1]."
    assert last["citations"][1]["quote"] == "A lead usually has a master's degree."
    assert last["suggestions"] == ["Which languages do I need?"]


def test_the_api_takes_history_in_both_forms(address: str, scripted: ScriptedAdvisor) -> None:
    client = Client(address, verbose=False)
    scripted.asked.clear()
    part = {"role": "user", "content": [{"type": "text", "text": "second"}]}
    client.predict("hello", ["first", {"role": "assistant", "content": "no"}, part], api_name="/ask")
    client.predict("hello", api_name="/ask")
    assert [a.history for a in scripted.asked] == [("first", "second"), ()]


def test_the_api_tells_faults_and_offers_only_ask(address: str) -> None:
    client = Client(address, verbose=False)
    with pytest.raises(AppError, match="Shorten it"):
        client.predict("fail", api_name="/ask")
    api = client.view_api(return_format="dict", print_info=False)
    assert isinstance(api, dict) and list(api["named_endpoints"]) == ["/ask"] and not api["unnamed_endpoints"]


def test_a_taken_port_is_a_usage_error(address: str) -> None:
    port = urlsplit(address).port
    assert port
    with pytest.raises(UsageError, match=f"--port {port + 1}"):
        launch(ScriptedAdvisor(), port=port)  # type: ignore[arg-type]


def test_importing_the_page_loads_no_torch_and_allows_no_analytics() -> None:
    code = "import sys, os, rolewise.web; print('torch' in sys.modules, os.environ['GRADIO_ANALYTICS_ENABLED'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_the_real_advisor_answers_in_the_page(browser: Browser) -> None:
    advisor = Advisor()
    with served(advisor) as address:
        page = open_page(browser, address)
        ask(page, "Do I need a PhD to become a lead?")
        expect(page.locator(".rw-card").first).to_be_visible(timeout=120_000)
        expect(page.locator("#rw-box .submit-button")).to_be_visible(timeout=30_000)
        expect(page.locator("[data-testid=bot]")).to_contain_text("preferred")
        marks = page.locator("#rw-newest mark").all_inner_texts()
        answer = Client(address, verbose=False).predict("Do I need a PhD to become a lead?", api_name="/ask")
        assert marks == [citation["quote"] for citation in answer["citations"]]
        ask(page, "What is the capital of France?")
        expect(page.locator("#rw-newest")).to_contain_text("cites no source")
        page.context.close()
    advisor.close()


def test_markers_become_links_only_where_there_is_a_citation() -> None:
    assert linked("A [1][2], [3].", [1, 2], "s") == 'A [1](#s-1 "Show source 1")[2](#s-2 "Show source 2"), [3].'


def test_literal_text_keeps_letters_and_loses_its_powers() -> None:
    assert literal("# a\n    <b>") == "&#35; a\n&#60;b&#62;"


def test_text_is_read_from_strings_messages_and_parts() -> None:
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    assert [text_of(x) for x in ("a", parts, {"role": "user", "content": parts}, None)] == ["a", "a\nb", "a\nb", ""]


def test_a_message_is_copied_as_it_was_written() -> None:
    turn = Turn("why *this*?", word="Stopped.", done=True)
    assert copied([turn], messages_of([turn])[0]["content"]) == "why *this*?"
    assert said(turn) == "> Stopped&#46;" and "A guide" in GUIDE


def test_the_end_of_a_stopped_answer_that_is_told_late_is_no_refusal_of_the_next_question(
    scripted: ScriptedAdvisor,
) -> None:
    talk = Talk(Opening(scripted))  # type: ignore[arg-type]
    first, second = Turn("slowly"), Turn("Do I need a PhD?")
    turns = [*talk.stopped([first])[0], second]
    assert all(update == gr.skip() for update in talk.not_taken(turns))
    assert talk.not_taken(turns)[0][-1].word == NOT_TAKEN  # its own, the second time
