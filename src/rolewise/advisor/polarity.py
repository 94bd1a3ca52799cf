"""How English says that something is disliked, and how it denies a dislike."""

from __future__ import annotations

import re

from rolewise.corpus.words import plain

# Words by which a person says that something is not for them.
AVERSE = (
    r"hat(?:e|es|ed|ing)|dislik\w+|avoid\w*|loath\w*|dread\w*|can't (?:stand|bear)|cannot (?:stand|bear)|(?:tired|sick) of|fed up|worn out|"
    r"burn(?:t|ed) out|exhaust\w*|bor(?:ed|ing)|dull|unhappy|rather not|no interest|afraid|scare[sd]?|terrif\w+|nervous|anxious|stress\w*|"
    r"annoy\w*|drain\w*|uncomfortable|shy|introvert\w*|mumbl\w+|(?:bad|terrible|hopeless|useless|lousy|awful) at|had enough of|(?:gave|given|giving|give) up(?! on)|(?:done|through) with|"
    r"(?:can't|cannot|cant|can not|couldn't) be (?:bothered|arsed)|bores?|suck(?:s|ed)? at|frustrat\w*|confus\w*|struggl\w*|stammer\w*|tongue-tied|nightmares?|headaches?|"
    r"hives|chores?|torture|tedious|pointless|waste of (?:my )?time|(?:gets?|got|getting) on my nerves|driv(?:es?|ing) me (?:crazy|mad|nuts|insane|up the wall)|"
    r"leaves? me cold|puts? me (?:off|to sleep)|(?:wears?|tires?|wearing|tiring|freaks?|stress(?:es)?) me (?:out|down)|makes? me (?:sweat|yawn|miserable|sick|cringe|sad)|"
    r"kills? (?:me|my soul)|(?:got|gotten|getting|gets) old|(?:take|leave) it or (?:leave|take) it|could (?:take|do) (?:it |them )?or (?:leave|without)|not for me|over it|too \w+ (?:for me|to)"
)
# Negations that are none: what they say is a liking ("can't wait to"), or at least no dislike ("don't mind", "not afraid of").
_EAGER = re.compile(
    r"\b(?:can't|cannot|can not|cant|couldn't|could not|wouldn't|would not|never) (?:wait(?: to| for)?|(?:live|do|be|imagine (?:life|work|myself|a (?:day|job))) without|"
    r"imagine not|get enough of|resist|say no to)\b|\bnothing (?:beats|is better than|better than)\b"
)
_UNBOTHERED = re.compile(
    r"\b(?:do not|don't|dont|would not|wouldn't|wouldnt|did not|didn't|never) mind(?:ed)?\b|"
    rf"(?:\b(?:not|never|no longer)|n't)(?: (?:at all|really|that|too|so|very|particularly|actually|even|get|got|feel|be|been|being|a bit|ever|say|say that|i'm|i|he|she|he's|she's))* (?:{AVERSE})\b(?: of| by| at)?|"
    r"(?:\b(?<!can )(?<!cannot )not|(?<!ca)(?<!could)n't)(?: (?:at all|really|even|be|been))* bother(?:s|ed)?(?: me)?\b(?: by)?|"
    r"\bno (?:problems?(?![ -]solving)|issues?|trouble|difficult\w+|fear|objections?|qualms)(?: with| of| in| to)?\b"
)
_KEEPS = re.compile(
    r"\b(?:hat(?:e|es|ed|ing)|dread\w*|afraid|scared|sorry|sad|loath\w*|(?:do not|don't|dont|never|would not|wouldn't|didn't|did not) (?:want|wish|like)|rather not|never)"
    r" (?:to |of |about )?(?:ever |have to )*(?:los(?:e|ing)|miss(?:ing)?|giv(?:e|ing) (?:it |that |this |them )?up|stop(?:ping)?|leav(?:e|ing)|quit(?:ting)?|part with|be without|do without|go without)\b"
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b")

_NEGATIONS = (
    r"not|no|never|nobody|nothing(?! (?:but|like|against|beats|more than|better|else))|without|nor|neither|zero|hardly|dont|cant|"
    r"(?!aren't)\w+n't|cannot|instead of|lack(?:s|ed|ing)?|no longer"
)
_DENIED = r"(?:not|n't|dont|never|no longer|hardly)\b(?: \w+){0,2}? "

LACKS = re.compile(rf"\b(?:{_NEGATIONS})\b")
"""By such a word somebody says that something is not so, or not there."""
DISLIKES = re.compile(
    rf"\b(?:{AVERSE}|not (?:interested|into|keen|fond|a fan|my thing|for me))\b|{_DENIED}(?:like|love|enjoy|want|wish|prefer|care)\b"
)
"""By such words somebody says that something is not for them."""
AGAINST = re.compile(rf"\b(?:{AVERSE}|{_NEGATIONS})\b")
"""By such a word somebody speaks against what a clause is about: dislikes it, or lacks it."""


def without_double_negation(low: str) -> str:
    """A plain text with the plain words for what it says by negating a negation: "I'm not afraid of leading people"."""
    return _NOT_ONLY.sub("", _UNBOTHERED.sub("fine with", _EAGER.sub("love", _KEEPS.sub("love", low))))


def is_against(text: str) -> bool:
    """Whether a text says by its words that somebody dislikes or lacks what it is about."""
    return bool(AGAINST.search(without_double_negation(plain(text))))
