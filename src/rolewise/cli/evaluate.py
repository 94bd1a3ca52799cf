"""`rolewise eval`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rolewise.cli.terminal import Bar, chosen_settings
from rolewise.errors import RoleWiseError


def evaluate(
    split: Annotated[str, typer.Option(help="dev, test or all; with --fast, dev unless chosen.")] = "",
    golden: Annotated[
        list[Path] | None, typer.Option(help="A file of golden questions; may be repeated. Those of evals/ by default.")
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="A fixed subset without the tutorial chain, for CI.")] = False,
    baseline: Annotated[bool, typer.Option(help="Also run the tutorial chain, on a sample.")] = True,
    baseline_rows: Annotated[int, typer.Option(min=1, help="How many questions the tutorial chain is asked.")] = 48,
    out: Annotated[
        Path | None, typer.Option(help="Folder for report.md, report.json and report.svg: evals/, or none with --fast.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Two report.json: print what got better or worse; run nothing.")
    ] = None,
    designs: Annotated[
        bool, typer.Option("--designs", help="Measure three designs for the model's part instead.")
    ] = False,
    show: Annotated[str, typer.Option(help="`dev`: list the wrong development rows with the reason.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Exit 1 when a figure is beyond evals/thresholds.json.")
    ] = False,
) -> None:
    """Ask the golden questions and report how the answers do, beside other chains."""
    from rolewise.evaluation import command

    if compare:
        print(command.compared(*compare))
        return
    chosen = command.Choice(
        split, tuple(golden or ()), fast, baseline_rows if baseline else 0, out, designs, show, check
    )
    settings = chosen_settings(own=False)  # the golden questions are about the shipped corpus
    if settings.model == "auto":  # the built-in model's part is what is measured
        settings = settings.model_copy(update={"model": "built-in"})
    with Bar("Questions") as bar:
        text, failed = command.run(chosen, settings, " ".join(map(str, ["rolewise", *sys.argv[1:]])), bar)
    print(text)
    if failed:
        raise RoleWiseError("Below the thresholds: " + "; ".join(failed) + ".")
