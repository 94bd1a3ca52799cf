"""How fast RoleWise starts and how much memory serving takes: `python bench/startup.py [--against OTHER/src]`.

Medians over the runs, the trees taking turns. Needs a home that `rolewise setup` has made (ROLEWISE_HOME), and Linux: memory
is the resident memory of the process and its children after the first answer.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
QUESTION = "Is a degree needed?"
Figures = dict[str, float]
_GET = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--against", type=Path, help="the src folder of another tree, measured in turns with this one")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--out", type=Path, help="a JSON file for every single figure")
    chosen = options.parse_args()
    trees = ({"before": chosen.against.resolve()} if chosen.against else {}) | {"now": ROOT / "src"}
    each: dict[str, list[Figures]] = {name: [] for name in trees}
    for run in range(chosen.runs):
        for name, source in trees.items():
            each[name].append(measured(source))
            print(f"run {run + 1}, {name}: load average {os.getloadavg()[0]:.1f}", file=sys.stderr)
    if chosen.out:
        chosen.out.write_text(json.dumps(each, indent=2) + "\n", encoding="utf-8")
    print("| | " + " | ".join(trees) + " |\n|---|" + "---|" * len(trees))
    for figure in each["now"][0]:
        cells = " | ".join(f"{median(f[figure] for f in each[name]):.2f}" for name in trees)
        print(f"| {figure} | {cells} |")


def measured(source: Path) -> Figures:
    figures: Figures = {}
    for title, arguments in (("--help", ["--help"]), ("cold ask", ["ask", QUESTION])):
        figures[f"{title}, s"], figures[f"{title}, CPU s"] = ended(source, arguments)
    for model in ("none", "built-in"):
        page, answer, cpu, memory = served(source, model)
        figures[f"serve ({model}): page reachable, s"] = page
        figures[f"serve ({model}): first answer, s"] = answer
        figures[f"serve ({model}): until then, CPU s"] = cpu
        figures[f"serve ({model}): memory, MB"] = memory
    return figures


def ended(source: Path, arguments: list[str]) -> tuple[float, float]:
    """Seconds on the clock and of processor that a whole command took."""
    started = time.perf_counter()
    process = started_command(source, arguments, "none")
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"rolewise {arguments[0]} failed with PYTHONPATH={source}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime


def served(source: Path, model: str) -> tuple[float, float, float, float]:
    """Seconds from the start to the page and to the first answer, processor seconds until then, MB resident after it."""
    port = free_port()
    started = time.perf_counter()
    process = started_command(source, ["serve", "--no-browser", "--port", str(port)], model)
    try:
        address = f"http://127.0.0.1:{port}"
        while not reachable(address):
            if process.poll() is not None or time.perf_counter() - started > 120:
                raise SystemExit(f"rolewise serve did not start with PYTHONPATH={source}")
            time.sleep(0.02)
        page = time.perf_counter() - started
        asked = urllib.request.Request(
            f"{address}/gradio_api/call/ask", json.dumps({"data": [QUESTION, []]}).encode(),
            {"Content-Type": "application/json"},
        )  # fmt: skip
        event = json.load(_GET(asked, timeout=60))["event_id"]
        told = _GET(f"{address}/gradio_api/call/ask/{event}", timeout=120).read().decode()
        answer = time.perf_counter() - started
        if "event: complete" not in told:
            raise SystemExit(f"no answer with PYTHONPATH={source}: {told[-300:]}")
        family = [process.pid, *children(process.pid)]
        return page, answer, sum(map(processor_s, family)), sum(map(resident_mb, family))
    finally:
        process.kill()
        process.wait()


def started_command(source: Path, arguments: list[str], model: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(source), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-m", "rolewise", *arguments],
        env={**os.environ, "PYTHONPATH": paths, "ROLEWISE_MODEL": model},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def reachable(address: str) -> bool:
    try:
        with _GET(address, timeout=10) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port on which nobody else's page answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [c for child in map(int, own) for c in (child, *children(child))]


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
