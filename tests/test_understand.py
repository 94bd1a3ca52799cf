"""What a message is taken to ask, with the conversation behind it."""

from __future__ import annotations

import pytest

from rolewise.advisor.question import Outcome, Question
from rolewise.advisor.understand import Understander
from rolewise.corpus import Corpus

LEAD = "lead-machine-learning-engineer"
SOFTWARE = "machine-learning-software-engineer"


@pytest.fixture(scope="module")
def understander(corpus: Corpus) -> Understander:
    return Understander(corpus)


def one(understander: Understander, *turns: str) -> Question:
    questions = understander.understand(turns[-1], turns[:-1])
    assert len(questions) == 1, questions
    return questions[0]


@pytest.mark.parametrize(
    ("message", "form"),
    [
        ("Do I need a PhD to become a lead?", "yes_no"),
        ("Which role needs AWS?", "which_role"),
        ("Compare the skills of the two roles", "compare"),
        ("What is the difference between them?", "compare"),
        ("How do I get started?", "how_to"),
        ("How many industries hire leads?", "number"),
        ("What is a Lead Machine Learning Engineer?", "define"),
        ("I love Java and hate managing people. Which one suits me?", "fit"),
        ("Which tools does the software engineer use?", "fact"),
        ("hello", "small_talk"),
        ("hello there :)", "small_talk"),
        ("hi, does a lead code?", "yes_no"),
        ("ok so how do i even start", "how_to"),
        ("thanks a lot!", "small_talk"),
        ("what can you do?", "small_talk"),
        ("Welche Programmiersprachen braucht man dafür?", "foreign"),
    ],
)
def test_the_form_follows_from_the_words(understander: Understander, message: str, form: str) -> None:
    assert one(understander, message).form == form


@pytest.mark.parametrize(
    ("message", "roles"),
    [
        ("What does a lead study?", (LEAD,)),
        ("Do leads need Java?", (LEAD,)),
        ("languages of the MLSE", (SOFTWARE,)),
        ("skills of a machine learning sofware enginer", (SOFTWARE,)),
        ("what does the LEAD ML ENGINEER do", (LEAD,)),
        ("Compare both roles", (LEAD, SOFTWARE)),
        ("Who leads a team?", ()),
        ("Does Docker lead to trouble?", ()),
    ],
)
def test_roles_are_known_by_name_alias_and_typo_but_not_by_a_verb(
    understander: Understander, message: str, roles: tuple[str, ...]
) -> None:
    assert set(one(understander, message).roles) == set(roles)


def test_the_other_one_is_the_role_not_meant_before(understander: Understander) -> None:
    question = one(understander, "What does a lead study?", "and the other one?")
    assert question.roles == (SOFTWARE,)
    assert question.aspects == ("education",)


def test_a_follow_up_keeps_the_comparison(understander: Understander) -> None:
    question = one(understander, "Compare the skills of the two roles", "and the education?")
    assert (question.form, question.aspects) == ("compare", ("education",))
    assert "education" in question.standalone


def test_a_correction_changes_only_what_it_corrects(understander: Understander) -> None:
    question = one(understander, "Does the software engineer need Docker?", "no, I meant the lead")
    assert question.roles == (LEAD,)
    assert question.items == ("Docker",)


def test_it_means_the_role_before(understander: Understander) -> None:
    assert one(understander, "What is a lead?", "Which languages does it need?").roles == (LEAD,)


def test_a_change_of_subject_is_no_follow_up(understander: Understander) -> None:
    question = one(understander, "What does a lead study?", "Which featured job pays the most?")
    assert "pay" in question.aspects and "education" not in question.aspects


def test_that_one_means_what_the_answer_came_to(understander: Understander) -> None:
    questions = understander.understand(
        "what does that one study?", ("Which role needs Docker?",), lambda _: Outcome(roles=(SOFTWARE,))
    )
    assert questions[0].roles == (SOFTWARE,)


def test_two_questions_in_one_message_are_two(understander: Understander) -> None:
    questions = understander.understand("What does a lead study and which tools does the software engineer use?")
    assert [q.roles for q in questions] == [(LEAD,), (SOFTWARE,)]


def test_what_a_person_tells_of_themselves_is_kept_beside_the_question(understander: Understander) -> None:
    question = one(understander, "I love R and AWS. Which role suits me?")
    assert question.statements == ("I love R and AWS.",)


def test_a_follow_up_stands_alone(understander: Understander, corpus: Corpus) -> None:
    question = one(understander, "Does a lead need AWS?", "and the other one?")
    assert "AWS" in question.standalone
    assert corpus.role[SOFTWARE].title in question.standalone


def test_what_is_asked_for_tells_even_if_it_is_an_everyday_word(understander: Understander) -> None:
    assert any(t.telling for t in one(understander, "What are the hours of a lead?").terms)
    assert any(
        t.word == "years" and t.telling for t in one(understander, "How many years of Python does a lead need?").terms
    )


def test_a_role_that_the_sources_do_not_have_is_noticed(understander: Understander) -> None:
    assert any(t.word == "data engineer" for t in one(understander, "Describe the tasks of a data engineer").terms)


@pytest.mark.parametrize(
    ("moved", "year"),
    [("And one year later?", "2024"), ("what about two years before?", "2021"), ("next year?", "2024")],
)
def test_a_follow_up_may_move_the_year(understander: Understander, moved: str, year: str) -> None:
    question = one(understander, "What did software developers earn in May 2023?", moved)
    assert year in question.standalone


def test_a_year_is_not_moved_where_two_were_named(understander: Understander) -> None:
    question = one(understander, "How much do developer jobs grow from 2023 to 2033?", "And one year later?")
    assert "2034" not in question.standalone


def test_there_is_the_firm_that_the_talk_is_of(understander: Understander) -> None:
    follow_up = one(understander, "Does GitLab say anything about seniors?", "and what salary do they get there?")
    told = one(understander, "I have a call with Dropbox next week. What would they want from me?")
    assert "gitlab" in {t.word for t in follow_up.terms}
    assert "dropbox" in {t.word for t in told.terms}


def test_what_is_counted_by_time_must_be_said(understander: Understander) -> None:
    days = {t.word: t.telling for t in one(understander, "Does GitLab let people work four days a week?").terms}
    assert days["days"]
    assert "days" not in {t.word for t in one(understander, "Where do I start with two days a week?").terms}


def test_how_far_a_projection_reaches_need_not_be_said(understander: Understander) -> None:
    terms = {t.word for t in one(understander, "What does the 10-year projection say for data scientists?").terms}
    assert "10" not in terms
    assert "10" in {t.word for t in one(understander, "Does a lead need 10 years of Python?").terms}


def test_a_word_of_one_title_names_the_role_in_a_follow_up(understander: Understander) -> None:
    assert one(understander, "Which languages for the lead?", "ok and for software?").roles == (SOFTWARE,)


def test_an_amount_said_before_is_what_that_means(understander: Understander) -> None:
    told = one(understander, "I won't go below 150k. Any job that starts above that?")
    two = one(understander, "I make 90k and want 150k. Any job that starts above that?")
    assert "150k" in told.text
    assert "150k" not in two.text


def test_what_should_i_pick_up_asks_for_no_role(understander: Understander) -> None:
    assert one(understander, "what frameworks should I pick up before applying?").form != "fit"
    assert one(understander, "Which one should I pick?").form == "fit"


def test_who_somebody_works_with_are_people(understander: Understander) -> None:
    assert "tools" not in one(understander, "Outside the team, who does a lead work with?").aspects
    assert "tools" in one(understander, "What does a lead work with?").aspects
