"""Whether the rules' evidence stands, or something else answers better: what the ranking puts first, alone or beside it, or what
the rules find for the example question that comes nearest.

For each way the fitted weights estimate how likely it is to be right (logistic regression over the signals of `signals.py`, on the
development questions; `scripts/train_evidence.py` fits them anew). The likeliest is taken, the rules' evidence on a tie.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from rolewise.advisor.asks import COMPARISON, SUMMARY
from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point, Ranked, covers, stems_of
from rolewise.advisor.evidence.relevance import weights
from rolewise.advisor.evidence.signals import choice_signals, ranked_first
from rolewise.advisor.evidence.sums import amounts
from rolewise.advisor.question import Form, Question
from rolewise.advisor.table_words import TableWords
from rolewise.corpus import Passage, Table

WAYS = {
    "not_in_sources": ("kept", "found", "near", "meant"),
    "partly": ("kept", "sure", "found", "joined", "meant", "declined"),
    "answered": ("kept", "found", "joined", "near", "meant", "declined"),
}
"""What may be done with the rules' evidence, by its status: it is kept, said without the doubt before it (sure), gives way to
what is ranked first as the answer (found) or as what only comes near (near), is told together with it (joined), gives way to
what the rules find where the question is taken for its nearest example (meant), or to saying that the sources don't say (declined).
"""
_COSTS = {"kept": 0.0, "sure": 0.0, "near": -0.03, "found": 0.0, "joined": 0.04, "meant": 0.0, "declined": 0.05}
"""What is longer must be worth it, and what comes near helps more than a bare decline."""
VETOES = frozenset({"asks_elsewhere", "open_pay", "open_date"})
"""Signals that rule ways out, and get no weight."""
_VERDICTS = ("yes_no", "which_role", "compare")
_PLAINER: dict[Form, Form] = {"define": "fact", "yes_no": "fact", "number": "fact", "how_to": "fact", "compare": "fact"}
"""Forms whose cues may be what went astray, and the form of a question for what an aspect holds."""
_NEAR = "The sources don't say exactly that. Nearest to it, they say:"
_SAID_TOO = "What else the sources say on it:"


def chosen(
    question: Question, evidence: Evidence, meant: Evidence | None, library: Library, words: TableWords
) -> Evidence:
    """The evidence that is likeliest to answer the question. `meant`: what the rules find for it `as_meant`, where that is other."""
    ranked = candidates(question, evidence, library, words)
    if not ranked or question.has("produce", "deceive"):
        return evidence
    signals = choice_signals(question, evidence, meant, ranked, library)
    likely = [likelihood(f"{evidence.status}/{way}", signals) for way in WAYS[evidence.status]]
    way = best_way(evidence.status, likely, signals)
    told = _of_the_named(question, resolved(way, evidence, meant, ranked), library)
    return replace(told, missing=_unsaid(question, evidence, library)) if way == "declined" else told


def _of_the_named(question: Question, told: Evidence, library: Library) -> Evidence:
    """Of a follow-up to what a publisher of sources does: only what is said of it, where any of it is."""
    publishers = stems_of(" ".join(d.provenance.publisher for d in library.corpus.documents))
    names = [t for t in question.terms if t.name and t.stem in publishers]
    if question.own == question.masked or not names or told.table or told.status != "answered":
        return told
    of_others = [
        p for p in told.points if p.passages and not all(any(covers(q, t, library.corpus) for q in p.passages) for t in names)
    ]  # fmt: skip
    kept = tuple(p for p in told.points if p not in of_others)
    while kept and not kept[-1].passages:  # a label with nothing left under it
        kept = kept[:-1]
    return replace(told, points=kept) if kept else told


def _unsaid(question: Question, evidence: Evidence, library: Library) -> tuple[str, ...]:
    """The words asked about that the evidence does not say."""
    said = evidence.passages
    return tuple(t.word for t in question.terms if not any(covers(p, t, library.corpus) for p in said))


def as_meant(question: Question) -> Question | None:
    """The question taken for what its nearest example asks, whatever its words name; None where it is taken for that already."""
    nearest = question.nearest
    if nearest is None or question.form in ("fit", "small_talk", "foreign") or not (nearest.aspect or nearest.item):
        return None
    form = _PLAINER.get(question.form, question.form)
    taken = replace(
        question, form=form, aspects=(nearest.aspect,), items=(), terms=tuple(t for t in question.terms if t.name)
    )
    if nearest.item:
        taken = replace(taken, aspects=(), items=(nearest.item,))
    elif nearest.aspect in (SUMMARY, COMPARISON):
        taken = replace(taken, aspects=(), form="define" if nearest.aspect == SUMMARY else "compare")
    same = (taken.form, taken.aspects, taken.items) == (question.form, question.aspects, question.items)
    return None if same else taken


def best_way(status: str, likely: Sequence[float], signals: dict[str, float]) -> str:
    """The likeliest of the status's `WAYS`, each less what it costs a reader.

    A title that is asked about and not said is another role, and who is said to pay or to hire another firm: nothing is near
    to it. Where a number is not said, or the question is nearest to one that sources seldom answer, what is ranked first is no
    answer unless the rules have one. Where the answer begins
    with a verdict, a passage that the rules found too does not answer better alone.
    """
    allowed = WAYS[status]
    unsaid = any(signals[n] for n in ("open_numbers", "open_pay", "open_date")) or (
        signals["open_known"] and signals["values"]
    )
    if status != "answered" and (signals["open_titles"] or signals["open_agents"]):
        allowed = ("kept",)
    elif (status == "not_in_sources" and signals["asks_elsewhere"]) or (status != "answered" and unsaid):
        allowed = ("kept", "near")
    elif status == "answered" and (
        signals["verdict"] or (signals["inside"] and any(signals[f"form_{f}"] for f in _VERDICTS))
    ):
        allowed = tuple(way for way in allowed if way != "found")
    if signals["verdict"] or not signals["meant"]:
        allowed = tuple(way for way in allowed if way != "meant")
    ways = [(way, p) for way, p in zip(WAYS[status], likely, strict=True) if way in allowed]
    return max(ways, key=lambda way: way[1] - _COSTS[way[0]])[0]


def candidates(question: Question, evidence: Evidence, library: Library, words: TableWords) -> list[Ranked]:
    """What is ranked for the question. People's own documents count only where the rules have nothing: a text made to rank
    first must not get into answers that do not need it. Rows that an amount or an extreme leaves out do not come back, nor
    those of other values than the question names ("junior").
    """
    named, says_another = _categories(question, library, words)
    ranked = [r for r in library.rank(question, (*evidence.passages, *named)) if not says_another(r.passage)]
    if evidence.status == "not_in_sources":
        return ranked
    said = set(evidence.passages)
    chosen_rows = bool(amounts(question) or question.has("highest", "lowest")) and any(p.kind == "row" for p in said)
    return [
        r for r in ranked
        if r.passage in said
        or not (library.corpus.document[r.passage.document_id].own or (chosen_rows and r.passage.kind == "row"))
    ]  # fmt: skip


def _categories(
    question: Question, library: Library, words: TableWords
) -> tuple[list[Passage], Callable[[Passage], bool]]:
    """The rows of a name and a category that the question names; and whether a passage says another category than that."""
    cells = {c for one in words.named(question.text) for c in one.cells} | set(question.values)
    rows, tables = list[Passage](), list[tuple[Table, dict[str, set[str]]]]()
    for table in library.corpus.tables:
        wanted = defaultdict[str, set[str]](set)
        for cell in cells:
            if cell.table == table.document_id:
                wanted[cell.column].add(cell.value)
        categories = {c: values for c, values in wanted.items() if table.column(c).kind == "category"}
        if categories:
            tables.append((table, categories))
        if categories and len(wanted) > len(categories):
            rows += [r.passage for r in table.rows if all(str(r.values.get(c)) in v for c, v in wanted.items())]

    def says_another(passage: Passage) -> bool:
        for table, categories in tables:
            if passage.row is not None and passage.document_id == table.document_id:
                said = {c: {str(v)} for c, v in table.rows[passage.row].values.items()}
            else:
                said = words.values_in(passage.text, table)
                if not any(table.column(c).kind == "name" for c in said):
                    continue  # of none of the table's names
            if any(c in said and not said[c] & values for c, values in categories.items()):
                return True
        return False

    return rows, says_another


def resolved(way: str, evidence: Evidence, meant: Evidence | None, ranked: Sequence[Ranked]) -> Evidence:
    """The evidence after one of `WAYS`."""
    if way == "kept":
        return evidence
    if way == "meant":
        return meant or evidence
    if way == "declined":
        return NOT_IN_SOURCES
    if way == "sure":
        return replace(evidence, status="answered", points=tuple(p for p in evidence.points if p.passages))
    said = set(evidence.passages) if way == "joined" else set()
    words = [stems_of(p.text) for p in said]  # what says nothing new is no second sentence
    new = (p for p in ranked_first(ranked) if not any(stems_of(p.text) <= told for told in words))
    points = tuple(Point(p.text, (p,)) for p in new)
    if way == "near":
        return Evidence("partly", (Point(_NEAR, style="label"), *(replace(p, style="bullet") for p in points)))
    if way == "found":
        return Evidence("answered", points)
    rest = tuple(p for p in evidence.points if p.passages) if evidence.status == "partly" else evidence.points
    if not points:  # what is ranked first is what the rules found, and answers
        return replace(evidence, status="answered", points=rest)
    label = Point(_SAID_TOO, style="label")
    if evidence.status == "partly":
        return replace(evidence, status="answered", points=(*points, label, *rest))
    return replace(evidence, points=(*rest, label, *(replace(p, style="bullet") for p in points)))


def likelihood(way: str, signals: dict[str, float]) -> float:
    """How likely the way is to answer, between 0 and 1."""
    fitted = weights().get(way, {})
    total = fitted.get("bias", 0.0) + sum(fitted.get(name, 0.0) * value for name, value in signals.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
