"""Adding and removing own documents in the page: the same as `rolewise add` and `rolewise remove`."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from rolewise.corpus import imports
from rolewise.corpus.imports import Outcome
from rolewise.errors import RoleWiseError
from rolewise.web.citing import capital, nothing
from rolewise.web.markdown import escaped
from rolewise.web.opening import Opening

TYPES = [".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".csv", ".yaml", ".yml"]
NONE_CHOSEN = "Nothing was chosen. Choose in the list what to remove."


class OwnDocuments:
    """The handlers of the Sources tab that change the person's own corpus. Each yields (told, names to remove, list)."""

    def __init__(self, opening: Opening, draw: Callable[[], str]) -> None:
        self._opening = opening
        self._draw = draw
        self._one = threading.Lock()

    @property
    def names(self) -> list[tuple[str, str]]:
        """(title, place) of each own document."""
        folder = self._opening.advisor.settings.own_corpus
        return [(own.title, own.place) for own in imports.own_files(folder)]

    def listed(self) -> Any:
        """The list to remove from, which shows once there is something in it."""
        names = self.names
        return gr.update(choices=names, value=[], visible=bool(names))

    def add(self, uploads: list[str] | None) -> Iterator[tuple[Any, ...]]:
        """Take in the uploaded files, then forget the copies that were uploaded."""
        paths = [Path(u) for u in uploads or []]
        folder = self._opening.advisor.settings.own_corpus

        def work() -> Iterator[Outcome]:
            try:
                yield from imports.add(paths, folder, self._shipped())
            finally:
                for path in paths:
                    forget(path)

        yield from self._changed(work)

    def remove(self, places: list[str] | None) -> Iterator[tuple[Any, ...]]:
        if not places:
            yield nothing(NONE_CHOSEN), gr.skip(), gr.skip()
            return
        folder = self._opening.advisor.settings.own_corpus
        yield from self._changed(lambda: imports.remove(places, folder))

    def _shipped(self) -> Any:
        from rolewise.corpus import load_corpus

        return load_corpus(self._opening.advisor.settings.corpus)

    def _changed(self, work: Callable[[], Iterator[Outcome]]) -> Iterator[tuple[Any, ...]]:
        """Run `work`, telling each outcome as it comes, then bring the index in step with a count of passages."""
        told: list[str] = []
        with self._one:
            try:
                for outcome in work():
                    told.append(_line(outcome))
                    yield _list(told), gr.skip(), gr.skip()
                for done, total in self._renewed():
                    yield _list([*told, f"Indexing: {done} of {total} passages"]), gr.skip(), gr.skip()
            except RoleWiseError as error:
                told.append(escaped(str(error)))
        yield _list(told), self.listed(), self._draw()

    def _renewed(self) -> Iterator[tuple[int, int]]:
        """The advisor renewed in a thread of its own; what it has embedded, of all, meanwhile."""
        steps: queue.Queue[tuple[int, int] | RoleWiseError | None] = queue.Queue()

        def run() -> None:
            try:
                self._opening.advisor.renew(lambda done, total: steps.put((done, total)))
                steps.put(None)
            except RoleWiseError as error:
                steps.put(error)

        threading.Thread(target=run, name="rolewise-renewing", daemon=True).start()
        while (step := steps.get()) is not None:
            if isinstance(step, RoleWiseError):
                raise step
            yield step


def forget(path: Path) -> None:
    """Delete the copy that was uploaded, and the folder that was made for it."""
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def _line(outcome: Outcome) -> str:
    passages = f", {outcome.passages} passage{'' if outcome.passages == 1 else 's'}" if outcome.passages else ""
    note = f" ({outcome.note})" if outcome.note else ""
    name = Path(outcome.file).name
    said = capital(outcome.said) if outcome.status == "failed" else outcome.said
    return escaped(f"{name}: {outcome.status}. {said}{passages}{note}")


def _list(lines: list[str]) -> str:
    return (
        f"<ul class='rw-told' role='status'>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        if lines
        else nothing("Nothing was chosen.")
    )
