"""docs/reliability.md from the results of `make soak`: every number is counted in its run.

    python scripts/reliability.py soak.xml docs/reliability.md

A test says what it did with pytest's `record_property`: "inputs", "payloads", "faults", "losses". A test file of faults
that says nothing counts one fault for each case.
"""

from __future__ import annotations

import platform
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from datetime import datetime, timezone
from pathlib import Path

KINDS = ("inputs", "payloads", "faults", "losses")
FILES = {
    "test_fuzz": "Generated questions and conversations",
    "test_upload_limits": "Files beyond the limits",
    "test_hostile": "Attacks in a real browser, in files and in words",
    "test_injection": "Instructions in questions and documents",
}


def main(xml: Path, out: Path) -> int:
    """Write the page; 1 where something failed or was not reached."""
    suite = next(ElementTree.parse(xml).getroot().iter("testsuite"))
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    failed: list[str] = []
    for case in suite.iter("testcase"):
        file = case.get("classname", "").split(".")[-1]
        row = rows[file]
        row["cases"] += 1
        said = {p.get("name", ""): p.get("value", "0") for p in case.iter("property")}
        for kind in KINDS:
            row[kind] += int(float(said.get(kind, 0)))
        if not said.keys() & set(KINDS) and ("fault" in file or "server" in file):
            row["faults"] += 1
        if case.find("failure") is not None or case.find("error") is not None:
            row["failed"] += 1
            failed.append(f"{file}::{case.get('name', '')}")
    unreached = reached(xml, suite)
    out.write_text(page(rows, failed, unreached, float(suite.get("time", 0))), encoding="utf-8")
    print(out.read_text(encoding="utf-8"))
    return 1 if failed or unreached else 0


def reached(xml: Path, suite: ElementTree.Element) -> list[str]:
    """The tests that were to run and did not, as the run itself noted them."""
    noted = xml.with_suffix(".planned")
    planned = noted.read_text(encoding="utf-8").split("\n") if noted.exists() else []
    ran = {f"{case.get('classname', '').split('.')[-1]}::{case.get('name', '')}" for case in suite.iter("testcase")}
    return [test for test in planned if test and test not in ran]


def page(rows: dict[str, Counter[str]], failed: list[str], unreached: list[str], seconds: float) -> str:
    total: Counter[str] = Counter()
    for row in rows.values():
        total.update(row)
    lines = [
        "# What was tried to break it",
        "",
        "`make soak` runs the long forms of the suites of faults, generated input and attacks, for 20 minutes at most, and writes this page;",
        "`make test` runs their short forms. Nothing here is written by hand.",
        "",
        f"Run on {datetime.now(timezone.utc):%Y-%m-%d}, {platform.system()}, Python {platform.python_version()}: "
        f"{total['cases']:,} cases in {seconds / 60:.0f} minutes, {total['failed']} failed.",
        "",
        f"- Inputs tried: {total['inputs']:,}",
        f"- Attacks (cross-site scripting), counted once for each place: {total['payloads']:,}",
        f"- Faults caused: {total['faults']:,}",
        f"- Losses: {total['losses'] or 'none'}",
        "",
        "| suite | cases | inputs | attacks | faults | losses | failed |",
        "|---|---|---|---|---|---|---|",
    ]
    for file, row in sorted(rows.items()):
        cells = [f"{row[kind]:,}" for kind in ("cases", *KINDS, "failed")]
        name = FILES.get(file, file.removeprefix("test_").replace("_", " ").capitalize())
        lines.append(f"| {name} (`tests/{file}.py`) | {' | '.join(cells)} |")
    for title, names in (("Failed", failed), ("Not reached within the time", unreached)):
        if names:
            lines += ["", f"## {title}", "", *(f"- `{name}`" for name in names)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
