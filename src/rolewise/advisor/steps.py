"""The next steps towards a role: what it asks for and is missing, by way of what the sources advise newcomers."""

from __future__ import annotations

from dataclasses import dataclass

from rolewise.advisor.evidence.base import names
from rolewise.corpus import Corpus, Passage, Role

MOST_STEPS = 3
_TIPS = "getting-started"


@dataclass(frozen=True)
class Step:
    """One thing to do, in the words of `passages`: a tip, or a requirement that no tip speaks of. `towards` is the gap."""

    text: str
    passages: tuple[Passage, ...]
    towards: str = ""


def next_steps(missing: list[tuple[Passage, tuple[str, ...]]], role: Role, corpus: Corpus) -> tuple[Step, ...]:
    """At most three: the missing requirements in their order, each with the tip that names what lacks; then other tips.

    `missing`: each requirement with what lacks of it, in words.
    """
    tips = [
        p
        for p in corpus.passages
        if p.kind == "sentence" and _TIPS in p.aspects and (not p.roles or role.id in p.roles)
    ]
    steps: list[Step] = []
    for requirement, lacks in missing:
        lacking = [item for item in requirement.items if any(item in words for words in lacks)]
        tip = next((t for t in tips if any(names(t, item, corpus) for item in lacking)), None)
        if tip:
            tips.remove(tip)
            steps.append(Step(tip.text, (tip, requirement), requirement.short))
        else:
            steps.append(Step(f"Work on what is asked for: {requirement.short}.", (requirement,)))
    steps += [Step(tip.text, (tip,)) for tip in tips]
    return tuple(steps[:MOST_STEPS])
