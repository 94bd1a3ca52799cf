"""The page of what was tried to break it tells what ran, and only that, however its run ended."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from conftest import ROOT

sys.path.append(str(ROOT / "scripts"))
import reliability
import soak

SUITE = """
import os, signal, time
def test_done(record_property):
    record_property("faults", 2)
    record_property("losses", 0)
    record_property("faults", 1)
def test_wrong(): assert False
def test_endless():
    os.kill(os.getppid(), signal.SIGINT)  # Ctrl-C
    time.sleep(60)
def test_after(record_property): record_property("inputs", 5)
"""


def test_a_run_that_is_cut_off_leaves_what_had_ended(tmp_path: Path) -> None:
    suite, results = tmp_path / "test_suite.py", tmp_path / "build" / "soak.jsonl"
    suite.write_text(SUITE)
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # what started the tests may have it ignored
    try:
        assert soak.run([suite], results) < 60
    finally:
        signal.signal(signal.SIGINT, handler)
    assert reliability.main(results, tmp_path / "page.md") == 1
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "2 of 4 cases" in page and "1 failed" in page
    assert "- Faults caused: 3\n" in page and "- Losses: none\n" in page and "- Inputs tried: not run\n" in page
    assert "| Suite (`tests/test_suite.py`) | 2 | – | – | 3 | 0 | 1 |" in page
    assert "## Failed\n\n- `test_suite::test_wrong`" in page
    assert "## Not reached\n\n- `test_suite::test_endless`\n- `test_suite::test_after`" in page


def test_what_nothing_was_said_of_is_not_told_as_none(tmp_path: Path) -> None:
    assert reliability.main(tmp_path / "missing.jsonl", tmp_path / "page.md") == 1
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "none" not in page and page.count(": not run") == 4
