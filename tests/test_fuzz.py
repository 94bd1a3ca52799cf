"""Generated questions and conversations through every door: an answer or a plain refusal, in bounded time and memory.

The fast form tries some 90; ROLEWISE_TEST_SOAK=1 (`make soak`) some 13,000: of what costs least the most, so that more than
10,000 are tried on a busy machine, too, where the conversations end at their limit of time.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import SkipTest

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import rolewise
from conftest import rolewise_process
from rolewise.advisor import Advisor, Answer, Ask
from rolewise.advisor.asking import MAX_QUESTION_CHARACTERS, MOST_EARLIER, MOST_READ, readable, taken
from rolewise.cli import _answer_rows, _json_line
from rolewise.errors import QuestionError
from rolewise.web.stored import from_browser, to_browser
from rolewise.web.talk import Talk
from rolewise.web.turns import messages_of
from web_fixtures import served

SOAK = os.environ.get("ROLEWISE_TEST_SOAK") == "1"
RARE = 399 if SOAK else 49
"""One text in so many is long, and one conversation deep: each costs as much as a hundred others."""
RARELY = RARE // 2 if SOAK else 0
"""The number out of so many that stands for it. Nought comes far more often than the others, which a long run need not have."""
MOST_CPU_S = 30.0
"""Of one answer, in seconds of this process: the worst takes about 3 on an idle machine."""
MOST_GROWTH = 400_000_000
"""Bytes that a whole run may add to the process."""
LONGEST_S = 300.0
"""Of one long run, in seconds: what it has tried until then is what counts as tried."""

PIECES = (
    "\x00", "\x07\x1b[31m", "\r\n", "\n\n", "\t", "\u202e", "\u202d", "\u200f", "\u200b", "\u200d", "\ufeff", "\u2028", "\ufffe",
    "\ud800", "\udfff", "😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "e\u0301" * 5, "Z̵̛͎", "ﷺ", "ﬃ", "İ", "ß", "½", "٣", "你好", "שלום", "مرحبا",
    "<script>alert(1)</script>", "<!--", "]]>", "&amp;", "&#0;", "![x](http://192.0.2.1/)", "[1]", "[1](javascript:1)", "```", "|a|b|\n|-|-|",
    "{{7*7}}", "${x}", "%s%n", "%00", "../../etc/passwd", "'; DROP TABLE x; --", "\\", '"', "{", "[" * 50, "(?:a+)+$", "$(id)", "\\N{BULLET}",
    ". ", ", ", "- ", "?", "!?", "…", "no, ", "i mean ", "not the ", "of those ", "the other one ", "and ", "and what ", "a", "a-", "1.", "9" * 40, "-1e999",
    "$100k ", "5% ", "more than ", "at least ", "which ", "why ", "compare ", "difference ", "do i need ", "what is ", "what about ", "i have 5 years of ",
    "i hate ", "i love ", "which role fits me? ", "forget my profile ", "skip ", "thanks ", "hi ", "yes ", "no ",
)  # fmt: skip


@pytest.fixture(scope="module")
def words(advisor: Advisor) -> tuple[str, ...]:
    """Words that the rules know: roles, items, and every word of the sources."""
    corpus = advisor.corpus
    named = {name for role in corpus.roles for name in (role.title, *role.aliases)}
    items = {item for role in corpus.roles for p in role.passages for item in p.items}
    return tuple(sorted(named | items | {word for p in corpus.passages for word in p.text.split()}))


def texts(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Messages: what people write, what nobody writes, and both mixed; now and then repeated up to a megabyte."""
    anything = st.text(st.characters(), max_size=30)  # half surrogate pairs and control characters, too
    known = st.sampled_from(words).map(lambda word: word + " ")
    piece = st.one_of(st.sampled_from(PIECES), known, known, anything)
    short = st.lists(piece, min_size=1, max_size=12).map("".join)
    long = st.tuples(short, st.sampled_from((3_000, MOST_READ, MAX_QUESTION_CHARACTERS, 1_000_000))).map(
        lambda pair: (pair[0] * (pair[1] // len(pair[0]) + 1))[: pair[1]] if pair[0] else ""
    )
    return st.integers(0, RARE).flatmap(lambda n: long if n == RARELY else short)


def conversations(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, list[str]]]:
    """(question, earlier messages): mostly few, now and then more than anybody has ever sent."""
    few = st.lists(texts(words), max_size=4)
    deep = st.tuples(few, st.integers(1, 3_000)).map(lambda pair: pair[0] * pair[1])
    return st.tuples(texts(words), st.integers(0, RARE).flatmap(lambda n: deep if n == RARELY else few))


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=8,
)
"""Whatever JSON can say."""


