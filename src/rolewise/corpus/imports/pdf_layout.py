"""From the lines of pages to headings, paragraphs, list items and table rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from rolewise.corpus.imports.blocks import Block
from rolewise.corpus.imports.pdf_lines import BULLET, Line
from rolewise.corpus.imports.pdf_tables import Table, table_at

_BULLET = re.compile(rf"^(?:{BULLET})\s+(?=\S)|^[•▪■◦‣●○\uf0b7\uf0a7\uf076]")
_LEADERS = re.compile(r"(?:\s?\.){5,}\s*[\divxlc]*\s*$")  # a line of a table of contents
_PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.)?\s*(?:\d+|[ivxlc]+)(?:\s*(?:of|/)\s*\d+)?\W*$", re.I)
_BROWSER = re.compile(r"^(?:https?|[fﬁ]i?le)://\S+(?:\s+\d+\s*/\s*\d+)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}")


def blocks_of(pages: list[list[Line]]) -> list[Block]:
    """The blocks of a document, each with its page, counted from 1."""
    pages = _without_running_heads(pages)
    style = _Style.of(pages)
    blocks: list[Block] = []
    table: Table | None = None
    for number, lines in enumerate(pages, start=1):
        at = 0
        while at < len(lines):
            if table := table_at(lines, at, table if at == 0 else None):
                blocks += [Block("row", text, page=number) for text in table.told()]
                at += table.lines
                continue
            _take(blocks, lines[at], lines[at - 1] if at else None, number, style)
            at += 1
    return blocks


@dataclass(frozen=True)
class _Style:
    """How the document looks: the size of its body, the step between lines, and the sizes of its headings."""

    body: float
    step: float
    headings: tuple[float, ...]
    widest: float

    @classmethod
    def of(cls, pages: list[list[Line]]) -> _Style:
        lines = [line for page in pages for line in page]
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        body = sizes.most_common(1)[0][0]
        gaps = Counter(
            round((a.y - b.y) / body, 1)
            for page in pages
            for a, b in pairwise(page)
            if a.size == b.size == body and 0 < a.y - b.y < 3 * body
        )
        larger = sorted(
            {line.size for line in lines if line.size >= 1.15 * body and len(line.text) <= 120}, reverse=True
        )
        return cls(
            body,
            (gaps.most_common(1)[0][0] if gaps else 1.2) * body,
            tuple(larger[:4]),
            max(len(line.text) for line in lines),
        )

    def level(self, line: Line) -> int:
        """The depth of a heading from 1; 0 for a line that is none."""
        text = line.text
        if not any(c.isalpha() for c in text) or len(text) > 120:
            return 0
        if line.size in self.headings:
            return 1 + self.headings.index(line.size)
        bold = line.bold and line.size >= self.body and len(text) <= 80 and not re.search(r"[.,;]$", text)
        return 1 + len(self.headings) if bold else 0


def _take(blocks: list[Block], line: Line, before: Line | None, page: int, style: _Style) -> None:
    """Add a line: as a heading, an item or a paragraph, or as the next words of the block before it."""
    last = blocks[-1] if blocks else None
    level, bullet = style.level(line), _BULLET.match(line.text)
    close = before is not None and 0 < before.y - line.y <= 1.3 * max(style.step, 1.2 * line.size)
    if level:
        if last and last.kind == "heading" and last.level == level and close and before and before.size == line.size:
            blocks[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            blocks.append(Block("heading", line.text, level, page))
    elif bullet and len(line.text) > bullet.end():
        blocks.append(Block("item", line.text[bullet.end() :], page=page))
    elif last and last.kind in ("paragraph", "item") and before and close and not _ended(before, line, style):
        blocks[-1] = replace(last, text=_joined(last.text, line.text))
    elif last and last.kind in ("paragraph", "item") and before is None and _goes_on(last.text, line.text):
        text = _joined(last.text, line.text)
        blocks[-1] = replace(last, text=text, turns=(*last.turns, (text.rfind(line.text), page)))
    else:
        blocks.append(Block("paragraph", line.text, page=page))


def _ended(before: Line, line: Line, style: _Style) -> bool:
    """A paragraph ends with a full stop in a short line, or where another size of letters begins."""
    short = len(before.text) < 0.8 * style.widest and re.search(r"[.!?:]$", before.text) and not line.text[:1].islower()
    return bool(short) or abs(before.size - line.size) > 1


def _goes_on(before: str, after: str) -> bool:
    return not re.search(r"[.!?:;]\W*$", before) and after[:1].islower()


def _joined(before: str, after: str) -> str:
    """Two lines as one text; a word that was parted at the line's end is whole again."""
    parted = re.search(r"(\w+)-$", before)
    rest = re.match(r"[^\W\d_]+", after)
    if parted and rest and after[0].islower():
        whole = parted[1] + rest[0]
        return (before[:-1] if _is_word(whole) else before) + after
    return f"{before} {after}"


@lru_cache(maxsize=10_000)
def _is_word(word: str) -> bool:
    return bool(_dictionary().known([word.lower()]))


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en")


def _without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without what is repeated at the top or bottom of most of them, and without page numbers, what browsers print there, and contents."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(line) for line in (*page[:2], *page[-2:])})
    often = {p for p, n in seen.items() if len(pages) > 2 and n > len(pages) / 2}

    def runs(line: Line, at: int, page: list[Line]) -> bool:
        edge = at < 2 or at >= len(page) - 2
        said = any(p.match(line.text) for p in (_PAGE_NUMBER, _BROWSER))
        return (edge and (said or _pattern(line) in often)) or bool(_LEADERS.search(line.text))

    kept = [[line for at, line in enumerate(page) if not runs(line, at, page)] for page in pages]
    return kept if any(kept) else pages


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)
