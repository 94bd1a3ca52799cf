"""Resident memory of a serving process after its first answer, and what each part adds to it."""

from __future__ import annotations

import json
import subprocess
import sys

from bench.startup import ROOT, served
from bench.suite.figure import Figure, Goal
from bench.suite.start import BARE, hello_world

MOST_MB = 600.0
PARTS = """
import json, sys
from bench.startup import resident_mb
import os
grown = {}
def step(name, before=[0.0]):
    now = resident_mb(os.getpid())
    grown[name] = now - before[0]
    before[0] = now
step("Python itself")
import gradio
step("gradio, imported")
from rolewise.web import build_app
from rolewise.advisor import Advisor
from rolewise.advisor.loading import parts_of
import rolewise.index
step("RoleWise, LangChain and Chroma, imported")
from rolewise.corpus import load_corpus
from rolewise.index import MiniLM, Store
from rolewise.models import open_model
from rolewise.settings import load_settings
settings = load_settings(model=sys.argv[1])
corpus = load_corpus(settings.corpus, settings.own_documents)
step("the sources")
embedder = MiniLM(settings.encoder_folder)
embedder.embed_query("Is a degree needed?")
step("the encoder, after a question")
store = Store(settings.index_folder, embedder)
store.sync(corpus)
store.nearest(embedder.embed_query("Is a degree needed?"), 96)
step("the index, after a search")
advisor = Advisor(load_settings(model="none"))
advisor._parts = parts_of(corpus, embedder, store, (None, ""), settings, lambda done, total: None)
for answer in advisor.stream("Is a degree needed?"):
    pass
step("the advisor's own data, after an answer")
page = build_app(advisor)
step("the page")
model = open_model(settings)
if model:
    for piece in model.stream([("user", "Say one sentence about work.")], max_tokens=60, deadline_s=60):
        pass
step("the chat model, after a sentence")
print(json.dumps(grown))
"""
NAMES = {"none": "default", "built-in": "built-in model"}


def measure(quick: bool) -> list[Figure]:
    runs = range(1 if quick else 3)
    bare = tuple(bare_mb() for _ in runs)
    figures = [Figure("memory", BARE, "MB", bare)]
    for model, named in NAMES.items():
        resident = tuple(served(ROOT / "src", model)[3] for _ in runs)
        figures.append(Figure("memory", f"serving, {named}", "MB", resident, BARE, bare, Goal("median", MOST_MB)))
    parts = [parts_of("built-in") for _ in runs]
    return figures + [
        Figure("memory", f"part: {name}", "MB", tuple(part[name] for part in parts)) for name in parts[0]
    ]  # fmt: skip


def parts_of(model: str) -> dict[str, float]:
    """What each part adds in one process that loads them one after the other; only the sum tells of the server."""
    told = subprocess.run([sys.executable, "-c", PARTS, model], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    grown: dict[str, float] = json.loads(told.splitlines()[-1])
    return grown


def bare_mb() -> float:
    """Resident memory of a bare Gradio page that has been reached."""
    return hello_world()[2]
