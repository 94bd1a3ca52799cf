"""Table files: YAML rows that can be asked about by value, told in sentences."""

from __future__ import annotations

from rolewise.corpus.model import Column, Document, Row, Table
from rolewise.corpus.passages import TextBuilder, document_id_of
from rolewise.corpus.schema import TableFile, read_yaml
from rolewise.errors import CorpusError


def read_table(text: str, path: str) -> tuple[Document, Table]:
    """Parse a table file. Raises CorpusError with file, row and fix."""
    file = read_yaml(text, path, TableFile)
    document_id = document_id_of("table", path)
    builder = TextBuilder(document_id)
    builder.heading(1, file.title)
    values = []
    for number, row in enumerate(file.rows):
        cells = {name: value for name, value in row.items() if name not in ("text", "superseded")}
        builder.sentence(
            row.get("text") or _told(file.sentence, cells, path, number),
            (file.title,),
            aspects=(file.aspect,) if file.aspect else (),
            kind="row",
            row=number,
        )
        values.append((cells, bool(row.get("superseded"))))
    passages = tuple(builder.passages)
    rows = tuple(Row(cells, passage, old) for (cells, old), passage in zip(values, passages, strict=True))
    columns = tuple(Column(c.name, c.kind, tuple(c.words), c.unit) for c in file.columns)
    document = Document(document_id, path, "table", file.provenance(), builder.text, passages)
    return document, Table(document_id, file.title, file.row_name, file.aspect or "", columns, rows)


def _told(template: str, cells: dict[str, object], path: str, number: int) -> str:
    try:
        return template.format(**cells)
    except (KeyError, ValueError, IndexError) as error:
        raise CorpusError(
            f"{path}, row {number + 1}: the `sentence` asks for {error}, which this row lacks. Add the value or a `text`."
        ) from error
