"""`python scripts/train_evidence.py [--keep]`: fit `advisor/evidence/weights.json` to the development questions of evals/.

First the ranking of passages (listwise softmax, so that a passage which bears the answer comes first), then, for each way of
`choice.WAYS`, how likely it is to be right (logistic regression). Prints what five-fold cross-validation gives, whole
conversations held out; rows of the test split are never read. Last, with all other weights as they are, how much it counts
for each way that a question is out of scope, or in it: two numbers a way, fitted to the later files too; and what the words of a
follow-up alone tell: five numbers a way, fitted to the follow-ups of all files.

With `--keep` the weights that are there stay, and only those of new ways and the last step are fitted: a whole new fit changes some two hundred
answers, for the better and the worse alike.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from rolewise.advisor import Advisor
from rolewise.advisor.evidence import Evidence, choice, relevance
from rolewise.advisor.evidence.base import Library, Ranked
from rolewise.advisor.evidence.gather import by_rules, meant
from rolewise.advisor.evidence.signals import choice_signals
from rolewise.advisor.question import Question
from rolewise.evaluation.golden import GoldenRow, faults, read_golden
from rolewise.settings import load_settings

EVALS = Path(__file__).parent.parent / "evals"
WEIGHTS = Path(relevance.__file__).with_name("weights.json")
FILES = {
    "golden": 1.0,
    "golden-more": 1.0,
    "golden-fresh": 1.0,
    **dict.fromkeys(("blind", "blind-2", "blind-3", "blind-4", "blind-5"), 3.0),
}
"""The golden files and the weight of their rows: those that no rule was written for count more."""
LATER = dict.fromkeys(("blind-6", "blind-7", "blind-8", "blind-9"), 3.0)
TALKS = dict.fromkeys((f"blind-{n}" for n in range(10, 16)), 3.0)
UNANSWERABLE = 3.0
SCOPE = ("out_of_scope", "in_scope")
OF_FOLLOW_UPS = ("follows", "own_out", "own_in", "own_open", "own_unsaid")
_DECAY = 1e-4
FOLDS, SEED = 5, 7


@dataclass
class Case:
    """A development row that is one question, with what the rules found and what is ranked for it."""

    row: GoldenRow
    weight: float
    question: Question
    evidence: Evidence
    meant: Evidence | None
    ranked: list[Ranked]
    library: Library
    bears: np.ndarray
    """For each of `ranked`, whether the row names it as bearing the answer."""


def main(keep: bool) -> None:
    cases = _cases(FILES)
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(cases))
    fitted = _fit_choice(cases, _held_out(cases, fold), fold)
    weights = {"rank": _fit_rank(cases), **fitted}
    if keep:
        weights |= json.loads(WEIGHTS.read_text(encoding="utf-8"))
    later = [*cases, *_cases(LATER)]
    _fit_beside(later, weights, SCOPE)
    _fit_beside(
        [c for c in (*later, *_cases(TALKS)) if c.question.own != c.question.masked], weights, OF_FOLLOW_UPS, _DECAY
    )
    told = {name: {k: round(float(v), 4) for k, v in w.items()} for name, w in weights.items()}
    WEIGHTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _held_out(cases: Sequence[Case], fold: np.ndarray) -> list[list[Ranked]]:
    """What is ranked for each case by weights that were not fitted to it."""
    ranked = [_ranked(c, {}) for c in cases]
    for k in range(FOLDS):
        fitted = _fit_rank([c for c, f in zip(cases, fold, strict=True) if f != k])
        for i in np.flatnonzero(fold == k):
            ranked[i] = _ranked(cases[i], fitted)
    _report_rank(cases, ranked)
    return ranked


def _fit_beside(
    cases: Sequence[Case], weights: dict[str, dict[str, float]], names: tuple[str, ...], decay: float = 0.0
) -> None:
    """Add to each way's `weights` those of `names`; the others stay as they are."""
    ranked = [_ranked(c, weights["rank"]) for c in cases]
    for status, ways in choice.WAYS.items():
        at = [i for i, c in enumerate(cases) if c.evidence.status == status and ranked[i]]
        signals = [_signals(cases[i], ranked[i]) for i in at]
        scope = np.array([[s[n] for n in names] for s in signals])
        weight = np.array([cases[i].weight for i in at])
        for way in ways:
            others = {n: w for n, w in weights[f"{status}/{way}"].items() if n not in names}
            offset = others["bias"] + np.array([sum(others.get(n, 0.0) * v for n, v in s.items()) for s in signals])
            right = np.array([_right_by(way, cases[i], ranked[i]) for i in at])

            def loss(fitted: np.ndarray, scope=scope, offset=offset, right=right, weight=weight) -> float:
                odds = offset + scope @ fitted
                return float(np.average(np.logaddexp(0, odds) - right * odds, weights=weight)) + decay * float(
                    fitted @ fitted
                )

            fitted = dict(zip(names, minimize(loss, np.zeros(len(names))).x, strict=True))
            weights[f"{status}/{way}"] = {**others, **fitted}
            print(f"{status}/{way}: " + ", ".join(f"{n} {w:+.2f}" for n, w in fitted.items()))


