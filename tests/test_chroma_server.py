"""A pool under load: app processes, a Chroma server and a model server, each killed in turn; no question stays unanswered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chroma_server import ChromaServer
from conftest import ROOT
from pool import Crowd, Process, app, model_server
from rolewise.advisor import Advisor, Answer
from rolewise.settings import Settings

NURSING = ROOT / "examples" / "nursing"
QUESTIONS = (
    "Which of the three prescribes medicines?",
    "What does a ward nurse do?",
    "Do I need a master's degree to become a nurse practitioner?",
    "How often must the advanced practice licence be renewed?",
    "What is the capital of France?",
    "What equipment does an intensive care nurse work with?",
)
ROUNDS = 12 if os.environ.get("ROLEWISE_TEST_SOAK") == "1" else 1
PEOPLE = 3


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> dict[str, Answer]:
    """What one process with an index in a folder answers, in the sources' own words."""
    home = tmp_path_factory.mktemp("alone")
    (home / "encoder").symlink_to(encoder, target_is_directory=True)
    advisor = Advisor(Settings(home=home, corpus=NURSING, model="none"))
    return {question: advisor.invoke(question) for question in QUESTIONS}


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma") / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def pool(
    tmp_path_factory: pytest.TempPathFactory, encoder: Path, chroma: ChromaServer
) -> Iterator[tuple[list[Process], Process]]:
    """Two apps, started at the same time with an empty index, and the model server that they share."""
    folder = tmp_path_factory.mktemp("pool")
    model = model_server(folder / "model.log")
    apps = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "encoder").symlink_to(encoder, target_is_directory=True)
        apps.append(
            app(
                folder / name, folder / f"{name}.log", corpus=NURSING, chroma_url=chroma.url,
                model="openai:facts", model_url=model.url,
            )
        )  # fmt: skip
    for process in (model, *apps):
        process.begin()
    for process in (model, *apps):
        process.wait()
    yield apps, model
    for process in (model, *apps):
        process.kill()


@pytest.mark.timeout(180 + 100 * ROUNDS)
def test_no_question_is_lost_while_one_of_each_is_killed_under_load(
    pool: tuple[list[Process], Process],
    chroma: ChromaServer,
    expected: dict[str, Answer],
    caused: Callable[..., None],
) -> None:
    apps, model = pool
    crowd = Crowd([a.url for a in apps], QUESTIONS, PEOPLE)
    crowd.start()
    crowd.until(lambda answers: len(answers) >= 2 * len(QUESTIONS) and any(a["drafted"] for a in answers))
    kills = 0
    for round_ in range(ROUNDS):
        one = apps[round_ % 2]
        one.kill()
        crowd.until(lambda answers: len(answers) >= 2 * PEOPLE)
        one.begin()
        chroma.kill()
        chroma.start()
        crowd.until(lambda answers: len(answers) >= 2 * PEOPLE)
        model.kill()
        crowd.until(lambda answers: any(a["notices"] for a in answers) and len(answers) >= 2 * PEOPLE)
        model.begin()
        one.wait()
        crowd.until(lambda answers: any(a["drafted"] for a in answers) and len(answers) >= len(QUESTIONS))
        kills += 3
    crowd.stop()
    caused(kills, crowd.lost)
    assert crowd.misses > 0, "nothing was noticed of the kills"
    for _, answer in crowd.answers:
        right = expected[answer["question"]]
        assert (answer["status"], answer["answer"]) == (right.status, right.answer)
        assert [c["quote"] for c in answer["citations"]] == [c.quote for c in right.citations]
    assert {answer["question"] for _, answer in crowd.answers} == set(QUESTIONS)
