"""Words as this project compares them: lower case, one spelling for `Ph.D.` and `PhD`, stemmed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

_TOKEN = re.compile(
    r"""(?:[a-z]\.){2,}[a-z]?              # e.g., u.s.
      | ph\.?\s?d\b\.? | [bm]\.?sc\b\.?    # degrees
      | c\+\+ | c\# | \.net\b | ci/cd | ai/ml
      | [$€£]?\d[\d,]*(?:\.\d+)?\s?(?:%|percent\b|per\ cent\b|k\b)?(?![^\W_])  # numbers with their unit
      | [^\W_]+(?:'[^\W_]+)?               # words
    """,
    re.X,
)
_POSSESSIVE = re.compile(r"'s?$")
_stemmer = Stemmer.Stemmer("english")
_IRREGULAR = {
    "analyse": "analyze",
    "optimise": "optimize",
    "maths": "math",
    "programme": "program",
    "uni": "university",
    "ppl": "people",
    "mgr": "manager",
    "sw": "software",
    "eng": "engineer",
    "engr": "engineer",
    "yrs": "year",
    "yr": "year",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as written (lower case), its stem, and where it stands."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The comparison form of one lower-case word."""
    word = _POSSESSIVE.sub("", word.replace(".", "") if any(c.isalpha() for c in word) else word)
    word = _IRREGULAR.get(word, word)
    return str(_stemmer.stemWord(word))


def plain(text: str) -> str:
    """Lower case, with plain quotes and no accents or control characters; the length may change."""
    if text.isascii() and text.isprintable():  # most texts: what is done to the others changes nothing in them
        return text.lower().replace("`", "'")
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("`", "'").replace("‘", "'")
    text = "".join(c if c.isprintable() else " " for c in text)
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """The words and numbers of `text` after `plain`; offsets are into the plain text."""
    return list(_tokens(text))


@lru_cache(maxsize=4_096)
def _tokens(text: str) -> tuple[Token, ...]:
    """A question asks for the words of the same names, titles and passages again and again: they are kept, some 5 MB."""
    found = []
    for match in _TOKEN.finditer(plain(text)):
        raw = match[0].strip()
        word = re.sub(r"[\s,]", "", raw) if raw[0].isdigit() or raw[0] in "$€£" else raw.replace(" ", "")
        word = re.sub(r"percent$", "%", word)
        found.append(Token(word, stem(word), match.start(), match.start() + len(raw)))
    return tuple(found)


def stems(text: str) -> list[str]:
    return [t.stem for t in tokens(text)]
