"""Tables of the report: figures side by side, the gate, other corpora, and the three designs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rolewise.evaluation.designs import Design
from rolewise.evaluation.figures import Figures, Share
from rolewise.evaluation.gate import PRECISIONS, Gate
from rolewise.evaluation.suites import SuiteResult


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in line) + " |" for line in lines)


def figure_table(titles: Sequence[str], found: Sequence[Figures]) -> str:
    """Every figure of several systems; right and wrong refusals stand together."""

    def row(name: str, *values: object) -> list[str]:
        return [name, *map(str, values)]

    return table(["", *titles], [
        row("correct", *(_with_interval(f.correct) for f in found)),
        row("correct, and a passage that bears it is cited", *(f.borne for f in found)),
        row("unsupported sentences", *(f.unsupported for f in found)),
        row("citation precision", *(f.citation_precision for f in found)),
        row("citation recall", *(f.citation_recall for f in found)),
        row("refusals: right, of those owed", *(f.right_refusals for f in found)),
        row("refusals: wrong, of answers owed", *(f.wrong_refusals for f in found)),
        row("sentences worded by the model", *(f.drafted for f in found)),
        row("drafts rejected by the check", *(f.rejected for f in found)),
        row("seconds to the first word: median, p95", *(f"{f.first_s[0]:.2f}, {f.first_s[1]:.2f}" for f in found)),
        row("seconds to the whole answer: median, p95", *(f"{f.total_s[0]:.2f}, {f.total_s[1]:.2f}" for f in found)),
    ])  # fmt: skip


def _with_interval(share: Share) -> str:
    low, high = share.interval
    return f"{share}, 95% interval {low:.1%} to {high:.1%}"


def short(share: Share) -> str:
    return f"{share.hits / share.of:.0%}" if share.of else "–"


def gate_table(gate: Gate) -> str:
    """Both decisions, each by the rule, by the score alone, and by the rule's answers before the rest."""
    rows = []
    for name, side in (("answering", gate.answering), ("declining", gate.declining)):
        at = [_percent(side.rule_at(p)) for p in PRECISIONS]
        rows.append([name, "the rule", str(side.precision), str(side.recall), *at, "–"])
        for title, curve in (("score alone", side.score), ("rule first, then score", side.both)):
            rows.append([name, title, "–", "–", *map(_percent, curve.recall_at), f"{curve.average_precision:.3f}"])
    heads = [f"recall at precision {p:.0%}" for p in PRECISIONS]
    return table(["decision", "by", "precision", "recall", *heads, "average precision"], rows)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def suite_table(suites: Mapping[str, SuiteResult]) -> str:
    """A row for each suite and split."""
    rows = [
        [name, split, f"{f.correct.of:g}", _with_interval(f.correct), str(f.unsupported), str(f.citation_precision),
         str(f.right_refusals), str(f.wrong_refusals)]
        for name, suite in suites.items()
        for split, f in suite.figures.items() if "/" not in split
    ]  # fmt: skip
    heads = ["suite", "split", "rows", "correct", "unsupported sentences", "citation precision",
             "refusals: right, of those owed", "refusals: wrong, of answers owed"]  # fmt: skip
    return table(heads, rows)


def suite_categories(suites: Mapping[str, SuiteResult]) -> str:
    """Correct development rows by category: a column for each suite."""
    names = {key: None for suite in suites.values() for key in suite.figures if key.startswith("dev/")}
    rows = [
        [key.removeprefix("dev/"), *(str(s.figures[key].correct) if key in s.figures else "–" for s in suites.values())]
        for key in names
    ]
    return table(["correct, dev", *suites], rows)


def designs(found: Sequence[Design], made: str) -> str:
    """The table of the designs, what the numbers recommend, and examples."""
    rows = [
        [
            d.title,
            str(d.accepted),
            str(d.correct),
            f"{d.better} / {d.worse}",
            str(d.unsupported),
            str(d.padding),
            f"{d.added_s:.2f}",
        ]
        for d in found
    ]
    heads = [
        "design",
        "passed the check",
        "correct",
        "better / worse than own words",
        "passed, but unsupported",
        "sentences beside the point",
        "added s, median",
    ]
    shown = [f"- {d.title}: “{e.question}” → {e.wrote} ({e.verdict})" for d in found for e in d.examples]
    text = (
        f"`rolewise eval --designs`, {made}: {found[0].correct.of:g} development questions whose evidence is at most five sentences. "
        "A part that fails the check is replaced by the sources' own words, so `correct` is that of the answer people would see. "
        "The plan chooses among the evidence and the nearest other passages, five in all.\n\n"
    )
    return text + table(heads, rows) + f"\n\n**{recommended(found)}**\n\n" + "\n".join(shown)


def recommended(found: Sequence[Design]) -> str:
    """The design that the numbers speak for: more right answers than the own words, nothing unsupported; else none."""
    own, *rest = found
    best = max(rest, key=lambda d: (d.correct.hits - d.unsupported - d.padding, -d.added_s))
    if best.correct.hits > own.correct.hits and not best.unsupported and not best.padding:
        return f"By these numbers: {best.title} ({best.correct} against {own.correct})."
    return (
        f"By these numbers: none. No design gets more right than the sources' own words ({own.correct}) without a sentence "
        f"unsupported or beside the point, and each adds {min(d.added_s for d in rest):.1f} to {max(d.added_s for d in rest):.1f} seconds."
    )
