"""Who asks what the tables hold gets their values, each with a row that has it."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.evaluation.support import Grader


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Which countries do you have pay for?", ("UK", "Canada", "Germany")),
        ("what job titles do you cover", ("Data Scientist", "MLOps Engineer")),
        ("which occupations does the data include?", ("software developers", "data scientists")),
        ("ok which companies do you know", ("Occam AI", "Cere Network")),
    ],
)
def test_the_values_of_a_column_are_listed_and_cited(advisor: Advisor, asked: str, named: tuple[str, ...]) -> None:
    answer = advisor.invoke(asked)
    assert answer.status == "answered"
    bullets = [line for line in answer.answer.splitlines() if line.startswith("- ")]
    for value in named:
        assert any(value in b for b in bullets)
    assert all("[" in b for b in bullets)
    assert Grader(advisor.corpus).support(answer).unsupported == ()


def test_after_a_country_that_has_no_figure(advisor: Advisor) -> None:
    turns = ("What do ML engineers earn in Spain?", "Which countries do you have then?")
    assert "- UK [" in advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer


@pytest.mark.parametrize(
    "asked",
    ["Which skills do you list for the lead?", "Which tools do you know of?", "Which states do you cover?", "What do the data say?"],
)  # fmt: skip
def test_what_is_asked_of_roles_or_of_no_column_is_not_listed(advisor: Advisor, asked: str) -> None:
    assert "The tables of the sources" not in advisor.invoke(asked).answer
