"""Reading corpus files: roles, tables, articles and the vocabulary."""

from rolewise.corpus.load import check_file, load_corpus
from rolewise.corpus.model import (
    Aspect,
    Column,
    Corpus,
    Document,
    ItemGroup,
    Passage,
    Provenance,
    Role,
    Row,
    Table,
    Vocabulary,
)

__all__ = [
    "Aspect",
    "Column",
    "Corpus",
    "Document",
    "ItemGroup",
    "Passage",
    "Provenance",
    "Role",
    "Row",
    "Table",
    "Vocabulary",
    "check_file",
    "load_corpus",
]
