"""Table rows by all that a question names: one value or several to set side by side, the highest, each level.

Unlike `rows`, which looks into the one table that the question is put to, every table is asked, and each combination of the
values named is answered from the table that tells most exactly of it: "juniors in the US or in Britain?".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from rolewise.advisor.cues import CUES
from rolewise.advisor.english import AMOUNT, BESIDES, GETS, JOINS
from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point, covers, inline, stems_of
from rolewise.advisor.evidence.measures import (
    LESS,
    LIMIT,
    MORE,
    OFTEN,
    measure,
    measures,
    says,
    says_wholly,
    verdict,
    within,
)
from rolewise.advisor.evidence.sums import MONEY
from rolewise.advisor.places import places_in
from rolewise.advisor.question import Question
from rolewise.advisor.table_words import Named, TableWords, tells_one
from rolewise.corpus import Passage, Row, Table
from rolewise.corpus.words import plain, tokens

_MOST_COMBINATIONS = 8
_MOST_ROWS = 8
_CHANGES = re.compile(
    r"\b(?:chang|shift|develop|mov|revis|estimat|guess|forecast|predict|shr[aiu]nk|grow|gr[eo]w|ris|r[oi]se|f[ae]ll|drop)\w*\b"
)
_OR = re.compile(r"\bor\b(?! not\b)")
_EACH = re.compile(
    r"\b(?:each|every|by|per|across|over the|through the|up the|climbs?|rises?|develops?|progress\w*|ladder|steps?)\b"
)


@dataclass(frozen=True)
class _Told:
    """The rows of one table for one combination of values, and how exactly they tell of it."""

    table: Table
    rows: tuple[Row, ...]
    score: float


def figures(question: Question, library: Library, words: TableWords) -> Evidence:
    """The rows, and as `missing` the words that they do not explain; NOT_IN_SOURCES where no table tells of all the values."""
    besides = BESIDES.search(plain(question.standalone))
    if besides or question.form == "how_to" or any(" " in t.word for t in question.terms):
        return NOT_IN_SOURCES
    named = _named(question, library, words)
    if (
        question.has("all")
        and not question.has("over_time")
        and not any(CUES["all"].search(plain(one.phrase)) for one in named)
    ):
        return NOT_IN_SOURCES
    told = [_best(c, question, library) for c in _combinations(named)]
    if None in told:
        told = [_best(c, question, library) for c in _each_row(named, question, library)]
    found = [t for t in told if t is not None]
    if not found or len(found) < len(told) or len(found) > 1 < len({t.table.aspect for t in found}):
        return NOT_IN_SOURCES
    if _asks_of_the_work(question, library) and not any(_asks_for_figures(question, t.table) for t in found):
        return NOT_IN_SOURCES  # "the entry education of data scientists" asks for no pay at entry level
    rows = list(dict.fromkeys(r.passage.id for t in found for r in t.rows))
    by_id = {r.passage.id: (t.table, r) for t in found for r in t.rows}
    asks_which = question.form != "yes_no" or _OR.search(plain(question.standalone))
    if len(rows) > 1 and question.has("highest", "lowest") and asks_which:
        rows = _extreme(rows, by_id, question)
    if not 0 < len(rows) <= _MOST_ROWS:
        return NOT_IN_SOURCES
    passages = [by_id[i][1].passage for i in rows]
    first = passages[0].text
    if question.form == "yes_no" and len(found) == 2 and len(rows) == 2 and _OR.search(plain(question.standalone)):
        passages = [by_id[i][1].passage for i in _furthest_first(rows, by_id, question)]  # one of the two is asked for
        first = passages[0].text
    elif question.form == "yes_no" and len(found) == 2 and len(rows) == 2:
        if not (word := verdict([by_id[i] for i in rows], question)):
            return NOT_IN_SOURCES
        first = f"{word}: {inline(first)}."
    elif question.form == "yes_no" and (word := within([by_id[i] for i in rows], question)):
        first = f"{word}: {inline(first)}."
    style = "sentence" if len(rows) < 3 else "bullet"
    points = tuple(Point(first if n == 0 else p.text, (p,), style) for n, p in enumerate(passages))  # type: ignore[arg-type]
    return Evidence("answered", points, missing=_unexplained(question, named, found, passages))


def _asks_of_the_work(question: Question, library: Library) -> bool:
    return any(a in p.aspects for r in library.corpus.roles for p in r.passages for a in question.aspects)


def _asks_for_figures(question: Question, table: Table) -> bool:
    low = plain(question.standalone)
    money = MONEY.search(low) or AMOUNT.search(low) or GETS.search(low)
    figure = measures(question, table) or table.aspect in question.aspects or question.form in ("number", "yes_no")
    return bool(figure or (money and any(c.unit for c in table.columns)))


def untold(question: Question, library: Library, words: TableWords) -> tuple[str, ...]:
    """What is named of which no table has the figure asked for, though tables have each: "MLOps engineers in Canada".

    Empty where a row, or prose, tells of it, and where no figure is asked for.
    """
    if question.form in ("yes_no", "how_to", "fit", "define") or BESIDES.search(plain(question.standalone)):
        return ()
    low = plain(question.standalone)
    money = MONEY.search(low) or AMOUNT.search(low) or GETS.search(low)
    named = [one for one in _named(question, library, words) if one.cells]
    if money and (place := _place(question, library)) and not any(places_in(tokens(one.phrase)) for one in named):
        return (place,)
    combinations = _combinations(named)
    if _each_row(named, question, library):
        return ()
    for combination in combinations:
        tables = [[t for t in library.corpus.tables if one.values(t)] for one in combination]
        aspects = set.intersection(*({t.aspect for t in held} for held in tables))
        measured = [t for t in library.corpus.tables if t.aspect in aspects]
        asked = any(measures(question, t) or (money and any(c.unit for c in t.columns)) for t in measured)
        if len(combination) < 2 or not asked or any(rows_of(combination, t) for t in measured):
            return ()
        said = [[stems_of(part) for part in (one.phrase, *_called(one))] for one in combination]
        prose = [stems_of(h.passage.text) for h in library.hits if h.passage.kind != "row"]
        if any(all(any(part <= told for part in one) for one in said) for told in prose):
            return ()
    return (", ".join(one.phrase for one in combinations[0]),) if combinations else ()


def _called(one: Named) -> list[str]:
    """What the values that it names are written as: "2019-29", "2019 to 2029"."""
    return [part for cell in one.cells for part in cell.value.split(" / ")]


def _place(question: Question, library: Library) -> str:
    """The country or city asked about of which nothing that was found speaks; empty where there is none."""
    said = [t for t in question.terms if t.place]
    unsaid = [t for t in said if not any(covers(h.passage, t, library.corpus) for h in library.hits)]
    return " ".join(t.word for t in said) if unsaid else ""


def _named(question: Question, library: Library, words: TableWords) -> list[Named]:
    """What the question names; for "in which country ...?", with no country in it, also what was said just before it."""
    named = words.named(question.standalone)
    if len(question.roles) > 1:  # roles are compared, and no rows with their names
        named = tuple(one for one in named if not words.is_role(one))
    asked = {c.name for t in library.corpus.tables for c in t.columns if not c.numeric and says(question, c)}
    open_ = asked - {c.column for one in named for c in one.cells}
    before = words.named(". ".join(question.statements))
    return [*(one for one in before if open_ & {c.column for c in one.cells}), *named]


def _unexplained(
    question: Question, named: Sequence[Named], found: Sequence[_Told], passages: Sequence[Passage]
) -> tuple[str, ...]:
    """The words of the question that neither name a value or a column, nor stand in the rows, nor compare."""
    known = {t.stem for one in named for t in tokens(one.phrase)} | stems_of(" ".join(p.text for p in passages))
    for told in found:
        columns = " ".join(w for c in told.table.columns for w in (c.name.replace("_", " "), *c.words))
        known |= stems_of(f"{told.table.title} {told.table.row_name} {columns}")
    low = plain(question.standalone)
    for pattern in (
        MORE,
        OFTEN,
        LESS,
        _EACH,
        MONEY,
        _CHANGES,
        *((LIMIT,) if question.form == "yes_no" else ()),
        *(CUES[c] for c in ("over_time", "highest", "lowest", "compare", "number", "newest", "older")),
    ):
        known |= {t.stem for m in pattern.finditer(low) for t in tokens(m[0])}
    terms = {t.stem: t.word for t in (*question.content, *question.terms) if " " not in t.word}
    return tuple(word for stem_, word in terms.items() if stem_ not in known)


def _combinations(named: Sequence[Named]) -> list[tuple[Named, ...]]:
    """One of each group of values that exclude each other, such as two countries; none where there are too many."""
    groups: list[list[Named]] = []
    for one in named:
        columns = {c.column for c in one.cells}
        group = next((g for g in groups if any(columns & {c.column for c in other.cells} for other in g)), None)
        if group is None:
            groups.append([one])
        elif not any(set(one.cells) == set(other.cells) for other in group):
            group.append(one)
    count = 1
    for group in groups:
        count *= len(group)
    return list(product(*groups)) if groups and count <= _MOST_COMBINATIONS else []


def _each_row(named: Sequence[Named], question: Question, library: Library) -> list[tuple[Named, ...]]:
    """One by one, values that each tell another row of a table of named things: "Galveston or that firm: which pays more?"."""
    if not JOINS.search(plain(question.standalone)):
        return []
    for table in library.corpus.tables:
        one_row = [any(tells_one(c, table) for c in one.cells) for one in named]
        rows = {r.passage.id for one in named for r in rows_of([one], table)}
        if len(named) > 1 and all(one_row) and len(rows) == len(named):
            return [(one,) for one in named]
    return []


def _best(combination: Sequence[Named], question: Question, library: Library) -> _Told | None:
    told = [_told(combination, t, question) for t in library.corpus.tables]
    return max((t for t in told if t and t.rows), key=lambda t: t.score, default=None)


def _told(combination: Sequence[Named], table: Table, question: Question) -> _Told | None:
    wanted = _wanted(combination, table)
    if wanted is None:
        return None
    rows = rows_of(combination, table)
    asked_for = measures(question, table)
    if not asked_for and MONEY.search(plain(question.standalone)):
        return None  # what is paid is asked for, and this table tells of something else
    asked = bool(asked_for) + (table.aspect in question.aspects)
    history = question.has("over_time") and any(r.superseded for r in rows)
    if not rows or not (asked or history or len(combination) > 1):
        return None
    if not history and not any(_dated(v) for held in wanted.values() for v in held):
        current = [r for r in rows if not r.superseded]
        rows = ([r for r in rows if r.superseded][:1] if question.has("older") else current) or rows
    if asked_for:
        rows = [r for r in rows if any(c.name in r.values for c in asked_for)] or rows
    open_ = [c for c in table.columns if c.kind in ("name", "title", "category") and c.name not in wanted]
    each = [c for c in open_ if _EACH.search(plain(question.standalone)) and says(question, c)]
    exactly = any(says_wholly(question, c) for c in asked_for)
    score = asked + history + 0.5 * exactly - 0.25 * (len(open_) - 2 * len(each)) - 0.1 * (len(rows) - 1)
    return _Told(table, tuple(rows), score)


def _wanted(combination: Sequence[Named], table: Table) -> dict[str, set[str]] | None:
    """By column the values that the combination names; None where the table lacks one of them."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in combination:
        values = one.values(table)
        if not values:
            return None
        for column, held in values.items():
            wanted[column] |= held
    return wanted


