"""The command line: ask, chat, serve, index, setup, sources, check, eval."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from rolewise import __version__
from rolewise.errors import RoleWiseError, UsageError

# Everything else is imported inside the commands that use it: it takes seconds, `--help` must not.
if TYPE_CHECKING:
    from rolewise.advisor import Advisor, Answer
    from rolewise.settings import Settings

app = typer.Typer(
    name="rolewise",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="A career advisor you can check: cited answers about roles, from sources on this machine. "
    "Settings are ROLEWISE_* environment variables; see the README.",
)
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


def main() -> None:
    """Run the command line. Exit code 0, 1 for a fault, 2 for wrong usage."""
    try:
        app()
    except UsageError as error:
        _err.print(f"rolewise: {error}", markup=False)
        sys.exit(2)
    except RoleWiseError as error:
        _err.print(f"rolewise: {error}", markup=False)
        sys.exit(1)


def _version(wanted: bool) -> None:
    if wanted:
        _out.print(f"rolewise {__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="The question; quotes are optional.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read rows {"id", "question"} or {"id", "turns": [...]} from standard input; write a row for each.',
        ),
    ] = False,
) -> None:
    """Ask one question, or many from standard input with --jsonl."""
    if jsonl and (question or as_json):
        raise UsageError("--jsonl reads its questions from standard input: leave out the question and --json.")
    text = " ".join(question or []).strip()
    if not jsonl and not text:
        raise UsageError('No question given. Try: rolewise ask "How do I get started?"')
    advisor = _advisor()
    try:
        if jsonl:
            for row in _answer_rows(advisor, sys.stdin):
                print(_json_line(row), flush=True)
        else:
            answer = advisor.invoke(text)
            print(answer.model_dump_json(indent=2)) if as_json else _show(answer)
    finally:
        advisor.close()


@app.command()
def chat() -> None:
    """Ask in the terminal, with follow-ups. An empty line or Ctrl-D ends it."""
    from rolewise.advisor import Ask

    advisor = _advisor()
    _out.print("Ask about " + advisor.about + ". An empty line ends the chat.", markup=False)
    history: tuple[str, ...] = ()
    try:
        while message := _out.input("\n> ").strip():
            try:
                _show(advisor.invoke(Ask(question=message, history=history)))
                history = (*history, message)
            except RoleWiseError as error:
                _err.print(str(error), markup=False)
    except (EOFError, KeyboardInterrupt):
        _out.print()
    finally:
        advisor.close()


@app.command()
def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Empty the index first and embed everything anew.")
    ] = False,
) -> None:
    """Bring the index in step with the corpus."""
    from rolewise.corpus import load_corpus
    from rolewise.index import MiniLM, Store

    settings = _settings()
    corpus = load_corpus(settings.corpus)
    store = (Store.anew if rebuild else Store)(settings.index_folder, MiniLM(settings.encoder_folder))
    with _Bar("Embedding passages") as bar:
        report = store.rebuild(corpus, bar) if rebuild else store.sync(corpus, bar)
    _out.print(
        f"added {report.added}, removed {report.removed}, unchanged {report.unchanged}, {report.seconds:.1f} seconds "
        f"({settings.index_folder})",
        markup=False, soft_wrap=True,
    )  # fmt: skip


@app.command()
def setup() -> None:
    """Fetch the built-in model's weights, prepare the encoder and build the index: afterwards no network is needed."""
    from rolewise.index import MiniLM
    from rolewise.weights import fetch_weights

    settings = _settings()
    path = fetch_weights(settings, lambda text: _err.print(text, markup=False))
    _out.print(f"model weights: {path}", markup=False, soft_wrap=True)
    embedder = MiniLM(settings.encoder_folder)
    embedder.load()
    _err.print(embedder.notice or "The encoder is ready.", markup=False)
    index(rebuild=False)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
) -> None:
    """Serve the chat page."""
    from rolewise.advisor import Advisor
    from rolewise.web import serve as serve_page

    settings = _settings()
    serve_page(settings, Advisor(settings), host=host, port=port, open_browser=not no_browser)


@app.command()
def sources(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """List what the corpus holds: title, publisher, date, licence, passages."""
    from rolewise.corpus import load_corpus

    rows = [
        {
            "source_id": d.id, "path": d.path, "kind": d.kind, "title": d.provenance.title, "publisher": d.provenance.publisher,
            "published": d.provenance.published, "retrieved": d.provenance.retrieved, "licence": d.provenance.licence,
            "url": d.provenance.url, "tier": d.provenance.tier, "passages": len(d.passages),
        }
        for d in load_corpus(_settings().corpus).documents
    ]  # fmt: skip
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.table import Table

    table = Table("Title", "Kind", "Publisher", "Published", "Passages", "File", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(str(row[k]) for k in ("title", "kind", "publisher", "published", "passages", "path")))
    _out.print(table)


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A corpus folder; the configured one by default.")] = None,
) -> None:
    """Validate a corpus folder and say what to mend."""
    from rolewise.corpus import load_corpus

    corpus = load_corpus(folder or _settings().corpus)
    _out.print(
        f"{len(corpus.documents)} documents, {len(corpus.roles)} roles, {len(corpus.passages)} passages: all valid"
    )


