"""The chat by keyboard, pointer and finger: editing a question, the quotes of markers, Esc; and nothing that keeps people out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from web_fixtures import (
    KEYS,
    SIDEWAYS,
    ScriptedAdvisor,
    answers,
    asked,
    entries,
    listed,
    open_drawer,
    opened,
    settled,
)


def test_an_earlier_question_is_edited_and_asked_anew(page: Page, scripted: ScriptedAdvisor) -> None:
    asked(page, "Do I need a PhD?")
    asked(page, "hello")
    scripted.asked.clear()
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
    assert [(a.question, a.history) for a in scripted.asked] == [("Which languages *do* I need?\nall", ())]
    assert page.locator("[data-testid=user]").all_inner_texts()[0].strip().startswith("Which languages *do* I need?")
    assert len(answers(page)) == 1 and entries(page) == [["Which languages *do* I need?\nall"]]

    page.hover(".user-row")
    page.get_by_role("button", name="Edit").click()
    page.keyboard.press("Escape")
    expect(page.locator(".edit-textarea")).to_have_count(0)


def test_escape_closes_what_is_open_before_it_stops(page: Page, scripted: ScriptedAdvisor) -> None:
    scripted.closed.clear()
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
    assert len(scripted.closed) == 1 and "Sentence 2" in page.evaluate(f"localStorage[{KEYS}[0]]")


def test_a_markers_quote_shows_by_pointing_and_by_focus(page: Page) -> None:
    asked(page, "Do I need a PhD?")
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
    asked(page, "Do I need a PhD?")
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


def test_the_keyboard_comes_back_from_a_source_and_goes_on_where_a_button_has_gone(page: Page) -> None:
    box = page.locator("#rw-box textarea")
    asked(page, "Do I need a PhD?")
    tab_to(page, "[data-testid=bot] a")
    page.keyboard.press("Enter")
    expect(page.locator(".rw-picked")).to_be_focused()
    tab_to(page, ".rw-back")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=bot] a >> nth=0")).to_be_focused()
    for button in ("[aria-label=Retry]", ".option"):
        tab_to(page, button)
        page.keyboard.press("Enter")
        expect(box).to_be_focused()
        settled(page, "Do I need a PhD?" if button != ".option" else "Which languages do I need?")
    tab_to(page, "[aria-label=Edit]")
    page.keyboard.press("Enter")
    tab_to(page, "[aria-label=Cancel]")
    page.keyboard.press("Escape")
    expect(page.locator(".edit-textarea")).to_have_count(0)
    expect(box).to_be_focused()
    tab_to(page, "[aria-label=Like]")
    page.keyboard.press("Enter")
    expect(page.locator("#rw-rating textarea")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#rw-note")).to_have_text("Thank you. Your verdict is kept.")
    expect(box).to_be_focused()
    tab_to(page, "[aria-label=Undo]")
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(box).to_have_value("Which languages do I need?")


def test_what_the_keyboard_reaches_in_a_long_conversation_stays_in_sight(page: Page) -> None:
    for question in ("Do I need a PhD?", "hello", "Which languages do I need?", "Do I need a PhD?"):
        asked(page, question)
    page.locator("[data-testid=bot] a >> nth=0").focus()  # as Tab does from outside the conversation
    page.wait_for_timeout(300)
    expect(page.locator("[data-testid=bot] a >> nth=0")).to_be_in_viewport()


def test_who_points_keeps_the_question_box_and_its_keyboard_out_of_the_way(page: Page) -> None:
    asked(page, "Do I need a PhD?")
    page.click("[data-testid=bot] a >> nth=0")
    expect(page.locator(".rw-picked")).to_be_focused()
    expect(page.locator(".rw-back >> nth=0")).to_be_hidden()
    page.click(".option")
    settled(page, "Which languages do I need?")
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_with_drawer_form_quote_or_edit_open(browser: Browser, address: str, mode: str) -> None:
    page = opened(browser, address, color_scheme=mode, reduced_motion="reduce")
    asked(page, "Do I need a PhD?")
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
    asked(page, "word" * 200)
    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.locator("#rw-rating")).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0
    open_drawer(page)
    assert page.evaluate(SIDEWAYS) == 0
    drawer = page.locator("#rw-drawer")
    assert drawer.evaluate("drawer => drawer.scrollWidth - drawer.clientWidth") == 0
    page.context.close()
