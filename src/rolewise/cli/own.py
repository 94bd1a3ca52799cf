"""The commands on people's own documents: add, remove, new-role."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rolewise.cli.sources import sync
from rolewise.cli.terminal import ERR, OUT, Bar, chosen_settings
from rolewise.errors import RoleWiseError

if TYPE_CHECKING:
    from rolewise.corpus.imports import Outcome

_READ_LONG = 20
"""Pages from which on the reading of one file shows a bar."""


def add(
    paths: Annotated[list[Path], typer.Argument(help="Markdown, text, HTML, PDF, DOCX, CSV, role files, or folders.")],
) -> None:
    """Take your own documents in: copies of their text, in your data folder, that answers then cite."""
    from rolewise.corpus import imports, load_corpus

    settings = chosen_settings()
    bars: dict[str, Bar] = {}

    def reading(file: str, done: int, total: int) -> None:
        if total >= _READ_LONG:
            bars.setdefault(file, Bar(f"Reading {Path(file).name}"))(done, total)
            if done == total:
                bars[file].close()

    outcomes = imports.add(paths, settings.own_corpus, load_corpus(settings.corpus), reading)
    try:
        failed = _tell(outcomes)
    finally:
        for bar in bars.values():
            bar.close()
    sync(settings)
    if failed:
        raise RoleWiseError(f"{failed} did not go in, for the reasons above; everything else is in.")


def remove(
    names: Annotated[
        list[str], typer.Argument(help="A file's name, a title, or a place as `rolewise sources` shows it.")
    ],
) -> None:
    """Take own documents out again; the files they were made from are not touched."""
    from rolewise.corpus import imports

    settings = chosen_settings()
    failed = _tell(imports.remove(names, settings.own_corpus))
    sync(settings)
    if failed:
        raise RoleWiseError(f"{failed} not removed, for the reasons above.")


def new_role(
    title: Annotated[str, typer.Argument(help='What the role is called: "Ward Nurse".')],
    to: Annotated[
        Path | None, typer.Option("--to", help="A file or folder to write to, instead of your own documents.")
    ] = None,
) -> None:
    """Write a commented file for a new role, to fill in."""
    from rolewise.corpus import imports, load_corpus

    settings = chosen_settings()
    path = imports.new_role(title, load_corpus(settings.corpus, settings.own_corpus), settings.own_corpus, to)
    OUT.print(f"{path}\nFill it in, then: rolewise check {path}", markup=False, soft_wrap=True)
    if to:
        OUT.print(f"and take it in: rolewise add {path}", markup=False, soft_wrap=True)


def _tell(outcomes: Iterable[Outcome]) -> int:
    """Print a line for each as it comes; returns how many failed."""
    failed = 0
    for outcome in outcomes:
        failed += outcome.status == "failed"
        count = outcome.passages
        passages = f", {count} {'passage' if count == 1 else 'passages'}" if count else ""
        note = f" ({outcome.note})" if outcome.note else ""
        said = f"{outcome.status:<11} {outcome.file}: {outcome.said}{passages}{note}"
        (ERR if outcome.status == "failed" else OUT).print(said, markup=False, soft_wrap=True)
    return failed
