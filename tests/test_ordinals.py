""" "The first one", "the other", "the second best" after subjects that were named or a list that was told."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask

BOTH_ROLES = "What's the difference between the software engineer and the lead?"


def asked(advisor: Advisor, *turns: str) -> str:
    return advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (("Which jobs are remote?", "What does the second one pay?"), "Ecosystem Manager", "Research Engineer"),
        (("Show me the jobs", "Tell me about the third"), "Research Engineer", "Cere"),
        (("Show me the jobs", "What does the first one pay?", "And the second?"), "Cere Network", "Galveston"),
        (("Which three skills do ads name most?", "How many ads name the second?"), "SQL is named in 308", "Python"),
    ],
)
def test_it_is_a_row_of_the_list_that_was_told(
    advisor: Advisor, turns: tuple[str, ...], said: str, unsaid: str
) -> None:
    answer = asked(advisor, *turns)
    assert said in answer and unsaid not in answer


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (("What do AI engineers earn in the US?", "And MLOps engineers?", "Back to the first, only senior ones"), "AI Engineer at senior level", "MLOps"),
        (("Allora, Occam and Cere, what do they pay?", "And the third one, is it remote?"), "No: Cere Network", "Occam"),
        (("Growth for software developers?", "And data scientists?", "And for the first, how many openings?"), "129,200", "23,400"),
        (("What does the Galveston job pay?", "And the one at Cere?", "Is the first one full-time?"), "Galveston", "Cere"),
        (("How many ads name AWS and Azure?", "Just the first one"), "AWS is named in", "Azure is named"),
        (("What does Monzo say about level 5?", "And 37signals about lead programmers?", "Back to the first one: do they help managers?"), "Monzo", "37signals"),
    ],
)  # fmt: skip
def test_it_is_a_subject_in_the_order_of_their_first_mention(
    advisor: Advisor, turns: tuple[str, ...], said: str, unsaid: str
) -> None:
    answer = asked(advisor, *turns)
    assert said in answer.split("\n\nWhat else")[0] and unsaid not in answer.split("\n\nWhat else")[0]


@pytest.mark.parametrize(
    ("which", "title"),
    [
        ("former", "Machine Learning Software Engineer"),
        ("first role", "Machine Learning Software Engineer"),
        ("latter", "Lead Machine Learning Engineer"),
        ("second one", "Lead Machine Learning Engineer"),
    ],
)
def test_it_is_a_role_as_they_were_named(advisor: Advisor, which: str, title: str) -> None:
    answer = asked(advisor, BOTH_ROLES, f"Which languages does the {which} need?")
    assert answer.startswith(f"A {title} needs")


@pytest.mark.parametrize("ask", ["What is their other job?", "Do they have another one?", "And the other one?"])
def test_the_other_row_of_a_name(advisor: Advisor, ask: str) -> None:
    answer = asked(advisor, "What does Allora's Research Engineer pay?", ask)
    assert "Ecosystem Manager" in answer and "Research Engineer" not in answer


def test_the_other_of_two_that_were_named(advisor: Advisor) -> None:
    turns = ("I know Python and SQL", "How many ads name the first one?", "And the other?")
    assert "Python is named in 662" in asked(advisor, *turns[:2])
    assert "SQL is named in 308" in asked(advisor, *turns)
    assert asked(advisor, "Is Java needed for the software engineer?", "And for the other?").startswith("No,")


@pytest.mark.parametrize(
    ("ask", "then", "row"),
    [
        ("Show me the jobs", "which is the best paid?", "Research Engineer"),
        ("Which jobs does Allora have?", "Which of them pays best?", "Ecosystem Manager"),
    ],
)
def test_the_second_best_of_what_was_told(advisor: Advisor, ask: str, then: str, row: str) -> None:
    assert row in asked(advisor, ask, then, "And the second best?")


def test_an_ordinal_of_something_else_is_left_alone(advisor: Advisor) -> None:
    turns = ("Which jobs are remote?", "What is the first step to become a lead?")
    assert "advertised" not in asked(advisor, *turns)


def test_an_earlier_message_is_understood_as_it_was_when_it_was_asked(advisor: Advisor) -> None:
    turns = ("What is the difference between the two roles?", "Which one of them works with product managers?")
    assert asked(advisor, *turns, "Does that one explain things to non-technical people?").startswith("Yes: a Lead")


@pytest.mark.parametrize(
    ("turns", "both"),
    [
        (("Pay of ML engineers in Canada?", "And in the UK?", "What's the difference?"), ("157,900", "130,464")),
        (
            ("How many ads name AWS?", "And Azure?", "How big is the gap?"),
            ("AWS is named in 281", "Azure is named in 172"),
        ),
    ],
)
def test_the_difference_is_that_between_the_last_two(
    advisor: Advisor, turns: tuple[str, ...], both: tuple[str, str]
) -> None:
    answer = asked(advisor, *turns)
    assert all(figure in answer for figure in both) and answer.count("- ") >= 2


def test_the_difference_after_two_roles_is_that_between_them(advisor: Advisor) -> None:
    answer = asked(advisor, "What does a lead do?", "And the software engineer?", "So what's the difference?")
    assert "Named for both roles" in answer


def test_the_year_before_is_asked_of_what_was_spoken_of(advisor: Advisor) -> None:
    turns = ("What did software developers earn in May 2024?", "And for them, one year earlier?")
    assert "132,270" in asked(advisor, *turns)
