"""docs/reliability.md from the results of `make soak`: every number is counted in its run.

    python scripts/reliability.py build/soak.jsonl docs/reliability.md

A test says what it did with pytest's `record_property`: "inputs", "payloads", "faults", "losses". What no test has said
is told as not run, never as nothing.
"""

from __future__ import annotations

import json
import platform
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

KINDS = ("inputs", "payloads", "faults", "losses")
NOT_RUN = "not run"
FILES = {
    "test_fuzz": "Generated questions and conversations",
    "test_outlived": "Faults of models, weights and clocks",
    "test_faults": "Faults of the data folder",
    "test_full_disk": "Disks without room",
    "test_away": "A server that is away or full",
    "test_upload_limits": "Files beyond the limits",
    "test_hostile": "Attacks in a real browser, in files and in words",
    "test_injection": "Instructions in questions and documents",
    "test_chroma_server": "Servers killed under load",
    "test_server_index": "Faults of a shared index",
}


def note(results: Path, **facts: Any) -> None:
    """Add a line to the results."""
    with results.open("a", encoding="utf-8") as file:
        file.write(json.dumps(facts) + "\n")


def name_of(nodeid: str) -> str:
    """`test_fuzz::test_x[1]` for the test's id, wherever its file lies."""
    file, _, name = nodeid.partition("::")
    return f"{Path(file).stem}::{name}"


@dataclass
class Results:
    """What was to run, what ended and how, and what the tests said of it."""

    planned: list[str] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    said: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By file, only what was said: a kind that is missing was not counted."""
    seconds: float = 0.0

    @property
    def failed(self) -> list[str]:
        return [test for test, outcome in self.outcomes.items() if outcome == "failed"]

    @property
    def unreached(self) -> list[str]:
        return [test for test in self.planned if test not in self.outcomes]

    @property
    def total(self) -> Counter[str]:
        whole: Counter[str] = Counter()
        for counts in self.said.values():
            whole.update(counts)
        return whole


def read(results: Path) -> Results:
    found = Results()
    for line in results.read_text(encoding="utf-8").splitlines() if results.exists() else ():
        told = json.loads(line)
        found.planned += told.get("planned", [])
        found.seconds = told.get("seconds", found.seconds)
        if test := told.get("test"):
            if found.outcomes.get(test) != "failed":
                found.outcomes[test] = told["outcome"]
            for kind, value in told["said"]:
                if kind in KINDS:
                    found.said[test.partition("::")[0]].update({kind: int(value)})
    return found


def main(results: Path, out: Path) -> int:
    """Write the page; 1 where something failed or was not reached."""
    found = read(results)
    out.write_text(page(found), encoding="utf-8")
    print(out.read_text(encoding="utf-8"))
    return 1 if found.failed or found.unreached or not found.outcomes else 0


def counted(counts: Counter[str], kind: str, zero: str = "0", missing: str = NOT_RUN) -> str:
    """A number as it is shown: `missing` where nothing was said, `zero` where it was said that there is none."""
    return missing if kind not in counts else f"{counts[kind]:,}" if counts[kind] else zero


def page(found: Results) -> str:
    total, cases = found.total, len(found.outcomes)
    lines = [
        "# What was tried to break it",
        "",
        "`make soak` runs the long forms of the suites of faults, generated input and attacks, for 20 minutes at most, and writes this page;",
        "`make test` runs their short forms. Nothing here is written by hand.",
        "",
        f"Run on {datetime.now(timezone.utc):%Y-%m-%d}, {platform.system()}, Python {platform.python_version()}: "
        f"{cases:,} of {len(found.planned):,} cases in {found.seconds / 60:.0f} minutes, {len(found.failed)} failed.",
        "",
        f"- Inputs tried: {counted(total, 'inputs')}",
        f"- Attacks (cross-site scripting), counted once for each place: {counted(total, 'payloads')}",
        f"- Faults caused: {counted(total, 'faults')}",
        f"- Losses: {counted(total, 'losses', 'none')}",
        "",
        "| suite | cases | inputs | attacks | faults | losses | failed |",
        "|---|---|---|---|---|---|---|",
    ]
    ran, failed = (Counter(t.partition("::")[0] for t in tests) for tests in (found.outcomes, found.failed))
    for file in sorted({test.partition("::")[0] for test in found.planned}):
        said = found.said.get(file, Counter())
        cells = [str(ran[file]), *(counted(said, kind, missing="–") for kind in KINDS), str(failed[file])]
        name = FILES.get(file, file.removeprefix("test_").replace("_", " ").capitalize())
        lines.append(
            f"| {name} (`tests/{file}.py`) | {' | '.join(cells if ran[file] else [NOT_RUN, *['–'] * len(KINDS), '–'])} |"
        )
    lines += ["", "–: not counted there."]
    for title, names in (("Failed", found.failed), ("Not reached", found.unreached)):
        if names:
            lines += ["", f"## {title}", "", *(f"- `{name}`" for name in names)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
