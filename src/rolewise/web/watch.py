"""What whoever runs the page can see: one JSON line an event, and figures for Prometheus. Never what people wrote."""

from __future__ import annotations

import json
import sys
import threading
from datetime import datetime, timezone
from typing import Any, TextIO

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from rolewise.advisor import Answer
from rolewise.settings import Settings

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Watch:
    """The log and the figures of one server. Questions and answers go into the log only where the settings say so."""

    def __init__(self, settings: Settings, to: TextIO | None = None) -> None:
        self._on = settings.log == "lines"
        self._words = settings.log_words
        self._to = to
        self._lock = threading.Lock()
        self.figures = CollectorRegistry()
        ProcessCollector(registry=self.figures)
        self._answers = Counter("rolewise_answers", "Answers given", ["status", "by"], registry=self.figures)
        self._refused = Counter("rolewise_refused", "Questions not answered", ["why"], registry=self.figures)
        self._log_ins = Counter("rolewise_log_ins", "Tries to log in", ["worked"], registry=self.figures)
        self._total = Histogram(
            "rolewise_answer_seconds", "Until an answer was whole", buckets=SECONDS, registry=self.figures
        )
        self._first = Histogram(
            "rolewise_first_sentence_seconds", "Until its first sentence", buckets=SECONDS, registry=self.figures
        )
        self.under_way = Gauge("rolewise_under_way", "Questions being answered", registry=self.figures)
        self.ready = Gauge("rolewise_ready", "1 once questions can be answered", registry=self.figures)

    def answered(self, answer: Answer, by: str, stopped: bool) -> None:
        """An answer is whole, or was stopped. `by`: `page` or `program`."""
        status = "stopped" if stopped else answer.status
        self._answers.labels(status, by).inc()
        if not stopped:
            self._total.observe(answer.timings.total_s)
            self._first.observe(answer.timings.first_token_s)
        words = {"question": answer.question, "answer": answer.answer} if self._words else {}
        self.note(
            "answer", id=answer.id, status=status, by=by, citations=len(answer.citations), model=answer.model is not None,
            drafted=answer.drafted, notices=len(answer.notices), characters=len(answer.answer),
            **answer.timings.model_dump(), **words,
        )  # fmt: skip

    def refused(self, error: BaseException, by: str) -> None:
        """A question got an error in place of an answer: its kind, never its text, which may quote the question."""
        self._refused.labels(type(error).__name__).inc()
        self.note("refused", why=type(error).__name__, by=by)

    def tried(self, worked: bool) -> None:
        """Somebody tried to log in."""
        self._log_ins.labels("yes" if worked else "no").inc()
        self.note("log-in", worked=worked)

    def note(self, event: str, **facts: Any) -> None:
        """Write one line, where the log is on."""
        if not self._on:
            return
        at = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        line = json.dumps({"at": at, "event": event, **facts}, default=str)
        with self._lock:
            print(line, file=self._to or sys.stderr, flush=True)

    def shown(self) -> bytes:
        """The figures as Prometheus reads them."""
        return generate_latest(self.figures)
