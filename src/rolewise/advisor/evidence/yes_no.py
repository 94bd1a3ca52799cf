"""Yes/no questions about roles: does the role name it, must one have it, is it enough, can one do without."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rolewise.advisor import english
from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point, covers, inline, joined, stems_of
from rolewise.advisor.evidence.statements import about, naming, siblings
from rolewise.advisor.question import Question
from rolewise.corpus import Passage, Role
from rolewise.corpus.words import plain

_ONLY = re.compile(r"\b(?:only|just|solely|exclusively|nothing but|alone)\b")
_MEASURES = re.compile(r"\b(?:only|just|solely|exclusively|alone|single|enough|suffic\w+|every|(?<!at )all)\b")
_THAN = re.compile(r"\b(?:more|less|better|worse|[a-z]{3,}er)\b(?<!rather)[^.?!]*\bthan\b")
_NOT_THE_OTHER = re.compile(r"\b(?:rather than|instead of|in place of|(?:but|and) not)\b")
# Whether one can do without it is asked; "is it not needed?" asks whether it is.
_WITHOUT = re.compile(
    r"\b(?:without|lack\w*|skip\w*|optional|unnecessary|dispensable|never|avoid\w*|despite (?:no|not)|"
    r"not (?:\w+ )?(?:needed|required|necessary|mandatory|essential|a must)|no(?! (?:more|less|fewer|longer|matter|doubt|later|one)\b)(?= \w)|"
    r"(?:i|we|you|he|she|they|one|who|someone|somebody|people) (?:have |do |did |can |could |am |are |is )?"
    r"(?:not|don't|dont|doesn't|haven't|havent|hasn't|can't|cannot|didn't)|i've not)\b"
)
# "You can't … without": it is asked whether one must.
_NOT_WITHOUT = re.compile(
    r"(?:\b(?:cannot|can not|never|impossible|nobody|no (?:one|way|chance|hope))\b|n't\b)[^.?!]{0,80}\bwithout\b"
)
# Whether somebody could be taken is asked: what the role asks for is no yes to it.
_BECOMES = re.compile(
    r"\b(?:could|can|may|might|will|would) (?:i|we|he|she|they|you|one|somebody|someone|people)\b(?: \w+)? (?:be an?|become|make it|get in)\b"
)
_USUAL = re.compile(r"\b(?:typically|usually|often|mostly|generally)\b")


@dataclass(frozen=True)
class Verdict:
    """A role's answer: the word for it, and the points that bear it."""

    word: str
    points: tuple[Point, ...]


def yes_no(question: Question, library: Library) -> Evidence:
    """Answer from role data; NOT_IN_SOURCES where no role says anything about it."""
    roles = library.roles(question)
    if question.items:
        verdicts = [(role, _on_items(question, role, library)) for role in roles]
    else:
        verdicts = [(role, _on_statements(question, role, library)) for role in roles]
    known = [(role, v) for role, v in verdicts if v]
    if _denies(question):
        known = [(role, replace(v, word="No") if v.word == "Yes" else v) for role, v in known]
    if not known:
        return NOT_IN_SOURCES
    known = [(role, _as_far_as_said(v, question, library)) for role, v in known]
    if len(known) == 1:
        verdict = known[0][1]
        first, *rest = verdict.points
        said = f"{verdict.word}: {inline(first.text)}." if verdict.word else first.text
        points = (Point(said, first.passages), *rest)
        return Evidence("answered", points, verdict=bool(verdict.word))
    words = {v.word for _, v in known}
    if words == {""}:
        return Evidence("answered", tuple(p for _, v in known for p in v.points[:1]))
    label = f"{words.pop()}, for each of the roles:" if len(words) == 1 else "It depends on the role:"
    bullets = tuple(_bullet(role, verdict, same=len(words) == 0) for role, verdict in known)
    return Evidence("answered", (Point(label, style="label"), *bullets), verdict=True)


def _as_far_as_said(verdict: Verdict, question: Question, library: Library) -> Verdict:
    """Without its yes, where a word that was asked about is in none of its passages: "do leads resent meetings?"."""
    said = [p for point in verdict.points for p in point.passages]
    unsaid = (t for t in question.terms if t.word.isalpha() and not any(covers(p, t, library.corpus) for p in said))
    return replace(verdict, word="") if verdict.word.startswith("Yes") and any(unsaid) else verdict


