"""Reading corpus files: roles, tables, articles and the vocabulary."""

from rolewise.corpus.load import check_file, corpus_of, load_corpus
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
from rolewise.corpus.questions import check_questions

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
    "check_questions",
    "corpus_of",
    "load_corpus",
]
