"""What a part of a message leaves to what was said before it: a year, an amount, what it is about, who it is for."""

from __future__ import annotations

import re

from rolewise.advisor import english
from rolewise.advisor.advice import asks_for_advice
from rolewise.advisor.question import Question
from rolewise.advisor.reading import Reading
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain, tokens

_SHORT = 12
_WHICH_ONES = re.compile(
    r"^\W*(?:(?:and|so|ok|but)\W+)*(?:which|what) (?P<ones>ones?|of (?:them|those|these))\b(?= (?:do|does|did|are|is) (?!better|for|more|it|that)\w)"
)
_WHICH = re.compile(r"\bwhich(?: one)?\b")
# How figures are to be taken is asked, right after some were told: "does that include bonus?", "are those real salaries?".
_THOSE_FIGURES = re.compile(
    r"\b(?:(?:that|this|those|these)(?: (?:figures?|numbers?|data|salar(?:y|ies)|amounts?|pay|median))?|it)\b(?! (?:role|one|job|person|title))"
)
_TAKEN_AS = re.compile(
    r"^(?!.*\b(?:offer|give|get)\b).*\b(?:includ\w+|base|gross|bonus(?:es)?|stock|equity|shares|total compensation|real|actual(?:ly)?|genuine|adverti[sz]\w+|estimat\w+|reliab\w+|trust\w*|"
    r"accura\w+|representative|inflated|rely|duplicates?|duplicated|repeated|self-reported)\b"
)


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


def which_of_what(text: str, last: Question | None, corpus: Corpus) -> str:
    """ "Which ones do adverts name most?" after a list from role data, with what the list was of."""
    ones = _WHICH_ONES.match(plain(text))
    if not ones or last is None or len(last.aspects) != 1 or last.values or len(plain(text)) != len(text):
        return text
    of_roles = {a for r in corpus.roles for p in r.passages for a in p.aspects}
    if last.aspects[0] not in of_roles:
        return text
    return f"{text[: ones.start('ones')]}{corpus.vocabulary.aspect(last.aspects[0]).name}{text[ones.end('ones') :]}"


def asks_of_figures(low: str) -> re.Match[str] | None:
    """Where a short plain text calls the figures told before by a pronoun, and asks how they are to be taken."""
    those = _THOSE_FIGURES.search(low)
    return those if those and _TAKEN_AS.search(low) and len(low.split()) <= _SHORT else None


def of_its_source(text: str, publisher: str) -> str:
    """ "Does that include bonus?" after a figure, asked of the figures of who published it; empty where no such thing is asked."""
    those = asks_of_figures(plain(text))
    if not publisher or not those or len(plain(text)) != len(text):
        return ""
    return f"{text[: those.start()]}the {publisher} figures{text[those.end() :]}"


def publisher_of(last: Question | None, corpus: Corpus) -> str:
    """Who published the figures of pay in the row that was told last; empty where none were told."""
    if last is None or not last.gave:
        return ""
    document = corpus.by_id[last.gave[0]].document_id
    table = next((t for t in corpus.tables if t.document_id == document), None)
    pay = table is not None and any(
        c.kind == "number" and c.unit for c in table.columns
    )  # of many, and not of one advert
    return corpus.document[document].provenance.publisher if pay else ""


def ranked(last: Question, corpus: Corpus) -> str:
    """A question for one end of a table, with what its rows are where it leaves that out: "which is the best paid?"."""
    table = next((t for t in corpus.tables if any(r.passage.id in last.gave for r in t.rows)), None)
    if not table or tokens(table.row_name)[-1].stem in {t.stem for t in tokens(last.standalone)}:
        return last.standalone
    return _WHICH.sub(f"which {table.row_name}", plain(last.standalone), count=1)


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
