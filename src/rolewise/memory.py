"""Giving memory back to the system, and when Python looks for some that it could free."""

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
    """While much is imported or loaded, nearly all of which stays: Python looks for none of it that could be freed.

    That takes a sixth of a start. What is there at the end is not looked through later either, when a question would wait
    for it; where some of it is to go after all, `collected_again` comes first.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def collected_again() -> None:
    """What `uncollected` left may be freed once nothing uses it any more."""
    gc.unfreeze()
