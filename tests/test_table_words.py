"""What people call the values of tables, and answers from all tables that hold the values named."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.advisor.table_words import TableWords
from rolewise.corpus import Corpus, load_corpus

TABLE = """
title: Wages of ferrymen
publisher: Example Press
published: 2026-01-31
licence: CC BY 4.0
row_name: ferryman
columns:
  - {name: rank, kind: name, words: [rank], called: {deck hand: [rookies, swabs]}}
  - {name: river, kind: category, words: [river], always: Rhine, called: {Rhine: [Rhenish]}}
  - {name: wage, kind: money, unit: EUR, words: [wage]}
sentence: "A {rank} on the {river} earns EUR {wage:,}."
rows:
  - {rank: deck hand, wage: 31000}
  - {rank: helmsman, wage: 45000}
"""


@pytest.fixture
def ferries(corpus_copy: Path) -> Corpus:
    (corpus_copy / "tables" / "ferries.yaml").write_text(TABLE, encoding="utf-8")
    return load_corpus(corpus_copy)


@pytest.fixture(scope="module")
def words(corpus: Corpus) -> TableWords:
    return TableWords(corpus)


def ask(advisor: Advisor, *turns: str) -> str:
    return advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer


def test_a_value_that_all_rows_share_is_theirs_and_told(ferries: Corpus) -> None:
    table = next(t for t in ferries.tables if t.document_id == "table:ferries")
    assert [r.values["river"] for r in table.rows] == ["Rhine", "Rhine"]
    assert table.rows[0].passage.text == "A deck hand on the Rhine earns EUR 31,000."


def test_values_are_named_by_what_people_call_them(ferries: Corpus) -> None:
    named = TableWords(ferries).named("What do Rhenish swabs get?")
    assert [{c.value for c in one.cells} for one in named] == [{"Rhine"}, {"deck hand"}]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tell us about pay", []),
        ("pay in the us", ["us"]),
        ("US pay", ["US"]),
        ("rookies outside of the US", ["rookies", "outside of the US"]),
    ],
)
def test_short_values_are_no_pronouns_and_the_longest_phrase_counts(
    words: TableWords, text: str, found: list[str]
) -> None:
    assert [one.phrase for one in words.named(text)] == found


def test_the_name_of_a_role_names_no_row_that_has_a_part_of_it(words: TableWords, corpus: Corpus) -> None:
    for role in corpus.roles:
        assert not any(one.cells for one in words.named(f"What does a {role.title} earn?"))


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Is the median for ML engineers higher in Britain or in Canada?", "157,900", "130,464"),
        ("How does American data scientist pay climb from rookies to executives?", "202,950", "102,822"),
        ("Which is paid more outside the States: data scientists or ML engineers?", "135,000", "86,128"),
    ],
)
def test_two_values_are_set_side_by_side(advisor: Advisor, question: str, first: str, second: str) -> None:
    answer = ask(advisor, question)
    assert first in answer and second in answer


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Does an ML engineer earn more than a data scientist in the US?", "Yes"),
        ("Does a data scientist earn more than an ML engineer in the US?", "No"),
        ("Do Canadian data scientists earn less than American data scientists?", "Yes"),
    ],
)
def test_whether_one_is_more_than_the_other_is_worked_out(advisor: Advisor, question: str, begins: str) -> None:
    answer = ask(advisor, question)
    assert answer.startswith(f"{begins}: ") and answer.count("USD") >= 2


@pytest.mark.parametrize(
    ("turns", "says", "not_says"),
    [
        (("What do ML engineers make outside of the US?", "And data scientists?"), "86,128", "157,850"),
        (("What does a data scientist earn at senior level in the US?", "sorry, I meant an ML engineer"), "200,000", "165,000"),
        (("How fast will data scientists grow in number?", "And what was it in the projection before?"), "36%", "33.5%"),
        (("Tell me about lead programmers at 37signals.", "Can one of those have direct reports?"), "one or two people", "leads a team"),
    ],
)  # fmt: skip
def test_a_follow_up_keeps_the_table_and_the_names(
    advisor: Advisor, turns: tuple[str, ...], says: str, not_says: str
) -> None:
    answer = ask(advisor, *turns)
    assert says in answer.partition("What else")[0] and not_says not in answer.partition("What else")[0]


def test_a_country_is_taken_from_the_sentence_before(advisor: Advisor) -> None:
    answer = ask(advisor, "We could move to London or Toronto. In which country do ML engineers get paid better?")
    assert answer.index("157,900") < answer.index("130,464")


def test_a_word_of_a_column_alone_brings_up_no_whole_table(advisor: Advisor) -> None:
    answer = ask(advisor, "Degree wise, where do the two part company?")
    assert "advertised the job" not in answer


def test_what_no_table_holds_is_not_answered_from_the_next_best_row(advisor: Advisor) -> None:
    for question in (
        "What do ML engineers earn in Poland?",
        "What does a data scientist earn in Poland?",
        "How many ferrymen are there in Canada?",
    ):
        assert advisor.invoke(question).status != "answered", question
