"""Opening a tab while the advisor may still be loading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from rolewise.web.citing import nothing
from rolewise.web.opening import Opening

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def on_opening(opening: Opening, outputs: int, draw: Callable[..., tuple[Any, ...]]) -> Callable[..., Iterator[Any]]:
    """A handler for a tab's `select`: what is waited for or what went wrong in the last output, then what `draw` gives.

    `draw` returns as many values as there are `outputs`.
    """
    rest = [gr.skip()] * (outputs - 1)

    def opened(*values: Any) -> Iterator[Any]:
        for word in opening.words():
            yield (*rest, nothing(word))
        yield (*rest, nothing(opening.failure)) if opening.failure else draw(*values)

    return opened
