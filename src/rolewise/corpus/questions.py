"""`questions.yaml`: for single passages, the questions that they answer, as people put them (after doc2query, Nogueira et al. 2019)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rolewise.corpus.model import Corpus, Document, Passage, PassageQuestion
from rolewise.corpus.schema import AskedEntry, QuestionsFile, read_text, read_yaml
from rolewise.errors import CorpusError

NAME = "questions.yaml"


def with_questions(corpus: Corpus, folder: Path) -> Corpus:
    """The corpus with the questions of the file in `folder`; none where there is no file.

    A table's are made for each of its rows that has the values. Those of a passage that is edited or gone rest until
    `check_questions` names them. Raises CorpusError for a broken file.
    """
    file = _read(folder)
    entries = [(ident, entry) for ident, entry in _entries(file) if ident in corpus.document]
    made = tuple(q for ident, entry in entries for q in _made(entry, ident, corpus))
    return replace(corpus, questions=made, elsewhere=tuple(file.elsewhere))


def check_questions(folder: Path, corpus: Corpus) -> None:
    """Raises CorpusError where the file names a document that is not there, or words that not exactly one passage says."""
    for ident, entry in _entries(_read(folder)):
        document = corpus.document.get(ident)
        if document is None:
            raise CorpusError(f"{NAME}: there is no document `{ident}`. Correct the name, or remove its questions.")
        if document.kind != "table" and (count := len(_meant(entry, document))) != 1:
            raise CorpusError(
                f"{NAME}, {ident}: {count} passages say “{entry.says}”. Give words that exactly one of them says."
            )


def _read(folder: Path) -> QuestionsFile:
    path = folder / NAME
    return read_yaml(read_text(path, NAME), NAME, QuestionsFile) if path.is_file() else QuestionsFile(questions={})


def _entries(file: QuestionsFile) -> list[tuple[str, AskedEntry]]:
    return [(ident, entry) for ident, entries in file.questions.items() for entry in entries]


def _made(entry: AskedEntry, ident: str, corpus: Corpus) -> Iterator[PassageQuestion]:
    table = next((t for t in corpus.tables if t.document_id == ident), None)
    if table is None:
        meant = _meant(entry, corpus.document[ident])
        if len(meant) == 1:
            yield from (PassageQuestion(text, meant[0].id) for text in entry.asked)
        return
    for row in table.rows:
        cells = {**row.notes, **row.values}
        for template in entry.asked:
            if all(name in cells for name in re.findall(r"{(\w+)", template)):
                yield PassageQuestion(template.format(**cells), row.passage.id)


def _meant(entry: AskedEntry, document: Document) -> list[Passage]:
    return [p for p in document.passages if entry.says and entry.says in p.text]
