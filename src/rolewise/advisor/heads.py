"""Which words of a question are its heads (what it asks for), which ones are said to act, and which numbers are ages."""

from __future__ import annotations

from collections.abc import Collection

from rolewise.advisor import english
from rolewise.corpus.words import Token

_PAY = frozenset("pay hire employ recruit offer".split())
_PAYING = frozenset("paying hiring employing recruiting offering".split())
_VERBS_AFTER = {**dict.fromkeys(("does", "do", "did", "will", "would", "can"), _PAY), "is": _PAYING, "are": _PAYING}
_BEFORE_AGE = frozenset({"at", "aged", "age", "turning", "i'm", "im", "am"})
_LEAST_AGE, _MOST_AGE = 14, 90
_UNITS = frozenset("minut hour day week month".split())
_OWN = frozenset("have got spare with only".split())


def heads_of(words: list[Token], used: set[int], columns: set[int]) -> set[int]:
    """Positions of what is asked for: the nouns after "what", "which", "how many", "of", "at", and those of "the X of".

    A noun that the lexicon knows ends the search: in "which cloud certificate" it is still the last one that counts.
    """
    found: set[int] = set()
    for at, word in enumerate(words):
        counts = word.text in ("many", "much") and at > 0 and words[at - 1].text == "how"
        if word.text in ("what", "which", "whose") or counts:
            found |= _nouns_from(words, at + 1, used=used, last=columns)
        if word.text == "how" and at + 1 < len(words) and words[at + 1].text.isalpha():
            found |= _nouns_from(words, at + 1, most=1)
        if word.text in ("of", "at"):
            found |= _nouns_from(words, at + 1, most=1)
        if word.text in ("of", "for") and at > 1 and words[at - 2].text in ("the", "a", "an", "any", "some"):
            found.add(at - 1)
        if word.text in ("is", "are", "what's", "whats") and at + 1 < len(words) and words[at + 1].text in ("the", "a"):
            found |= _nouns_from(words, at + 2, most=4)
    return found - used


def agents_of(words: list[Token], used: set[int]) -> set[int]:
    """Positions of who is said to pay or to hire: "what does that firm pay", "is that firm hiring"."""
    found = {
        at + 1
        for at, word in enumerate(words[:-2])
        if words[at + 2].text in _VERBS_AFTER.get(word.text, ()) and words[at + 1].stem not in english.FILLER_STEMS
    }
    return found - used


def is_age(words: list[Token], at: int) -> bool:
    """Whether the word is a number of years that a person counts: "50-year-old", "45 years old", "at 50"."""
    after = [w.text for w in words[at + 1 : at + 3]]
    if not words[at].text.isdigit():
        return False
    of_person = at > 0 and words[at - 1].text in _BEFORE_AGE and _LEAST_AGE <= int(words[at].text) <= _MOST_AGE
    return of_person or (len(after) == 2 and after[0] in ("year", "years") and after[1] == "old")


def is_span(words: list[Token], at: int) -> bool:
    """Whether the word is a number that only says how long something else reaches: "the 10-year projection"."""
    after = words[at + 1 : at + 3]
    if not words[at].text.isdigit() or len(after) < 2 or after[0].text not in ("year", "yr"):
        return False
    return (
        after[1].text.isalpha()
        and after[1].text not in ("old", "ago", "later")
        and after[1].stem not in english.FUNCTION_STEMS
    )


def rates_of(words: list[Token]) -> set[int]:
    """Positions of what is counted by time, however common the word: the days of "four days a week"."""
    found = set()
    for at in range(len(words) - 3):
        number, unit, each, per = words[at : at + 4]
        counted = (number.text.isdigit() or number.text in english.NUMBER_WORDS) and {unit.stem, per.stem} <= _UNITS
        of_oneself = any(w.text in _OWN for w in words[max(0, at - 2) : at])
        if counted and each.text in ("a", "per", "each", "every") and not of_oneself:
            found.add(at + 1)
    return found


def _nouns_from(
    words: list[Token], start: int, most: int = 3, used: Collection[int] = (), last: Collection[int] = ()
) -> set[int]:
    """Up to `most` words from `start`, articles left out, until a verb form or another function word.

    A plural that the lexicon knows ends it ("which skills matter"); a singular may go on ("which cloud certificate").
    """
    articles = ("a", "an", "the", "my", "our", "their", "your")
    while start < len(words) and words[start].text in articles:
        start += 1
    found: set[int] = set()
    for i in range(start, min(start + most, len(words))):
        if words[i].text in english.AUXILIARIES or words[i].stem in english.FUNCTION_STEMS:
            break
        found.add(i)
        if i in last or (i in used and words[i].text.endswith("s")):
            break
    return found
