"""Ordinary English by pyspellchecker's word list: which words it knows, how often, and what a slip may have meant."""

from __future__ import annotations

import re
from functools import lru_cache

import stopwordsiso
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from rolewise.corpus.words import Token


@lru_cache(maxsize=1)
def _english() -> dict[str, int]:
    return dict(SpellChecker(language="en").word_frequency.dictionary)


def frequency(word: str) -> int:
    """How often the word list of pyspellchecker has seen the word; 0 for one that it does not know."""
    return _english().get(word, 0)


def is_english(word: str) -> bool:
    return _english().get(word, 0) > 20


def is_rare(word: str) -> bool:
    """Outside the few thousand most frequent words: a name, a technical or a telling word."""
    return _english().get(word, 0) < 5_000


def is_common(word: str) -> bool:
    """Among the few thousand most frequent English words (counts of pyspellchecker's list)."""
    return _english().get(word, 0) > 20_000


def closest(word: str, spellings: dict[str, str]) -> str | None:
    """The corpus's spelling one or two slips away from `word`, else a frequent English word one slip away, or None."""
    slips = 1 if len(word) < 7 else 2
    near = [
        (OSA.distance(word, s, score_cutoff=slips), s[0] != word[0], s)
        for s in spellings
        if abs(len(s) - len(word)) <= slips
    ]
    near = [n for n in near if n[0] <= slips]
    if near:
        return min(near)[2]
    candidates = SpellChecker(language=None).edit_distance_1(word)
    known = [c for c in candidates if _english().get(c, 0) > 5_000]
    return max(known, key=lambda c: _english()[c]) if known else None


def is_name(word: Token, original: str) -> bool:
    """A number, a word that English does not know, or one that is written with a capital inside the sentence."""
    if not word.text.isalpha() or (len(word.text) > 3 and not is_english(word.text)):
        return True
    capital = word.text[0].upper() + word.text[1:]
    if f" {capital}" not in original or original.isupper():  # to compile a pattern takes longer than all the rest
        return False
    return bool(re.search(rf"[a-z,;:]['’s]* {re.escape(capital)}\b", original))


def is_opposite(word: str, phrase: str) -> bool:
    """One denies the other ("unemployment", "employment"), though both stand in the same sentences."""
    return any(a == prefix + b for prefix in ("un", "non", "in", "dis") for a, b in ((word, phrase), (phrase, word)))


def speaks_otherwise(word: str) -> bool:
    """One of the small words of another language ("qué", "welche"), and none of English."""
    return word in _small_words_elsewhere() and not is_english(word)


@lru_cache(maxsize=1)
def _small_words_elsewhere() -> frozenset[str]:
    return frozenset().union(*(stopwordsiso.stopwords(lang) for lang in stopwordsiso.langs() if lang != "en"))
