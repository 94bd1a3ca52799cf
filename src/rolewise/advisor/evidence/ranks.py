"""The highest, the lowest and the first few rows of a table, and the value that has the most rows.

"Top three titles by US median pay", "where do data scientists get the least?", "which firm has the most openings?"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rolewise.advisor.english import HIGH, LOW, NTH, NUMBER_WORDS, ORDINALS
from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point, inline, stems_of
from rolewise.advisor.evidence.figures import value_of
from rolewise.advisor.evidence.measures import OFTEN, middle
from rolewise.advisor.evidence.sums import MONEY
from rolewise.advisor.question import Question
from rolewise.advisor.table_words import Named, TableWords
from rolewise.corpus import Column, Corpus, Passage, Row, Table
from rolewise.corpus.words import plain, stem, tokens

_END = re.compile(rf"\b(?:(?P<high>{HIGH})|{LOW})\b")
_BESIDE = re.compile(
    r"\b(?:wise|quoted|usable|given|rests?|resting|based|behind|terms)\b"
)  # between a thing and its figure
_NUMBER = rf"(\d{{1,2}}|{'|'.join(NUMBER_WORDS)})"
_FEW = re.compile(
    rf"\b(?:top|bottom|first|last) {_NUMBER}\b|\b{_NUMBER} (?:of the )?(?:{HIGH}|{LOW})\b|"
    rf"\b(?:which|what|whose|name|list) (?:me |are )?(?:the )?{_NUMBER} (?!of\b)"
)
_PLACE = re.compile(
    rf"^\W*(?:(?:and|ok|so|then|what about|who(?:'s| is| comes| came)?|which(?: one)?(?: is| comes)?|what(?:'s| is| comes)?|the|in|on|at|number|no)\W+)*"
    rf"(?:(?P<nth>{'|'.join(ORDINALS)})|runners?[- ]up|two)(?: (?:place|one|best|rank|spot|position|highest|most|lowest|then))*\W*$"
)
_ASKS = re.compile(rf"\b(?:which|what|who|whose|where|top|bottom|{'|'.join(NUMBER_WORDS)}|\d+|the|of)\b")
_MOST_BETWEEN = 4  # words between "which" or "where" and the column that it asks for
_MOST_TOLD = 10


def further_down(body: str, ranked: str) -> str | None:
    """What "second place?" or "and the third?" asks after `ranked`, a question for one end of a table; None for other bodies."""
    ranked = re.sub(rf"\b(?:{'|'.join(ORDINALS)})[- ](?=(?:{HIGH}|{LOW})\b)", "", plain(ranked))
    place, end = _PLACE.match(body), _END.search(ranked)
    if not place or not end:
        return None
    return f"{ranked[: end.start()]}{place['nth'] or 'second'} {ranked[end.start() :]}"


@dataclass(frozen=True)
class _Ranking:
    """Rows of one table that the question leaves, each with its figure, and how well the table fits the question."""

    rows: tuple[tuple[Row, float], ...]
    score: float
    kind: tuple[str, ...]
    """Rows of two tables may be ranked together where this is the same: what is asked for, by which figure."""


def ranks(question: Question, library: Library, words: TableWords) -> Evidence:
    """The rows at the top or the bottom; NOT_IN_SOURCES unless a table's own words explain all that is asked."""
    low = plain(question.standalone)
    end = _END.search(low)
    if not end or question.among or len(question.roles) == 1 or question.form in ("fit", "how_to", "define"):
        return NOT_IN_SOURCES
    named = list(words.named(question.standalone))
    supposed = next((n for n in named if n.cells and _supposes(n.phrase, low)), None)
    if question.form == "yes_no" and not supposed:
        return NOT_IN_SOURCES
    named = [n for n in named if n is not supposed]
    left_out = {t.stem for t in tokens(supposed.phrase)} if supposed else set()
    asked = replace(
        question,
        content=tuple(t for t in question.content if t.stem not in left_out),
        terms=tuple(t for t in question.terms if t.stem not in left_out),
    )
    found = [r for t in library.corpus.tables for r in _rankings(asked, t, named, low, end, library.corpus)]
    if not found:
        return NOT_IN_SOURCES
    kind = max(found, key=lambda r: r.score).kind
    rows = [pair for r in found if r.kind == kind for pair in r.rows]
    passages = _at_the_end(rows, low, bool(end["high"]))
    if not passages:  # "the top zero", the fifth of four
        return NOT_IN_SOURCES
    style = "sentence" if len(passages) < 3 else "bullet"
    points = tuple(Point(p.text, (p,), style) for p in passages)  # type: ignore[arg-type]
    if supposed:
        held = {c.value for c in supposed.cells}
        is_so = any(held & set(map(str, r.values.values())) for r, _ in rows if r.passage in passages)
        points = (replace(points[0], text=f"{'Yes' if is_so else 'No'}: {inline(points[0].text)}."), *points[1:])
    return Evidence("answered", points, exact=True)


