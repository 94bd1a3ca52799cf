"""Where an answer comes from: its passages again, under the sources that say them."""

from __future__ import annotations

from dataclasses import replace

from rolewise.advisor.evidence import Evidence, Point
from rolewise.corpus import Corpus, Document, Passage

_MOST = 4  # passages of one document: to know where it is from, nobody needs them all


def whence(found: Evidence, corpus: Corpus) -> Evidence:
    """The passages of an answer by their documents; the evidence as it is where it has none."""
    points = list[Point]()
    told: dict[
        str, list[Passage]
    ] = {}  # documents of one source, as the files of two roles are, stand under it together
    for ident in dict.fromkeys(p.document_id for p in found.passages):
        said = [p for p in found.passages if p.document_id == ident][:_MOST]
        told.setdefault(_called(corpus.document[ident]), []).extend(said)
    for called, said in told.items():
        points += [Point(called, style="label"), *(Point(p.text, (p,), "bullet") for p in said)]
    return replace(Evidence("answered", tuple(points)), exact=True) if points else found


def _called(document: Document) -> str:
    source = document.provenance
    named = ", ".join(filter(None, (source.publisher, source.published)))
    return f"From “{source.title}{f' ({named})' if named else ''}”:"
