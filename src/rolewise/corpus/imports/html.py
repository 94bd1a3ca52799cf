"""HTML to blocks: the page's own text, without scripts, menus and addresses. Nothing that it links to is fetched."""

from __future__ import annotations

import re
import warnings
from typing import Any

from bs4 import BeautifulSoup, Comment, MarkupResemblesLocatorWarning
from markdownify import MarkdownConverter

from rolewise.corpus.imports.blocks import Block, Converted
from rolewise.errors import ImportFault

# Never part of what a page says: code, forms, menus, what is embedded, and what is hidden from readers.
_NOT_TEXT = (
    "script style noscript template iframe object embed applet svg math canvas audio video picture source link meta base "
    "nav footer aside form button input select textarea dialog head"
).split()
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DATES = (
    "article:modified_time",
    "article:published_time",
    "dcterms.modified",
    "dcterms.date",
    "date",
    "last-modified",
)
_ENOUGH = 0.5
_MOST_DEPTH = 1_000
"""Elements within each other. Python's own limit of recursion is met before, but only once the whole page is built."""
_TOO_DEEP = "its elements are nested too deep to be read. Open it in a browser, save it as text, and add that."


class _Soup(BeautifulSoup):
    """Stops at the depth that cannot be read, in place of building all of it first."""

    def pushTag(self, tag: Any) -> None:
        super().pushTag(tag)
        if len(self.tagStack) > _MOST_DEPTH:
            raise ImportFault(_TOO_DEEP)


def read_html(markup: str) -> Converted:
    """Headings, paragraphs, lists and tables of a page. Raises ImportFault for one nested beyond reading."""
    from rolewise.corpus.imports.markdown import markdown_blocks

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
            soup = _Soup(markup, "html.parser")
        published = _published(soup)
        title = soup.title.get_text(" ", strip=True) if soup.title else ""
        _strip(soup)
        heading = soup.find("h1")
        text = MarkdownConverter(heading_style="ATX", bullets="-", strip=["a", "img"], escape_misc=True).convert_soup(
            _main(soup)
        )
        heading_text = heading.get_text(" ", strip=True) if heading else title
    except RecursionError as error:
        raise ImportFault(_TOO_DEEP) from error
    blocks: list[Block] = markdown_blocks(text)
    return Converted(tuple(blocks), heading_text, published)


def _strip(soup: Any) -> None:
    for tag in soup(_NOT_TEXT):
        tag.decompose()
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()
    hidden = [
        t
        for t in soup.find_all(True)
        if t.has_attr("hidden") or t.get("aria-hidden") == "true" or _HIDDEN.search(str(t.get("style", "")))
    ]
    for tag in hidden:
        if not tag.decomposed:
            tag.decompose()


def _main(soup: Any) -> Any:
    """The element that holds the page's subject, where it is marked as such and holds at least half of the text."""
    whole = len(soup.get_text(" ", strip=True))
    for name in ("main", "article"):
        found = soup.find(name)
        if found and len(found.get_text(" ", strip=True)) >= _ENOUGH * whole:
            return found
    return soup


def _published(soup: Any) -> str:
    named = {str(m.get("property") or m.get("name") or "").lower(): str(m.get("content", "")) for m in soup("meta")}
    found = next((named[d] for d in _DATES if d in named), "")
    return found[:10] if re.match(r"\d{4}-\d{2}-\d{2}", found) else ""
