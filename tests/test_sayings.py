"""What people say of themselves in words of their own, and every way to ask what follows from it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.corpus import load_corpus
from rolewise.errors import CorpusError

LEAD, SOFTWARE = "Lead Machine Learning Engineer", "Machine Learning Software Engineer"
SAID = {
    "I like being the boss": LEAD,
    "Everybody says I am a people person": LEAD,
    "I'd hate to lose my crew": LEAD,
    "I work for a bank and I'm good with executives": LEAD,
    "Nothing against meetings, I chair ours with pleasure": LEAD,
    "Programming bores me": LEAD,
    "I can't be bothered with shaving milliseconds off": LEAD,
    "I don't want to sit alone in my corner": LEAD,
    "I am not keen on leading": SOFTWARE,
    "I'm done with managing": SOFTWARE,
    "I quit my job as a manager": SOFTWARE,
    "I work best alone": SOFTWARE,
    "I'm more of a follower": SOFTWARE,
    "My boss says I'm too quiet to be in charge of others": SOFTWARE,
    "Having people report to me gives me hives": SOFTWARE,
    "I used to run a team. Don't miss it for a second": SOFTWARE,
    "What I miss is writing code": SOFTWARE,
    "My daughter is shy and hacks all day": SOFTWARE,
    "He has led a team and hated it": SOFTWARE,
}
ASKED = (
    "what would you do in my place?", "what do you think?", "what's my role of the two?", "is the lead job something for me?", "which of the two jobs is it?",
    "where do I belong?", "which one should my friend choose?", "does that sound more like a lead or a software engineer?", "your advice?", "help me decide",
    "I can't decide between the two", "would lead be a mistake?",
)  # fmt: skip


def leans(answer: str) -> str:
    found = re.match(r"What you say leans towards the ([\w ]+?)(?: \[|\.)", answer)
    return found[1] if found else answer


@pytest.mark.parametrize("said", SAID)
def test_the_advice_hears_what_the_vocabulary_does_not_name(advisor: Advisor, said: str) -> None:
    found = {ask: leans(advisor.invoke(f"{said}. {ask[0].upper()}{ask[1:]}").answer) for ask in ASKED}
    assert {ask: lean for ask, lean in found.items() if lean != SAID[said]} == {}


@pytest.mark.parametrize(
    "said", ["I live in Berlin", "I have two small kids", "I'm new here", "I was laid off last month"]
)
def test_what_speaks_of_no_item_weighs_nothing(advisor: Advisor, said: str) -> None:
    assert advisor.personal_points(said) == ()


def test_most_of_what_nobody_tuned_on_is_heard_as_it_was_meant(advisor: Advisor) -> None:
    """Sayings by somebody who saw no others (`tests/data/says-held-out.jsonl`): 50 of an item, 84 of none."""
    of = {r.id: {i for p in r.passages for i in p.items} for r in advisor.corpus.roles}

    def roles_of(item: str) -> set[str]:
        return {r for r, items in of.items() if item in items}

    rows = [
        json.loads(line)
        for line in (Path(__file__).parent / "data" / "says-held-out.jsonl").read_text("utf-8").splitlines()
    ]
    right = misled = 0
    for row in rows:
        heard = advisor.personal_points(row["says"])
        if "item" in row:
            first = heard[0] if heard else None
            right += (
                first is not None and roles_of(first.item) == roles_of(row["item"]) and first.wanted == row["wanted"]
            )
        else:
            misled += any(len(roles_of(p.item)) == 1 for p in heard)
    assert right >= 26
    assert misled <= 16


@pytest.mark.parametrize(
    ("turns", "role"),
    [
        (("I enjoy leading people. Which role?", "Forget what I said about leading. What I enjoy is making code faster."), SOFTWARE),
        (("I lead a small team and love it. Which role?", "No wait, I don't love it, I loathe it."), SOFTWARE),
        (("Lead or software for someone who loves optimizing code?", "Oh and I've never led anyone"), SOFTWARE),
        (("Which of the two should I take? I've had enough of being the boss.", "And I want to build software", "What would you do in my place?"), SOFTWARE),
        (("I need advice for a client.", "He ran a team of analysts, happily.", "Which role would you put him in?"), LEAD),
        (("I write Java. Which fits me better?", "Oh and I've been in charge of eight engineers for years, that's the part I love", "Still the same?"), LEAD),
    ],
)  # fmt: skip
def test_what_is_added_or_taken_back_later_is_weighed(advisor: Advisor, turns: tuple[str, ...], role: str) -> None:
    assert leans(advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer) == role


@pytest.mark.parametrize(
    "asked",
    [
        "Going by the duties, which role is for people who needn't supervise anyone?",
        "I only know Java, no Python. Can that be enough for the software engineer job?",
    ],
)
def test_the_words_of_the_question_are_none_of_the_person(advisor: Advisor, asked: str) -> None:
    assert leans(advisor.invoke(asked).answer) == SOFTWARE


def test_a_skill_of_both_roles_speaks_for_neither(advisor: Advisor) -> None:
    assert "does not yet decide" in advisor.invoke("Python is all I can do. Which one could I go for?").answer


@pytest.mark.parametrize(
    ("topic", "answer"), [("likes", "I work best alone"), ("dislikes", "being in charge of others")]
)
def test_the_interview_hears_it_too(advisor: Advisor, topic: str, answer: str) -> None:
    known = {
        "likes": ("Which role fits me?", "Python", answer, "nothing"),
        "dislikes": ("Which role fits me?", "Python", "nothing", answer),
    }
    turns = (*known[topic], "none", "3")
    assert f"leans towards the {SOFTWARE}" in advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer


def test_after_advice_a_whole_question_is_asked_as_it_stands(advisor: Advisor) -> None:
    asked = "What does a lead do on a typical day?"
    later = advisor.invoke(Ask(question=asked, history=("I hate managing people. Which of the two should I go for?",)))
    assert later.answer == advisor.invoke(asked).answer and "business problems" in later.answer


def test_those_two_are_the_roles_that_two_answers_came_to(advisor: Advisor) -> None:
    turns = ("Who uses R?", "Who uses Java?", "Compare the degrees of those two")
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1])).answer
    assert "Statistics" in answer and "Software Engineering" in answer


def test_a_broken_file_of_sayings_says_where(corpus_copy: Path) -> None:
    (corpus_copy / "says.yaml").write_text("says:\n  team leadership:\n    fore:\n      - I like it.\n", "utf-8")
    with pytest.raises(CorpusError, match=r"says\.yaml.*fore"):
        load_corpus(corpus_copy)
    (corpus_copy / "says.yaml").unlink()
    assert load_corpus(corpus_copy).vocabulary.says == ()
