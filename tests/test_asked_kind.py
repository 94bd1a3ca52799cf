"""A reason, a company, what a word means: what is asked for must be of that kind, or the sources don't say it."""

from __future__ import annotations

import time

import pytest

from rolewise.advisor import Advisor, Ask


@pytest.mark.parametrize(
    "asked",
    [
        "Which company pays machine learning engineers the most in Canada?",
        "Which US state pays machine learning engineers best?",
        "In which city do data scientists earn most?",
        "Why are jobs for data scientists projected to grow so fast?",
        "Why did the lead from abhijithc.com go back to individual work?",
        "What does ML Fluency mean?",
        "How hard is it to learn Kafka?",
        "TensorFlow or PyTorch: which one is easier for a beginner?",
        "How fast will jobs for data scientists grow after 2034?",
        "Does the Galveston job come with health insurance?",
        "Does the Occam internship pay for housing?",
        "Which uni in Germany is the best for AI?",
        "What is the job outlook for plumbers?",
        "How do I get started with sourdough baking?",
        "What is the typical entry education of database administrators according to the BLS?",
        "What share of the data scientists in the 2020 Kaggle survey use Tableau?",
        "What do actuaries earn in the US?",
        "Are jobs for data analysts growing?",
        "Is Airflow something a lead has to know?",
        "Is JavaScript ok for the software role?",
        "Does logic count as a related field?",
        "How fast should nursing jobs grow until 2034?",
        "What was the projected growth for research scientists 2021-31?",
    ],
)
def test_what_is_of_another_kind_is_no_answer(advisor: Advisor, asked: str) -> None:
    assert advisor.invoke(asked).status == "not_in_sources"


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("Which companies are advertising?", "Allora"),
        ("How do I get started with machine learning?", "online courses"),
        ("What is the typical entry education of data scientists?", "bachelor's degree as the typical entry education"),
        ("What share of the data scientists in the Kaggle survey use Jupyter?", "74%"),
        ("What was the median pay of software developers back in May 2022?", "127,260"),
        ("Which company's featured job goes up to the highest pay?", "Galveston"),
        ("In which country do machine learning engineers get paid better, Canada or the UK?", "157,900"),
        ("In what city sits the bioinformatics position?", "Galveston"),
        ("Why can't you give me an average salary for a Lead Machine Learning Engineer?", "n=5"),
        ("Where do your wage numbers come from, real payslips or what firms put in ads?", "advertised"),
        ("How fast will jobs for data scientists grow after 2023?", "36%"),
    ],
)
def test_what_is_of_the_kind_is_answered(advisor: Advisor, asked: str, holds: str) -> None:
    answer = advisor.invoke(asked)
    assert answer.status == "answered" and holds in answer.answer


@pytest.mark.parametrize(
    ("turns", "holds"),
    [
        (("How much will jobs for data scientists grow?", "What was the projection before that one?"), ("36%",)),
        (("Skills most asked in job ads, top 5",), ("Python", "SQL", "TensorFlow", "AWS", "PyTorch")),
        (("What do the ads say of the lead's degree?", "Is physics one of the subjects they name for the lead?"), ("Mathematics",)),
        (("How fast do jobs for data scientists grow?", "And for research scientists?", "Which of the two grows faster?"), ("33.5%", "19.7%")),
        (("How fast do jobs for data scientists grow?", "And for software developers?", "Which of the two grows faster?"), ("33.5%", "17.9%")),
        (("Advertised pay range for applied scientists in the US", "And machine learning scientists?", "Which one goes higher?"), ("222,200", "204,600")),
        (("How many US adverts name TensorFlow?", "And PyTorch?", "By how many does the first beat the second?"), ("266",)),
    ],
)  # fmt: skip
def test_two_answers_are_compared(advisor: Advisor, turns: tuple[str, ...], holds: tuple[str, ...]) -> None:
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer
    assert all(h in answer for h in holds), answer


def test_what_two_roles_share_is_told_without_the_rest(advisor: Advisor) -> None:
    answer = advisor.invoke("Which duties do the two roles share?").answer
    assert "designs, develops and deploys machine learning models" in answer
    assert "leads a team" not in answer and "optimizes code" not in answer
    assert "leads a team" in advisor.invoke("How are their duties not the same?").answer


@pytest.mark.parametrize(
    "asked",
    [
        "what does " + "a " * 2_000 + "?",
        "what " * 1_000 + "?",
        "help me decide between " + "x " * 1_000,
        "b" * 3_000 + " which?",
    ],
)
def test_long_words_take_no_time(advisor: Advisor, asked: str) -> None:
    started = time.thread_time()
    advisor.invoke(Ask(question=asked, history=("I love leading people. Which role?",)))
    assert time.thread_time() - started < 5
