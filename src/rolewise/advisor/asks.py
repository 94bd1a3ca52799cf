"""What a question in other words asks for: the aspect of the corpus's nearest example question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolewise.corpus import Vocabulary

if TYPE_CHECKING:
    from rolewise.index import Likeness

# What stands in an example for any role, and in a question for the one it names.
ROLE = "role"
SUMMARY, COMPARISON = "summary", "comparison"
"""Aspects whose questions have a form of their own."""

MakeLikeness = Callable[[str, list[str]], "Likeness"]
"""Makes the finder of nearest phrases for a named vocabulary."""


@dataclass(frozen=True)
class NearestAsk:
    """The aspect or item that the nearest example question asks for, and the cosine to it."""

    aspect: str
    item: str
    cosine: float
    elsewhere: float
    """The cosine to the nearest question that asks for neither."""
    aspects: dict[str, float] = field(default_factory=dict, compare=False)
    """The cosine to the nearest example of each aspect that is near at all."""

    @property
    def clear(self) -> bool:
        """The question asks for the aspect or item, whatever words it is put in."""
        return self.cosine >= _CLEAR and self.cosine - self.elsewhere >= _MARGIN

    @property
    def plain(self) -> bool:
        """As `clear`, and so near that no ordinary word of the question can be asking for something else."""
        return self.cosine >= _PLAIN and self.cosine - self.elsewhere >= _MARGIN

    @property
    def asks_elsewhere(self) -> bool:
        return self.elsewhere >= _CLEAR and self.elsewhere - self.cosine >= _MARGIN


# Calibrated on the 511 single development questions: all 14 that were nearest to an `elsewhere` example by these limits
# had no answer in the sources; of those declined for their words alone, 12 of 14 at 0.65 or nearer to an aspect had one.
_CLEAR, _PLAIN, _MARGIN = 0.6, 0.68, 0.05


class Asks:
    """The example questions of a vocabulary, by meaning (intent detection by nearest neighbour)."""

    def __init__(self, vocabulary: Vocabulary, likeness: MakeLikeness | None) -> None:
        self._asks = {ask.text.replace("{role}", ROLE): ask for ask in vocabulary.asks}
        self._likeness = likeness("asks", sorted(self._asks)) if likeness and self._asks else None

    def prepare(self, texts: Iterable[str]) -> None:
        """Embed in one batch texts that are compared or searched for next."""
        if self._likeness is not None:
            self._likeness.prepare(texts)

    def nearest(self, text: str) -> NearestAsk | None:
        """`text` is a question in which `ROLE` stands for the roles it names. None where the corpus has no examples."""
        if self._likeness is None:
            return None
        found = self._likeness.near([text], 0.0)[text]
        near = [(self._asks[question], cosine) for question, cosine in found.items()]
        elsewhere = max((cosine for ask, cosine in near if not (ask.aspect or ask.item)), default=0.0)
        best = max((found for found in near if found[0].aspect or found[0].item), key=lambda f: f[1], default=None)
        aspects: dict[str, float] = {}
        for ask, cosine in near:
            if ask.aspect:
                aspects[ask.aspect] = max(cosine, aspects.get(ask.aspect, 0.0))
        return NearestAsk(best[0].aspect, best[0].item, best[1], elsewhere, aspects) if best else None
