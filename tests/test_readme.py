"""The README's commands: each is run here, or named here with the test that runs it. An unknown one fails."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.main

from conftest import ROOT, Ran
from rolewise.cli import app

README = ROOT / "README.md"

# Commands that another test runs: a pattern for the whole command, and the test (file::function).
ELSEWHERE = {
    r"make chat": "test_readme.py::test_make_chat_sets_up_and_serves",
    r"make setup": "test_readme.py::test_make_chat_sets_up_and_serves",
    r"make test": "test_readme.py::test_make_test_runs_lint_types_and_tests",
    r"make screenshots": "test_readme.py::test_every_make_target_exists",
    r"python3? -m venv \S+": "test_readme.py::test_make_chat_sets_up_and_serves",
    r"(source|\.) activate": "test_readme.py::test_make_chat_sets_up_and_serves",
    r"(python -m )?pip install (-c constraints\.txt )?(-e )?['\"]?\.(\[dev\])?['\"]?": "test_wheel.py::test_the_installed_wheel_brings_its_own_corpus",
    r"(python -m )?(pip wheel|build) .*": "test_wheel.py::test_the_installed_wheel_brings_its_own_corpus",
    r"rolewise setup": "test_weights.py",
    r"rolewise setup --model \S+": "test_model_fetch.py::test_a_listed_model_is_fetched_checked_and_named",
    r"rolewise password": "test_doors.py::test_the_password_command_prints_what_the_setting_takes",
    r"rolewise doctor": "test_doctor.py::test_a_home_as_setup_leaves_it_is_in_order",
    r"rolewise mcp": "test_mcp.py::test_the_three_tools_answer_in_the_types_they_promise",
    r"rolewise eval": "test_evaluation.py",
    r"rolewise (add|remove) .*": "test_import.py::test_remove_takes_out_what_is_named_and_nothing_else",
    r"rolewise new-role .*": "test_import.py::test_a_new_role_is_written_checked_and_answered",
    r"rolewise serve( --(no-browser|host \S+|port \d+))*": "test_offline.py::test_rolewise_serve_shows_its_page_and_answers_without_network",
    r"python app\.py": "test_offline.py::test_app_py_shows_its_page_without_network",
    r"ROLEWISE_MODEL(_URL|_KEY)?=\S+ .*rolewise .*": "test_models.py",
}  # fmt: skip

# Commands that this file runs: they end by themselves and need no other model.
RUN_HERE = r"rolewise (ask|chat|index|sources|check|feedback|--version|--help)\b.*"
PIPED = rf"(printf|echo|cat) [^|]+\| *({RUN_HERE})"


def commands() -> list[str]:
    """The commands of the README's ```sh blocks, continued lines joined, without comments, prompts and `.venv/bin/`."""
    blocks = re.findall(r"^```sh\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    bare = (re.sub(r"^\$ |\s+#\s.*$|^#.*$", "", line.strip()).strip() for line in lines)
    return list(dict.fromkeys(line.replace(".venv/bin/", "") for line in bare if line))


def elsewhere(command: str) -> str | None:
    return next((test for pattern, test in ELSEWHERE.items() if re.fullmatch(pattern, command)), None)


def run_here(command: str) -> bool:
    return bool(re.fullmatch(RUN_HERE, command) or re.fullmatch(PIPED, command))


def test_the_readme_gives_the_two_commands_and_the_plain_ones() -> None:
    assert {"make chat", "make test", "rolewise setup", "rolewise serve"} <= set(commands())
    assert any(run_here(command) for command in commands())


def test_every_rolewise_command_of_the_readme_exists() -> None:
    named = {name for command in commands() for name in re.findall(r"\brolewise ([a-z-]+)", command)}
    assert named - set(typer.main.get_command(app).commands) == set()  # type: ignore[attr-defined]


def test_every_command_of_the_readme_is_run_by_a_test() -> None:
    unknown = [c for c in commands() if not run_here(c) and elsewhere(c) is None]
    assert unknown == [], "name the test that runs it in ELSEWHERE"
    for test in {test for test in map(elsewhere, commands()) if test}:
        file, _, function = test.partition("::")
        assert (ROOT / "tests" / file).is_file(), test
        assert not function or f"def {function}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), test


@pytest.mark.parametrize("command", [c for c in commands() if run_here(c)] or ["rolewise --version"])
def test_a_command_of_the_readme_works(
    rolewise: Callable[..., Ran], home: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(ROOT)
    before, _, own = command.rpartition("| ") if re.fullmatch(PIPED, command) else ("", "", command)
    stdin = subprocess.run(["sh", "-c", before], capture_output=True, text=True, check=True).stdout if before else ""
    arguments, _, _ = own.strip().partition(" >")
    ran = rolewise(*shlex.split(arguments)[1:], stdin=stdin, home=home, model="none")
    assert ran.code == 0, ran
    assert ran.out.strip()
    assert '"error"' not in ran.out


def dry_run(target: str) -> str:
    """What make would do in a fresh clone."""
    return subprocess.run(
        ["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_make_chat_sets_up_and_serves() -> None:
    steps = [r"-m venv \.venv", r"pip install .*-c constraints\.txt", r"rolewise setup", r"rolewise serve"]
    found = [re.search(step, dry_run("chat")) for step in steps]
    assert all(found), steps
    assert [m.start() for m in found if m] == sorted(m.start() for m in found if m)


def test_make_test_runs_lint_types_and_tests() -> None:
    said = dry_run("test")
    assert all(
        step in said for step in ("-m venv .venv", "[dev]", "ruff check", "ruff format --check", "mypy", "pytest")
    )
    assert re.search(r"^\s*make test$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.M)


def test_every_make_target_exists() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert phony and all(dry_run(target) for target in phony[1].split())


def test_every_picture_that_is_shown_is_there_and_each_there_is_shown() -> None:
    shown = {
        (page.parent / path).resolve()
        for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
        for path in re.findall(r"\]\(([^)]+\.png)\)", page.read_text(encoding="utf-8"))
    }
    there = set((ROOT / "docs").rglob("*.png"))
    assert shown == there
    assert sum(picture.stat().st_size for picture in there) < 6_000_000
