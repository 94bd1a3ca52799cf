"""What is ranked first answers where the rules have nothing, and never where a title or a number asked about is unsaid."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rolewise.advisor import Advisor
from rolewise.advisor.evidence import choice
from rolewise.corpus import load_corpus
from rolewise.corpus.questions import check_questions
from rolewise.errors import CorpusError
from rolewise.settings import shipped_corpus


def test_a_passage_is_found_by_a_question_that_it_answers_in_other_words(advisor: Advisor) -> None:
    answer = advisor.invoke("At the bank Monzo, who signs off what can't be undone?")
    assert answer.status == "answered"
    assert "owns the decisions that are risky and hard to reverse" in answer.citations[0].quote


def test_what_is_only_near_is_told_as_near_or_declined(advisor: Advisor) -> None:
    for question in ("What does a data engineer do all day?", "What did the Kaggle survey of 2027 find about degrees?"):
        assert advisor.invoke(question).status in ("partly", "not_in_sources")


def test_no_number_title_or_place_that_is_unsaid_is_answered_by_the_ranking() -> None:
    unsaid = dict.fromkeys(("open_titles", "open_agents", "open_numbers", "open_known"), 0.0)
    nothing = {
        **unsaid,
        "values": 1.0,
        "verdict": 0.0,
        "meant": 1.0,
        "asks_elsewhere": 0.0,
        "open_pay": 0.0,
        "open_date": 0.0,
    }

    def way(**open_: float) -> str:
        return choice.best_way("not_in_sources", [0.1, 0.9, 0.3, 0.5], nothing | open_)

    assert way() == "found"
    assert way(open_titles=1.0) == "kept"
    assert way(open_agents=1.0) == "kept"
    assert way(open_numbers=1.0) == "near"
    assert way(open_date=1.0) == "near"
    assert way(open_known=1.0) == "near"
    assert way(open_known=1.0, values=0.0) == "found"


def test_a_row_of_another_level_than_the_one_named_is_no_answer(advisor: Advisor) -> None:
    for question in ("junior ML engineer, stateside, ballpark?", "a rookie MLOps engineer in the US, roughly what?"):
        answer = advisor.invoke(question)
        assert "at senior level" not in answer.answer and "at mid level" not in answer.answer


def test_a_question_is_taken_for_its_nearest_example_where_its_words_lead_astray(advisor: Advisor) -> None:
    answer = advisor.invoke("What does somebody in the lead ML job actually have on their plate in a normal week?")
    assert answer.status == "answered"
    assert "business problems" in answer.answer


def test_the_shipped_questions_each_name_one_passage() -> None:
    corpus = load_corpus(shipped_corpus())
    check_questions(shipped_corpus(), corpus)
    asked = {q.passage_id for q in corpus.questions}
    assert len(asked) > 0.8 * len(corpus.passages)
    assert not any("None" in q.text for q in corpus.questions)


def test_questions_of_a_passage_that_is_gone_rest_until_check_names_them(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(shipped_corpus(), folder)
    article = folder / "articles" / "returning-from-lead.md"
    article.write_text(
        article.read_text().replace("returned to work as an individual contributor", "went back to coding")
    )
    corpus = load_corpus(folder)
    assert corpus.questions
    with pytest.raises(CorpusError, match="0 passages say"):
        check_questions(folder, corpus)


def test_the_weights_name_only_signals_that_exist() -> None:
    weights = json.loads(Path(choice.__file__).with_name("weights.json").read_text())
    ways = {f"{status}/{way}" for status, ways in choice.WAYS.items() for way in ways}
    assert set(weights) == {"rank", *ways}
