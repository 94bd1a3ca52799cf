"""The pins: constraints and lock files name the same versions, each file of them with its hash, and nothing of where they were made."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

from conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)(?: ; ([^\\\n]+?))?(?: \\)?$", re.I)


def pins(path: Path) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """{(name, marker): (version, hashes)} of a requirements file."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    hashes: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    --hash="):
            hashes.append(line.strip().removesuffix(" \\").removeprefix("--hash="))
        elif line and not line.startswith(("#", "-r ")):
            match = REQUIREMENT.match(line)
            assert match, f"{path.name}: {line}"
            hashes = []
            found[match[1].lower(), match[3] or ""] = (match[2], hashes)
    return found


def test_lock_files_and_constraints_name_the_same_versions() -> None:
    constrained = pins(ROOT / "constraints.txt")
    locked = {key: pin for name in LOCKS for key, pin in pins(ROOT / name).items()}
    assert {(name, version) for (name, _), (version, _) in locked.items()} == {
        (name, version) for (name, _), (version, _) in constrained.items()
    }, "run `make lock`"
    assert set(constrained) <= set(locked), "run `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_has_hashes_and_no_address(name: str) -> None:
    for key, (_, hashes) in pins(ROOT / name).items():
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), key
    assert not re.search(r"://|--index|--find-links|^/", (ROOT / name).read_text(encoding="utf-8"), re.M)


def test_every_dependency_of_the_project_is_locked() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    wanted = {re.split(r"[\[>=]", entry)[0].lower() for entry in re.findall(r'^  "([^"]+)"', section, re.M)}
    assert len(wanted) > 40
    assert wanted - {name for lock in LOCKS for name, _ in pins(ROOT / lock)} == set(), "run `make lock`"


def test_nothing_of_a_gpu_build_is_pinned() -> None:
    names = {name for lock in (*LOCKS, "constraints.txt") for name, _ in pins(ROOT / lock)}
    assert "torch" in names and not [n for n in names if n.startswith(("nvidia-", "cuda-")) or n == "triton"]


@cache
def known_holes() -> dict[str, list[dict[str, Any]]]:
    """The database of July 2021 that the package safety-db brings, by package."""
    files = metadata.files("safety-db") or []
    path = next(f for f in files if f.name == "insecure_full.json")
    return json.loads(Path(str(path.locate())).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def holes(name: str, version: str) -> list[str]:
    """What is known against a version."""
    return [
        each["advisory"]
        for each in known_holes().get(name, [])
        if any(SpecifierSet(spec).contains(version, prereleases=True) for spec in each["specs"])
    ]


def test_no_pinned_version_has_a_hole_that_is_known_offline() -> None:
    assert holes("jinja2", "2.7"), "the database is not what it was"
    pinned = {(name, version) for (name, _), (version, _) in pins(ROOT / "constraints.txt").items()}
    assert {pin: found for pin in pinned if (found := holes(*pin))} == {}
