"""The difference of two told figures is worked out where it is asked for, and the grading does the sum again."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.evaluation.support import Grader, worked_out

_SUM = re.compile(r"The difference is (?:USD )?([\d,.]+) \(([\d,.]+) − ([\d,.]+)\), ([\d.]+)% of the lower figure")


def sum_in(answer: str) -> tuple[float, float, float, float]:
    found = _SUM.match(answer)
    assert found, answer
    difference, high, low, share = (float(n.replace(",", "")) for n in found.groups())
    return difference, high, low, share


def test_pay_and_adverts_are_set_against_each_other_with_the_sum(advisor: Advisor) -> None:
    grader = Grader(advisor.corpus)
    tables = {t.document_id.removeprefix("table:"): t for t in advisor.corpus.tables}
    pay, adverts = tables["pay-by-title"], tables["skill-adverts"]
    asked = [
        (
            f"How much more does a {a.values['title']} earn than a {b.values['title']} in the US?",
            a.values["median"],
            b.values["median"],
        )
        for a, b in pairwise(r for r in pay.rows if "median" in r.values)
    ]
    asked += [
        (f"How many more of the ads name {a.values['skill']} than {b.values['skill']}?", a.values["adverts"], b.values["adverts"])
        for a, b in pairwise(adverts.rows[:6])
    ]  # fmt: skip
    assert len(asked) > 8
    for question, one, other in asked:
        answer = advisor.invoke(question)
        if one == other:
            assert "The difference" not in answer.answer
            continue
        difference, high, low, share = sum_in(answer.answer)
        assert {high, low} == {float(one), float(other)}, question
        assert difference == pytest.approx(high - low)
        assert share == pytest.approx(100 * (high - low) / low, abs=0.06)
        assert grader.support(answer).unsupported == ()


@pytest.mark.parametrize("then", ["how much more is that?", "by how much?", "and the difference?"])
def test_a_follow_up_asks_for_the_difference_of_what_was_told_last(advisor: Advisor, then: str) -> None:
    history = ("median pay of a data scientist in the US?", "and of a machine learning engineer?")
    assert sum_in(advisor.invoke(Ask(question=then, history=history)).answer)[0] == 192_000 - 157_850


def test_figures_of_different_years_and_things_have_no_difference(advisor: Advisor) -> None:
    history = ("how fast will jobs of data scientists grow until 2034?", "and those of software developers until 2033?")
    assert "The difference is" not in advisor.invoke(Ask(question="what's the difference?", history=history)).answer


def test_a_wrong_sum_is_not_worked_out() -> None:
    told = frozenset({"192000", "157850"})
    assert "34150" in worked_out("The difference is USD 34,150 (192,000 − 157,850).", told)
    assert "34160" not in worked_out("The difference is USD 34,160 (192,000 − 157,850).", told)
    assert worked_out("The difference is USD 34,150 (192,001 − 157,851).", told) == frozenset()
