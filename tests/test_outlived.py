"""What answers, conversations, feedback and log-ins outlive: model servers, the model's weights, and the clock, each at fault."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from conftest import ROOT, environment
from model_process import facts_of, repeats_the_facts
from model_server import Endpoint, Handler
from pool import Process, model_server
from rolewise import feedback
from rolewise.access import Access, hashed
from rolewise.advisor import Advisor, Answer
from rolewise.settings import Settings
from rolewise.weights import weights_path
from test_doors import PASSWORD, fetch, log_in, session
from test_limits import events
from web_fixtures import (
    ScriptedAdvisor,
    ask,
    asked,
    begin_anew,
    entries,
    listed,
    open_drawer,
    opened,
    served,
    settled,
)  # fmt: skip
from weights_fixture import ensure_weights, test_home

SOAK = os.environ.get("ROLEWISE_TEST_SOAK") == "1"
NURSING = ROOT / "examples" / "nursing"
QUESTION = "What equipment does an intensive care nurse work with?"
PATIENCE_S = 3.0
"""What the model gets for an answer in these tests."""
Caused = Callable[..., None]


@pytest.fixture(scope="module")
def nurses(tmp_path_factory: pytest.TempPathFactory, encoder: Path) -> Iterator[Advisor]:
    """The real advisor over a small corpus. Tests choose its model."""
    home = tmp_path_factory.mktemp("nurses")
    (home / "encoder").symlink_to(encoder, target_is_directory=True)
    advisor = Advisor(Settings(home=home, corpus=NURSING, model="none", model_timeout_s=PATIENCE_S))
    advisor.load()
    yield advisor
    advisor.close()


@pytest.fixture(scope="module")
def own(nurses: Advisor) -> Answer:
    """The answer in the sources' own words."""
    nurses.use_model(nurses.settings)
    return nurses.invoke(QUESTION)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint(repeats_the_facts)
    yield endpoint
    endpoint.close()


def use(advisor: Advisor, url: str) -> None:
    advisor.use_model(advisor.settings.model_copy(update={"model": "openai:facts", "model_url": url}))


def told(advisor: Advisor, own: Answer, first: Callable[[], object] = lambda: None) -> Answer:
    """The answer, of which every snapshot says what the sources say; `first` happens once its first sentence is there."""
    started = time.monotonic()
    seen: list[Answer] = []
    for answer in advisor.stream(QUESTION):
        seen.append(answer)
        assert own.answer.startswith(answer.answer), "a word that was not checked"
        if len(seen) == 1:
            first()
    assert time.monotonic() - started < PATIENCE_S + 8, "bounded, on a busy machine as well"
    return seen[-1]


# A model server that fails in the middle of an answer


def one_fact_then(*pieces: str, raw: bytes = b"", ends: bool = True) -> Callable[[Handler], None]:
    """Says the first fact, as it should, and then something else."""

    def answer(handler: Handler) -> None:
        handler.head()
        handler.piece(facts_of(handler)[0] + " ")
        for piece in pieces:
            handler.piece(piece)
        handler.wfile.write(raw)
        if ends:
            handler.piece("", finish="stop")
            handler.raw("data: [DONE]\n\n")

    return answer


def falls_silent(handler: Handler) -> None:
    one_fact_then("Besides", ends=False)(handler)
    handler.endpoint.done.wait(60)


def repeats_itself_for_ever(handler: Handler) -> None:
    one_fact_then(ends=False)(handler)
    while not handler.endpoint.done.wait(0.001):
        handler.piece("nurse ")


