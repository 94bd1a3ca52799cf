"""PDF to blocks with their pages. A PDF knows only where letters stand: headings, lists and tables are told by that."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from rolewise.corpus.imports.blocks import Block, Converted
from rolewise.corpus.imports.limits import MAX_CHARACTERS, MAX_PAGES, MAX_READING_S
from rolewise.corpus.imports.pdf_layout import blocks_of
from rolewise.corpus.imports.pdf_lines import Piece, lines_of
from rolewise.errors import ImportFault

Progress = Callable[[int, int], None]
_PROTECTED = "it is protected with a password. Open it, save or print it as a PDF without one, and add that."
_SCANNED = (
    "it has pictures of pages and no text. Run text recognition on it (for example `ocrmypdf in.pdf out.pdf`) and add "
    "the result."
)
_NO_TITLE = re.compile(r"^(microsoft word|untitled|document\d*$|.*\.\w{2,4}$)", re.I)


def read_pdf(raw: bytes, progress: Progress = lambda done, total: None) -> Converted:
    """Headings, paragraphs, items and table rows, each with its page. `progress` gets (pages read, pages).

    Raises ImportFault for one that is encrypted, damaged, scanned, or beyond the limits.
    """
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportFault(_PROTECTED)
        read = _pages(reader, progress)
        title, published = _described(reader)
    except DependencyError as error:
        raise ImportFault(_PROTECTED) from error
    except RecursionError as error:
        raise ImportFault(_damaged("its parts point to each other without end")) from error
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
            NotImplementedError, ArithmeticError) as error:  # fmt: skip  # what pypdf meets in broken files
        raise ImportFault(_damaged(str(error) or type(error).__name__)) from error
    pages = [lines_of(pieces) for pieces in read]
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    if len(empty) == len(pages):
        raise ImportFault(_SCANNED)
    blocks = blocks_of(pages)
    note = f"no text on page {', '.join(map(str, empty[:8]))}{' …' if len(empty) > 8 else ''}" if empty else ""
    return Converted(tuple(blocks), title or _heading(blocks), published, note)


def _pages(reader: PdfReader, progress: Progress) -> list[list[Piece]]:
    total, started, characters = len(reader.pages), time.monotonic(), 0
    if total > MAX_PAGES:
        raise ImportFault(f"it has {total:,} pages; {MAX_PAGES:,} is the most. Split it and add the parts.")
    found: list[list[Piece]] = []
    for number, page in enumerate(reader.pages, start=1):
        found.append(_pieces(page))
        characters += sum(len(piece.text) for piece in found[-1])
        if characters > MAX_CHARACTERS:
            raise ImportFault(
                f"it has more than {MAX_CHARACTERS:,} characters by page {number}. Split it and add the parts."
            )
        if time.monotonic() - started > MAX_READING_S:
            raise ImportFault(f"after {MAX_READING_S:.0f} seconds only {number} of {total} pages were read. Split it.")
        progress(number, total)
    return found


def _pieces(page: Any) -> list[Piece]:
    pieces: list[Piece] = []

    def visit(text: str, place: list[float], matrix: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip():
            x = matrix[4] * place[0] + matrix[5] * place[2] + place[4]
            y = matrix[4] * place[1] + matrix[5] * place[3] + place[5]
            scale = (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5 * (place[2] ** 2 + place[3] ** 2) ** 0.5
            bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
            pieces.append(Piece(text, x, y, round(size * scale, 1), bold))
        elif text and pieces:
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + text)

    page.extract_text(visitor_text=visit)
    return pieces


def _described(reader: PdfReader) -> tuple[str, str]:
    """Title and day of the PDF's own description; empty where it has none that means anything."""
    about = reader.metadata
    title = str(about.title or "").strip() if about else ""
    try:
        made = (about.modification_date or about.creation_date) if about else None
    except ValueError:
        made = None
    return "" if _NO_TITLE.match(title) else title, made.date().isoformat() if made else ""


def _heading(blocks: list[Block]) -> str:
    top = Counter(b.level for b in blocks if b.kind == "heading")
    return next((b.text for b in blocks if b.kind == "heading" and b.level == min(top)), "") if top else ""


def _damaged(why: str) -> str:
    return f"it is damaged ({why[:120]}). Open it in a PDF viewer, save it anew, and add that."