def _denies(question: Question) -> bool:
    """The person states that something is not so, and asks for a nod: "leads don't need a degree, right?"."""
    text = plain(question.text)
    asks_first = bool(english.BEGINS_WITH_AUXILIARY.search(text))
    return question.negated and not asks_first and not question.items


def does_without(question: Question) -> bool:
    """Whether it is asked if one can do without what is named."""
    text = plain(question.text)
    return bool(_WITHOUT.search(text)) and not _NOT_WITHOUT.search(text) and not question.has("enough")


def _must(question: Question) -> bool:
    """Whether it is asked if one must have it."""
    return question.has("must") or bool(_NOT_WITHOUT.search(plain(question.text)))


def _not_without(passages: list[Passage]) -> str:
    """The word for "can one do without it?", where these statements ask for it."""
    return "By these sources, not as a rule" if _USUAL.search(passages[0].text) else "By these sources, no"


def _word_without(passages: list[Passage]) -> str:
    """The same for statements of one aspect: nothing where none of them says how much it is needed."""
    needs = {p.need for p in passages}
    return _not_without(passages) if "required" in needs else "" if None in needs else "Yes"


def _bullet(role: Role, verdict: Verdict, same: bool) -> Point:
    """A role's line: its own verdict first, where the roles differ."""
    first = verdict.points[0]
    word = (verdict.word or "The sources say")[0].lower() + (verdict.word or "The sources say")[1:]
    said = (
        first.passages[0].short
        if len(first.passages) == 1 and role.id in first.passages[0].roles
        else inline(first.text)
    )
    text = first.text if same else f"{role.title}: {word} – {said}."
    return Point(text, first.passages, "bullet")


def _on_items(question: Question, role: Role, library: Library) -> Verdict | None:
    named = {item: naming(role, item) for item in question.items}
    present = [item for item, passages in named.items() if passages]
    absent = [item for item, passages in named.items() if not passages]
    if not present:
        found = _absent(absent, role, library)
        said = f"Perhaps, the sources name no {joined(absent, 'or')} for a {role.title}"
        return replace(found, word=said) if found and does_without(question) else found
    word, passages = _judge(question, present, named)
    points = [Point(p.text, (p,)) for p in passages]
    if absent and (note := _absent(absent, role, library)):
        points += [p for p in note.points if not set(p.passages) & set(passages)]
        not_named = f"the sources do not name {joined(absent, 'or')} for a {role.title}"
        word = f"In part, {not_named}" if word.startswith("Yes") else f"{word}, and {not_named}"
    return Verdict(word, tuple(points))


def _judge(question: Question, present: list[str], named: dict[str, list[Passage]]) -> tuple[str, list[Passage]]:
    """The word for the items that the role names, and the statements that bear it."""
    passages = list(dict.fromkeys(named[item][0] for item in present))
    first, item = passages[0], present[0]
    choice = next((g for g in first.groups if item in g.items), None)
    optional = first.need in ("preferred", "useful")
    one_of_many = (
        choice is not None and choice.choice == "any" and len(choice.items) > len(set(choice.items) & set(present))
    )
    without = does_without(question)
    if optional and first.need:
        return "Yes" if without else _optional(first, question), passages
    more = choice is not None and len(set(choice.items) - set(present)) > 0
    if (
        choice
        and choice.choice == "such_as"
        and more
        and (question.has("enough") or _ONLY.search(question.text.lower()))
    ):
        return (
            f"The sources do not say so, {joined(present)} {'is' if len(present) == 1 else 'are'} named as an example",
            passages,
        )
    if (
        choice
        and choice.choice == "any"
        and more
        and _ONLY.search(question.text.lower())
        and not question.has("enough", "must")
    ):
        return "No, not only", passages
    if len(present) > 1 and _THAN.search(question.text.lower()):
        return "", passages  # that both are named does not say which is more
    if len(present) > 1 and _NOT_THE_OTHER.search(question.text.lower()):
        return "The sources name both", passages
    if question.has("enough"):
        return "Yes", passages + [p for p in named[item][1:] if p.need == "preferred"]
    if without:
        if choice and choice.choice == "such_as":
            return f"Perhaps, {joined(present)} {'is' if len(present) == 1 else 'are'} named as an example", passages
        return ("Yes" if one_of_many else _not_without(passages)), passages
    if one_of_many and choice:
        others = [i for i in choice.items if i not in present]
        asked_must = _must(question)
        word = (
            f"Not necessarily, {joined(others, 'or')} will do as well"
            if asked_must
            else f"Yes, as one choice beside {joined(others, 'or')}"
        )
        return word, passages
    if (
        choice
        and choice.choice == "such_as"
        and (
            (len(present) > 1 and (_must(question) or question.has("list")))
            or re.search(r"\bin particular\b|\bspecifically\b", question.text.lower())
        )
    ):
        return f"Not necessarily, {joined(present)} are only examples", passages
    if choice and choice.choice == "such_as" and _must(question):
        return f"Yes, {joined(present)} {'is' if len(present) == 1 else 'are'} among the examples named", passages
    return "Yes", passages