def tried(strategy: st.SearchStrategy[Any], few: int, many: int, try_one: Callable[[Any], None]) -> int:
    """Try generated inputs: `few`, or `many` in the long form. Returns how many."""
    count = 0
    most = many if SOAK else few

    @settings(
        max_examples=most, deadline=None, database=None, derandomize=not SOAK, suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate] if not SOAK else [Phase.explicit, Phase.generate, Phase.shrink], print_blob=True,
    )  # fmt: skip
    @given(strategy)
    def each(value: Any) -> None:
        nonlocal count
        if time.monotonic() > until:
            raise SkipTest  # which ends the run at once
        count += 1
        started = time.process_time()
        try_one(value)
        took = time.process_time() - started
        assert took < MOST_CPU_S, f"{took:.1f} seconds"

    before, until = peak(), time.monotonic() + LONGEST_S
    with suppress(SkipTest):
        each()
    assert peak() - before < MOST_GROWTH
    return count


def peak() -> int:
    """The most memory that this process has had, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def whole(answer: Answer, advisor: Advisor) -> None:
    """What holds of every answer: it can be written down, and quotes what stands in the sources."""
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    for citation in answer.citations:
        assert advisor.document_text(citation.source_id)[citation.start : citation.end] == citation.quote


def test_any_conversation_is_answered_or_refused_by_the_chain(
    advisor: Advisor, words: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    def try_one(conversation: tuple[str, list[str]]) -> None:
        question, history = conversation
        try:
            answers = list(advisor.stream(Ask(question=question, history=tuple(history))))
        except QuestionError:
            assert not question.strip() or len(question) > MAX_QUESTION_CHARACTERS
        else:
            whole(answers[-1], advisor)

    record_property("inputs", tried(conversations(words), 30, 5_500, try_one))


def test_any_question_by_itself_is_answered_or_refused_by_the_chain(
    advisor: Advisor, words: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    def try_one(question: str) -> None:
        try:
            whole(advisor.invoke(question), advisor)
        except QuestionError:
            assert not question.strip() or len(question) > MAX_QUESTION_CHARACTERS

    record_property("inputs", tried(texts(words), 20, 3_000, try_one))


def test_any_json_is_answered_or_refused(
    advisor: Advisor, words: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    """From Python, as lines of `ask --jsonl`, and from the page's endpoint alike."""
    field = st.one_of(ANYTHING, texts(words))
    rows = st.one_of(
        ANYTHING,
        st.fixed_dictionaries(
            {}, optional={"question": field, "history": field, "turns": st.lists(field), "id": field}
        ),
    )

    def try_one(row: Any) -> None:
        try:
            whole(advisor.invoke(row), advisor)
        except QuestionError as error:
            assert "http" not in str(error)  # pydantic's own errors refer to its web pages
        for told in _answer_rows(advisor, [json.dumps(row), json.dumps(row)[:-1]]):
            line = _json_line(told)
            assert json.loads(line).keys() & {"answer", "error"} and line.encode()

    record_property("inputs", tried(rows, 10, 3_500, try_one))


