"""Importing a library without what it takes along where that is installed, and goes without where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(package: str) -> Iterator[None]:
    """While libraries are imported that can do without `package`: it is as if it were not installed, unless it is there already."""
    hidden = package not in sys.modules
    if hidden:
        sys.modules[package] = None  # type: ignore[assignment]  # what makes importing it an ImportError
    try:
        yield
    finally:
        if hidden:
            del sys.modules[package]
