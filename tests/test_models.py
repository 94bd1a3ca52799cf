"""The chat model with real parts: the real weights and runtime, and real HTTP servers that behave well and badly."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest

from model_server import Endpoint, Handler, fails, good
from rolewise.builtin_model import BuiltInServer, thread_counts
from rolewise.chat_model import left_by_reader
from rolewise.errors import ModelError
from rolewise.models import ChatModel, open_model
from rolewise.settings import Settings
from weights_fixture import ensure_weights, test_home

HELLO = [("user", "Say hello.")]
GENERATING = 0.1  # a model that generates burns more of a core than this, even on a busy machine
STORY = [("user", "Write a long story about the sea.")]


@pytest.fixture(scope="module")
def weights() -> Path:
    return ensure_weights(test_home())


@pytest.fixture(scope="module")
def built_in(weights: Path) -> Iterator[ChatModel]:
    model = open_model(Settings(home=test_home(), model="built-in"))
    assert model is not None
    yield model
    model.close()


def accepts(handler: Handler) -> None:
    handler.head(202, "application/json")
    handler.raw("{}")


def refuses(handler: Handler) -> None:
    handler.head(401, "application/json")
    handler.raw('{"error": {"message": "Invalid API Key"}}')


def garbage_page(handler: Handler) -> None:
    handler.head(200, "text/html")
    handler.raw("<html><body>It works!</body></html>")


def garbage_events(handler: Handler) -> None:
    handler.head()
    handler.raw("data: {this is no json\n\n")


def other_json(handler: Handler) -> None:
    handler.head()
    handler.raw('data: {"weather": "fine"}\n\ndata: [DONE]\n\n')


def hangs(handler: Handler) -> None:
    handler.endpoint.done.wait(60)


def hangs_after_a_word(handler: Handler) -> None:
    handler.head()
    handler.piece("Well")
    handler.endpoint.done.wait(60)


def drips_comments(handler: Handler) -> None:
    """Bytes keep coming, so that no read ever times out, but never an answer."""
    handler.head()
    while not handler.endpoint.done.wait(0.05):
        handler.raw(": still here\n\n")


def slow(handler: Handler) -> None:
    handler.head()
    while not handler.endpoint.done.wait(0.1):
        handler.piece("word ")


def dies(handler: Handler) -> None:
    handler.head()
    handler.piece("Half an ")
    handler.connection.shutdown(socket.SHUT_RDWR)


Opened = Callable[[Callable[[Handler], None]], tuple[ChatModel, Endpoint]]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens a model behind an endpoint that answers as told."""
    things: list[ChatModel | Endpoint] = []

    def make(answer: Callable[[Handler], None]) -> tuple[ChatModel, Endpoint]:
        endpoint = Endpoint(answer)
        model = open_model(Settings(model="openai:some-model", model_url=endpoint.url))
        assert model is not None
        things.extend([model, endpoint])
        return model, endpoint

    yield make
    for thing in things:
        thing.close()


# A model behind an address


def test_a_good_server_streams_its_pieces(opened: Opened) -> None:
    model, endpoint = opened(good)
    assert list(model.stream(HELLO, max_tokens=9, deadline_s=10)) == ["Hello", ", ", "you."]
    path, body, headers = endpoint.requests[0]
    assert path == "/v1/chat/completions"
    assert (body["model"], body["temperature"], body["max_tokens"], body["stream"]) == ("some-model", 0, 9, True)
    assert headers["Authorization"] == "Bearer none"
    assert (model.name, model.size) == ("some-model", "large")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (fails, r"failed with status 500 \(.*on fire"),
        (refuses, "ROLEWISE_MODEL_KEY"),
        (garbage_page, "nothing that can be read as an answer"),
        (garbage_events, "nothing that can be read as an answer"),
        (other_json, "nothing that can be read as an answer"),
    ],
)
def test_a_server_that_does_not_answer_properly_is_a_model_error(
    opened: Opened, answer: Callable[[Handler], None], text: str
) -> None:
    model, endpoint = opened(answer)
    with pytest.raises(ModelError, match=text):
        list(model.stream(HELLO, max_tokens=9, deadline_s=10))
    assert len(endpoint.requests) == 1  # no silent second try: the sources' own words are quicker


@pytest.mark.parametrize("answer", [hangs, hangs_after_a_word, drips_comments, slow])
def test_the_deadline_holds_however_the_server_stalls(opened: Opened, answer: Callable[[Handler], None]) -> None:
    model, _ = opened(good)
    list(model.stream(HELLO, max_tokens=9, deadline_s=30))  # imports done
    model, _ = opened(answer)
    start = time.monotonic()
    with pytest.raises(ModelError, match=r"within 0\.8 seconds"):
        list(model.stream(HELLO, max_tokens=500, deadline_s=0.8))
    assert 0.75 < time.monotonic() - start < 2.5


