"""Offline, proven: in a network namespace that has loopback and nothing else, which native code cannot get round either."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import COMMAND, ROOT, environment

NAMESPACE = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
QUESTION = "Do I need a PhD to become a lead?"
CANNOT = (
    "This machine cannot make a network namespace (`unshare --map-root-user --net` with `ip link set lo up`): "
    "install util-linux and iproute2, or allow unprivileged user namespaces."
)


@pytest.fixture(scope="module", autouse=True)
def namespace() -> None:
    """Where no namespace can be made: a failure on the build machine, a skip with the reason elsewhere."""
    if (
        not (shutil.which("unshare") and shutil.which("ip"))
        or subprocess.run([*NAMESPACE, "true"], check=False).returncode
    ):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(CANNOT)


def inside(*command: str, home: Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a command in the namespace, with the proxies of the environment taken away."""
    env = {k: v for k, v in environment(home=home, model="built-in").items() if not k.lower().endswith("_proxy")}
    return subprocess.run(
        [*NAMESPACE, *command], env=env, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
    )


def test_the_namespace_reaches_loopback_and_nothing_else(home: Path) -> None:
    script = (
        "import errno, socket\n"
        "server = socket.create_server(('127.0.0.1', 0)); socket.create_connection(server.getsockname(), 5)\n"
        "print(socket.socket().connect_ex(('192.0.2.1', 80)) == errno.ENETUNREACH)"
    )
    assert inside(sys.executable, "-c", script, home=home).stdout == "True\n"


def test_ask_answers_with_the_built_in_model_and_without_network(home: Path) -> None:
    ran = inside(COMMAND, "ask", "--json", QUESTION, home=home)
    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert answer["status"] == "answered" and answer["citations"]
    assert "preferred" in answer["answer"]
    assert answer["model"] and "built in" in answer["model"]
    assert not any("model" in notice.lower() for notice in answer["notices"]), answer["notices"]


VISIT = """
import json, subprocess, sys, urllib.request
question, *command = sys.argv[1:]
server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
try:
    address = server.stdout.readline().split()[-1]
    get = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    seen = {"address": address, "page": get(address, timeout=30).read().decode()}
    if question:
        asked = urllib.request.Request(address + "/gradio_api/call/ask", json.dumps({"data": [question, []]}).encode(),
                                       {"Content-Type": "application/json"})
        event = json.load(get(asked, timeout=30))["event_id"]
        seen["told"] = get(address + "/gradio_api/call/ask/" + event, timeout=100).read().decode()
    print(json.dumps(seen))
finally:
    server.terminate()
    server.wait(20)
"""


def visit(question: str, *command: str, home: Path) -> dict[str, str]:
    """Start a server in the namespace, fetch its page there over loopback, and ask through its API."""
    ran = inside(sys.executable, "-c", VISIT, question, *command, home=home, timeout=170)
    assert ran.returncode == 0, ran.stderr[-3000:]
    seen: dict[str, str] = json.loads(ran.stdout)
    assert re.search(r'"title": ?"RoleWise"', seen["page"])
    return seen


def test_rolewise_serve_shows_its_page_and_answers_without_network(home: Path) -> None:
    seen = visit(QUESTION, COMMAND, "serve", "--no-browser", "--port", "7861", home=home)
    assert seen["address"] == "http://127.0.0.1:7861"
    assert "event: complete" in seen["told"], seen["told"][-2000:]
    assert "preferred" in seen["told"] and "built in" in seen["told"]


def test_app_py_shows_its_page_without_network(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")  # it opens a browser: here, the command `true`
    assert visit("", sys.executable, "app.py", home=home)["address"] == "http://127.0.0.1:7860"
