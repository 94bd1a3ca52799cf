"""Suites of other corpora (`evals/suites.yaml`): how answers do where no rule was written for the corpus.

A suite is a golden file, and a corpus: the shipped one or another folder, with files added. It is asked on a copy, with an
index of its own and without a model, so nothing of the main run changes and nothing of it helps.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from rolewise.corpus.schema import read_text, read_yaml
from rolewise.errors import CorpusError, UsageError
from rolewise.evaluation.figures import Figures, by, figures
from rolewise.evaluation.golden import GoldenRow, read_golden
from rolewise.evaluation.results import Judged, judge
from rolewise.evaluation.support import Grader
from rolewise.evaluation.systems import Observed
from rolewise.settings import Settings, shipped_corpus


class Suite(BaseModel):
    """One entry of the file. `corpus` None is the shipped one; `add` copies a file into a folder of the corpus."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[\w-]+$")
    golden: Path
    corpus: Path | None = None
    add: dict[Path, str] = {}

    def rows(self, split: str) -> list[GoldenRow]:
        """The golden rows of a split, or of `all`. Raises UsageError for a broken file."""
        return [r for r in read_golden(self.golden) if split in ("all", r.split)]


class SuiteResult(BaseModel):
    """What a suite came to. `figures`: by split (`dev`), and for the development split by category (`dev/fact`)."""

    model_config = ConfigDict(frozen=True)

    golden: str
    """The golden file's name and the first characters of its SHA-256."""
    roles: int
    passages: int
    figures: dict[str, Figures]
    marked: tuple[Judged, ...] = ()
    """The development rows with a fault or an unsupported sentence; nothing is kept of a test row."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    suites: list[Suite]


def read_suites(path: Path) -> tuple[Suite, ...]:
    """The suites of a file, its paths resolved from its folder; none if there is no file. Raises UsageError."""
    if not path.is_file():
        return ()
    try:
        listed = read_yaml(read_text(path, path.name), path.name, _File).suites
    except CorpusError as error:
        raise UsageError(f"{path} is no list of suites ({error}). Correct it, or remove it to run without.") from error
    if len({s.name for s in listed}) < len(listed):
        raise UsageError(f"{path} gives two suites the same name. Name each its own and run again.")
    found = tuple(_resolved(s, path.parent) for s in listed)
    named = [p for s in found for p in (s.golden, *([s.corpus] if s.corpus else []), *s.add)]
    if missing := [str(p) for p in named if not p.exists()]:
        raise UsageError(f"{path} names what is not there: {', '.join(missing)}. Correct it, or remove the suite.")
    return found


def ask(suite: Suite, split: str, settings: Settings, progress: Callable[[int], None] = lambda done: None) -> SuiteResult:  # fmt: skip
    """Ask every row of `split` of a fresh advisor. Raises CorpusError where the added files do not fit the corpus."""
    judged = []
    with tempfile.TemporaryDirectory(prefix="rolewise-suite-", ignore_cleanup_errors=True) as folder:
        corpus = _corpus_of(suite, Path(folder) / "corpus")
        here = settings.model_copy(update={"corpus": corpus, "home": Path(folder) / "home", "model": "none"})
        if settings.encoder_folder.is_dir():
            shutil.copytree(settings.encoder_folder, here.encoder_folder)
        advisor = Observed(here)
        try:
            advisor.load()
            grader = Grader(advisor.corpus)
            for done, row in enumerate(suite.rows(split), 1):
                judged.append(judge(row, advisor.ask(row, None), grader))
                progress(done)
            roles, passages = len(advisor.corpus.roles), len(advisor.corpus.passages)
        finally:
            advisor.close()
    dev = [r for r in judged if r.split == "dev"]
    splits = by(judged, "split")
    groups: dict[str, list[Judged]] = {s: splits[s] for s in ("dev", "test") if s in splits}
    groups |= {f"dev/{category}": rows for category, rows in by(dev, "category").items()}
    return SuiteResult(
        golden=f"{suite.golden.name} ({hashlib.sha256(suite.golden.read_bytes()).hexdigest()[:12]})",
        roles=roles,
        passages=passages,
        figures={name: figures(rows) for name, rows in groups.items()},
        marked=tuple(r for r in dev if not r.correct or r.unsupported),
    )


def ask_all(suites: Sequence[Suite], split: str, settings: Settings, progress: Callable[[int], None]) -> dict[str, SuiteResult]:  # fmt: skip
    """Every suite that has rows of `split`, by name; `progress` is given the rows asked so far."""
    found, before = dict[str, SuiteResult](), 0
    for suite in suites:
        if rows := len(suite.rows(split)):
            found[suite.name] = ask(suite, split, settings, lambda done, before=before: progress(before + done))  # type: ignore[misc]
            before += rows
    return found


def _resolved(suite: Suite, folder: Path) -> Suite:
    corpus = folder / suite.corpus if suite.corpus else None
    add = {folder / file: into for file, into in suite.add.items()}
    return suite.model_copy(update={"golden": folder / suite.golden, "corpus": corpus, "add": add})


def _corpus_of(suite: Suite, copy: Path) -> Path:
    """The suite's corpus, copied to `copy` with its files added."""
    shutil.copytree(suite.corpus or shipped_corpus(), copy)
    for file, into in suite.add.items():
        (copy / into).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy / into)
    return copy
