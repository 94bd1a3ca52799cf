"""What a file is, by its content first and its name second: names lie."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Literal

from rolewise.errors import ImportFault

Format = Literal["pdf", "docx", "html", "markdown", "text", "csv", "role"]

BY_NAME: dict[str, Format] = {
    ".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown",
    ".markdown": "markdown", ".txt": "text", ".text": "text", ".csv": "csv", ".tsv": "csv", ".yaml": "role", ".yml": "role",
}  # fmt: skip
_KINDS = "Markdown, text, HTML, PDF, DOCX, CSV and role files (YAML)"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def format_of(raw: bytes, name: str) -> Format:
    """The format of a file. Raises ImportFault for an empty one, and for those that are not taken in, with the way round."""
    if not raw.strip(b"\x00 \t\r\n"):
        raise ImportFault("it is empty. Nothing was added.")
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK"):
        return _zipped(raw)
    if raw.startswith(_OLD_OFFICE):
        raise ImportFault(
            "it is an old Office document or one with a password. Open it, save it as .docx without a password, and add that."
        )
    if raw.startswith(_PROGRAMS):
        raise ImportFault("it is a program, whatever its name says. It was not opened.")
    start = raw[:4096]
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in start and not wide:
        raise ImportFault(f"it is neither text nor a document that can be read. {_KINDS} are taken in.")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    suffix = PurePath(name).suffix.lower()
    found = BY_NAME.get(suffix)
    if found is None:
        raise ImportFault(f"files of the kind {suffix or 'without an ending'} are not taken in: {_KINDS} are.")
    if found in ("pdf", "docx"):
        raise ImportFault(f"its name says {suffix}, but it is not one. Open it in its program and save it anew.")
    return found


def _zipped(raw: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ImportFault(f"it is a damaged archive or document ({error}). Save it anew and add that.") from error
    if "word/document.xml" in names:
        return "docx"
    if any(n.startswith("xl/") for n in names):
        raise ImportFault("it is a spreadsheet. Save the sheet as CSV and add that.")
    raise ImportFault(
        "it is an archive or another program's document. Save it as .docx or PDF, or unpack it, and add that."
    )
