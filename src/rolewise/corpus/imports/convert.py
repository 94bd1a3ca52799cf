"""One file's bytes to the text of a file of the own corpus folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rolewise.corpus.imports.blocks import Converted, article_text, clean
from rolewise.corpus.imports.encoding import decoded
from rolewise.corpus.imports.limits import MAX_BLOCKS, MAX_CHARACTERS
from rolewise.corpus.imports.sniff import Format, format_of
from rolewise.errors import ImportFault

PUBLISHER = "your own document"
LICENCE = "your own document, not shared"

Progress = Callable[[int, int], None]
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True)
class Original:
    """The file that a person gave: its name and folder, its bytes' hash, and the day it was last changed."""

    path: Path
    raw: bytes
    sha256: str
    changed: date

    @property
    def spoken_name(self) -> str:
        name = re.sub(r"[_\s-]+", " ", self.path.stem).strip() or self.path.name
        return name[0].upper() + name[1:]


@dataclass(frozen=True)
class Made:
    """The text of a file of the own folder: `kind` is `articles`, `tables` or `roles`; `note` is for people."""

    kind: str
    title: str
    text: str
    note: str = ""


def convert(original: Original, progress: Progress) -> Made:
    """Read one file by what it is. Raises ImportFault with the reason and what to do, without the file's name."""
    form = format_of(original.raw, original.path.name)
    other = f"it is {form.upper()}, whatever its name says" if _mislabelled(form, original.path.suffix) else ""
    if form in ("pdf", "docx"):
        found = _document(form, original.raw, progress)
    else:
        text, guessed = decoded(original.raw)
        if len(text) > MAX_CHARACTERS:
            raise ImportFault(
                f"it has {len(text):,} characters; {MAX_CHARACTERS:,} is the most. Split it and add the parts."
            )
        other = "; ".join(filter(None, [other, guessed]))
        if form == "role":
            return Made("roles", original.spoken_name, text, other)
        if form == "csv":
            return _table(original, text, other)
        found = _article(form, text)
    return _made(original, found, "; ".join(filter(None, [other, found.note])))


def words_of(raw: bytes, name: str) -> str:
    """The words of a file, of a PDF or a Word document those of its blocks. Raises ImportFault."""
    form = format_of(raw, name)
    if form in ("pdf", "docx"):
        return "\n".join(block.text for block in _document(form, raw, lambda done, total: None).blocks)
    return decoded(raw)[0]


def _document(form: Format, raw: bytes, progress: Progress) -> Converted:
    # Each format's library is loaded when its first file comes.
    if form == "pdf":
        from rolewise.corpus.imports.pdf import read_pdf

        return read_pdf(raw, progress)
    from rolewise.corpus.imports.docx import read_docx

    return read_docx(raw)


def _article(form: Format, text: str) -> Converted:
    if form == "html":
        from rolewise.corpus.imports.html import read_html

        return read_html(text)
    from rolewise.corpus.imports.markdown import read_markdown, read_plain

    return read_markdown(text) if form == "markdown" else read_plain(text)


def _made(original: Original, found: Converted, note: str) -> Made:
    if not any(c.isalnum() for block in found.blocks for c in block.text):
        raise ImportFault("it holds no text that could be cited. Nothing was added.")
    if sum(len(block.text) for block in found.blocks) > MAX_CHARACTERS:
        raise ImportFault(f"it has more than {MAX_CHARACTERS:,} characters. Split it and add the parts.")
    if len(found.blocks) > MAX_BLOCKS:
        raise ImportFault(f"it has more than {MAX_BLOCKS:,} paragraphs. Split it and add the parts.")
    title = clean(found.title)[:150] or original.spoken_name
    front = _source(original, title, found.published) | found.source
    return Made("articles", title, f"---\n{_dumped(front)}---\n\n{article_text(title, found.blocks)}", note)


def _table(original: Original, text: str, note: str) -> Made:
    from rolewise.corpus.imports.csv_file import read_csv

    title = original.spoken_name
    fields = _source(original, title, "") | read_csv(text, title)
    return Made("tables", title, _dumped(fields), note)


def _source(original: Original, title: str, published: str) -> dict[str, Any]:
    """The provenance of an own document. A day in the future or before computers is not believed."""
    today = date.today().isoformat()
    believed = published if "1980" <= published <= today else min(original.changed.isoformat(), today)
    return {
        "title": title, "publisher": PUBLISHER, "published": believed, "retrieved": today, "licence": LICENCE,
        "file": original.path.name, "folder": str(original.path.parent), "sha256": original.sha256,
    }  # fmt: skip


def _mislabelled(form: Format, suffix: str) -> bool:
    wanted: dict[str, tuple[str, ...]] = {"pdf": (".pdf",), "docx": (".docx",), "html": (".html", ".htm", ".xhtml")}
    return form in wanted and suffix.lower() not in wanted[form]


def _dumped(fields: dict[str, Any]) -> str:
    return str(yaml.dump(fields, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10_000))
