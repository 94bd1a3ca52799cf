"""The checks of `rolewise doctor`: each looks at one thing and changes nothing."""

from __future__ import annotations

import errno
import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from packaging.requirements import Requirement

from rolewise.access import access_to
from rolewise.errors import RoleWiseError
from rolewise.settings import Settings

Mark = Literal["ok", "warn", "bad"]
PYTHONS = ((3, 10), (3, 13))
LITTLE, TOO_LITTLE = 2_000_000_000, 300_000_000
"""Bytes free: an index, an encoder and the weights take about 250 MB, a better model up to some GB."""
INDEX_S = 120.0
PROBE = Path(__file__).with_name("index_probe.py")


@dataclass(frozen=True)
class Finding:
    """What a check found. `mend`: what to do, where something is not right."""

    name: str
    mark: Mark
    said: str
    mend: str = ""


def examined(settings: Settings, port: int) -> Iterator[Finding]:
    """Every check in the order of what stands on what; each takes some milliseconds, the index some seconds."""
    yield _python()
    yield _packages()
    yield _disk(settings)
    yield _weights(settings)
    yield _encoder(settings)
    yield _corpus(settings)
    yield _index(settings)
    yield _model(settings)
    yield _access(settings)
    yield _port(port)


def _python() -> Finding:
    here = sys.version_info[:2]
    said = ".".join(map(str, sys.version_info[:3]))
    if PYTHONS[0] <= here <= PYTHONS[1]:
        return Finding("python", "ok", said)
    return Finding(
        "python", "bad", said, "RoleWise needs Python 3.10 to 3.13: make a new environment with one of these."
    )


def _packages() -> Finding:
    wrong = [problem for problem in map(_problem, metadata.requires("rolewise") or []) if problem]
    if not wrong:
        return Finding("packages", "ok", f"rolewise {metadata.version('rolewise')}, and all that it needs")
    return Finding("packages", "bad", "; ".join(wrong), "Install them: pip install -c constraints.txt .")


def _problem(line: str) -> str:
    """What is wrong with one requirement, empty where it is met or not asked for here."""
    wanted = Requirement(line)
    if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
        return ""
    try:
        have = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return f"{wanted.name} is missing"
    return (
        "" if wanted.specifier.contains(have, prereleases=True) else f"{wanted.name} is {have}, not {wanted.specifier}"
    )


def _disk(settings: Settings) -> Finding:
    home = next(folder for folder in (settings.home, *settings.home.parents) if folder.is_dir())
    try:
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b"x")
        free = shutil.disk_usage(home).free
    except OSError as error:
        mend = "Make the folder writable, or set ROLEWISE_HOME to one that is."
        return Finding("disk", "bad", f"{home} cannot be written ({error.strerror})", mend)
    said = f"{free / 1e9:.1f} GB free for {settings.home}"
    mark: Mark = "bad" if free < TOO_LITTLE else "warn" if free < LITTLE else "ok"
    return Finding("disk", mark, said, "" if mark == "ok" else "Free some space, or set ROLEWISE_HOME to another disk.")


def _weights(settings: Settings) -> Finding:
    from rolewise.weights import verify_weights, weights_path

    try:
        verify_weights(settings, anew=True)
    except RoleWiseError as error:
        needed = settings.model == "built-in"
        rest = "" if needed else " Answers do without, as the model is chosen now."
        return Finding("weights", "bad" if needed else "warn", str(error), f"Run `rolewise setup`.{rest}")
    return Finding("weights", "ok", f"{weights_path(settings)}, whole and unaltered")


def _encoder(settings: Settings) -> Finding:
    from rolewise.index.encoder import open_encoder

    if open_encoder(settings.encoder_folder):
        return Finding("encoder", "ok", f"{settings.encoder_folder}, whole and of these versions")
    said = f"not there yet, damaged or of other versions ({settings.encoder_folder}): starting takes seconds longer"
    return Finding("encoder", "warn", said, "Run `rolewise setup`, which writes it.")


