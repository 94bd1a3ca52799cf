"""Anything else: the passages found by search that say what is asked, and not only what it is about."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rolewise.advisor.english import FILLER_STEMS, NUMBER_WORDS
from rolewise.advisor.evidence.base import (
    LEAST_COSINE,
    NOT_IN_SOURCES,
    Evidence,
    Library,
    Point,
    covers,
    names,
    stems_of,
)
from rolewise.advisor.evidence.rows import is_year
from rolewise.advisor.question import Question
from rolewise.corpus import Passage
from rolewise.corpus.words import stem, tokens

if TYPE_CHECKING:
    from rolewise.index import Hit

_CAVEATS = "caveats"
_MOST_POINTS = 4
_MOST_OF_RARE = 3
_COUNTED = re.compile(r"\bhow many (\w+)")
_MOST_OF_SECTION = 8


def prose(question: Question, library: Library) -> Evidence:
    """Passages that cover every content word of the question, best first."""
    corpus = library.corpus
    bearing = [h for h in library.hits if h.cosine >= LEAST_COSINE and _fits(h, question)]
    bearing = [h for h in bearing if all(names(h.passage, i, corpus) for i in question.items)]
    if not question.has("older"):
        superseded = _superseded(library)
        bearing = [h for h in bearing if h.passage.id not in superseded] or bearing
    if question.terms:
        whole = [h for h in bearing if all(covers(h.passage, t, corpus) for t in question.terms)]
        if not whole:
            return NOT_IN_SOURCES
        bearing = whole
    elif not question.aspects and not question.items:
        return NOT_IN_SOURCES
    if question.aspects:
        bearing = [h for h in bearing if set(h.passage.aspects) & set(question.aspects)] or (
            bearing if question.terms else []
        )
    passages = tuple(h.passage for h in bearing)[: _MOST_POINTS if question.form in ("list", "how_to") else 2]
    return Evidence("answered", tuple(_point(p, len(passages)) for p in passages)) if passages else NOT_IN_SOURCES


def literal(question: Question, library: Library) -> Evidence:
    """The sentences or rows that say every content word of the question, whatever it was taken to be about.

    One word alone must be a rare one: said by three passages at most.
    """
    if not question.content or question.has("highest", "lowest"):
        return NOT_IN_SOURCES
    found = [
        h.passage for h in library.hits
        if h.passage.kind != "role" and h.cosine >= LEAST_COSINE and _fits(h, question)
        and all(covers(h.passage, t, library.corpus) for t in (*question.content, *question.terms))
    ]  # fmt: skip
    if not found or (len(question.content) == 1 and len(found) > _MOST_OF_RARE):
        return NOT_IN_SOURCES
    return Evidence("answered", tuple(_point(p, 1) for p in found[:2]))


def by_number(question: Question, library: Library) -> Evidence:
    """The passages that give a figure which the question names: what it counts, and how far it can be trusted."""
    figures = {t.word.rstrip("%") for t in question.terms if t.word[0].isdigit() and not is_year(t.word)}
    if not figures or (
        not {"caveats", "about", "outlook"} & set(question.aspects)
        and not any(t.word.endswith("%") for t in question.terms)
    ):
        return NOT_IN_SOURCES
    hits = {
        h.passage.id: h.passage for h in (*library.hits, *library.search(" ".join(f"{f}%" for f in sorted(figures))))
    }
    said = {ident: {t.text.rstrip("%") for t in tokens(p.text)} for ident, p in hits.items()}
    found = [p for ident, p in hits.items() if figures & said[ident]]
    if any(not any(f in said[p.id] for p in found) for f in figures):
        return NOT_IN_SOURCES
    return Evidence("answered", tuple(_point(p, len(found[:5])) for p in found[:5]))


def section(question: Question, library: Library) -> Evidence:
    """The passages of documents that stand under the aspects asked about, the most related first."""
    order = {h.passage.id: rank for rank, h in enumerate(library.hits)}
    passages = [
        p for d in library.corpus.documents if d.kind != "role" for p in d.passages
        if set(p.aspects) & set(question.aspects) and (not p.roles or not question.roles or set(p.roles) & set(question.roles))
    ]  # fmt: skip
    if not question.has("older"):
        superseded = _superseded(library)
        passages = [p for p in passages if p.id not in superseded]
    passages = [p for p in passages if all(names(p, i, library.corpus) for i in question.items)] or passages
    telling = [t for t in question.terms if t.telling]
    passages = [p for p in passages if all(covers(p, t, library.corpus) for t in telling)]
    passages = _about_the_rest(passages, question, library) or passages
    fuller = [p for p in passages if all(covers(p, t, library.corpus) for t in question.terms)]
    passages = fuller or passages
    if not passages:
        return NOT_IN_SOURCES
    best = sorted(passages, key=lambda p: order.get(p.id, len(order)))[:_MOST_OF_SECTION]
    told = sorted(best, key=lambda p: p.kind == "row")
    return Evidence("answered", tuple(_point(p, len(best)) for p in told))


def _superseded(library: Library) -> set[str]:
    """Ids of the rows that a newer one has taken the place of."""
    return {r.passage.id for t in library.corpus.tables for r in t.rows if r.superseded}


def with_caveats(evidence: Evidence, library: Library) -> Evidence:
    """The evidence, and what the corpus says of how far its percentages can be trusted."""
    figures = {f for p in evidence.passages if p.kind == "sentence" for f in _percentages(p)}
    said = set(evidence.passages)
    found = [
        p for p in library.corpus.passages
        if _CAVEATS in p.aspects and p not in said and figures & _percentages(p)
    ][:2]  # fmt: skip
    if not found or evidence.table:
        return evidence
    style: Literal["sentence", "bullet"] = "bullet" if evidence.points[-1].style == "bullet" else "sentence"
    return replace(evidence, points=(*evidence.points, *(Point(p.text, (p,), style) for p in found)))


@lru_cache(maxsize=50_000)
def _percentages(passage: Passage) -> frozenset[str]:
    return frozenset(t.text for t in tokens(passage.text) if t.text.endswith("%"))


def _about_the_rest(passages: list[Passage], question: Question, library: Library) -> list[Passage]:
    """Of several aspects asked about, one is the section's: keep the passages that speak of the others."""
    own = {a for p in passages for a in p.aspects}
    rest = [library.corpus.vocabulary.aspect(a) for a in question.aspects if a not in own]
    stems = {t.stem for a in rest for w in (a.name, *a.words) for t in tokens(w) if t.stem not in FILLER_STEMS}
    return [p for p in passages if stems & stems_of(p.text)]


def _point(passage: Passage, count: int) -> Point:
    return Point(passage.text, (passage,), "bullet" if count > 3 else "sentence")


def _counts(passage: Passage, what: str) -> bool:
    """A number stands before the very thing: "5,340 salaries", "five industries"."""
    said = tokens(passage.text)
    numbers = [i for i, t in enumerate(said) if t.text[0].isdigit() or t.text in NUMBER_WORDS]
    return any(stem(what) in {t.stem for t in said[i + 1 : i + 4]} for i in numbers)


def _fits(hit: Hit, question: Question) -> bool:
    if counted := _COUNTED.search(question.text.lower()):
        return _counts(hit.passage, counted[1])
    if question.form == "number":
        return any(t.text[0].isdigit() or t.text in NUMBER_WORDS for t in tokens(hit.passage.text))
    return True
