"""Which rows of an earlier answer a follow-up means by what it calls them: "the remote ones", "back to that job"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rolewise.advisor import english
from rolewise.advisor.question import Question, Value
from rolewise.advisor.table_words import TableWords
from rolewise.corpus import Corpus, Passage, Table
from rolewise.corpus.words import plain, stems, tokens

_KIND = r"(?P<several>jobs|positions|ones|ads|adverts|openings|postings|vacancies|gigs)|job|position|one|ad|advert|opening|posting|vacancy|gig"
# Another row than that one: "what was the projection before that one?".
_EARLIER = re.compile(r"\bbefore (?:that|this|it)\b")
_CALLED = re.compile(
    r"(?P<back>\b(?:(?:go|going|come|coming) )?(?:back|returning) to )?"
    rf"\b(?:the|that|those) (?P<what>(?:[\w&/-]+ ){{0,3}}?)(?:{_KIND})\b"
)
_ALL = re.compile(r"\b(?:all|any|every) $")
# Before and after a table value that stands alone for its row: "and the internship?"
_BEFORE = re.compile(r"(?:^|[,.;!?] |\b(?:and|or|but|then|about|is|does) )the $")
_AFTER = re.compile(r"\s*(?:then\b|[,.;?!]|$)")


@dataclass(frozen=True)
class _Called:
    """A part of a message that calls rows something."""

    start: int
    end: int
    words: frozenset[str] = frozenset()
    """Stems that a row must say; none where it is only gone back to."""
    cells: tuple[Value, ...] = ()
    """Values of which a row must hold one."""
    several: bool = False
    back: bool = False

    def is_meant(self, passage: Passage, corpus: Corpus) -> bool:
        table = next(t for t in corpus.tables if t.document_id == passage.document_id)
        held = table.rows[passage.row or 0].values
        if self.cells:
            return any(c.table == table.document_id and str(held.get(c.column)) == c.value for c in self.cells)
        return self.words <= set(stems(passage.text))


def gone_back(
    message: str,
    frames: Sequence[Question],
    gave: Callable[[Question], tuple[str, ...]],
    corpus: Corpus,
    words: TableWords,
) -> tuple[str, Question] | None:
    """The message with "that one" or "those ones" for what it calls the rows, and the earlier question that gave them.

    `frames` are the earlier questions, oldest first; `gave` tells the ids of the table rows in the answer to one. The newest
    answer that has such rows counts. None where the message calls no rows anything, or none had them.
    """
    low = plain(message)
    if len(low) != len(message) or _EARLIER.search(low):
        return None
    found = list(_called(low, corpus, words))
    for called in found if len(found) == 1 else ():
        newest = len(frames) - (called.back and not called.words)  # who goes back to "that job" has left the newest
        for frame in reversed(frames[:newest]):
            rows = [corpus.by_id[i] for i in gave(frame)]
            meant = [p for p in rows if called.is_meant(p, corpus)]
            if not meant or (called.several and len(rows) < 2):
                continue
            those = "that one" if len(meant) == 1 else "those ones"
            text = f"{message[: called.start]}{those}{message[called.end :]}"
            return text, replace(frame, gave=tuple(p.id for p in meant), picked=True)
    return None


def all_again(last: Question, rows: tuple[str, ...], corpus: Corpus) -> tuple[str, ...]:
    """The rows among which the question before asked for one end of a table: "and the cheapest one?" asks them again."""
    table = next((t for t in corpus.tables if any(r.passage.id in rows for r in t.rows)), None)
    if table is None or last.among:
        return last.among
    named = [v for v in last.values if v.table == table.document_id and table.column(v.column).kind == "category"]
    return tuple(r.passage.id for r in table.rows if all(str(r.values.get(v.column)) == v.value for v in named))


def names_of_a_row(last: Question, tables: Sequence[Table]) -> tuple[Value, ...]:
    """All the names and titles of one row among its values: it went on about the row that a question before it came to."""
    for table in tables:
        called = {c.name for c in table.columns if c.kind in ("name", "title")}
        names = tuple(v for v in last.values if v.table == table.document_id and v.column in called)
        if len(called) > 1 and {v.column for v in names} == called and len(names) == len(called):
            return names
    return ()


def with_one_before(rows: tuple[str, ...], before: tuple[str, ...], corpus: Corpus) -> tuple[str, ...]:
    """Both rows, where the answer before gave one of the same table, too: "which is higher of these two?". A second row
    in either answer was told beside the first, unless it is on something else.
    """
    called = sorted((_called_by(i, corpus) for i in rows), key=len)
    if len(rows) > 2 or not all(called[0] <= name for name in called):
        return rows
    first = before[:1] if len(before) <= 2 else ()
    tables = {corpus.by_id[i].document_id for i in (*rows[:1], *first)}
    return (*first, *rows[:1]) if first != rows[:1] and len(tables) == 1 else rows


def _called_by(row: str, corpus: Corpus) -> frozenset[str]:
    """The stems of what the columns of names and titles say of a row."""
    table, one = next((t, r) for t in corpus.tables for r in t.rows if r.passage.id == row)
    return frozenset(
        s for c in table.columns if c.kind in ("name", "title") for s in stems(str(one.values.get(c.name)))
    )


def _called(low: str, corpus: Corpus, words: TableWords) -> Iterator[_Called]:
    of_roles = {t.stem for r in corpus.roles for name in (r.title, *r.aliases) for t in tokens(name)}
    for found in _CALLED.finditer(low):
        what = {t.stem for t in tokens(found["what"])} - english.FILLER_STEMS
        if _ALL.search(low[: found.start()]) or (what and what <= of_roles):
            continue
        if what or found["back"]:
            yield _Called(
                found.start(), found.end(), frozenset(what), several=bool(found["several"]), back=bool(found["back"])
            )
    for one in words.named(low):
        at = low.find(one.phrase)
        before = _BEFORE.search(low[:at])
        if one.cells and before and _AFTER.match(low[at + len(one.phrase) :]):
            yield _Called(before.end() - len("the "), at + len(one.phrase), cells=one.cells)
