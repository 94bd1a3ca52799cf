"""The report for readers: Markdown tables, the failures of the development split, nothing of a test row."""

from __future__ import annotations

from collections.abc import Sequence

from rolewise.evaluation.report import NONE, OURS, TUTORIAL, Report
from rolewise.evaluation.results import Judged
from rolewise.evaluation.tables import designs, figure_table, gate_table, short, suite_categories, suite_table, table

_LISTED = 40


def markdown(report: Report) -> str:
    """The whole report."""
    parts = ["# Evaluation of the answers", _how(report), *_headline(report), *_categories(report), *_sample(report)]
    parts += [
        *_suites(report),
        *_retrieval(report),
        *_gate(report),
        *_trust(report),
        *_design(report),
        *_unsupported(report),
        *_rejected(report),
        *_failures(report),
    ]
    return "\n\n".join(parts)


def failures(rows: Sequence[Judged]) -> list[Judged]:
    """Wrong development rows, worst first: what says something false, then wrong refusals, then what lacks a fact."""
    wrong = [r for r in rows if r.split == "dev" and not r.correct]
    return sorted(
        wrong, key=lambda r: (not any(f.startswith("says") for f in r.faults), not r.declined, -len(r.faults))
    )


def failure_line(row: Judged) -> str:
    return f"{row.id}: {row.question} → {row.status}; {'; '.join(row.faults)}"


def _how(report: Report) -> str:
    files = ", ".join(f"{name} ({digest})" for name, digest in report.golden.items())
    return (
        f"Made {report.made} by `{report.command}` in {report.seconds:.0f} s, on {report.cores} cores (load {report.load}: above "
        f"the number of cores, the seconds are pessimistic). Model: {report.model or 'none'}; {report.passages} passages. "
        f"Golden questions (SHA-256 begins): {files}. All systems ran in this one process. What a figure means is "
        "said where it is computed, in `src/rolewise/evaluation/figures.py`, `support.py` and `retrieval.py`. Test rows are only aggregated.\n\n"
        "![Correct answers by category](report.svg)"
    )


def _headline(report: Report) -> list[str]:
    parts = []
    for split in ("dev", "test"):
        if found := {n: report.systems[n].figures[split] for n in (OURS, NONE) if split in report.systems[n].figures}:
            titles = [report.systems[n].title for n in found]
            parts.append(
                f"## {split}: {found[OURS].correct.of:g} questions\n\n" + figure_table(titles, list(found.values()))
            )
    return parts


def _categories(report: Report) -> list[str]:
    ours, none = report.systems[OURS].figures, report.systems[NONE].figures
    keys = [k for k in ours if "/" in k and not k.startswith("all/")]
    rows = []
    for key in sorted(keys, key=lambda k: (k.partition("/")[2], k)):
        split, _, category = key.partition("/")
        f = ours[key]
        rows.append([
            category, split, f"{f.correct.of:g}", short(f.correct), short(none[key].correct), short(f.borne),
            f"{f.unsupported.hits:g}", short(f.citation_precision), short(f.citation_recall),
            f"{short(f.right_refusals)} / {short(f.wrong_refusals)}", f"{f.first_s[0]:.2f}", f"{f.total_s[1]:.2f}",
        ])  # fmt: skip
    heads = ["category", "split", "rows", "correct", "correct, no model", "correct and borne", "unsupported", "citation precision",
             "citation recall", "refusals right / wrong", "first word, median s", "whole, p95 s"]  # fmt: skip
    return ["## By category\n\n" + table(heads, rows)]


def _sample(report: Report) -> list[str]:
    if not report.sample:
        return []
    names = [n for n in (OURS, NONE, TUTORIAL) if n in report.sample]
    found = [report.sample[n] for n in names]
    rows = [
        [c, f"{f.correct.of:g}", *(short(report.sample_categories[n][c].correct) for n in names)]
        for c, f in report.sample_categories[OURS].items()
    ]
    titles = [report.systems[n].title for n in names]
    return [
        f"## Beside the tutorial chain: the same {found[0].correct.of:g} questions\n\n"
        "The tutorial chain (chunks of 1000 characters with overlap 200, the same MiniLM, Chroma, top 4, the `stuff` prompt, the "
        "same model, at most 256 tokens) takes seconds a question, so it answers a fixed stratified sample, and every system is "
        "shown on that sample. It has no statuses and no citations: a decline is read from its first two sentences, where an answer "
        "is owed only its facts count, and its sentences are held against the chunks that it was given. Earlier turns of a "
        "dialogue are put in front of its question. Its refusals are what its words say, whatever the facts.\n\n"
        + figure_table(titles, found) + "\n\n" + table(["correct by category", "rows", *titles], rows)
    ]  # fmt: skip


