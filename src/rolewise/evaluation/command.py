"""What `rolewise eval` does: choose rows, run, write the report, say the figures."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from rolewise.errors import UsageError
from rolewise.evaluation.compare import compare
from rolewise.evaluation.markdown import failure_line, failures
from rolewise.evaluation.report import NONE, OURS, TUTORIAL, Report, read_report, write_report
from rolewise.evaluation.run import Plan, Progress, evaluate, run_designs
from rolewise.evaluation.suites import read_suites
from rolewise.evaluation.systems import Observed
from rolewise.evaluation.tables import designs, figure_table, gate_table, suite_table, table
from rolewise.evaluation.thresholds import below, read_thresholds
from rolewise.settings import Settings

FOLDER = Path("evals")
_GOLDEN = ("golden.jsonl", "golden-more.jsonl", "golden-fresh.jsonl")


@dataclass(frozen=True)
class Choice:
    """The command's options; `split` empty for the default, `baseline_rows` 0 for none."""

    split: str = ""
    golden: tuple[Path, ...] = ()
    fast: bool = False
    baseline_rows: int = 48
    out: Path | None = None
    designs: bool = False
    show: str = ""
    check: bool = False


def run(choice: Choice, settings: Settings, command: str, progress: Progress) -> tuple[str, list[str]]:
    """(what to print, the figures beyond their threshold). Raises UsageError for options that do not go together."""
    plan = _plan(choice, command)
    bounds = read_thresholds(FOLDER / "thresholds.json", "fast" if choice.fast else "full") if choice.check else []
    folder = choice.out or (None if choice.fast else FOLDER)
    advisor = Observed(settings)
    try:
        if choice.designs:
            return _designs(plan, advisor, progress, folder), []
        report = evaluate(plan, advisor, progress)
    finally:
        advisor.close()
    before = _earlier(folder)
    if before:
        report = report.model_copy(update={"designs": before.designs, "designs_made": before.designs_made})
    written = write_report(report, folder) if folder else []
    said = [_summary(report), _shown(report) if choice.show else "", *(f"wrote {path}" for path in written)]
    return "\n".join(s for s in said if s), below(report, bounds)


def compared(before: Path, after: Path) -> str:
    """What got better or worse between two reports. Raises UsageError."""
    return compare(read_report(before), read_report(after))


def _plan(choice: Choice, command: str) -> Plan:
    if choice.split not in ("", "dev", "test", "all"):
        raise UsageError(f"There is no split {choice.split}: choose dev, test or all.")
    if choice.show not in ("", "dev"):
        raise UsageError("Only the development split can be shown: --show dev. Test rows are never read one by one.")
    golden = choice.golden or tuple(FOLDER / name for name in _GOLDEN if (FOLDER / name).is_file())
    missing = [str(path) for path in golden if not path.is_file()]
    if missing or not golden:
        raise UsageError(
            f"No golden questions at {', '.join(missing) or FOLDER}. Run this in a clone of the repository, or name files with --golden."
        )
    split = choice.split or ("dev" if choice.fast else "all")
    suites = () if choice.fast else read_suites(FOLDER / "suites.yaml")
    return Plan(golden, split, choice.fast, 0 if choice.fast else choice.baseline_rows, command, suites)


def _designs(plan: Plan, advisor: Observed, progress: Progress, folder: Path | None) -> str:
    found = run_designs(plan, advisor, progress)
    made = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    before = _earlier(folder)
    if before and folder:  # the table joins the report that is there; the next whole run keeps it
        write_report(before.model_copy(update={"designs": found, "designs_made": made}), folder)
    return designs(found, made)


def _earlier(folder: Path | None) -> Report | None:
    """The report that is there already, unless an earlier version wrote it."""
    try:
        return read_report(folder / "report.json") if folder and (folder / "report.json").is_file() else None
    except UsageError:
        return None


def _summary(report: Report) -> str:
    parts = []
    for split in ("dev", "test"):
        found = {s.title: s.figures[split] for n, s in report.systems.items() if n != TUTORIAL and split in s.figures}
        if found:
            parts.append(f"{split}\n" + figure_table(list(found), list(found.values())))
            ours, none = report.systems[OURS].figures, report.systems[NONE].figures
            rows = [
                [k.partition("/")[2], f"{f.correct.of:g}", str(f.correct), str(none[k].correct), f"{f.unsupported.hits:g}"]
                for k, f in ours.items() if k.startswith(f"{split}/")
            ]  # fmt: skip
            parts.append(table(["category", "rows", "correct", "correct, no model", "unsupported"], rows))
    if report.sample:
        titles = [report.systems[n].title for n in report.sample]
        parts.append("the tutorial chain's sample\n" + figure_table(titles, list(report.sample.values())))
    for split, r in report.retrieval.items():
        parts.append(
            f"retrieval, {split}: recall@5 {r.recall_5}, recall@10 {r.recall_10}, MRR {r.reciprocal_rank}, nDCG@10 {r.ndcg_10}"
        )
    if report.gate:
        parts.append("the gate, on single development questions\n" + gate_table(report.gate))
    if report.suites:
        parts.append("other corpora\n" + suite_table(report.suites))
    return "\n\n".join([*parts, f"{report.seconds:.0f} s"])


def _shown(report: Report) -> str:
    wrong = failures(list(report.systems[OURS].rows.values()))
    parts = [(f"{len(wrong)} wrong on the development split", wrong)]
    parts += [(f"{len(bad)} wrong in {name}", bad) for name, s in report.suites.items() if (bad := failures(s.marked))]
    return "".join(f"\n{head}\n" + "\n".join(failure_line(r) for r in rows) for head, rows in parts)
