"""The container file and the compose file: no engine runs here, so what they promise is read from them and tried where it can be."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import typer.main
import yaml
from sqlalchemy.engine import make_url

from conftest import ROOT
from rolewise.cli import app
from rolewise.settings import Settings
from rolewise.web.doors.who import FREE

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = COMPOSE["services"]
EXAMPLE = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "env.example").read_text(encoding="utf-8"), re.M))


def filled(value: str) -> str:
    """The value with its ${VARIABLES} filled in as a person might."""
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda m: EXAMPLE[m[1]] or "chosen-by-somebody-123456", value)


def test_the_settings_of_the_app_service_are_settings_that_rolewise_takes() -> None:
    given = SERVICES["app"]["environment"]
    settings = Settings(**{name.removeprefix("ROLEWISE_").lower(): filled(value) for name, value in given.items()})
    hosts = {service for service in SERVICES if service in " ".join(map(str, given.values()))}
    assert hosts >= {"chroma", "feedback", "model"}, "the app is told of every server"
    assert settings.chroma_url and settings.model_url and settings.session_key and settings.password_hash
    assert make_url(settings.feedback_url or "").database == "rolewise"


def test_no_secret_is_written_down() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|KEY|TOKEN|HASH", name):
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name
    assert not any(value for name, value in EXAMPLE.items() if re.search("PASSWORD|KEY|TOKEN|HASH", name))
    assert set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8"))) == set(EXAMPLE)


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_watched_restarted_and_pinned(name: str) -> None:
    service = SERVICES[name]
    assert "healthcheck" in service or ("build" in service and "HEALTHCHECK" in CONTAINER)
    assert service["restart"] == "unless-stopped" and "max-size" in service["logging"]["options"]
    assert "build" in service or re.search(r":\d+\.?\d*", service["image"])
    named = [volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")]
    assert set(named) <= set(COMPOSE["volumes"]) and set(service["networks"]) <= set(COMPOSE["networks"])
    for volume in service.get("volumes", []):
        assert not volume.startswith(".") or (DEPLOY / volume.split(":")[0]).is_file()


def test_only_the_balancer_can_be_reached_and_the_app_reaches_nothing_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["balancer"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["balancer"]["ports"])
    assert all(COMPOSE["networks"][network]["internal"] for network in SERVICES["app"]["networks"])


def test_the_container_runs_a_command_that_exists_as_nobody_special() -> None:
    assert re.findall(r"^USER (\S+)$", CONTAINER, re.M)[-1].isdigit()
    command = json.loads(re.findall(r"^CMD (\[.*\])$", CONTAINER, re.M)[-1])
    assert command[0] == "rolewise"
    options = {o for p in typer.main.get_command(app).commands[command[1]].params for o in p.opts}  # type: ignore[attr-defined]
    assert {part for part in command if part.startswith("--")} <= options
    assert re.findall(r"http://127\.0\.0\.1:7860(/\w+)", CONTAINER)[-1] in FREE
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.M)
    assert all((ROOT / name).exists() for line in copied for name in line.split())
