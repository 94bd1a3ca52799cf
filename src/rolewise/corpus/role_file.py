"""Role files: YAML that becomes a Role and a readable Document."""

from __future__ import annotations

from rolewise.corpus.model import Document, Role, Vocabulary
from rolewise.corpus.passages import TextBuilder
from rolewise.corpus.schema import RoleFile, Statement, read_yaml

_SECTIONS = ("summary", "responsibilities", "requirements", "tools", "industries", "outlook", "more")


def read_role(text: str, path: str, vocabulary: Vocabulary) -> tuple[Document, Role]:
    """Parse a role file. Raises CorpusError with file, field and fix."""
    file = read_yaml(text, path, RoleFile)
    names = {a.id: a.name for a in vocabulary.aspects}
    document_id = f"role:{file.id}"
    builder = TextBuilder(document_id)
    builder.heading(1, file.title)
    heading = ""
    for field in _SECTIONS:
        statements: list[Statement] = getattr(file, field)
        for statement in statements:
            aspects = _aspects(field, statement)
            title = names.get(aspects[0], aspects[0]) if aspects else "More"
            if title != heading:
                builder.heading(2, title[0].upper() + title[1:])
                heading = title
            builder.sentence(
                statement.text,
                (file.title, title[0].upper() + title[1:]),
                roles=(file.id,),
                aspects=aspects,
                need=statement.need,
                groups=statement.groups(),
                short=statement.short or statement.text.rstrip("."),
                kind="role",
            )
    passages = tuple(builder.passages)
    document = Document(document_id, path, "role", file.source.provenance(), builder.text, passages)
    role = Role(file.id, file.title, tuple(file.aliases), file.level, document_id, passages)
    return document, role


def _aspects(field: str, statement: Statement) -> tuple[str, ...]:
    if statement.aspect:
        return tuple(statement.aspect.split("/"))
    return () if field in ("more", "requirements") else (field,)
