"""How English says that something is disliked, and how it denies a dislike."""

from __future__ import annotations

import re

# Words by which a person says that something is not for them.
AVERSE = (
    r"hat(?:e|es|ed|ing)|dislik\w+|avoid\w*|loath\w*|dread\w*|can't (?:stand|bear)|cannot (?:stand|bear)|(?:tired|sick) of|fed up|worn out|"
    r"burn(?:t|ed) out|exhaust\w*|bor(?:ed|ing)|dull|unhappy|rather not|no interest|afraid|scare[sd]?|terrif\w+|nervous|anxious|stress\w*|"
    r"annoy\w*|drain\w*|uncomfortable|shy|introvert\w*|mumbl\w+|(?:bad|terrible|hopeless|useless) at|had enough of|(?:done|through) with"
)
# Negations that are none: what they say is a liking ("can't wait to"), or at least no dislike ("don't mind", "not afraid of").
_EAGER = re.compile(
    r"\b(?:can't|cannot|can not|cant|couldn't|could not|wouldn't|would not|never) (?:wait(?: to| for)?|(?:live|do|be|imagine (?:life|work|myself|a (?:day|job))) without|"
    r"imagine not|get enough of|resist|say no to)\b|\bnothing (?:beats|is better than|better than)\b"
)
_UNBOTHERED = re.compile(
    r"\b(?:do not|don't|dont|would not|wouldn't|wouldnt|did not|didn't|never) mind(?:ed)?\b|"
    rf"(?:\b(?:not|never|no longer)|n't)(?: (?:at all|really|that|too|so|very|particularly|actually|even|get|got|feel|be|been|being|a bit|ever))* (?:{AVERSE})\b(?: of| by| at)?|"
    r"\bno (?:problems?(?![ -]solving)|issues?|trouble|difficult\w+|fear|objections?|qualms)(?: with| of| in| to)?\b"
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b")


def without_double_negation(low: str) -> str:
    """A plain text with the plain words for what it says by negating a negation: "I'm not afraid of leading people"."""
    return _NOT_ONLY.sub("", _UNBOTHERED.sub("fine with", _EAGER.sub("love", low)))
