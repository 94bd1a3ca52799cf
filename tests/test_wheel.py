"""The wheel: it works outside the clone, and the corpus travels in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from rolewise.corpus import Corpus


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the built wheel's content."""
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "pip", "wheel", ROOT, "--no-deps", "--wheel-dir", folder / "built", "--quiet", cwd=folder)
    (wheel,) = (folder / "built").glob("rolewise-*.whl")
    target = folder / "installed"
    run("-m", "pip", "install", wheel, "--no-deps", "--target", target, "--quiet", cwd=folder)
    return target


def test_the_installed_wheel_brings_its_own_corpus(installed: Path, corpus: Corpus, tmp_path: Path) -> None:
    where = (
        "import rolewise, rolewise.settings; print(rolewise.__file__, rolewise.settings.shipped_corpus(), sep='\\n')"
    )
    package, folder = run("-c", where, cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert Path(package).parent == installed / "rolewise"
    assert Path(folder).is_relative_to(installed)
    rows = json.loads(
        run("-m", "rolewise", "sources", "--json", cwd=tmp_path, PYTHONPATH=str(installed), ROLEWISE_HOME=str(tmp_path))
    )
    shipped = [(d.id, d.path, d.provenance.title, len(d.passages)) for d in corpus.documents]
    assert [(r["source_id"], r["path"], r["title"], r["passages"]) for r in rows] == shipped


def test_the_wheel_holds_every_file_that_the_package_has(installed: Path) -> None:
    source = ROOT / "src" / "rolewise"
    files = {p.relative_to(source) for p in source.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert {p for p in files if not (installed / "rolewise" / p).is_file()} == set()
    assert (installed / "bin" / "rolewise").is_file() or (installed / "Scripts" / "rolewise.exe").is_file()


def test_the_installed_packages_agree_with_each_other(tmp_path: Path) -> None:
    assert "No broken requirements" in run("-m", "pip", "check", cwd=tmp_path)
