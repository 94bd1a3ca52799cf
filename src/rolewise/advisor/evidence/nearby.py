"""Where the very thing is not in the sources: what they say on the matter, said to be only near it."""

from __future__ import annotations

from dataclasses import replace

from rolewise.advisor.evidence.base import Evidence, Library, Point, covers, joined
from rolewise.advisor.evidence.how_to import TIPS
from rolewise.advisor.evidence.listing import listing
from rolewise.advisor.evidence.prose import section
from rolewise.advisor.evidence.statements import aspects_of
from rolewise.advisor.question import Question

# From this cosine to an example question on, the matter is plain, though not what is asked about it.
_LEAST_COSINE = 0.42
_LEAST_BESIDE_NAMES = 0.5
_LEAST_AHEAD = 0.05
_MOST_POINTS = 5


def nearby(question: Question, library: Library) -> Evidence | None:
    """Partly: the passages on the aspect that the nearest example question asks for. None where none is near."""
    nearest = question.nearest
    if nearest is None or nearest.cosine < _LEAST_COSINE:
        return None
    if (
        nearest.cosine <= nearest.elsewhere + _LEAST_AHEAD and question.form != "how_to"
    ):  # whoever asks how to is helped by the first steps
        return None
    if question.form == "how_to" and not nearest.clear:
        nearest = replace(nearest, aspect=TIPS)
    aspect = nearest.aspect or next(iter(aspects_of(library.corpus, nearest.item)), "")
    if not aspect:
        return None
    named = any(t.name and " " not in t.word for t in question.terms)  # a name, and not a role that is unknown here
    if question.aspects and nearest.aspect not in question.aspects and any(" " in t.word for t in question.terms):
        return None  # a role that is unknown here, and something else of it
    if question.has("produce", "deceive") or (named and nearest.cosine < _LEAST_BESIDE_NAMES):
        return None
    asked = replace(question, form="fact", aspects=(aspect,), items=(), values=(), terms=(), columns=())
    found = [listing(asked, library), section(asked, library)]
    points = [p for e in found for p in e.points if p.passages][:_MOST_POINTS]
    if not points:
        return None
    name = library.corpus.vocabulary.aspect(aspect).name
    said = [p for point in points for p in point.passages]
    unsaid = [t for t in question.terms if t.name and not any(covers(p, t, library.corpus) for p in said)]
    open_ = joined([f"“{t.word}”" for t in unsaid][:2], "or")
    first = f"The sources don't say anything about {open_}." if open_ else "The sources don't say exactly that."
    label = Point(f"{first} On {name}, they say:", style="label")
    return Evidence("partly", (label, *(replace(p, text=p.passages[0].text, style="bullet") for p in points)))
