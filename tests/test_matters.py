"""Matters of working life that the sources say nothing of: what is near to them is no answer, and what only sounds like them is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import with_index
from rolewise.advisor import Advisor
from rolewise.advisor.evidence.matters import matters
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain
from rolewise.settings import Settings

UNTOLD = (
    "What perks does a software engineer for machine learning get?",
    "Does a lead ML engineer have health insurance?",
    "How long is the notice period of a lead?",
    "Who is the boss of the software engineer?",
    "Whom does a lead machine learning engineer report to?",
    "Which exams must a lead pass?",
    "Do I need a certificate for the software role?",
    "Can you recommend a book about leading ML teams?",
    "Is there a works council where data scientists work?",
    "What do women earn as machine learning engineers in the US?",
    "Is Docker cheaper than Jenkins?",
    "How stressful is it to be a lead?",
    "What happens in the interview rounds for a lead?",
    "Is the job in Galveston still open?",
    "Is Cere Network hiring right now?",
    "When did companies start to hire leads?",
    "How many engineers are there in the team of a lead?",
    "How often does an ML software engineer optimize the code?",
    "What does a Machine Learning Scientist work on?",
    "How often is Docker named in the adverts?",
    "How many of the adverts of 2023 name Scala?",
    "Which languages should a lead stay away from?",
    "What does Dropbox count as ML Design?",
    "What's the job outlook for librarians?",
    "How much is that in rupees, the pay of a data scientist in the US?",
    "Is calculus needed to become a lead?",
    "Is it boring to be an ML software engineer?",
    "How many sprints does a lead plan?",
    "Which training provider do leads recommend?",
    "Is there a dress code for an ML software engineer?",
    "Do leads get a thirteenth salary?",
    "How much tuition does a master's degree cost?",
    "What's the median age of data scientists?",
    "Who approves the budget of a lead?",
    "Does the internship at Occam AI become a permanent job?",
    "What's the margin of error of the aijobs salaries?",
    "How often are the figures of the Kaggle survey updated?",
    "Which personality types make good leads?",
    "How many managers does GitLab have?",
    "Why was the projection for data scientists lowered?",
    "What do data scientists earn per hour?",
    "Which industry pays data scientists best?",
    "How many weekly hours does a software developer work?",
    "Was the comparison of the two roles peer reviewed?",
    "Is a doctorate worth the money?",
    "Which version of Python do they use?",
    "Do leads have their own budget?",
    "What share of data scientists work part-time?",
)
TOLD = {
    "Who reports to a lead?": "data scientists",
    "Is the lead the boss of the data scientists?": "data scientists",
    "Which role bosses a team?": "Lead",
    "Do the aijobs salaries include bonuses?": "base pay",
    "In plain English, what does a lead do?": "team",
    "I passed an exam in statistics last year and have two kids in daycare. Which languages does the software engineer need?": "Java",
    "How many people can a lead programmer at 37signals manage?": "one or two",
    "Which industries are looking for leads these days?": "finance",
    "Do leads need more tools than ML software engineers?": "Lead Machine Learning Engineer",
    "How often is Python named in the adverts?": "662",
    "Who wrote the account of going from models to meetings?": "E. Ma",
    "How many rows does the median of data scientists in the US rest on?": "10,603",
    "Which industries hire leads?": "finance",
    "What comes after Senior at GitLab?": "Staff",
    "What does an ML software engineer need to know?": "Java",
    "Does a data scientist earn less than a machine learning engineer in the US?": "157,850",
}


@pytest.mark.parametrize("asked", UNTOLD)
def test_what_is_near_to_a_matter_does_not_answer_for_it(advisor: Advisor, asked: str) -> None:
    assert advisor.invoke(asked).status in ("not_in_sources", "partly")


@pytest.mark.parametrize("asked", TOLD)
def test_what_only_sounds_like_one_is_answered(advisor: Advisor, asked: str) -> None:
    answer = advisor.invoke(asked)
    assert answer.status == "answered"
    assert TOLD[asked] in answer.answer


def test_a_passage_in_which_a_matter_is_asked_after_speaks_of_it(corpus: Corpus) -> None:
    assert len(matters()) > 200
    texts = [plain(p.text) for p in corpus.passages]
    untold = [
        (asks.pattern, found[0], text)
        for asks, says in matters()
        for text in texts
        if (found := asks.search(text)) and not says.search(text)
    ]
    assert untold == []


def test_sources_that_speak_of_the_matter_answer_for_it(corpus_copy: Path, home: Path, tmp_path: Path) -> None:
    page = "---\ntitle: Leave at Example Ltd\npublisher: Example Ltd\nurl: https://example.org/leave\npublished: 2026-01-05\nretrieved: 2026-11-24\nlicence: made for this test\ntier: B\n---\n\n# Notice\n\nThe notice period of a Lead Machine Learning Engineer is three months.\n"
    (corpus_copy / "articles" / "notice.md").write_text(page, encoding="utf-8")
    advisor = Advisor(with_index(Settings(home=tmp_path / "home", corpus=corpus_copy, model="none"), home))
    advisor.load()
    try:
        answer = advisor.invoke("How long is the notice period of a lead?")
        assert answer.status == "answered"
        assert "three months" in answer.answer
    finally:
        advisor.close()
