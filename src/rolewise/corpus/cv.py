"""The text of a CV that somebody chose, read on this machine by the readers of people's own documents."""

from __future__ import annotations

from pathlib import Path

from rolewise.corpus.imports.limits import MAX_CV_BYTES, MAX_CV_READING_S
from rolewise.corpus.imports.reading import Reader
from rolewise.errors import CvError, ImportFault

MOST_CHARACTERS = 200_000
_NOT_KEPT = (
    "Nothing of it was kept. Choose a PDF, a Word file (.docx) or a text file whose text can be marked and copied."
)


def read_cv(path: Path) -> str:
    """The words of the file, at most 200,000 characters. Raises CvError where there are none to read."""
    try:
        if (size := path.stat().st_size) > MAX_CV_BYTES:
            raise ImportFault(f"it has {size // 1_000_000:,} MB; {MAX_CV_BYTES // 1_000_000} MB is the most.")
        with Reader(MAX_CV_READING_S) as reader:
            text = reader.words(path.read_bytes(), path.name)
    except ImportFault as fault:
        why = str(fault).removesuffix(" Nothing was added.")
        raise CvError(f"The CV could not be read: {why} {_NOT_KEPT}") from fault
    if not any(c.isalnum() for c in text):
        raise CvError(f"The CV could not be read: it holds no text. {_NOT_KEPT}")
    return text[:MOST_CHARACTERS]
