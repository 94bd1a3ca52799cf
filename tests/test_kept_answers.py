"""An answer given before comes at once, and never outlives the sources, the model or the day that it was given by."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel

from conftest import with_index
from model_server import Endpoint, good
from rolewise.advisor import Advisor, Answer, Ask, kept
from rolewise.advisor.composition import Composition
from rolewise.advisor.evidence import Evidence, Point
from rolewise.advisor.question import Question
from rolewise.advisor.understand import Understander
from rolewise.advisor.work import Work
from rolewise.chat_model import ChatModel
from rolewise.index import MiniLM
from rolewise.settings import Settings

QUESTION = "How many whistles does the Quokka badge ask for?"
PLAIN = "What does a Lead Machine Learning Engineer do?"
OWN = """---
title: Badges
publisher: Us
published: 2026-01-01
licence: ours
---

# Quokka badge

The Quokka badge asks for {} whistles.
"""


@pytest.fixture(scope="module")
def advisor(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Advisor]:
    """With the shared home's encoder, and an index of its own, since these tests change it."""
    advisor = Advisor(with_index(Settings(home=tmp_path_factory.mktemp("own"), model="none"), home))
    advisor.load()
    yield advisor
    advisor.close()


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that went through the chain."""
    asked: list[str] = []
    understand = Understander.understand

    def counted(self: Understander, message: str, *rest: Any) -> Any:
        asked.append(message)
        return understand(self, message, *rest)

    monkeypatch.setattr(Understander, "understand", counted)
    return asked


def same(one: Answer, other: Answer) -> bool:
    return one.model_copy(update={"id": other.id, "timings": other.timings}) == other


def test_the_same_question_after_the_same_conversation_is_not_searched_again(
    advisor: Advisor, searches: list[str]
) -> None:
    advisor.use_model(advisor.settings)
    first = advisor.invoke(PLAIN)
    (again,) = advisor.stream(PLAIN)
    third = asyncio.run(advisor.ainvoke(Ask(question=PLAIN, id="mine")))
    assert searches == [PLAIN]
    assert same(first, again) and same(first, third)
    assert first.id != again.id and third.id == "mine"
    assert again.timings.total_s < first.timings.total_s
    advisor.invoke(Ask(question=PLAIN, history=("Which role pays more?",)))
    assert searches == [PLAIN, PLAIN]


def test_no_kept_answer_outlives_documents_that_came_changed_or_went(advisor: Advisor) -> None:
    file = _own_folder(advisor) / "quokka.md"
    assert advisor.invoke(QUESTION).status == "not_in_sources"
    for count in ("seven", "nine"):
        file.write_text(OWN.format(count))
        advisor.renew()
        assert count in advisor.invoke(QUESTION).answer
        assert count in advisor.invoke(QUESTION).answer
    file.unlink()
    advisor.renew()
    assert advisor.invoke(QUESTION).status == "not_in_sources"


def _own_folder(advisor: Advisor) -> Path:
    folder = advisor.settings.own_corpus / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_an_answer_begun_before_the_sources_changed_is_not_kept_for_those_after(advisor: Advisor) -> None:
    answers = advisor.stream("Compare the two roles.")
    next(answers)
    advisor.renew()
    list(answers)
    with advisor.lent() as parts:
        assert parts.kept.get(Ask(question="Compare the two roles."), None) is None


def test_another_model_words_the_question_anew_and_no_model_gives_its_own_words_back(advisor: Advisor) -> None:
    plain = advisor.invoke(PLAIN)
    endpoint = Endpoint(good, ())
    try:
        chosen = {"model": "openai:stub", "model_url": endpoint.url}
        advisor.use_model(advisor.settings.model_copy(update=chosen))
        worded = advisor.invoke(PLAIN)
        assert worded.model == "stub" and plain.model is None
        advisor.use_model(advisor.settings)
        assert same(advisor.invoke(PLAIN), plain)
    finally:
        endpoint.close()


def test_a_kept_answer_ends_with_its_day(
    advisor: Advisor, searches: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    advisor.use_model(advisor.settings)
    advisor.invoke(PLAIN)

    class Tomorrow(kept.date):
        @classmethod
        def today(cls) -> kept.date:
            return cls(2030, 1, 1)

    monkeypatch.setattr(kept, "date", Tomorrow)
    advisor.invoke(PLAIN)
    assert searches == [PLAIN, PLAIN]


def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_ANSWERS", 2)
    answers = kept.KeptAnswers()
    for question in ("a", "b", "c"):
        answer = Answer(id="x", question=question, standalone_question=question, status="answered", answer=question)
        answers.keep(Ask(question=question), None, answer)
    assert [answers.get(Ask(question=q), None) is None for q in ("a", "b", "c")] == [True, False, False]


def test_who_asks_while_the_model_is_busy_gets_the_sources_words_at_once_and_they_are_not_kept(
    advisor: Advisor,
) -> None:
    ask, model = (
        Ask(question="What is said?"),
        ChatModel("busy", "large", FakeListChatModel(responses=["Never asked."])),
    )
    while model.turns.acquire(blocking=False):
        pass  # every turn is somebody else's
    with advisor.lent() as lent:
        parts = replace(lent, model=model)
    passage = next(p for p in parts.corpus.passages if p.kind == "sentence")
    question = Question(ask.question, ask.question, "fact")
    standing = parts.interview.standing(ask.question, ())
    evidence = Evidence("answered", (Point(passage.text, (passage,)),))
    for free in (False, True):
        if free:
            model.turns.release()
        work = Work(ask, 0.0, standing, (question,), ((),), (evidence,), kept=parts.kept)
        *_, answer = Composition(work, parts).snapshots()
        assert passage.text.rstrip(".") in answer.answer  # what the model says has no marker, so it never stands
        assert answer.drafted == 0 and answer.notices == ()
        assert (parts.kept.get(ask, model) is not None) is free


def test_a_text_is_embedded_once_however_often_a_question_needs_it(
    encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = MiniLM(encoder)
    embedder.load()
    runs: list[list[str]] = []
    original = embedder._encoder.encode
    monkeypatch.setattr(embedder._encoder, "encode", lambda texts: runs.append(texts) or original(texts))  # type: ignore[func-returns-value]
    first = embedder.embed_query("Is a degree needed?")
    assert embedder.embed_documents(["Is a degree needed?", "new", "new"])[0] == first
    assert embedder.embed_query(" is a  degree needed?") == first, "the tokenizer takes both for the same"
    assert len(runs) == 2
    assert embedder.embed_query("[SEP]") != embedder.embed_query("[sep]")


def test_what_a_question_is_compared_with_is_embedded_at_once(
    advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = advisor._loaded.embedder._encoder
    runs: list[list[str]] = []
    original = encoder.encode
    monkeypatch.setattr(encoder, "encode", lambda texts: runs.append(texts) or original(texts))  # type: ignore[func-returns-value]
    history, message = ("And who polishes a samovar?", "Hello"), "Does the lead have to bring a gazebo?"
    (question,) = advisor._loaded.understander.understand(message, history)
    advisor._gather(question, advisor._loaded.found(question))
    words, before, texts = runs
    assert {"polishes", "samovar", "gazebo"} <= {*words}
    assert {question.masked, question.standalone.lower(), question.bare} <= {*before, *texts}
