"""What every format is turned into: headings, paragraphs, list items and table rows, and from them an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

_LONG = 900
_SPACES = re.compile(r"\s+")
_OPENS_SOMETHING = re.compile(r"^(#{1,6}(\s|$)|>|`{3}|~{3}|</?[A-Za-z!?]|\[[^\]]+\]:)")
_REFERENCE = re.compile(r"\[(\d{1,4})\]")
_BLOB = re.compile(r"[!-~]{200,}")


@dataclass(frozen=True)
class Block:
    """A piece of a document. `level` counts a heading's depth from 1; `page` is where it begins, in a PDF.

    `turns` are the pages that begin inside the text: (offset, page).
    """

    kind: Literal["heading", "paragraph", "item", "row"]
    text: str
    level: int = 0
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Converted:
    """What was read from a file. `title` and `published` are empty where the file does not say; `note` is for people."""

    blocks: tuple[Block, ...]
    title: str = ""
    published: str = ""
    note: str = ""
    source: dict[str, str] = field(default_factory=dict)
    """Publisher, licence and the like, where the file names them itself."""


def clean(text: str) -> str:
    """Text on one line: no control or invisible characters, ligatures as letters, no markers that could pass for ours."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[\ufb00-\ufb06]", lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    text = _SPACES.sub(" ", _BLOB.sub("…", text)).strip().replace("<!--", "<! --")
    return _REFERENCE.sub(r"(\1)", text)


def told(headers: Sequence[str], cells: Sequence[str]) -> str:
    """A table row as a sentence: `Grade: Senior; Days: 30.` Empty cells are left out; empty where all are."""
    pairs = [
        f"{header}: {cell}" if header else cell
        for header, cell in zip((*headers, *[""] * (len(cells) - len(headers))), cells, strict=False)
        if cell
    ]
    # A full stop inside a cell would end the sentence there and part the rest from its row.
    inner = [re.sub(r"[.!?](?=\s+\S)", ";", pair).rstrip(".;: ") for pair in pairs]
    return "; ".join(inner) + "." if inner else ""


def rows_told(table: Iterable[Sequence[str]]) -> list[Block]:
    """The rows of a table below its header, each told; a table of one row alone is told without headers."""
    rows = [[clean(cell) for cell in row] for row in table]
    rows = [row for row in rows if any(row)]
    header, body = (rows[0], rows[1:]) if len(rows) > 1 else ([], rows)
    return [Block("row", text) for row in body if (text := told(header, row))]


def article_text(title: str, blocks: Iterable[Block]) -> str:
    """The Markdown of an article: one first-level heading, the title; marks where the pages of a PDF begin."""
    cleaned = [replace(b, text=_with_turns(b)) for b in blocks]
    cleaned = [b for b in cleaned if any(c.isalnum() for c in b.text)]
    if cleaned and cleaned[0].kind == "heading" and cleaned[0].text.casefold() == title.casefold():
        first, *cleaned = cleaned
        cleaned = [replace(b, page=b.page or first.page) if i == 0 else b for i, b in enumerate(cleaned)]
    top = min((b.level for b in cleaned if b.kind == "heading"), default=2)
    lines, page, before = [f"# {title}"], None, "heading"
    for block in cleaned:
        if not (before == block.kind and block.kind in ("item", "row")):
            lines.append("")
        if block.page and block.page != page:
            lines += [f"<!-- page {block.page} -->", ""]
        page = block.turns[-1][1] if block.turns else block.page
        lines.append(_line(block, top))
        before = block.kind
    return "\n".join(lines) + "\n"


def _with_turns(block: Block) -> str:
    parts, at = [], 0
    for offset, page in block.turns:
        parts += [clean(block.text[at:offset]), f"<!-- page {page} -->"]
        at = offset
    return " ".join(filter(None, [*parts, clean(block.text[at:])]))


def _line(block: Block, top: int) -> str:
    if block.kind == "heading":
        return "#" * min(6, block.level - top + 2) + " " + block.text[:200]
    # A run of words without an end would be one endless passage: it is cut at a space.
    text = re.sub(rf"([^.!?\n]{{{_LONG - 100},{_LONG}}})\s", r"\1\n", block.text)
    if block.kind in ("item", "row"):
        return "- " + text.replace("\n", "\n  ")
    return "\n".join(
        "\\" + line if _OPENS_SOMETHING.match(line) and not line.startswith("<!-- page") else line
        for line in text.split("\n")
    )
