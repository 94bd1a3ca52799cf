"""Which of the mentions in a question count: a role or a row of its name, a value that is asked about, the narrower aspect."""

from __future__ import annotations

from rolewise.advisor import english
from rolewise.advisor.lexicon import Mention
from rolewise.corpus import Corpus
from rolewise.corpus.words import Token, stem

_LETS_IN = frozenset(
    stem(w) for w in "qualification requirement education schooling degree diploma route ticket".split()
)


def roles_or_rows(mentions: list[Mention], corpus: Corpus, keyed: set[str]) -> list[Mention]:
    """Words that name both a role and a row ("data scientists") mean the row only where the table is asked about, or `keyed`."""
    roles = {(m.first, m.last) for m in mentions if m.kind in ("role", "item")}
    aspects = {m.value for m in mentions if m.kind == "aspect"}
    rows = [m for m in mentions if m.kind == "value" and (m.first, m.last) in roles]
    columns = {(m.table, m.column) for m in mentions if m.kind == "column"}
    asked = {
        t.document_id for t in corpus.tables
        if t.aspect in aspects or any(c.numeric and (t.document_id, c.name) in columns for c in t.columns)
    }  # fmt: skip
    asked |= keyed
    named = {(m.first, m.last) for m in mentions if m.kind == "role"}
    mentions = [m for m in mentions if m.kind != "item" or (m.first, m.last) not in named]
    clash = {(m.first, m.last) for m in rows}
    meant = {(m.first, m.last) for m in rows if m.table in asked}
    if named - clash:  # beside another role it is one: "which pays more, lead or software engineer?"
        meant -= named
    return [
        m for m in mentions
        if (m.first, m.last) not in clash or m.kind not in ("role", "item", "value") or (m.kind == "value") == ((m.first, m.last) in meant)
    ]  # fmt: skip


def without_unasked(mentions: list[Mention], cues: frozenset[str], corpus: Corpus, keyed: set[str]) -> list[Mention]:
    """A value that is only meant by another word ("beginners") counts where its table is asked about, or `keyed`."""
    aspects = {m.value for m in mentions if m.kind == "aspect"}
    asked = keyed | {t.document_id for t in corpus.tables if t.aspect in aspects}
    numeric = {
        (t.document_id, c.name)
        for t in corpus.tables
        for c in t.columns
        if c.numeric and (c.kind != "number" or c.unit or "number" in cues)  # "jobs" are counted where asked how many
    }
    asked |= {m.table for m in mentions if m.kind == "column" and (m.table, m.column) in numeric}
    asked |= {m.table for m in mentions if m.kind == "value" and not m.guessed}
    return [m for m in mentions if m.kind != "value" or not m.guessed or m.table in asked]


def without_ways_in(mentions: list[Mention], words: list[Token]) -> list[Mention]:
    """ "The typical entry qualification" is what lets somebody in, and no level of a table."""
    return [
        m for m in mentions
        if m.kind != "value" or words[m.last - 1].text != "entry" or m.last == len(words) or words[m.last].stem not in _LETS_IN
    ]  # fmt: skip


def without_levels(mentions: list[Mention], corpus: Corpus) -> tuple[list[Mention], set[int]]:
    """Beside a role, a category of a table ("senior") is a word to cover, and no row to look up."""
    tables = {t.document_id: t for t in corpus.tables}
    if not any(m.kind == "role" for m in mentions):
        return mentions, set()
    levels = [m for m in mentions if m.kind == "value" and tables[m.table].column(m.column).kind == "category"]
    rest = [m for m in mentions if m not in levels]
    if any(m.kind == "value" for m in rest):
        return mentions, set()
    return rest, {i for m in levels for i in range(m.first, m.last)}


def _aspects(mentions: list[Mention], corpus: Corpus) -> tuple[str, ...]:
    """Aspects by name; the broader one gives way to the narrower that is named too."""
    found = tuple(dict.fromkeys(m.value for m in mentions if m.kind == "aspect"))
    broader = {w for a in found for w in corpus.vocabulary.aspect(a).within}
    return tuple(a for a in found if a not in broader) or found


def asked_aspects(mentions: list[Mention], words: list[Token], cues: frozenset[str], corpus: Corpus) -> tuple[str, ...]:
    """The aspects named, or those that tell a need where only "requirements" are asked for."""
    chosen = english.CHOOSES_OF.search(" ".join(w.text for w in words))
    if chosen:  # "which job of the two" chooses a role, and asks for no job
        first = len(chosen.string[: chosen.start()].split())
        inside = range(first, first + len(chosen[0].split()))
        mentions = [m for m in mentions if m.kind != "aspect" or m.first not in inside]
    if {"who", "whom", "people", "colleagues"} & {
        w.text for w in words
    }:  # "who does she work with": people, and no tools
        mentions = [m for m in mentions if m.kind != "aspect" or words[m.last - 1].text != "with"]
    named = _aspects(mentions, corpus)
    of_roles = {a for r in corpus.roles for p in r.passages for a in p.aspects}
    return named if set(named) & of_roles else _requirements(cues, corpus) or named


def _requirements(cues: frozenset[str], corpus: Corpus) -> tuple[str, ...]:
    """What is asked for without being named ("the requirements"): every aspect for which the role data tell a need."""
    needs = dict.fromkeys(p.aspects[0] for r in corpus.roles for p in r.passages if p.need and p.aspects)
    return tuple(needs) if "requirements" in cues else ()
