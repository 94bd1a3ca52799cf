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
        ("isnt it just meetings", "isn't it just meetings"),
        ("n in uk?", "and in uk?"),
        ("n=5 is thin", "n=5 is thin"),
        ("which 1 pays more", "which one pays more"),
        ("level 1 or 2, which", "level 1 or 2, which"),
        ("a PhD (comp. neuroscience), eng. managers", "a PhD (comp neuroscience), eng managers"),
        ("do they use it by any chance", "do they use it"),
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
        (("are there any internships listed", "how much does it pay"), "60K to 96K"),
        (("any remote jobs listed", "which 1 pays more"), "Research Engineer"),
        (
            ("tell me about the internship", "who is offering that", "is there anything else from them?"),
            "Founding AI Engineer",
        ),
        (
            ("skills to screen for, ML software engineer", "and lead", "so whats only in the lead list"),
            "Named only for the Lead",
        ),
        (
            ("what's a mlops engineer paid in the US", "vs ml infra?", "and ai engineers", "which of those pays best"),
            "180,000",
        ),
        (("I'm on a 30k stipend, what would an ML scientist make in the US",), "166,952"),
        (("Salaries for AI engineers.", "Senior then.", "Cheaper than MLE?"), "200,000"),
        (
            ("what does a mid level engineering manager earn?", "and senior?", "all levels together?"),
            "is USD 250,000 a year",
        ),
        (("I'm a junior MLE in the States. What could I be earning?",), "139,650"),
        (("I'm a junior MLE in the States. What could I be earning?", "and one level up?"), "170,700"),
        (("I'm a data scientist in Berlin. How much should I make?",), "77,378"),
        (("are data scientists growing", "wow. how many new jobs is that exactly"), "82,500"),
        (("ml infra vs mlops, pay", "wait 180 for infra, from how many"), "n=33"),
        (("whats the advertised range for mlops roles", "and ml engineer"), "152,000"),
        (("what skills do i need for ml software engineer", "which ones do the job ads ask for most"), "662"),
        (("any internships in there?", "whats the money like"), "60K to 96K"),
        (("is ML engineer paid more than data scientist?", "so ML wins. is that so in the UK as well?"), "130,464"),
        (
            ("any AI jobs in new york?", "ok forget that. do ml engineers in france earn ok, my cousin lives in lyon"),
            "n=9",
        ),
        (("How many of the jobs really insist on a doctorate?",), "is not known"),
        (
            (
                "I led a team of five once. Would lead ML engineer be something for me?",
                "honestly i never liked the reports. maybe the other one?",
            ),
            "counts",
        ),
        (("We run everything on Jenkins and Docker. Would the lead need that too?",), "Docker"),
        (("How many of the job adverts ask for PhD?",), "is not known"),
        (("What share of job adverts require a PhD?", "Why isn't that known?"), "conflicting"),
        (
            ("Which role is right for a person who hates meetings?",),
            "leans towards the Machine Learning Software Engineer",
        ),
        (("which is better for people who love statistics and R",), "leans towards the Lead"),
        (("I was a Java developer. Which of the two roles would be the easier door for me?",), "Java counts for"),
        (("Does a PhD help for a lead position?", "and for the non-lead one?"), "Bachelor's or Master's"),
    ],
)
def test_what_is_said_beside_a_question_does_not_hide_it(advisor: Advisor, turns: tuple[str, ...], said: str) -> None:
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))
    assert answer.status == "answered"
    assert said in answer.answer


@pytest.mark.parametrize(
    "turns",
    [
        ("How many openings a year for data scientists?", "by state?"),
        ("I'm shy, would I have to lead people?", "Which university would you recommend?"),
        ("Did a lead ever go back to being an individual contributor?", "and did he take a pay cut"),
    ],
)
def test_what_is_new_in_a_short_follow_up_and_untold_is_declined(advisor: Advisor, turns: tuple[str, ...]) -> None:
    assert advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).status == "not_in_sources"


def test_another_word_that_ends_like_no_makes_nobody_new_to_it(advisor: Advisor) -> None:
    assert "Being new" not in advisor.invoke("I have casino experience. Lead or software?").answer


def test_why_not_the_other_one_is_asked_of_the_advice(advisor: Advisor) -> None:
    turns = ("I lead three people, know Python and hate presenting. Which role for me?", "hm why not the other one")
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer
    assert "counts against" in answer or "leans" in answer, answer


def test_what_roles_do_not_name_and_adverts_do_is_told_as_such(advisor: Advisor) -> None:
    answer = advisor.invoke("Do leads need SQL?")
    assert answer.status == "partly"
    assert answer.answer.startswith("The sources don't name it for the roles.")
    assert "308" in answer.answer