def rows_of(combination: Sequence[Named], table: Table) -> list[Row]:
    """The rows that hold all the values of the combination."""
    wanted = _wanted(combination, table)
    if wanted is None:
        return []
    fitting = [r for r in table.rows if all(value_of(r, c) in held for c, held in wanted.items())]
    by_name = any(table.column(c).kind in ("name", "title") for c in wanted)
    return fitting if by_name else [r for r in fitting if not r.overall]


def _dated(value: str) -> bool:
    return any(w.isdigit() and len(w) == 4 for w in re.split(r"\W", value))


def value_of(row: Row, column: str) -> str:
    """What the row has in the column, empty where it has nothing."""
    return str(row.values.get(column, row.notes.get(column, "")))


def _furthest_first(ids: list[str], by_id: dict[str, tuple[Table, Row]], question: Question) -> list[str]:
    """Of two rows the one first that has more of what is asked, or less where that is asked."""
    low = plain(question.standalone)
    end = "lowest" if LESS.search(low) and not MORE.search(low) else "highest"
    return _extreme(ids, by_id, replace(question, cues=frozenset({end})))


def _extreme(ids: list[str], by_id: dict[str, tuple[Table, Row]], question: Question) -> list[str]:
    """The row with the highest or lowest figure first, and of more than two no other."""
    highest = question.has("highest") or not question.has("lowest")
    tables = {by_id[i][0].document_id: by_id[i][0] for i in ids}
    figures = {}
    for i in ids:
        table, row = by_id[i]
        column = measure(table, [row], question, highest)
        if column is None or len({t.aspect for t in tables.values()}) > 1:
            return ids
        figures[i] = float(row.values[column.name])
    ranked = sorted(ids, key=lambda i: -figures[i] if highest else figures[i])
    return ranked[:2] if len(ranked) == 2 else ranked[:1]
