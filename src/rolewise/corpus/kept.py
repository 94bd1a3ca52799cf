"""Parsed articles, kept on disk: reading one again takes a tenth of the time of parsing it."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import suppress
from dataclasses import astuple
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rolewise.corpus import article, model, passages, schema
from rolewise.corpus.article import read_article, text_of
from rolewise.corpus.model import Document, Passage, Provenance
from rolewise.corpus.passages import document_id_of

_PARSER = tuple(Path(str(module.__file__)) for module in (article, passages, schema, model))
_LIBRARIES = ("markdown-it-py", "sentencex")


class KeptArticles:
    """Reads articles, and remembers in `file` how they were parsed: a line an article, under the hash of its text and of the parser.

    A line that is damaged, or a file that cannot be read or written, costs only the time. Without a `file` nothing is kept.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known = _lines(file) if file else {}
        self._used: dict[bytes, bytes] = {}
        self._parser = _parser() if file else b""

    def read(self, raw: str, path: str) -> Document:
        """As `read_article`, which raises what this raises."""
        if self._file is None:
            return read_article(raw, path)
        key = hashlib.sha256(b"\x1f".join((self._parser, path.encode(), raw.encode()))).hexdigest().encode()
        if kept := self._known.get(key):
            document = _document(kept, raw, path)
        else:
            document = read_article(raw, path)
            kept = _told(document)
        self._used[key] = kept
        return document

    def keep(self) -> None:
        """Write what was read, and nothing else, where that is not what the file holds."""
        if self._file is None or self._used.keys() == self._known.keys():
            return
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as out:
                out.writelines(b"%s %08x %s\n" % (key, zlib.crc32(kept), kept) for key, kept in self._used.items())
            part.replace(self._file)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)  # next time they are parsed again


def _lines(file: Path) -> dict[bytes, bytes]:
    """The articles in the file by their keys, without those that are damaged."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError:
        return {}
    parts = [line.split(b" ", 2) for line in lines]
    return {part[0]: part[2] for part in parts if len(part) == 3 and part[1] == b"%08x" % zlib.crc32(part[2])}


def _parser() -> bytes:
    """What an article is parsed by: the code and the libraries. Another one parses it anew."""
    code = hashlib.sha256("".join(version(name) for name in _LIBRARIES).encode())
    for file in (*_PARSER, Path(__file__)):
        code.update(file.read_bytes())
    return code.hexdigest().encode()


def _told(document: Document) -> bytes:
    """The article without its text, of which passages are spans; each section is told once."""
    sections = {section: at for at, section in enumerate(dict.fromkeys(p.section for p in document.passages))}
    spans = [(p.id, p.start, p.end, sections[p.section], p.aspects, p.page) for p in document.passages]
    return json.dumps((astuple(document.provenance), list(sections), spans), separators=(",", ":")).encode()


def _document(kept: bytes, raw: str, path: str) -> Document:
    told: tuple[list[Any], list[list[str]], list[Any]] = json.loads(kept)
    source, sections, spans = told[0], [tuple(section) for section in told[1]], told[2]
    ident, text = document_id_of("article", path), text_of(raw, path)
    found = tuple(
        Passage(own, ident, text[start:end], start, end, sections[section], at, aspects=tuple(aspects), page=page)
        for at, (own, start, end, section, aspects, page) in enumerate(spans)
    )
    return Document(ident, path, "article", Provenance(*source), text, found)
