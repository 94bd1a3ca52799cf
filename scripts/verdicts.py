"""`python scripts/verdicts.py [--than FILE] [--save FILE] [--wrong] [NAME ...]`: ask every question of evals/, without a model.

A minute for what takes `rolewise eval` ten, to see what a change does: right answers, refusals and conversations by file and
split. `--save` keeps of each row whether it was right, `--than` compares with what was kept, `--wrong` prints the development questions
that are answered wrongly. Of test rows nothing but counts is ever printed. A NAME is that of a file (`blind-3`); without, all.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rolewise.advisor import Advisor
from rolewise.evaluation.golden import DECLINES, GoldenRow, faults, read_golden
from rolewise.settings import load_settings

EVALS = Path(__file__).parent.parent / "evals"
OTHERS = ("check-pairs", "coverage", "third-role", "nursing")
GOLDEN = ("golden", "golden-more", "golden-fresh")
WORKERS = 2


@dataclass(frozen=True)
class Verdict:
    """How one row was answered."""

    row: GoldenRow
    file: str
    status: str
    text: str
    faults: tuple[str, ...]

    @property
    def group(self) -> str:
        return "golden" if self.file in GOLDEN else self.file


@cache
def _advisor() -> Advisor:
    advisor = Advisor(load_settings().model_copy(update={"model": "none"}))
    advisor.load()
    return advisor


def _ask(part: list[tuple[str, GoldenRow]]) -> list[Verdict]:
    found = []
    for file, row in part:
        answer = _advisor().invoke(row.ask)
        found.append(Verdict(row, file, answer.status, answer.answer, tuple(faults(row, answer.status, answer.answer))))
    return found


def _share(hits: Iterable[bool]) -> str:
    counted = list(hits)
    return f"{sum(counted)}/{len(counted)} {100 * sum(counted) / len(counted):.1f}%" if counted else "-"


def _line(name: str, found: list[Verdict]) -> str:
    cells = [name]
    for split in ("test", "dev"):
        rows = [v for v in found if v.row.split == split]
        cells += [
            _share(not v.faults for v in rows),
            _share(v.status in v.row.status for v in rows if v.row.unanswerable),
            _share(v.status in DECLINES for v in rows if v.row.answerable),
            _share(not v.faults for v in rows if len(v.row.turns) > 1),
        ]
    return "  ".join(f"{c:>17}" if n else f"{c:<9}" for n, c in enumerate(cells))


def _compare(before: dict[str, bool], found: list[Verdict]) -> None:
    for split in ("dev", "test"):
        same = [v for v in found if v.row.split == split and v.row.id in before]
        won = [v for v in same if not v.faults and not before[v.row.id]]
        lost = [v for v in same if v.faults and before[v.row.id]]
        print(f"{split}: +{len(won)} -{len(lost)}")
        for sign, rows in (("+", won), ("-", lost)) if split == "dev" else ():
            for v in rows:
                print(f" {sign} {v.row.id}: {' || '.join(v.row.turns)}\n     {v.status}: {v.text[:200]!r} {v.faults}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--than", type=Path)
    parser.add_argument("--wrong", action="store_true")
    chosen = parser.parse_args()
    names = chosen.names or [p.stem for p in sorted(EVALS.glob("*.jsonl")) if p.stem not in OTHERS]
    rows = [(n, r) for n in names for r in read_golden(EVALS / f"{n}.jsonl")]
    with ProcessPoolExecutor(WORKERS) as pool:
        found = [v for part in pool.map(_ask, [rows[i::60] for i in range(60)]) for v in part]
    groups = defaultdict[str, list[Verdict]](list)
    for v in found:
        groups[v.group].append(v)
    print(f"{'':9}" + "".join(f"  {c:>17}" for c in ("test: right", "refused", "wrongly refused", "conversations",
                                                     "dev: right", "refused", "wrongly refused", "conversations")))  # fmt: skip
    for name, some in sorted(groups.items(), key=lambda g: (g[0] != "golden", len(g[0]), g[0])):
        print(_line(name, some))
    print(_line("all", found))
    if chosen.wrong:
        for v in found:
            if v.faults and v.row.split == "dev":
                print(f"{v.row.id}: {' || '.join(v.row.turns)}\n     {v.status}: {v.text!r} {v.faults}")
    if chosen.than:
        _compare(json.loads(chosen.than.read_text(encoding="utf-8")), found)
    if chosen.save:
        chosen.save.write_text(json.dumps({v.row.id: not v.faults for v in found}), encoding="utf-8")


if __name__ == "__main__":
    main()
