"""An answer cut into the pieces that can be judged: sentences, list items, table cells, and the lines that lead in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sentencex

_MARKER = re.compile(r"\s*\[(\d+)\]")
_STRAY = re.compile(r"\s*(?:\[\d+\])+[.!?]?\s*")
_RULE = re.compile(r"^\|[\s:|-]+\|$")


@dataclass(frozen=True)
class Piece:
    """One judged unit. `markers`: what it cites; a lead-in has none and stands on those of its `block`."""

    text: str
    """Without markers, emphasis and list signs."""
    markers: tuple[int, ...] = ()
    leads: bool = False
    """It ends with a colon and cites nothing itself."""
    column: str = ""
    """Head of the table column that it stands in."""
    block: tuple[int, ...] = ()
    """Markers of the list or table that follows a lead-in."""
    items: int = 0
    """List items or rows of that block."""


def pieces(markdown: str) -> list[Piece]:
    """The pieces of an answer in order; table heads and row labels claim nothing and are left out."""
    found = list(_cut(markdown))
    for position, piece in enumerate(found):
        if piece.leads:
            rest = _block(found[position + 1 :])
            found[position] = replace(
                piece, block=tuple(dict.fromkeys(n for p in rest for n in p.markers)), items=len(rest)
            )
    return found


def _block(following: list[Piece]) -> list[Piece]:
    """What a lead-in introduces: all up to the next lead-in."""
    end = next((i for i, p in enumerate(following) if p.leads), len(following))
    return following[:end]


def _cut(markdown: str) -> Iterator[Piece]:
    heads: list[str] = []
    lines = markdown.splitlines()
    for number, line in enumerate(lines):
        if _RULE.match(line.strip()) or not line.strip():
            continue
        if line.startswith("|"):
            cells = [c.strip() for c in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
            if number + 1 < len(lines) and _RULE.match(lines[number + 1].strip()):
                heads = cells
                continue
            for column, cell in list(zip(heads, cells, strict=False))[1:]:
                yield from (_piece(part, column) for part in cell.split("; ") if re.search(r"\w", part))
        elif line.startswith("- "):
            yield _piece(line[2:])
        else:
            yield from (_piece(s) for s in _sentences(line))


def _sentences(line: str) -> list[str]:
    """Sentences; markers that the segmenter cut off ("Ph.D. [1][2]") go back to theirs."""
    found: list[str] = []
    for segment in sentencex.segment("en", line):
        stray = _STRAY.match(segment)
        if found and stray:
            found[-1] += stray[0]
            segment = segment[stray.end() :]
        if re.search(r"[^\W\d]", segment):
            found.append(segment.strip())
    return found


def _piece(text: str, column: str = "") -> Piece:
    markers = tuple(dict.fromkeys(int(n) for n in _MARKER.findall(text)))
    bare = re.sub(r"\s+", " ", re.sub(r"\*\*|`|(?<!\w)[*_]|[*_](?!\w)", "", _MARKER.sub("", text))).strip()
    return Piece(bare, markers, leads=bare.endswith(":") and not markers, column=column)
