"""Follow-ups on the answer before: of when, from where, per year or month, in which money. They ask for nothing new."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.advisor.of_answer import asked_of_answer
from rolewise.evaluation.support import Grader

PAY = "What do data scientists make in Canada?"
GROWTH = "How fast do jobs for data scientists grow?"
DUTIES = "What does the lead do?"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("says who?", "source"), ("are you sure?", "source"), ("really?", "source"), ("how old is that number?", "source"),
        ("isn't that outdated?", "source"), ("from when is that?", "source"), ("how did they get that number?", "source"),
        ("who says that, one guy?", "source"), ("is that still true in 2026?", "source"), ("can I rely on that?", "source"),
        ("is that per year?", "period"), ("a month or a year?", "period"), ("so that's a year, right?", "period"),
        ("in dollars?", "currency"), ("which currency is that?", "currency"), ("is that in the US?", "place"),
        ("which country is that for?", "place"), ("is that true everywhere?", "place"), ("is that the median or the mean?", "middle"),
        ("is that a lot?", "judgement"), ("ok but is that good pay?", "judgement"), ("thin sample on that, no?", "sample"),
        ("how many rows do you have for each?", "sample"), ("why can't you give me a number?", "reason"),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_answer_before_is_told_apart(asked: str, kind: str) -> None:
    assert asked_of_answer(asked) == kind


@pytest.mark.parametrize(
    "asked",
    ["and in Germany?", "is that firm a big one?", "for what?", "is it remote?", "is that a problem?", "what about the lead?",
     "is that still the current projection?", "are they paid more?", "is that more than at Cere?", "which skills are these?",
     "is that enough?", "is it enough for the lead?"],
)  # fmt: skip
def test_a_question_of_its_own_is_none_of_these(asked: str) -> None:
    assert asked_of_answer(asked) == ""


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (PAY, "is that per year?", "136,800 a year"),
        (PAY, "in dollars?", "USD 136,800"),
        (PAY, "is that in the US?", "in Canada"),
        (PAY, "how old is that number?", "2025-01-19"),
        (PAY, "is that the median or the mean?", "median"),
        (GROWTH, "which country is that for?", "US Bureau of Labor Statistics"),
        (GROWTH, "are you sure?", "Employment projections"),
        (DUTIES, "is that still current?", "2023-12-06"),
        ("Is the lead paid more than the software engineer?", "how many rows do you have for each?", "n=5 and n=15"),
    ],
)
def test_what_was_told_holds_it(advisor: Advisor, before: str, asked: str, told: str) -> None:
    answer = advisor.invoke(Ask(question=asked, history=(before,)))
    assert answer.status == "answered" and told in answer.answer, answer.answer
    assert not answer.answer.startswith(("Yes", "No"))
    assert Grader(advisor.corpus).support(answer).unsupported == ()


@pytest.mark.parametrize(
    "asked", ["is that per year?", "in dollars?", "is that in the US?", "is that the mean?", "thin sample?"]
)
def test_what_was_told_does_not_hold_it(advisor: Advisor, asked: str) -> None:
    answer = advisor.invoke(Ask(question=asked, history=(DUTIES,)))
    assert answer.status == "not_in_sources", answer.answer


def test_nobody_judges_what_the_sources_do_not(advisor: Advisor) -> None:
    answer = advisor.invoke(Ask(question="is that a lot?", history=(PAY,)))
    assert answer.status == "partly" and "don't judge" in answer.answer and "136,800" in answer.answer
    compared = "How fast did the comparison say jobs of research scientists grow from 2019?"
    answer = advisor.invoke(Ask(question="is that a lot?", history=(compared,)))
    assert answer.status == "answered" and "faster than the average" in answer.answer


def test_one_s_own_case_is_weighed_and_not_left_unjudged(advisor: Advisor) -> None:
    told = "I have a bachelor's in computer science and know Python. Lead or software?"
    answer = advisor.invoke(Ask(question="is that good?", history=(told,)))
    assert "don't judge" not in answer.answer and "Bachelor's degree" in answer.answer


@pytest.mark.parametrize(
    "between", ["is that a lot?", "are you sure?", "does that include bonus?", "is that with bonus?", "in dollars?"]
)
def test_what_follows_goes_on_from_the_question_before_it(advisor: Advisor, between: str) -> None:
    turns = ("What does a machine learning engineer make in the US?", between, "and for seniors?")
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))
    assert "Machine Learning Engineer at senior level in the US is USD 200,000" in answer.answer


def test_so_does_what_follows_a_difference(advisor: Advisor) -> None:
    turns = ("what's better paid, ds or mle?", "by how much?", "n in the uk?")
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))
    assert "130,464" in answer.answer and "75,000" in answer.answer
