"""The text of a CV that somebody chose: PDF, Word or plain text, read on this machine."""

from __future__ import annotations

from pathlib import Path

from rolewise.errors import CvError

MOST_PAGES = 40
MOST_CHARACTERS = 200_000
_NOT_KEPT = (
    "Nothing of it was kept. Choose a PDF, a Word file (.docx) or a text file whose text can be marked and copied."
)


def read_cv(path: Path) -> str:
    """The words of the file, at most 200,000 characters. Raises CvError where there are none to read."""
    try:
        text = _read(path)
    except CvError:
        raise
    except Exception as error:  # a broken file breaks its parser in ways of its own
        raise CvError(f"The CV could not be read: it is damaged ({type(error).__name__}). {_NOT_KEPT}") from error
    if not any(c.isalnum() for c in text):
        raise CvError(f"The CV could not be read: it holds no text, perhaps only a picture of it. {_NOT_KEPT}")
    return text[:MOST_CHARACTERS]


def _read(path: Path) -> str:
    # Each format's library is loaded when its first file comes.
    match path.suffix.lower():
        case ".pdf":
            from pypdf import PdfReader

            return "\n".join(page.extract_text() for page in PdfReader(path).pages[:MOST_PAGES])
        case ".docx":
            from docx import Document

            document = Document(str(path))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return "\n".join([*(p.text for p in document.paragraphs), *cells])
        case ".txt" | ".md" | ".text":
            return path.read_text(encoding="utf-8", errors="replace")
        case other:
            raise CvError(f"The CV could not be read: it is of the kind “{other or 'no ending'}”. {_NOT_KEPT}")