def _supposes(phrase: str, low: str) -> bool:
    """Whether it is asked if the thing named is at the end itself: "is Python on top?"."""
    asked = rf"(?<!where )(?<!what )(?<!which )(?<!who )\b(?:is|are) (?:the |an? )?{re.escape(plain(phrase))}\b"
    return bool(re.search(asked, low))


def _rankings(
    question: Question, table: Table, named: Sequence[Named], low: str, end: re.Match[str], corpus: Corpus
) -> list[_Ranking]:
    """The table's rows with the figures to rank them by; empty where it does not fit the question."""
    wanted, kind_said = _wanted(table, low), frozenset[str]()
    rows = _left(table, named, wanted)
    if of_a_kind := _of_a_kind(question, table, wanted, corpus):
        wanted, items, kind_said = of_a_kind
        rows = [r for r in rows if value_of(r, wanted.name) in items]
    if not wanted or len(rows) < 1 or _unexplained(question, table, rows, named, low, kind_said):
        return []
    if not question.has("older"):
        rows = [r for r in rows if not r.superseded] or rows
    filtered = {c for one in named for c in one.values(table)}
    said = stems_of(question.standalone)
    open_ = [
        c for c in table.columns
        if not c.numeric and c.name not in filtered and c is not wanted and len({value_of(r, c.name) for r in rows}) > 1
    ]  # fmt: skip
    asked, by = _measures(table, low, end)
    if by:
        rows = [r for r in rows if all(c.name in r.values for c in asked)]
        figures = tuple((r, float(r.values[by.name])) for r in rows)
        fits = len(stems_of(table.row_name) & said) / len(stems_of(table.row_name))
        kind = (table.aspect, wanted.name, by.name, *(c.name for c in open_))
        return [_Ranking(figures, fits - len(open_), kind)] if figures else []
    if _counts_rows(table, wanted, low, end):
        counts = Counter(value_of(r, wanted.name) for r in rows)
        return [_Ranking(tuple((r, float(counts[value_of(r, wanted.name)])) for r in rows), 0.0, (table.document_id,))]
    return []


def _of_a_kind(
    question: Question, table: Table, wanted: Column | None, corpus: Corpus
) -> tuple[Column, frozenset[str], frozenset[str]] | None:
    """For "which cloud platform do ads name most?": the column, which of its values are of the kind that is asked for by role
    data, and the stems of what the kind is called. None where the question asks for no kind of which the table has one.
    """
    for column in (c for c in table.columns if c.kind == "name" and wanted in (None, c)):
        held = {value_of(r, column.name) for r in table.rows}
        for aspect in question.aspects:
            items = frozenset(i for r in corpus.roles for p in r.passages if aspect in p.aspects for i in p.items)
            entry = corpus.vocabulary.aspect(aspect)
            if items & held and not stems_of(entry.name) <= stems_of(" ".join((column.name, *column.words))):
                return column, items, stems_of(" ".join((entry.name, *entry.words)))
    return None


def _wanted(table: Table, low: str) -> Column | None:
    """The column whose value is asked for: its word comes soon after "which", "where", "top three" and the like."""
    phrases = [
        ([t.stem for t in tokens(w)], c) for c in table.columns if not c.numeric for w in (c.name, *c.words)
    ]  # fmt: skip
    begins = [(asks.start(), _MOST_BETWEEN) for asks in _ASKS.finditer(low)] + [
        (0, 0)
    ]  # "skills most in demand, top 5"
    for begin, between in begins:
        after = [t.stem for t in tokens(low[begin:])]
        for at in range(between + 1):
            for phrase, column in phrases:
                if after[at : at + len(phrase)] == phrase:
                    return column
    return None


