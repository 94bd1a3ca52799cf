"""What got better or worse between two reports, question by question, and whether that could be chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from rolewise.evaluation.report import Report
from rolewise.evaluation.results import Judged


def exact_p(better: int, worse: int) -> float:
    """Two-sided exact McNemar (sign) test: how likely so uneven a split of the changed rows is if each fell by a coin.

    McNemar (1947); the exact form sums the binomial tail, doubles it and stops at 1.
    """
    changed = better + worse
    tail = sum(comb(changed, k) for k in range(min(better, worse) + 1))
    return float(min(1.0, 2 * tail / 2**changed)) if changed else 1.0


def compare(before: Report, after: Report) -> str:
    """Markdown: for each system in both reports, the rows that changed (test rows only counted) and the paired test."""
    parts = []
    for name, system in after.systems.items():
        if name not in before.systems:
            continue
        old, new = before.systems[name].rows, system.rows
        both = [(old[i], new[i]) for i in new if i in old]
        parts.append(f"## {system.title}: {len(both)} questions in both")
        if len(both) < max(len(old), len(new)):
            parts.append(f"Not compared: {len(old) - len(both)} only before, {len(new) - len(both)} only after.")
        splits = [s for s in ("dev", "test") if any(b.split == s for _, b in both)]
        for split in splits:
            parts.append(_split(split, [(a, b) for a, b in both if b.split == split]))
    return "\n\n".join(parts) if parts else "The two reports have no system in common."


def _split(split: str, pairs: Sequence[tuple[Judged, Judged]]) -> str:
    better = [(a, b) for a, b in pairs if b.correct and not a.correct]
    worse = [(a, b) for a, b in pairs if a.correct and not b.correct]
    p = exact_p(len(better), len(worse))
    lines = [
        f"### {split}: correct {sum(a.correct for a, _ in pairs)} → {sum(b.correct for _, b in pairs)} of {len(pairs)}; "
        f"{len(better)} better, {len(worse)} worse, exact paired p = {p:.3g}",
        f"unsupported {_sum(pairs, 0, 'unsupported')} → {_sum(pairs, 1, 'unsupported')}; "
        f"wrong refusals {_refused(a for a, _ in pairs)} → {_refused(b for _, b in pairs)}; "
        f"seconds per question {_mean([a.total_s for a, _ in pairs]):.2f} → {_mean([b.total_s for _, b in pairs]):.2f}",
    ]
    if split != "test":
        lines += [f"- better: {b.id}: {a.question} (was: {'; '.join(a.faults)})" for a, b in better]
        lines += [f"- worse: {b.id}: {b.question} (now: {'; '.join(b.faults)})" for _, b in worse]
        lines += [
            f"- newly unsupported: {b.id}: {'; '.join(b.unsupported_texts)}"
            for a, b in pairs
            if b.unsupported > a.unsupported
        ]
    return "\n".join(lines)


def _sum(pairs: Sequence[tuple[Judged, Judged]], side: int, name: str) -> int:
    return sum(getattr(pair[side], name) for pair in pairs)


def _refused(rows: object) -> int:
    return sum(r.declined and r.answer_owed for r in rows)  # type: ignore[attr-defined]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
