"""What a part of a message leaves to what was said before it: a year, an amount, what it is about, who it is for."""

from __future__ import annotations

import re

from rolewise.advisor import english
from rolewise.advisor.advice import asks_for_advice
from rolewise.advisor.question import Question
from rolewise.advisor.reading import Reading
from rolewise.corpus.words import plain


def moved(text: str, last: Question | None) -> str:
    """A follow-up that only moves the one year of the question before it ("and one year later?"), with the year that it comes to."""
    said_of = english.LATER.search(plain(text))
    years = set(re.findall(r"\b(?:19|20)\d\d\b", last.standalone)) if last else set()
    if not said_of or len(years) != 1:
        return text
    said = said_of["years"] or "one"
    number = int(said) if said.isdigit() else english.NUMBER_WORDS.get(said, 1)
    back = (said_of["way"] or said_of["beside"]) in ("earlier", "before", "prior", "previous")
    return f"And in {int(years.pop()) + (-number if back else number)}?"


def with_amount(text: str, said: tuple[str, ...]) -> str:
    """ "Any job that starts above that?" with the one amount that was said before it."""
    sums = set(english.AMOUNT.findall(plain(" ".join(said))))
    found = english.THAT_AMOUNT.search(plain(text))
    if not found or len(sums) != 1 or english.AMOUNT.search(plain(text)) or len(plain(text)) != len(text):
        return text
    return f"{text[: found.start(1)]}{sums.pop().strip()}{text[found.end(1) :]}"


def leaves_out(reading: Reading) -> bool:
    """The question names nothing of the corpus but roles: what it is about was said before it."""
    return not (reading.aspects or reading.items or reading.values) and (reading.names_nothing or not reading.roles)


def refers(reading: Reading) -> bool:
    """ "... and what do they pay?": a pronoun, and nothing named that it could stand for."""
    return bool(english.PRONOUN.search(reading.text)) and not (reading.roles or reading.items or reading.values)


def weighs(reading: Reading, told: tuple[str, ...]) -> bool:
    """A bare choice after the person has spoken of themselves: "I love R. This one or that one?"."""
    chooses = len(reading.roles) > 1 or "which_role" in reading.cues or asks_for_advice(reading.masked)
    return reading.names_nothing and chooses and not all(english.IMPERSONAL.search(plain(t)) for t in told)


def judges(reading: Reading, told: tuple[str, ...]) -> bool:
    """After the person has spoken of themselves: "is the lead role realistic?"."""
    about_self = any(re.search(r"\b(?:i|i'm|i've|i'd|my)\b", plain(t)) for t in told)
    return about_self and "judges" in reading.cues and not (reading.aspects or reading.items or reading.values)
