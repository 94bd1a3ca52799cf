"""Seconds to the first checked word and to the whole answer, by form of question, beside the tutorial chain's."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from itertools import cycle, islice
from pathlib import Path

from bench.suite.figure import Figure, Goal

from rolewise.evaluation.golden import GoldenRow, read_golden
from rolewise.evaluation.sample import stratified
from rolewise.evaluation.systems import Observed, Tutorial
from rolewise.models import open_model
from rolewise.settings import load_settings

EVALS = Path(__file__).parents[2] / "evals"
GOLDEN = ("golden.jsonl", "golden-more.jsonl", "golden-fresh.jsonl")
FIRST, WHOLE, FOUND = Goal("ratio", 1 / 8), Goal("ratio", 1 / 4), Goal("p95", 40.0)
WAYS = {"none": "default (no model)", "built-in": "built-in model", "tutorial": "tutorial chain"}


def measure(quick: bool) -> list[Figure]:
    """Development questions only. None has been asked before by the advisor that is timed, so no cache can hold its answer."""
    rows = [row for name in GOLDEN for row in read_golden(EVALS / name) if row.split == "dev"]
    compared = stratified(rows, 24 if quick else 96)
    ids = {row.id for row in compared}
    found, forms = understood([row for row in rows if row.id not in ids], 60 if quick else 400)
    figures = [Figure("answers", "understanding, search and evidence", "ms", tuple(found), goal=FOUND)]
    return figures + beside_tutorial(compared) + [
        Figure("answers", f"… of questions of the form {form}", "ms", tuple(values)) for form, values in sorted(forms.items())
    ]  # fmt: skip


def understood(rows: list[GoldenRow], count: int) -> tuple[list[float], dict[str, list[float]]]:
    """Milliseconds before the first word can be composed: all of them, and by form."""
    advisor = Observed(load_settings(model="none"))
    advisor.load()
    advisor.invoke("Hello")
    every, forms = [], defaultdict(list)
    for row in stratified(rows, count):
        took = advisor.invoke(row.ask).timings.retrieve_s * 1000
        every.append(took)
        forms[form_of(advisor, row)].append(took)
    return every, dict(forms)


def form_of(advisor: Observed, row: GoldenRow) -> str:
    """The form of the first question in the message that is not small talk."""
    forms = [question.form for question, _ in advisor.evidence_for(row.ask)]
    return next((form for form in forms if form != "small_talk"), "small_talk")


def beside_tutorial(rows: list[GoldenRow]) -> list[Figure]:
    """The three ways answer every row; which goes first changes from row to row."""
    plain, worded = Observed(load_settings(model="none")), Observed(load_settings(model="built-in"))
    first: dict[str, dict[str, list[float]]] = {way: defaultdict(list) for way in WAYS}
    whole: dict[str, dict[str, list[float]]] = {way: defaultdict(list) for way in WAYS}
    model = open_model(load_settings(model="built-in"))
    assert model
    try:
        for advisor in (plain, worded):
            advisor.load()
            advisor.invoke("Hello")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            tutorial = Tutorial([d.text for d in plain.corpus.documents], Path(folder), model)
            ask = {
                "none": lambda row: plain.ask(row, None),
                "built-in": lambda row: worded.ask(row, worded.built),
                "tutorial": tutorial.ask,
            }
            for turn, row in enumerate(rows):
                timed = {way: ask[way](row) for way in islice(cycle(WAYS), turn % 3, turn % 3 + 3)}
                form = form_of(plain, row)
                for way, one in timed.items():
                    for kind in ("", form):
                        first[way][kind].append(one.first_s)
                        whole[way][kind].append(one.total_s)
    finally:
        model.close()
        worded.close()
    figures = []
    for way in ("none", "built-in"):
        for kind in ("", *sorted(k for k in first[way] if k)):
            named = f"{WAYS[way]}, {kind or 'all forms'}"
            for what, values, goal in (("first word", first, FIRST), ("whole answer", whole, WHOLE)):
                figures.append(
                    Figure(
                        "answers",
                        f"{what}: {named}",
                        "s",
                        tuple(values[way][kind]),
                        WAYS["tutorial"],
                        tuple(values["tutorial"][kind]),
                        None if kind else goal,
                    )
                )
    return figures