BROKEN = {
    "the connection ends": one_fact_then("Besides", ends=False),
    "half a sentence": one_fact_then("An Intensive Care Nurse uses vent", ends=False),
    "silence": falls_silent,
    "words without end": repeats_itself_for_ever,
    "broken JSON": one_fact_then("Besides", raw=b"data: {this is no json\n\n"),
    "an error": one_fact_then("Besides", raw=b'data: {"error": {"message": "out of memory"}}\n\n', ends=False),
    "bytes that are no text": one_fact_then("Besides", raw=b"data: \xff\xfe\x00\xc3\n\n"),
    "a web page": one_fact_then("Besides", raw=b"<html><body>502 Bad Gateway</body></html>\n\n", ends=False),
}
NONSENSE = {
    "an invented figure": ("An Intensive Care Nurse uses 900 ventilators [2]. ",),
    "the opposite": ("An Intensive Care Nurse never uses ventilators, infusion pumps and dialysis machines [2]. ",),
    "another fact's number": ("An Intensive Care Nurse uses the records system MediChart to document care [2]. ",),
    "a fact that there is not": ("An Intensive Care Nurse flies a helicopter [99]. ",),
    "no fact at all": ("Ignore the sources. ", "I am a teapot!"),
    "its instructions": ("End every sentence with the number of its fact in brackets [1]. ",),
    "signs": ("\x00\x1b[2J\ufffd\u202e[2]. ", "<script>alert(1)</script> [2]. ", "|a|b|\n|-|-|\n"),
    "megabytes in one piece": ("So. " * 1_000_000 + "[2]. ",),
    "a megabyte without an end": ("x" * 1_000_000,),
}


@pytest.mark.parametrize("fault", [*BROKEN, *NONSENSE])
def test_whatever_a_model_does_in_the_middle_the_answer_is_whole_and_the_sources(
    nurses: Advisor, own: Answer, endpoint: Endpoint, fault: str, caused: Caused
) -> None:
    endpoint.answer_with(BROKEN.get(fault) or one_fact_then(*NONSENSE[fault]))
    use(nurses, endpoint.url)
    answer = told(nurses, own)
    assert (answer.answer, answer.citations, answer.status) == (own.answer, own.citations, own.status)
    assert 0 < answer.drafted < 1, "the first sentence is the model's, the others are not"
    if fault in BROKEN and fault != "words without end":
        assert any("sources' own words" in notice for notice in answer.notices)
        endpoint.answer_with(repeats_the_facts)
        assert told(nurses, own).drafted == 1, "a broken answer is not kept for the next one who asks"
    caused()


def test_an_answer_cut_at_any_byte_is_whole_and_the_sources(
    nurses: Advisor, own: Answer, endpoint: Endpoint, caused: Caused
) -> None:
    seed = random.randrange(10_000)
    chance, lost, cuts = random.Random(seed), [], 200 if SOAK else 8

    def cut(handler: Handler) -> None:
        whole: list[bytes] = []
        wire, handler.wfile = handler.wfile, Collected(whole)  # type: ignore[assignment]
        repeats_the_facts(handler, 0)
        handler.wfile = wire
        sent = b"".join(whole)
        handler.wfile.write(sent[: chance.randrange(len(sent))])
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    endpoint.answer_with(cut)
    for number in range(cuts):
        use(nurses, endpoint.url)  # which keeps no answer from before
        answer = told(nurses, own)
        if (answer.answer, answer.citations) != (own.answer, own.citations):
            lost.append(f"cut {number} of seed {seed}: {answer.answer}")
    caused(cuts, lost)


class Collected(io.RawIOBase):
    """What is written, not yet sent."""

    def __init__(self, into: list[bytes]) -> None:
        self._into = into

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._into.append(bytes(data))
        return len(data)


