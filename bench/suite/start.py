"""From the command to the help, the answer, the page and its first answer, beside a bare Gradio page."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict

from bench.startup import ROOT, ended, free_port, processor_s, reachable, resident_mb, served
from bench.suite.figure import Figure, Goal

HELLO = """
import os
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
import sys
import gradio
gradio.Interface(lambda name: f"Hello {name}", "text", "text").launch(server_port=int(sys.argv[1]), quiet=True)
"""
BARE = "bare Gradio hello-world"
PYTHON = "an empty Python"


def measure(quick: bool) -> list[Figure]:
    """Every run starts each of them once, in turns. Files are warm: the first run of all does not count."""
    wall, cpu = defaultdict(list), defaultdict(list)
    for turn in range(2 if quick else 8):
        each = {
            "python": lambda: command(["-c", "pass"]),
            "help": lambda: ended(ROOT / "src", ["--help"]),
            "ask": lambda: ended(ROOT / "src", ["ask", "Is a degree needed?"]),
            "bare": hello_world,
        }
        for name, measured in each.items():
            took = measured()
            if turn:
                wall[name].append(took[0])
                cpu[name].append(took[1])
        for model in ("none", "built-in"):
            page, answer, until, _ = served(ROOT / "src", model)
            if turn:
                wall[f"page {model}"].append(page)
                wall[f"answer {model}"].append(answer)
                cpu[f"answer {model}"].append(until)
    seconds = {name: tuple(values) for name, values in wall.items()}
    used = {name: tuple(values) for name, values in cpu.items()}
    bare = {"baseline": BARE, "against": seconds["bare"]}
    figures = [
        Figure("start", "rolewise --help", "s", seconds["help"], PYTHON, seconds["python"], Goal("median", 0.3)),
        Figure("start", "rolewise ask, cold", "s", seconds["ask"], BARE, seconds["bare"], Goal("median", 3.0)),
        Figure("start", "rolewise ask, cold: processor time", "s", used["ask"], BARE, used["bare"]),
        Figure("start", BARE, "s", seconds["bare"]),
    ]
    for model, named in (("none", "default"), ("built-in", "built-in model")):
        figures += [
            Figure("start", f"page reachable, {named}", "s", seconds[f"page {model}"], goal=Goal("ratio", 1.3), **bare),
            Figure("start", f"first answer there, {named}", "s", seconds[f"answer {model}"], goal=Goal("ratio", 1.5), **bare),
            Figure("start", f"… processor time, {named}", "s", used[f"answer {model}"], BARE, used["bare"]),
        ]  # fmt: skip
    return figures


def command(arguments: list[str]) -> tuple[float, float]:
    """Seconds on the clock and of processor of a Python command."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments])
    _, _, used = os.wait4(process.pid, 0)
    return time.perf_counter() - started, used.ru_utime + used.ru_stime


def hello_world() -> tuple[float, float, float]:
    """Seconds until a bare Gradio page can be reached, and of processor until then, and MB resident then."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", HELLO, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not reachable(f"http://127.0.0.1:{port}"):
            if process.poll() is not None or time.perf_counter() - started > 120:
                raise SystemExit("the bare Gradio page did not start")
            time.sleep(0.02)
        return time.perf_counter() - started, processor_s(process.pid), resident_mb(process.pid)
    finally:
        process.kill()
        process.wait()
