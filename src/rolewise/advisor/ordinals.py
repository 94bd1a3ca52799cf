"""What a follow-up means by "the first one" or "the latter": a subject that was named before, or a row of a list that was told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.question import Question, Value
from rolewise.advisor.table_words import tells_one
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain, stems, tokens

_PLACES = {
    "first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "latter": -1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "last": -1,
}  # fmt: skip
_KINDS = r"ones?|jobs?|positions?|roles?|titles?|company|companies|firm|employer|country|city|place|skill|tool"
_GOES_ON = (
    r"is|are|was|were|isn't|aren't|do|does|did|don't|doesn't|has|have|had|can|could|will|would|should|must|may|might|"
    r"needs?|pays?|paid|wants?|asks?|accepts?|requires?|earns?|gets?|uses?|works?|manages?|takes?|means?|says?|said|offers?|grows?|beats?|exceeds?|goes?|comes?|ranks?|tops?|differs?|leads?|"
    r"in|at|for|from|to|on|of|by|with|without|than|minus|plus|and|or|but|only|more|less|too|also|really|still|then|again|"
    r"needed|required|named|used|better|worse|instead|please|pls|there|as|if|i|you|they|he|she|it"
)
_ORDINAL = re.compile(
    rf"\b(?:the |that )?(?P<nth>{'|'.join(_PLACES)})"
    rf"(?: (?P<kind>{_KINDS})\b|(?=\s*(?:[,.;:?!)]|$))|(?= (?:{_GOES_ON})\b))"
)
_OTHER = re.compile(
    rf"\b(?:the|that|their) other(?: (?:{_KINDS})\b|(?=\s*(?:[,.;:?!)]|$))|(?= (?:{_GOES_ON})\b))|\banother (?:one|job|position)\b"
)
_ROLES = re.compile(r"\b(?:roles?|careers?|jobs?)\b")
_NON = re.compile(r"\bnon[- ](?P<what>[a-z]+(?: [a-z]+){0,2})")
_LISTS = ("highest", "lowest")
_OF_A_ROLE = "role"


@dataclass(frozen=True)
class _Subject:
    """Something named in a message: a value of a table, a role, an item of the role data, a publisher of sources."""

    phrase: str
    start: int
    end: int
    kinds: frozenset[object]
    """The columns, or the kind of thing, that it is one of."""
    is_same: frozenset[object]


def the_nth(
    message: str,
    said: Sequence[tuple[str, Question]],
    gave: Callable[[Question], tuple[str, ...]],
    lexicon: Lexicon,
    corpus: Corpus,
) -> tuple[str, Question | None]:
    """The message with what its "the first one" stands for, and the earlier question whose row "that one" in it means.

    `said` are the earlier messages, oldest first, each with its last question; `gave` tells the ids of the table rows in the
    answer to a question. Both are as they were where nothing was said of which the message may mean one.
    """
    low = plain(message)
    if len(low) != len(message) or not said:
        return message, None
    for found in reversed(list(_ORDINAL.finditer(low))):
        bare = found["nth"] == "last" or not found[0].startswith(("the ", "that "))
        if bare and not found["kind"]:
            continue
        meant = _meant(_PLACES[found["nth"]], found["kind"] or "", said, gave, lexicon, corpus)
        if isinstance(meant, Question):
            return f"{message[: found.start()]}that one{message[found.end() :]}", meant
        if meant:
            message = f"{message[: found.start()]}{meant}{message[found.end() :]}"
    low = plain(message)
    other = _OTHER.search(low) if len(low) == len(message) else None
    if other and (meant := _other(said, gave, lexicon, corpus)):
        called = "that one" if isinstance(meant, Question) else meant
        message = f"{message[: other.start()]}{called}{message[other.end() :]}"
        return message, meant if isinstance(meant, Question) else None
    return message, None


def not_that_role(message: str, lexicon: Lexicon, corpus: Corpus) -> str:
    """ "And for the non-lead one?": the message with the other of two roles by its name."""
    low = plain(message)
    said = _NON.search(low) if len(low) == len(message) and len(corpus.roles) == 2 else None
    words = said["what"].split() if said else []
    for length in range(len(words), 0, -1):
        called = f"a {' '.join(words[:length])}"
        if named := {m.value for m in lexicon.mentions(tokens(called)) if m.kind == _OF_A_ROLE}:
            other = next(r.title for r in corpus.roles if r.id not in named)
            assert said is not None
            return f"{message[: said.start()]}{other}{message[said.start('what') + len(called) - len('a ') :]}"
    return message


def _meant(
    nth: int,
    kind: str,
    said: Sequence[tuple[str, Question]],
    gave: Callable[[Question], tuple[str, ...]],
    lexicon: Lexicon,
    corpus: Corpus,
) -> str | Question:
    """The phrase for which the ordinal stands, or the question with the one row of its answer; of the newest list there is."""
    subjects = [list(_subjects(message, lexicon, corpus)) for message, _ in said]
    for at in reversed(range(len(said))):
        for one in sorted(subjects[at], key=lambda s: (not _is_name(s, corpus), -s.start)):
            if kind.startswith(_OF_A_ROLE) and _OF_A_ROLE not in one.kinds:
                continue
            here = _distinct(s for s in subjects[at] if s.kinds & one.kinds)
            listed = (
                here if len(here) > 1 else _distinct(s for m in subjects[: at + 1] for s in m if s.kinds & one.kinds)
            )
            if len(listed) > max(nth, 1):
                return listed[nth].phrase
        frame = said[at][1]
        rows = gave(frame) if not frame.picked else ()
        if len(rows) > max(nth, 1) and _is_list(frame, rows, corpus):
            return replace(frame, gave=(rows[nth],), picked=True)
        if len(frame.roles) > max(nth, 1) and (frame.form == "compare" or _ROLES.search(plain(said[at][0]))):
            return f"the {corpus.role[frame.roles[nth]].title}"
    return ""


def _other(
    said: Sequence[tuple[str, Question]],
    gave: Callable[[Question], tuple[str, ...]],
    lexicon: Lexicon,
    corpus: Corpus,
) -> str | Question:
    """What was named beside the subject of the newest message that has one, or the question with the row beside the row that
    it told, where there is just one such thing. Nothing of two roles, of which `conversation` knows the other.
    """
    subjects = [list(_subjects(message, lexicon, corpus)) for message, _ in said]
    at = next((i for i in reversed(range(len(said))) if subjects[i]), None)
    of_roles = at is not None and (said[at][1].form == "fit" or any(_OF_A_ROLE in s.kinds for s in subjects[at]))
    if at is None or (len(corpus.roles) == 2 and of_roles):
        return ""
    if named := _named_beside(subjects, at):
        return named
    row = _row_beside(gave(said[at][1]), corpus)
    return replace(said[at][1], gave=(row,), picked=True) if row else ""


def _named_beside(subjects: Sequence[Sequence[_Subject]], at: int) -> str:
    """The phrase of the one other thing of the same kind as a subject of the message `at`."""
    for one in subjects[at]:
        for listed in (*reversed(subjects[: at + 1]), [s for m in subjects for s in m]):
            pair = _distinct(s for s in listed if s.kinds & one.kinds)
            if len(pair) == 2 and any(one.is_same & s.is_same for s in pair):
                return next(s.phrase for s in pair if not one.is_same & s.is_same)
    return ""


def _row_beside(rows: tuple[str, ...], corpus: Corpus) -> str:
    """The id of the one other row that has a name in common with the one row that was told."""
    for table in corpus.tables:
        told = next((r for r in table.rows if (r.passage.id,) == rows), None)
        for column in (c.name for c in table.columns if told and c.kind == "name"):
            others = [
                r for r in table.rows if told and r is not told and r.values.get(column) == told.values.get(column)
            ]
            if len(others) == 1:
                return others[0].passage.id
    return ""


def _is_list(question: Question, rows: tuple[str, ...], corpus: Corpus) -> bool:
    """Whether the rows were told as a list: of things with names, or of the ends of a table."""
    tables = {corpus.by_id[i].document_id for i in rows}
    named = any(t.document_id in tables and any(c.kind == "name" for c in t.columns) for t in corpus.tables)
    return named or question.form == "list" or question.has(*_LISTS)


def _subjects(message: str, lexicon: Lexicon, corpus: Corpus) -> Iterator[_Subject]:
    """What the message names, in its order; where one lies within another, the longer."""
    low = plain(message)
    found: list[_Subject] = []
    for named in lexicon.table_words.named(low):
        if named.cells:
            at = low.find(named.phrase)
            kinds = frozenset(k for c in named.cells for k in _kinds(c, corpus))
            found.append(_Subject(named.phrase, at, at + len(named.phrase), kinds, frozenset(named.cells)))
    words = tokens(low)
    for m in lexicon.mentions(words):
        start, end = words[m.first].start, words[m.last - 1].end
        if m.kind in ("role", "item"):
            phrase = f"the {corpus.role[m.value].title}" if m.kind == "role" else low[start:end]
            found.append(_Subject(phrase, start, end, frozenset({m.kind}), frozenset({m.value})))
        elif m.kind == "value":
            cell = Value(m.table, m.column, m.value)
            found.append(_Subject(low[start:end], start, end, _kinds(cell, corpus), frozenset({cell})))
    said = [t.stem for t in words]
    for name in dict.fromkeys(d.provenance.publisher for d in corpus.documents):
        called = stems(name)
        for i in range(len(said) - len(called) + 1):
            if called and said[i : i + len(called)] == list(called):
                found.append(
                    _Subject(
                        name,
                        words[i].start,
                        words[i + len(called) - 1].end,
                        frozenset({"publisher"}),
                        frozenset({name}),
                    )
                )
    widest = [
        s
        for s in found
        if not any(o.start <= s.start and s.end <= o.end and o.end - o.start > s.end - s.start for o in found)
    ]
    yield from sorted(widest, key=lambda s: s.start)


def _kinds(cell: Value, corpus: Corpus) -> frozenset[object]:
    """The column of a value, and its table where it tells one row of those with names: "the Galveston job", "the one at Cere"."""
    table = next(t for t in corpus.tables if t.document_id == cell.table)
    return frozenset({(cell.table, cell.column), *((cell.table,) if tells_one(cell, table) else ())})


def _is_name(subject: _Subject, corpus: Corpus) -> bool:
    """It is called by its name, and not by what it is like: by an occupation rather than by a period."""
    cells = [c for c in subject.is_same if isinstance(c, Value)]
    tables = {t.document_id: t for t in corpus.tables}
    return not cells or any(tables[c.table].column(c.column).kind in ("name", "title") for c in cells)


def _distinct(subjects: Iterator[_Subject]) -> list[_Subject]:
    """In order of their first mention."""
    found: list[_Subject] = []
    for one in subjects:
        if not any(one.is_same & other.is_same for other in found):
            found.append(one)
    return found
