"""Sources that another process changes, or somebody edits, while questions are answered."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import rolewise_process
from fault_home import NURSING
from rolewise.advisor import Advisor
from rolewise.advisor.following import Sources
from rolewise.settings import Settings

QUESTION = "How many quokkas live in the glass office?"
OWN = """---
title: Notes on the glass office
publisher: me
published: 2026-01-02
licence: mine
---
# Notes on the glass office

Exactly {} quokkas live in the glass office.
"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Iterator[Advisor]:
    """An advisor that answers for a page, on a corpus that can be edited."""
    folder = tmp_path_factory.mktemp("serving")
    corpus = shutil.copytree(NURSING, folder / "corpus")
    settings = Settings(home=folder / "home", corpus=corpus, model="none")
    settings.home.mkdir()
    settings.encoder_folder.symlink_to(encoder, target_is_directory=True)
    advisor = Advisor(settings)
    advisor.load()
    yield advisor
    advisor.close()


def test_what_another_process_takes_in_and_out_is_in_the_next_answer(serving: Advisor, tmp_path: Path) -> None:
    assert serving.invoke(QUESTION).status == "not_in_sources"
    settings = {"home": serving.settings.home, "corpus": serving.settings.corpus, "model": "none"}
    paper = tmp_path / "glass.md"
    paper.write_text(OWN.format("seven"))
    assert rolewise_process("add", str(paper), **settings).code == 0
    found = serving.invoke(QUESTION)
    assert "seven" in found.answer and found.citations[0].quote == "Exactly seven quokkas live in the glass office."
    assert rolewise_process("remove", "glass.md", **settings).code == 0
    assert serving.invoke(QUESTION).status == "not_in_sources"


def test_processes_with_and_without_own_documents_do_not_undo_each_other_s_index(
    serving: Advisor, tmp_path: Path
) -> None:
    with_own = serving.settings
    paper = tmp_path / "glass.md"
    paper.write_text(OWN.format("seven"))
    assert rolewise_process("add", str(paper), home=with_own.home, corpus=with_own.corpus).code == 0
    assert "seven" in serving.invoke(QUESTION).answer
    without = Advisor(with_own.model_copy(update={"own": False}))
    assert without.load().removed == 0 and without.invoke(QUESTION).status == "not_in_sources"
    assert "seven" in serving.invoke(QUESTION).answer
    without.close()
    again = Advisor(with_own)
    found = again.load()
    assert (found.added, found.removed) == (0, 0) and "seven" in again.invoke(QUESTION).answer
    again.close()
    assert rolewise_process("remove", "glass.md", home=with_own.home, corpus=with_own.corpus).code == 0


def test_an_edited_source_is_read_anew_and_a_broken_one_told_until_it_is_mended(serving: Advisor) -> None:
    file = serving.settings.corpus / "articles" / "glass.md"
    file.write_text(OWN.format("nine"))
    assert "nine" in serving.invoke(QUESTION).answer
    assert serving.invoke(QUESTION).notices == ()
    file.write_text("---\ntitle: [broken\n---\n")
    for _ in range(2):
        answer = serving.invoke(QUESTION)
        assert "nine" in answer.answer
        assert (
            "The sources have changed and cannot be taken in" in answer.notices[0] and "glass.md" in answer.notices[0]
        )
    file.write_text(OWN.format("eleven"))
    answer = serving.invoke(QUESTION)
    assert "eleven" in answer.answer and answer.notices == ()
    file.unlink()
    (answer,) = list(serving.stream(QUESTION))[-1:]
    assert answer.status == "not_in_sources"


def test_looking_costs_well_under_a_millisecond_and_never_more_than_a_hundredth_of_the_time(tmp_path: Path) -> None:
    few = Sources([NURSING])
    few.read(few.look())
    took = []
    for _ in range(50):
        started = time.perf_counter()
        assert not few.changed
        took.append(time.perf_counter() - started)
    assert min(took) < 0.001
    for at in range(3_000):
        (tmp_path / f"{at}.md").touch()
    many = Sources([tmp_path])
    many.read(many.look())
    assert not many.changed
    (tmp_path / "0.md").unlink()
    assert not many.changed  # the next look is due after a hundred times as long as the last one took
    started = time.monotonic()
    while not many.changed:
        assert time.monotonic() - started < 30
        time.sleep(0.01)
