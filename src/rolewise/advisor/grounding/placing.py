"""Which word of the evidence each word of a sentence stands on: the placing that departs least from its order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rolewise.advisor.claims import Claims, Word
from rolewise.advisor.grounding.families import alike, inflected, is_agent, kin

Same = Callable[[str, str], bool]
_PREDICATE = re.compile(r"\b(?:be|is|are|become) (?:an? )?(?:\w+ )?\w+(?:er|or|ist|ian)s?\b")


def place(said: Claims, known: Claims, same: Same) -> tuple[list[int], list[str]]:
    """Where in the evidence each word of the sentence stands, and the words that stand nowhere."""
    options: list[list[int]] = []
    strange = []
    for i, word in enumerate(said.words):
        found = [j for j in range(len(known.words)) if _on(said, i, known, j, same)]
        if not found:
            strange.append(word.text.lstrip("#@"))
        options.append(found)
    return ([], strange) if strange else (_shortest(options, said, known), [])


def _on(said: Claims, i: int, known: Claims, j: int, same: Same) -> bool:
    """Whether a word of the sentence may stand on a word of the evidence where they are."""
    one, other = said.words[i], known.words[j]
    if j + 1 < len(known.words) and one.text == other.text + known.words[j + 1].text:
        return True
    if is_agent(one.text) and not is_agent(other.text) and j >= known.subject:
        # "be a strong programmer" says what "programming skills" say; elsewhere an agent is somebody
        return same(one.text, other.text) or (
            i > 0 and _PREDICATE.search(said.text) is not None and kin(one.text, other.text)
        )
    return same_word(one, other, same)


def same_word(one: Word, other: Word, same: Same) -> bool:
    """Whether two words mean the same: numbers and negated words exactly, agents only agents."""
    if one.text == other.text:
        return True
    if one.number or other.number or one.text.startswith("non-") or other.text.startswith("non-"):
        return False
    if is_agent(one.text) != is_agent(other.text):
        return same(one.text, other.text)
    return kin(one.text, other.text) or alike(one.text, other.text) or same(one.text, other.text)


def _shortest(options: Sequence[Sequence[int]], said: Claims, known: Claims) -> list[int]:
    """The placing with the fewest steps back (Viterbi's algorithm)."""
    costs: list[dict[int, tuple[float, int]]] = []
    for i, found in enumerate(options):
        row: dict[int, tuple[float, int]] = {}
        for q in found:
            one, two = said.words[i].text, known.words[q].text
            other = 0 if one == two else 0.3 if q >= known.subject or inflected(one, two) else 2.5
            if i == 0:
                row[q] = (0.01 * q + other, -1)
            else:
                marked = bool({"the", "a", "an", "of", "by", "for", "as"}.intersection(said.words[i].gap))
                best = min(
                    (cost + _step(p, q, known.subject if marked else 0), p) for p, (cost, _) in costs[-1].items()
                )
                row[q] = (best[0] + other, best[1])
        costs.append(row)
    path: list[int] = []
    if costs:
        at = min(costs[-1], key=lambda q: costs[-1][q][0])
        for row in reversed(costs):
            path.append(at)
            at = row[at][1]
    return path[::-1]


def _step(p: int, q: int, subject: int) -> float:
    if q > p:
        return 0.01 * (q - p - 1)
    return 0.6 if q == p else 0.2 if q < subject <= p else 1 + 0.01 * (p - q)
