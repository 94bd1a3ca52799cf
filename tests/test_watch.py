"""What the one who runs it sees: health, figures, and a log without people's words."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import pytest

from rolewise.access import Access, hashed
from rolewise.advisor import Answer, Ask
from rolewise.errors import CorpusError, QuestionError
from rolewise.settings import Settings
from rolewise.web.desk import Desk
from rolewise.web.limits import OWN
from rolewise.web.watch import Watch
from test_doors import PASSWORD, TOKEN, fetch, log_in
from test_limits import digest, events
from web_fixtures import SCRIPTS, ScriptedAdvisor, served

ASK = "/gradio_api/call/ask"


def wait_for(address: str, status: str) -> int:
    for _ in range(200):
        got = fetch(address, "/health")
        if json.loads(got.body) == {"status": status}:
            return got.status
        threading.Event().wait(0.05)
    raise AssertionError(got.body)


def test_health_says_starting_ready_and_failed_to_anybody() -> None:
    advisor = ScriptedAdvisor(loading=threading.Event())
    with served(advisor, access=Access(token_digest=digest())) as address:
        assert wait_for(address, "starting") == 503
        fetch(
            address, ASK, {"data": ["hello", []]}, authorization=f"Bearer {TOKEN}"
        )  # the first visit begins the loading
        assert advisor.loading
        advisor.loading.set()
        assert wait_for(address, "ready") == 200
    with served(ScriptedAdvisor(fault=CorpusError("no corpus at /secret"))) as address:
        fetch(address, ASK, {"data": ["hello", []]})
        assert wait_for(address, "failed") == 503
        assert b"secret" not in fetch(address, "/health").body


def test_the_figures_count_answers_by_status_and_time(capfd: pytest.CaptureFixture[str]) -> None:
    with served(ScriptedAdvisor()) as address:
        for question in ("hello", "Do I need a PhD?", "fail"):
            event = json.loads(fetch(address, ASK, {"data": [question, []]}).body)["event_id"]
            events(address, event)
        got = fetch(address, "/metrics")
        text = got.body.decode()
    assert got.status == 200 and got.headers["content-type"].startswith("text/plain")
    for line in (
        'rolewise_answers_total{by="program",status="answered"} 2.0', 'rolewise_refused_total{why="QuestionError"} 1.0',
        "rolewise_answer_seconds_count 2.0", "rolewise_under_way 0.0", "rolewise_ready 1.0", "process_resident_memory_bytes",
    ):  # fmt: skip
        assert line in text, text
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith('{"at"')]
    assert [(line["event"], line["by"]) for line in lines] == [("answer", "program")] * 2 + [("refused", "program")]
    assert "PhD" not in json.dumps(lines) and "Ph.D." not in json.dumps(lines)


def test_the_figures_are_for_this_machine_or_the_token() -> None:
    settings = Settings(proxies="127.0.0.1")
    with served(ScriptedAdvisor(settings=settings), access=Access(token_digest=digest())) as address:
        far = {"x_forwarded_for": "192.0.2.7"}  # as a reverse proxy on this machine says it
        assert fetch(address, "/metrics", **far).status == 403
        assert fetch(address, "/metrics", authorization="Bearer wrong", **far).status == 403
        assert fetch(address, "/metrics", authorization=f"Bearer {TOKEN}", **far).status == 200
        assert fetch(address, "/metrics").status == 200
        assert fetch(address, "/health", **far).status in (200, 503)


def lines_of(**settings: Any) -> list[dict[str, Any]]:
    """What the log says of an answer, one that was stopped, and a refusal."""
    told = io.StringIO()
    chosen = Settings(**settings)
    desk = Desk(ScriptedAdvisor(settings=chosen), Watch(chosen, told))  # type: ignore[arg-type]
    list(desk.answers(Ask(question="Do I need a PhD?"), OWN, "page"))
    stopped = desk.answers(Ask(question="slowly"), OWN, "page")
    next(filter(None, stopped))
    stopped.close()  # type: ignore[attr-defined]
    with pytest.raises(QuestionError):
        list(desk.answers(Ask(question="fail"), OWN, "program"))
    with pytest.raises(ZeroDivisionError):
        list(desk.answers(Ask(question="crash"), OWN, "program"))
    return [json.loads(line) for line in told.getvalue().splitlines()]


def test_the_log_has_ids_statuses_and_seconds_and_no_words() -> None:
    lines = lines_of()
    assert [(line["event"], line.get("status") or line.get("why")) for line in lines] == [
        ("answer", "answered"), ("answer", "stopped"), ("refused", "QuestionError"), ("refused", "ZeroDivisionError"),
    ]  # fmt: skip
    assert lines[0]["id"] == "a" and lines[0]["total_s"] == 0.42 and lines[0]["citations"] == 2
    written = json.dumps(lines)
    said = [text for sentence, _ in SCRIPTS["Do I need a PhD?"].sentences for text in sentence.split()]
    assert not [word for word in said if len(word) > 4 and word in written]
    assert "PhD" not in written and "too* long" not in written


def test_the_words_are_logged_only_where_that_is_chosen_and_nothing_where_it_is_off() -> None:
    assert lines_of(log_words=True)[0]["question"] == "Do I need a PhD?"
    assert lines_of(log="off") == []


def test_log_ins_are_counted_without_the_password(capfd: pytest.CaptureFixture[str]) -> None:
    with served(ScriptedAdvisor(), access=Access(hashed(PASSWORD))) as address:
        log_in(address, "not this one")
        log_in(address, PASSWORD)
        figures = fetch(address, "/metrics").body.decode()
    assert (
        'rolewise_log_ins_total{worked="no"} 1.0' in figures and 'rolewise_log_ins_total{worked="yes"} 1.0' in figures
    )
    said = capfd.readouterr().err
    assert '"event": "log-in", "worked": false' in said and PASSWORD not in said and "not this one" not in said


def test_an_answer_type_keeps_no_words_that_the_log_would_show_unasked() -> None:
    """Whoever adds a field to the answer decides whether it is logged: the log names its fields one by one."""
    told = io.StringIO()
    answer = Answer(
        id="x", question="Q", standalone_question="Q", status="answered", answer="A", notices=("N",), model="M"
    )
    Watch(Settings(), told).answered(answer, "page", stopped=False)
    fields = set(json.loads(told.getvalue()))
    assert fields == {
        "at", "event", "id", "status", "by", "citations", "model", "drafted", "notices", "characters", "retrieve_s",
        "first_token_s", "total_s",
    }  # fmt: skip
