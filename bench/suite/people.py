"""1, 5, 20 and 50 people asking at once, over the page's own endpoint: seconds to the first word, errors, fairness."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time

import httpx
from bench.startup import ROOT, free_port, reachable, started_command
from bench.suite.answers import EVALS, GOLDEN
from bench.suite.figure import Figure, Goal

from rolewise.evaluation.golden import GoldenRow, read_golden
from rolewise.evaluation.sample import stratified

CROWDS = (1, 5, 20, 50)
PORT = free_port()
MOST_S = 120.0
FAIR = 3.0
"""The most that the slowest person's mean first word may be, times the quickest person's."""


def measure(quick: bool) -> list[Figure]:
    """Everybody asks development questions of their own, one after the other: nobody's answer is kept for another."""
    rows = [r for name in GOLDEN for r in read_golden(EVALS / name) if r.split == "dev" and len(r.turns) == 1]
    each = 2 if quick else 4
    crowds = CROWDS[:3] if quick else CROWDS
    drawn = iter(stratified(rows, len(rows)))
    figures: list[Figure] = []
    for model, named in (("none", "default"), ("built-in", "built-in model")):
        process = served(model)
        alone: tuple[float, ...] = ()
        try:
            for crowd in crowds:
                asked = [[next(drawn) for _ in range(each)] for _ in range(crowd)]
                people = asyncio.run(all_at_once(asked))
                first = tuple(f for person in people for f, _, _ in person)
                whole = tuple(w for person in people for _, w, _ in person)
                failed = sum(bool(error) for person in people for _, _, error in person)
                means = [sum(f for f, _, _ in person) / len(person) for person in people]
                alone = alone or first
                name = f"{named}, {crowd} at once"
                figures += [
                    Figure("people", f"first word: {name}", "s", first, f"{named}, 1 at once", alone),
                    Figure("people", f"whole answer: {name}", "s", whole),
                    Figure("people", f"errors: {name}", "", (float(failed),), goal=Goal("median", 0.0)),
                ]  # fmt: skip
                if crowd > 1:
                    spread = (max(means) / min(means),)
                    figures.append(
                        Figure("people", f"slowest person to quickest: {name}", "", spread, goal=Goal("median", FAIR))
                    )
        finally:
            process.kill()
            process.wait()
    return figures


def served(model: str) -> subprocess.Popen[bytes]:
    """A running server that has answered once."""
    process = started_command(ROOT / "src", ["serve", "--no-browser", "--port", str(PORT)], model)
    until = time.perf_counter() + MOST_S
    while not reachable(f"http://127.0.0.1:{PORT}"):
        if process.poll() is not None or time.perf_counter() > until:
            raise SystemExit("rolewise serve did not start")
        time.sleep(0.1)
    ask = GoldenRow(id="x", category="x", split="dev", turns=["Hello"], status=[])
    (((_, _, error),),) = asyncio.run(all_at_once([[ask]]))
    if error:
        raise SystemExit(f"the first answer failed: {error}")
    return process


async def all_at_once(people: list[list[GoldenRow]]) -> list[list[tuple[float, float, str]]]:
    """(first word, whole answer, error) of every question of every person."""
    limits = httpx.Limits(max_connections=2 * len(people))
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{PORT}/gradio_api", trust_env=False, timeout=MOST_S, limits=limits
    ) as client:
        return await asyncio.gather(*(one_person(client, rows) for rows in people))


async def one_person(client: httpx.AsyncClient, rows: list[GoldenRow]) -> list[tuple[float, float, str]]:
    return [await one_answer(client, row.turns[-1]) for row in rows]


async def one_answer(client: httpx.AsyncClient, question: str) -> tuple[float, float, str]:
    began, first, error, event = time.perf_counter(), 0.0, "no answer came", ""
    try:
        called = await client.post("/call/ask", json={"data": [question, []]})
        called.raise_for_status()
        async with client.stream("GET", f"/call/ask/{called.json()['event_id']}") as told:
            async for line in told.aiter_lines():
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: ") and event in ("generating", "complete"):
                    answer = json.loads(line.removeprefix("data: "))
                    if not first and answer and answer[0].get("answer"):
                        first = time.perf_counter() - began
                    if event == "complete":
                        error = "" if first else "an empty answer"
                elif line.startswith("data: ") and event == "error":
                    error = line.removeprefix("data: ")
    except httpx.HTTPError as fault:
        error = f"{type(fault).__name__}: {fault}"
    whole = time.perf_counter() - began
    return first or whole, whole, error
