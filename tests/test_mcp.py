"""`rolewise mcp` with the official client, over a real process's standard input and output."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.server.mcpserver.exceptions import ToolError

from conftest import COMMAND, ROOT, environment
from rolewise.advisor import Answer
from rolewise.corpus import Corpus, load_corpus
from rolewise.mcp_server import Comparison, Sources, compared

QUESTION = "Which languages does the lead need?"


def with_client(home: Path, work: Callable[[Client], Awaitable[None]], **settings: object) -> None:
    """Start the server as a client does, and do `work` with it."""
    server = StdioServerParameters(
        command=COMMAND, args=["mcp"], env=environment(**{"home": home, "model": "none", **settings})
    )

    async def run() -> None:
        async with Client(server, read_timeout_seconds=100) as client:
            await work(client)

    anyio.run(run)


def text_of(result: Any) -> str:
    return "".join(part.text for part in result.content)


def test_the_three_tools_answer_in_the_types_they_promise(home: Path, corpus: Corpus) -> None:
    async def work(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "compare_roles", "list_sources"}
        assert all(tool.description and tool.output_schema for tool in tools.values())
        assert tools["ask"].input_schema["required"] == ["question"]

        asked = await client.call_tool("ask", {"question": QUESTION})
        answer = Answer.model_validate(asked.structured_content)
        assert answer.status == "answered" and "Python" in answer.answer and "[1]" in answer.answer
        assert json.loads(text_of(asked)) == asked.structured_content
        first = answer.citations[0]
        assert corpus.document[first.source_id].text[first.start : first.end] == first.quote

        later = await client.call_tool("ask", {"question": "and the other one?", "history": [QUESTION]})
        assert "Java" in Answer.model_validate(later.structured_content).answer

        listed = Sources.model_validate((await client.call_tool("list_sources", {})).structured_content)
        assert listed.roles == [role.title for role in corpus.roles]
        assert len(listed.sources) == len(corpus.documents) and all(source.licence for source in listed.sources)

        pair = {"first": listed.roles[0].upper(), "second": corpus.roles[1].id}
        both = Comparison.model_validate((await client.call_tool("compare_roles", pair)).structured_content)
        assert [both.first, both.second] == listed.roles
        numbers = {citation.n for citation in both.citations}
        for aspect in both.aspects:
            said = [*aspect.first, *aspect.both, *aspect.second]
            assert said and all(one.citations and set(one.citations) <= numbers for one in said)
        languages = next(aspect for aspect in both.aspects if "languages" in aspect.name)
        assert [shared.text for shared in languages.both] == ["Python"]

    with_client(home, work)


def test_what_people_can_mend_is_a_tool_error_in_plain_words(home: Path) -> None:
    async def work(client: Client) -> None:
        for tool, given, said in (
            ("ask", {"question": "  "}, "The question is empty"),
            ("ask", {"question": "x" * 100_000}, "Shorten it"),
            ("ask", {}, "Field required"),
            ("compare_roles", {"first": "Astronaut", "second": "lead"}, "There is no role `Astronaut`"),
        ):
            result = await client.call_tool(tool, given)
            assert result.is_error and said in text_of(result) and "Traceback" not in text_of(result)
        assert not (await client.call_tool("ask", {"question": QUESTION})).is_error

    with_client(home, work)


def test_a_corpus_that_cannot_be_read_is_a_tool_error(home: Path, tmp_path: Path) -> None:
    async def work(client: Client) -> None:
        result = await client.call_tool("list_sources", {})
        assert result.is_error and str(tmp_path / "nowhere") in text_of(result)

    with_client(home, work, corpus=tmp_path / "nowhere")


def test_standard_output_is_the_protocol_alone(home: Path) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    lines: list[dict[str, Any]] = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": QUESTION}}},
    ]  # fmt: skip
    env = environment(home=home, model="built-in")  # the runtime that prints most
    with subprocess.Popen([COMMAND, "mcp"], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:  # fmt: skip
        assert server.stdin and server.stdout and server.stderr
        for line in lines:
            server.stdin.write(json.dumps(line) + "\n")
        server.stdin.flush()
        replies = [json.loads(server.stdout.readline()) for _ in range(2)]
        server.stdin.close()
        assert server.stdout.read() == ""
        logged = server.stderr.read()
        assert server.wait(30) == 0, logged
    assert [reply["id"] for reply in replies] == [1, 2]
    assert "Python" in replies[1]["result"]["structuredContent"]["answer"]
    assert "DEBUG" not in logged and "INFO" not in logged and "languages" not in logged


def test_any_two_roles_of_any_corpus_can_be_compared_and_the_same_one_cannot() -> None:
    nursing = load_corpus(ROOT / "examples" / "nursing")
    one, two, three = nursing.roles
    assert compared(nursing, three.title, f" {one.id} ").second == one.title
    with pytest.raises(ToolError, match="the same role"):
        compared(nursing, two.title, two.id)
