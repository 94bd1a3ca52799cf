"""How likely a passage answers a question: a linear ranker over the signals of search and understanding.

The weights (`weights.json`) were fitted listwise (Cao et al., ICML 2007) to the passages that the development questions name
as bearing their answers; `scripts/train_evidence.py` fits them anew.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rolewise.advisor.asks import ROLE
from rolewise.advisor.evidence.base import Near, Ranked, covers, stems_of
from rolewise.advisor.question import Question
from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import tokens

if TYPE_CHECKING:
    from rolewise.index import Hit

_MOST_ASKED = 12  # passages that come in through their questions alone


@cache
def weights() -> dict[str, dict[str, float]]:
    """The fitted weights: `rank` by signal, and those of each decision."""
    found: dict[str, dict[str, float]] = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return found


class Relevance:
    """Ranks the passages that search, the rules and the passages' own example questions bring for a question."""

    def __init__(self, corpus: Corpus, asked: Near, closeness: Callable[[str, Passage], float]) -> None:
        """`asked`: for a question with `ROLE` for its roles, the cosine to the nearest example question, by passage id.

        `closeness` is the cosine of a text to what a passage says.
        """
        self._corpus = corpus
        self._asked = asked
        self._closeness = closeness
        self._superseded = frozenset(r.passage.id for t in corpus.tables for r in t.rows if r.superseded)
        said = Counter(s for p in corpus.passages for s in stems_of(p.search_text))
        count = len(corpus.passages)
        self._rarity = {s: math.log(1 + count / (1 + n)) for s, n in said.items()}
        self._rarest = math.log(1 + count)

    def rank(self, question: Question, hits: Iterable[Hit], others: Iterable[Passage] = ()) -> list[Ranked]:
        """The passages of `hits` and `others`, and those whose questions are nearest, best first."""
        cosines = {h.passage.id: h.cosine for h in hits}
        far = min((c for c in cosines.values() if c > 0), default=0.0)
        asked = self._near_questions(question)
        nearest = sorted(asked, key=lambda i: -asked[i])[:_MOST_ASKED]
        pool = dict.fromkeys([*cosines, *(p.id for p in others), *nearest])
        passages = [self._corpus.by_id[i] for i in pool if i in self._corpus.by_id]
        weight = weights()["rank"]
        found = []
        for passage in passages:
            cosine = cosines.get(passage.id) or far
            near = asked.get(passage.id, 0.0) if passage.id in self._corpus.with_questions else cosine
            signals = self._signals(question, passage, cosine, near)
            found.append(Ranked(passage, sum(weight.get(name, 0.0) * v for name, v in signals.items()), signals))
        found.sort(key=lambda r: -r.score)
        if found:  # one more signal for the decision, too dear for every passage
            found[0].signals["bare"] = self._closeness(question.bare or question.text, found[0].passage)
        return found

    def _near_questions(self, question: Question) -> dict[str, float]:
        masked = self._asked(question.masked)
        if ROLE not in question.masked.split():
            return masked
        # A table names by its own words what is masked as a role here: "data scientist" may be both.
        written = self._asked(question.standalone)
        return {i: max(masked.get(i, 0.0), written.get(i, 0.0)) for i in {**masked, **written}}

    def _signals(self, question: Question, passage: Passage, cosine: float, asked: float) -> dict[str, float]:
        terms = {t.stem: t for t in (*question.content, *question.terms) if " " not in t.word}.values()
        rarity = [self._rarity.get(t.stem, self._rarest) for t in terms]
        said = [covers(passage, t, self._corpus) for t in terms]
        names = [s for t, s in zip(terms, said, strict=True) if t.name]
        tied = bool(question.roles and passage.roles)
        same = tied and bool(set(passage.roles) & set(question.roles))
        nearest = question.nearest.aspects if question.nearest else {}
        numbers = question.form == "number" and any(t.text[0].isdigit() for t in tokens(passage.text))
        return {
            "cosine": cosine,
            "asked": asked,
            "words": sum(r for r, s in zip(rarity, said, strict=True) if s) / (sum(rarity) or 1.0),
            "names": sum(names) / len(names) if names else 1.0,
            "other_role": float(tied and not same),
            "same_role": float(same),
            "aspect": float(bool(set(passage.aspects) & set(question.aspects))),
            "values": self._values(question, passage),
            "number": float(numbers),
            "superseded": float(passage.id in self._superseded),
            "near_aspect": max((nearest.get(a, 0.0) for a in passage.aspects), default=0.0),
            "row": float(passage.kind == "row"),
        }

    def _values(self, question: Question, passage: Passage) -> float:
        """The share of the table values named by the question that the passage holds."""
        if not question.values:
            return 0.0
        said = stems_of(passage.text)
        return sum(stems_of(v.value) <= said or self._in_row(v.value, passage) for v in question.values) / len(
            question.values
        )

    def _in_row(self, value: str, passage: Passage) -> bool:
        if passage.row is None:
            return False
        table = next(t for t in self._corpus.tables if t.document_id == passage.document_id)
        return any(value.lower() in str(v).lower() for v in table.rows[passage.row].values.values())
