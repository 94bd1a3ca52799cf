"""What is answered, from which evidence, and what is honestly declined."""

from __future__ import annotations

from datetime import date

import pytest

from rolewise.advisor import Advisor, Answer, Ask
from rolewise.advisor.answer import Citation
from rolewise.advisor.dated import notice_of_age


def ask(advisor: Advisor, *turns: str) -> Answer:
    return advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Do I need a PhD to become a lead?", "No, not required but preferred"),
        ("Can I become a lead without a PhD?", "Yes"),
        ("Does a lead need Java?", "No"),
        ("Must a lead know R?", "Not necessarily, Python will do as well"),
        ("Does the software engineer use Docker?", "Yes"),
        ("Is a Bachelor's degree enough for a software engineer?", "Yes"),
        ("Are all featured jobs full-time?", "No, not all"),
        ("Is the Cere Network job remote?", "No"),
    ],
)
def test_a_yes_or_no_comes_first_and_follows_the_need(advisor: Advisor, question: str, begins: str) -> None:
    answer = ask(advisor, question)
    assert answer.status == "answered"
    assert answer.answer.startswith(begins)


def test_which_role_names_the_role_and_what_the_other_has_instead(advisor: Advisor) -> None:
    answer = ask(advisor, "Which role needs Java?")
    assert answer.answer.startswith("The Machine Learning Software Engineer")
    assert any("Python or R" in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Which role needs no Java?", "The Lead Machine Learning Engineer"),
        ("Which of the two needs less maths?", "The Machine Learning Software Engineer"),
        ("Which role involves fewer stakeholders?", "The Machine Learning Software Engineer"),
    ],
)
def test_less_and_none_name_the_role_that_lacks_it(advisor: Advisor, question: str, role: str) -> None:
    assert ask(advisor, question).answer.startswith(role)


def test_both_are_named_where_both_have_it(advisor: Advisor) -> None:
    assert ask(advisor, "Which role needs Hadoop?").answer.startswith("Both roles")


def test_a_list_is_complete(advisor: Advisor) -> None:
    answer = ask(advisor, "Which jobs are remote?").answer
    assert "Research Engineer" in answer and "Ecosystem Manager" in answer and "Cere" not in answer


def test_rows_are_chosen_by_pay(advisor: Advisor) -> None:
    answer = ask(advisor, "Which jobs pay at least 200K?").answer
    assert "Bioinformatic" in answer and "Cere" not in answer
    assert "USD 60K to 96K" in ask(advisor, "Which featured job pays the least?").answer


def test_rows_are_counted(advisor: Advisor) -> None:
    assert "Six featured jobs" in ask(advisor, "How many featured jobs are there?").answer


def test_a_comparison_holds_both_sides_in_a_table(advisor: Advisor) -> None:
    answer = ask(advisor, "Compare the languages of the two roles").answer
    assert "Python or R" in answer and "Python or Java" in answer and "|---|" in answer


def test_a_superseded_figure_is_left_out_unless_asked_for(advisor: Advisor) -> None:
    assert "25%" not in ask(advisor, "What is the newest projection for software developers?").answer
    assert "21.5%" in ask(advisor, "Is the 22 percent in the article exact?").answer


def test_a_fit_weighs_each_point_and_says_what_it_is_not(advisor: Advisor) -> None:
    answer = ask(advisor, "I love Java and hate managing people. Which one suits me?").answer
    assert "leans towards the Machine Learning Software Engineer" in answer
    assert "counts against the Lead Machine Learning Engineer" in answer
    assert "not a verdict" in answer


@pytest.mark.parametrize(
    "question",
    [
        "How many vacation days does a lead get?",
        "What is the capital of France?",
        "What are the working hours of a lead?",
        "Describe the responsibilities of a data engineer",
        "Does the lead get a company car?",
    ],
)
def test_what_the_sources_do_not_say_is_declined(advisor: Advisor, question: str) -> None:
    answer = ask(advisor, question)
    assert answer.status == "not_in_sources", answer.answer
    assert answer.citations == ()
    assert answer.suggestions


