"""Follow-ups that the sentence just told answers, and questions of which no sentence tells how long or how much pay."""

from __future__ import annotations

import pytest

from conftest import ROOT
from rolewise.advisor import Advisor, Answer, Ask
from rolewise.advisor.evidence.gate import pay_untold
from rolewise.advisor.question import Question
from rolewise.corpus import load_corpus


def asked(advisor: Advisor, *turns: str) -> Answer:
    return advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("How much of the time does a tech lead code, by the Engineering ladders?", "and an engineering manager?"), "0 to 30%"),
        (("How much time does a tech lead spend coding?", "and a manager?"), "0 to 30%"),
        (("what does E. Ma say about becoming a leader", "how many people was that?"), "from two people to six"),
        (("do people ever go back to being an engineer after they were lead?", "after how long?"), "six months"),
    ],
)  # fmt: skip
def test_the_sentence_just_told_answers(advisor: Advisor, turns: tuple[str, ...], said: str) -> None:
    answer = asked(advisor, *turns)
    assert answer.status == "answered" and said in answer.answer


def test_a_row_of_another_title_is_asked_for_anew(advisor: Advisor) -> None:
    answer = asked(
        advisor, "What does a principal ML engineer earn?", "and staff?", "ok then a head of machine learning?"
    )
    assert "Head of Machine Learning" in answer.answer and "Dropbox" not in answer.answer


@pytest.mark.parametrize(
    "turns",
    [
        ("How many years does a PhD in machine learning take?",),
        ("gitlab, after senior comes what?", "how many years until staff normally"),
        ("can a career stop at senior?", "and how long does senior to lead take on average?"),
        ("GitLab: anything on seniors?", "and what salary do they get there?"),
        ("at gitlab, after senior, do I have to become a manager?", "ok and what does the staff path pay"),
        ("how many data scientists use jupyter in that kaggle survey", "and how many use vs code"),
        ("37signals lead programmers, what do they do", "good. their pay?"),
        ("monzo data ladder level 5 pls", "level 4?"),
        ("In the Engineering ladders framework, what does an engineering manager own?", "And a scrum master?"),
    ],
)
def test_what_nothing_tells_is_declined(advisor: Advisor, turns: tuple[str, ...]) -> None:
    assert asked(advisor, *turns).status == "not_in_sources"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("That lead on abhijithc.com who went back to plain engineering, how long had he been leading?", "six months"),
        ("How long a read is the comparison?", "five-minute"),
    ],
)
def test_how_long_is_told_where_a_source_counts_it(advisor: Advisor, question: str, said: str) -> None:
    answer = asked(advisor, question)
    assert answer.status == "answered" and said in answer.answer


def test_pay_in_any_currency_is_told() -> None:
    nursing = load_corpus(ROOT / "examples" / "nursing")
    rows = [p for p in nursing.passages if p.kind == "row"]
    paid = [p for p in rows if "paying EUR" in p.text]
    question = Question("What would I earn there?", "What would I earn there?", "fact")
    assert paid and not pay_untold(question, paid, nursing)
    assert pay_untold(question, [p for p in rows if p not in paid], nursing)


def test_a_count_of_what_no_row_counts_is_declined(advisor: Advisor) -> None:
    assert asked(advisor, "how many ads ask for Docker?").status == "not_in_sources"
    assert "662" in asked(advisor, "how many ads ask for Python?").answer
