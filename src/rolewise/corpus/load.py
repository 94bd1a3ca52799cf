"""From a folder of files to a Corpus, and the person's own documents beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from rolewise.corpus.kept import KeptArticles
from rolewise.corpus.model import Aspect, Corpus, Document, ExampleQuestion, Passage, Role, Saying, Vocabulary
from rolewise.corpus.names import mentions_of, names_of
from rolewise.corpus.questions import with_questions
from rolewise.corpus.role_file import read_role
from rolewise.corpus.schema import AsksFile, SaysFile, VocabularyFile, read_text, read_yaml
from rolewise.corpus.table_file import read_table
from rolewise.errors import CorpusError
from rolewise.settings import Settings


def corpus_of(settings: Settings) -> Corpus:
    """The corpus that the settings name; its articles are kept as they were parsed. Raises as `load_corpus` does."""
    return load_corpus(settings.corpus, settings.own_documents, settings.parsed_articles)


def load_corpus(folder: Path, own: Path | None = None, kept: Path | None = None) -> Corpus:
    """Read every file of a corpus folder: roles/*.yaml, tables/*.yaml, articles/*.md, vocabulary.yaml,
    asks.yaml, says.yaml and questions.yaml.

    `own` is the folder of the person's own documents: the same layout, without a vocabulary; it need not exist. A file
    of it that is broken is set aside and named in `Corpus.warnings`; one of `folder` raises CorpusError, which names
    the file, the line or field, and the fix.

    `kept` is a file of this corpus alone, in which articles are kept as they were parsed, for the next time (`kept.py`).
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: there is no such corpus folder. Set ROLEWISE_CORPUS to one that exists.")
    sources, warnings = _Sources(Corpus(_vocabulary(folder), (), (), ()), KeptArticles(kept)), []
    for path in _files(folder):
        sources.add(read_text(path, path.name), path.relative_to(folder).as_posix(), path.parent)
    if not sources.documents:
        raise CorpusError(
            f"{folder}: no roles, tables or articles in it. Put files there, or point ROLEWISE_CORPUS elsewhere."
        )
    for path in _files(own) if own else ():
        try:
            sources.add(read_text(path, path.name), own_name(path), path.parent)
        except CorpusError as error:
            warnings.append(f"{path} was set aside, the other sources are used. {error}")
    sources.articles.keep()
    corpus = sources.corpus()
    corpus = replace(corpus, documents=_with_roles(corpus.documents, corpus.roles), warnings=tuple(warnings))
    return with_questions(corpus, folder)


def own_name(path: Path) -> str:
    """How an own file is called in the corpus: `own/articles/leave.md`."""
    return f"own/{path.parent.name}/{path.name}"


def check_text(text: str, name: str, corpus: Corpus, folder: Path | None = None) -> Document:
    """The document that an own file of this text would be beside `corpus`; `name` as `own_name` gives it.

    Raises CorpusError naming the line or field and the fix.
    """
    return _Sources(corpus, KeptArticles()).add(text, name, folder)


def check_file(path: Path, folder: Path, own: Path) -> Document:
    """Validate one file, wherever it lies, as if it stood beside the corpus of `folder` and the own documents.

    Raises CorpusError naming the line or field and the fix.
    """
    if path.suffix not in (".md", ".yaml", ".yml"):
        raise CorpusError(f"{path.name}: not a corpus file. `rolewise add` takes other documents in.")
    corpus = load_corpus(folder, own)
    others = tuple(d for d in corpus.documents if not _is_at(d, path, folder, own))
    text = read_text(path, path.name)
    kind = "articles" if path.suffix == ".md" else "tables" if re.search(r"^columns:", text, re.M) else "roles"
    return check_text(text, f"own/{kind}/{path.name}", replace(corpus, documents=others), path.parent)


def _is_at(document: Document, path: Path, folder: Path, own: Path) -> bool:
    place = own / document.path.removeprefix("own/") if document.own else folder / document.path
    return place.resolve() == path.resolve()


class _Sources:
    """The documents of a corpus while it is read, one file after the other."""

    def __init__(self, corpus: Corpus, articles: KeptArticles) -> None:
        self._corpus = corpus
        self.articles = articles
        self.documents = dict(corpus.document)
        self._roles, self._tables = list(corpus.roles), list(corpus.tables)
        self._aspects = {a.id for a in corpus.vocabulary.aspects}

    def add(self, text: str, name: str, folder: Path | None = None) -> Document:
        """One file more. Raises CorpusError, also where the file's id is taken, and then changes nothing."""
        kind, role, table = name.split("/")[-2], None, None
        if kind == "roles":
            document, role = read_role(text, name, self._corpus.vocabulary)
        elif kind == "tables":
            document, table = read_table(text, name, folder)
        else:
            document = self.articles.read(text, name)
        if document.id in self.documents:
            what, _, taken = document.id.partition(":")
            called = f"the role id `{taken}`" if what == "role" else f"the name `{taken}`"
            raise CorpusError(f"{name}: {called} is taken by another file. Give each {what} its own id.")
        for passage in document.passages:
            if not self._aspects.issuperset(passage.aspects):
                unknown = set(passage.aspects) - self._aspects
                raise CorpusError(
                    f"{document.path}: the aspect `{sorted(unknown)[0]}` is not in vocabulary.yaml. Correct it, or add it there."
                )
        self.documents[document.id] = document = replace(document, own=name.startswith("own/"))
        self._roles += [role] if role else []
        self._tables += [table] if table else []
        return document

    def corpus(self) -> Corpus:
        documents = tuple(self.documents.values())
        return replace(self._corpus, documents=documents, roles=tuple(self._roles), tables=tuple(self._tables))


def _files(folder: Path) -> Iterator[Path]:
    """The role files, tables and articles under a corpus folder, in that order, each kind by name."""
    for kind, suffixes in (("roles", (".yaml", ".yml")), ("tables", (".yaml", ".yml")), ("articles", (".md",))):
        if (folder / kind).is_dir():
            yield from sorted(p for p in (folder / kind).glob("*") if p.suffix in suffixes and p.is_file())


def _vocabulary(folder: Path) -> Vocabulary:
    path = folder / "vocabulary.yaml"
    if not path.is_file():
        raise CorpusError(f"{folder}: vocabulary.yaml is missing. Copy the shipped one and adapt it.")
    file = read_yaml(read_text(path, path.name), path.name, VocabularyFile)
    aspects = tuple(Aspect(a.id, a.name, tuple(a.words), tuple(a.within)) for a in file.aspects)
    synonyms = {item: tuple(words) for item, words in file.synonyms.items()}
    return Vocabulary(file.about, aspects, synonyms, _asks(folder, {a.id for a in aspects}), _says(folder))


def _asks(folder: Path, known: set[str]) -> tuple[ExampleQuestion, ...]:
    path = folder / "asks.yaml"
    if not path.is_file():
        return ()
    file = read_yaml(read_text(path, path.name), path.name, AsksFile)
    if unknown := sorted(set(file.asks) - known):
        raise CorpusError(
            f"{path.name}: the aspect `{unknown[0]}` is not in vocabulary.yaml. Correct it, or add it there."
        )
    found = [ExampleQuestion(text, aspect=aspect) for aspect, asks in file.asks.items() for text in asks]
    found += [ExampleQuestion(text, item=item) for item, asks in file.items.items() for text in asks]
    return (*found, *(ExampleQuestion(text) for text in file.elsewhere))


def _says(folder: Path) -> tuple[Saying, ...]:
    path = folder / "says.yaml"
    if not path.is_file():
        return ()
    file = read_yaml(read_text(path, path.name), path.name, SaysFile)
    found = [Saying(text, item) for item, entry in file.says.items() for text in entry.liked]
    found += [Saying(text, item, False) for item, entry in file.says.items() for text in entry.against]
    return (*found, *(Saying(text) for text in file.silent))


def _with_roles(documents: Iterable[Document], roles: Iterable[Role]) -> tuple[Document, ...]:
    """Mark the passages of articles that name roles by title or alias, in the text or its headings."""
    names, headed = names_of(roles), dict[tuple[str, ...], tuple[str, ...]]()

    def marked(passage: Passage) -> Passage:
        section = passage.section
        if section not in headed:
            headed[section] = mentions_of(" > ".join(section[1:]), names)
        own = mentions_of(passage.text, names) or headed[section]
        return replace(passage, roles=own) if own else passage

    return tuple(replace(d, passages=tuple(map(marked, d.passages))) if d.kind == "article" else d for d in documents)
