"""Giving memory back to the system."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return what has been freed but is still held by this process, some 30 MB after loading; elsewhere than on glibc, nothing.

    Loading parses and unpacks a good deal that is not needed afterwards, and the C library keeps it for later.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)
