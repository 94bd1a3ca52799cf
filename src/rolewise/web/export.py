"""A conversation as a Markdown file of its own, with its sources."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from rolewise.advisor import Citation
from rolewise.web.markdown import tame
from rolewise.web.turns import Turn, how_made

NAME_CHARACTERS = 60


def as_markdown(turns: list[Turn]) -> str:
    """Each question as a heading, its answer, what to know about it, and under it the sources that its markers name."""
    blocks = [f"# {plain(turns[0].question)}"] if turns else []
    for turn in turns:
        blocks.append(f"## {plain(turn.question)}")
        answer = turn.answer
        if answer:
            blocks.append(whole(answer.answer))
            blocks += [f"> {plain(notice)}" for notice in answer.notices]
        if turn.word:
            blocks.append(f"> {plain(turn.word)}")
        if answer and answer.citations:
            blocks.append("### Sources")
            blocks.append("\n".join(source(citation) for citation in answer.citations))
        if answer and (made := how_made(answer)):
            blocks.append(f"*{plain(made)}*")
    return "\n\n".join(blocks) + "\n"


def file_name(turns: list[Turn]) -> str:
    """A name from the first question that every file system takes."""
    words = re.findall(r"\w+", turns[0].question.lower()) if turns else []
    stem = "-".join(words)[:NAME_CHARACTERS].strip("-_")
    return f"rolewise-{stem or 'conversation'}.md"


def source(citation: Citation) -> str:
    """A citation as one line of Markdown: its number, the words cited, where they stand."""
    where = [citation.title, citation.section, citation.publisher, citation.published]
    facts = ", ".join(plain(fact) for fact in where if fact)
    return f"- \\[{citation.n}\\] “{plain(citation.quote)}” {facts}{address(citation.url)}"


def address(url: str | None) -> str:
    """The source's own page as a link that ends where it should; nothing where it has none on the web."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return ""
    return f", <{quote(url, safe=':/?#@!$&()*+,;=%~')}>"


def plain(text: str) -> str:
    """Text on one line of Markdown, with its signs as signs."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&$!])", r"\\\1", " ".join(text.split()))


def whole(markdown: str) -> str:
    """An answer's Markdown that cannot reach beyond itself: no raw HTML, no image, no fence, no heading."""
    return re.sub(r"^(\s*)(`{3,}|~{3,}|#{1,6}(?=\s)|={1,}\s*$|-{2,}\s*$)", r"\1\\\2", tame(markdown), flags=re.M)
