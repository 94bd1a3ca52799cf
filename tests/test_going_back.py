"""A follow-up that calls rows of an earlier answer something means these: "the remote ones", "back to that job"."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask

SAN_FRANCISCO = ("Any jobs in San Francisco?", "What is the outlook for data scientists?")


def asked(advisor: Advisor, *turns: str) -> str:
    return advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer


def test_who_goes_back_means_the_rows_of_the_answer_before_the_last(advisor: Advisor) -> None:
    assert "Cere Network" in asked(advisor, *SAN_FRANCISCO, "OK, back to that job: what does it pay?")
    pays = asked(
        advisor, "Any remote jobs?", "Anything in New York?", "Going back to the remote ones, which pays best?"
    )
    assert "Research Engineer" in pays and "New York" not in pays and "Ecosystem" not in pays


@pytest.mark.parametrize(
    ("turns", "meant"),
    [
        (("What does Allora Labs advertise?", "The manager job, what does it pay?"), "Ecosystem Manager"),
        (("Which jobs are remote?", "Is the ecosystem one for seniors?"), "Ecosystem Manager"),
        (("Show me the jobs", "And the internship?", "And what does it pay?"), "AI Engineer Intern"),
    ],
)
def test_one_row_is_meant_by_a_word_that_it_says(advisor: Advisor, turns: tuple[str, ...], meant: str) -> None:
    answer = asked(advisor, *turns)
    assert meant in answer
    assert answer.count("advertised the job") == 1


def test_a_list_is_narrowed_twice(advisor: Advisor) -> None:
    answer = asked(advisor, "Show me senior jobs", "And only the remote ones please", "Which of those pays best?")
    assert "Research Engineer" in answer and answer.count("advertised") == 1


def test_the_role_is_no_row(advisor: Advisor) -> None:
    answer = asked(advisor, "Show me the jobs", "What skills does the lead position need?")
    assert "advertised" not in answer and "Lead Machine Learning Engineer" in answer


def test_what_no_answer_gave_is_looked_for_among_all(advisor: Advisor) -> None:
    assert "AI Engineer Intern" in asked(advisor, "Any remote jobs?", "What about the junior ones?")
