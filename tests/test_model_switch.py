"""Switching the model while answers are being worded, and what there is to choose from."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model_server import Endpoint, Handler, good
from rolewise.advisor import Advisor
from rolewise.errors import ModelError, UsageError
from rolewise.model_choices import choices, speed_of
from rolewise.models import ChatModel, open_model
from rolewise.settings import Settings, load_settings
from web_fixtures import free_port
from weights_fixture import ensure_weights, test_home

PLAIN = "What does a Lead Machine Learning Engineer do?"


@pytest.fixture
def serving() -> Iterator[Callable[..., Endpoint]]:
    """Starts model servers, and ends them."""
    started: list[Endpoint] = []

    def start(answer: Callable[[Handler], None] = good, *models: str) -> Endpoint:
        started.append(Endpoint(answer, models))
        return started[-1]

    yield start
    for endpoint in started:
        endpoint.close()


@pytest.fixture
def own_advisor(home: Path) -> Iterator[Advisor]:
    advisor = Advisor(Settings(home=home, model="none", model_timeout_s=20))
    advisor.load()
    yield advisor
    advisor.close()


def at(advisor: Advisor, name: str, endpoint: Endpoint) -> Settings:
    return advisor.settings.model_copy(update={"model": f"openai:{name}", "model_url": endpoint.url})


def model_of(advisor: Advisor) -> ChatModel:
    with advisor.lent() as parts:
        assert parts.model
        return parts.model


def closed(model: ChatModel) -> bool:
    try:
        model._running_loop()
    except ModelError:
        return True
    return False


def test_an_answer_under_way_keeps_its_model_which_is_closed_after_it(
    own_advisor: Advisor, serving: Callable[..., Endpoint]
) -> None:
    asked, told = threading.Event(), threading.Event()

    def when_told(handler: Handler) -> None:
        asked.set()
        told.wait(20)
        good(handler)

    own_advisor.use_model(at(own_advisor, "first", serving(when_told)))
    first = model_of(own_advisor)
    answers: list[tuple[str | None, tuple[str, ...]]] = []

    def ask() -> None:
        answer = own_advisor.invoke(PLAIN)
        answers.append((answer.model, answer.notices))

    under_way = threading.Thread(target=ask)
    under_way.start()
    assert asked.wait(20)
    second = serving(good)
    own_advisor.use_model(at(own_advisor, "second", second))
    answers.append((own_advisor.invoke(PLAIN).model, ()))
    assert not closed(first) and second.requests
    told.set()
    under_way.join(20)
    assert [name for name, _ in answers] == ["second", "first"]
    assert not any("model first" in notice for notice in answers[1][1])
    assert closed(first) and not closed(model_of(own_advisor))


def test_a_model_that_nobody_uses_is_closed_at_once_and_no_model_is_a_choice(
    own_advisor: Advisor, serving: Callable[..., Endpoint]
) -> None:
    own_advisor.use_model(at(own_advisor, "first", serving()))
    first = model_of(own_advisor)
    own_advisor.use_model(own_advisor.settings)
    assert closed(first) and own_advisor.invoke(PLAIN).model is None


def test_an_answer_that_is_given_up_gives_its_model_back(
    own_advisor: Advisor, serving: Callable[..., Endpoint]
) -> None:
    own_advisor.use_model(at(own_advisor, "first", serving()))
    first = model_of(own_advisor)
    answers = own_advisor.stream(PLAIN)
    next(answers)
    own_advisor.use_model(own_advisor.settings)
    assert not closed(first)
    answers.close()  # type: ignore[attr-defined]
    assert closed(first)


def test_a_model_that_cannot_be_opened_leaves_the_one_in_use(
    own_advisor: Advisor, serving: Callable[..., Endpoint], tmp_path: Path
) -> None:
    own_advisor.use_model(at(own_advisor, "first", serving()))
    before, settings = model_of(own_advisor), own_advisor.model_settings
    (tmp_path / "broken.gguf").write_bytes(b"no model")
    with pytest.raises(ModelError, match=r"broken\.gguf cannot be used"):
        own_advisor.use_model(settings.model_copy(update={"model": str(tmp_path / "broken.gguf"), "model_url": None}))
    assert model_of(own_advisor) is before and not closed(before) and own_advisor.model_settings == settings


def test_a_renewed_advisor_keeps_the_model_that_was_chosen(
    own_advisor: Advisor, serving: Callable[..., Endpoint]
) -> None:
    own_advisor.use_model(at(own_advisor, "first", serving()))
    first = model_of(own_advisor)
    own_advisor.renew()
    assert model_of(own_advisor) is first and not closed(first)


def test_the_built_in_model_a_file_and_servers_on_this_machine_are_found(
    home: Path, tmp_path: Path, serving: Callable[..., Endpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serving()
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("ALL_PROXY", proxy.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    server = serving(good, "llama3.1:8b", "llama3.1:8b", "other")
    settings = Settings(
        home=tmp_path, model_key="a secret key", model_ports=(server.server.server_port, free_port())
    )  # fmt: skip
    settings.models_folder.mkdir()
    (settings.models_folder / "smollm2-135m-instruct-q4_1.gguf").symlink_to(ensure_weights(test_home()))
    (settings.models_folder / "mine.gguf").write_bytes(b"GGUF")
    (settings.models_folder / ".half.gguf.part").write_bytes(b"GGUF")
    found = choices(settings)
    port = server.server.server_port
    assert [c.id for c in found] == [
        "own-words", "built-in", "file:mine.gguf", f"server:{port}:llama3.1:8b", f"server:{port}:other",
    ]  # fmt: skip
    assert found[0].opens(settings)
    assert {c.settings.model_key for c in found} == {None}
    assert found[3].permanent == f"ROLEWISE_MODEL=openai:llama3.1:8b ROLEWISE_MODEL_URL=http://127.0.0.1:{port}/v1"
    assert proxy.seen == 0
    model = open_model(found[3].settings)
    assert model and model.name == "llama3.1:8b"
    model.close()


def test_the_configured_model_stays_a_choice(tmp_path: Path) -> None:
    remote = Settings(home=tmp_path, model="openai:far", model_url="https://models.example.org/v1", model_ports=())
    assert [c.id for c in choices(remote)] == ["own-words", "configured"]
    assert choices(remote)[1].settings == remote


def test_what_answers_at_a_port_but_is_no_model_server_is_passed_over(tmp_path: Path) -> None:
    replies = (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", b"HTTP/1.1 200 OK\r\n\r\n{\"data\": [{\"name\": 1}]}",
        b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/v1/models\r\nContent-Length: 0\r\n\r\n", b"SSH-2.0-x\r\n",
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", b"",
    )  # fmt: skip
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in replies]

    def answer(listener: socket.socket, reply: bytes) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(9000)
            connection.sendall(reply)
            if not reply:
                time.sleep(2)  # silent until the probe has given up

    for listener, reply in zip(listeners, replies, strict=True):
        threading.Thread(target=answer, args=(listener, reply), daemon=True).start()
    ports = tuple(listener.getsockname()[1] for listener in listeners)
    started = time.monotonic()
    assert [c.id for c in choices(Settings(home=tmp_path, model_ports=ports))] == ["own-words"]
    assert time.monotonic() - started < 2
    for listener in listeners:
        listener.close()


def test_ports_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEWISE_MODEL_PORTS", "4000, 5000")
    assert load_settings().model_ports == (4000, 5000)
    monkeypatch.setenv("ROLEWISE_MODEL_PORTS", "")
    assert load_settings().model_ports == ()
    monkeypatch.setenv("ROLEWISE_MODEL_PORTS", "4000,70000")
    with pytest.raises(UsageError, match="ROLEWISE_MODEL_PORTS is wrong"):
        load_settings()


def test_a_bare_file_name_is_looked_for_in_the_models_folder(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, model="absent.gguf")
    with pytest.raises(ModelError, match=str(settings.models_folder / "absent.gguf")):
        open_model(settings)


def test_speed_is_tokens_after_the_first_by_the_time_they_took(serving: Callable[..., Endpoint]) -> None:
    def paced(handler: Handler) -> None:
        handler.head()
        time.sleep(0.3)
        for _ in range(11):
            handler.piece("word ")
            time.sleep(0.05)
        handler.piece("", finish="stop")
        handler.raw("data: [DONE]\n\n")

    model = open_model(Settings(model="openai:m", model_url=serving(paced).url))
    assert model
    speed = min(
        (speed_of(model) for _ in range(3)), key=lambda s: s.tokens_per_s
    )  # a first piece that is late makes it faster
    model.close()
    assert speed.first_s >= 0.3 and 5 < speed.tokens_per_s <= 20.5 and speed.text.count("word") == 11
