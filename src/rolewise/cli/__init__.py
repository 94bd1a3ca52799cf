"""The command line: asking and serving here, the other commands in a module a group."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rolewise import __version__
from rolewise.cli import better_model, own, sources
from rolewise.cli.doctor import doctor
from rolewise.cli.evaluate import evaluate
from rolewise.cli.feedback import feedback
from rolewise.cli.terminal import ERR, OUT, Bar, choose, chosen_settings, say
from rolewise.errors import RoleWiseError, UsageError
from rolewise.memory import uncollected

# The advisor, the page and the model are imported inside the commands that use them: they take seconds, `--help` must not.
if TYPE_CHECKING:
    from rolewise.advisor import Advisor, Answer

app = typer.Typer(
    name="rolewise",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="A career advisor you can check: cited answers about roles, from sources on this machine. "
    "Settings are ROLEWISE_* environment variables; see the README.",
)


def main() -> None:
    """Run the command line. Exit code 0, 1 for a fault, 2 for wrong usage."""
    try:
        app(_with_options_first(sys.argv[1:]))
    except UsageError as error:
        ERR.print(f"rolewise: {error}", markup=False)
        sys.exit(2)
    except RoleWiseError as error:
        ERR.print(f"rolewise: {error}", markup=False)
        sys.exit(1)


def _with_options_first(arguments: list[str]) -> list[str]:
    """`rolewise ask --corpus X` as `rolewise --corpus X ask`: the option may stand on either side of the command."""
    for at, argument in enumerate(arguments):
        if argument == "--corpus" and at + 1 < len(arguments):
            return [argument, arguments[at + 1], *arguments[:at], *arguments[at + 2 :]]
        if argument.startswith("--corpus="):
            return [argument, *arguments[:at], *arguments[at + 1 :]]
        if argument == "--":
            break
    return arguments


def _version(wanted: bool) -> None:
    if wanted:
        OUT.print(f"rolewise {__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="The folder of sources, instead of the shipped one.")
    ] = None,
) -> None:
    choose(**({"corpus": corpus} if corpus else {}))


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
    OUT.print("Ask about " + advisor.about + ". An empty line ends the chat.", markup=False)
    history: tuple[str, ...] = ()
    try:
        while message := OUT.input("\n> ").strip():
            try:
                _show(advisor.invoke(Ask(question=message, history=history)))
                history = (*history, message)
            except RoleWiseError as error:
                ERR.print(str(error), markup=False)
    except (EOFError, KeyboardInterrupt):
        OUT.print()
    finally:
        advisor.close()


@app.command()
def setup(
    model: Annotated[
        str | None, typer.Option("--model", help="Fetch only this better model; `list` shows what there is.")
    ] = None,
) -> None:
    """Fetch the built-in model's weights, export the encoder, build the index: afterwards no network is needed."""
    if model is not None:
        better_model.fetch(model)
        return
    from rolewise.index import MiniLM
    from rolewise.weights import fetch_weights

    settings = chosen_settings()
    path = fetch_weights(settings, lambda text: ERR.print(text, markup=False))
    OUT.print(f"model weights: {path}", markup=False, soft_wrap=True)
    embedder = MiniLM(settings.encoder_folder)
    embedder.load()
    ERR.print(embedder.notice or "The encoder is ready.", markup=False)
    sources.index(rebuild=False)
    from rolewise.advisor import Advisor

    ERR.print("Preparing the words and questions that sources are found by…", markup=False)
    Advisor(settings.model_copy(update={"model": "none"}), say).load()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
    open_to_anyone: Annotated[
        bool, typer.Option("--open-to-anyone", help="Let whoever reaches another address in, without a password.")
    ] = False,
) -> None:
    """Serve the chat page. An address other than this machine's own needs a password, a token, or --open-to-anyone."""
    from rolewise.access import access_to

    settings = chosen_settings()
    access_to(settings, host, open_to_anyone)  # what is wrong is told before anything is loaded

    with uncollected():
        from rolewise.advisor import Advisor
        from rolewise.web import serve as serve_page

    advisor = Advisor(settings, say)
    serve_page(settings, advisor, host=host, port=port, open_browser=not no_browser, open_to_anyone=open_to_anyone)


@app.command()
def password(
    token: Annotated[bool, typer.Option("--token", help="Make a token for programs instead.")] = False,
) -> None:
    """Ask for a password and print the ROLEWISE_PASSWORD_HASH that keeps it, which nobody can turn back."""
    from rolewise.access import hashed, new_token

    if token:
        made, kept = new_token()
        ERR.print("Programs send the first line; ROLEWISE_TOKEN may hold it, or the second in its place.", markup=False)
        print(made)
        print(kept)
        return
    typed = sys.stdin.isatty()
    said = (
        typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True) if typed else sys.stdin.readline()
    )
    print(hashed(said.rstrip("\r\n")))


@app.command()
def mcp() -> None:
    """Serve the tools ask, compare_roles and list_sources to a program that speaks MCP, over standard input and output."""
    from rolewise.mcp_server import serve_mcp

    serve_mcp(chosen_settings(), __version__)


app.command()(sources.index)
app.command("sources")(sources.list_sources)
app.command()(sources.check)
app.command()(own.add)
app.command()(own.remove)
app.command("new-role")(own.new_role)
app.command()(feedback)
app.command()(doctor)
app.command("eval")(evaluate)


def _advisor() -> Advisor:
    with uncollected():
        from rolewise.advisor import Advisor

        advisor = Advisor(chosen_settings(), say)
        with Bar("Embedding passages") as bar:
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

    OUT.print(Markdown(answer.answer.replace("[", "\\[")))
    if answer.citations:
        OUT.print("\nSources", style="bold")
    for c in answer.citations:
        where = f"{c.title}, {c.section} ({c.publisher}, {c.published})"
        OUT.print(f'[{c.n}] "{c.quote}"', markup=False)
        OUT.print(f"    {where}", markup=False, style="dim")
    for notice in answer.notices:
        OUT.print(f"\nNote: {notice}", markup=False, style="italic")
    if answer.suggestions:
        OUT.print("\nYou could also ask", style="bold")
        for suggestion in answer.suggestions:
            OUT.print(f"  {suggestion}", markup=False)
