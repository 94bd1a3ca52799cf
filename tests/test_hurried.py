"""Words as they are typed in a hurry, remarks beside a question, and follow-ups that turn a comparison round or choose of what was told."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.advisor.hurried import unhurried


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat langs shud i learn", "what languages should i learn"),
        ("r they still there", "are they still there"),
        ("is R needed or r u sure", "is R needed or are you sure"),
        ("which reqs w/o a degree", "which requirements without a degree"),
        ("is pytorch hard", "is pytorch hard"),
        ("mail me at da@example.edu", "mail me at da@example.edu"),
    ],
)
def test_whole_words_stand_for_hurried_ones(typed: str, meant: str) -> None:
    assert unhurried(typed) == meant


def test_a_hurried_follow_up_carries_no_word_that_nobody_knows(advisor: Advisor) -> None:
    answer = advisor.invoke(Ask(question="and tools?", history=("wat langs shud a lead know",)))
    assert answer.status == "answered"
    assert "AWS" in answer.answer


@pytest.mark.parametrize("then", ["and the other way round?", "vice versa?", "and the reverse?"])
def test_the_other_way_round_changes_the_two_over(advisor: Advisor, then: str) -> None:
    asked = "What does a lead do that the ML software engineer doesn't?"
    first, turned = (advisor.invoke(Ask(question=q, history=h)).answer for q, h in ((asked, ()), (then, (asked,))))
    assert first.startswith("Named only for the Lead Machine Learning Engineer")
    assert turned.startswith("Named only for the Machine Learning Software Engineer")


def test_a_bare_which_chooses_between_the_last_two(advisor: Advisor) -> None:
    history = ("how many ads ask for Python?", "and Java?")
    answer = advisor.invoke(Ask(question="so which?", history=history)).answer
    assert "Python is named" in answer
    assert "Java is named" in answer


@pytest.mark.parametrize(
    "asked",
    [
        "Will AI cost me my job?",
        "Should I found a firm of my own after being senior?",
        "Will AI replace all seniors soon?",
    ],
)
def test_adverts_that_share_a_word_say_yes_to_nothing(advisor: Advisor, asked: str) -> None:
    assert not advisor.invoke(asked).answer.startswith("Yes")


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("How many of the salaries of ML engineers are for remote work?", "what percent?"), "19%"),
        (("How often does SQL show up in the job ads?", "And Java, just to see how bad it is"), "219"),
        (("I'm 16 and like computers, what is a lead machine learning engineer?",), "leads a team"),
        (("Which career ladder is there at GitLab?", "What comes after Senior?"), "Engineering Manager"),
        (("What does an ML engineer earn in the US at the very beginning?",), "139,650"),
        (("What do ML engineers earn in the US?", "does that include bonus?"), "base pay"),
        (("What do data scientists earn in Canada?", "is that base or total compensation?"), "base pay"),
        (("MLE median us", "are those real salaries or adverts?"), "advertised"),
        (("swe salary in london?", "sorry meant ml engineer, autocorrect brain"), "130,464"),
        (("show me jobs that dont need experience",), "Occam AI"),
        (("is the intern job at Occam AI better paid than 50k?",), "Yes: Occam AI"),
        (("What comes after Senior at GitLab?", "Which of those is technical?"), "Staff, the technical one"),
    ],
)
def test_what_is_said_beside_a_question_does_not_hide_it(advisor: Advisor, turns: tuple[str, ...], said: str) -> None:
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))
    assert answer.status == "answered"
    assert said in answer.answer


def test_what_roles_do_not_name_and_adverts_do_is_told_as_such(advisor: Advisor) -> None:
    answer = advisor.invoke("Do leads need SQL?")
    assert answer.status == "partly"
    assert answer.answer.startswith("The sources don't name it for the roles.")
    assert "308" in answer.answer
