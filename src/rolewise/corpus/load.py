"""From a folder of files to a Corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rolewise.corpus.article import read_article
from rolewise.corpus.model import Aspect, Corpus, Document, Passage, Role, Table, Vocabulary
from rolewise.corpus.names import mentions_of
from rolewise.corpus.role_file import read_role
from rolewise.corpus.schema import VocabularyFile, read_text, read_yaml
from rolewise.corpus.table_file import read_table
from rolewise.errors import CorpusError


def load_corpus(folder: Path) -> Corpus:
    """Read every file of a corpus folder: roles/*.yaml, tables/*.yaml, articles/*.md, vocabulary.yaml.

    Raises CorpusError naming the file, the line or field, and the fix.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: there is no such corpus folder. Set ROLEWISE_CORPUS to one that exists.")
    documents: list[Document] = []
    roles: list[Role] = []
    tables: list[Table] = []
    vocabulary = _vocabulary(folder)
    known = {a.id for a in vocabulary.aspects}
    for path in _files(folder / "roles", (".yaml", ".yml")):
        document, role = read_role(read_text(path, path.name), _name(path, folder), vocabulary)
        if any(role.id == other.id for other in roles):
            raise CorpusError(
                f"{path.name}: the role id `{role.id}` is taken by another file. Give each role its own id."
            )
        documents.append(document)
        roles.append(role)
    for path in _files(folder / "tables", (".yaml", ".yml")):
        document, table = read_table(read_text(path, path.name), _name(path, folder), path.parent)
        documents.append(document)
        tables.append(table)
    for path in _files(folder / "articles", (".md",)):
        documents.append(_with_roles(read_article(read_text(path, path.name), _name(path, folder)), roles))
    if not documents:
        raise CorpusError(
            f"{folder}: no roles, tables or articles in it. Put files there, or point ROLEWISE_CORPUS elsewhere."
        )
    for document in documents:
        for passage in document.passages:
            unknown = set(passage.aspects) - known
            if unknown:
                raise CorpusError(
                    f"{document.path}: the aspect `{sorted(unknown)[0]}` is not in vocabulary.yaml. Correct it, or add it there."
                )
    return Corpus(vocabulary, tuple(documents), tuple(roles), tuple(tables))


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterable[Path]:
    return sorted(p for p in folder.glob("*") if p.suffix in suffixes and p.is_file()) if folder.is_dir() else ()


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _vocabulary(folder: Path) -> Vocabulary:
    path = folder / "vocabulary.yaml"
    if not path.is_file():
        raise CorpusError(f"{folder}: vocabulary.yaml is missing. Copy the shipped one and adapt it.")
    file = read_yaml(read_text(path, path.name), path.name, VocabularyFile)
    aspects = tuple(Aspect(a.id, a.name, tuple(a.words), tuple(a.within)) for a in file.aspects)
    return Vocabulary(file.about, aspects, {item: tuple(words) for item, words in file.synonyms.items()})


def _with_roles(document: Document, roles: list[Role]) -> Document:
    """Mark the passages of an article that name roles by title or alias, in the text or its headings."""

    def marked(passage: Passage) -> Passage:
        own = mentions_of(passage.text, roles) or mentions_of(" > ".join(passage.section[1:]), roles)
        return replace(passage, roles=own)

    return replace(document, passages=tuple(marked(p) for p in document.passages))