@app.command("eval")
def evaluate(
    split: Annotated[str, typer.Option(help="dev, test or all; with --fast, dev unless chosen.")] = "",
    golden: Annotated[
        list[Path] | None, typer.Option(help="A file of golden questions; may be repeated. Those of evals/ by default.")
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="A fixed subset without the tutorial chain, for CI.")] = False,
    baseline: Annotated[bool, typer.Option(help="Also run the tutorial chain, on a sample.")] = True,
    baseline_rows: Annotated[int, typer.Option(min=1, help="How many questions the tutorial chain is asked.")] = 48,
    out: Annotated[
        Path | None, typer.Option(help="Folder for report.md, report.json and report.svg: evals/, or none with --fast.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Two report.json: print what got better or worse; run nothing.")
    ] = None,
    designs: Annotated[
        bool, typer.Option("--designs", help="Measure three designs for the model's part instead.")
    ] = False,
    show: Annotated[str, typer.Option(help="`dev`: list the wrong development rows with the reason.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Exit 1 when a figure is beyond evals/thresholds.json.")
    ] = False,
) -> None:
    """Ask the golden questions and report how the answers do, beside other chains."""
    from rolewise.evaluation import command

    if compare:
        print(command.compared(*compare))
        return
    chosen = command.Choice(
        split, tuple(golden or ()), fast, baseline_rows if baseline else 0, out, designs, show, check
    )
    settings = _settings()
    if settings.model == "auto":  # the built-in model's part is what is measured
        settings = settings.model_copy(update={"model": "built-in"})
    with _Bar("Questions") as bar:
        text, failed = command.run(chosen, settings, " ".join(map(str, ["rolewise", *sys.argv[1:]])), bar)
    print(text)
    if failed:
        raise RoleWiseError("Below the thresholds: " + "; ".join(failed) + ".")


def _settings() -> Settings:
    from rolewise.settings import load_settings

    return load_settings()


def _advisor() -> Advisor:
    from rolewise.advisor import Advisor

    settings = _settings()
    advisor = Advisor(settings)
    with _Bar("Embedding passages") as bar:
        advisor.load(bar)
    return advisor


def _answer_rows(advisor: Advisor, lines: Any) -> Iterator[dict[str, Any]]:
    """An answer row for each input row, in order; a bad row gives {"id", "error"} and the rest go on."""
    from rolewise.advisor import Ask

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        ident: Any = None
        try:
            row = json.loads(line)
            ident = row.get("id") if isinstance(row, dict) else None
            turns = _turns(row, number)
            ask = Ask(question=turns[-1], history=tuple(turns[:-1]), id=str(ident) if ident is not None else None)
            yield advisor.invoke(ask).model_dump() | ({"id": ident} if ident is not None else {})
        except (ValueError, RecursionError) as error:  # also an endless number, or ten thousand brackets
            problem = getattr(error, "msg", "") or str(error)
            yield {"id": ident, "error": f"line {number} is not JSON ({problem}): write one object a line."}
        except RoleWiseError as error:
            yield {"id": ident, "error": str(error)}


def _json_line(row: dict[str, Any]) -> str:
    line = json.dumps(row, ensure_ascii=False)
    # Half a surrogate pair, which JSON lets in, cannot be written as UTF-8: then everything is escaped.
    return json.dumps(row) if any("\ud800" <= c <= "\udfff" for c in line) else line


def _turns(row: Any, number: int) -> list[str]:
    if isinstance(row, dict):
        turns = row["turns"] if "turns" in row else [row.get("question")]
        if isinstance(turns, list) and turns and all(isinstance(t, str) for t in turns):
            return turns
    raise UsageError(f'line {number} needs "question": a text, or "turns": a list of texts.')


def _show(answer: Answer) -> None:
    """The answer for a reader in a terminal, its sources below."""
    from rich.markdown import Markdown

    _out.print(Markdown(answer.answer.replace("[", "\\[")))
    if answer.citations:
        _out.print("\nSources", style="bold")
    for c in answer.citations:
        where = f"{c.title}, {c.section} ({c.publisher}, {c.published})"
        _out.print(f'[{c.n}] "{c.quote}"', markup=False)
        _out.print(f"    {where}", markup=False, style="dim")
    for notice in answer.notices:
        _out.print(f"\nNote: {notice}", markup=False, style="italic")
    if answer.suggestions:
        _out.print("\nYou could also ask", style="bold")
        for suggestion in answer.suggestions:
            _out.print(f"  {suggestion}", markup=False)


class _Bar:
    """A progress bar on standard error that appears only when there is something to wait for."""

    def __init__(self, title: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=_err, transient=True)
        self._title = title
        self._task: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __call__(self, done: int, total: int) -> None:
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task(self._title, total=total)
        self._progress.update(self._task, completed=done)

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._progress.stop()


if __name__ == "__main__":
    main()
