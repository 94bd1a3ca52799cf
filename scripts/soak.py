"""`make soak`: the long forms of the suites that try to break RoleWise, within 20 minutes, and docs/reliability.md from what ran.

    python scripts/soak.py

A test that has not begun when the time is over is left out and named on the page; the exit code is then 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reliability import main as write_page

ROOT = Path(__file__).parents[1]
MOST_S = 20 * 60
LAST_START_S = 17 * 60
"""No test begins after so long; each ends within its own limit."""
SUITES = (
    "test_fault*.py",
    "test_upload_limits.py",
    "test_hostile.py",
    "test_injection.py",
    "test_*server*.py",
    "test_fuzz.py",
)
RESULTS = ROOT / "build" / "soak.xml"


class Clock:
    """Notes what was to run, and ends the run when its time is over."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        names = [f"{Path(item.path).stem}::{item.name}" for item in session.items]
        RESULTS.with_suffix(".planned").write_text("\n".join(names), encoding="utf-8")

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        if time.monotonic() - self._started > LAST_START_S and self.session:
            self.session.shouldstop = "the time is over"

    session: pytest.Session | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        self.session = session


def main() -> int:
    RESULTS.parent.mkdir(exist_ok=True)
    if os.environ.get("ROLEWISE_TEST_SOAK") != "1":
        command = [sys.executable, __file__]
        try:
            return subprocess.run(
                command, env={**os.environ, "ROLEWISE_TEST_SOAK": "1"}, timeout=MOST_S, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            print(
                f"The run was ended after {MOST_S // 60} minutes, in the middle of a test; docs/reliability.md is as it was."
            )
            return 1
    files = [str(path) for suite in SUITES for path in sorted((ROOT / "tests").glob(suite))]
    limits = ["--timeout=480", f"--junitxml={RESULTS}", "-o", "junit_family=xunit1", "-p", "no:cacheprovider"]
    code = pytest.main([*files, *limits], plugins=[Clock()])
    return write_page(RESULTS, ROOT / "docs" / "reliability.md") or int(code)


if __name__ == "__main__":
    sys.exit(main())