@pytest.mark.parametrize(
    ("question", "named"),
    [("Does Occam AI offer health insurance?", "Occam AI"), ("Which certificate in AWS does a lead need?", "AWS")],
)
def test_what_the_sources_only_come_near_is_told_as_near(advisor: Advisor, question: str, named: str) -> None:
    answer = ask(advisor, question)
    assert answer.status == "partly"
    assert answer.answer.startswith("The sources don't say exactly that.")
    assert all(named in c.quote for c in answer.citations)


def test_a_number_that_no_source_gives_is_not_answered_by_what_is_near(advisor: Advisor) -> None:
    answer = ask(advisor, "How many years of Python experience does a lead need?")
    assert answer.status == "not_in_sources" or answer.answer.startswith("The sources don't say exactly that.")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Do leads have to know Kubernetes?",
            "The sources don't say anything about “kubernetes”. On skills, they say:",
        ),
        ("What does a lead earn at Google?", "The sources don't say anything about “google”. On pay, they say:"),
    ],
)
def test_what_is_near_is_said_to_be_only_near(advisor: Advisor, question: str, begins: str) -> None:
    answer = ask(advisor, question)
    assert answer.status == "partly" and answer.answer.startswith(begins), answer.answer
    said = [line.removeprefix("- ") for line in answer.answer.splitlines() if line.startswith("- ")]
    assert len(said) == len(answer.citations) > 0  # nothing but quotes


@pytest.mark.parametrize(
    "question", ["What does a lead earn?", "average salary of a machine learning software engineer"]
)
def test_pay_that_is_too_rare_to_quote_is_said_to_be(advisor: Advisor, question: str) -> None:
    answer = ask(advisor, question)
    assert answer.status in ("answered", "partly")
    assert "cannot be quoted" in answer.answer.split("[1]")[0]


def test_pay_of_a_title_comes_with_how_it_was_found(advisor: Advisor) -> None:
    answer = ask(advisor, "What does a senior machine learning engineer earn?").answer
    assert "USD 200,000" in answer and "n=3,910" in answer and "advertised" in answer
    assert "too few to quote" in ask(advisor, "What do machine learning engineers earn in Germany?").answer


def test_what_a_career_framework_says_is_said_of_its_company(advisor: Advisor) -> None:
    answer = ask(advisor, "What is the difference between a tech lead and an engineering manager?").answer
    assert "Engineering ladders framework" in answer and "owns the people" in answer


def test_every_suggestion_can_be_answered(advisor: Advisor) -> None:
    asked = {
        s
        for q in ("What does a lead study?", "What is the capital of France?", "hello")
        for s in ask(advisor, q).suggestions
    }
    assert asked
    for suggestion in sorted(asked):
        assert ask(advisor, suggestion).status == "answered", suggestion


def test_every_example_can_be_answered(advisor: Advisor) -> None:
    for example in advisor.examples():
        assert ask(advisor, example).status == "answered", example


def test_one_of_two_questions_unanswered_is_partly(advisor: Advisor) -> None:
    answer = ask(advisor, "Which languages does a lead need? And how many vacation days does a lead get?")
    assert answer.status == "partly"
    assert "Python" in answer.answer and "vacation" in answer.answer


def test_it_means_the_row_before(advisor: Advisor) -> None:
    assert "Galveston" in ask(advisor, "Which featured job pays the most?", "where is it?").answer


def test_an_answer_says_by_itself_that_its_figures_are_old(advisor: Advisor) -> None:
    answer = advisor.invoke("Which featured job pays the most?")
    assert any("more than 2 years old" in notice and "2023-12-06" in notice for notice in answer.notices)
    assert not advisor.invoke("Which languages does a lead need?").notices


@pytest.mark.parametrize(
    ("published", "quote", "old"),
    [
        ("2023-12-06", "It pays USD 120K.", True),
        ("2023-12-06", "It was published on December 6, 2023.", False),
        ("2023", "In 2023 it was new.", False),
        ("2025-03-11", "It grows 36%.", False),
        ("2024", "It grows 36%.", False),
        ("2024-10", "It grows 36%.", True),
    ],
)
def test_old_figures_are_those_of_more_than_two_years(published: str, quote: str, old: bool) -> None:
    cited = Citation(
        n=1, source_id="a", title="t", section="s", quote=quote, url=None, published=published, publisher="p",
        start=0, end=1, passage_id="x",
    )  # fmt: skip
    assert bool(notice_of_age([cited], date(2026, 11, 24))) is old
