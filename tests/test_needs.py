"""No verdict contradicts the need that its evidence states: every requirement of every role, asked after in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from rolewise.advisor import Advisor, Ask
from rolewise.corpus import Passage, Role

WITHOUT = (
    "Can I become a {role} without {thing}?",
    "Could I be a {role} with no {thing} at all?",
    "Is {thing} optional for a {role}?",
    "May a {role} skip {thing}?",
)
NEEDED = ("Does a {role} need {thing}?", "Is {thing} required for a {role}?")
REQUIRED, PREFERRED = ("required",), ("preferred", "useful")


def needs(advisor: Advisor, among: tuple[str, ...]) -> Iterator[tuple[Role, str, list[Passage]]]:
    """Each role, aspect name and its statements, where all that state a need state one of these."""
    corpus = advisor.corpus
    for role in corpus.roles:
        stated = [p for p in role.passages if p.need and p.aspects]
        for aspect in dict.fromkeys(p.aspects[-1] for p in stated):
            found = [p for p in stated if p.aspects[-1] == aspect]
            if all(p.need in among for p in found):
                yield role, corpus.vocabulary.aspect(aspect).name, found


def items(advisor: Advisor, among: tuple[str, ...], choice: str) -> Iterator[tuple[Role, str]]:
    """Each role and item that one statement alone names, which states one of these needs and has no other group."""
    for role in advisor.corpus.roles:
        for passage in role.passages:
            alone = [i for i in passage.items if sum(i in p.items for p in role.passages if p.need) == 1]
            if passage.need in among and len(passage.groups) == 1 and passage.groups[0].choice == choice:
                yield from ((role, item) for item in alone)


def verdict(advisor: Advisor, template: str, role: Role, thing: str) -> str:
    question = template.format(role=role.title, thing=thing)
    answer = advisor.invoke(Ask(question=question))
    assert answer.status in ("answered", "partly"), question
    first = re.match(r"(?:By these sources, )?(\w+)", answer.answer)
    assert first, question
    return first[1].lower()


@pytest.mark.parametrize("template", WITHOUT)
def test_nobody_is_told_that_they_can_do_without_what_is_required(advisor: Advisor, template: str) -> None:
    asked = [(role, thing) for role, thing, _ in needs(advisor, REQUIRED)] + list(items(advisor, REQUIRED, "all"))
    assert len(asked) > 8
    assert {f"{r.title}: {t}" for r, t in asked if verdict(advisor, template, r, t) not in ("no", "not")} == set()


@pytest.mark.parametrize("template", WITHOUT)
def test_one_example_of_many_is_neither_needed_nor_dispensable(advisor: Advisor, template: str) -> None:
    asked = list(items(advisor, REQUIRED, "such_as"))
    assert len(asked) > 8
    assert {f"{r.title}: {t}" for r, t in asked if verdict(advisor, template, r, t) != "perhaps"} == set()


@pytest.mark.parametrize("template", NEEDED)
def test_what_is_required_is_said_to_be_needed(advisor: Advisor, template: str) -> None:
    asked = [(role, thing) for role, thing, _ in needs(advisor, REQUIRED)] + list(items(advisor, REQUIRED, "all"))
    assert {f"{r.title}: {t}" for r, t in asked if verdict(advisor, template, r, t) != "yes"} == set()


def test_no_knowing_at_all_is_no_knowing(advisor: Advisor) -> None:
    answer = advisor.invoke(Ask(question="Can I become a lead without knowing any cloud?"))
    assert answer.answer.startswith("By these sources, no")


def test_a_degree_that_is_typical_is_not_called_a_must(advisor: Advisor) -> None:
    answer = advisor.invoke(Ask(question="Can you be a lead without a degree?"))
    assert answer.answer.startswith("By these sources, not as a rule")
