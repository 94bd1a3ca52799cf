"""Answers that rest on few cases say so."""

from __future__ import annotations

import pytest

from rolewise.advisor import Citation
from rolewise.advisor.thin import notice_of_small_samples
from web_fixtures import PHD


@pytest.mark.parametrize(
    ("quote", "said"),
    [("pay (n=26 rows)", "n=26 in The publisher, 2023-12-06"), ("n=7,470, of which (n=15) leads", ""), ("n=30", ""),
     ("Sample size: 12", "n=12"), ("In 2020 it was 5%", ""), ("a sample of 9", "n=9")],
)  # fmt: skip
def test_figures_on_few_cases_are_said_to_be(quote: str, said: str) -> None:
    notice = notice_of_small_samples([Citation(**{**PHD.model_dump(), "quote": quote})])
    assert (said in notice) if said else notice == ""
