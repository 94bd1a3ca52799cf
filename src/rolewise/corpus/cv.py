"""The text of a CV that somebody chose, read on this machine by the readers of people's own documents."""

from __future__ import annotations

from pathlib import Path

from rolewise.corpus.imports.encoding import decoded
from rolewise.corpus.imports.sniff import format_of
from rolewise.errors import CvError, ImportFault

MOST_CHARACTERS = 200_000
_NOT_KEPT = (
    "Nothing of it was kept. Choose a PDF, a Word file (.docx) or a text file whose text can be marked and copied."
)


def read_cv(path: Path) -> str:
    """The words of the file, at most 200,000 characters. Raises CvError where there are none to read."""
    try:
        text = _read(path.read_bytes(), path.name)
    except ImportFault as fault:
        why = str(fault).removesuffix(" Nothing was added.")
        raise CvError(f"The CV could not be read: {why} {_NOT_KEPT}") from fault
    if not any(c.isalnum() for c in text):
        raise CvError(f"The CV could not be read: it holds no text. {_NOT_KEPT}")
    return text[:MOST_CHARACTERS]


def _read(raw: bytes, name: str) -> str:
    # Each format's library is loaded when its first file comes.
    match format_of(raw, name):
        case "pdf":
            from rolewise.corpus.imports.pdf import read_pdf

            read = read_pdf(raw)
        case "docx":
            from rolewise.corpus.imports.docx import read_docx

            read = read_docx(raw)
        case _:
            return decoded(raw)[0]
    return "\n".join(block.text for block in read.blocks)
