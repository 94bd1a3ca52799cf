"""Own documents in the page: adding them, asking about them, and taking them out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import rolewise_process
from rolewise.advisor import Advisor
from rolewise.settings import Settings
from rolewise.web.own import NONE_CHOSEN
from web_fixtures import answers, asked, open_page, served

HANDBOOK = "# Handbook\n\n## First week\n\nThe facilities desk hands out laptops on the first day.\n"


@pytest.fixture(scope="module")
def own(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Advisor]:
    """An advisor with a home of its own, which the tests may change."""
    folder = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(home, folder, symlinks=True)
    advisor = Advisor(Settings(home=folder, model="none"))
    advisor.load()
    yield advisor
    advisor.close()


@pytest.fixture(scope="module")
def page(browser: Browser, own: Advisor, uploads: Path) -> Iterator[Page]:
    with served(own) as address:
        page = open_page(browser, address, viewport={"width": 1280, "height": 900})
        page.get_by_role("tab", name="Sources", exact=True).click()
        page.wait_for_selector(".rw-document")
        yield page
        page.context.close()


def test_added_documents_are_listed_and_answer_and_go_again(
    page: Page, own: Advisor, uploads: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "handbook.md", tmp_path / "report.pdf"
    good.write_text(HANDBOOK, encoding="utf-8")
    bad.write_bytes(b"MZ\x90\x00 this is no PDF")
    before = page.locator(".rw-document").count()
    with page.expect_file_chooser() as chosen:
        page.locator("#rw-add").click()
    chosen.value.set_files([good, bad])
    expect(page.locator(".rw-document")).to_have_count(before + 1, timeout=60_000)
    told = page.locator("#rw-own-told")
    expect(told).to_contain_text("handbook.md: added. Handbook")
    expect(told).to_contain_text("report.pdf: failed. It is a program")
    assert "own:" not in told.inner_text() and str(uploads) not in told.inner_text()
    assert not [p for p in uploads.rglob("*") if p.is_file() and p.stat().st_size], "the uploaded copies are gone"

    answer = own.invoke("Who hands out laptops?")
    assert answer.status == "answered" and answer.citations[0].source_id.startswith("article:own/")

    big = tmp_path / "big.txt"
    big.write_bytes(b" " * 21_000_000)
    with page.expect_file_chooser() as chosen:
        page.locator("#rw-add").click()
    chosen.value.set_files(big)
    expect(page.locator(".toast-message-text")).to_have_text(
        'Not taken: larger than 20 MB, the most that the page takes: "big.txt"'
    )
    page.locator("#rw-remove").click()
    expect(told).to_have_text(NONE_CHOSEN)

    page.locator("#rw-names input").click()
    page.get_by_role("option", name="Handbook").click()
    page.keyboard.press("Escape")
    page.locator("#rw-remove").click()
    expect(page.locator(".rw-document")).to_have_count(before, timeout=60_000)
    assert own.invoke("Who hands out laptops?").status == "not_in_sources"
    assert good.read_text(encoding="utf-8") == HANDBOOK


def test_the_chat_follows_what_another_process_adds(page: Page, own: Advisor, tmp_path: Path) -> None:
    paper = tmp_path / "handbook.md"
    paper.write_text(HANDBOOK, encoding="utf-8")
    assert rolewise_process("add", str(paper), home=own.settings.home, model="none").code == 0
    page.get_by_role("tab", name="Chat", exact=True).click()
    asked(page, "Who hands out laptops?")
    assert "The facilities desk hands out laptops" in answers(page)[-1]