def _suites(report: Report) -> list[str]:
    if not report.suites:
        return []
    which = "; ".join(f"{n}: {s.roles} roles, {s.passages} passages, {s.golden}" for n, s in report.suites.items())
    text = (
        "Questions about corpora that no rule was written for (`suites.yaml`), each asked of a fresh advisor without a "
        f"model. {which}. The figures mean what they mean above."
    )
    return [f"## Other corpora\n\n{text}\n\n{suite_table(report.suites)}\n\n{suite_categories(report.suites)}"]


def _gate(report: Report) -> list[str]:
    if not (gate := report.gate):
        return []
    owed, rows = gate.answering.recall.of, gate.rows
    text = (
        f"Of {rows} single development questions, {owed:g} owe an answer and {rows - owed:g} a refusal; to answer them all would "
        f"be right in {owed / rows:.1%}. The rule is a point. The score is how much nearer a question comes to an example "
        "question with an answer than to one without; its threshold draws a curve. Both together rank what the rule answers "
        "before the rest, each by score: up to the rule's point both must agree, beyond it one is enough. No threshold is "
        "chosen here, so a recall beside a precision is the best that these same rows allow."
    )
    return [
        f"## Whether the sources answer: precision and recall\n\n{text}\n\n{gate_table(gate)}\n\n"
        "![Precision and recall of answering and of declining](gate.svg)"
    ]


def _retrieval(report: Report) -> list[str]:
    rows = [
        [s, str(r.rows), f"{r.recall_5:.3f}", f"{r.recall_10:.3f}", f"{r.reciprocal_rank:.3f}", f"{r.ndcg_10:.3f}"]
        for s, r in report.retrieval.items()
    ]
    text = "Hybrid search alone, for the question that stands alone, without filters by role, against the passages that bear the answer."
    heads = ["split", "questions", "recall@5", "recall@10", "MRR", "nDCG@10"]
    return [f"## Retrieval\n\n{text}\n\n{table(heads, rows)}"] if rows else []


def _trust(report: Report) -> list[str]:
    rows = [[t.guard, t.split, str(t.false_passed), str(t.true_refused)] for t in report.trust]
    text = (
        "On the labelled pairs of `check-pairs.jsonl`. The check stands before the reader; the grader counts the unsupported sentences "
        "above, and what it lets through here is what that count can miss. It is kept coarse, since it must not accuse what is true."
    )
    heads = ["guard", "split", "unsupported sentences let through", "supported sentences accused"]
    return [f"## How far the guards can be trusted\n\n{text}\n\n{table(heads, rows)}"] if rows else []


def _design(report: Report) -> list[str]:
    return (
        [f"## The model's part: three designs\n\n{designs(report.designs, report.designs_made)}"]
        if report.designs
        else []
    )


def _unsupported(report: Report) -> list[str]:
    lines = [
        f"- {r.id}, {name}: {text}"
        for name in (OURS, NONE) if name != NONE or report.model
        for r in report.systems[name].rows.values() for text in r.unsupported_texts
    ]  # fmt: skip
    lines += [f"- {r.id}, {n}: {t}" for n, s in report.suites.items() for r in s.marked for t in r.unsupported_texts]
    return (
        [f"## Unsupported sentences of the development split ({len(lines)})\n\n" + "\n".join(lines[:_LISTED])]
        if lines
        else []
    )


def _rejected(report: Report) -> list[str]:
    found = [(r, t) for r in report.systems[OURS].rows.values() for t in r.rejected_texts]
    lines = [f"- {r.id}: {t}" for r, t in found[:12]]
    return (
        [f"## Drafts that the check refused, development split ({len(found)}; the first 12)\n\n" + "\n".join(lines)]
        if found
        else []
    )


def _failures(report: Report) -> list[str]:
    wrong = failures(list(report.systems[OURS].rows.values()))
    lines = [f"- {failure_line(r)}" for r in wrong[:_LISTED]]
    rest = f" The worst {_LISTED}; all with `rolewise eval --show dev`." if len(wrong) > _LISTED else ""
    return (
        [
            f"## Wrong on the development split: {len(wrong)}\n\nFalse statements first, then wrong refusals.{rest}\n\n"
            + "\n".join(lines)
        ]
        if wrong
        else []
    )
