"""Whether a question is of the kind that sources like these answer, by the example questions of both kinds around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolewise.advisor import Advisor
from rolewise.advisor.evidence import Library
from rolewise.advisor.evidence.signals import scope
from rolewise.advisor.nearness import near_questions
from rolewise.advisor.question import Question
from rolewise.corpus import load_corpus
from rolewise.index import MiniLM

UNSAID = (
    "what GPA do they want to see for a lead job",
    "Which of the named industries pays a lead most?",
    "Do I need a security clearance to do machine learning for the government?",
)
SAID = (
    "Which degree do employers want from a lead?",
    "Which industries hire a lead?",
    "Is government among the industries of a lead?",
)


@pytest.mark.parametrize("question", UNSAID)
def test_what_sources_like_these_do_not_say_is_declined(advisor: Advisor, question: str) -> None:
    answer = advisor.invoke(question)
    assert answer.status in ("not_in_sources", "partly")
    assert answer.answer.startswith("The sources don't say")


@pytest.mark.parametrize("question", SAID)
def test_what_stands_beside_it_is_answered(advisor: Advisor, question: str) -> None:
    assert advisor.invoke(question).status == "answered"


def test_the_measure_tells_the_two_kinds_apart(advisor: Advisor) -> None:
    with advisor.lent() as parts:
        unsaid, said = ([parts.out_of_scope(q) for q in questions] for questions in (UNSAID, SAID))
    assert min(unsaid) > max(said)


def test_without_examples_of_both_kinds_it_says_nothing(corpus_copy: Path, tmp_path: Path, embedder: MiniLM) -> None:
    (corpus_copy / "questions.yaml").unlink()
    _, out_of_scope = near_questions(load_corpus(corpus_copy), embedder, tmp_path)
    assert out_of_scope("what gpa do they want") == 0.0


def test_a_passage_that_no_example_tells_of_is_not_judged_by_them(corpus_copy: Path) -> None:
    (corpus_copy / "articles" / "grades.md").write_text(
        "---\ntitle: Grades\npublisher: Our school\npublished: 2026\nlicence: ours\n---\n\n# Grades\n\n"
        "Employers of a Lead Machine Learning Engineer want to see a GPA of 3.5 or more.\n",
        encoding="utf-8",
    )
    library = Library(load_corpus(corpus_copy), out_of_scope=lambda _: 5.0)
    added = next(p for p in library.corpus.passages if "GPA" in p.text)
    others = [p for p in library.corpus.passages if p is not added]
    question = Question(UNSAID[0], UNSAID[0], "fact")
    assert scope(question, others[:2], library) == 5.0
    assert scope(question, [others[0], added], library) == 0.0


@pytest.mark.parametrize(
    "question",
    [
        "Is Allora Labs a big company?",
        "Is Cere Network a nice place to work?",
        "Does Allora Labs do a four-day week?",
        "Until what day can I apply at Cere Network?",
        "When does the Ecosystem Manager position at Allora Labs start?",
    ],
)
def test_a_row_that_only_names_the_firm_is_no_answer(advisor: Advisor, question: str) -> None:
    answer = advisor.invoke(question)
    assert answer.status in ("not_in_sources", "partly")
    assert answer.answer.startswith("The sources don't say")


@pytest.mark.parametrize("question", ["Is Cere Network in your list?", "Are there openings at Cere Network?"])
def test_that_there_is_a_row_is_said(advisor: Advisor, question: str) -> None:
    answer = advisor.invoke(question)
    assert answer.status == "answered" and "Lead Developer" in answer.answer
