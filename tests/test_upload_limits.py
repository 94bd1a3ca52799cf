"""Files beyond the limits of size, type, pages, time and memory: refused in bounded time, and the next one is read."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from own_files import zipped
from rolewise.corpus.cv import read_cv
from rolewise.corpus.imports.convert import Made, Original
from rolewise.corpus.imports.limits import MAX_CV_BYTES
from rolewise.corpus.imports.reading import Reader
from rolewise.errors import CvError, ImportFault

SOAK = os.environ.get("ROLEWISE_TEST_SOAK") == "1"
Caused = Callable[..., None]
GOOD = b"The porter lives at the gate."


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(30) as reader:
        yield reader


def read(reader: Reader, name: str, raw: bytes) -> Made:
    original = Original(Path("/nowhere") / name, raw, "0" * 64, date(2026, 1, 1))
    return reader.converted(original, lambda done, total: None)


def unread(reader: Reader) -> list[str]:
    """The good file, where it can no longer be read."""
    return [] if "porter" in read(reader, "notes.txt", GOOD).text else ["notes.txt"]


def many_pages() -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(2_001):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def swelling_pdf() -> bytes:
    """A page whose text is packed so well that it would unpack to a gigabyte."""
    packed = zlib.compress(b"BT (a) Tj ET\n" * 5_000_000, 9)
    stream = b"<< /Length %d /Filter [/FlateDecode] >>\nstream\n" % len(packed) + packed + b"\nendstream"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        stream,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


def deep_word() -> bytes:
    depth = 50_000
    return zipped(word__document_xml=b"<a>" * depth + b"</a>" * depth, _rels__rels_xml=b"<x/>")


REFUSED = {
    "a PDF of many pages": ("long.pdf", many_pages, "2,001 pages; 2,000 is the most"),
    "a PDF that swells": ("swells.pdf", swelling_pdf, "damaged|seconds|memory|characters"),
    "single letters without end": (
        "letters.txt",
        lambda: b"a\n" * (900_000 if SOAK else 60_000),
        "more than 30,000 paragraphs",
    ),
    "a Word file nested without end": ("deep.docx", deep_word, "damaged"),
    "HTML nested without end": ("deep.html", lambda: b"<html>" + b"<div>" * 200_000, "nested too deep"),
    "a CSV of one huge cell": ("cell.csv", lambda: b'a,b\n"' + b"x" * 1_900_000, "not a table"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_beyond_the_limits_is_refused_and_the_next_one_read(reader: Reader, kind: str, caused: Caused) -> None:
    name, made, why = REFUSED[kind]
    with pytest.raises(ImportFault, match=why):
        read(reader, name, made())
    caused(lost=unread(reader))


def test_a_file_that_takes_too_long_is_left_and_the_next_one_read(caused: Caused) -> None:
    reader = Reader(0.5)
    with reader, pytest.raises(ImportFault, match=r"after 0.5 seconds it was not read"):
        read(reader, "letters.txt", b"a\n" * 900_000)
    with Reader(60) as reader:
        caused(lost=unread(reader))


def test_a_process_that_dies_at_a_file_is_a_fault_of_that_file(reader: Reader, caused: Caused) -> None:
    assert "porter" in read(reader, "notes.txt", GOOD).text
    assert reader._child
    reader._child.kill()
    with pytest.raises(ImportFault, match="ended the process"):
        read(reader, "notes.txt", GOOD)
    caused(lost=unread(reader))


def test_a_module_beside_the_person_is_not_run(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("yaml", "bs4", "rolewise"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'pwned')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    with Reader() as fresh:
        assert "porter" in read(fresh, "page.html", b"<html><p>The porter.").text
    assert not (tmp_path / "pwned").exists()


def test_a_cv_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    cv = tmp_path / "cv.txt"
    with cv.open("wb") as file:
        file.truncate(MAX_CV_BYTES + 1)
    with pytest.raises(CvError, match="20 MB is the most"):
        read_cv(cv)
