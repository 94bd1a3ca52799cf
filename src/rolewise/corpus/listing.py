"""What a document is, as one row of a list of sources."""

from __future__ import annotations

from typing import Any

from rolewise.corpus.model import Document


def row_of(document: Document) -> dict[str, Any]:
    """The document's place, provenance and size; `own` where a person took it in themselves."""
    source = document.provenance
    return {
        "source_id": document.id, "path": document.path, "kind": document.kind, "title": source.title,
        "publisher": source.publisher, "published": source.published, "retrieved": source.retrieved,
        "licence": source.licence, "url": source.url, "tier": source.tier, "passages": len(document.passages),
        "own": document.own, "file": source.file,
    }  # fmt: skip