def _cases(files: dict[str, float]) -> list[Case]:
    settings = load_settings().model_copy(update={"model": "none"})
    advisor = Advisor(settings)
    advisor.load()
    found = []
    with advisor.lent() as parts:
        for name, weight in files.items():
            for row in read_golden(EVALS / f"{name}.jsonl"):
                if row.split != "dev":
                    continue
                work = advisor._search(advisor._understand(row.ask))
                if len(work.questions) != 1 or work.questions[0].form in ("small_talk", "foreign"):
                    continue
                question, hits = work.questions[0], work.hits[0]
                if work.standing.move or advisor._weighed(question, work.standing):
                    continue
                library = Library(
                    parts.corpus, hits, parts.searcher.search,
                    lambda q, also, hits=hits: parts.relevance.rank(q, hits, also), parts.likeness,
                    out_of_scope=parts.out_of_scope,
                )  # fmt: skip
                evidence = by_rules(question, library, parts.understander.lexicon)
                if evidence.exact:
                    continue  # there is nothing to choose
                ranked = choice.candidates(question, evidence, library, parts.understander.lexicon.table_words)
                bears = np.array([any(b.lower() in r.passage.text.lower() for b in row.bears) for r in ranked])
                importance = UNANSWERABLE if row.unanswerable else weight
                other = meant(question, evidence, library, parts.understander.lexicon)
                found.append(Case(row, importance, question, evidence, other, ranked, library, bears))
    return found


def _ranked(case: Case, weights: dict[str, float]) -> list[Ranked]:
    scored = [
        Ranked(r.passage, sum(weights.get(n, 0.0) * v for n, v in r.signals.items() if n != "bare"), r.signals)
        for r in case.ranked
    ]
    bare = next((r.signals["bare"] for r in case.ranked if "bare" in r.signals), 0.0)
    scored.sort(key=lambda r: -r.score)
    if scored:
        scored[0].signals.setdefault("bare", bare)
    return scored


def _fit_rank(cases: Sequence[Case], steps: int = 300, rate: float = 0.05, decay: float = 1e-3) -> dict[str, float]:
    """Weights by signal that put a bearing passage first: gradient ascent (Adam) on its softmax likelihood."""
    used = [c for c in cases if c.bears.any()]
    names = [n for n in used[0].ranked[-1].signals if n != "bare"]
    x = [np.array([[r.signals[n] for n in names] for r in c.ranked]) for c in used]
    spread = np.concatenate(x).std(0) + 1e-6
    x = [m / spread for m in x]
    w, m1, m2 = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    total = sum(c.weight for c in used)
    for step in range(1, steps + 1):
        gradient = -decay * w
        for c, signals in zip(used, x, strict=True):
            e = np.exp((s := signals @ w) - s.max())
            every, bearing = e / e.sum(), np.where(c.bears, e, 0) / e[c.bears].sum()
            gradient = gradient + c.weight / total * (bearing - every) @ signals
        m1, m2 = 0.9 * m1 + 0.1 * gradient, 0.999 * m2 + 0.001 * gradient**2
        w = w + rate * (m1 / (1 - 0.9**step)) / (np.sqrt(m2 / (1 - 0.999**step)) + 1e-8)
    return dict(zip(names, w / spread, strict=True))


