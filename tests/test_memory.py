"""When Python looks for memory that it could free."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from fault_home import NURSING
from rolewise.advisor import Advisor
from rolewise.memory import collected_again, uncollected
from rolewise.settings import Settings


class Ring:
    """Refers to itself: freed only where it is looked for."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_what_was_there_at_the_end_is_not_looked_through_until_it_may_go() -> None:
    with uncollected():
        assert not gc.isenabled()
        ring = weakref.ref(Ring())
    assert gc.isenabled()
    gc.collect()
    assert ring() is not None
    collected_again()
    gc.collect()
    assert ring() is None


def test_one_inside_another_begins_no_collecting() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_sources_that_are_read_anew_let_the_former_ones_go(tmp_path: Path, encoder: Path) -> None:
    advisor = Advisor(Settings(home=tmp_path, corpus=NURSING, model="none"))
    (tmp_path / "encoder").symlink_to(encoder, target_is_directory=True)
    with uncollected():
        advisor.load()
    former = weakref.ref(advisor.corpus)
    advisor.renew()
    gc.collect()
    assert former() is None
    assert advisor.invoke("Do nurses work at night?").status in ("answered", "not_in_sources")
