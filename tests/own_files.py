"""Files such as people have: one of each format with facts to ask for, and a drawer full of bad ones."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from PIL import Image

LEAVE = ["Every engineer has 27 days of leave a year. Leave that is not taken by the end of March of the following year "
         "lapses without compensation, unless illness was the reason.",
         "A sabbatical of three months is possible after six years of service."]  # fmt: skip


def pdf(*pages: str, table: bool = False, title: str = "Leave policy") -> bytes:
    """A PDF with a title, a heading a page, wrapped text, a bulleted list, and a table on the last page."""
    made = FPDF()
    made.set_title(title)
    for number, text in enumerate(pages, start=1):
        made.add_page()
        made.set_font("Helvetica", "B", 15)
        made.cell(0, 10, f"Chapter {number}", new_x="LMARGIN", new_y="NEXT")
        made.set_font("Helvetica", "", 11)
        made.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        made.ln(4)
        made.multi_cell(0, 6, f"- Point {number} of the list.\n- Another point.", new_x="LMARGIN", new_y="NEXT")
    if table:
        made.ln(4)
        with made.table() as rows:
            for cells in (("Grade", "Days", "Bonus"), ("Apprentice", "25", "500 EUR"), ("Steward", "30", "900 EUR")):
                row = rows.row()
                for cell in cells:
                    row.cell(cell)
    return bytes(made.output())


def scanned_pdf() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(picture, "PNG")
    made = FPDF()
    made.add_page()
    made.image(picture, w=100)
    return bytes(made.output())


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Secret.")))
    writer.encrypt("hush", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Onboarding handbook", 0)
    document.add_heading("First week", 1)
    document.add_paragraph("New engineers ship a change to production on their third day.")
    document.add_paragraph("The staff engineer of a team owns its design review.")
    document.add_paragraph("Laptops are handed out by the facilities desk.", style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    rows = [("Milestone", "Week", "Owner"), ("Security training", "2", "Priya"), ("Budget talk", "5", "Tomas")]
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(at, column).text = value
    document.save(str(path))


def word_with_everything(path: Path) -> None:
    """What Word writes beside plain paragraphs: tracked changes, a link, a field, a text box, joined cells."""
    document = docx.Document()
    document.add_paragraph("House rules").runs[0].bold = True
    changed = document.add_paragraph("The porter ")._p
    space = nsdecls("w")
    changed.append(parse_xml(f'<w:ins {space} w:id="1" w:author="a"><w:r><w:t>now lives</w:t></w:r></w:ins>'))
    changed.append(parse_xml(f'<w:del {space} w:id="2" w:author="a"><w:r><w:delText>lived</w:delText></w:r></w:del>'))
    link = f'<w:hyperlink {space} w:anchor="x"><w:r><w:t xml:space="preserve"> at the gate.</w:t></w:r></w:hyperlink>'
    changed.append(parse_xml(link))
    field = f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>Field text is kept.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(2, parse_xml(field))
    inner = "<w:txbxContent><w:p><w:r><w:t>Boxed words stand once.</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f'<w:r {space} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing>{inner}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph("Before the box.")._p.append(parse_xml(box))
    table = document.add_table(rows=3, cols=3)
    for at, row in enumerate([("Team", "Room", "Seats"), ("Red", "R1. Upper floor", ""), ("Blue", "R2", "5")]):
        for column, value in enumerate(row):
            table.cell(at, column).text = value
    table.cell(1, 1).merge(table.cell(1, 2))
    document.save(str(path))


HTML = """<!doctype html><html><head><title>Ladder | Intranet</title><meta name="date" content="2025-03-04">
<script>fetch("http://192.0.2.1/steal")</script><style>p {color: red}</style></head>
<body><nav><a href="/">Home page</a> <a href="/jobs">Vacancies menu</a></nav>
<h1>Career ladder</h1><h2>Stewards</h2><p>A steward mentors two apprentices, see <a href="http://192.0.2.1/x">here</a>.</p>
<ul><li>Stewards are on call one week in six.</li><li>They review <b>blueprints</b>.</li></ul>
<h2>Bands</h2><table><tr><th>Rank</th><th>Ceiling</th></tr><tr><td>Steward</td><td>EUR 95,000</td></tr></table>
<p hidden>Hidden words.</p><img src="http://192.0.2.1/pixel.png" onerror="alert(1)"><footer>Cookie notice</footer></body></html>"""

MARKDOWN = """---
title: Mentoring at Borealis
date: 2025-06-01
tags: [people]
---

# Mentoring at Borealis

## Money

