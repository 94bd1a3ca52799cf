"""Comparisons of two things that are no roles: each side is told, and one that the sources don't know is said to be unknown."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("what did developers earn against data scientists in May 2024?", "133,080", "112,590"),
        ("who earned more in 2024, software developers or data scientists?", "133,080", "112,590"),
        ("is the median pay of research scientists higher than that of software developers in May 2024?", "140,910", "133,080"),
        ("compare the 2024 BLS pay of developers and computer scientists", "133,080", "140,910"),
    ],
)  # fmt: skip
def test_a_comparison_gets_both_sides(advisor: Advisor, question: str, first: str, second: str) -> None:
    answer = advisor.invoke(question)
    assert answer.status == "answered"
    assert first in answer.answer
    assert second in answer.answer


@pytest.mark.parametrize(
    ("question", "unknown", "told"),
    [
        ("which pays better, Canada or Brazil, for machine learning engineers?", "Brazil", "157,900"),
        ("pay of AI engineers compared to plumbers", "plumbers", "166,000"),
        ("will jobs for data scientists grow faster than for nurses?", "nurses", "33.5%"),
        ("who makes more, MLOps engineers or data engineers?", "data engineers", "160,000"),
    ],
)
def test_a_side_that_the_sources_do_not_know_is_said_to_be_unknown(
    advisor: Advisor, question: str, unknown: str, told: str
) -> None:
    answer = advisor.invoke(question)
    assert answer.status == "partly"
    assert f"don't say that of “{unknown}”" in answer.answer
    assert told in answer.answer


def test_which_of_two_is_answered_with_the_one_that_has_more_and_no_yes(advisor: Advisor) -> None:
    answer = advisor.invoke("is PyTorch or TensorFlow asked for more in job adverts?").answer
    assert answer.startswith("TensorFlow is named in 287")
    less = advisor.invoke("does Germany or the UK pay data scientists less?").answer
    assert less.startswith("The median pay for the job title Data Scientist in the UK")


@pytest.mark.parametrize(
    "question",
    [
        "Is Python or R enough for a lead?",
        "Did fewer than half of the data scientists use Jupyter in the Kaggle survey?",
    ],
)
def test_what_is_no_second_side_is_not_said_to_be_unknown(advisor: Advisor, question: str) -> None:
    assert "say that of" not in advisor.invoke(question).answer
