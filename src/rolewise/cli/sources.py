"""The commands on what answers stand on: index, sources, check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rolewise.cli.terminal import OUT, Bar, chosen_settings, say, warn
from rolewise.errors import CorpusError

if TYPE_CHECKING:
    from rolewise.settings import Settings


def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Empty the index first and embed everything anew.")
    ] = False,
) -> None:
    """Bring the index in step with the corpus and your own documents."""
    settings = chosen_settings()
    sync(settings, rebuild)


def sync(settings: Settings, rebuild: bool = False) -> None:
    """Read corpus and own documents, bring the index in step, and say what changed."""
    from rolewise.corpus import corpus_of
    from rolewise.index import MiniLM, open_index

    corpus = corpus_of(settings)
    warn(corpus)
    store = open_index(settings, MiniLM(settings.encoder_folder), say)
    with Bar("Embedding passages") as bar:
        report = store.rebuild(corpus, bar) if rebuild else store.sync(corpus, bar)
    OUT.print(
        f"added {report.added}, removed {report.removed}, unchanged {report.unchanged}, {report.seconds:.1f} seconds "
        f"({store.place})",
        markup=False, soft_wrap=True,
    )  # fmt: skip


def list_sources(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """List what answers stand on: title, publisher, date, licence, passages; your own documents are marked."""
    from rolewise.corpus import load_corpus
    from rolewise.corpus.listing import row_of

    settings = chosen_settings()
    corpus = load_corpus(settings.corpus, settings.own_documents)
    rows = [row_of(document) for document in corpus.documents]
    warn(corpus)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table("Title", "Kind", "Publisher", "Published", "Passages", "Own", box=None, pad_edge=False)
    table.add_column("File", overflow="fold")  # a name to type: it is never cut short
    for row in rows:
        shown = {**row, "own": "own" if row["own"] else ""}
        table.add_row(
            *(Text(str(shown[k])) for k in ("title", "kind", "publisher", "published", "passages", "own", "path"))
        )
    OUT.print(table)


def check(
    path: Annotated[
        Path | None,
        typer.Argument(help="A corpus folder, or one file of it; the configured corpus and your own by default."),
    ] = None,
) -> None:
    """Validate the corpus and your own documents, a folder, or a file, and say what to mend."""
    from rolewise.corpus import check_file, check_questions, load_corpus

    settings = chosen_settings()
    if path is not None and path.is_file():
        document = check_file(path, settings.corpus, settings.own_corpus)
        OUT.print(f"{path}: {len(document.passages)} passages, valid", markup=False, soft_wrap=True)
        return
    everything = path is None or path.resolve() == settings.own_corpus.resolve()
    corpus = load_corpus(settings.corpus, settings.own_corpus) if everything or path is None else load_corpus(path)
    if corpus.warnings:
        warn(corpus)
        raise CorpusError(f"{len(corpus.warnings)} of your own files to mend, or to take out with `rolewise remove`.")
    check_questions(settings.corpus if path is None or everything else path, corpus)
    own = sum(d.own for d in corpus.documents)
    OUT.print(
        f"{len(corpus.documents)} documents, {len(corpus.roles)} roles, {len(corpus.passages)} passages: all valid"
        + (f" ({own} of the documents your own)" if own else "")
    )
