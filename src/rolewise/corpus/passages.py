"""Building a document's text and cutting its passages, so that each passage is a span of the text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from rolewise.corpus.model import Passage


def passage_id(document_id: str, text: str, section: tuple[str, ...], extra: str) -> str:
    """A content hash: the same sentence in the same place of the same document keeps its id."""
    return hashlib.sha256("\x1f".join((document_id, text, *section, extra)).encode()).hexdigest()[:24]


def document_id_of(kind: str, path: str) -> str:
    """`article:name`, or `article:own/name` for one of the person's own, which may have the name of a shipped one."""
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return f"{kind}:{'own/' if path.startswith('own/') else ''}{name}"


@dataclass
class TextBuilder:
    """Collects the Markdown of a generated document (a role, a table) and the spans of its passages."""

    document_id: str
    text: str = ""
    passages: list[Passage] = field(default_factory=list)

    def heading(self, level: int, title: str) -> None:
        self.text += f"{'#' * level} {title}\n\n"

    def sentence(self, text: str, section: tuple[str, ...], **attributes: Any) -> None:
        start = len(self.text)
        self.text += text + "\n\n"
        ident = passage_id(self.document_id, text, section, repr(sorted(attributes.items())) + str(len(self.passages)))
        self.passages.append(
            Passage(ident, self.document_id, text, start, start + len(text), section, len(self.passages), **attributes)
        )
