"""The endpoint as docs/api.md describes it: its examples are run here against a real server."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any, get_args

import pytest
from gradio_client import Client  # type: ignore[import-untyped]

from conftest import ROOT
from rolewise.advisor import Advisor, Answer, Citation, Timings
from rolewise.advisor.answer import Status
from web_fixtures import served

DOCUMENT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(advisor: Advisor) -> Iterator[str]:
    with served(advisor) as address:
        yield address


@pytest.fixture(scope="module")
def info(address: str) -> dict[str, Any]:
    described = Client(address, verbose=False).view_api(return_format="dict", print_info=False)
    assert isinstance(described, dict)
    return described


def example(language: str, number: int = 0) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.M | re.S)[number]


def test_the_python_example_answers_and_streams(address: str) -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(example("python").replace("http://127.0.0.1:7860", address), {})
    lines = printed.getvalue().splitlines()
    assert lines[0].startswith("answered No") and lines[1].startswith("[1] For a Lead")
    lengths = [int(n) for n in re.findall(r"^(\d+) characters so far$", printed.getvalue(), re.M)]
    assert len(lengths) > 2 and lengths == sorted(lengths) and lengths[0] < lengths[-1]


def test_the_curl_example_hands_in_a_question_and_reads_the_events(address: str) -> None:
    first, _, second = example("sh", 1).replace("http://127.0.0.1:7860", address).strip().splitlines()
    ticket = json.loads(shell(first))["event_id"]
    events = re.findall(r"^event: (\w+)\ndata: (.*)$", shell(second.replace("EVENT_ID", ticket)), re.M)
    kinds = [kind for kind, _ in events if kind != "heartbeat"]
    assert kinds[-1] == "complete" and set(kinds[:-1]) == {"generating"}
    last = Answer.model_validate(json.loads(events[-1][1])[0])
    assert last.status == "answered" and last.citations


def shell(command: str) -> str:
    done = subprocess.run(
        ["sh", "-c", command.replace("curl ", "curl --noproxy '*' --max-time 60 ")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_only_ask_is_offered_with_its_types(info: dict[str, Any]) -> None:
    assert list(info["named_endpoints"]) == ["/ask"] and not info["unnamed_endpoints"]
    ask = info["named_endpoints"]["/ask"]
    question, history = ask["parameters"]
    assert (question["parameter_name"], question["type"]) == ("question", {"type": "string"})
    assert (history["parameter_name"], history["parameter_has_default"]) == ("history", True)
    items = history["type"]["oneOf"][1]["items"]["anyOf"]
    assert [item["type"] for item in items] == ["string", "object"]
    answer = ask["returns"][0]["type"]
    assert set(answer["properties"]) == set(Answer.model_fields)
    assert answer["properties"]["status"] == {"enum": list(get_args(Status))}
    assert set(answer["properties"]["citations"]["items"]["properties"]) == set(Citation.model_fields)
    assert "roles" in ask["description"]


def test_every_field_is_documented() -> None:
    for name in (*Answer.model_fields, *Citation.model_fields, *Timings.model_fields, *get_args(Status)):
        assert f"`{name}`" in DOCUMENT, name
