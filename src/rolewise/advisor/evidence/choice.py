"""Whether the rules' evidence stands, or something else answers better: what the ranking puts first, alone or beside it, or what
the rules find for the example question that comes nearest.

For each way the fitted weights estimate how likely it is to be right (logistic regression over the signals below, on the
development questions; `scripts/train_evidence.py` fits them anew). The likeliest is taken, the rules' evidence on a tie.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from rolewise.advisor.asks import COMPARISON, SUMMARY
from rolewise.advisor.evidence.base import NOT_IN_SOURCES, Evidence, Library, Point, Ranked, covers, stems_of
from rolewise.advisor.evidence.gate import date_untold, open_words, pay_untold
from rolewise.advisor.evidence.relevance import weights
from rolewise.advisor.evidence.rows import amounts
from rolewise.advisor.question import Form, Question, Term
from rolewise.advisor.spelling import is_english
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
_MOST = 2
_BEHIND = 3.0  # a passage whose score is so much lower than the first one's is not told beside it
_FAR = 10.0
_MOST_OUT, _MOST_IN = 6.0, 4.0
_COSTS = {"kept": 0.0, "sure": 0.0, "near": -0.03, "found": 0.0, "joined": 0.04, "meant": 0.0, "declined": 0.05}
"""What is longer must be worth it, and what comes near helps more than a bare decline."""
VETOES = frozenset({"asks_elsewhere", "open_pay", "open_date"})
"""Signals that rule ways out, and get no weight."""
_FORMS = ("fit", "yes_no", "number", "compare", "define", "which_role", "how_to", "list")
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
    first = [r for r in ranked[:_MOST] if r.score >= ranked[0].score - _BEHIND]
    words = [stems_of(p.text) for p in said]  # what says nothing new is no second sentence
    new = (r.passage for r in first if not any(stems_of(r.passage.text) <= told for told in words))
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


def choice_signals(
    question: Question, evidence: Evidence, meant: Evidence | None, ranked: Sequence[Ranked], library: Library
) -> dict[str, float]:
    """What the choice depends on, by name."""
    found = resolved("found", evidence, meant, ranked)
    unsaid = [t for t in question.terms if not any(covers(p, t, library.corpus) for p in found.passages)]
    called = stems_of(" ".join(library.corpus.called.get(p.id, "") for p in found.passages))
    first = ranked[0]
    said = set(evidence.passages)
    own = [r for r in ranked if r.passage in said]
    nearest = question.nearest
    near, elsewhere = (nearest.cosine, nearest.elsewhere) if nearest else (0.0, 0.0)
    odds = scope(question.masked, (*evidence.passages, *found.passages), library)
    return {
        **{f"first_{name}": value for name, value in first.signals.items()},
        "score": first.score,
        "ahead": min(first.score - ranked[1].score, _FAR) if len(ranked) > 1 else _FAR,
        "over": min(first.score - own[0].score, _FAR) if own else 0.0,
        "inside": float(first.passage in said),
        "verdict": float(evidence.verdict),
        "said_words": max((r.signals["words"] for r in own), default=0.0),
        "said_asked": max((r.signals["asked"] for r in own), default=0.0),
        "said": min(len(said), 8) / 8,
        "table": float(evidence.table is not None),
        "near": near,
        "elsewhere": elsewhere,
        "nearer": near - elsewhere,
        "out_of_scope": max(0.0, min(_MOST_OUT, odds)),
        "in_scope": max(0.0, min(_MOST_IN, -odds)),
        "open_date": float(date_untold(question, found.passages)),
        "open_pay": float(pay_untold(question, found.passages, library.corpus)),
        "asks_elsewhere": float(nearest is not None and nearest.asks_elsewhere),
        "gate": min(len(open_words(question, found, library)), 3) / 3,
        "open_names": float(sum(t.name and t.word.isalpha() for t in unsaid)),
        "open_known": float(sum(_is_known_name(t) and t.stem not in called for t in unsaid)),
        "open_numbers": float(sum(t.name and any(c.isdigit() for c in t.word) for t in unsaid)),
        "open_agents": float(sum(t.agent for t in unsaid)),
        "open_titles": float(sum(" " in t.word for t in unsaid)),
        "open_asked": float(sum(t.telling and not t.name for t in unsaid)),
        "open": min(len(unsaid), 8) / 8,
        "content": min(len(question.content), 12) / 12,
        "names": float(sum(t.name for t in question.terms)),
        "roles": float(len(question.roles)),
        "values": float(len(question.values)),
        **{f"form_{form}": float(question.form == form) for form in _FORMS},
        **_meant_signals(question, said, meant, ranked),
        **_own_signals(question, evidence, found, library),
    }


def _own_signals(question: Question, evidence: Evidence, found: Evidence, library: Library) -> dict[str, float]:
    """Of a follow-up: what its words alone tell, without what is taken from the conversation; zeros for other questions."""
    if question.own == question.masked:
        return dict.fromkeys(("follows", "own_out", "own_in", "own_open", "own_unsaid"), 0.0)
    odds = scope(question.own, (*evidence.passages, *found.passages), library)
    new = [t for t in question.content if " " not in t.word]

    def unsaid(passages: Sequence[Passage]) -> float:
        return min(sum(not any(covers(p, t, library.corpus) for p in passages) for t in new), 3) / 3

    return {
        "follows": 1.0,
        "own_out": max(0.0, min(_MOST_OUT, odds)),
        "own_in": max(0.0, min(_MOST_IN, -odds)),
        "own_open": unsaid(found.passages),
        "own_unsaid": unsaid(evidence.passages),
    }


def scope(text: str, told: Sequence[Passage], library: Library) -> float:
    """How much speaks for it that sources like these don't answer the question `text`. 0 where a passage is among the evidence that
    no example question tells of, as of people's own documents: the examples know nothing of what those answer.
    """
    if not all(p.id in library.corpus.with_questions for p in told):
        return 0.0
    return library.out_of_scope(text)


def _meant_signals(
    question: Question, said: set[Passage], meant: Evidence | None, ranked: Sequence[Ranked]
) -> dict[str, float]:
    """How much speaks for what the rules find for the nearest example question; zeros where there is none."""
    nearest = question.nearest
    told = set(meant.passages) if meant else set()
    if not told or nearest is None:
        return dict.fromkeys(("meant", "meant_ahead", "meant_behind", "meant_first", "meant_new", "meant_said"), 0.0)
    best = max((r.score for r in ranked if r.passage in told), default=ranked[0].score - _FAR)
    return {
        "meant": 1.0,
        "meant_ahead": nearest.cosine - max((nearest.aspects.get(a, 0.0) for a in question.aspects), default=0.0),
        "meant_behind": min(ranked[0].score - best, _FAR),
        "meant_first": float(ranked[0].passage in told),
        "meant_new": len(told - said) / len(told),
        "meant_said": min(len(told), 8) / 8,
    }


def _is_known_name(term: Term) -> bool:
    """A name that English knows ("Poland"), rather than a word in a spelling of its own."""
    return term.name and len(term.word) > 2 and term.word.isalpha() and is_english(term.word)


def likelihood(way: str, signals: dict[str, float]) -> float:
    """How likely the way is to answer, between 0 and 1."""
    fitted = weights().get(way, {})
    total = fitted.get("bias", 0.0) + sum(fitted.get(name, 0.0) * value for name, value in signals.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
