"""A pool as it would run on several machines: app processes, a Chroma server, a model server, and people who ask."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from conftest import COMMAND, ROOT, environment
from web_fixtures import free_port

_START_S = 120.0
_ANSWER_S = 40.0


class Process:
    """A server that can be killed and started again at the same address. `ready`: a path that answers 200 once it serves."""

    def __init__(self, command: Callable[[int], list[str]], ready: str, log: Path, env: dict[str, str] | None = None):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._command, self._ready, self._log, self._env = command(self.port), ready, log, env
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log, env=self._env)

    def start(self) -> None:
        self.begin()
        self.wait()

    def wait(self) -> None:
        began = time.monotonic()
        while not self._answers():
            assert self.process and self.process.poll() is None, self._log.read_text(errors="replace")[-3000:]
            assert time.monotonic() - began < _START_S, f"{self._command[0]} does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """At once, without a chance to tidy up."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        try:
            return httpx.get(self.url + self._ready, timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


def app(folder: Path, log: Path, **settings: object) -> Process:
    """`rolewise serve` with a home of its own."""
    return Process(
        lambda port: [COMMAND, "serve", "--no-browser", "--port", str(port)],
        "/gradio_api/info", log, environment(home=folder, **settings),
    )  # fmt: skip


def model_server(log: Path, word_s: float = 0.005) -> Process:
    script = str(ROOT / "tests" / "model_process.py")
    return Process(lambda port: [sys.executable, script, str(port), str(word_s)], "/v1/models", log)


def ask(url: str, question: str, client: httpx.Client, history: Sequence[str] = ()) -> dict[str, Any]:
    """The whole answer of one app. Raises httpx.HTTPError or ValueError where there is none."""
    given = client.post(f"{url}/gradio_api/call/ask", json={"data": [question, list(history)]})
    event = given.raise_for_status().json()["event_id"]
    told = client.get(f"{url}/gradio_api/call/ask/{event}").raise_for_status().text
    kind, _, data = told.strip().rpartition("event: ")[2].partition("\ndata: ")
    if kind != "complete":
        raise ValueError(told[-300:])
    answer: dict[str, Any] = json.loads(data)[0]
    return answer


def _greetings(turn: int) -> tuple[str, str]:
    """A conversation of its own for each turn, so that no app has its answer from before."""
    return "Hello" + "!" * (turn % 20), "Hi" + "!" * (turn // 20 % 20)


@dataclass
class Crowd:
    """People who ask one question after another; where an app gives no answer, they ask the next one."""

    apps: Sequence[str]
    questions: Sequence[str]
    people: int
    answers: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    """Seconds from the first try to the answer, and the answer."""
    lost: list[str] = field(default_factory=list)
    """Questions that got no answer within a minute."""
    misses: int = 0
    """Tries that got no answer."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._person, args=(n,), daemon=True) for n in range(self.people)]
        for thread in self._threads:
            thread.start()

    def until(self, enough: Callable[[list[dict[str, Any]]], bool], within_s: float = 60.0) -> None:
        """Wait until the answers given from now on are enough."""
        before, began = len(self.answers), time.monotonic()
        while not enough([answer for _, answer in self.answers[before:]]):
            assert time.monotonic() - began < within_s, (len(self.answers) - before, self.misses, self.lost)
            time.sleep(0.05)

    def stop(self) -> None:
        """Each gets the answer to the question they are asking, then leaves."""
        self._stop.set()
        for thread in self._threads:
            thread.join(90)
            assert not thread.is_alive()

    def _person(self, number: int) -> None:
        turns = itertools.count(number)
        with httpx.Client(timeout=_ANSWER_S, trust_env=False) as client:
            while not self._stop.is_set():
                self._ask(self.questions[next(turns) % len(self.questions)], next(turns), client)

    def _ask(self, question: str, turn: int, client: httpx.Client) -> None:
        began = time.monotonic()
        for url in itertools.islice(itertools.cycle(self.apps), turn % len(self.apps), None):
            try:
                answer = ask(url, question, client, _greetings(turn))
            except (httpx.HTTPError, ValueError):
                with self._lock:
                    self.misses += 1
                if time.monotonic() - began > 60:
                    self.lost.append(question)
                    return
                time.sleep(0.1)
            else:
                with self._lock:
                    self.answers.append((time.monotonic() - began, answer))
                return
