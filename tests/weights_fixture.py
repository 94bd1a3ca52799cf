"""The built-in weights for tests: fetched once a machine, shared by every run."""

from __future__ import annotations

import os
from pathlib import Path

from rolewise.settings import Settings
from rolewise.weights import fetch_weights


def test_home() -> Path:
    """The folder that tests use as ROLEWISE_HOME where they need the real weights: ROLEWISE_TEST_HOME, or a cache folder."""
    chosen = os.environ.get("ROLEWISE_TEST_HOME")
    return Path(chosen) if chosen else Path.home() / ".cache" / "rolewise-tests"


test_home.__test__ = False  # type: ignore[attr-defined]  # a helper, not a test, wherever it is imported


def ensure_weights(home: Path) -> Path:
    """Fetch the weights into `home` unless they are there and right; return the path of the GGUF file."""
    return fetch_weights(Settings(home=home), lambda _: None)
