"""The results as a page: docs/benchmark.md and its plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.suite.figure import Figure
from bench.suite.plot import shares

TITLES = {
    "answers": "Answers", "start": "Start", "memory": "Memory", "people": "People at once", "indexing": "Indexing",
    "growth": "Growth",
}  # fmt: skip
NOTES = {
    "indexing": "Both on one thread each, so that the second core only writes. The texts are varied from the shipped corpus (`bench/suite/grown.py`).",
    "growth": """The texts are the shipped sentences with words exchanged. Their vectors are made, each as far from a shipped passage's vector as
such texts were measured to lie; questions are embedded as always, before the clock runs. A search is vectors and BM25, fused, of 24
passages; its goal is to grow no faster than the square of the logarithm of the number of passages.

What bends the curve: BM25 gives every passage a score, so its part grows with their number. The graph of the vectors is walked in
as many steps as before, but in 100,000 passages through 154 MB of them: likely more than the processor's cache holds. And as large
sources hide more of the nearest, more candidates are kept while they are looked for (`ef_search`): a hundred for every 5,000 passages,
300 at least and 1,200 at most. The graph is one of 32 links a vector, chosen among 400 candidates, where Chroma's own has 16 of 100.
These were chosen before the vectors had their linear map, with which fewer are missed: of 100,000 made vectors of then, 16 links missed
17% with 800 candidates and 7.4% with 3,200; 32 links chosen among 200 missed 6% with 1,200, 4.1 to 5.2% with 1,600 and 3.6% with
2,000; chosen among 400, 3.4 to 4% with 1,200 and 2.7 to 3.2% with 1,600. That takes a third more time to write, beside the encoder,
which takes longer. 48 or 64 links did no better; each filling makes another graph, and these differ by one in a hundred. What was
missed were mostly all ten of a few questions, whose part of the graph was not reached. Real vectors were easier: of the 10,000 texts
embedded, 400 candidates missed 1.8% with 16 links and 0.5% with 32. Of a search in 100,000, two thirds are Chroma's, a tenth BM25,
and the rest fusing and what lies far away in memory.
""",
}
HEAD = """# How fast it is

Made by `make bench` (`python -m bench.suite`; `--quick` for a short form); the single values are in
[bench/results.json](../bench/results.json). Each figure is compared with its baseline in the same run, the two taking turns,
and the ratio of their medians is what to go by: the machine was busy with other work. "p95" is the 95th percentile by
nearest rank, which of few values is the largest.
"""


def write_page(results: dict[str, Any], docs: Path) -> None:
    figures = [Figure.from_json(row) for row in results["figures"]]
    goals = [f for f in figures if f.goal]
    (docs / "benchmark.svg").write_text(shares(goals) + "\n", encoding="utf-8")
    machine, blocks = results["machine"], [HEAD]
    blocks.append(f"{machine['cores']} cores of {machine['processor']}, Python {machine['python']}.\n")
    if absent := [title for subject, title in TITLES.items() if subject not in results["runs"]]:
        blocks.append(f"Not measured in these results: {', '.join(absent).lower()}.\n")
    met = sum(bool(f.met) for f in goals)
    blocks.append(
        f"## Goals: {met} of the {len(goals)} measured here are met\n\n![Share of each goal that is used](benchmark.svg)\n"
    )
    blocks.append(goal_table(goals))
    for subject, title in TITLES.items():
        if found := [f for f in figures if f.subject == subject]:
            run = results["runs"][subject]
            when = f"{run['at']}, {run['seconds']} s{', quick' if run['quick'] else ''}; load average {run['load'][0]} before, {run['load'][1]} after."
            note = f"{NOTES[subject].strip()}\n\n" if subject in NOTES else ""
            blocks.append(f"## {title}\n\n{when}\n\n{note}{figure_table(found)}")
    if results["profiles"]:
        blocks.append("## Where the time goes\n")
        blocks += [profile_block(profile) for profile in results["profiles"]]
    (docs / "benchmark.md").write_text("\n".join(blocks), encoding="utf-8")


def goal_table(goals: Sequence[Figure]) -> str:
    rows = ["| | goal | measured | |", "|---|---|---|---|"]
    for f in goals:
        assert f.goal
        value = {"median": f.median, "p95": f.p95, "ratio": f.ratio}[f.goal.of]
        unit = "" if f.goal.of == "ratio" else f" {f.unit}"
        of = f" of {f.baseline}" if f.goal.of == "ratio" else ""
        told = "none" if value is None else number(value)
        rows.append(f"| {f.name} | {f.goal}{unit}{of} | {told}{unit} | {'met' if f.met else '**missed**'} |")
    return "\n".join(rows) + "\n"


def figure_table(figures: Sequence[Figure]) -> str:
    rows = ["| | median | p95 | baseline | ratio | values |", "|---|---|---|---|---|---|"]
    for f in figures:
        base = f"{f.baseline}: {number(median(f.against))} {f.unit}" if f.against else ""
        ratio = number(f.ratio) if f.ratio is not None else ""
        rows.append(
            f"| {f.name} | {number(f.median)} {f.unit} | {number(f.p95)} {f.unit} | {base} | {ratio} | {len(f.values)} |"
        )
    return "\n".join(rows) + "\n"


def profile_block(profile: dict[str, Any]) -> str:
    rows = [f"### {profile['title']}\n", profile["told"] + "\n", "| where | share | |", "|---|---|---|"]
    rows += [f"| {where} | {share:.0%} | {amount} |" for where, share, amount in profile["rows"]]
    return "\n".join([*rows, "", profile["limit"], ""])


def number(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
