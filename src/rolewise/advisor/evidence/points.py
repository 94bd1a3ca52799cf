"""What a person says of themselves in free words, as items of the corpus that they want or don't want."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rolewise.advisor.advice import OF_A_PERSON
from rolewise.advisor.english import NO_EXPERIENCE, begins_asking
from rolewise.advisor.evidence.base import Library
from rolewise.advisor.evidence.statements import naming
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.polarity import AGAINST, without_double_negation
from rolewise.corpus import Role
from rolewise.corpus.words import plain, tokens

_WORK = frozenset("responsibilities tools education".split())
_TURNS = ("but", "while", "though", "although", "however", "whereas", "yet")
_CLAUSE = re.compile(rf"([.:;,!?\n]+|\s[-–—]+\s|\b(?:and|{'|'.join(_TURNS)})\b)")


# A clause of at least this cosine to a responsibility speaks of it. Calibrated on the development questions.
_ALIKE = 0.33
_TAKES_BACK = re.compile(
    r"^\W*(?:i |that |it |this )*(?:really |just )*(?:don't|do not|dont|won't|wouldn't|can't|not (?:any ?more|now|me|for me|again)|no (?:longer|more)|never again|"
    r"(?:is|was) not (?:me|for me)|isn't (?:me|for me)|not)(?: want(?: to| that| it)?| like (?:it|that)| any ?more| really| again)*\W*$"
)
_WISH = re.compile(
    r"\b(?:lov(?:e|es|ed|ing)|like|likes|enjoy\w*|prefer\w*|want\w*|miss|misses|dream\w*|rather|wish\w*|passion\w*|happy|happiest|fond)\b"
)
# A clause that takes sides on what was said just before it: "and I loved it", "don't miss it for a second".
_OF_THAT = re.compile(
    r"^\W*(?:that's|that was|it's|it was|this is|which is|which was) (?!\w+ing (?!to\b|for\b|me\b))|^\W*(?:[\w']+ ){1,4}(?:it|that|this|them|those|every (?:minute|second|day) of it)\b(?! (?:i|he|she|they|we)\b)[\w' ]{0,25}\W*$"
)
# It says how somebody is, and takes no object that another could follow: "shy and good at coding".
_OF_SELF = re.compile(
    r"\b(?:shy|introvert\w*|quiet|nervous|anxious|tired|bored|unhappy|exhausted|stressed|(?:burnt|burned|worn) out)(?: \w+)?\W*$"
)
_FORGETS = re.compile(
    r"\b(?:forget|ignore|scrap|leave out|drop|skip)\b.*\b(?:i|he|she) (?:said|told|wrote|mentioned)\b"
)
_ENDS = re.compile(r"[.;!?\n]")
_FOR = re.compile(
    r"\b(?:i|i'm|i've|i'd|my|good|great|strong|know|knows|have|has|fan|into|keen|yes|he|she|he's|she's)\b|"
    + _WISH.pattern
)
_ALIKE_ASK = 0.42  # as for what is heard in the interview
_SHORT, _PLAIN_ASK = 3, 0.55  # words, of which two must be plainer
_ASKS = re.compile(
    r"^\W*(?:so )?(?:which|what(?! (?:i|he|she|they)\b)|where|would|should|does|is|are)\b(?!.*\b(?:who|with|if|like|likes|someone|somebody|without|for)\b)"
)
_NO_EXPERIENCE = rf"{NO_EXPERIENCE}(?! (?:in|with|of|as)\b)"
_NEWCOMER = re.compile(
    rf"\b(?:junior|fresh|graduate|entry.level|beginner|newcomer|student|first job|just (?:finished|starting|started)|career changer|new to (?:it|this|all this|the field|tech|coding))\b|{_NO_EXPERIENCE}"
)
_CHOICE = re.compile(r"^\W*(?:an? |the )?\w+(?: \w+){0,3} or (?:an? |the )?\w+(?: \w+){0,3}\W*$")


@dataclass(frozen=True)
class PersonalPoint:
    """Something the person likes, has or avoids, as an item of the corpus."""

    item: str
    wanted: bool
    wish: bool = False
    """Said as a liking or a dislike, which outweighs what the person has or does."""


@dataclass(frozen=True)
class _Clause:
    """A clause, with what stands before it, and whether it speaks against or with a liking; both carry on over "and"."""

    text: str
    between: str
    against: bool
    wish: bool


@dataclass(frozen=True)
class _Heard:
    """The items that a clause speaks of, and on which side."""

    items: tuple[str, ...]
    named: bool
    wanted: bool
    also: str = ""
    """The item of the nearest saying, where what the clause is like was taken for another."""


def speaks_of_newcomer(text: str) -> bool:
    return bool(_NEWCOMER.search(plain(text)))


def personal_points(text: str, lexicon: Lexicon, library: Library) -> tuple[PersonalPoint, ...]:
    """The corpus's items in what the person says of themselves, by name or, for a whole clause, by likeness."""
    found: dict[str, PersonalPoint] = {}
    latest: tuple[str, ...] = ()
    for clause in _clauses(text):
        if _CHOICE.match(clause.text) or _ASKS.match(clause.text):  # what is asked, and nothing of the person
            continue
        if _TAKES_BACK.match(clause.text) and clause.between in _TURNS:  # "... but I don't": what stands before it
            found |= {i: PersonalPoint(i, False, True) for i in latest}
            continue
        heard = _heard(clause, lexicon, library)
        if not heard.named and re.search(_NO_EXPERIENCE, clause.text):  # it speaks of no item, whatever comes near
            continue
        sides = clause.wish or AGAINST.search(clause.text)
        if not heard.named and latest and sides and _OF_THAT.match(clause.text):
            found |= {i: PersonalPoint(i, not clause.against, True) for i in latest}
        elif _FORGETS.search(clause.text):
            found = {i: p for i, p in found.items() if i not in (*heard.items, heard.also)}
        else:
            latest = heard.items or latest
            wish = clause.wish or not heard.wanted
            for item in heard.items:
                if wish or item not in found:  # what is said later, and plainly, holds
                    found[item] = PersonalPoint(item, heard.wanted, wish)
    return tuple(found.values())


