"""How far the guards themselves can be trusted: the advisor's check and the grader, on labelled pairs.

A count of unsupported sentences is worth as much as the rules that look for them, so the report says what they miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rolewise.advisor.check import Checker, Verdict
from rolewise.corpus import Corpus, Passage
from rolewise.evaluation.figures import Share
from rolewise.evaluation.pieces import Piece
from rolewise.evaluation.support import Grader


class Trust(BaseModel):
    """One guard on one split of the pairs."""

    model_config = ConfigDict(frozen=True)

    guard: str
    split: str
    false_passed: Share
    """Unsupported sentences that it lets through."""
    true_refused: Share
    """Supported sentences that it accuses."""


class _GraderAsCheck(Checker):
    def __init__(self, corpus: Corpus, grader: Grader) -> None:
        self._passages = {p.text: p for p in corpus.passages}
        self._grader = grader

    def check(self, sentence: str, evidence: Sequence[str], question: str = "") -> Verdict:
        quotes = [self._passages.get(e, Passage("", "", e, 0, len(e), (), 0)) for e in evidence]
        return Verdict(not self._grader.departures(Piece(sentence), quotes))


def trust(pairs: Path, corpus: Corpus, checker: Checker, grader: Grader) -> tuple[Trust, ...]:
    """Both guards over the pairs; the grader over those about this corpus, whose vocabulary it reads. None without a file."""
    if not pairs.is_file():
        return ()
    from rolewise.evaluation.pairs import evaluate_pairs, read_pairs

    rows = read_pairs(pairs)
    own = [p for p in rows if p.field == "corpus"]
    found = []
    for guard, given, by in (
        ("the advisor's check", rows, checker),
        ("the grader", own, _GraderAsCheck(corpus, grader)),
    ):
        for split in evaluate_pairs(given, by).splits:
            score = split.whole
            found.append(
                Trust(
                    guard=guard,
                    split=split.split,
                    false_passed=Share(hits=score.false_passed, of=score.false_all),
                    true_refused=Share(hits=score.true_all - score.true_passed, of=score.true_all),
                )
            )
    return tuple(found)
