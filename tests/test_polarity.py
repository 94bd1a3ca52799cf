"""However somebody says what they like and avoid, and however they ask what fits, the advice never leans the wrong way."""

from __future__ import annotations

import re
import time

import pytest

from rolewise.advisor import Advisor, Ask

LEAD, SOFTWARE = "Lead Machine Learning Engineer", "Machine Learning Software Engineer"
SAID = {
    "I hate managing people": SOFTWARE,
    "I've had enough of managing people": SOFTWARE,
    "I never want to lead a team again": SOFTWARE,
    "My boss wants me to lead people but I don't": SOFTWARE,
    "Leading people is not for me": SOFTWARE,
    "I can't live without coding in Java": SOFTWARE,
    "I know Java but no R": SOFTWARE,
    "I'm good at Git and Docker": SOFTWARE,
    "I love leading people": LEAD,
    "I don't mind leading people": LEAD,
    "I am not afraid of leading people": LEAD,
    "I wouldn't mind managing a team": LEAD,
    "I can't wait to lead a team": LEAD,
    "I cannot imagine not leading people": LEAD,
    "I never get tired of explaining things": LEAD,
    "Nothing beats leading a team": LEAD,
    "I have no problem with explaining models to business people": LEAD,
    "I know R but no Java": LEAD,
}
ASKED = (
    "which one's for me?", "which role suits me?", "what fits me better?", "so which should I pick?", "which way should I go?",
    "lead or software engineer?", "which path is mine?", "so what am I?", "which job would make me happier?", "which career?",
    "am I more of a lead or a software engineer?", "should I be a lead?", "good for lead?", "is the lead right for me?",
)  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_the_advice_leans_as_the_person_does(advisor: Advisor, said: str) -> None:
    other = {LEAD: SOFTWARE, SOFTWARE: LEAD}[SAID[said]]
    answers = {ask: advisor.invoke(f"{said}. {ask[0].upper()}{ask[1:]}").answer for ask in ASKED}
    leans = {ask: re.match(r"What you say leans towards the ([\w ]+?)(?: \[|\.)", a) for ask, a in answers.items()}
    assert {ask: answers[ask] for ask, found in leans.items() if not found or found[1] == other} == {}


def test_no_problem_solving_is_no_liking(advisor: Advisor) -> None:
    points = advisor.personal_points("I have no problem-solving skills")
    assert [p.wanted for p in points if p.item == "problem-solving skills"] == [False]


@pytest.mark.parametrize("asked", [f"still {'a' * 3_000}!", f"{'a' * 3_000} or {'b ' * 900}?", "still " + "a " * 1_500])
def test_long_words_take_no_time(advisor: Advisor, asked: str) -> None:
    started = time.thread_time()
    advisor.invoke(Ask(question=asked, history=("I love leading people. Which role?",)))
    assert time.thread_time() - started < 5


@pytest.mark.parametrize("ask", ASKED)
def test_it_is_asked_in_one_sentence_too(advisor: Advisor, ask: str) -> None:
    assert advisor.invoke(f"I love leading people, {ask}").answer.startswith(f"What you say leans towards the {LEAD}")


@pytest.mark.parametrize(
    "asked",
    [
        "I was told that tools matter, show me those of the lead",
        "As a lead, do I need Java?",
        "My boss asked: what is a lead?",
    ],
)
def test_what_asks_more_than_which_role_is_no_question_of_fit(advisor: Advisor, asked: str) -> None:
    assert "leans towards" not in advisor.invoke(asked).answer


@pytest.mark.parametrize(
    ("turns", "leans"),
    [
        (("I love leading people. Which role?", "And if I also had a PhD?"), f"leans towards the {LEAD}"),
        (("I hate managing people, which one's for me?", "But I love explaining things"), "does not yet decide"),
        (
            ("I hate managing people, which one's for me?", "But I love explaining things", "So still the same?"),
            "does not yet decide",
        ),
        (("I love leading people. Which role?", "But I know Java", "Does that change your advice?"), "Java counts for"),
        (("I love R and PhD life. Which role fits?", "Why?"), f"leans towards the {LEAD}"),
        (("I know Java. Which way should I go?", "Still the same if I learn R?"), "R counts for"),
        (
            ("I love leading people. Which role?", "Would it change if I hated explaining things?"),
            "communication counts against",
        ),
    ],
)
def test_what_is_told_after_the_advice_is_weighed_with_what_was_told_before(
    advisor: Advisor, turns: tuple[str, ...], leans: str
) -> None:
    assert leans in advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer


@pytest.mark.parametrize("ask", ["Which one has the better future?", "Which one works with product managers?"])
def test_which_one_asks_for_a_role_where_nothing_else_was_spoken_of(advisor: Advisor, ask: str) -> None:
    assert advisor.invoke(ask).status == "answered"
    assert advisor.invoke(ask).answer == advisor.invoke(ask.replace("one", "role")).answer
