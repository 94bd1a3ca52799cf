"""`rolewise doctor` finds what is really broken, says how to mend it, and changes nothing."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from chroma_server import ChromaServer
from conftest import Ran
from rolewise.cli import checks
from rolewise.settings import Settings
from rolewise.weights import weights_path
from web_fixtures import free_port

Doctor = Callable[..., dict[str, dict[str, str]]]


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    """A home to break: index and weights are copies, the encoder is shared."""
    shutil.copytree(home, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


@pytest.fixture
def doctor(rolewise: Callable[..., Ran]) -> Doctor:
    """Findings by name; the exit code is checked on the way."""

    def run(*options: str, **settings: Any) -> dict[str, dict[str, str]]:
        ran = rolewise("doctor", "--json", *options, **settings)
        findings = {found["name"]: found for found in json.loads(ran.out)}
        assert ran.code == int(any(found["mark"] == "bad" for found in findings.values())), ran
        assert all(bool(found["mend"]) == (found["mark"] != "ok") for found in findings.values()), findings
        return findings

    return run


def test_a_home_as_setup_leaves_it_is_in_order(rolewise: Callable[..., Ran], home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*.gguf")}
    ran = rolewise("doctor", "--port", str(free_port()), home=home)
    assert ran.code == 0, ran
    names = [line.split()[1] for line in ran.out.splitlines() if line.startswith(("ok", "warn", "bad"))]
    assert names == ["python", "packages", "disk", "weights", "encoder", "corpus", "index", "model", "access", "port"]
    assert not [line for line in ran.out.splitlines() if line.startswith("bad")]
    assert "in step with the corpus" in ran.out
    assert before == {path: path.stat().st_mtime_ns for path in home.rglob("*.gguf")}


def test_what_is_not_there_yet_is_told_with_the_command_that_makes_it(doctor: Doctor, tmp_path: Path) -> None:
    found = doctor(home=tmp_path / "new")
    assert {found[name]["mark"] for name in ("weights", "encoder", "index")} == {"warn"}
    assert "rolewise index" in found["index"]["mend"] and "rolewise setup" in found["encoder"]["mend"]
    assert not (tmp_path / "new").exists()
    assert doctor(home=tmp_path / "new", model="built-in")["weights"]["mark"] == "bad"


def test_a_damaged_index_is_found(doctor: Doctor, own: Path) -> None:
    database = Settings(home=own).index_folder / "chroma.sqlite3"
    with database.open("r+b") as damaged:
        damaged.truncate(database.stat().st_size // 3)
    found = doctor(home=own)
    assert found["index"]["mark"] == "bad" and "--rebuild" in found["index"]["mend"]


def test_an_index_that_ends_the_process_does_not_end_the_doctor(
    doctor: Doctor, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", encoding="utf-8")
    monkeypatch.setattr(checks, "PROBE", probe)
    found = doctor(home=home)
    assert "ends the process (signal 11)" in found["index"]["said"] and "--rebuild" in found["index"]["mend"]
    assert found["port"]["said"], "the checks after it are made all the same"


def test_an_index_that_is_behind_the_corpus_is_told(doctor: Doctor, home: Path, corpus_copy: Path, own: Path) -> None:
    settings = Settings(home=own, corpus=corpus_copy)
    shutil.copytree(Settings(home=own).index_folder, settings.index_folder)
    article = next((corpus_copy / "articles").glob("*.md"))
    article.write_text(article.read_text(encoding="utf-8") + "\nA sentence that is new.\n", encoding="utf-8")
    found = doctor(home=own, corpus=corpus_copy)
    assert found["index"]["mark"] == "warn" and "lacks 1 passages" in found["index"]["said"]


def test_altered_weights_a_broken_corpus_and_a_model_server_that_is_away(
    doctor: Doctor, own: Path, corpus_copy: Path
) -> None:
    weights = weights_path(Settings(home=own))
    weights.unlink()
    weights.write_bytes(b"GGUF")
    role = next((corpus_copy / "roles").glob("*.yaml"))
    role.write_text("id: [", encoding="utf-8")
    found = doctor(
        home=own, corpus=corpus_copy, model="openai:x", model_url=f"http://me:secret@127.0.0.1:{free_port()}"
    )
    assert "incomplete or altered" in found["weights"]["said"]
    assert found["corpus"]["mark"] == "bad" and role.name in found["corpus"]["said"]
    assert found["model"]["mark"] == "bad" and "secret" not in json.dumps(found)


def test_a_folder_that_cannot_be_written_and_a_port_in_use(doctor: Doctor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = doctor("--port", str(port), home="/proc/rolewise")
    assert found["disk"]["mark"] == "bad" and "ROLEWISE_HOME" in found["disk"]["mend"]
    assert found["port"]["mark"] == "warn" and str(port + 1) in found["port"]["mend"]


def test_missing_and_outdated_packages_are_named(
    doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ["no-such-package>=1", "gradio>=999", 'also-missing ; extra == "dev"', "numpy>=2.0"]
    monkeypatch.setattr(metadata, "requires", lambda name: wanted)
    said = doctor(home=tmp_path)["packages"]
    assert said["mark"] == "bad" and "no-such-package is missing" in said["said"] and "gradio is 6" in said["said"]
    assert "also-missing" not in said["said"] and "numpy" not in said["said"]


def test_a_chroma_server_answers_has_gone_or_is_something_else(doctor: Doctor, home: Path, tmp_path: Path) -> None:
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    try:
        found = doctor(home=home, chroma_url=server.url)["index"]
        assert (found["mark"], found["said"]) == ("ok", f"{server.url} answers")
    finally:
        server.kill()
    found = doctor(home=home, chroma_url=server.url.replace("//", "//me:secret@"))["index"]
    assert found["mark"] == "bad" and f"The Chroma server at {server.url} cannot be reached" in found["said"]
    assert "Start the Chroma server" in found["mend"] and "secret" not in json.dumps(found)
    with ThreadingHTTPServer(("127.0.0.1", server.port), SimpleHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        found = doctor(home=home, chroma_url=server.url)["index"]
        other.shutdown()
    assert found["mark"] == "bad" and "no Chroma server of version 1" in found["said"]
