"""A message in pieces: which of them ask, and which tell."""

from __future__ import annotations

import re

from rolewise.advisor import english
from rolewise.advisor.advice import OF_A_PERSON
from rolewise.advisor.asides import is_aside, with_breaks, without_asides
from rolewise.advisor.cues import CUES
from rolewise.corpus.words import plain

_MANY_PIECES, _FEW_WORDS, _MANY_WORDS = 3, 2, 8
# It begins like a question, and is none: "what I miss is writing code", "don't miss it for a second".
_TELLS = re.compile(
    r"^\W*(?:(?:and|but|so|also|ok|oh)\W+)*(?:what (?:i|he|she|they)(?:'d|'ve)? .*(?:\b(?:is|was|are|were)\b|:)|(?:don't|didn't|can't|couldn't|won't|wouldn't|haven't|never|not) "
    r"(?!(?:i|you|we|he|she|they|it|that|this|there|the|an?|my|any\w*|people|some\w*|most)\b))"
)


def pieces_of(message: str) -> list[str]:
    """The sentences and clauses of a message that each say something, without remarks on the answer before."""
    pieces = [p.strip() for p in english.SEPARATE.split(message) if p and re.search(r"\w", p)]
    return [without_asides(p) for p in pieces if not is_aside(p)] or pieces


def cleaned(message: str) -> str:
    """The message with whole years, and with no marks that only break it up."""
    return _unbroken(english.SHORT_YEAR.sub(r"20\1", with_breaks(message.strip())))


def _unbroken(message: str) -> str:
    """The message without the marks that break it up, where most of what they part is a word or two: "WHAT!!! TOOLS???"."""
    pieces = [p for p in english.SEPARATE.split(message) if p and re.search(r"\w", p)]
    short = sum(len(p.split()) <= _FEW_WORDS for p in pieces)
    if (
        len(pieces) < _MANY_PIECES
        or 2 * short <= len(pieces)
        or any(len(p.split()) > _MANY_WORDS and OF_A_PERSON.search(plain(p)) for p in pieces)
    ):
        return message
    return re.sub(r"[?!.]+(?=\s)", "", message)


def asks(part: str) -> bool:
    low = plain(part)
    return (
        "?" in part
        or (english.begins_asking(low) and not _TELLS.match(low))
        or bool(english.CONTINUES.search(low) and len(low.split()) <= 8 and not english.TELLS_MORE.match(low))
        or bool(english.REQUEST.search(low))
        or bool(
            re.search(
                r"[:,]\s*(?:what|which(?! (?:i|he|she|they|we|is|was|has|had|makes?|means?)\b)|who|how|(?:do|does|is|are|can) (?:i|you|we|he|she|they|it|that|this|there|the|an?|my)\b)",
                low,
            )
        )
        or any(CUES[c].search(low) for c in ("fit", "how_to", "way_in"))
        or bool(CUES["compare"].search(low) and not OF_A_PERSON.search(low))
    )


def of_oneself(message: str) -> list[str]:
    """The sentences in which a person speaks of themselves and asks nothing, and such clauses before a question: "I hate
    meetings, which one is for me?".
    """
    pieces = [c for p in pieces_of(message) for c in ([p] if not asks(p) else re.split(r"[,;:–] ", p)[:-1])]
    return [p for p in pieces if not asks(p) and OF_A_PERSON.search(plain(p))]
