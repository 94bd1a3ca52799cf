"""A corpus whose every field is an attack: role data, tables, articles, their sources and file names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from rolewise.settings import shipped_corpus

SOAK = os.environ.get("ROLEWISE_TEST_SOAK") == "1"
PAYLOADS = [line for line in (Path(__file__).parent / "xss_payloads.txt").read_text("utf-8").splitlines() if line]

SOME = PAYLOADS if SOAK else PAYLOADS[::4]
OTHERS = PAYLOADS if SOAK else PAYLOADS[2::4]
"""The fast form sends a quarter of them through each place; the long form sends all. They are sorted by kind."""


def source(n: int) -> dict[str, Any]:
    return {"title": PAYLOADS[n], "publisher": PAYLOADS[n + 1], "published": "2026-01-01", "licence": PAYLOADS[n + 2]}


def role(ident: str, texts: list[str], n: int) -> dict[str, Any]:
    said = [
        {"text": f"It asks for {text} and more.", "aspect": "skills", "need": "required", "items": {"all": [text]}}
        for text in texts
    ]
    return {
        "id": ident, "title": PAYLOADS[n], "aliases": [PAYLOADS[n + 1], ident.replace("-", " ")], "level": PAYLOADS[n + 2],
        "source": source(n), "summary": [{"text": f"It is {PAYLOADS[n + 3]} and more."}], "requirements": said,
    }  # fmt: skip


def table(texts: list[str]) -> dict[str, Any]:
    names = ("title", "employer", "pay_low", "pay_high")
    kinds = ("title", "name", "money", "money")
    columns = [
        {"name": name, "kind": kind, "words": [PAYLOADS[0]], "unit": PAYLOADS[24]}
        for name, kind in zip(names, kinds, strict=True)
    ]
    rows = [
        {
            "title": text,
            "employer": text,
            "pay_low": 40_000 + i,
            "pay_high": 50_000 + i,
            "text": f"The job {text} pays {40_000 + i}.",
        }
        for i, text in enumerate(texts)
    ]
    return source(4) | {"aspect": "jobs", "row_name": PAYLOADS[25], "columns": columns, "rows": rows}


def article(texts: list[str]) -> str:
    front = yaml.safe_dump(source(24) | {"url": "https://example.org/\"'onmouseover='__pwned()"})
    sections = "".join(f"\n## {text}\n\nThe canteen says {text} at noon.\n" for text in texts)
    return f"---\n{front}---\n\n# {PAYLOADS[21]}\n{sections}"


def made(folder: Path) -> Path:
    """Write it. Everything that the readers keep of it is an attack."""
    for kind in ("roles", "tables", "articles"):
        (folder / kind).mkdir(parents=True)
    vocabulary = yaml.safe_load((shipped_corpus() / "vocabulary.yaml").read_text("utf-8"))
    vocabulary["about"] = " ".join(PAYLOADS[20:24])
    (folder / "vocabulary.yaml").write_text(yaml.safe_dump(vocabulary, allow_unicode=True), "utf-8")
    for name, data in {
        "roles/first-role.yaml": role("first-role", SOME[::2], 21), "roles/second-role.yaml": role("second-role", SOME[1::2], 37),
        "tables/pay.yaml": table(SOME[::4]),
    }.items():  # fmt: skip
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    (folder / "articles" / "x'\"><img src=x onerror=__pwned()>.md").write_text(article(OTHERS), "utf-8")
    return folder


def own_files(folder: Path) -> list[Path]:
    """A file of each format whose name and words are attacks."""
    folder.mkdir()
    named = "<img src=x onerror=__pwned()> '\" {n}"
    contents = {
        "md": "# " + "\n\n".join(SOME[:40]), "txt": "\n\n".join(f"Note: {p}" for p in OTHERS),
        "html": "<!doctype html><html><body>" + "".join(f"<p>Note {p}</p>" for p in SOME[-40:]),
        "csv": "Employer,Remark\n" + "".join('"Firm {}","{}"\n'.format(i, p.replace('"', '""')) for i, p in enumerate(OTHERS[-40:])),
    }  # fmt: skip
    paths = []
    for ending, text in contents.items():
        paths.append(folder / f"{named.format(n=ending)}.{ending}")
        paths[-1].write_text(text, "utf-8")
    return paths
