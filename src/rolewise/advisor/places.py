"""Names of countries and of big cities: a place that is asked about, though no table knows it, whatever its spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from rolewise.advisor.spelling import is_rare
from rolewise.corpus.words import Token, plain

_MOST_WORDS = 3
_OTHERS = (
    "asia",
    "africa",
    "europe",
    "latin america",
    "south america",
    "scandinavia",
    "korea",
    "england",
    "scotland",
    "wales",
    "uae",
)


@lru_cache(maxsize=1)
def _names() -> frozenset[tuple[str, ...]]:
    """The countries of ISO 3166 and the places that the time zone database names its zones after."""
    folder = files("tzdata") / "zoneinfo"
    rows = [_rows((folder / name).read_text(encoding="utf-8")) for name in ("iso3166.tab", "zone.tab")]
    countries = [name for row in rows[0] for name in re.split(r" \(|\)|, | & ", row[1])]
    cities = [row[2].rpartition("/")[2].replace("_", " ") for row in rows[1]]
    told = (tuple(plain(name).split()) for name in (*countries, *cities, *_OTHERS))
    return frozenset(name for name in told if name and (len(name) > 1 or is_rare(name[0])))


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def places_in(words: Sequence[Token]) -> set[int]:
    """Which of the words, by their place in the text, name a country or a city."""
    found: set[int] = set()
    for at in range(len(words)):
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            if tuple(w.text for w in words[at : at + length]) in _names():
                found |= set(range(at, at + length))
                break
    return found
