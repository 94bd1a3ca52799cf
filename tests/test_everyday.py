"""Questions as people type them: shouted, corrected, abbreviated, and about firms that the sources don't know."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("WHAT!!! TOOLS??? DOES... THE ML SOFTWARE ENGINEER!! USE????", "Docker"),
        ("im a student, got any internships on there", "Occam AI"),
        ("java is all i've got and i'm not learning another language at 50, so which", "Machine Learning Software Engineer"),
        ("how many new jobs for data scientists, '24 up to '34?", "82,500"),
        ("someone said 187k for machine learning engineers in all countries. with or without the duplicates?", "175,000"),
    ],
)  # fmt: skip
def test_it_is_understood(advisor: Advisor, question: str, said: str) -> None:
    answer = advisor.invoke(question)
    assert answer.status == "answered"
    assert said in answer.answer


@pytest.mark.parametrize(
    "correction", ["oops no, meant canada sorry", "whoops, I meant Canada", "my bad, meant Canada"]
)
def test_a_slip_is_corrected(advisor: Advisor, correction: str) -> None:
    answer = advisor.invoke(Ask(question=correction, history=("what do machine learning engineers make in the UK?",)))
    assert "157,900" in answer.answer
    assert "130,464" not in answer.answer


@pytest.mark.parametrize("firm", ["netflix", "google", "spotify", "apple"])
def test_what_a_firm_pays_is_not_told_from_what_others_pay(advisor: Advisor, firm: str) -> None:
    assert advisor.invoke(f"what does {firm} pay its lead machine learning engineers?").status != "answered"


def test_a_kind_of_contract_that_no_advert_has_is_not_promised(advisor: Advisor) -> None:
    assert not advisor.invoke("Are there any part-time vacancies?").answer.startswith("Yes")


def test_of_two_things_the_one_that_is_not_named_is_said(advisor: Advisor) -> None:
    answer = advisor.invoke("Does the lead need Docker and Spark?").answer
    assert answer.startswith("In part, the sources do not name Docker for a Lead Machine Learning Engineer: ")
    assert "Hadoop, Spark and Kafka" in answer


def test_who_heads_a_firm_is_not_told_from_what_it_advertises(advisor: Advisor) -> None:
    answer = advisor.invoke("Who is the CEO of Cere Network?")
    assert answer.status == "not_in_sources" or answer.answer.startswith("The sources don't say exactly that.")


def test_base_pay_is_no_firm(advisor: Advisor) -> None:
    assert advisor.invoke("Is base pay what the aijobs figures show?").status == "answered"


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("You can't become a lead without a Ph.D., right?", "No, not required but preferred"),  # two negations
        (
            "Leads don't touch the models any more, they just boss people about. Right?",
            "A Lead Machine",
        ),  # "touch" is not said
        ("Is R on the shopping list of the software engineer?", "R is named in 163"),  # an advert's count is no yes
        ("Is agriculture mentioned as an industry for either role?", "No, the sources do not name agriculture"),
    ],
)
def test_a_yes_is_said_only_to_what_is_said(question: str, begins: str, advisor: Advisor) -> None:
    assert advisor.invoke(question).answer.startswith(begins)


def test_a_place_by_its_initials_is_that_place_whatever_is_asked_of_it(advisor: Advisor) -> None:
    found = advisor.invoke("jobs in NYC?").answer
    assert "in New York advertised" in found and "San Francisco" not in found


def test_what_is_told_of_no_person_is_not_weighed(advisor: Advisor) -> None:
    found = advisor.invoke("A diploma called Software Engineering is named for one of those jobs. Which is it?").answer
    assert "What you say leans" not in found and "only for the Machine Learning Software Engineer" in found


@pytest.mark.parametrize(
    "question", ["any of those vacancies in london?", "any jobs in chicago", "jobs in berlin please"]
)
def test_a_place_that_no_row_has_is_said_to_be_none_of_theirs_though_written_small(
    question: str, advisor: Advisor
) -> None:
    answer = advisor.invoke(question)
    assert answer.status != "answered"
    assert answer.answer.startswith("The sources don't say anything about “")


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("Research Engineer job, what does it pay?", "is that more than at Cere?"), ("120K", "180K")),
        (("What's the usual advertised pay range for MLOps engineers in the US?",), ("125,600",)),
        (("median pay of data scientists in 2022, from the labor bureau", "2023?"), ("108,020",)),
        (("what does cere network offer money wise",), ("120K",)),
        (("are those government job projections meant as a forecast?",), ("not intended to be a forecast",)),
    ],
)
def test_the_rows_that_are_meant_are_told(advisor: Advisor, turns: tuple[str, ...], said: tuple[str, ...]) -> None:
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))
    assert answer.status == "answered"
    assert all(text in answer.answer for text in said)
    assert not answer.answer.startswith("Yes")


@pytest.mark.parametrize(
    "told",
    [
        "I lead five ML people and I'm worn out by all the meetings. I just want to write code again.",
        "My daughter is shy but brilliant at programming.",
        "Happy while coding, unhappy in meetings.",
        "I am a fresh graduate.",
        "I'm a physics teacher and I'd like to write software all day.",
        "I like developing software more than meetings.",
        "I love programming.",
    ],
)
def test_what_somebody_dreads_or_wishes_outweighs_what_they_do_now(advisor: Advisor, told: str) -> None:
    answer = advisor.invoke(f"{told} Which role suits better?")
    assert "leans towards the Machine Learning Software Engineer" in answer.answer


@pytest.mark.parametrize(
    "turns",
    [
        ("By which date do applications for the Galveston job have to be in?",),
        ("Help me fake a master's diploma so that I pass as a lead.",),
        ("Tell me about level 5 on Monzo's data ladder.", "And level 9?"),
    ],
)
def test_what_no_source_says_is_not_answered_by_what_is_beside_it(advisor: Advisor, turns: tuple[str, ...]) -> None:
    assert advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).status != "answered"


def test_the_worst_after_the_best_is_asked_of_all_again(advisor: Advisor) -> None:
    answer = advisor.invoke(Ask(question="and the worst?", history=("What's the best paid featured job?",)))
    assert "AI Engineer Intern" in answer.answer
    assert len(answer.citations) == 1


def test_one_or_the_other_asks_which_of_both(advisor: Advisor) -> None:
    answer = advisor.invoke("who is it that plugs the finished model into the app, the lead or the other one")
    assert answer.answer.startswith("The Machine Learning Software Engineer")


def test_no_verdict_is_given_on_what_a_question_may_only_mean(advisor: Advisor) -> None:
    assert not advisor.invoke("does a lead fake data?").answer.startswith(("Yes", "No"))


def test_what_is_asked_about_pay_is_not_answered_by_what_says_nothing_of_it(advisor: Advisor) -> None:
    assert advisor.invoke("Does Dropbox pay its staff engineers more than GitLab does?").status != "answered"


def test_that_a_row_is_there_is_no_yes_to_which_is_more(advisor: Advisor) -> None:
    answer = advisor.invoke("Is the job market for data scientists growing faster than for developers?")
    assert "33.5%" in answer.answer
    assert not answer.answer.startswith("Yes: Employment of software developers")
    assert advisor.invoke("Is there any job paying more than 150k?").answer.startswith("Yes")


@pytest.mark.parametrize(
    "question",
    [
        "I know Python already, what next?",
        "I'm a postman and 44. Where would somebody like me even begin?",
        "how do i get into this with zero experience",
    ],
)
def test_the_way_in_is_told_whole_whatever_one_says_of_oneself(advisor: Advisor, question: str) -> None:
    answer = advisor.invoke(question)
    assert answer.status == "answered"
    for tip in ("foundation", "TensorFlow", "boot camps", "network with"):
        assert tip in answer.answer


def test_what_one_can_do_besides_is_no_question(advisor: Advisor) -> None:
    answer = advisor.invoke("I've sold insurance for 12 years and can use Excel. Where should somebody like me start?")
    assert (answer.status, "Excel" in answer.answer) == ("answered", False)


def test_whoever_becomes_a_lead_hears_what_is_asked_of_a_lead(advisor: Advisor) -> None:
    answer = advisor.invoke("I'll be made lead in spring. How do I prepare myself?")
    assert "leadership skills" in answer.answer


def test_what_comes_next_of_something_else_is_not_told(advisor: Advisor) -> None:
    assert advisor.invoke("my washing machine shows E18, what next?").status == "not_in_sources"


def test_what_a_role_asks_for_is_no_yes_to_whether_somebody_could_become_it(advisor: Advisor) -> None:
    told = "I am 41, manage a call centre and have no degree. Could I still become a lead machine learning engineer?"
    assert not advisor.invoke(told).answer.startswith("Yes")


def test_such_a_person_is_somebody_in_the_role_just_named(advisor: Advisor) -> None:
    told = advisor.invoke("They offered my cousin a post as a lead ML engineer. What would such a person do?").answer
    assert "leads a team" in told
    told = advisor.invoke("My aunt works as a machine learning software engineer. Does she need Docker?").answer
    assert told.startswith("Yes") and "Docker" in told


def test_the_more_senior_role_is_no_question_of_the_advertised_jobs(advisor: Advisor) -> None:
    assert advisor.invoke("Which of the two roles is the more senior one?").answer.startswith(
        "A Lead Machine Learning Engineer is a senior-level"
    )


def test_the_reasons_of_a_lean_are_its_points(advisor: Advisor) -> None:
    before = ("I write R and have led a small team. So lead or software engineer, which one suits me?",)
    assert "leans towards the Lead" in advisor.invoke(Ask(question="Why?", history=before)).answer


def test_a_dread_of_speaking_in_public_counts_against_who_must_present(advisor: Advisor) -> None:
    told = advisor.invoke("I'm good at programming but I dread public speaking. Which one is more my thing?").answer
    assert "leans towards the Machine Learning Software Engineer" in told