def _report_rank(cases: Sequence[Case], held_out: Sequence[Sequence[Ranked]]) -> None:
    for name in FILES:
        ranks = []
        for case, ranked in zip(cases, held_out, strict=True):
            if case.bears.any() and case.row.id in _ids(name):
                bearing = [b.lower() for b in case.row.bears]
                ranks.append(next(i for i, r in enumerate(ranked) if any(b in r.passage.text.lower() for b in bearing)))
        found = np.array(ranks)
        print(f"{name:13} recall@1 {(found < 1).mean():.3f}  @2 {(found < 2).mean():.3f}  @5 {(found < 5).mean():.3f}  n={len(found)}")  # fmt: skip


@cache
def _ids(name: str) -> set[str]:
    return {r.id for r in read_golden(EVALS / f"{name}.jsonl") if r.split == "dev"}


def _right(row: GoldenRow, evidence: Evidence) -> bool:
    cells = [p.text for _, line in evidence.table.lines for cell in line for p in cell] if evidence.table else []
    return not faults(row, evidence.status, " ".join([*(p.text for p in evidence.points), *cells]))


def _right_by(way: str, case: Case, ranked: Sequence[Ranked]) -> bool:
    return _right(case.row, choice.resolved(way, case.evidence, case.meant, ranked))


def _signals(case: Case, ranked: Sequence[Ranked]) -> dict[str, float]:
    return choice_signals(case.question, case.evidence, case.meant, ranked, case.library)


def _fit_choice(
    cases: Sequence[Case], held_out: Sequence[list[Ranked]], fold: np.ndarray
) -> dict[str, dict[str, float]]:
    fitted: dict[str, dict[str, float]] = {}
    kept = dict.fromkeys(FILES, 0)
    now = dict.fromkeys(FILES, 0)
    best = dict.fromkeys(FILES, 0)
    refused = {"right": [0, 0], "wrong": [0, 0]}
    for status, ways in choice.WAYS.items():
        at = [i for i, c in enumerate(cases) if c.evidence.status == status and held_out[i]]
        signals = [_signals(cases[i], held_out[i]) for i in at]
        names = sorted(set(signals[0]) - choice.VETOES - {*SCOPE, *OF_FOLLOW_UPS})
        x = np.array([[s.get(n, 0.0) for n in names] for s in signals])
        right = {way: np.array([_right_by(way, cases[i], held_out[i]) for i in at]) for way in ways}
        weight, folds = np.array([cases[i].weight for i in at]), fold[at]
        likely = np.zeros((len(at), len(ways)))
        for j, way in enumerate(ways):
            for k in range(FOLDS):
                model = _logistic(x[folds != k], right[way][folds != k], weight[folds != k])
                likely[folds == k, j] = model.predict_proba(x[folds == k])[:, 1]
            model = _logistic(x, right[way], weight)
            scale, line = model[0], model[1]
            coefficients = line.coef_[0] / scale.scale_
            fitted[f"{status}/{way}"] = {
                "bias": float(line.intercept_[0] - (scale.mean_ * coefficients).sum()),
                **dict(zip(names, coefficients, strict=True)),
            }
        choices = [ways.index(choice.best_way(status, row, s)) for row, s in zip(likely, signals, strict=True)]
        for j, i in enumerate(at):
            file = next(f for f in FILES if cases[i].row.id in _ids(f))
            kept[file] += right["kept"][j]
            now[file] += right[ways[choices[j]]][j]
            row, status_now = (
                cases[i].row,
                choice.resolved(ways[choices[j]], cases[i].evidence, cases[i].meant, held_out[i]).status,
            )
            for kind, applies, hit in (
                ("right", row.unanswerable, status_now != "answered"),
                ("wrong", row.answerable, status_now == "not_in_sources"),
            ):
                refused[kind][0] += applies and hit
                refused[kind][1] += applies
            best[file] += any(right[w][j] for w in ways)
        print(f"{status:15} n={len(at)} taken " + ", ".join(f"{w} {choices.count(j)}" for j, w in enumerate(ways)))
    for file in FILES:
        n = sum(c.row.id in _ids(file) for c in cases)
        print(
            f"{file:13} right by rules {kept[file]}, as chosen {now[file]}, with a perfect choice {best[file]}, of {n}"
        )
    print(f"refusals right {refused['right']}, wrong {refused['wrong']}")
    return fitted


def _logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray):
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=3000))
    return model.fit(x, y, logisticregression__sample_weight=weight)


if __name__ == "__main__":
    main(keep="--keep" in sys.argv)
