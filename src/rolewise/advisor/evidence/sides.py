"""The two sides of a comparison: each gets its evidence, and where the sources don't know one of them the answer says so.

A question about two things ("what did developers earn against data scientists?") has one passage that comes nearest to it,
and that one tells of one side. So where a side is left out, the question is put again with that side alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from rolewise.advisor.english import FILLER_STEMS
from rolewise.advisor.evidence.base import Evidence, Library, Point, stems_of
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.question import Question
from rolewise.advisor.spelling import is_name
from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import Token, plain, tokens

_BETWEEN = re.compile(
    r"[\s,:]*\b(?P<word>or|and|vs\.?|versus|against|than|compared (?:to|with)|as opposed to|differ\w* from)[\s,]+"
    r"(?:(?:that|those|the ones?|ones?) )?(?:(?:of|in|for|at|by|from|with|on) )?(?:(?:the|an?|your|their) )?$"
)
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|compar\w*|differ\w*|between|better|worse|most|least|against|which|who|whose|where|[a-z]{3,}er)\b"
)
_SETS_BESIDE = re.compile(r"\b(?:compar\w*|differ\w*|between|beside)\b")
_NO_THING = re.compile(r"\b(?:half|thirds?|quarters?|\d[\d,.%k]*|percent|once)\b")
_MOST_WORDS = 4
_MOST_TOLD = 2
_UNSAID = "The sources don't say that of “{}”. Of “{}”, they say:"


@dataclass(frozen=True)
class Side:
    """One of the two things compared, by the words of the question, and the question put for it alone."""

    name: str
    alone: str
    called: tuple[frozenset[str], ...]
    """Stems of what the corpus calls it: a passage that says all of one of them tells of it. None where it is unknown."""

    def told_by(self, passage: Passage, corpus: Corpus) -> bool:
        said = stems_of(passage.search_text)
        if passage.row is not None:  # its sentence may put a cell in other words
            table = next(t for t in corpus.tables if t.document_id == passage.document_id)
            said |= stems_of(" ".join(str(v) for v in table.rows[passage.row].values.values()))
        return any(name <= said for name in self.called)


def sides(question: Question, lexicon: Lexicon, library: Library) -> tuple[Side, ...]:
    """The two sides of the question, in its order; none where it does not set one thing beside another."""
    text = question.text
    if len(plain(text)) != len(text):
        text = plain(text)  # the places of words are those of the plain text
    if question.standalone != question.text or question.form in ("fit", "how_to", "define"):
        return ()
    words = tokens(text)
    known = _known(words, text, lexicon, library.corpus)
    for first in known:
        for second in (*known, *_unknown(words, first, known, question, lexicon)):
            between = text[first.end : second.start]
            cut = _BETWEEN.search(plain(between)) if first.end < second.start else None
            if not cut or any(first.end <= k.start and k.end <= second.start for k in known):
                continue
            if first.roles and (second.roles or not second.called):
                continue  # roles of the corpus are compared by their own data
            if not (_SETS_BESIDE if cut["word"] == "and" else _COMPARES).search(plain(text)):
                continue
            if not second.called and (first.is_name or cut["word"] == "and" or (cut["word"] == "or" and cut.start())):
                continue
            between, after = between[: cut.start()], text[second.end :]
            alone = (text[: first.end] + between + after, text[: first.start] + _said(second, text) + between + after)
            return tuple(
                Side(_said(one, text), whole, one.called) for one, whole in zip((first, second), alone, strict=True)
            )
    return ()


def leaves_out(evidence: Evidence, compared: Sequence[Side], corpus: Corpus) -> bool:
    """Whether it tells of one side only, or of none."""
    return not all(any(side.told_by(p, corpus) for p in evidence.passages) for side in compared)


def both_told(evidence: Evidence, compared: Sequence[Side], alone: Sequence[Evidence], corpus: Corpus) -> Evidence:
    """What was found for each side, instead of evidence that leaves one out; partly, and said so, where one is unknown."""
    told = [_told(side, found, corpus) for side, found in zip(compared, alone, strict=True)]
    if all(told):
        passages = _parallel(*told) or tuple(dict.fromkeys(p for some in told for p in some[:_MOST_TOLD]))
        style = "sentence" if len(passages) < 3 else "bullet"
        points = tuple(Point(p.text, (p,), style) for p in passages)  # type: ignore[arg-type]
        return Evidence("answered", points, exact=True)
    for side, found, other, said in zip(compared, alone, reversed(compared), reversed(told), strict=True):
        if said and (not side.called or found.status == "not_in_sources"):
            label = Point(_UNSAID.format(side.name, other.name), style="label")
            return Evidence("partly", (label, *(Point(p.text, (p,), "bullet") for p in said[:_MOST_TOLD])))
    return evidence


def _told(side: Side, found: Evidence, corpus: Corpus) -> tuple[Passage, ...]:
    """What was found for one side alone and speaks of it."""
    return tuple(p for p in found.passages if side.told_by(p, corpus)) if found.status == "answered" else ()


def _parallel(some: Sequence[Passage], others: Sequence[Passage]) -> tuple[Passage, ...]:
    """The first two that stand in the same section: they tell the same of both sides. None where no two do."""
    pairs = (
        dict.fromkeys((a, b))
        for a, b in product(some, others)
        if (a.document_id, a.section) == (b.document_id, b.section)
    )
    return tuple(next(pairs, ()))


@dataclass(frozen=True)
class _Span:
    """A thing named in a text, from `start` to `end`."""

    start: int
    end: int
    called: tuple[frozenset[str], ...]
    roles: bool = False
    is_name: bool = False
    """The texts say it, and neither role data nor a table do."""


def _said(span: _Span, text: str) -> str:
    return text[span.start : span.end]


def _known(words: list[Token], text: str, lexicon: Lexicon, corpus: Corpus) -> list[_Span]:
    """What the text names of the corpus: roles, items, rows, and names that its passages say; the longest words for each."""
    found: dict[tuple[int, int], _Span] = {}
    for one in lexicon.mentions(words):
        if one.kind in ("role", "item", "value"):
            at = (words[one.first].start, words[one.last - 1].end)
            before = found.get(at, _Span(*at, ()))
            called = (*before.called, stems_of(one.value), stems_of(text[at[0] : at[1]]))
            found[at] = _Span(*at, tuple(dict.fromkeys(called)), before.roles or one.kind == "role")
    for named in lexicon.table_words.named(text):
        start = text.find(named.phrase)
        at = (start, start + len(named.phrase))
        before = found.get(at, _Span(*at, ()))
        called = (*before.called, *(stems_of(c.value) for c in named.cells), stems_of(named.phrase))
        found[at] = _Span(*at, tuple(dict.fromkeys(called)), before.roles or not named.cells)
    for run in _runs(words, lambda w: is_name(w, text) and w.text.strip("0123456789") != ""):
        at, stems = (run[0].start, run[-1].end), frozenset(w.stem for w in run)
        if at not in found and any(stems <= stems_of(p.search_text) for p in corpus.passages):
            found[at] = _Span(*at, (stems,), is_name=True)
    longest = sorted(found.values(), key=lambda s: s.start - s.end)
    kept: list[_Span] = []
    for span in longest:
        if not any(span.start < k.end and k.start < span.end for k in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def _runs(words: Sequence[Token], belongs: Callable[[Token], bool]) -> list[list[Token]]:
    """Words that belong, and stand with nothing but a space between them, together."""
    runs: list[list[Token]] = []
    for word in words:
        if belongs(word):
            if runs and word.start - runs[-1][-1].end == 1:
                runs[-1].append(word)
            else:
                runs.append([word])
    return runs


def _unknown(
    words: list[Token], first: _Span, known: Sequence[_Span], question: Question, lexicon: Lexicon
) -> list[_Span]:
    """What stands after "or", "against" and the like behind the first, and is no name that the corpus has."""
    inside = {w for w in words if any(k.start <= w.start < k.end for k in known)}
    inside |= {w for m in lexicon.mentions(words) if m.kind in ("aspect", "column") for w in words[m.first : m.last]}
    low = plain(question.text)
    titles = [t.word for t in question.terms if " " in t.word]  # "data engineer"
    spans = [_Span(at, at + len(t), ()) for t in titles if (at := low.find(t)) > first.end]
    spans += [
        _Span(run[0].start, run[-1].end, ())
        for run in _runs(
            words, lambda w: w.stem not in FILLER_STEMS and w not in inside and not _NO_THING.match(w.text)
        )
        if run[0].start > first.end and len(run) <= _MOST_WORDS
    ]
    return [s for s in spans if _BETWEEN.search(low[first.end : s.start])]
