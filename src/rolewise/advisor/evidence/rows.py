"""Questions to tables: rows by value, by threshold, the highest, the lowest, how many."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from rolewise.advisor.english import FILLER_STEMS, JOINS, NTH, ORDINALS
from rolewise.advisor.evidence.base import (
    NOT_IN_SOURCES,
    Evidence,
    Library,
    Point,
    in_words,
    inline,
    names,
    said_of,
    stems_of,
)
from rolewise.advisor.evidence.besides import left_out, without
from rolewise.advisor.evidence.measures import middle
from rolewise.advisor.evidence.sums import MONEY, amounts, paying
from rolewise.advisor.question import Question, Value
from rolewise.advisor.table_words import tells_one
from rolewise.corpus import Passage, Row, Table
from rolewise.corpus.words import plain, stem

_HOW_MUCH = re.compile(r"\b(?:common|often|usual\w*|mostly|typical\w*|rare\w*|enough)\b")  # single rows cannot tell
_IS_THERE = re.compile(r"\b(?:any\w*|some\w*|there|have|got|list\w*|mention\w*|named|included?)\b")
_OR = re.compile(r"\bor\b")
_THAN = re.compile(r"\bthan\b")
_STILL = re.compile(r"\b(?:still|current|valid|up to date|newest|latest|recent)\b")


def table_of(question: Question, library: Library) -> Table | None:
    """The table that the question is put to: by values it names, its aspect, its columns, or an amount of money."""
    if question.among:
        return next(t for t in library.corpus.tables if any(r.passage.id in question.among for r in t.rows))
    tables = [t for t in library.corpus.tables if not _tells_no_money(question, t)]
    best = max(tables, key=lambda t: _signals(question, t, library), default=None)
    if best is None or _signals(question, best, library) < 1:
        return None
    if question.form == "compare" and not _asks_of(question, best) and len({v.value for v in question.values}) < 2:
        return None
    named = [
        v for v in question.values if v.table == best.document_id and best.column(v.column).kind in ("name", "title")
    ]
    items = max(_items_told(question, r, library) for r in best.rows) if question.items else 0.0
    placed = best.aspect in question.aspects and any(v.table == best.document_id for v in question.values)
    if (question.roles and not named and not placed) or (question.items and not items and not question.values):
        return None
    asks_rows = bool(question.values or amounts(question) or items >= 1) or question.has("highest", "lowest")
    return best if asks_rows or not _has_prose(best.aspect, library) else None


def _signals(question: Question, table: Table, library: Library) -> float:
    """How much of the question speaks of this table."""
    columns = {c.name for c in table.columns if c.kind not in ("name", "title") or stem(c.name) not in FILLER_STEMS}
    columns &= set(question.columns)
    counted = question.form == "number" and any(
        c.kind in ("number", "percent") for c in table.columns if c.name in columns
    )
    values = sum(v.table == table.document_id for v in question.values)
    money = any(c.kind == "money" for c in table.columns) and bool(amounts(question))
    items = max((_items_told(question, r, library) for r in table.rows), default=0.0) if question.items else 0.0
    return items + 3.0 * values + 2.0 * (table.aspect in question.aspects) + float(len(columns)) + 2.0 * money + counted


def _tells_no_money(question: Question, table: Table) -> bool:
    """Pay is asked for, and the table has figures, but of something else."""
    if table.aspect in question.aspects or not MONEY.search(question.text.lower()):
        return False
    numeric = [c for c in table.columns if c.numeric]
    asked = any(c.name in question.columns for c in numeric)
    return bool(numeric) and not asked and not any(c.unit for c in numeric)


def _asks_of(question: Question, table: Table) -> bool:
    """The question asks for what the table is about, or for one of its columns."""
    columns = {c.name for c in table.columns if c.kind not in ("name", "title")}
    return table.aspect in question.aspects or bool(columns & set(question.columns)) or bool(amounts(question))


def is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def _items_told(question: Question, row: Row, library: Library) -> float:
    """How well the row tells of all the items that the question names: by their own name best; 0 where one is missing.

    A row that is of the item itself is asked for by more than the item's name, which roles may have, too.
    """
    cells = {str(v).lower() for v in row.values.values()}
    said = " ".join(cells)
    if not all(names(row.passage, i, library.corpus) for i in question.items):
        return 0.0
    return sum(1.0 if i.lower() in said and i.lower() not in cells else 0.5 for i in question.items)


def rows(question: Question, table: Table, library: Library) -> Evidence:
    """The rows that match, complete; NOT_IN_SOURCES where a word asked about is nowhere in them."""
    yes_no = question.form == "yes_no"
    if yes_no and question.values and not is_put_to(question, table):
        return NOT_IN_SOURCES
    out = left_out(question, table)
    if out:
        question = without(question, out)
    matching, exact = _matching(question, table)
    matching = [r for r in matching if not out & set(map(str, r.values.values()))]
    narrowed = len(matching) < len(table.rows) or question.has("highest", "lowest") or question.items
    if not (narrowed or table.aspect in question.aspects or question.among or amounts(question)):
        return NOT_IN_SOURCES  # a word that a column has too ("at that level") asks for no table
    if question.among:
        matching = [r for r in matching if r.passage.id in question.among]
    joined = bool(JOINS.search(question.text.lower()))
    named = {v.value for v in question.values if is_name_in(v, table) or (joined and tells_one(v, table))}
    if not matching or (not exact and not yes_no and question.form != "compare" and len(named) < 2):
        return NOT_IN_SOURCES
    about_items = [r for r in matching if all(names(r.passage, i, library.corpus) for i in question.items)]
    matching = about_items or matching
    money = any(c.kind == "money" for c in table.columns)
    figures = {t.word for t in question.terms if t.word.isdigit() and not is_year(t.word) and not money}
    with_figures = [
        r for r in matching if figures & {f"{v:g}" for v in r.values.values() if isinstance(v, (int, float))}
    ]
    matching = with_figures or matching
    if not with_figures and (question.has("newest") or not question.has("older")):
        matching = [r for r in matching if not r.superseded] or matching
    if amounts(question) and any(c.kind == "money" for c in table.columns):
        matching = paying(matching, question, table)
        if not matching:
            return NOT_IN_SOURCES
    if question.has("highest", "lowest") and not amounts(question) and len(matching) > 1:
        matching = _extreme(matching, table, question)
    passages = tuple(r.passage for r in matching)
    several = len({v.value for v in question.values}) > 1
    by_name = question.among or several or any(is_name_in(v, table) or tells_one(v, table) for v in question.values)
    if yes_no and not by_name and _asks_more(question, passages, table, library):
        return NOT_IN_SOURCES  # "will AI cost me my job?": adverts that name AI say nothing to it
    if (
        question.form == "number"
        and re.search(r"\bhow many\b|\bnumber of\b", question.text.lower())
        and not _numeric_asked(question, table)
    ):
        one = len(matching) == 1
        label = (
            f"{in_words(len(matching))} {table.row_name}{'' if one else 's'} in the sources {'fits' if one else 'fit'}:"
        )
        return Evidence("answered", (Point(label, style="label"), *(_bullet(p) for p in passages)))
    if yes_no and question.has("all") and exact and (exceptions := _exceptions(question, table, matching)):
        no = Point(f"No, not all: {inline(exceptions[0].text)}.", exceptions[:1])
        return Evidence("answered", (no, *(Point(p.text, (p,)) for p in exceptions[1:])))
    if len(passages) == 1 or yes_no:
        outdated = bool(_STILL.search(question.text.lower())) and matching[0].superseded
        word = "Yes" if exact and not outdated else "No"
        low = question.text.lower()
        compares = bool(_THAN.search(low)) and not amounts(question)  # that a row is there does not say which is more
        told = (
            yes_no
            and not compares
            and not (question.has("highest", "lowest") and not question.values)
            and not (_claimed(question, table) and _OR.search(low))
            and not _HOW_MUCH.search(low)
            and _bears_all(matching[0], question, table, library)
        )
        first = f"{word}: {inline(passages[0].text)}." if told else passages[0].text
        points = (Point(first, passages[:1]), *(Point(p.text, (p,)) for p in passages[1:]))
        return Evidence("answered", points, exact=bool(out))
    return Evidence("answered", tuple(_bullet(p) for p in passages), exact=bool(out))


def _asks_more(question: Question, passages: tuple[Passage, ...], table: Table, library: Library) -> bool:
    """A word is asked about that neither the rows say nor what they stand under, or something else than whether they are there."""
    asked = any(c.kind != "title" and c.name in question.columns for c in table.columns)
    if not _IS_THERE.search(plain(question.text)) and not question.aspects and asked:
        return True
    said = frozenset().union(*(stems_of(w) for p in passages for w in said_of(p, library.corpus)))
    return any(t.word.isalpha() and t.stem not in said and not t.alike & said for t in question.terms)


def _bears_all(row: Row, question: Question, table: Table, library: Library) -> bool:
    """The row names each item that is asked about, and its table is about what is asked: else it proves nothing."""
    named = all(names(row.passage, item, library.corpus) for item in question.items)
    return named and (not question.aspects or table.aspect in question.aspects)


def is_put_to(question: Question, table: Table) -> bool:
    """Something is asked that a row can say yes or no to, and not only a name in it given."""
    columns = {v.column for v in question.values if v.table == table.document_id}
    by_name = len(columns) == 1 and all(is_name_in(v, table) for v in question.values if v.table == table.document_id)
    says_more = question.aspects or question.items or question.terms or amounts(question)
    return bool(not by_name or says_more or _IS_THERE.search(question.text.lower()))


def _exceptions(question: Question, table: Table, matching: list[Row]) -> tuple[Passage, ...]:
    """For "are all …": the rows of the same names that do not hold the category asked about."""
    names_only = tuple(v for v in question.values if is_name_in(v, table))
    everything = _matching(replace(question, values=names_only), table)[0]
    return tuple(r.passage for r in everything if r not in matching)


def is_name_in(value: Value, table: Table) -> bool:
    return value.table == table.document_id and table.column(value.column).kind in ("name", "title")


def _numeric_asked(question: Question, table: Table) -> bool:
    """ "How many jobs" may ask for a column of numbers rather than for a count of rows."""
    asked = [c for c in table.columns if c.kind == "number" and c.name in question.columns]
    return bool(asked and question.values)


def _has_prose(aspect: str, library: Library) -> bool:
    return any(aspect in p.aspects for d in library.corpus.documents if d.kind == "article" for p in d.passages)


def _bullet(passage: Passage) -> Point:
    return Point(passage.text, (passage,), "bullet")


def _matching(question: Question, table: Table) -> tuple[list[Row], bool]:
    """Rows that hold a named value in every column for which the question names one, and whether all of them fit.

    Where none does, the rows of the names alone: "is the Cere job remote?" is answered from the Cere row.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for value in question.values:
        if value.table == table.document_id:
            wanted[value.column].add(value.value)
    claimed = _claimed(question, table)
    if claimed and not _OR.search(question.text.lower()):
        wanted[claimed.column].discard(claimed.value)
    else:
        claimed = None
    whole = [r for r in table.rows if all(str(r.values.get(c)) in values for c, values in wanted.items())]
    if claimed and whole:
        held = [r for r in whole if str(r.values.get(claimed.column)) == claimed.value]
        return held or whole, bool(held)
    if not any(table.column(c).kind in ("name", "title") for c in wanted):
        whole = [r for r in whole if not r.overall]
    if whole:
        return whole, True
    said = [v for v in question.values if v.table == table.document_id]
    asks_of_it = question.form == "yes_no" and not _THAN.search(question.text.lower())
    if asks_of_it and said and not is_name_in(said[-1], table):
        said = said[:-1]  # what is asked of the row, and no other row: "is the Galveston job for juniors?"
    names = {v.value for v in said if is_name_in(v, table) or tells_one(v, table)}
    return [r for r in table.rows if names & {str(v) for v in r.values.values()}], False