def test_a_server_that_dies_keeps_what_it_said_and_is_a_model_error(opened: Opened) -> None:
    model, _ = opened(dies)
    said: list[str] = []
    with pytest.raises(ModelError, match="broke off"):
        for piece in model.stream(HELLO, max_tokens=9, deadline_s=10):
            said.append(piece)
    assert said == ["Half an "]


def test_a_server_that_is_not_there_is_a_model_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        model = open_model(Settings(model="m", model_url=f"http://127.0.0.1:{taken.getsockname()[1]}"))
        assert model is not None
        with pytest.raises(ModelError, match="cannot be reached"):
            list(model.stream(HELLO, max_tokens=9, deadline_s=10))
        model.close()


def test_closing_early_hangs_up_on_the_server(opened: Opened) -> None:
    model, endpoint = opened(slow)
    answer = model.stream(HELLO, max_tokens=500, deadline_s=30)
    assert next(answer) == "word "
    assert not endpoint.broken.is_set()
    answer.close()  # type: ignore[attr-defined]
    assert endpoint.broken.wait(3)


def test_a_model_that_says_nothing_is_stopped_at_once_where_its_reader_leaves(opened: Opened) -> None:
    model, endpoint = opened(drips_comments)
    left = threading.Event()

    def read() -> None:
        left_by_reader.set(left)
        list(model.stream(HELLO, max_tokens=9, deadline_s=30))

    threading.Timer(0.3, left.set).start()
    with pytest.raises(ModelError, match="stopped"):
        copy_context().run(read)
    assert endpoint.broken.wait(3)


def test_more_than_max_tokens_is_cut_off_even_if_the_server_does_not_stop(opened: Opened) -> None:
    model, endpoint = opened(slow)
    assert len(list(model.stream(HELLO, max_tokens=3, deadline_s=30))) <= 4
    assert endpoint.broken.wait(3)


def test_closing_the_model_ends_a_running_answer(opened: Opened) -> None:
    model, _ = opened(hangs)
    threading.Timer(0.3, model.close).start()
    with pytest.raises(ModelError, match="closed"):
        list(model.stream(HELLO, max_tokens=9, deadline_s=30))
    model.close()
    with pytest.raises(ModelError, match="closed"):
        list(model.stream(HELLO, max_tokens=9, deadline_s=30))


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "OPENAI_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    for variable in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(variable, raising=False)
    model, _ = opened(good)
    assert "".join(model.stream(HELLO, max_tokens=9, deadline_s=10)) == "Hello, you."
    assert os.environ["HTTP_PROXY"] == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("model", "path", "name", "url_path"),
    [
        ("llama3.1:8b", "", "llama3.1:8b", "/v1/chat/completions"),
        ("openai:llama3.1:8b", "/", "llama3.1:8b", "/v1/chat/completions"),
        ("weights.gguf", "/v1", "weights.gguf", "/v1/chat/completions"),
        ("m", "/proxy/api/", "m", "/proxy/api/chat/completions"),
    ],
)
def test_names_and_addresses_are_understood(model: str, path: str, name: str, url_path: str) -> None:
    endpoint = Endpoint(good)
    remote = open_model(Settings(model=model, model_url=endpoint.url + path, model_key="a-key"))
    assert remote is not None
    assert "".join(remote.stream(HELLO, max_tokens=9, deadline_s=10)) == "Hello, you."
    asked, body, headers = endpoint.requests[0]
    assert (asked, body["model"], headers["Authorization"]) == (url_path, name, "Bearer a-key")
    remote.close()
    endpoint.close()


def test_tracing_variables_send_nothing_anywhere(tmp_path: Path) -> None:
    """First the same variables without RoleWise, to see that they would send; then with it."""
    script = textwrap.dedent("""
        import sys
        from langchain_core.language_models import FakeListChatModel
        from langchain_core.tracers.langchain import wait_for_all_tracers
        if sys.argv[1] == "rolewise":
            from rolewise.models import open_model
            from rolewise.settings import Settings
            model = open_model(Settings(model="m", model_url=sys.argv[2]))
            assert "".join(model.stream([("user", "secret")], max_tokens=9, deadline_s=30)) == "Hello, you."
            model.close()
        FakeListChatModel(responses=["a"]).invoke("secret")
        wait_for_all_tracers()
    """)
    runs = []
    for who in ("plain", "rolewise"):
        tracer, endpoint = Endpoint(accepts), Endpoint(good)
        traced = {"LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "k", "LANGSMITH_ENDPOINT": tracer.url}
        environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()} | traced
        command = [sys.executable, "-c", script, who, endpoint.url]
        runs.append(
            (subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL), tracer, endpoint)
        )
    for process, tracer, endpoint in runs:
        assert process.wait(timeout=120) == 0
        tracer.close()
        endpoint.close()
    (_, plain, _), (_, ours, asked) = runs
    assert plain.seen > 0
    assert (ours.seen, asked.seen) == (0, 1)