@pytest.fixture(scope="module")
def slow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A model server in a process of its own, which takes some seconds for an answer."""
    process = model_server(tmp_path_factory.mktemp("model") / "log", word_s=0.06)
    process.start()
    yield process
    process.kill()


def test_a_model_server_that_is_halted_in_the_middle_is_waited_for_only_so_long(
    nurses: Advisor, own: Answer, slow_server: Process, caused: Caused
) -> None:
    use(nurses, slow_server.url)
    assert slow_server.process
    pid = slow_server.process.pid
    answer = told(nurses, own, first=lambda: os.kill(pid, signal.SIGSTOP))
    os.kill(pid, signal.SIGCONT)
    assert (answer.answer, answer.citations) == (own.answer, own.citations)
    assert any("did not finish within 3 seconds" in notice for notice in answer.notices)
    caused()


def test_page_conversation_and_feedback_outlive_a_model_server_that_is_killed_in_the_middle(
    browser: Browser, nurses: Advisor, own: Answer, slow_server: Process, caused: Caused
) -> None:
    use(nurses, slow_server.url)
    with served(nurses) as address:
        page = opened(browser, address)
        ask(page, QUESTION)
        expect(page.locator("[data-testid=bot]")).to_contain_text(own.answer.split(" [1]")[0])
        slow_server.kill()
        settled(page, QUESTION)
        last = own.citations[-1].quote.rstrip(".")
        expect(page.locator("[data-testid=bot]")).to_contain_text(last)
        expect(page.locator("[data-testid=bot]")).to_contain_text("in the sources' own words")
        page.get_by_role("button", name="Like", exact=True).click()
        page.fill("#rw-rating textarea", "kept?")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator("#rw-note")).to_have_text("Thank you. Your verdict is kept.")
        assert [(f.word, f.answer) for f in feedback.stored(nurses.settings)] == [("kept?", own.answer)]
        page.reload()
        expect(page.locator("[data-testid=bot]")).to_contain_text(last)
        assert entries(page) == [[QUESTION]]
        page.context.close()
    caused()


# The weights of the built-in model


def missing(path: Path) -> None:
    path.unlink()


def truncated(path: Path) -> None:
    os.truncate(path, 50_000_000)


def altered(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(60_000_000)
        file.write(b"\0altered\0")


# Each kind of damage is found by the same check, which test_weights.py tries; the fast form tells only once what follows.
@pytest.mark.parametrize("damage", [missing, truncated, altered] if SOAK else [altered])
def test_without_right_weights_answers_are_the_sources_and_say_how_to_mend_it(
    nurses: Advisor, own: Answer, tmp_path: Path, damage: Callable[[Path], None], caused: Caused
) -> None:
    settings = nurses.settings.model_copy(update={"home": tmp_path, "model": "built-in"})
    for folder in ("encoder", "index"):
        (tmp_path / folder).symlink_to(nurses.settings.home / folder, target_is_directory=True)
    weights = weights_path(settings)
    weights.parent.mkdir()
    shutil.copy(ensure_weights(test_home()), weights)
    damage(weights)
    advisor = Advisor(settings)
    answer = advisor.invoke(QUESTION)
    advisor.close()
    assert (answer.answer, answer.citations, answer.model) == (own.answer, own.citations, None)
    assert any("rolewise setup" in notice and "sources' own words" in notice for notice in answer.notices)
    caused()


SERVING = """
import os, sys
from pathlib import Path
from rolewise.models import open_model
from rolewise.settings import Settings
weights = Path(sys.argv[1])
model = open_model(Settings(model=str(weights)))
said = []
for damage in (lambda: None, lambda: os.truncate(weights, 1_000), weights.unlink):
    damage()
    said.append("".join(model.stream([("user", "Say hello.")], max_tokens=8, deadline_s=60)))
assert said[0] and said == said[:1] * 3, said
model.close()
print("lives")
"""


def test_a_process_outlives_weights_that_are_cut_short_or_deleted_while_it_uses_them(
    tmp_path: Path, caused: Caused
) -> None:
    weights = shutil.copy(ensure_weights(test_home()), tmp_path / "mine.gguf")
    command = [sys.executable, "-c", textwrap.dedent(SERVING), str(weights)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=150, check=False)
    assert (done.returncode, done.stdout.split()[-1:]) == (0, ["lives"]), done.stderr[-2_000:]
    caused(2)


# The clock

DAY_S = 86_400.0
JUMPS = (2 * DAY_S, -400 * DAY_S, 40 * DAY_S, 0.0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the time of day of this process so many seconds off."""
    right = time.time

    def jump(by_s: float) -> None:
        monkeypatch.setattr(time, "time", lambda: right() + by_s)

    return jump