def _left(table: Table, named: Sequence[Named], wanted: Column | None) -> list[Row]:
    """The rows that hold what the question names; none where it names what this table does not have.

    A value of the very column that is asked for ("where outside the US") says among which, and is none of them.
    """
    about = stems_of(table.title)
    rows = [r for r in table.rows if not r.overall]
    for one in named:
        values = one.values(table)
        if not values:
            said = stems_of(one.phrase)  # by every row, if by any: "of 2023"
            in_all = all(said <= stems_of(r.passage.text) for r in table.rows)
            if not in_all and not any(stems_of(c.value) <= about for c in one.cells):
                return []
            continue
        for column, held in values.items():
            within = wanted is not None and column == wanted.name
            rows = [r for r in rows if (value_of(r, column) in held) != within]
    return rows


def _measures(table: Table, low: str, end: re.Match[str]) -> tuple[list[Column], Column | None]:
    """The columns of figures that are spoken of, and the one to rank by: the first named after "highest"; else the only one."""
    numeric = [c for c in table.columns if c.numeric]
    places = {c.name: _place(c, low, end.start()) for c in numeric}
    asked = [c for c in numeric if places[c.name]]
    if not asked and MONEY.search(low):
        asked = [c for c in numeric if c.unit and any(stem(w) == stem("pay") for w in c.words)]
    if asked:
        first = min(places[c.name] or (0, 0) for c in asked)
        return asked, middle([c for c in asked if (places[c.name] or (0, 0)) == first], bool(end["high"]))
    return (numeric, numeric[0]) if len(numeric) == 1 and OFTEN.search(low) else ([], None)


def _place(column: Column, low: str, end: int) -> tuple[int, int] | None:
    """Where the column's words stand, those after `end` first, of two at one place the longer: smaller is better."""
    said = tokens(low)
    found = []
    for phrase in (column.name.replace("_", " "), *column.words):
        stems = [t.stem for t in tokens(phrase)]
        for at in range(len(said) - len(stems) + 1):
            if [t.stem for t in said[at : at + len(stems)]] == stems:
                start = said[at].start
                found.append((start if start >= end else start + len(low), -len(stems)))
    return min(found, default=None)


def _counts_rows(table: Table, wanted: Column, low: str, end: re.Match[str]) -> bool:
    """Whether the rows themselves are counted: which company has the "most openings" of a table of jobs."""
    nouns = stems_of(" ".join(w for c in table.columns if c.kind == "title" and c is not wanted for w in c.words))
    return any(t.stem in nouns for t in tokens(low[end.end() :])[:2])


def _unexplained(
    question: Question, table: Table, rows: Iterable[Row], named: Sequence[Named], low: str, kind_said: frozenset[str]
) -> list[str]:
    """The words of the question that neither the table nor the ways to ask for an end of it explain."""
    columns = " ".join(w for c in table.columns for w in (c.name.replace("_", " "), *c.words))
    known = set(stems_of(f"{table.title} {table.row_name} {columns}")) | kind_said
    known |= {t.stem for one in named for t in tokens(one.phrase)}
    known |= {t.stem for r in list(rows)[:1] for t in tokens(r.passage.text) if t.text.isalpha()}
    for says in (_END, OFTEN, _BESIDE, MONEY, _FEW, NTH):
        known |= {t.stem for m in says.finditer(low) for t in tokens(m[0])}
    return [t.word for t in (*question.content, *question.terms) if not stems_of(t.word) <= known]


def _at_the_end(rows: Sequence[tuple[Row, float]], low: str, highest: bool) -> list[Passage]:
    """The first row and those level with it, the nth, or the first few, as asked."""
    ranked = sorted(rows, key=lambda pair: -pair[1] if highest else pair[1])
    if nth := NTH.search(low):
        at = ORDINALS[nth[1]] - 1
        return [r.passage for r, _ in ranked[at : at + 1]]
    few = _FEW.search(low)
    if few:
        said = few[1] or few[2] or few[3]
        number = NUMBER_WORDS[said] if said in NUMBER_WORDS else int(said)
        return [r.passage for r, _ in ranked[: min(number, _MOST_TOLD)]]
    return [r.passage for r, figure in ranked if figure == ranked[0][1]][:_MOST_TOLD]
