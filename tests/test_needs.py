"""No verdict contradicts the need that its evidence states: every requirement of every role, asked after in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from rolewise.advisor import Advisor, Ask
from rolewise.corpus import Passage, Role
from rolewise.settings import Settings

WITHOUT = (
    "Can I become a {role} without {thing}?",
    "Could I be a {role} with no {thing} at all?",
    "Is {thing} optional for a {role}?",
    "May a {role} skip {thing}?",
)
NEEDED = ("Does a {role} need {thing}?", "Is {thing} required for a {role}?")
OBLIGATORY = ("Must a {role} have {thing}?", "Is {thing} obligatory for a {role}?", "Is {thing} a must for the {role}?")
REQUIRED, PREFERRED = ("required",), ("preferred", "useful")


@pytest.fixture(scope="module")
def nursing(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Advisor]:
    """An advisor on the sources of another field, for which no rule was written."""
    settings = Settings(home=tmp_path_factory.mktemp("nursing"), corpus=ROOT / "examples" / "nursing", model="none")
    settings.encoder_folder.symlink_to(encoder, target_is_directory=True)
    advisor = Advisor(settings)
    advisor.load()
    yield advisor
    advisor.close()


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


@pytest.mark.parametrize("template", WITHOUT + NEEDED)
def test_what_another_field_requires_is_needed(nursing: Advisor, template: str) -> None:
    asked = [(r, t) for r, t, _ in needs(nursing, REQUIRED)] + list(items(nursing, REQUIRED, "all"))
    expected = ("yes",) if template in NEEDED else ("no", "not")
    assert len(asked) > 20
    assert {f"{r.title}: {t}" for r, t in asked if verdict(nursing, template, r, t) not in expected} == set()


@pytest.mark.parametrize("template", NEEDED + OBLIGATORY)
def test_what_another_field_prefers_is_not_called_a_must(nursing: Advisor, template: str) -> None:
    asked = list(items(nursing, PREFERRED, "all"))
    assert asked
    assert {f"{r.title}: {t}" for r, t in asked if verdict(nursing, template, r, t) not in ("no", "it")} == set()


@pytest.mark.parametrize("template", [NEEDED[0], OBLIGATORY[0]])
def test_what_a_role_does_not_name_gets_no_yes(nursing: Advisor, template: str) -> None:
    things = {i for r in nursing.corpus.roles for p in r.passages if p.need for i in p.items}
    asked = [(r, t) for r in nursing.corpus.roles for t in things if not any(t in p.items for p in r.passages)]
    answers = {f"{r.title}: {t}": nursing.invoke(template.format(role=r.title, thing=t)).answer for r, t in asked}
    assert len(answers) > 20
    assert [asked for asked, answer in answers.items() if answer.startswith("Yes")] == []


def test_what_is_preferred_is_found_by_some_of_its_words(nursing: Advisor) -> None:
    answer = nursing.invoke("Is a critical care certificate obligatory in the ICU?").answer
    assert answer.startswith("No, not required but preferred")


def test_a_word_that_means_the_same_by_its_stem_only_is_not_meant(nursing: Advisor) -> None:
    assert "doctors" not in nursing.invoke("Must nurse practitioners have a doctorate?").answer


def test_a_pronoun_after_a_choice_is_the_role_that_was_chosen(nursing: Advisor) -> None:
    turns = ("Which role uses dialysis machines?", "Where does it work?")
    assert "heart centres" in nursing.invoke(Ask(question=turns[1], history=turns[:1])).answer