def _corpus(settings: Settings) -> Finding:
    from rolewise.corpus import load_corpus

    try:
        corpus = load_corpus(settings.corpus, settings.own_documents)
    except RoleWiseError as error:
        return Finding("corpus", "bad", str(error), "`rolewise check` names each line to correct.")
    said = f"{len(corpus.documents)} documents, {len(corpus.roles)} roles, {len(corpus.passages)} passages"
    if not corpus.warnings:
        return Finding("corpus", "ok", said)
    mend = "Correct these of your own files, or take them out with `rolewise remove`."
    return Finding("corpus", "warn", f"{said}; set aside: {'; '.join(map(str, corpus.warnings))}", mend)


def _index(settings: Settings) -> Finding:
    """Looked at by a process of its own: a damaged segment can end the process that opens it."""
    place = settings.chroma_url and _bare(settings.chroma_url)
    if not place:
        if not (settings.index_folder / "chroma.sqlite3").is_file():
            return Finding("index", "warn", f"not there yet ({settings.index_folder})", "Run `rolewise index`.")
        place = str(settings.index_folder)
    rebuild = "Run `rolewise index --rebuild`; it is made from the corpus, so nothing is lost."
    given = settings.model_dump_json(
        include={"home", "corpus", "own", "chroma_url", "chroma_token", "chroma_tenant", "chroma_database"}
    )
    command = [sys.executable, str(PROBE)]
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=INDEX_S, check=False)
    except subprocess.TimeoutExpired:
        return Finding("index", "bad", f"{place} does not answer", rebuild if not settings.chroma_url else SERVER)
    if done.returncode < 0:
        return Finding("index", "bad", f"opening {place} ends the process (signal {-done.returncode})", rebuild)
    try:
        seen = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        why = (done.stderr.strip().splitlines() or ["no word"])[-1]
        return Finding("index", "bad", f"{place} cannot be read ({why})", rebuild)
    if "fault" in seen:
        return Finding("index", "bad", seen["fault"], SERVER if settings.chroma_url else rebuild)
    if seen["missing"] or seen["surplus"]:
        said = f"{place} lacks {seen['missing']} passages of the corpus and has {seen['surplus']} that it no longer has"
        return Finding("index", "warn", said, "Run `rolewise index`; the page does it by itself when it starts.")
    return Finding("index", "ok", f"{place} answers" if settings.chroma_url else f"{place}, in step with the corpus")


SERVER = "Start the Chroma server, or correct ROLEWISE_CHROMA_URL."


def _model(settings: Settings) -> Finding:
    from rolewise.models import open_model

    try:
        model = open_model(settings)
    except RoleWiseError as error:
        return Finding("model", "bad", str(error), "Until then, answers are in the sources' own words.")
    if model is None:
        return Finding("model", "ok", "none: answers are in the sources' own words")
    name = model.name
    model.close()
    if settings.model_url:
        parts = urlsplit(settings.model_url)
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
            socket.create_connection((parts.hostname or "", port), timeout=3).close()
        except OSError as error:
            mend = "Start the model server, or correct ROLEWISE_MODEL_URL. Until then, answers are in the sources' own words."
            return Finding(
                "model", "bad", f"nothing answers at {_bare(settings.model_url)} ({error.strerror or error})", mend
            )
    return Finding("model", "ok", name)


def _access(settings: Settings) -> Finding:
    try:
        access = access_to(settings, "127.0.0.1")
    except RoleWiseError as error:
        return Finding("access", "bad", str(error), "Nobody could come in as it is.")
    return Finding("access", "ok", "a password or token is asked for" if access.asked_for else "this machine only")


def _port(port: int) -> Finding:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            mend = f"If that is not RoleWise itself, stop it or choose another: rolewise serve --port {port + 1}"
            return Finding("port", "warn", f"{port} is in use", mend)
        return Finding(
            "port", "bad", f"{port} cannot be used ({error.strerror})", "Choose another: rolewise serve --port 7860"
        )
    return Finding("port", "ok", f"{port} is free")


def _bare(address: str) -> str:
    """An address without a password that it may hold."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
