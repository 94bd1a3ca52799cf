"""Typos and clipped words put right: towards the corpus's words first, then towards ordinary English."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from rolewise.advisor.english import QUESTION_VOCABULARY
from rolewise.advisor.spelling import closest, is_english
from rolewise.corpus import Corpus
from rolewise.corpus.words import Token, stem, tokens


class Corrector:
    """Corrects words that neither English nor the corpus knows."""

    def __init__(self, corpus: Corpus, knows: Callable[[Token], bool]) -> None:
        self._corpus = corpus
        self._knows = knows

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Words of five letters or more that a typo may have meant, by their spelling."""
        texts = [p.text for p in self._corpus.passages]
        texts += [w for a in self._corpus.vocabulary.aspects for w in (a.name, *a.words)]
        texts += [w for item, words in self._corpus.vocabulary.synonyms.items() for w in (item, *words)]
        texts += [w for r in self._corpus.roles for w in (r.title, *r.aliases)]
        own = {t.text: t.text for text in texts for t in tokens(text) if len(t.text) >= 4 and t.text.isalpha()}
        return own | {w: w for w in QUESTION_VOCABULARY}

    @cached_property
    def _askable(self) -> list[str]:
        """Words that may be clipped: of role titles, of the aspects' names, of what is asked; in this order."""
        texts = [r.title for r in self._corpus.roles]
        texts += [a.name for a in self._corpus.vocabulary.aspects] + [" ".join(sorted(QUESTION_VOCABULARY))]
        texts += [w for a in self._corpus.vocabulary.aspects for w in a.words]
        return list(
            dict.fromkeys(t.text for text in texts for t in tokens(text) if len(t.text) > 4 and t.text.isalpha())
        )

    def correct(self, word: Token) -> Token:
        """The word that was meant, at the place of the one written."""
        text = word.text.removesuffix("'s")
        if len(text) >= 3 and text.isalpha() and not is_english(text) and not self._knows(word):
            whole = self._abbreviated(text)
            if whole:
                return Token(whole, stem(whole), word.start, word.end)
        if len(text) < 4 or not text.isalpha() or self._knows(word) or is_english(text):
            return word
        found = closest(text, self._spellings)
        return Token(found, stem(found), word.start, word.end) if found else word

    def _abbreviated(self, text: str) -> str | None:
        """The word of the vocabulary, of a role's name or of questions that a clipped word stands for: "langs", "reqs"."""
        clipped = text.removesuffix("s") if len(text) > 3 else text
        return next((w for w in self._askable if w.startswith(clipped) and len(w) > len(clipped) + 1), None)
