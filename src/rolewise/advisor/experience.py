"""How many years of experience a text tells of: in so many words, by the dates of its jobs, or by "since 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rolewise.advisor.english import NO_EXPERIENCE, NUMBER_WORDS
from rolewise.corpus.words import plain

MOST_YEARS = 60


class Experience(NamedTuple):
    """Years of experience; `dated` where they were counted from dates rather than read as a number."""

    years: float
    dated: bool = False


_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_WORDS = {
    **NUMBER_WORDS, **{word: 13 + n for n, word in enumerate(_TEENS)}, **_TENS,
    **{f"{ten}{join}{unit}": tens + n for ten, tens in _TENS.items() for unit, n in NUMBER_WORDS.items() if 0 < n < 10 for join in " -"},
}  # fmt: skip
_NUMBER = rf"(?<![\d.,–-])\b(\d{{1,2}}(?:\.\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))}|half an?|an?)"
_NO_WORK = r"(?![ -](?:old\b|of age|ago\b|of (?:study|studies|school)|(?:long )?(?:degree|program|course|contract|plan|apprenticeship|bachelor|master|study|studies)))"
_YEARS = rf"{_NUMBER}(?:\s*(?:-|to|–|or)\s*\d{{1,2}})?\s*\+?[ -]?(?:years?|yrs?|y)\b'?{_NO_WORK}"
_ANY_YEARS = re.compile(_YEARS)
_STATED = re.compile(
    rf"{_YEARS}(?: of)?(?:[ -][\w+#/.-]+){{0,6}}? experience\b|\bexperience\b(?: of| in| with|:|\W)[^.;]{{0,40}}?{_YEARS}"
)
_DECADES = re.compile(rf"\b(?:(?:{_NUMBER} )?decades?)\b")
_MONTHS_TOLD = re.compile(rf"{_NUMBER}\s*months?\b(?! ago)")
_AGE = re.compile(r"\b\d+[ -]years?[ -](?:old|of age)\b")
_BARE = re.compile(rf"{_NUMBER}\b")
_UNDER_ONE = re.compile(r"\b(?:less than|under|not even|almost|nearly|below) (?:a|an|one|1|half a) ?(?:year|yr)?\b")
_NEW = re.compile(
    rf"\b(?:fresh graduate|just (?:finished|starting|started|graduated)|first job|entry[ -]level|career changer)\b|{NO_EXPERIENCE}"
)
_NONE = re.compile(r"^\W*(?:none|no|nope|nothing|zero|not any|nil|never|new|student|beginner)\b")

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NOW = r"(?:the )?(?:present|now|today|date|current(?:ly)?|ongoing)"
_TO = r" ?(?:-|–|—|to|until|till|through) ?"


def _day(which: str) -> str:
    """A pattern of March 2019, 03/2019, 1.3.2019, 2019-03 and 2019, its groups named with `which` at their end."""
    name = rf"(?:\d{{1,2}}\.? )?(?P<name{which}>{'|'.join(_MONTHS)})[a-z]*\.?,? ?"
    number = rf"(?:\d{{1,2}}[./-])?(?P<month{which}>\d{{1,2}})[./-]"
    return rf"(?:{name}|{number})?\b(?P<year{which}>(?:19|20)\d\d)(?:-(?P<iso{which}>0[1-9]|1[0-2])(?!\d| ?-\d))?"


_SPAN = re.compile(
    rf"(?:{_day('')}{_TO}(?:{_day('_to')}|(?P<now>{_NOW})|(?P<short>\d\d))|\bsince {_day('_since')})(?![\w-])"
)
_NO_JOB = re.compile(
    r"\b(?:universit\w+|uni|college|school|degree|student|stud(?:y|ies|ied)|diploma|thesis|bachelor\w*|master'?s?|[bm]\.?(?:sc|a|eng)|ph\.?d|doctorate|"
    r"member\w*|married|liv(?:e|es|ed|ing)|resident|licen[cs]e\w*|founded|volunteer\w*)\b"
)

_HEADING_WORDS = frozenset("""
about academic activities additional and awards background career certificates certifications contact core courses current details
education employment engagement experience further general highlights history hobbies in industry interests internships jobs key
languages me memberships my objective of other personal positions previous professional profile projects publications qualifications
references relevant research schooling selected skills studies summary teaching technical tools training university volunteer volunteering work
""".split())  # fmt: skip
_OF_ONESELF = re.compile(r"\b(?:about|objective|profile|summary)\b")
_OF_OTHER_THINGS = re.compile(r"\b(?:volunteer\w*|academic|education|projects|skills|hobbies)\b")
_OF_WORK = re.compile(r"\b(?:experience|employment|career|positions|jobs|internships|work)\b")


def in_words(years: float) -> str:
    """`5 years of experience`."""
    if 0 < years < 1:
        return "less than one year of experience"
    return f"{years:g} {'year' if years == 1 else 'years'} of experience"


def years_in(text: str, today: date, asked: bool = False) -> Experience | None:
    """Years of experience told in a person's own words; a bare number counts where they were `asked` for."""
    low = plain(text)
    if _UNDER_ONE.search(low):
        return Experience(0.5)
    if found := years_in_cv(text, today):
        return found
    if months := _MONTHS_TOLD.search(low):
        return Experience(round(_number(months[1]) / 12, 1))
    if _NEW.search(low):
        return Experience(0)
    if asked:
        bare = [
            n
            for m in _BARE.finditer(_AGE.sub("", low))
            if m[1] not in ("a", "an") and (n := _number(m[1])) <= MOST_YEARS
        ]
        return Experience(bare[0]) if bare else Experience(0) if _NONE.match(low) else None
    return None


