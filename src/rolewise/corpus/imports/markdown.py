"""Markdown and plain text to blocks. Markup is dropped, so that what is quoted later reads as plain words."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rolewise.corpus.imports.blocks import Block, Converted, rows_told

_BLOCKS = MarkdownIt("commonmark").enable("table").disable("inline")
_INLINE = MarkdownIt("commonmark")
_LONGEST_LINE = 10_000
"""Characters of a block whose markup is still read: reading it takes time with the square of its length."""
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_KEEP = ("publisher", "licence", "url")


def read_markdown(text: str) -> Converted:
    """Headings, paragraphs, items and tables of Markdown; title, date, publisher and licence from its front matter."""
    found = _FRONT.match(text)
    front = _mapping(found[1]) if found else {}
    blocks = markdown_blocks(text[found.end() :] if found and front else text)
    title = str(front.get("title") or next((b.text for b in blocks if b.kind == "heading" and b.level == 1), ""))
    source = {key: str(front[key]) for key in _KEEP if front.get(key)}
    return Converted(tuple(blocks), title, _day(front.get("published") or front.get("date")), source=source)


def read_plain(text: str) -> Converted:
    """Paragraphs of plain text; lines that were only wrapped are joined again, and `- ` and `1. ` lines are items."""
    blocks: list[Block] = []
    for number, chunk in enumerate(re.split(r"\n\s*\n", text.strip())):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if number == 0 and len(lines) == 1 and len(lines[0]) < 80 and not re.search(r"[.!?:;,]$", lines[0]):
            blocks.append(Block("heading", lines[0], 1))
            continue
        blocks += _plain_lines(lines)
    first = blocks[0] if blocks else None
    return Converted(tuple(blocks), first.text if first and first.kind == "heading" else "")


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown text, without its front matter."""
    blocks: list[Block] = []
    level, inside = 0, 0
    table: list[list[str]] | None = None
    for token in _BLOCKS.parse(text):
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "list_item_open":
                inside += 1
            case "list_item_close":
                inside -= 1
            case "table_open":
                table = []
            case "tr_open" if table is not None:
                table.append([])
            case "table_close" if table is not None:
                blocks += rows_told(table)
                table = None
            case "inline" if table is not None:
                table[-1].append(_inline(token))
            case "inline":
                kind = "heading" if level else "item" if inside else "paragraph"
                blocks.append(Block(kind, _inline(token), level))  # type: ignore[arg-type]
                level = 0
            case "fence" | "code_block":
                blocks += [Block("paragraph", line) for line in token.content.split("\n") if line.strip()]
            case "html_block":
                blocks += _of_html(token.content)
            case _:
                pass
    return blocks


def _inline(token: Token) -> str:
    """The words of a block: no emphasis, no addresses behind links, no tags."""
    if len(token.content) > _LONGEST_LINE:
        return token.content
    said = ""
    for child in _INLINE.parseInline(token.content)[0].children or ():
        if child.type in ("text", "code_inline", "image"):
            said += child.content
        elif child.type in ("softbreak", "hardbreak"):
            said += " "
    return said


def _of_html(markup: str) -> list[Block]:
    from rolewise.corpus.imports.html import read_html

    return list(read_html(markup).blocks)


def _plain_lines(lines: list[str]) -> list[Block]:
    wrapped = sum(len(line) > 50 for line in lines) * 2 > len(lines)
    blocks: list[Block] = []
    for line in lines:
        item = re.match(r"(?:[-*•–]|\d{1,3}[.)])\s+(.*)", line)
        if item:
            blocks.append(Block("item", item[1]))
        elif blocks and wrapped:
            blocks[-1] = Block(blocks[-1].kind, f"{blocks[-1].text} {line}")
        else:
            blocks.append(Block("paragraph", line))
    return blocks


def _mapping(front: str) -> dict[str, Any]:
    """Front matter as a mapping; empty where it is none. Aliases are not resolved: a few lines can stand for gigabytes."""
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(front)):
            return {}
        content = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {str(k).lower(): v for k, v in content.items()} if isinstance(content, dict) else {}


def _day(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    return text if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text) else ""
