"""One model on several real servers: the others stand in for one that is away, hung or overloaded."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from model_server import Endpoint, Handler, fails, good
from rolewise.errors import ModelError
from rolewise.model_pool import Pool
from rolewise.models import ChatModel, open_model
from rolewise.settings import Settings

HELLO = [("user", "Say hello.")]
Answers = Callable[[Handler], None]
Pooled = Callable[..., tuple[ChatModel, list[Endpoint]]]


def hangs(handler: Handler) -> None:
    handler.endpoint.done.wait(60)


def breaks_off(handler: Handler) -> None:
    handler.head()
    handler.piece("Half an ")


def overloaded(handler: Handler) -> None:
    handler.head(503, "application/json")
    handler.raw('{"error": {"message": "all slots are busy"}}')


@pytest.fixture
def pooled() -> Iterator[Pooled]:
    """Opens a model on endpoints that answer as told."""
    things: list[ChatModel | Endpoint] = []

    def make(*answers: Answers) -> tuple[ChatModel, list[Endpoint]]:
        endpoints = [Endpoint(answer) for answer in answers]
        model = open_model(Settings(model="openai:m", model_url=", ".join(e.url for e in endpoints)))
        assert model is not None
        things.extend([model, *endpoints])
        return model, endpoints

    yield make
    for thing in things:
        thing.close()


def said(model: ChatModel, deadline_s: float = 10) -> str:
    return "".join(model.stream(HELLO, max_tokens=9, deadline_s=deadline_s))


def test_servers_take_turns(pooled: Pooled) -> None:
    model, endpoints = pooled(good, good)
    assert [said(model) for _ in range(4)] == ["Hello, you."] * 4
    assert [len(e.requests) for e in endpoints] == [2, 2]


@pytest.mark.parametrize("fault", [fails, overloaded])
def test_another_server_stands_in_and_the_one_that_failed_is_passed_over(pooled: Pooled, fault: Answers) -> None:
    model, (bad, other) = pooled(fault, good)
    assert [said(model) for _ in range(4)] == ["Hello, you."] * 4
    assert (len(bad.requests), len(other.requests)) == (1, 4)


def test_a_server_that_is_gone_or_hangs_leaves_time_for_the_next(pooled: Pooled) -> None:
    model, (gone, _, _) = pooled(good, hangs, good)
    said(model)
    gone.close()
    started = time.monotonic()
    assert [said(model, deadline_s=3) for _ in range(3)] == ["Hello, you."] * 3
    assert time.monotonic() - started < 4.5, "a server that hung was waited for again"


def test_what_was_begun_by_one_server_is_not_continued_by_another(pooled: Pooled) -> None:
    model, (_, other) = pooled(breaks_off, good)
    pieces = []
    with pytest.raises(ModelError, match="broke off"):
        for piece in model.stream(HELLO, max_tokens=9, deadline_s=10):
            pieces.append(piece)
    assert (pieces, len(other.requests)) == (["Half an "], 0)


def test_a_pool_that_failed_three_questions_rests_and_is_asked_again_later(
    pooled: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, endpoints = pooled(fails, fails)
    for _ in range(3):
        with pytest.raises(ModelError, match="on fire"):
            said(model)
    asked = [len(e.requests) for e in endpoints]
    with pytest.raises(ModelError, match="rest"):
        said(model)
    assert [len(e.requests) for e in endpoints] == asked == [3, 3]
    endpoints[0].answer_with(good)
    now = time.monotonic()
    monkeypatch.setattr("rolewise.model_pool.time.monotonic", lambda: now + 60)
    assert said(model) == "Hello, you."


def test_one_server_alone_never_rests() -> None:
    pool = Pool(("only",))
    for _ in range(5):
        assert pool.order() == ["only"]
        pool.failed("only")
        pool.gave_up()


def test_a_wrong_address_among_several_is_named() -> None:
    with pytest.raises(ModelError, match="ftp://x"):
        open_model(Settings(model="m", model_url="http://127.0.0.1:1, ftp://x"))