# What may be asked for


def test_none_is_no_model() -> None:
    assert open_model(Settings(model="none")) is None
    assert open_model(Settings(model="auto")) is None


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"model": "llama"}, "provider:name"),
        ({"model": "nonsense:llama"}, "nonsense"),
        ({"model": "ollama:llama3.1"}, "pip install langchain-ollama"),
        ({"model_url": "http://127.0.0.1:1"}, "ROLEWISE_MODEL to the model's name"),
        ({"model": "m", "model_url": "ftp://somewhere"}, "ROLEWISE_MODEL_URL"),
        ({"model": "/nowhere/at/all.gguf"}, "cannot be read"),
    ],
)
def test_a_wrong_choice_says_what_to_do(settings: dict[str, Any], text: str) -> None:
    with pytest.raises(ModelError, match=text):
        open_model(Settings(**settings))


def test_missing_weights_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="rolewise setup"):
        open_model(Settings(home=tmp_path, model="built-in"))


@pytest.mark.parametrize("kept", [4, 1_000, 3_000_000, 90_000_000])
def test_a_truncated_gguf_is_a_model_error_and_the_process_lives(weights: Path, tmp_path: Path, kept: int) -> None:
    broken = tmp_path / "broken.gguf"
    with weights.open("rb") as whole:
        broken.write_bytes(whole.read(kept))
    with pytest.raises(ModelError, match="could not load it"):
        open_model(Settings(model=str(broken)))


def test_a_file_that_is_no_gguf_is_not_loaded_at_all(tmp_path: Path) -> None:
    page = tmp_path / "page.gguf"
    page.write_text("<html>404</html>")
    with pytest.raises(ModelError, match="does not begin like a GGUF file"):
        open_model(Settings(model=str(page)))


def test_importing_the_room_loads_no_runtime() -> None:
    script = "import sys, rolewise.models, rolewise.weights; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"xllamacpp", "langchain_openai", "langchain", "openai", "langsmith"} & set(loaded)


@pytest.mark.parametrize(
    ("chosen", "cores", "expected"), [(0, 1, (1, 1)), (0, 2, (1, 2)), (0, 8, (4, 8)), (0, 64, (8, 16)), (3, 2, (3, 3))]
)
def test_generating_leaves_half_of_the_cores_free(chosen: int, cores: int, expected: tuple[int, int]) -> None:
    assert thread_counts(chosen, cores) == expected


# The built-in model


def test_the_built_in_model_answers_and_the_same_twice(built_in: ChatModel) -> None:
    question = [("system", "Answer in one short sentence."), ("user", "What is the colour of grass?")]
    first = "".join(built_in.stream(question, max_tokens=30, deadline_s=60))
    assert "colour of grass" in first.lower()  # it says brown: words it knows, facts it does not
    assert first == "".join(built_in.stream(question, max_tokens=30, deadline_s=60))
    assert (built_in.name, built_in.size) == ("SmolLM2-135M-Instruct (built in)", "small")


def test_any_gguf_file_can_be_the_model(weights: Path) -> None:
    model = open_model(Settings(model=str(weights)))
    assert model is not None
    assert "".join(model.stream(HELLO, max_tokens=5, deadline_s=60))
    assert (model.name, model.size) == (f"{weights.stem} (file)", "small")
    model.close()
    model.close()


def test_langchain_can_use_the_built_in_model(built_in: ChatModel) -> None:
    assert built_in.llm.invoke("Say hello.", max_tokens=5).text
    bound = built_in.llm.bind(extra_body={"grammar": 'root ::= "blue"'}, max_tokens=8)
    assert bound.invoke([("system", "One word."), ("user", "Grass?")]).text == "blue"


def test_a_text_longer_than_the_built_in_model_takes_is_said_to_be_so(built_in: ChatModel) -> None:
    with pytest.raises(ModelError, match="cannot take a text that long"):
        list(built_in.stream([("user", "word " * 5_000)], max_tokens=9, deadline_s=60))