The mentoring budget is **900 euros** a year ([details](http://192.0.2.1/y)), as agreed [12].

| Programme | Length | Seats |
|---|---|---|
| Tandem | 6 months | 12 |
| Circle | 3 months | 30 |
"""

TEXT = """Interview notes

The hiring manager at Borealis Robotics said that the team uses Rust for the
flight controller, and that nobody works at weekends.

- The probation period is five months.
- The kitchen is vegetarian.
"""

CSV = """Employer;City;Salary;Headcount;Remote;Posted
Cinder Labs;Ghent;72.500 €;80;no;2025-03-01
Delta Grid;Oslo;91.000 €;1.200;yes;2025-03-09
Ember Works;Oslo;64.000 €;45;no;2025-04-01
"""

ROLE = """id: bridge-inspector
title: Bridge Inspector
source: {title: Notes on bridges, publisher: your own document, published: 2025, licence: not shared}
summary:
  - text: A Bridge Inspector judges the state of bridges.
requirements:
  - aspect: skills
    need: required
    text: A Bridge Inspector needs experience with ultrasonic testing.
    short: experience with ultrasonic testing
    items: {all: [ultrasonic testing]}
"""


def good_folder(folder: Path) -> Path:
    """One file of each format, in a folder with a subfolder, and things that are passed over."""
    (folder / "more").mkdir(parents=True)
    (folder / "leave_policy.pdf").write_bytes(pdf(*LEAVE, table=True))
    word(folder / "onboarding.docx")
    (folder / "more" / "ladder.html").write_text(HTML, encoding="utf-8")
    (folder / "mentoring.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "notes.txt").write_text(TEXT, encoding="utf-8")
    (folder / "more" / "salaries.csv").write_text(CSV, encoding="utf-8")
    (folder / "inspector.yaml").write_text(ROLE, encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.md").write_text("# Hidden", encoding="utf-8")
    return folder


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


# A file's name, its bytes, and what must be said about it: what happened and what to do.
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("empty.md", lambda: b"", r"it is empty"),
    "only spaces": ("spaces.txt", lambda: b" \n\t\n", r"it is empty"),
    "no words": ("signs.md", lambda: b"---\n\n***\n", r"holds no text"),
    "encrypted": ("secret.pdf", encrypted_pdf, r"protected with a password.*without one"),
    "scanned": ("scan.pdf", scanned_pdf, r"pictures of pages and no text.*text recognition"),
    "cut off": ("half.pdf", lambda: pdf("Half.")[:400], r"damaged.*save it anew"),
    "a program": ("tool.pdf", lambda: b"MZ\x90\x00" + os.urandom(500), r"it is a program.*not opened"),
    "a PDF by name only": ("fake.pdf", lambda: b"just words", r"its name says \.pdf, but it is not one"),
    "noise": ("noise.txt", lambda: bytes(range(256)) * 20, r"neither text nor a document"),
    "an old or protected Word file": ("old.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), r"save it as \.docx"),
    "a spreadsheet": ("sheet.docx", lambda: zipped(xl__workbook_xml=b"<x/>"), r"spreadsheet.*as CSV"),
    "an archive": ("archive.docx", lambda: zipped(a=b"x"), r"archive or another program's"),
    "a torn archive": ("torn.docx", lambda: zipped(word__document_xml=b"x" * 9000)[:60], r"damaged"),
    "a Word file without its parts": ("hollow.docx", lambda: zipped(word__document_xml=b"<x/>"), r"damaged.*save it as \.docx"),
    "a ZIP bomb": ("bomb.docx", lambda: zipped(word__document_xml=bytes(40_000_000)), r"would unpack to 40 MB.*nothing was unpacked"),
    "a CSV without rows": ("head.csv", lambda: b"a,b,c\n", r"no rows below"),
    "a CSV too wide": ("wide.csv", lambda: b",".join([b"x"] * 60) + b"\n" + b",".join([b"y"] * 60), r"60 columns; 40 is the most"),
    "a CSV too long": ("long.csv", lambda: b"a,b\n" + b"x,y\n" * 6000, r"more than 5,000 rows"),
    "text too long": ("long.txt", lambda: b"word " * 450_000, r"2,000,000 is the most. Split it"),
    "YAML with Python in it": ("evil.yaml", lambda: b"id: !!python/object/apply:os.system ['touch /tmp/x']\n", r"not valid YAML"),
    "a YAML bomb": ("bomb.yaml", lambda: b"a: &a [x, x]\nb: &b [*a, *a]\nid: *b\n", r"aliases.*Write each value out"),
    "YAML nested without end": ("deep.yaml", lambda: b"id: " + b"[" * 100_000, r"not valid YAML"),
    "YAML with an impossible day": ("day.yaml", lambda: b"id: 2024-13-45\n", r"not valid YAML \(month must be"),
    "YAML that is no role": ("settings.yaml", lambda: b"port: 80\n", r"`id` is missing"),
    "HTML nested without end": ("deep.html", lambda: b"<html><body>" + b"<div>" * 20_000 + b"deep", r"nested too deep"),
}  # fmt: skip
