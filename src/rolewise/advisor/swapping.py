"""A follow-up that names another value of a table, or another figure of the same rows: "and in Canada?", "based on how many?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolewise.advisor import english
from rolewise.advisor.cues import CUES
from rolewise.advisor.evidence.figures import rows_of, value_of
from rolewise.advisor.evidence.sums import MONEY
from rolewise.advisor.going_back import names_of_a_row
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.places import places_in
from rolewise.advisor.question import Question, Value
from rolewise.advisor.table_words import Named, TableWords
from rolewise.corpus import Corpus, Row, Table
from rolewise.corpus.words import Token, plain, stem, tokens

_SMALL = frozenset(
    stem(w)
    for w in "just only same after few later year once instead else again please pls ones rest case number behind there here also too both back country place city level together combined taken".split()
)
_MOST_WORDS = 14
_STEP = re.compile(
    r"\b(?:(?:one|a|the next|next|another|the) )?(?:rung|level|step|grade|tier|notch)s? (?:(?P<down>below|down|lower|under|beneath)|above|up|higher|over)\b(?: (?:that|this|it))?"
)
_OVERALL = re.compile(
    r"^\W*(?:(?:and|so|ok|but|then|what|what's|whats|is|about|how)\W+)*(?:the |an? )?(?:(?:overall|total|general) (?:number|figure|median|one|pay|salary|average)|overall|(?:for |at |of )?all levels(?: together| combined)?|"
    r"(?:in general|on the whole|altogether|whatever the level|regardless of (?:the )?level))(?: (?:then|now|please|for (?:that|them|it)))*\W*$"
)
"""All levels together, after some of them."""
_SAME_THERE = re.compile(
    r"^\W*(?:(?:and|so|ok|but)\W+)*(?:is|was) (?:that|it|this) (?:also )?(?:so|the same|true|like that|similar|the case|any different|different)(?= (?:in|for|at|with|outside)\b)"
)
"""Whether it is so elsewhere, too: what is told of there says it."""
_BESIDE = r"(?:[ ,/&]+(?:and |or |vs\.? |plus )*)"
_VERIFIES = re.compile(r"\b(?:ok(?:ay)?|right|true|correct|possible|yes|no)\W*$")
"""At the end: what is asked is whether it is so."""


def turned_round(asked: str, lexicon: Lexicon) -> str | None:
    """The question with the two roles, items or values that it sets against each other changed over; None where there are not two."""
    low = plain(asked)
    words = tokens(low)
    mentions = lexicon.mentions(lexicon.corrected(words))
    for kind in ("role", "value", "item"):
        spans = dict.fromkeys((m.first, m.last) for m in mentions if m.kind == kind)
        if len(spans) == 2:
            (a, b), (c, d) = ((words[first].start, words[last - 1].end) for first, last in sorted(spans))
            return f"{low[:a]}{low[c:d]}{low[b:c]}{low[a:b]}{low[d:]}" if b <= c else None
    return None


class Swapper:
    """Puts the last question anew, with what a follow-up changes in it. What it comes to stands alone."""

    def __init__(self, corpus: Corpus, words: TableWords) -> None:
        self._words = words
        self._tables = corpus.tables
        self._where = tuple(
            Value(t.document_id, c.name, "") for t in corpus.tables for c in t.columns
            if not c.numeric and any(_is_place(str(r.values.get(c.name, ""))) for r in t.rows)
        )  # fmt: skip
        self._measures = {t.document_id: _measures(t) for t in corpus.tables}

    def whole(self, body: str, last: Question) -> str | None:
        """The question that `body` stands for after `last`; None where it does more than change a value of a table or ask for
        another of its figures, or where the one before asked for none.
        """
        before = _without_amounts(last.standalone)
        old = [one for one in self._words.named(before) if one.cells]
        if not old and (told := _of_one_table(last.values)):  # what was told before the question: "I'm a junior. ...?"
            before = f"{before.rstrip('?!. ')}, {', '.join(told)}"
            old = [one for one in self._words.named(before) if one.cells]
        body = _SAME_THERE.sub("and ", body)
        if _OVERALL.search(body) and (levels := self._levels(old)):
            others = ", ".join(one.phrase for one in old if one not in levels)
            paid = bool(MONEY.search(before) or english.AMOUNT.search(plain(last.standalone)))
            return f"{others}, pay?" if others and paid else f"{_left_out(before, levels)}?"
        body = self._stepped(body, old)
        said = tokens(body)
        if place := self._elsewhere(before, tokens(before)):
            old.append(place)
        if not old or not 0 < len(said) <= _MOST_WORDS or _VERIFIES.search(body):
            return None
        if any(CUES[end].search(body) for end in ("highest", "lowest")):
            return None  # "and which one pays least?" is asked of the same rows
        new = [one for one in self._words.named(body) if one.cells]
        if not new and (place := self._elsewhere(body, said)):
            new = [place]
        if not new and names_of_a_row(last, self._tables) and english.PRONOUN.search(body):
            return None  # "what does it pay?" is asked of the very row
        tables = self._asked(last, old)
        if not tables or (new and not any(self._beside(one, tables) for one in new)):
            return None
        left = _left(said, body, new)
        asked = {w for table in self._tables if _holds(table, (*old, *new)) for w in self._measures[table.document_id]}
        if any(w.stem not in asked and not MONEY.fullmatch(w.text) for w in left) or not (new or left):
            return None
        if new and not left and (english.BEGINS_WITH_AUXILIARY.search(body) or english.ASKS_OF_IT.match(body)):
            return None  # "is it remote?" asks about the row
        if (
            left
            and new
            and english.begins_asking(body)
            and not english.PRONOUN.search(body)
            and len(self._rows(new, tables)) == 1
        ):
            return None  # "what does that firm pay?" stands alone
        kept = [o for o in old if not any(_exclude(o, n) for n in new)]
        on_it = [t for t in tables if t.aspect in last.aspects] or tables
        if left and not any({w.stem for w in left} & self._measures[t.document_id] for t in on_it):
            return ", ".join((*(o.phrase for o in (*kept, *new)), body))  # a figure of another table: "and the pay?"
        if len(kept) == len(old) and not self._rows((*kept, *new), tables) and len(self._rows(new, tables)) == 1:
            text = before.rstrip("?!. ").replace(kept[0].phrase, new[0].phrase)  # another row by one of its values
        else:
            text = _swapped(before, old, new)
        return f"{text}, {body}" if left else f"{text}?"

    def _stepped(self, body: str, old: Sequence[Named]) -> str:
        """A follow-up that goes a level up or down, with the level that it comes to: tables list levels from the lowest."""
        step = _STEP.search(body)
        if not step or re.search(r"\bhow (?:many|long|soon|often|hard)\b|\bwhen\b", body):
            return body
        found: list[tuple[list[str], int]] = []
        for table in self._tables:
            for one in old:
                others = [o for o in old if o is not one and o.values(table)]
                for column, held in one.values(table).items():
                    if "level" in table.column(column).words:
                        rows = rows_of(others, table) if others else table.rows
                        levels = list(dict.fromkeys(value_of(r, column) for r in rows))
                        found += [(levels, i) for i, level in enumerate(levels) if level in held]
        levels, at = max(found, key=lambda f: len(f[0]), default=([], 0))
        to = at + (-1 if step["down"] else 1)
        if not 0 <= to < len(levels):
            return body
        return f"{body[: step.start()]}{levels[to].split(' / ')[0]}{body[step.end() :]}"

    def _levels(self, old: Sequence[Named]) -> list[Named]:
        """Those of the named values that are levels."""
        return [
            one for one in old
            if any("level" in t.column(c).words for t in self._tables for c in one.values(t))
        ]  # fmt: skip

    def _elsewhere(self, body: str, said: Sequence[Token]) -> Named | None:
        """A country or city that no table has, as a value of the columns that say where."""
        at = sorted(places_in(said))
        if not at:
            return None
        return Named(body[said[at[0]].start : said[at[-1]].end], self._where)

    def _asked(self, last: Question, named: Sequence[Named]) -> list[Table]:
        """The tables that hold what is named and have a figure, or are on the matter, that the question asks for."""
        said = {t.stem for t in tokens(last.standalone)}
        low = plain(last.standalone)
        money = last.has("number") or bool(MONEY.search(low) or english.GETS.search(low) or english.AMOUNT.search(low))
        return [
            t for t in self._tables
            if _holds(t, named)
            and (said & self._measures[t.document_id] or t.aspect in last.aspects or (len(named) > 1 and rows_of(named, t)) or (money and any(c.unit for c in t.columns)))
        ]  # fmt: skip

    def _rows(self, named: Sequence[Named], like: Sequence[Table]) -> list[Row]:
        """The rows that hold all that is named, of the tables on the same matter."""
        aspects = {t.aspect for t in like}
        return [r for t in self._tables if t.aspect in aspects for r in rows_of(named, t)]

    def _beside(self, one: Named, tables: Sequence[Table]) -> bool:
        """Whether a table on the same matter has the value, too."""
        aspects = {t.aspect for t in tables}
        return any(one.values(t) for t in self._tables if t.aspect in aspects)


def _of_one_table(values: Sequence[Value]) -> list[str]:
    """The values of the table that holds most of them."""
    tables = [v.table for v in values]
    most = max(tables, key=tables.count, default="")
    return list(dict.fromkeys(v.value for v in values if v.table == most))


def _left_out(text: str, named: Sequence[Named]) -> str:
    """The text without what names these, nor what joins it to the rest: "mid", "at senior level"."""
    text = text.rstrip("?!. ")
    for one in named:
        text = re.sub(
            rf"(?:,? (?:and|or|at|for|in))?(?:^| )(?:(?:the|a|an) )?{re.escape(one.phrase)}(?: levels?)?(?!\w)",
            "",
            text,
            flags=re.I,
        )
    return text.strip(" ,")


def _without_amounts(text: str) -> str:
    """The question without sums that somebody has read out of the answer: "AI engineer, US, 166k"."""
    low = plain(text)
    if not english.AMOUNT.search(low) or re.search(
        r"\b(?:over|above|under|below|than|least|most|from|between|pays?)\b", low
    ):
        return text
    left = english.AMOUNT.sub("", low).strip(" ,?")
    return left if MONEY.search(left) else f"{left}, pay"


def _is_place(value: str) -> bool:
    words = tokens(value)
    return bool(words) and len(places_in(words)) == len(words)


def _measures(table: Table) -> frozenset[str]:
    """Stems of what the columns of figures are called, and of what a row is."""
    said = [table.row_name, *(w for c in table.columns if c.numeric for w in (c.name.replace("_", " "), *c.words))]
    return frozenset(t.stem for text in said for t in tokens(text)) - english.FUNCTION_STEMS


def _holds(table: Table, named: Sequence[Named]) -> bool:
    return any(one.values(table) for one in named)


def _left(said: Sequence[Token], body: str, named: Sequence[Named]) -> list[Token]:
    """The words that neither name a value nor are of those that ask for nothing themselves."""
    spans = [(body.find(one.phrase), body.find(one.phrase) + len(one.phrase)) for one in named]
    return [
        w for w in said
        if not any(start <= w.start < end for start, end in spans)
        and w.stem not in english.FUNCTION_STEMS and w.stem not in _SMALL
    ]  # fmt: skip


def _exclude(one: Named, other: Named) -> bool:
    """Both name values of one column."""
    return bool({c.column for c in one.cells} & {c.column for c in other.cells})


def _swapped(before: str, old: Sequence[Named], new: Sequence[Named]) -> str:
    """The question before with each new value in the place of the old one that it excludes, or behind it."""
    text, at_end = before.rstrip("?!. "), list[str]()
    for one in new:
        places = [o for o in old if _exclude(o, one)]
        if not places:
            at_end.append(one.phrase)
        else:  # of several in a row ("AWS and Azure") all give way
            one_of = "|".join(re.escape(o.phrase) for o in places)
            said = re.search(rf"\b{re.escape(places[0].phrase)}(?!\w)(?:{_BESIDE}(?:{one_of})(?!\w))*", text, re.I)
            text = f"{text[: said.start()]}{one.phrase}{text[said.end() :]}" if said else f"{text}, {one.phrase}"
    return ", ".join((text, *at_end))
