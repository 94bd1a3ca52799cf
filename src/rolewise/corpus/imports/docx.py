"""DOCX to blocks: headings by their style, lists, tables, and the text of boxes. Word keeps no pages in the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from rolewise.corpus.imports.blocks import Block, Converted, rows_told
from rolewise.corpus.imports.limits import MAX_UNZIPPED_BYTES, MAX_XML_BYTES
from rolewise.errors import ImportFault

_TEMPLATE_DAY = datetime(2013, 12, 23, 23, 15, tzinfo=timezone.utc)  # stands in what programs write without a day
_IN_BOX = "ancestor::*[local-name()='txbxContent']"
_COPY = "ancestor::*[local-name()='Fallback']"  # what older programs show in place of a newer element: said twice
_DAMAGED = (
    "it is damaged or not a Word document ({why}). Open it in Word or LibreOffice, save it as .docx, and add that."
)


def read_docx(raw: bytes) -> Converted:
    """Headings, paragraphs, items, table rows; title and day as the document itself gives them.

    Raises ImportFault for a file that is damaged, or that would unpack beyond the limits.
    """
    try:
        _refuse_bomb(raw)
        document = docx.Document(io.BytesIO(raw))
        blocks = list(_blocks(document, document.element.body))
        properties = document.core_properties
        title = str(properties.title or "").strip()
        made = properties.modified or properties.created
        made = None if made == _TEMPLATE_DAY else made
    except (zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, OSError,
            NotImplementedError, RuntimeError, EOFError) as error:  # fmt: skip  # what python-docx meets in broken files
        raise ImportFault(_DAMAGED.format(why=(str(error) or type(error).__name__)[:120])) from error
    heading = next(
        (
            b.text
            for b in blocks
            if b.kind == "heading" and b.level == min(x.level for x in blocks if x.kind == "heading")
        ),
        "",
    )
    return Converted(tuple(blocks), title or heading, made.date().isoformat() if made else "")


def _refuse_bomb(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = archive.infolist()
    whole = sum(f.file_size for f in files)
    xml = sum(f.file_size for f in files if f.filename.lower().endswith((".xml", ".rels")))
    if whole > MAX_UNZIPPED_BYTES or xml > MAX_XML_BYTES:
        raise ImportFault(
            f"it would unpack to {max(whole, xml) // 1_000_000:,} MB, which no ordinary document does; nothing was "
            "unpacked. If it is one, save its text as a new document and add that."
        )


def _blocks(document: Any, parent: Any) -> Iterator[Block]:
    for element in parent:
        kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if kind == "p":
            yield from _paragraph(Paragraph(element, document))
            for box in element.xpath(f".//*[local-name()='txbxContent'][not({_COPY})][not({_IN_BOX})]"):
                yield from _blocks(document, box)
        elif kind == "tbl":
            yield from rows_told(_cells(Table(element, document)))
        elif kind in ("sdt", "sdtContent", "ins", "customXml"):  # fields to fill in, and what a reviewer has added
            yield from _blocks(document, element)


def _paragraph(paragraph: Paragraph) -> Iterator[Block]:
    text = _text(paragraph._p)
    if not text.strip():
        return
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if level := _level(paragraph, style, text):
        yield Block("heading", text, level)
    elif re.match(r"list|bullet", style, re.I) or paragraph._p.xpath("./w:pPr/w:numPr"):
        yield Block("item", text)
    else:
        yield from (Block("paragraph", line) for line in text.split("\n") if line.strip())


def _text(element: Any) -> str:
    """The words of a paragraph, also those of links, fields and accepted changes; deleted ones are `delText`, not `t`."""
    said = ""
    for part in element.xpath(".//*[self::w:t or self::w:tab or self::w:br or self::w:noBreakHyphen]"
                              f"[not({_COPY})][not(ancestor::w:rPr or ancestor::w:pPr)]"):  # fmt: skip
        if part.xpath(_IN_BOX) and not element.xpath(_IN_BOX):
            continue
        name = etree.QName(part).localname
        said += part.text or "" if name == "t" else {"tab": " ", "br": "\n", "noBreakHyphen": "-"}[name]
    return said.strip()


def _level(paragraph: Paragraph, style: str, text: str) -> int:
    """The depth of a heading, by style, by outline level, or as a short line all in bold; 0 for none."""
    if found := re.match(r"heading (\d)", style, re.I):
        return int(found[1]) + 1
    if style in ("Title",):
        return 1
    outline = paragraph._p.xpath("./w:pPr/w:outlineLvl/@w:val")
    if outline and outline[0].isdigit() and int(outline[0]) < 9:
        return int(outline[0]) + 2
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = runs and all(run.bold for run in runs) and len(text) <= 80 and not re.search(r"[.,;]$", text)
    return 7 if bold else 0


def _cells(table: Table) -> list[list[str]]:
    """The texts of a table's cells; one that spans several columns stands in the first, one that spans rows in each."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        before = None
        for cell in row.cells:
            said = " ".join(_text(p._p).replace("\n", " ") for p in cell.paragraphs)
            cells.append("" if cell._tc is before else said)
            before = cell._tc
        rows.append(cells)
    return rows