def _absent(items: list[str], role: Role, library: Library) -> Verdict | None:
    """The role does not name the items: say what it names instead, and which role names them."""
    points: list[Point] = []
    for passage in dict.fromkeys(p for item in items for p in siblings(role, library.corpus, item)[:1]):
        points.append(Point(passage.text, (passage,)))
    for other in library.others((role,)):
        elsewhere = list(dict.fromkeys(p for item in items for p in naming(other, item)[:1]))
        points += [Point(p.text, (p,)) for p in elsewhere]
    named_somewhere = any(naming(other, item) for item in items for other in library.corpus.roles)
    if not points or not named_somewhere:
        return None
    return Verdict(f"No, the sources do not name {joined(items, 'or')} for a {role.title}", tuple(points))


def _on_statements(question: Question, role: Role, library: Library) -> Verdict | None:
    """No item is named: the statements that search finds for the words asked about, else those on the aspect."""
    without = does_without(question)
    # How much is enough, or whether it is all, the statement may not say: then it is quoted without a yes.
    low = question.text.lower()
    measured = bool(_MEASURES.search(low) or (not without and _BECOMES.search(low)))
    if question.terms:
        like = library.statements_like(question, library.corpus.roles)
        asked = set(question.aspects)
        own = [p for p in like if role.id in p.roles and (not asked or asked & set(p.aspects))]
        if own:
            return Verdict("" if measured or without else "Yes", (Point(own[0].text, (own[0],)),))
    passages = about(role, question.aspects)
    if not passages:
        return _without_aspect(question, role, library)
    if without:
        passages = [p for p in passages if p.need] or passages
    passages = _nearest_first(passages, role, question)
    measured = measured or any(not any(covers(p, t, library.corpus) for p in passages) for t in question.terms)
    if without:
        word = _word_without(passages)
    elif all(p.need in ("preferred", "useful") for p in passages):
        word = _optional(passages[0], question)
    else:
        word = "Yes"
    return Verdict("" if measured else word, tuple(Point(p.text, (p,)) for p in passages[:3]))


def _nearest_first(passages: list[Passage], role: Role, question: Question) -> list[Passage]:
    """The statements on an aspect; alone the one that says more of the question's words than any other, where there is one.

    One on another aspect must say two words more: an aspect takes words of its own ("certificate") from what is named.
    """
    said = stems_of(question.text) - english.FILLER_STEMS

    def count(p: Passage) -> int:
        return len(said & stems_of(p.text))

    most = max(map(count, passages), default=0)
    elsewhere = max((p for p in role.passages if p.need and p not in passages), key=count, default=None)
    if passages and elsewhere and count(elsewhere) > most + 1:
        return [elsewhere]
    nearest = [p for p in passages if count(p) == most]
    return nearest if len(nearest) == 1 else passages


def _optional(passage: Passage, question: Question) -> str:
    """The word for whether one must have, or has, what is only preferred or useful."""
    return f"No, not required but {passage.need}" if _must(question) else f"It is {passage.need}, not required"


def _without_aspect(question: Question, role: Role, library: Library) -> Verdict | None:
    """The role's data say nothing on the aspect, but another role's do: a no, with the other's words."""
    others = [p for r in library.others((role,)) for p in about(r, question.aspects)[:1]]
    if not others or question.terms:
        return None
    what = joined([library.corpus.vocabulary.aspect(a).name for a in question.aspects], "or")
    word = "Perhaps, the sources name no" if does_without(question) else "No, the sources do not name"
    return Verdict(f"{word} {what} for a {role.title}", tuple(Point(p.text, (p,)) for p in others))