def test_the_page_s_endpoint_answers_or_refuses_and_goes_on(
    advisor: Advisor,
    words: tuple[str, ...],
    capfd: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    field = st.one_of(texts(words), ANYTHING)
    bodies = st.one_of(
        ANYTHING,
        st.fixed_dictionaries(
            {"data": st.one_of(ANYTHING, st.tuples(field, field), st.tuples(field, st.lists(field, max_size=3)))}
        ),
    )
    with served(advisor) as address, httpx.Client(base_url=address, timeout=120, trust_env=False) as client:

        def try_one(body: Any) -> None:
            said = sent(client, json.dumps(body))
            assert said in ("complete", "error", "refused"), body

        capfd.readouterr()
        count = tried(bodies, 10, 200, try_one)
        for torn in (
            "",
            "{",
            "[" * 100_000,
            '{"data":[' * 400,
            "\x00",
            '{"data":["a",NaN]}',
            '{"data":["Hi",' + "[" * 900 + "]" * 900 + "]}",
        ):
            count += 1
            assert sent(client, torn) in ("complete", "error", "refused"), torn[:20]
        assert sent(client, json.dumps({"data": ["Do I need a PhD?", []]})) == "complete"
    assert str(Path(rolewise.__file__).parent) not in capfd.readouterr().err, "a fault inside this package"
    record_property("inputs", count)


def sent(client: httpx.Client, body: str) -> str:
    """What the endpoint made of a body: `complete`, `error` with a plain message, or refused at once."""
    while True:
        ticket = client.post(
            "/gradio_api/call/ask",
            content=body.encode(errors="surrogatepass"),
            headers={"Content-Type": "application/json"},
        )
        if ticket.status_code != 429:
            break
        time.sleep(float(ticket.headers.get("retry-after", 1)))
    if ticket.status_code != 200:
        return "refused" if 400 <= ticket.status_code < 500 else f"status {ticket.status_code}"
    stream = client.get(f"/gradio_api/call/ask/{ticket.json()['event_id']}").text
    *_, last = [line for line in stream.splitlines() if line.startswith("event:") and "heartbeat" not in line]
    return last.removeprefix("event:").strip()


def test_any_turns_survive_the_browser_and_the_chat(
    words: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    talk = Talk.__new__(Talk)  # its steps before an answer need no advisor

    def try_one(question: str) -> None:
        turns, *_ = talk._take(question, [])
        assert json.dumps(messages_of(turns)).encode()
        if question.strip():
            kept = from_browser(to_browser(turns))
            assert [turn.question for turn in kept] == [turn.question for turn in turns]

    record_property("inputs", tried(texts(words), 20, 1_000, try_one))


def test_what_is_no_question_is_refused_in_plain_words(advisor: Advisor) -> None:
    hi = {"question": "Hi"}
    for wrong in (5, None, [], {}, {"question": 5}, hi | {"history": "text"}, hi | {"history": [5]}, hi | {"more": 1}):
        with pytest.raises(QuestionError, match="needs `question`, a text"):
            advisor.invoke(wrong)


def test_half_a_surrogate_pair_is_replaced_and_a_whole_one_joined() -> None:
    ask = taken({"question": "a \ud83d\ude00 b \ud800", "history": ["\udc00"], "id": "\ud800"})
    assert ask.question == "a 😀 b \ufffd" and ask.history == ("\ufffd",) and ask.id == "\ufffd"


def test_the_newest_of_a_long_conversation_is_read() -> None:
    ask = taken(Ask(question="and then?", history=tuple(f"message {n}" for n in range(5_000))))
    assert len(ask.history) == MOST_EARLIER and ask.history[-1] == "message 4999"
    ask = taken(Ask(question="and then?", history=("x" * 1_000_000,) * 50 + ("the last",)))
    assert ask.history[-1] == "the last" and 1 < len(ask.history) < 10


@pytest.mark.parametrize("piece", [". ", "-", " ", "!?", "\n", "ﷺ", "a ", "x? ", "\u202e", "no, ", "not the "])
def test_repeating_a_sign_does_not_hold_the_rules_up(advisor: Advisor, piece: str) -> None:
    started = time.process_time()
    advisor.invoke(piece * (MAX_QUESTION_CHARACTERS // len(piece)) if piece.strip() else f"a{piece * 19_000}b")
    assert time.process_time() - started < MOST_CPU_S


def test_a_run_of_signs_is_cut_short_and_words_are_not() -> None:
    assert readable("Do I need -- really?? -- a Ph.D.?") == "Do I need -- really?? -- a Ph.D.?"
    assert len(readable("a" + ". " * 5_000 + "b")) < 40 and readable("a" + "-" * 5_000 + "b").endswith("b")
    assert len(readable("ﷺ" * MOST_READ)) <= MOST_READ


def test_a_process_answers_every_line_that_it_is_given(home: Any) -> None:
    lines = [
        '{"question": "\\ud800 Do I need a PhD?\\u0000"}',
        "[" * 100_000,
        "\x00",
        '{"turns": []}',
        '{"question": "Which role needs AWS?"}',
    ]
    done = rolewise_process("ask", "--jsonl", stdin="\n".join(lines), home=home, model="none")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0 and "Traceback" not in done.err
    assert [row.get("status", "error") for row in rows] == ["answered", "error", "error", "error", "answered"]