def test_the_built_in_model_answers_without_the_clients_of_providers(weights: Path) -> None:
    script = (
        "import sys; from rolewise.models import open_model; from rolewise.settings import load_settings\n"
        "model = open_model(load_settings(model='built-in')); print(list(model.stream([('user', 'Hi')], max_tokens=3, deadline_s=60)))\n"
        "model.close(); print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "ROLEWISE_HOME": str(test_home())},
    ).stdout.split()  # fmt: skip
    assert "xllamacpp" in loaded
    assert not {"openai", "langchain_openai", "tiktoken", "aiohttp"} & set(loaded)


def test_the_built_in_server_listens_on_loopback_only_and_to_us_only(weights: Path) -> None:
    server = BuiltInServer(weights, threads=1)
    host, port = server.address.removeprefix("http://").split(":")
    assert host == "127.0.0.1"
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", int(port)), timeout=5):
        pass  # anything bound to all addresses would answer here

    def ask(key: str) -> int:
        body = json.dumps({"messages": [{"role": "user", "content": "hi"}], "max_tokens": 1}).encode()
        headers = {"Authorization": f"Bearer {key}", "Origin": "http://evil.example"}
        request = urllib.request.Request(server.address + "/v1/chat/completions", body, headers)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as reply:
                assert reply.headers["Access-Control-Allow-Origin"] not in ("*", "http://evil.example")
                return int(reply.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code

    assert ask("wrong") == 401
    assert ask("") == 401
    assert ask(server.key) == 200
    server.close()
    server.close()
    with pytest.raises(OSError):
        socket.create_connection((host, int(port)), timeout=5)


def test_closing_early_stops_the_built_in_model(built_in: ChatModel) -> None:
    idle = cpu_share()
    answer = built_in.stream(STORY, max_tokens=1500, deadline_s=120)
    next(answer)
    assert cpu_share() > idle + GENERATING  # it generates, in this process
    answer.close()  # type: ignore[attr-defined]
    assert falls_silent(idle)


def test_the_deadline_stops_the_built_in_model(built_in: ChatModel) -> None:
    idle = cpu_share()
    with pytest.raises(ModelError, match="within 1 seconds"):
        list(built_in.stream(STORY, max_tokens=1500, deadline_s=1))
    assert falls_silent(idle)


def test_a_text_too_long_for_the_built_in_model_is_a_model_error(built_in: ChatModel) -> None:
    with pytest.raises(ModelError, match="that long"):
        list(built_in.stream([("user", "word " * 6000)], max_tokens=5, deadline_s=60))


def test_two_answers_at_once_do_not_mix(built_in: ChatModel) -> None:
    questions = {word: [("user", f"Repeat this word: {word}")] for word in ("banana", "engine")}
    alone = {w: "".join(built_in.stream(q, max_tokens=12, deadline_s=60)) for w, q in questions.items()}
    together: dict[str, str] = {}

    def ask(word: str) -> None:
        together[word] = "".join(built_in.stream(questions[word], max_tokens=12, deadline_s=60))

    threads = [threading.Thread(target=ask, args=(word,)) for word in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert alone["banana"] != alone["engine"]
    assert {w: w in text.lower() for w, text in together.items()} == {w: w in text.lower() for w, text in alone.items()}


def test_a_process_that_forgets_to_close_still_ends(weights: Path) -> None:
    script = "import sys; from pathlib import Path; from rolewise.builtin_model import BuiltInServer; "
    script += "s = BuiltInServer(Path(sys.argv[1]), 1); print(s.address)"
    done = subprocess.run([sys.executable, "-c", script, str(weights)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout[:17]) == (0, "http://127.0.0.1:")


def cpu_share() -> float:
    """Seconds of processor time that this process, runtime included, burns in a second."""
    before = time.process_time()
    time.sleep(1)
    return time.process_time() - before


def falls_silent(idle: float) -> bool:
    """Whether the model is at rest long before 1,500 tokens are said, which takes it many times the three seconds.

    `idle`: what the process burnt before, for whatever earlier tests left in it.
    """
    return any(cpu_share() < idle + GENERATING for _ in range(3))


@pytest.mark.parametrize(("set_by_the_user", "found"), [(None, "passive"), ("active", "active")])
def test_threads_that_wait_sleep_from_the_runtime_s_import_on(
    weights: Path, set_by_the_user: str | None, found: str
) -> None:
    script = f"""
import os, sys
from importlib.abc import MetaPathFinder
class Seen(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "xllamacpp":
            print(os.environ.get("OMP_WAIT_POLICY"), flush=True)
sys.meta_path.insert(0, Seen())
from pathlib import Path
from rolewise.builtin_model import BuiltInServer
BuiltInServer(Path({str(weights)!r}), 1).close()
"""
    environment = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    environment |= {"OMP_WAIT_POLICY": set_by_the_user} if set_by_the_user else {}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == found
