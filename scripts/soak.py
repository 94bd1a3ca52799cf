"""`make soak`: the long forms of the suites that try to break RoleWise, within 20 minutes, and docs/reliability.md from what ran.

    python scripts/soak.py

Generated input comes first. Where the run is cut off, by its time or by Ctrl-C, the page is written from what had ended
until then and names what was not reached; the exit code is then 1.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reliability import main as write_page
from reliability import name_of, note

ROOT = Path(__file__).parents[1]
MOST_S = 20 * 60.0
LAST_START_S = 17 * 60.0
"""No test begins after so long; one that still runs at the end is ended and counts as not reached."""
TIDYING_S = 30.0
"""For a test that is ended to stop the servers that it started."""
SUITES = (
    "test_fuzz.py",
    "test_outlived.py",
    "test_fault*.py",
    "test_full*.py",
    "test_upload_limits.py",
    "test_hostile.py",
    "test_injection.py",
    "test_server_index.py",
    "test_away.py",
    "test_chroma_server.py",
)
RESULTS = ROOT / "build" / "soak.jsonl"


class Notes:
    """Notes what is to run, and each test as soon as it has ended, so that it is there whatever happens next."""

    def __init__(self, results: Path) -> None:
        self._results = results
        self._started = time.monotonic()
        self._session: pytest.Session | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._session = session
        note(self._results, planned=[name_of(item.nodeid) for item in session.items])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            said = [[name, value] for name, value in report.user_properties]
            note(self._results, test=name_of(report.nodeid), outcome=report.outcome, said=said)

    def pytest_runtest_logfinish(self) -> None:
        if time.monotonic() - self._started > LAST_START_S and self._session:
            self._session.shouldstop = "the time is over"


def run(files: list[Path], results: Path, most_s: float = MOST_S) -> float:
    """Run the files' tests in a process of their own, and note in `results` what came of them; returns the seconds it took."""
    results.parent.mkdir(exist_ok=True)
    results.unlink(missing_ok=True)
    started = time.monotonic()
    command = [sys.executable, __file__, str(results), *map(str, files)]
    with subprocess.Popen(command, env={**os.environ, "ROLEWISE_TEST_SOAK": "1"}, start_new_session=True) as tests:
        try:
            tests.wait(most_s - TIDYING_S)
        except (subprocess.TimeoutExpired, KeyboardInterrupt) as cut:
            print(f"\nEnding the tests ({'Ctrl-C' if isinstance(cut, KeyboardInterrupt) else 'the time is over'})…")
            ended(tests)
    note(results, seconds=time.monotonic() - started)
    return time.monotonic() - started


def ended(tests: subprocess.Popen[bytes]) -> None:
    """As by Ctrl-C, so that they tidy up; where they do not, with everything that they started."""
    tests.send_signal(signal.SIGINT)
    try:
        tests.wait(TIDYING_S)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        os.killpg(tests.pid, signal.SIGKILL)


def main() -> int:
    if sys.argv[1:]:  # the process of the tests
        results, *files = sys.argv[1:]
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it runs in the background ignore it
        limits = ["--timeout=480", "-p", "no:cacheprovider", "--durations=20"]
        return int(pytest.main([*files, *limits], plugins=[Notes(Path(results))]))
    files = [path for suite in SUITES for path in sorted((ROOT / "tests").glob(suite))]
    run(list(dict.fromkeys(files)), RESULTS)
    return write_page(RESULTS, ROOT / "docs" / "reliability.md")


if __name__ == "__main__":
    sys.exit(main())
