"""Running the golden questions through the systems, side by side."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from rolewise.errors import UsageError
from rolewise.evaluation import sample
from rolewise.evaluation.designs import Design, case, measure
from rolewise.evaluation.figures import Figures, by, figures
from rolewise.evaluation.gate import Decision, decides, decision, gate
from rolewise.evaluation.golden import GoldenRow, read_golden
from rolewise.evaluation.report import NONE, OURS, TUTORIAL, Report, System
from rolewise.evaluation.results import Judged, judge, judge_uncited
from rolewise.evaluation.retrieval import Ranked, mean, ranked
from rolewise.evaluation.suites import Suite, ask_all
from rolewise.evaluation.support import Grader
from rolewise.evaluation.systems import Observed, Tutorial
from rolewise.evaluation.trust import trust
from rolewise.models import ChatModel

FAST_ROWS = 60
DESIGN_ROWS = 60
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """What to run. `baseline_rows` 0 leaves the tutorial chain out."""

    golden: tuple[Path, ...]
    split: str = "all"
    fast: bool = False
    baseline_rows: int = 48
    command: str = "rolewise eval"
    suites: tuple[Suite, ...] = ()

    def rows(self) -> list[GoldenRow]:
        """The rows chosen. Raises UsageError for files without any, and for an id that occurs twice."""
        rows = [r for path in self.golden for r in read_golden(path) if self.split in ("all", r.split)]
        if not rows:
            raise UsageError(
                f"No golden rows of split {self.split} in {', '.join(map(str, self.golden)) or 'no file'}."
            )
        if len({r.id for r in rows}) < len(rows):
            raise UsageError("An id occurs twice in the golden files. Ids must be unique: correct them and run again.")
        return sample.stratified(rows, FAST_ROWS) if self.fast else rows


def evaluate(plan: Plan, advisor: Observed, progress: Progress = lambda done, total: None) -> Report:
    """Ask every row of our chain with its model and without, a sample of the tutorial chain, the suites; grade them all."""
    began = time.perf_counter()
    rows = plan.rows()
    advisor.load()
    grader, model = Grader(advisor.corpus), advisor.built
    drawn = sample.stratified(rows, plan.baseline_rows) if model and plan.baseline_rows else []
    asked, judged = len(rows) + len(drawn), dict[str, list[Judged]]()
    total = asked + sum(len(s.rows(plan.split)) for s in plan.suites)
    rankings: dict[str, list[Ranked]] = {}
    decisions: list[Decision] = []
    texts = [p.text for p in advisor.corpus.passages]
    for done, row in enumerate(rows, 1):
        models = [None, model] if model else [None]
        answers = {
            m: advisor.ask(row, m) for m in models[:: 1 if done % 2 else -1]
        }  # who goes second finds caches warm
        for one in models:
            judged.setdefault(OURS if one else NONE, []).append(judge(row, answers[one], grader))
        plain = answers[None]
        if not plan.fast and decides(row):
            decisions.append(decision(row, plain.answer.status, advisor.nearness(row.ask)))
        if row.bears:
            found = [h.passage.text for h in advisor.searcher.search(plain.answer.standalone_question, k=10)]
            rankings.setdefault(row.split, []).append(ranked(found, row.bears, texts))
        progress(done, total)
    judged.setdefault(OURS, judged[NONE])
    if drawn and model:
        documents = [d.text for d in advisor.corpus.documents]
        judged[TUTORIAL] = _tutorial(drawn, documents, model, grader, lambda done: progress(len(rows) + done, total))
    suites = ask_all(plan.suites, plan.split, advisor.settings, lambda done: progress(asked + done, total))
    ids = {r.id for r in drawn}
    titles = {
        OURS: f"RoleWise, {model.name if model else 'no model'}",
        NONE: "RoleWise, no model",
        TUTORIAL: "tutorial chain",
    }
    return Report(
        made=datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        command=plan.command,
        model=model.name if model else None,
        cores=os.cpu_count() or 1,
        load=round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0,
        seconds=round(time.perf_counter() - began, 1),
        passages=len(texts),
        golden={p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:12] for p in plan.golden},
        systems={n: _system(titles[n], judged[n]) for n in (OURS, NONE, TUTORIAL) if n in judged},
        sample={n: figures([r for r in found if r.id in ids]) for n, found in judged.items()} if drawn else {},
        sample_categories=_by_category({n: [r for r in found if r.id in ids] for n, found in judged.items()})
        if drawn
        else {},
        gate=gate(decisions),
        suites=suites,
        trust=trust(plan.golden[0].parent / "check-pairs.jsonl", advisor.corpus, advisor.tally, grader),
        retrieval={s: mean(rankings[s]) for s in ("dev", "test") if s in rankings},
    )


def _tutorial(
    rows: Sequence[GoldenRow],
    documents: Sequence[str],
    model: ChatModel,
    grader: Grader,
    progress: Callable[[int], None],
) -> list[Judged]:
    judged = []
    with tempfile.TemporaryDirectory(prefix="rolewise-eval-", ignore_cleanup_errors=True) as folder:
        tutorial = Tutorial(documents, Path(folder), model)
        for done, row in enumerate(rows, 1):
            judged.append(judge_uncited(row, tutorial.ask(row), grader))
            progress(done)
    return judged


def _by_category(systems: dict[str, list[Judged]]) -> dict[str, dict[str, Figures]]:
    return {n: {c: figures(rows) for c, rows in by(found, "category").items()} for n, found in systems.items()}


def _system(title: str, rows: list[Judged]) -> System:
    """Figures over all rows, by split, and by split and category."""
    groups = {"all": rows, **by(rows, "split")}
    every = dict(groups)
    for split, members in groups.items():
        every |= {f"{split}/{category}": found for category, found in by(members, "category").items()}
    return System(
        title=title, rows={r.id: r for r in rows}, figures={name: figures(found) for name, found in every.items()}
    )


def run_designs(plan: Plan, advisor: Observed, progress: Progress = lambda done, total: None) -> tuple[Design, ...]:
    """The three designs over about sixty development rows whose evidence is prose and short. Raises UsageError."""
    advisor.load()
    if advisor.built is None:
        raise UsageError("The designs are about the model's part, and there is none. Set ROLEWISE_MODEL=built-in.")
    cases = []
    for row in Plan(plan.golden, "dev").rows():
        found = advisor.evidence_for(row.ask) if row.answerable else []
        if len(found) == 1:
            question, evidence = found[0]
            if one := case(row, question, evidence, advisor.searcher.search(question.standalone, question.roles, k=12)):
                cases.append(one)
    kept = {r.id for r in sample.stratified([c.row for c in cases], DESIGN_ROWS)}
    chosen = [c for c in cases if c.row.id in kept]
    progress(0, len(chosen))
    return measure(chosen, advisor.built, advisor.tally, Grader(advisor.corpus))