def test_log_ins_log_outs_and_limits_outlive_a_clock_that_jumps(clock: Callable[[float], None], caused: Caused) -> None:
    with served(ScriptedAdvisor(), access=Access(hashed(PASSWORD))) as address:
        stays, leaves = log_in(address, PASSWORD).cookie, log_in(address, PASSWORD).cookie
        fetch(address, "/logout", "", cookie=leaves)

        def who_may_enter() -> list[int]:
            return [fetch(address, "/config", cookie=cookie).status for cookie in (stays, leaves)]

        lost = []
        for jump in JUMPS:
            clock(jump)
            another = log_in(address, PASSWORD).cookie
            if who_may_enter() != [200, 401] or fetch(address, "/config", cookie=another).status != 200:
                lost.append(f"log-ins at {jump}")
            fetch(address, "/logout", "", cookie=another)  # tidies up what is remembered of those who left
        while log_in(address, "wrong").status == 403:
            pass
        for jump in JUMPS:
            clock(jump)
            late = log_in(address, PASSWORD)
            if late.status != 429 or not 1 <= int(late.headers["retry-after"]) <= 30:
                lost.append(f"the limit of tries at {jump}")
            if who_may_enter() != [200, 401]:
                lost.append(f"log-ins at {jump}, once more")
    caused(2 * len(JUMPS), lost)


def test_conversations_and_limits_of_questions_outlive_a_clock_that_jumps(
    clock: Callable[[float], None], caused: Caused
) -> None:
    lost = []
    with served(ScriptedAdvisor(settings=Settings(questions_per_minute=2))) as address:
        mine = session(address)
        for number, jump in enumerate(JUMPS):
            clock(jump)
            event = json.loads(fetch(address, "/gradio_api/call/ask", {"data": ["hello", []]}, **mine).body)["event_id"]
            if ("complete" in events(address, event, **mine)) != (number < 2):
                lost.append(f"question {number} at {jump}")
    caused(len(JUMPS), lost)


def test_answers_and_their_timings_outlive_a_clock_that_jumps(
    nurses: Advisor, own: Answer, clock: Callable[[float], None], caused: Caused
) -> None:
    nurses.use_model(nurses.settings)
    lost = []
    for number, jump in enumerate(JUMPS):
        clock(jump)
        asked_anew, again = nurses.invoke(f"What does a ward nurse do? {'!' * number}"), nurses.invoke(QUESTION)
        for answer in (asked_anew, again):
            if not 0 <= answer.timings.first_token_s <= answer.timings.total_s < 60:
                lost.append(f"{answer.timings} at {jump}")
        if again.answer != own.answer:
            lost.append(f"an answer at {jump}")
    caused(len(JUMPS), lost)


def test_a_new_conversation_comes_first_and_none_is_lost_whatever_the_browsers_clock_says(
    browser: Browser, scripted_address: str, caused: Caused
) -> None:
    page = opened(browser, scripted_address)
    questions = []
    for year in (2026, 2019, 2031, 2026):
        page.clock.set_fixed_time(f"{year}-06-01T12:00:00Z")
        questions.insert(0, f"asked {len(questions) + 1}, in {year}")
        asked(page, questions[0])
        begin_anew(page)
        open_drawer(page)
        assert listed(page) == questions
        page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector("#rw-chat .example")
    open_drawer(page)
    page.locator(".rw-talk-open", has_text="in 2019").click()
    expect(page.locator("[data-testid=user]")).to_have_count(1)
    asked(page, "and then?")
    open_drawer(page)
    moved = [questions[2], *questions[:2], questions[3]]
    assert listed(page) == moved
    assert sorted(map(len, entries(page))) == [1, 1, 1, 2]
    page.context.close()
    caused(4)


def test_feedback_keeps_its_order_whatever_the_clock_says(tmp_path: Path, caused: Caused) -> None:
    settings = Settings(home=tmp_path)
    years = (2026, 2019, 2031)
    for year in years:
        at = datetime(year, 1, 1, tzinfo=timezone.utc)
        feedback.store(settings, feedback.Feedback("up", "", "a", "q", str(year), at))
    assert [f.answer for f in feedback.stored(settings)] == list(map(str, years))
    caused(len(years))
