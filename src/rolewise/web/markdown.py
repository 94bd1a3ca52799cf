"""Text from people, sources and models, made safe to put into Markdown and HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any


def escaped(text: str) -> str:
    """Text for HTML, attributes included. Braces and `$` too: gr.HTML reads them as a template."""
    return re.sub(r"[{}$`\\]", lambda match: f"&#{ord(match[0])};", html.escape(text, quote=True))


def literal(text: str) -> str:
    """Text for Markdown that shows as it was written: no tags, links, images or lists come of it."""
    lines = (line.strip() for line in text.strip().splitlines())
    return "\n".join(re.sub(r"[!-/:-@\[-`{-~]", lambda match: f"&#{ord(match[0])};", line) for line in lines)


def tame(markdown: str) -> str:
    """An answer's Markdown with its lists, tables and emphasis, but without raw HTML, images and links of its own."""
    bare = markdown.replace("<", "&lt;").replace("![", "!&#91;")
    return re.sub(r"\](\s*)([(:])", lambda match: f"]{match[1]}&#{ord(match[2])};", bare)


def linked(markdown: str, numbers: Iterable[int], prefix: str) -> str:
    """Markers [1] as links to the card `#prefix-1`; a marker without a citation stays text."""
    known = set(numbers)

    def link(match: re.Match[str]) -> str:
        n = int(match[1])
        return f'[{n}](#{prefix}-{n} "Show source {n}")' if n in known else match[0]

    return re.sub(r"\[(\d{1,4})\](?!\()", link, markdown)


def text_of(content: Any, depth: int = 4) -> str:
    """The words of a chat message: a string (API), a message, or a list of parts (page). Nothing lies deeper than `depth`."""
    if isinstance(content, str):
        return content
    if not depth:
        return ""
    if isinstance(content, dict):
        return text_of(content.get("text", content.get("content", "")), depth - 1)
    if isinstance(content, Iterable):
        return "\n".join(filter(None, (text_of(part, depth - 1) for part in content)))
    return ""
