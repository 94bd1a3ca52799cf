"""The one endpoint for programs, with its types for Gradio's API page and clients."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from rolewise.advisor import Answer


def documented(ask: Callable[..., Iterator[dict[str, Any]]]) -> Callable[..., Iterator[dict[str, Any]]]:
    """`ask` with the signature that Gradio documents: it takes a generator's return type for what each step gives."""

    @functools.wraps(ask)
    def endpoint(*values: Any, **named: Any) -> Iterator[dict[str, Any]]:
        yield from ask(*values, **named)

    endpoint.__signature__ = inspect.signature(ask).replace(return_annotation=Answer)  # type: ignore[attr-defined]
    return endpoint
