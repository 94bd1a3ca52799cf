"""Runs the subjects, each in a process of its own; writes bench/results.json, docs/benchmark.md and docs/benchmark.svg."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bench.suite.figure import Figure
from bench.suite.page import write_page

ROOT = Path(__file__).parents[2]
SUBJECTS = ("answers", "start", "memory", "people", "indexing", "growth", "profiles")
MOST_S = 1_800


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.suite", description=__doc__)
    options.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"of {', '.join(SUBJECTS)}; all without one")
    options.add_argument(
        "--quick", action="store_true", help="fewer questions and runs: minutes instead of half an hour"
    )
    options.add_argument("--out", type=Path, default=ROOT / "bench" / "results.json")
    options.add_argument("--no-page", action="store_true", help="leave docs/benchmark.md as it is")
    options.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if unknown := set(chosen.subjects) - set(SUBJECTS):
        options.error(f"no such subject: {', '.join(sorted(unknown))}")
    if chosen.one:
        found = importlib.import_module(f"bench.suite.{chosen.subjects[0]}").measure(chosen.quick)
        chosen.one.write_text(
            json.dumps([f.as_json() if isinstance(f, Figure) else f for f in found]), encoding="utf-8"
        )
        return
    results = known(chosen.out)
    for subject in chosen.subjects or SUBJECTS:
        results = with_subject(results, subject, chosen.quick)
        chosen.out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not chosen.no_page:
        write_page(results, ROOT / "docs")
    for figure in map(Figure.from_json, results["figures"]):
        verdict = {True: "met", False: "MISSED", None: ""}[figure.met]
        ratio = f"{figure.ratio:.2f} of {figure.baseline}" if figure.ratio is not None else ""
        print(
            f"{figure.subject:9} {figure.name:58} {figure.median:9.4g} {figure.unit:4} p95 {figure.p95:9.4g}  {ratio:34} {verdict}"
        )


def known(path: Path) -> dict[str, Any]:
    """What earlier runs left: a subject that is not run now keeps its figures."""
    if path.is_file():
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    return {"machine": {}, "runs": {}, "figures": [], "profiles": []}


def with_subject(results: dict[str, Any], subject: str, quick: bool) -> dict[str, Any]:
    """The results with the figures of one subject, measured now in a process of its own."""
    print(f"{subject} …", file=sys.stderr, flush=True)
    began, load = time.perf_counter(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as temp:
        out = Path(temp) / "figures.json"
        command = [sys.executable, "-m", "bench.suite", subject, "--one", str(out), *(["--quick"] if quick else [])]
        subprocess.run(command, cwd=ROOT, check=True, timeout=MOST_S)
        found = json.loads(out.read_text(encoding="utf-8"))
    run = {
        "at": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "seconds": round(time.perf_counter() - began),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)], "quick": quick,
    }  # fmt: skip
    machine = {"cores": os.cpu_count(), "processor": processor(), "python": platform.python_version()}
    results = results | {"machine": machine, "runs": results["runs"] | {subject: run}}
    if subject == "profiles":
        return results | {"profiles": found}
    figures = [row for row in results["figures"] if row["subject"] != subject] + found
    order = {name: at for at, name in enumerate(SUBJECTS)}
    return results | {"figures": sorted(figures, key=lambda row: order.get(row["subject"], len(order)))}


def processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.is_file() else []
    return next((x.partition(":")[2].strip() for x in lines if x.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
