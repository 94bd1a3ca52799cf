"""`rolewise setup --model`: a real command against a real server on loopback that stands for the hub."""

from __future__ import annotations

import hashlib
import os
import random
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, rolewise_process
from rolewise.model_list import MODELS
from rolewise.settings import Settings
from web_fixtures import free_port

LISTED = MODELS[1]
CONTENT = b"GGUF" + random.Random(7).randbytes(24_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
STEP = 10 * 1024 * 1024
"""Bytes that huggingface_hub writes at a time: what is behind the last whole step is lost when a transfer breaks off."""
COMMIT = "c0ffee" * 6 + "c0ff"


@dataclass
class Hub:
    """Describes a file as the hub does, and sends it from another host name, as the hub's storage does."""

    content: bytes = CONTENT
    sha256: str = SHA256
    size: int = len(CONTENT)
    cuts: list[int] = field(default_factory=list)
    """Bytes after which each of the next transfers breaks off; 0 answers with status 503."""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """(method, path, Range) of each request."""
    sent_by_clients: list[str] = field(default_factory=list)

    @property
    def ranges(self) -> list[str]:
        return [given for method, path, given in self.asked if method == "GET" and path.startswith("/cdn/")]


class HubHandler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._noted()
        self._described()

    def do_GET(self) -> None:
        self._noted()
        if not self.path.startswith("/cdn/"):
            self._described()
            return
        cut = self.hub.cuts.pop(0) if self.hub.cuts else None
        if cut == 0:
            self._head(503, {"Content-Length": "0"})
            return
        given = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(given[1]) if given else 0
        body = self.hub.content[start:]
        said = {"Content-Length": str(len(body)), "Accept-Ranges": "bytes"}
        if given:
            said["Content-Range"] = f"bytes {start}-{len(self.hub.content) - 1}/{len(self.hub.content)}"
        self._head(206 if given else 200, said)
        self.wfile.write(body[:cut])
        self.close_connection = True

    def _described(self) -> None:
        if self.path not in {f"/{LISTED.repo}/resolve/{revision}/{LISTED.file}" for revision in ("main", COMMIT)}:
            self._head(
                404, {"X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found", "Content-Length": "0"}
            )
            return
        self._head(302, {
            "Location": f"http://localhost:{self.server.server_port}/cdn/blob", "X-Repo-Commit": COMMIT, "ETag": '"of-the-pointer"',
            "X-Linked-Etag": f'"{self.hub.sha256}"', "X-Linked-Size": str(self.hub.size), "Content-Length": "0",
        })  # fmt: skip

    def _noted(self) -> None:
        self.hub.asked.append((self.command, self.path, self.headers.get("Range", "")))
        self.hub.sent_by_clients.append(str(self.headers))

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


Started = Callable[[Hub], Hub]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """Starts a hub that the command is pointed to."""
    servers: list[ThreadingHTTPServer] = []

    def start(hub: Hub) -> Hub:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (HubHandler,), {"hub": hub}))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        point_to(f"http://127.0.0.1:{server.server_port}", monkeypatch)
        return hub

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def point_to(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.lower().endswith("_proxy") or n.startswith("HF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    monkeypatch.setenv("HF_TOKEN", "hf_a_secret_token")


def setup(home: Path, name: str = LISTED.name) -> Ran:
    return rolewise_process("setup", "--model", name, home=home)


def kept(home: Path) -> list[str]:
    folder = Settings(home=home).models_folder
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_listed_model_is_fetched_checked_and_named(tmp_path: Path, started: Started) -> None:
    hub = started(Hub())
    ran = setup(tmp_path)
    assert ran.code == 0, ran
    path = Settings(home=tmp_path).models_folder / LISTED.file
    assert path.read_bytes() == CONTENT and kept(tmp_path) == [LISTED.file]
    assert f"model: {path}" in ran.out and f"ROLEWISE_MODEL={LISTED.file}" in ran.out
    assert any(COMMIT in path for method, path, _ in hub.asked if method == "GET")
    sent = "".join(hub.sent_by_clients)
    assert "secret" not in sent and "torch" not in sent.lower()
    again = setup(tmp_path)
    assert again.code == 0 and "there already" in again.err and len(hub.ranges) == 1


def test_a_transfer_that_breaks_off_goes_on_where_it_was(tmp_path: Path, started: Started) -> None:
    hub = started(Hub(cuts=[STEP + 5_000_000]))
    assert setup(tmp_path).code == 0
    assert hub.ranges == ["", f"bytes={STEP}-"]
    assert (Settings(home=tmp_path).models_folder / LISTED.file).read_bytes() == CONTENT


def test_the_next_run_goes_on_where_the_last_one_ended(tmp_path: Path, started: Started) -> None:
    hub = started(Hub(cuts=[STEP + 5_000_000, 0]))
    ran = setup(tmp_path)
    assert ran.code == 1
    assert "What arrived (10.5 MB) is kept" in ran.err and f"rolewise setup --model {LISTED.name}" in ran.err
    assert kept(tmp_path) == [f".{LISTED.file}.{SHA256[:12]}.part"]
    hub.asked.clear()
    again = setup(tmp_path)
    assert again.code == 0 and "10.5 MB are here" in again.err
    assert hub.ranges == [f"bytes={STEP}-"]
    assert kept(tmp_path) == [LISTED.file]
    assert (Settings(home=tmp_path).models_folder / LISTED.file).read_bytes() == CONTENT


def test_altered_bytes_are_refused_and_nothing_is_left(tmp_path: Path, started: Started) -> None:
    started(Hub(content=CONTENT[:-1] + b"!"))
    ran = setup(tmp_path)
    assert ran.code == 1 and "SHA-256 is wrong" in ran.err and "thrown away" in ran.err
    assert kept(tmp_path) == []


def test_an_older_file_is_replaced_only_by_a_right_one(tmp_path: Path, started: Started) -> None:
    path = Settings(home=tmp_path).models_folder / LISTED.file
    path.parent.mkdir()
    path.write_bytes(b"GGUF of last year")
    (path.parent / f".{LISTED.file}.0123456789ab.part").write_bytes(b"GGUF of")
    hub = started(Hub(cuts=[0]))
    assert setup(tmp_path).code == 1 and path.read_bytes() == b"GGUF of last year"
    hub.cuts.clear()
    assert setup(tmp_path).code == 0 and path.read_bytes() == CONTENT and kept(tmp_path) == [LISTED.file]


def test_a_disk_too_small_is_said_before_anything_is_fetched(tmp_path: Path, started: Started) -> None:
    hub = started(Hub(size=10**15))
    ran = setup(tmp_path)
    assert ran.code == 1 and "needs 1,000,000,000 MB more" in ran.err and "ROLEWISE_HOME" in ran.err
    assert hub.ranges == [] and kept(tmp_path) == []


def test_a_file_without_hash_is_not_fetched(tmp_path: Path, started: Started) -> None:
    hub = started(Hub(sha256="not-a-sha256"))
    ran = setup(tmp_path)
    assert ran.code == 1 and "no SHA-256" in ran.err
    assert hub.ranges == [] and kept(tmp_path) == []


def test_a_file_that_the_hub_does_not_have_is_said(tmp_path: Path, started: Started) -> None:
    started(Hub())
    ran = setup(tmp_path, MODELS[0].name)
    assert ran.code == 1 and "could not be fetched" in ran.err and "404" in ran.err
    assert kept(tmp_path) == []


def test_without_network_the_error_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point_to(f"http://127.0.0.1:{free_port()}", monkeypatch)
    ran = setup(tmp_path)
    assert ran.code == 1 and "could not be fetched" in ran.err and "Check the network" in ran.err
    assert "Traceback" not in ran.err and kept(tmp_path) == []


def test_the_list_shows_every_model_and_an_unknown_name_shows_it_too(
    rolewise: Callable[..., Ran], tmp_path: Path
) -> None:
    listed, unknown = rolewise("setup", "--model", "list"), rolewise("setup", "--model", "gpt-9", home=tmp_path)
    assert listed.code == 0 and unknown.code == 2 and unknown.out == listed.out
    assert "no model `gpt-9`" in unknown.err
    for model in MODELS:
        assert all(text in listed.out for text in (model.name, f"{model.megabytes:,} MB", model.memory, model.licence))
        assert model.scored == "not measured" and model.file.endswith(".gguf")
    assert len({model.name for model in MODELS}) == len(MODELS) >= 3
