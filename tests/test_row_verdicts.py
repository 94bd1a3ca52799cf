"""No yes or no contradicts the table row that it is told by: every row asked after every value of its categories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.corpus import Row, Table

ASKED = (
    "Is the {name} job {value}?",
    "Is the {name} job at {company} {value}?",
    "Is the {place} job {value}?",
    "So the {level} {name} job is {value}, right?",
)


def jobs(advisor: Advisor) -> Table:
    return next(t for t in advisor.corpus.tables if t.document_id == "table:featured-jobs")


def claims(table: Table, template: str) -> Iterator[tuple[str, Row, str, str]]:
    """Each question, the row it is of, the column and the value that it asks for."""
    for row in table.rows:
        if "{place}" in template and row.values["place"] == "US":
            continue  # more than one row is called so
        for column in (c for c in table.columns if c.kind == "category"):
            for value in dict.fromkeys(str(r.values[column.name]) for r in table.rows if column.name in r.values):
                said = value.split(" / ")[0]
                cells = {n: str(v).split(" / ")[0] for n, v in row.values.items()} | {"name": row.values["title"]}
                said = f"in {said}" if column.name == "place" and said != "Remote" else said.lower()
                yield template.format(**cells, value=said), row, column.name, value


@pytest.mark.parametrize("template", ASKED)
def test_a_job_is_said_to_be_what_its_row_holds_and_nothing_else(advisor: Advisor, template: str) -> None:
    wrong = []
    told = 0
    for question, row, column, value in claims(jobs(advisor), template):
        answer = advisor.invoke(Ask(question=question)).answer
        verdict = re.match(r"(Yes|No)\b", answer)
        holds = value in str(row.values.get(column))  # what is in San Francisco, US is in the US
        told += bool(verdict)
        if verdict and (verdict[0] == "Yes") != holds:
            wrong.append(f"{question} -> {answer[:120]}")
    assert wrong == []
    assert told > 20


@pytest.mark.parametrize("question", ["Who else is hiring besides Allora?", "Any jobs except at Allora Labs?"])
def test_what_is_left_out_is_not_told(advisor: Advisor, question: str) -> None:
    told = advisor.invoke(Ask(question=question)).answer
    assert "Allora" not in told and all(name in told for name in ("Cere", "Occam", "Texas"))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Other than the remote jobs, what does Cere Network pay?", "Cere Network"),
        ("A job at Occam, except the internship?", "Occam AI in New York"),
    ],
)
def test_what_is_left_out_may_stand_anywhere(advisor: Advisor, question: str, first: str) -> None:
    told = advisor.invoke(Ask(question=question)).answer
    assert told.startswith(first) and "remote" not in told and "Intern" not in told


def test_a_limit_that_is_denied_gets_no_yes_or_no(advisor: Advisor) -> None:
    told = advisor.invoke(Ask(question="Isn't the growth for developers below 10%?")).answer
    assert "15%" in told and not told.startswith(("Yes", "No"))


@pytest.mark.parametrize(
    "question", ["Is Spark more wanted than Hadoop?", "Does a lead use TensorFlow rather than PyTorch?"]
)
def test_that_both_are_named_is_no_yes_to_which_is_more(advisor: Advisor, question: str) -> None:
    assert not advisor.invoke(Ask(question=question)).answer.startswith("Yes")


COMPARED = (
    ("pay-places", "Is {one} better paid than {other} for {title}s?", True),
    ("pay-places", "Does a {title} in {one} earn more than one in {other}?", True),
    ("pay-places", "Is {title} pay in {one} lower than in {other}?", False),
    ("pay-places", "Do {title}s in {one} make less than those in {other}?", False),
    ("skill-adverts", "Is {one} named more often than {other} in the ads?", True),
    ("skill-adverts", "Is {one} less wanted than {other} in job ads?", False),
)


@pytest.mark.parametrize(("of", "template", "more"), COMPARED)
def test_which_of_two_rows_is_more_is_said_as_their_figures_have_it(
    advisor: Advisor, of: str, template: str, more: bool
) -> None:
    table = next(t for t in advisor.corpus.tables if t.document_id == f"table:{of}")
    column, figure = ("country", "median") if of == "pay-places" else ("skill", "adverts")
    rows = [r for r in table.rows if figure in r.values and not str(r.values[column]).startswith("outside")]
    wrong, told = [], 0
    for one, other in permutations(rows, 2):
        if one.values.get("title") != other.values.get("title"):
            continue
        title = str(one.values.get("title", "")).replace(" in general", "")
        question = template.format(one=one.values[column], other=other.values[column], title=title)
        answer = advisor.invoke(Ask(question=question)).answer
        verdict = re.match(r"(Yes|No)\b", answer)
        told += bool(verdict)
        if verdict and (verdict[0] == "Yes") != ((one.values[figure] > other.values[figure]) == more):
            wrong.append(f"{question} -> {answer[:120]}")
    assert wrong == []
    assert told > 5


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Does the Ecosystem Manager job pay at least 100K?", "Yes"),
        ("Does the Research Engineer job pay over 200K?", "No"),
        ("Does the Research Engineer job pay over 170K?", ""),  # its range holds 170K
        ("Is the growth for developers below 10%?", "No"),
        ("Is AWS named in more than 250 ads?", "Yes"),
        ("Is AWS named in more than 300 ads?", "No"),
        ("Is the median pay for ML engineers in the UK above 150k?", "No"),
        ("Are there more than 200,000 data scientist jobs?", "Yes"),
        ("Do senior data scientists in the US make over 150k?", ""),  # a quarter of them makes less than 132k
        ("Do senior data scientists in the US make over 100k?", "Yes"),
    ],
)
def test_whether_a_figure_is_beyond_a_limit(advisor: Advisor, question: str, verdict: str) -> None:
    told = re.match(r"(Yes|No)\b", advisor.invoke(Ask(question=question)).answer)
    assert (told[0] if told else "") == verdict


@pytest.mark.parametrize(
    "joined",
    ["Galveston or Cere? Which pays more?", "Galveston or Cere: which pays more?", "What do Galveston and Cere pay?"],
)
def test_rows_that_different_columns_name_are_told_beside_each_other(advisor: Advisor, joined: str) -> None:
    answer = advisor.invoke(joined).answer
    assert "111K to 211K" in answer and "120K to 160K" in answer


def test_of_two_ranges_neither_of_which_is_above_the_other_none_pays_more(advisor: Advisor) -> None:
    assert not advisor.invoke("Does Galveston pay more than Cere?").answer.startswith(("Yes", "No"))


@pytest.mark.parametrize("asked", ["Is the Galveston job for juniors?", "The Galveston job, is it for beginners?"])
def test_a_place_with_one_row_is_asked_after_like_a_name(advisor: Advisor, asked: str) -> None:
    answer = advisor.invoke(asked).answer.split("\n\nWhat else")[0]
    assert answer.startswith("No:") and "Galveston" in answer and "Intern" not in answer


@pytest.mark.parametrize(
    "asked", ["Which pays more, lead or software engineer?", "Lead or software engineer? Which pays more?"]
)
def test_beside_a_role_its_like_is_a_role_and_no_row_of_that_name(advisor: Advisor, asked: str) -> None:
    answer = advisor.invoke(asked).answer
    assert "is paid more cannot be told" in answer.split("\n")[0]


def test_a_pronoun_is_what_stands_before_it_in_the_question(advisor: Advisor) -> None:
    turns = ("Galveston or Cere? Which pays more?", "And the first one, is it for beginners?")
    assert advisor.invoke(Ask(question=turns[1], history=turns[:1])).answer.startswith("No: the University of Texas")
