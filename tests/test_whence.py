"""Who asks where an answer is from gets its sources, and may go on from there."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.evaluation.support import Grader

CODES = "How much of the time does a tech lead code, according to the Engineering ladders?"


@pytest.mark.parametrize("asked", ["who says that?", "says who", "ok, and where did you get that from?", "source?"])
def test_the_source_of_the_answer_before_is_named_and_cited(advisor: Advisor, asked: str) -> None:
    answer = advisor.invoke(Ask(question=asked, history=(CODES,)))
    assert answer.status == "answered"
    assert "jorgef/engineeringladders" in answer.answer and "30 to 70%" in answer.answer
    assert any("30 to 70%" in c.quote for c in answer.citations)
    assert Grader(advisor.corpus).support(answer).unsupported == ()


def test_a_follow_up_goes_on_from_the_question_before_it(advisor: Advisor) -> None:
    turns = ("what do ML engineers earn in Canada?", "says who?", "and in the UK?")
    assert "130,464" in advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer


def test_without_an_answer_before_it_is_a_question_like_any_other(advisor: Advisor) -> None:
    assert "ai-jobs.net" in advisor.invoke(Ask(question="where do you get your facts from?")).answer


def test_one_source_of_two_documents_is_named_once(advisor: Advisor) -> None:
    answer = advisor.invoke(Ask(question="says who?", history=("Which of the two roles works with Kafka?",))).answer
    assert answer.count("From “") == 1 and answer.count("Kafka") >= 2
