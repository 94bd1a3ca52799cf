"""Giving memory back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def give_back() -> None:
    """Return what has been freed but is still held by this process, some 30 MB after loading; elsewhere than on glibc, nothing.

    Loading parses and unpacks a good deal that is not needed afterwards, and the C library keeps it for later.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)


@contextmanager
def uncollected() -> Iterator[None]:
    """While much is imported, and nearly all of it stays: Python looks for none of it that could be freed, a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
