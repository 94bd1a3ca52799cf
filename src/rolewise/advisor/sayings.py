"""What somebody says of themselves in words of their own: the item that the corpus's nearest sayings speak of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rolewise.advisor.advice import OF_A_PERSON
from rolewise.advisor.asks import MakeLikeness
from rolewise.advisor.polarity import is_against
from rolewise.corpus import Corpus

_NEAREST = 5
# Calibrated with each of the shipped sayings held out in turn: of those that speak of an item of one role only, two thirds are
# heard (as it was by names and tasks alone: two fifths), and one in fifty is heard as one of the other role.
_LEAST, _SHARE = 0.42, 0.5
_LEAST_BARE = 0.5  # where the clause does not say whom it speaks of: "shy guy", but also "going by the duties"


@dataclass(frozen=True)
class Said:
    """An item that a clause speaks of, "" for none. `reversed`: it speaks against it without a word of dislike ("I work best alone")."""

    item: str
    reversed: bool


_NOTHING = Said("", False)


class Sayings:
    """The nearest sayings of a corpus vote first on which roles the item is of, then on the item."""

    def __init__(self, corpus: Corpus, likeness: MakeLikeness | None) -> None:
        says = {s.text: s for s in corpus.vocabulary.says}
        named = {r.id: {i for p in r.passages for i in p.items} for r in corpus.roles}
        self._of = {t: frozenset(r for r, items in named.items() if s.item in items) for t, s in says.items()}
        self._said = {t: Said(s.item, is_against(t) == s.wanted) for t, s in says.items() if s.item}
        self._likeness = likeness("says", sorted(says)) if likeness and says else None

    def nearest(self, clause: str) -> Said | None:
        """None where the clause is like none of the sayings."""
        if self._likeness is None:
            return None
        near = list(self._likeness.near([clause], 0.0)[clause].items())[:_NEAREST]
        votes: dict[frozenset[str], float] = defaultdict(float)
        for text, cosine in near:
            votes[self._of[text]] += cosine**3
        roles = max(votes, key=lambda r: votes[r], default=frozenset())
        least = _LEAST if OF_A_PERSON.search(clause) else _LEAST_BARE
        if not near or near[0][1] < least or votes[roles] < _SHARE * sum(votes.values()):
            return None
        if not roles:
            return _NOTHING
        found: dict[Said, float] = defaultdict(float)
        for text, cosine in near:
            if self._of[text] == roles:
                found[self._said[text]] += cosine**3
        return max(found, key=lambda said: found[said])
