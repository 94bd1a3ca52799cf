"""Remarks on the answer before are no questions, and do not come between a follow-up and what it follows."""

from __future__ import annotations

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.advisor.asides import is_aside, with_breaks, without_asides


@pytest.mark.parametrize(
    "part",
    ["ooh nice", "that's less than I thought.", "ha, lucky them", "no surprise there", "way too senior for me haha", "six, wow",
     "Never heard of it, I'm a florist.", "Pay sounds decent.", "makes sense, it's an internship", "oh that's a relief lol",
     "oh that's tiny", "ok well thank you, that calms me a bit", "In my day I got 9000 a year!!", "ffs", "my word."],
)  # fmt: skip
def test_a_remark_asks_for_nothing(part: str) -> None:
    assert is_aside(part)


@pytest.mark.parametrize(
    "part",
    ["and Canada", "Germany", "remote ones only", "good communication skills", "more pay", "is that a lot", "no, the lead",
     "its an internship", "I know R and Java", "senior, no degree", "really?", "pay", "good or bad", "pay of leads, thanks",
     "tell me about pay, cool"],
)  # fmt: skip
def test_what_asks_or_tells_is_no_remark(part: str) -> None:
    assert not is_aside(part)


def test_remarks_around_a_question_are_left_out_but_not_what_begins_a_correction() -> None:
    assert without_asides("ok cool, and for leads") == "and for leads"
    assert without_asides("pay of leads, thanks") == "pay of leads"
    assert without_asides("hmm does that include bonuses") == "does that include bonuses"
    assert without_asides("sorry, I meant Canada, stupid autocorrect") == "sorry, I meant Canada"


def test_pictograms_part_sentences_and_dots_do_after_a_remark() -> None:
    assert with_breaks("ok 😅 and in Canada 🙏?") == "ok. and in Canada?"
    assert with_breaks("thats kinda low… Germany?") == "thats kinda low. Germany?"
    assert with_breaks("pay... for leads?") == "pay... for leads?"


def test_a_follow_up_reaches_over_a_remark(advisor: Advisor) -> None:
    turns = ("median pay of data scientists in the UK?", "thats kinda low lol", "ugh. ok and in Germany")
    assert advisor.invoke(Ask(question=turns[1], history=turns[:1])).status == "small_talk"
    answer = advisor.invoke(Ask(question=turns[2], history=turns[:2])).answer
    assert "77,378" in answer and "Machine Learning Engineer" not in answer
