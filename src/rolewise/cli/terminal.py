"""What the commands share for speaking to a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console

if TYPE_CHECKING:
    from rolewise.corpus import Corpus
    from rolewise.settings import Settings

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)


_options: dict[str, object] = {}


def choose(**options: object) -> None:
    """Settings given as options of the command: they go before the environment's."""
    _options.clear()
    _options.update(options)


def chosen_settings(**overrides: object) -> Settings:
    """The settings; loaded only here, since reading them takes longer than all of `--help`. Raises UsageError."""
    from rolewise.settings import load_settings

    return load_settings(**_options, **overrides)


def warn(corpus: Corpus) -> None:
    """Name the own files that were set aside, on standard error."""
    for warning in corpus.warnings:
        say(warning)


def say(text: str) -> None:
    """A line for people, on standard error: what is waited for, or what was mended."""
    ERR.print(f"rolewise: {text}", markup=False, soft_wrap=True)


class Bar:
    """A progress bar on standard error that appears only when there is something to wait for."""

    def __init__(self, title: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=ERR, transient=True)
        self._title = title
        self._task: Any = None

    def __enter__(self) -> Bar:
        return self

    def __call__(self, done: int, total: int) -> None:
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task(self._title, total=total)
        self._progress.update(self._task, completed=done)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._task is not None:
            self._progress.stop()
