"""Questions for a way into a job, beside which somebody tells what they know: what is asked for, and of which role."""

from __future__ import annotations

from dataclasses import replace

from rolewise.advisor import english
from rolewise.advisor.conversation import column_of
from rolewise.advisor.cues import CUES
from rolewise.advisor.reading import Reader, Reading
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain


def of_the_way_in(reading: Reading, text: str, told: tuple[str, ...], reader: Reader, corpus: Corpus) -> Reading:
    """What is asked for where somebody says what they know and asks where to start: what the asking clause names, for the
    one role that they speak of becoming. Not where nothing of this is said: "my dishwasher leaks, what next?".
    """
    clauses = english.CLAUSE.split(text)
    clause = next((c for c in clauses if CUES["way_in"].search(plain(c))), text)
    asked = reader.read(plain(clause), clause)
    beside = [c for c in (*told, *clauses) if c != clause]
    of_a_person = any(english.A_PERSON.search(plain(c)) for c in beside)
    if not (of_a_person or reading.roles or reading.aspects or reading.items or reading.values) and reading.terms:
        return replace(reading, cues=reading.cues - {"way_in"})
    wanted = [c for c in (*told, text) if english.WILL_BE.search(plain(c))]
    roles = {r for c in wanted for r in reader.read(plain(c), c).roles}
    return replace(
        reading, items=asked.items, aspects=asked.aspects, terms=asked.terms,
        values=tuple(v for v in asked.values if column_of(v, corpus).kind != "category"),
        roles=reading.roles or (tuple(roles) if len(roles) == 1 else ()),
    )  # fmt: skip
