"""Follow-ups that change a value of a table or ask for another figure of the same rows, and places that no table has."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Answer, Ask
from rolewise.advisor.places import places_in
from rolewise.corpus.words import tokens


def asked(advisor: Advisor, *turns: str) -> Answer:
    return advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))


@pytest.mark.parametrize(
    ("turns", "said", "unsaid"),
    [
        (("what does an ML engineer fresh out of uni get in the US", "and later, at mid level?"), "170,700", "139,650"),
        (("AI engineers, US pay?", "just the senior ones"), "180,000", "166,000"),
        (("senior ML engineer in the US, how much", "how many salaries is that based on"), "3,910", "5,340"),
        (("any featured job in New York?", "founding engineer, wow ok", "pay?"), "180K", "Galveston"),
        (("what does Cere Network pay?", "and the one in Galveston?"), "211K", "Cere"),
        (("advertised pay range of applied scientists?", "same for ML scientists please"), "137,500", "median pay"),
        (("what does the founding engineer job pay?", "and the intern?"), "60K", "180K"),
        (("how fast will data scientist jobs grow?", "and the pay?"), "157,850", "33.5%"),
        (("is agile something a lead ML engineer needs", "the software engineer as well?"), "Agile", "automate"),
        (("languages for the lead role?", "what would the software role want instead?"), "Python or Java", "automate"),
    ],
)
def test_the_question_before_is_asked_anew(advisor: Advisor, turns: tuple[str, ...], said: str, unsaid: str) -> None:
    answer = asked(advisor, *turns).answer
    assert said in answer and unsaid not in answer


@pytest.mark.parametrize(
    "turns",
    [
        ("How much do MLOps engineers make in Canada?",),
        ("how much do MLOps engineers make in the US?", "in Canada?"),
        ("what do engineering managers make in America", "and in the UK?"),
        ("advertised pay range for an applied scientist?", "just for juniors?"),
        ("how much does an ml engineer in mexico earn",),
        ("data scientist pay in poland",),
        ("pay of software engineers in India", "pakistan then?"),
    ],
)
def test_a_figure_that_no_row_has_is_not_told_of_another_row(advisor: Advisor, turns: tuple[str, ...]) -> None:
    assert asked(advisor, *turns).status == "not_in_sources"


def test_a_place_that_no_table_has_is_left_behind_again(advisor: Advisor) -> None:
    answer = asked(advisor, "pay of ML engineers in Canada", "pakistan?", "ok and in the UK?").answer
    assert "130,464" in answer


def test_whether_a_row_is_so_is_asked_of_that_row(advisor: Advisor) -> None:
    assert "San Francisco" in asked(advisor, "Tell me about the Cere Network job.", "Is it remote?").answer


def test_two_answers_are_set_side_by_side(advisor: Advisor) -> None:
    answer = asked(advisor, "ML engineer pay in Canada?", "UK?", "which is higher of these two").answer
    assert "157,900" in answer and "130,464" in answer
    over = asked(
        advisor, "what do ml engineers earn in canada?", "and in Poland?", "UK?", "which is higher of these two"
    ).answer
    assert "157,900" in over and "130,464" in over  # of Poland nothing was told


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("which featured job goes highest", "211k, nice. and which one is at the very bottom?"), "AI Engineer Intern"),
        (("which featured job pays the least?", "makes sense, an internship", "which one goes up the highest"), "211K"),
        (("which remote job pays best?", "and which one pays least?"), "Ecosystem Manager"),
    ],
)
def test_the_other_end_is_asked_of_the_same_rows(advisor: Advisor, turns: tuple[str, ...], said: str) -> None:
    answer = asked(advisor, *turns).answer
    assert said in answer and answer.count("advertised the job") == 1


def test_countries_and_cities_are_known_in_small_letters() -> None:
    text = "pay in new zealand, warsaw, or for lead roles in finance and in general"
    assert [w.text for n, w in enumerate(tokens(text)) if n in places_in(tokens(text))] == ["new", "zealand", "warsaw"]


@pytest.mark.parametrize(
    ("turns", "both"),
    [
        (("how often does R come up in ml job ads", "is that more or less than java"), ("163", "219")),
        (("What do software engineers in general earn in the US?", "is that more than ML engineers?"), ("183,000", "192,000")),
    ],
)  # fmt: skip
def test_what_is_measured_against_the_row_before_stands_beside_it(
    advisor: Advisor, turns: tuple[str, ...], both: tuple[str, str]
) -> None:
    answer = asked(advisor, *turns).answer
    assert all(figure in answer for figure in both)


@pytest.mark.parametrize("title", ["data scientists", "computer research scientists"])
def test_text_on_what_is_asked_stands_before_a_row_that_only_names_it(advisor: Advisor, title: str) -> None:
    answer = asked(advisor, f"What degree do {title} normally start with, according to the BLS?").answer
    assert answer.startswith("The US Bureau of Labor Statistics gives a ")


@pytest.mark.parametrize(
    ("before", "asked", "said"),
    [
        ("Senior AI engineer pay in the US?", "and one rung below that?", "mid level"),
        ("What do junior ML engineers earn?", "and the next level up?", "mid level"),
    ],
)
def test_a_level_up_or_down_is_asked_of_that_level(advisor: Advisor, before: str, asked: str, said: str) -> None:
    assert said in advisor.invoke(Ask(question=asked, history=(before,))).answer.split(".")[0]


def test_a_row_that_was_named_without_a_figure_is_swapped_too(advisor: Advisor) -> None:
    asked = Ask(
        question="ok too thin. everything outside the US taken together then", history=("ML engineer, France?",)
    )
    assert "135,000" in advisor.invoke(asked).answer


def test_on_how_many_a_figure_in_running_text_rests(advisor: Advisor) -> None:
    before = ("What do heads and directors of machine learning earn, pooled?",)
    assert "n=39" in advisor.invoke(Ask(question="based on how many?", history=before)).answer


def test_what_tells_one_row_by_itself_is_not_put_into_the_question_before(advisor: Advisor) -> None:
    turns = ("Which featured jobs are full time?", "What does Cere Network pay?", "And the one in Galveston?")
    answer = advisor.invoke(Ask(question=turns[2], history=turns[:2])).answer
    assert "111K to 211K" in answer and "Cere" not in answer