def _claimed(question: Question, table: Table) -> Value | None:
    """What a yes/no question says of a row that it tells by another value of the same column: "is the job in Galveston remote?"."""
    if question.form != "yes_no":
        return None
    by_column: dict[str, list[Value]] = defaultdict(list)
    for value in question.values:
        if value.table == table.document_id and not is_name_in(value, table):
            by_column[value.column].append(value)
    for values in by_column.values():
        last, others = values[-1], values[:-1]
        said = [stems_of(o.value) for o in others]
        if others and not any(one <= stems_of(last.value) or stems_of(last.value) <= one for one in said):
            return last  # and no other name of the same place: "San Francisco, US"
    return None


def _extreme(matching: list[Row], table: Table, question: Question) -> list[Row]:
    """The rows with the highest or lowest number in the column asked about."""
    numeric = [c for c in table.columns if c.numeric and any(c.name in r.values for r in matching)]
    named = [c for c in numeric if c.name in question.columns]
    highest = question.has("highest")
    if not named and (paid := [c for c in numeric if c.unit]) and MONEY.search(plain(question.text)):
        named = [middle(paid, highest)]  # of quartiles: the median
    named = named or numeric
    if not named:
        return matching
    upper = question.has("high_end") or (highest and not question.has("low_end"))
    same = [c for c in named if c.kind == named[0].kind]
    column = same[-1] if upper and named[0].kind == "money" else same[0]
    held = [r for r in matching if column.name in r.values]
    figures = sorted({float(r.values[column.name]) for r in held}, reverse=highest)
    nth = NTH.search(question.standalone.lower())
    at = ORDINALS[nth[1]] - 1 if nth else 0
    return [r for r in held if float(r.values[column.name]) in figures[at : at + 1]]
