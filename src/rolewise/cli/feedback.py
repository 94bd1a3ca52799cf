"""The command on what people thought of answers."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rolewise.cli.terminal import OUT, chosen_settings


def feedback(
    as_csv: Annotated[bool, typer.Option("--csv", help="Print every row whole, as CSV.")] = False,
) -> None:
    """List the thumbs that people gave answers in the page, with what they said."""
    from rolewise import feedback as kept

    rows = kept.stored(chosen_settings())
    if as_csv:
        sys.stdout.write(kept.as_csv(rows))
        return
    for row in rows:
        said = f" “{_plain(row.word)}”" if row.word else ""
        line = f"{row.at:%Y-%m-%d %H:%M} UTC  {row.verdict:<4}  {_plain(row.question)}{said}"
        OUT.print(line, markup=False, soft_wrap=True)
    up = sum(row.verdict == "up" for row in rows)
    OUT.print(f"{up} up, {len(rows) - up} down" if rows else "No feedback yet.", markup=False)


def _plain(text: str) -> str:
    """One line without control characters: strangers wrote it, and a terminal obeys them."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
