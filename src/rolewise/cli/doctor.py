"""The command `doctor`: what RoleWise stands on, piece by piece, and how to mend what is not right."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from rolewise.cli.terminal import OUT, chosen_settings


def doctor(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port that the page would use.")] = 7860,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check python, packages, weights, encoder, corpus, index, model, port and disk, and say how to mend each."""
    from rolewise.cli.checks import examined

    settings = chosen_settings()
    findings = []
    for finding in examined(settings, port):
        findings.append(finding)
        if not as_json:
            OUT.print(f"{finding.mark:<5}{finding.name:<10}{finding.said}", markup=False, soft_wrap=True)
            if finding.mend:
                OUT.print(f"{'':<15}{finding.mend}", markup=False, soft_wrap=True)
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    if any(finding.mark == "bad" for finding in findings):
        raise typer.Exit(1)
