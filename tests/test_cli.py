"""The command line: what each command prints, and its exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.main

from conftest import ROOT, Ran, rolewise_process, with_index
from fault_home import NURSING
from rolewise import __version__
from rolewise.cli import app
from rolewise.corpus import Corpus, load_corpus
from rolewise.settings import Settings
from weights_fixture import ensure_weights, test_home

Run = Callable[..., Ran]
PHD = "Do I need a PhD to become a lead?"
AWS = "Which role needs AWS?"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
EXPECTED = {
    "ask",
    "chat",
    "serve",
    "index",
    "setup",
    "sources",
    "check",
    "eval",
    "add",
    "remove",
    "new-role",
    "mcp",
    "password",
    "doctor",
}


@pytest.fixture
def ask_settings(home: Path) -> dict[str, object]:
    return {"home": home, "model": "none"}


def test_ask_prints_the_answer_with_its_sources(rolewise: Run, ask_settings: dict[str, object]) -> None:
    ran = rolewise("ask", PHD, **ask_settings)
    assert ran.code == 0
    answer, sources = ran.out.split("\nSources\n")
    assert answer.startswith("No") and "[1]" in answer
    assert (
        '[1] "For a Lead Machine Learning Engineer, a Ph.D. in Computer Science or a related field is preferred."'
        in sources
    )
    assert "Lead Machine Learning Engineer vs. Machine Learning Software Engineer, " in sources
    assert "(ai-jobs.net, 2023-12-06)" in sources
    assert ran.err == ""


def test_quotes_around_the_question_are_optional(rolewise: Run, ask_settings: dict[str, object]) -> None:
    assert rolewise("ask", *AWS.split(), **ask_settings) == rolewise("ask", AWS, **ask_settings)


def test_a_declined_question_is_no_fault(rolewise: Run, ask_settings: dict[str, object]) -> None:
    ran = rolewise("ask", "What is the capital of France?", **ask_settings)
    assert ran.code == 0
    assert "The sources don't say" in ran.out and "You could also ask" in ran.out
    assert "\nSources\n" not in ran.out


def test_ask_json_is_the_contract_on_standard_output_alone(rolewise: Run, ask_settings: dict[str, object]) -> None:
    ran = rolewise("ask", "--json", AWS, **ask_settings)
    assert ran.code == 0
    answer = json.loads(ran.out)
    keys = "id question standalone_question status answer citations suggestions model drafted timings".split()
    assert [key for key in answer if key != "notices"] == keys
    assert answer["status"] == "answered" and answer["answer"].startswith("The Lead Machine Learning Engineer")
    assert ran.err == ""


def test_jsonl_answers_every_row_in_order_whatever_the_rows_are(home: Path) -> None:
    rows = [
        '{"id": "a", "question": "Which role needs AWS?"}',
        "not json",
        "",
        '{"id": 7, "turns": ["Compare the skills of the two roles", "and the education?"]}',
        '{"id": "no question"}',
        '{"id": "empty", "question": "  "}',
        '{"id": "wrong kind", "question": 5}',
        '{"id": "no turns", "turns": []}',
        '{"id": "bad turn", "turns": ["a", null]}',
        "[1, 2]",
        "null",
        "[" * 100_000,
        '{"id": ' + "9" * 5000 + ', "question": "x"}',
        '{"id": "half a pair \\ud800", "question": "Which role needs AWS? \\ud800"}',
        '{"question": "Which role needs Java?"}',
        '{"id": "long", "question": "' + "x" * 100_000 + '"}',
        '{"id": "last", "question": "What is the capital of France?"}',
    ]
    ran = rolewise_process("ask", "--jsonl", stdin="\n".join(rows), home=home, model="none")
    assert (ran.code, ran.err) == (0, "")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    ids = ["a", None, 7, "no question", "empty", "wrong kind", "no turns", "bad turn", None, None, None, None,
           "half a pair \ud800", ..., "long", "last"]  # fmt: skip
    assert [a["id"] for a, i in zip(answers, ids, strict=True) if i is not ...] == [i for i in ids if i is not ...]
    faults = {number: a["error"] for number, a in enumerate(answers) if "error" in a}
    assert sorted(faults) == [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14]
    assert "line 2 is not JSON" in faults[1]
    assert 'line 5 needs "question": a text, or "turns"' in faults[3]
    assert "empty" in faults[4] and "characters" in faults[14]
    assert answers[0]["answer"].startswith("The Lead Machine Learning Engineer")
    assert "Software Engineering" in answers[2]["answer"] and answers[2]["question"] == "and the education?"
    assert "Java" in answers[13]["answer"] and answers[13]["id"]
    assert answers[15]["status"] == "not_in_sources"


def test_chat_keeps_the_conversation_and_ends_at_an_empty_line(rolewise: Run, ask_settings: dict[str, object]) -> None:
    stdin = "Which languages does the lead need?\nand the other one?\n\nWhich role needs AWS?\n"
    ran = rolewise("chat", stdin=stdin, **ask_settings)
    assert ran.code == 0
    _, first, second, *rest = ran.out.split("\n> ")
    assert "Python or R" in first and "Java" not in first
    assert "Python or Java" in second
    assert not any("AWS" in said for said in rest)


def test_chat_ends_well_at_the_end_of_a_pipe(rolewise: Run, ask_settings: dict[str, object]) -> None:
    ran = rolewise("chat", stdin=AWS, **ask_settings)
    assert ran.code == 0
    assert "The Lead Machine Learning Engineer" in ran.out


def test_index_says_what_it_changed(rolewise: Run, encoder: Path, tmp_path: Path) -> None:
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    nursing = {"home": tmp_path, "corpus": ROOT / "examples" / "nursing"}
    size = len(load_corpus(nursing["corpus"]).passages)
    counts = r"added (\d+), removed (\d+), unchanged (\d+), \d+\.\d seconds"
    first, second = rolewise("index", **nursing), rolewise("index", **nursing)
    rebuilt = rolewise("index", "--rebuild", **nursing)
    for ran, wanted in ((first, (size, 0, 0)), (second, (0, 0, size)), (rebuilt, (size, 0, 0))):
        said = re.search(counts, ran.out)
        assert said and tuple(map(int, said.groups())) == wanted, ran
        assert (ran.code, str(tmp_path / "index") in ran.out) == (0, True)


def test_index_rebuild_mends_a_damaged_index(rolewise: Run, encoder: Path, tmp_path: Path) -> None:
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    nursing = {"home": tmp_path, "corpus": ROOT / "examples" / "nursing"}
    index = Settings(**nursing).index_folder
    index.mkdir()
    (index / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    ran = rolewise("index", "--rebuild", **nursing)
    assert f"added {len(load_corpus(nursing['corpus']).passages)}," in ran.out and "The index was damaged" in ran.err
    asked = rolewise("ask", "Which role needs a licence?", model="none", **nursing)
    assert (asked.code, asked.err) == (0, "")


def test_sources_lists_every_document(rolewise: Run, corpus: Corpus, tmp_path: Path) -> None:
    shown, ran = rolewise("sources", home=tmp_path), rolewise("sources", "--json", home=tmp_path)
    assert (shown.code, ran.code) == (0, 0)
    rows = json.loads(ran.out)
    assert [row["source_id"] for row in rows] == [d.id for d in corpus.documents]
    for row, document in zip(rows, corpus.documents, strict=True):
        assert row["title"] == document.provenance.title and row["passages"] == len(document.passages)
        assert row["publisher"] and row["published"] and row["licence"]
        assert document.path in shown.out


def test_check_counts_a_good_folder_and_names_the_fault_of_a_bad_one(
    rolewise: Run, corpus: Corpus, corpus_copy: Path
) -> None:
    good = rolewise("check", str(corpus_copy))
    assert good.code == 0
    assert f"{len(corpus.documents)} documents, {len(corpus.roles)} roles, {len(corpus.passages)} passages" in good.out
    (corpus_copy / "roles" / "new.yaml").write_text("id: new\n", encoding="utf-8")
    bad = rolewise("check", str(corpus_copy))
    assert (bad.code, bad.out) == (1, "")
    assert "new.yaml: the field `title` is missing: add it" in bad.err
    assert rolewise("check", corpus=corpus_copy, home=corpus_copy / "home") == bad


def test_version_and_help(rolewise: Run) -> None:
    assert rolewise("--version") == Ran(0, f"rolewise {__version__}\n", "")
    ran = rolewise("--help")
    assert ran.code == 0
    assert set(COMMANDS) >= EXPECTED
    for name in COMMANDS:
        assert re.search(rf"^\W*{name}\s+\w", ran.out, re.M), f"{name} is not listed in --help"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(rolewise: Run, name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", "") or "--help" in parameter.opts, parameter.name
    ran = rolewise(name, "--help")
    assert ran.code == 0
    assert " ".join(command.help.splitlines()[0].split()) in " ".join(ran.out.split())
    for parameter in command.params:
        assert all(option in ran.out for option in parameter.opts if option.startswith("--"))


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (("ask",), {}, "No question given. Try: rolewise ask"),
        (("ask", "--jsonl", "x"), {}, "--jsonl reads its questions from standard input"),
        (("ask", "--jsonl", "--json"), {}, "--jsonl reads its questions from standard input"),
        (("ask", "--jsom", "x"), {}, "--jsom"),
        (("aks", "x"), {}, "aks"),
        (("serve", "--port", "0"), {}, "--port"),
        (("serve", "--port", "many"), {}, "--port"),
        (("sources",), {"model_timeout_s": "soon"}, "ROLEWISE_MODEL_TIMEOUT_S is wrong"),
        (("sources",), {"model_timeout_s": "-1"}, "ROLEWISE_MODEL_TIMEOUT_S is wrong"),
        (("sources",), {"model_threads": "two"}, "ROLEWISE_MODEL_THREADS is wrong"),
        (("ask", "x"), {"model_threads": "two"}, "ROLEWISE_MODEL_THREADS is wrong"),
        (("sources",), {"modle": "none"}, "no setting ROLEWISE_MODLE. Did you mean ROLEWISE_MODEL?"),
    ],
)
def test_wrong_usage_ends_with_2_and_names_what_is_wrong(
    rolewise: Run, arguments: tuple[str, ...], settings: dict[str, object], said: str
) -> None:
    ran = rolewise(*arguments, **settings)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_no_command_at_all_shows_the_help(rolewise: Run) -> None:
    ran = rolewise()
    assert ran.code in (0, 2)
    assert all(name in ran.out + ran.err for name in EXPECTED)


@pytest.mark.parametrize("arguments", [("ask", AWS), ("sources",), ("index",), ("check",)])
def test_an_unknown_corpus_folder_ends_with_1_and_the_fix(
    rolewise: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ran = rolewise(*arguments, corpus=tmp_path / "nowhere", home=tmp_path, model="none")
    assert (ran.code, ran.out) == (1, "")
    assert "nowhere: there is no such corpus folder. Set ROLEWISE_CORPUS to one that exists." in ran.err


def test_a_home_that_cannot_be_written_ends_with_1_and_the_fix(rolewise: Run, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands here")
    ran = rolewise("ask", AWS, home=tmp_path / "home", model="none")
    assert (ran.code, ran.out) == (1, "")
    assert "corpus files are untouched" in ran.err and "ROLEWISE_HOME" in ran.err


@pytest.mark.parametrize("model", ["/nowhere/model.gguf", "nonsense", "built-in"])
def test_a_missing_model_costs_a_notice_and_never_the_answer(
    rolewise: Run, home: Path, tmp_path: Path, model: str
) -> None:
    with_index(Settings(home=tmp_path), home)
    ran = rolewise("ask", AWS, home=tmp_path, model=model)
    assert ran.code == 0
    assert ran.out.startswith("The Lead Machine Learning Engineer")
    assert "\nNote: " in ran.out and "the sources' own words" in ran.out


@pytest.mark.parametrize("before", [True, False])
def test_another_corpus_is_picked_on_either_side_of_the_command(rolewise: Run, home: Path, before: bool) -> None:
    option = ("--corpus", str(ROOT / "examples" / "nursing"))
    command = ("sources", "--json")
    ran = rolewise(*option, *command, home=home) if before else rolewise(*command, *option, home=home)
    assert ran.code == 0 and "role:ward-nurse" in ran.out
    assert "role:ward-nurse" not in rolewise(*command, home=home).out


def test_corpora_have_an_index_each(home: Path, corpus_copy: Path) -> None:
    assert Settings(home=home).index_folder != Settings(home=home, corpus=corpus_copy).index_folder


def test_after_setup_the_first_start_has_nothing_to_embed(tmp_path: Path, encoder: Path) -> None:
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    weights = ensure_weights(test_home())
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / weights.name).symlink_to(weights)
    assert rolewise_process("setup", home=tmp_path, corpus=NURSING).code == 0
    made = sorted(path.name for path in tmp_path.glob("index*/*.npy"))
    assert made
    assert rolewise_process("ask", "Do nurses work at night?", home=tmp_path, corpus=NURSING, model="none").code == 0
    assert sorted(path.name for path in tmp_path.glob("index*/*.npy")) == made