def _clauses(text: str) -> Iterator[_Clause]:
    against = wish = False
    before = ""
    parts = ["", *_CLAUSE.split(without_double_negation(plain(text)))]
    for between, clause in zip(parts[::2], parts[1::2], strict=True):
        if not clause.strip():
            continue
        goes_on = not (between in _TURNS or _ENDS.search(between) or _OF_SELF.search(before))
        before = clause
        against = bool(AGAINST.search(clause)) or (against and goes_on and not _FOR.search(clause))
        wish = bool(_WISH.search(clause)) or (wish and goes_on)
        yield _Clause(clause, between, against, wish)


def _heard(clause: _Clause, lexicon: Lexicon, library: Library) -> _Heard:
    """Items by name; else by the nearest sayings, unless these speak of none, and by what the clause is like."""
    roles = library.corpus.roles
    words = tokens(clause.text)
    mentions = lexicon.mentions(lexicon.corrected(words))
    named = tuple(m.value for m in mentions if m.kind == "item" and any(naming(r, m.value) for r in roles))
    asked = begins_asking(clause.text) or (
        any(m.kind == "role" for m in mentions) and not OF_A_PERSON.search(clause.text)
    )
    known = any(_is_of_the_work(i, roles) for i in named)
    said = None if known or asked else library.said(clause.text)
    silent = said is not None and not said.item
    near = () if named or silent else _alike(clause.text, library)
    told = (*named, *near) if near or not said or silent else (*named, said.item)
    if said is None or silent:
        return _Heard(told, bool(named), not clause.against)
    meant = not near or _same_roles(near[0], said.item, roles)
    turned = meant and said.reversed and len(words) >= _SHORT
    return _Heard(told, bool(named), clause.against == turned, said.item)


def _is_of_the_work(item: str, roles: tuple[Role, ...]) -> bool:
    """A role is asked for the item or works on it: who works beside it, and where, tells nothing of a person."""
    return any(p.need or _WORK & set(p.aspects) for r in roles for p in naming(r, item))


def _same_roles(item: str, other: str, roles: tuple[Role, ...]) -> bool:
    return all(bool(naming(r, item)) == bool(naming(r, other)) for r in roles)


def _alike(clause: str, library: Library) -> tuple[str, ...]:
    """Items that a clause without names is like: of the responsibility, or of the example question, that comes nearest."""
    ask = library.nearest(clause)
    short = len(tokens(clause)) < _SHORT
    asked = (
        (ask.item,)
        if ask and ask.item and ask.cosine >= (_PLAIN_ASK if short else _ALIKE_ASK) and ask.cosine > ask.elsewhere
        else ()
    )
    if short:
        return asked
    near = library.likeness(clause)
    said = [p for r in library.corpus.roles for p in r.passages]
    best = max(said, key=lambda p: near.get(p.id, 0.0), default=None)
    if best and near.get(best.id, 0.0) >= _ALIKE and "responsibilities" in best.aspects and best.items:
        return best.items[:1]
    return asked
