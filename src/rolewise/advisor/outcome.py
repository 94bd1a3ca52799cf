"""What an answer came to: a later "that one" or "of those" means it."""

from __future__ import annotations

from rolewise.advisor.evidence import Evidence
from rolewise.advisor.question import Outcome, Value
from rolewise.corpus import Corpus, Passage


def outcome_of(found: Evidence, corpus: Corpus) -> Outcome:
    """The one role of the first point, the names of the one table row, and all rows, where the evidence has them."""
    first = next((p.passages for p in found.points if p.passages), ())
    roles = {r for p in first for r in p.roles}
    rows = [p for p in found.passages if p.kind == "row"]
    values = names_of(rows[0], corpus) if len(rows) == 1 else ()
    one = tuple(roles) if len(roles) == 1 and found.status == "answered" else ()
    told = found.passages if found.status == "answered" else ()
    return Outcome(one, values, tuple(p.id for p in rows), tuple(p.id for p in told))


def names_of(row: Passage, corpus: Corpus) -> tuple[Value, ...]:
    """The values by which a table's row is called: its names and titles."""
    table = next(t for t in corpus.tables if t.document_id == row.document_id)
    cells = table.rows[row.row or 0].values
    return tuple(
        Value(table.document_id, c.name, str(cells[c.name])) for c in table.columns if c.kind in ("name", "title")
    )
