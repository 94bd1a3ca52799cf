"""What the corpus's tables say of pay and outlook, as figures that can be drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolewise.advisor.evidence.base import stems_of
from rolewise.corpus import Column, Corpus, Passage, Row, Table
from rolewise.corpus.words import stems

SMALL_SAMPLE = 30

_LOW = re.compile(r"\b(?:low(?:er|est)?|min(?:imum)?|from|p25|q1)\b")
_HIGH = re.compile(r"\b(?:high(?:er|est)?|max(?:imum)?|upper|to|p75|q3)\b")
_MIDDLE = re.compile(r"\b(?:median|p50|middle|mean|average)\b")
_QUARTILE = re.compile(r"\b(?:quartiles?|p25|p75|q1|q3)\b")
_SAMPLE = re.compile(r"\b(?:n|samples?|sample size|count|respondents|pairs|number of \w+)\b")
_PERIOD = re.compile(r"\b(?:periods?|years?)\b")
_TOO_FEW = re.compile(r"\b(?:too few|small sample)\b", re.I)


@dataclass(frozen=True)
class Bar:
    """A row of a plot, in the table's unit. A figure that the row lacks is None; `sample` is how many it rests on."""

    label: str
    detail: str
    low: float | None
    middle: float | None
    high: float | None
    sample: int | None
    superseded: bool
    passage: Passage

    @property
    def small(self) -> bool:
        if self.sample is None:
            return bool(_TOO_FEW.search(self.passage.text))
        return self.sample < SMALL_SAMPLE

    @property
    def pale(self) -> bool:
        return self.small or self.superseded

    @property
    def figures(self) -> tuple[float, ...]:
        return tuple(v for v in (self.low, self.middle, self.high) if v is not None)


@dataclass(frozen=True)
class Plot:
    """A table to draw: ranges or quartiles of pay, or growth by period; `cautions` are passages that concern it."""

    kind: str
    """range: lowest to highest of each row; quartiles: the middle half and the median; growth: percent by period."""
    table: Table
    unit: str
    bars: tuple[Bar, ...]
    cautions: tuple[Passage, ...]


def market(corpus: Corpus) -> tuple[Plot, ...]:
    """A plot for each table with money, those of samples before those of single adverts; then for each with a percentage
    by period. Else in the corpus's order."""
    pay = sorted((p for t in corpus.tables if (p := _pay(t, corpus))), key=lambda plot: plot.kind != "quartiles")
    growth = [plot for table in corpus.tables if (plot := _growth(table, corpus))]
    return (*pay, *growth)


def _pay(table: Table, corpus: Corpus) -> Plot | None:
    money = [c for c in table.columns if _is_money(c)]
    if not money:
        return None
    middle = next((c for c in money if _MIDDLE.search(_name(c))), None)
    low = _called(_LOW, [c for c in money if c != middle])
    high = _called(_HIGH, [c for c in money if c not in (middle, low)])
    if not (low and high):
        low, middle, high = None, middle or money[0], None
    sample = next(
        (c for c in table.columns if c.kind == "number" and c not in money and _SAMPLE.search(_called_by(c))), None
    )
    quartiles = bool(low and (middle or _QUARTILE.search(_called_by(low))))
    bars = tuple(_bar(row, table, low, middle, high, sample) for row in table.rows)
    return Plot("quartiles" if quartiles else "range", table, money[0].unit, bars, _cautions(table, corpus))


def _growth(table: Table, corpus: Corpus) -> Plot | None:
    percent = next((c for c in table.columns if c.kind == "percent"), None)
    period = next((c for c in table.columns if c.kind == "category" and _PERIOD.search(_called_by(c))), None)
    if not percent or not period:
        return None
    bars = tuple(_bar(row, table, None, percent, None, None) for row in table.rows if percent.name in row.values)
    return Plot("growth", table, percent.unit or "%", bars, _cautions(table, corpus)) if bars else None


def _bar(
    row: Row, table: Table, low: Column | None, middle: Column | None, high: Column | None, sample: Column | None
) -> Bar:
    told = [
        str(row.values[c.name]).split(" / ")[0] if _PERIOD.search(_called_by(c)) else str(row.values[c.name])
        for kinds in (("title", "name"), ("category",))
        for c in table.columns
        if c.kind in kinds and c.name in row.values
    ]

    def figure(column: Column | None) -> float | None:
        return float(row.values[column.name]) if column and column.name in row.values else None

    count = int(row.values[sample.name]) if sample and sample.name in row.values else None
    return Bar(
        told[0] if told else table.row_name, " · ".join(told[1:]), figure(low), figure(middle), figure(high), count,
        row.superseded, row.passage,
    )  # fmt: skip


def _is_money(column: Column) -> bool:
    return column.kind == "money" or (column.kind == "number" and bool(re.fullmatch(r"[A-Z]{3}|[$€£¥]", column.unit)))


def _called(pattern: re.Pattern[str], columns: list[Column]) -> Column | None:
    """The column whose own name, or else one of whose words, the pattern finds."""
    by_name = next((c for c in columns if pattern.search(_name(c))), None)
    return by_name or next((c for c in columns if pattern.search(_called_by(c))), None)


def _name(column: Column) -> str:
    return column.name.lower().replace("_", " ")


def _called_by(column: Column) -> str:
    return " | ".join((_name(column), *(w.lower() for w in column.words)))


def _cautions(table: Table, corpus: Corpus) -> tuple[Passage, ...]:
    """Passages on how far figures can be trusted that concern the table.

    They are by its publisher, or say what its aspect is called, or name a row of it, and no longer one of another table.
    """
    subject = stems_of(next((a.name for a in corpus.vocabulary.aspects if a.id == table.aspect), table.aspect))
    publisher = corpus.document[table.document_id].provenance.publisher

    def concerns(passage: Passage) -> bool:
        if corpus.document[passage.document_id].provenance.publisher == publisher:
            return True
        said = " ".join(stems(passage.text))
        rows = {each.document_id: _longest_named(each, said) for each in corpus.tables}
        named = rows[table.document_id]
        return subject <= stems_of(passage.search_text) or (named > 1 and named == max(rows.values()))

    return tuple(dict.fromkeys(p for p in corpus.passages if "caveats" in p.aspects and concerns(p)))


def _longest_named(table: Table, said: str) -> int:
    """The words of the longest row name that the stems contain."""
    names = {
        str(row.values[c.name])
        for row in table.rows
        for c in table.columns
        if c.kind in ("name", "title") and c.name in row.values
    }
    runs = [stems(name) for name in names]
    return max((len(run) for run in runs if run and " ".join(run) in said), default=0)