def years_in_cv(text: str, today: date) -> Experience | None:
    """Years of experience that a CV states; else those of its jobs' dates, each month counted once; else the most years named."""
    low = plain(text)
    stated = [_number(m[1] or m[2]) for m in _STATED.finditer(low)]
    if stated := [n for n in stated if n <= MOST_YEARS]:
        return Experience(max(stated))
    if months := len({m for start, end in _jobs(text, today) for m in range(start, end)}):
        return Experience(round(months / 12, 1), dated=True)
    named = [_number(m[1]) for m in _ANY_YEARS.finditer(low)]
    named += [10 * _number(m[1] or "a") for m in _DECADES.finditer(low)]
    return Experience(max(named)) if (named := [n for n in named if n <= MOST_YEARS]) else None


def _jobs(text: str, today: date) -> Iterator[tuple[int, int]]:
    """From and up to which month (counted from the year 0) each job went, by its dates. Studies and the like are none."""
    now = today.year * 12 + today.month
    at_work: bool | None = None  # by the heading; None where there was none yet, or under a summary
    for line in text.splitlines():
        low = plain(line).replace("\t", " ")
        head = low.split(":")[0]
        words = re.findall(r"[a-z]+", head)
        if words and len(head) <= 60 and not re.search(r"\d", head) and _HEADING_WORDS.issuperset(words):
            work = bool(_OF_WORK.search(head)) and not _OF_OTHER_THINGS.search(head)
            at_work = None if _OF_ONESELF.search(head) else work
        spans = list(_SPAN.finditer(low))
        for n, span in enumerate(spans):
            entry = low[spans[n - 1].end() if n else 0 : spans[n + 1].start() if n + 1 < len(spans) else None]
            if at_work is False or (at_work is None and _NO_JOB.search(entry)):
                continue
            start, end = _months(span, now)
            if now - MOST_YEARS * 12 <= start:
                yield start, min(end, now)


def _months(span: re.Match[str], now: int) -> tuple[int, int]:
    """The first month, and the one after the last. Of a bare year no month counts: 2015 to 2018 is three years."""
    if span["year_since"]:
        return _month(span, "_since")[0], now
    start, _ = _month(span, "")
    if span["year_to"]:
        end, named = _month(span, "_to")
        return start, end + named  # a named month is worked to its end
    return start, now if span["now"] else int(span["year"][:2] + span["short"]) * 12 + 1


def _month(span: re.Match[str], which: str) -> tuple[int, bool]:
    """A month of the span, counted from the year 0, and whether it is named; without a name, January."""
    name, digits = span[f"name{which}"], span[f"iso{which}"] or span[f"month{which}"]
    number = _MONTHS.index(name) + 1 if name else int(digits or 0)
    named = 1 <= number <= 12
    return int(span[f"year{which}"]) * 12 + (number if named else 1), named


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    return 0.5 if text.startswith("half") else float(_WORDS.get(text, 1))
