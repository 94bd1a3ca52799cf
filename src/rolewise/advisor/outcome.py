"""What an answer came to: a later "that one" or "of those" means it."""

from __future__ import annotations

from rolewise.advisor.evidence import Evidence
from rolewise.advisor.question import Outcome, Value
from rolewise.corpus import Corpus


def outcome_of(found: Evidence, corpus: Corpus) -> Outcome:
    """The one role of the first point, the names of the one table row, and all rows, where the evidence has them."""
    first = next((p.passages for p in found.points if p.passages), ())
    roles = {r for p in first for r in p.roles}
    rows = [p for p in found.passages if p.kind == "row"]
    values: tuple[Value, ...] = ()
    if len(rows) == 1 and rows[0].row is not None:
        table = next(t for t in corpus.tables if t.document_id == rows[0].document_id)
        cells = table.rows[rows[0].row].values
        values = tuple(
            Value(table.document_id, c.name, str(cells[c.name])) for c in table.columns if c.kind in ("name", "title")
        )
    one = tuple(roles) if len(roles) == 1 and found.status == "answered" else ()
    return Outcome(one, values, tuple(p.id for p in rows))
