"""Articles: Markdown with front matter, cut into sentences and list items under their headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

import sentencex
from markdown_it import MarkdownIt

from rolewise.corpus.model import Document, Passage
from rolewise.corpus.passages import document_id_of, passage_id
from rolewise.corpus.schema import Source, read_yaml
from rolewise.errors import CorpusError

# Only the blocks are wanted: what stands inside a line is cited as it is written.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable("inline")
_PAGE = re.compile(r"<!-- page (\d+) -->[ \n]*")
_HEADING_ASPECT = re.compile(r"\s*\{aspect=([a-z0-9-]+)\}\s*$")


def read_article(raw: str, path: str) -> Document:
    """Parse an article. A heading may name its aspect: `## Outlook {aspect=outlook}`.

    `<!-- page 3 -->` says that what follows stood on page 3 of the original; the document's text is without these.

    Raises CorpusError when the front matter (title, publisher, published, licence, ...) is missing or wrong.
    """
    front, body = _front_matter(raw, path)
    source = read_yaml(front, path, Source)
    document_id = document_id_of("article", path)
    text, pages = _without_pages(body)
    passages = tuple(replace(p, page=_page_at(p.start, pages)) for p in _passages(document_id, text))
    if not passages:
        raise CorpusError(f"{path}: there is no text under its front matter. Add sentences, or remove the file.")
    return Document(document_id, path, "article", source.provenance(), text, passages)


def text_of(raw: str, path: str) -> str:
    """The text of the document that `read_article` makes of it."""
    return _without_pages(_front_matter(raw, path)[1])[0]


def _front_matter(raw: str, path: str) -> tuple[str, str]:
    parts = re.match(r"\A---\r?\n(.*?)\r?\n---\r?\n(.*)\Z", raw, re.S)
    if not parts:
        raise CorpusError(
            f"{path}, line 1: no front matter. Begin with a line `---`, then title, publisher, published and licence, "
            "then `---`."
        )
    return parts[1], parts[2].lstrip("\n")


def _without_pages(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its page marks, and where each page begins in it: (offset, page)."""
    parts = _PAGE.split(text)
    pages, clean = [], parts[0]
    for page, part in zip(parts[1::2], parts[2::2], strict=True):
        pages.append((len(clean), int(page)))
        clean += part
    return clean, pages


def _page_at(offset: int, pages: list[tuple[int, int]]) -> int | None:
    at = bisect_right(pages, offset, key=lambda p: p[0])
    return pages[at - 1][1] if at else None


def _passages(document_id: str, text: str) -> list[Passage]:
    starts = [0]
    for line in text.split("\n"):  # the line ends that Markdown counts, and no others
        starts.append(starts[-1] + len(line) + 1)
    passages: list[Passage] = []
    said: Counter[str] = Counter()
    path: list[tuple[int, str, str | None]] = []
    in_heading = 0
    for token in _MARKDOWN.parse(text):
        if token.type == "heading_open":
            in_heading = int(token.tag[1])
        elif token.type == "inline" and token.map:
            if in_heading:
                aspect = _HEADING_ASPECT.search(token.content)
                title = _HEADING_ASPECT.sub("", token.content)
                path = [p for p in path if p[0] < in_heading] + [(in_heading, title, aspect[1] if aspect else None)]
                in_heading = 0
                continue
            section = tuple(p[1] for p in path)
            aspects = tuple(p[2] for p in path if p[2])[-1:]
            for start, end in _sentences(
                text, starts[token.map[0]], min(starts[token.map[1]], len(text)), token.content
            ):
                sentence = text[start:end]
                ident = passage_id(document_id, sentence, section, str(said[sentence]))
                said[sentence] += 1
                passages.append(
                    Passage(ident, document_id, sentence, start, end, section, len(passages), aspects=aspects)
                )
    return passages


def _sentences(text: str, start: int, end: int, content: str) -> list[tuple[int, int]]:
    """Character spans of the sentences of one block, found again in the source text line by line."""
    spans = []
    cursor = start
    for line in content.splitlines():
        for piece in sentencex.segment("en", line):
            sentence = piece.strip()
            at = text.find(sentence, cursor, end) if sentence else -1
            if at >= 0:
                spans.append((at, at + len(sentence)))
                cursor = at + len(sentence)
    return spans
