"""What the choice between the ways of `choice.py` depends on, by name."""

from __future__ import annotations

from collections.abc import Sequence

from rolewise.advisor.evidence.base import Evidence, Library, Point, Ranked, covers, stems_of
from rolewise.advisor.evidence.gate import date_untold, open_words, pay_untold
from rolewise.advisor.question import Question, Term
from rolewise.advisor.spelling import is_english
from rolewise.corpus import Passage

_FORMS = ("fit", "yes_no", "number", "compare", "define", "which_role", "how_to", "list")
_MOST = 2
_BEHIND = 3.0  # a passage whose score is so much lower than the first one's is not told beside it
_FAR = 10.0
_MOST_OUT, _MOST_IN = 6.0, 4.0


def ranked_first(ranked: Sequence[Ranked]) -> list[Passage]:
    """What is ranked first, and next to it what comes close."""
    return [r.passage for r in ranked[:_MOST] if r.score >= ranked[0].score - _BEHIND]


def choice_signals(
    question: Question, evidence: Evidence, meant: Evidence | None, ranked: Sequence[Ranked], library: Library
) -> dict[str, float]:
    """The signals, by name; `meant` as in `choice.chosen`."""
    found = Evidence("answered", tuple(Point(p.text, (p,)) for p in ranked_first(ranked)))
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
