"""The ends of tables: the highest, the lowest, the first few, the second, and the value with the most rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.advisor.english import FILLER_STEMS
from rolewise.advisor.evidence.base import Library
from rolewise.advisor.evidence.ranks import further_down, ranks
from rolewise.advisor.question import Question, Term
from rolewise.advisor.table_words import TableWords
from rolewise.corpus import Corpus, load_corpus
from rolewise.corpus.words import tokens

TABLE = """
title: Wages of ferrymen
publisher: Example Press
published: 2026-01-31
licence: CC BY 4.0
row_name: rank of ferryman
columns:
  - {name: rank, kind: name, words: [rank]}
  - {name: river, kind: name, words: [river, where]}
  - {name: wage, kind: money, unit: EUR, words: [wage, pay]}
sentence: "A {rank} on the {river} earns EUR {wage:,}."
rows:
  - {rank: deck hand, river: Rhine, wage: 31000}
  - {rank: helmsman, river: Rhine, wage: 45000}
  - {rank: captain, river: Rhine, wage: 61000}
  - {rank: helmsman, river: Elbe, wage: 41000}
"""


@pytest.fixture(scope="module")
def ferries(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("ferries")
    (folder / "tables").mkdir()
    (folder / "tables" / "ferries.yaml").write_text(TABLE, encoding="utf-8")
    (folder / "vocabulary.yaml").write_text(
        "about: ferries\naspects: [{id: x, name: x, words: [x]}]\n", encoding="utf-8"
    )
    return load_corpus(folder)


def first(advisor: Advisor, question: str) -> list[str]:
    """The sentences and list items of the answer, without the markers of citations."""
    answer = advisor.invoke(Ask(question=question))
    assert answer.status == "answered", question
    return [c.quote for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Give me the top three titles by US median pay.", ["250,000", "192,000", "183,000"]),
        ("And which of the quoted US job titles is at the bottom of the list, pay wise?", ["157,850"]),
        ("What is the second highest paid title in the US?", ["192,000"]),
        ("where do data scientists get the least money outside the us", ["UK is USD 75,000"]),
        ("In which country do ML engineers earn the most?", ["in the US is USD 192,000"]),
        ("Where are machine learning engineers paid best outside the US?", ["Canada is USD 157,900"]),
        ("Which level of ML engineer is paid best?", ["executive level"]),
        ("Which occupation is projected to grow fastest?", ["data scientists is projected to grow 33.5%"]),
        ("Which skill is named most often in the ML engineer ads?", ["Python is named in 662"]),
        ("From the ten skills counted in those adverts, which one is named least?", ["scikit-learn is named in 146"]),
    ],
)
def test_the_ends_of_a_table_are_told_and_nothing_else(advisor: Advisor, question: str, held: list[str]) -> None:
    quotes = first(advisor, question)
    assert len(quotes) == len(held) and all(h in q for h, q in zip(held, quotes, strict=True))


def test_values_level_with_each_other_are_all_told(advisor: Advisor) -> None:
    quotes = first(advisor, "Which firm had the most openings?")
    assert {q.split(" advertised")[0] for q in quotes} == {"Allora Labs", "Occam AI in New York", "Occam AI in the US"}


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is Python the most wanted skill in job ads?", "Yes: Python"),
        ("Is Java the most wanted skill in job ads?", "No: Python"),
        (
            "Are data scientists the best paid title in the US?",
            "No: the median pay for the job title Engineering Manager",
        ),
    ],
)
def test_whether_it_is_the_one_at_the_end(advisor: Advisor, question: str, begins: str) -> None:
    assert advisor.invoke(Ask(question=question)).answer.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "What are the most important skills for a lead?",
        "What is the best way to become a lead?",
        "Which of the two roles pays the most?",
        "Which skill is named most often in adverts for data scientists?",
        "Which title is happiest at the top of the list?",
    ],
)
def test_no_table_is_ranked_for_what_it_does_not_hold(advisor: Advisor, question: str) -> None:
    answer = advisor.invoke(Ask(question=question))
    assert not answer.answer.startswith(
        ("Python is named in 662", "The median pay for the job title Engineering Manager")
    )


@pytest.mark.parametrize(
    "question",
    [
        "top zero titles by pay in the US",
        "top 0 titles by US pay",
        "Are data scientists the top zero titles by US pay?",
    ],
)
def test_none_at_all_of_a_table_is_no_answer_from_it(advisor: Advisor, question: str) -> None:
    assert "250,000" not in advisor.invoke(Ask(question=question)).answer.partition(".")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which rank has the highest wage on the Rhine?", ["captain"]),
        ("Which river pays a helmsman least?", ["Elbe"]),
        ("The two lowest ranks by wage?", ["31,000", "41,000"]),
        ("Which rank has the highest wage on the Danube?", []),
        ("Which rank has the fifth highest wage?", []),
    ],
)
def test_another_table_is_ranked_by_its_own_words(ferries: Corpus, text: str, told: list[str]) -> None:
    content = tuple(Term(t.text, t.stem) for t in tokens(text.lower()) if t.stem not in FILLER_STEMS)
    found = ranks(Question(text, text, "fact", content=content), Library(ferries), TableWords(ferries))
    assert len(found.points) == len(told) and all(t in p.text for t, p in zip(told, found.points, strict=True))


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("which skill did the 2023 US job ads name most?", "second place?"), "SQL"),
        (("which skill did the 2023 US job ads name most?", "runner-up?", "and the third?"), "TensorFlow"),
        (("which featured job pays best?", "and the second?"), "Research Engineer"),
        (("which title has the highest median pay in the US?", "number two?"), "192,000"),
    ],
)
def test_the_next_place_is_asked_for_in_a_word(advisor: Advisor, turns: tuple[str, ...], said: str) -> None:
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))
    assert answer.status == "answered" and said in answer.answer


@pytest.mark.parametrize("body", ["and the second half?", "what does the second role do?", "two jobs", "twice?"])
def test_other_words_ask_for_no_place(body: str) -> None:
    assert further_down(body, "which job pays best?") is None


def test_growth_is_set_beside_that_of_all_occupations(advisor: Advisor) -> None:
    told = advisor.invoke(Ask(question="Will data scientist jobs grow faster than jobs in general?")).answer
    assert told.startswith("Yes") and "33.5%" in told and "3.1%" in told
    asked = Ask(question="How does that compare with all occupations?", history=("How fast will developer jobs grow?",))
    assert "15%" in (told := advisor.invoke(asked).answer) and "3.1%" in told


def test_all_occupations_together_are_none_of_the_occupations(advisor: Advisor) -> None:
    assert "3.1%" not in advisor.invoke(Ask(question="Which occupation grows slowest?")).answer
    assert "3.1%" not in advisor.invoke(Ask(question="Which occupations have growth projections for 2024-34?")).answer


def test_how_a_projection_has_changed_is_told_by_all_its_editions(advisor: Advisor) -> None:
    told = advisor.invoke(
        Ask(question="How has the growth projection for data scientists changed from one edition to the next?")
    )
    assert "33.5%" in told.answer and "36%" in told.answer


@pytest.mark.parametrize(
    ("kind", "first"),
    [("cloud platform", "AWS"), ("ML framework", "TensorFlow"), ("big data tool", "Spark"), ("skill", "Python")],
)
def test_the_most_named_of_a_kind_is_of_that_kind(advisor: Advisor, kind: str, first: str) -> None:
    assert advisor.invoke(Ask(question=f"Which {kind} do the job ads name most?")).answer.startswith(first)


def test_the_end_of_a_table_is_asked_of_no_role_spoken_of_before(advisor: Advisor) -> None:
    fits = "I like maths and coding in Java, no interest in managing. Which role fits me?"
    asked = Ask(question="Which skill do the job ads of 2023 name most?", history=(fits,))
    assert advisor.invoke(asked).answer.startswith("Python is named in 662")
    asked = Ask(question="Which cloud platform do the job ads name least?", history=("What does a lead do?",))
    assert advisor.invoke(asked).answer.startswith("Azure")
