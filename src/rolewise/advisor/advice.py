"""Whether somebody who has spoken of themselves, or of another, asks for no more than which role is for them."""

from __future__ import annotations

import re

from rolewise.advisor.asks import ROLE

OF_A_PERSON = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|im|ive|me|my|mine|he|he's|she|she's|his|her|hers|him)\b")
"""Words by which a sentence speaks of oneself, or of somebody one asks for."""

_LEAD_IN = r"\W*(?:(?:and|so|ok|but|then|now|well|oh|please|hm+|honestly|given that|with (?:all )?that)\W+)*"
_WHO = r"(?:me|him|her|them|us|you|somebody like (?:me|him|her)|someone like (?:me|him|her)|(?:my|your) \w+|a \w+ like (?:me|him|her|that))"
_THEY = r"(?:i|you|we|he|she|they|one|my \w+|your \w+)"
_PLACE = rf"(?:in (?:my|his|her|their|such a|this|that) (?:place|shoes|position|case|situation)|if you were {_WHO})"
_ONE = r"(?:one|role|roles|job|jobs|career|path|way|direction|side|road|two|them|these|those|position)"
_OF_TWO = r"(?:(?:out )?of (?:the two|the (?:two )?\w+|these|those|them|these two|those two)(?: (?:roles?|jobs?))?)"
_AROLE = rf"(?:(?:the |an? )?{ROLE}(?: (?:role|job|position|path|one))?)"
_GOOD = (
    r"(?:something|anything|the thing|right|good|ok|okay|wise|realistic|sensible|a bad idea|an? \w+ (?:idea|choice|move|fit|match|step)|a mistake|too much|wrong|"
    r"the (?:right|wrong|better|best) (?:choice|one|thing|role|job|path|fit|match))"
)
_TAIL = (
    rf"(?: (?:{_THEY}|{_WHO}|it|that|this|is|am|are|'s|'d|would|should|will|could|can|does|do|be|been|become|go|going|gonna|make|makes|suits?|fits?|match\w*|choose|pick|take|look|looking|"
    r"aim|aiming|apply|try|point|put|see|want|at|in|to|for|towards|into|up|happy|happier|happiest|good|better|best|more|most|closer|closest|nearer|nearest|worth|use|of|as|then|work|working|out|well|the|an?|easier|easiest|quicker|safer|smarter|wiser|natural|realistic|right|door|choice|option|step|start|route|bet|entry))*"
)
_WAYS = (
    rf"(?:what|which) (?:would|should|could|do|did|'d|does|will|might|must) {_THEY} (?:do|think|say|suggest|recommend|advise|tell|pick|choose|go for|take|be)(?: (?:to )?{_WHO})?(?: (?:about|of) (?:it|that|this))?(?: {_PLACE})?",
    rf"what(?:'s| is| would be)? (?:your|ur) (?:take|opinion|view|thoughts?|verdict|advice|recommendation|guess|suggestion)(?: {_PLACE})?",
    r"(?:(?:any|your|ur|what) )?(?:thoughts?|ideas?|advice|suggestions?|opinions?|recommendations?|verdict|take|guess)",
    rf"(?:in )?(?:which|what)(?: {_ONE}(?: {_OF_TWO})?| {_OF_TWO}){_TAIL}",
    rf"what(?:'s| is) (?:my|his|her) {_ONE}(?: {_OF_TWO})?",
    rf"what(?:'s| is|'ll| will| would)? (?:it|that|this|i|he|she)(?: (?:gonna|going to) be| be)?(?: for {_WHO})?",
    rf"(?:is|would|could|will|was|might) (?:(?:it|that|this)|{_AROLE})(?: be)?(?: {_GOOD})?(?: for {_WHO})?",
    rf"(?:would|could|should|can|will) {_THEY} (?:be|become|make|do well as|be happy as|be good as|go for|try|take|pick|choose) {_AROLE}",
    rf"do(?:es)? (?:that|it|this|all that|all this|he|she|i) (?:sound|look|seem)s? .{{0,20}}{_AROLE}(?: or (?:more )?(?:like )?{_AROLE})?",
    rf"{_AROLE} (?:or|vs\.?|versus) (?:rather |better )?(?:{_AROLE}|(?:the |an? )?\w+)(?: for {_WHO})?",
    r"help me (?:to )?(?:decide|choose|pick)(?: between .{0,40})?",
    r"(?:i )?(?:can't|cannot|can not|cant|couldn't) (?:decide|choose|make up my mind)(?: between .{0,40})?",
    r"(?:i'm |i am )?(?:torn|undecided|unsure|in two minds)(?: (?:between|about|which) .{0,40})?",
    rf"(?:good for )?{_AROLE}(?: for {_WHO})?",
    rf"(?:maybe|perhaps|rather|better) (?:rather |more )?(?:{_AROLE}|the other(?: one| role| job)?)",
    rf"where (?:do|would|should|does|will) {_THEY} (?:belong|fit|stand|go|end up|be happier|be better|do better|do best|be happiest)(?: in| best| better| more)*",
)
_ASKS = re.compile(rf"{_LEAD_IN}(?:{'|'.join(_WAYS)})(?: (?:then|now|please|though|instead|after all|overall))*\W*")
_AFTER_ROLES = re.compile(rf"{_LEAD_IN}{_AROLE} (?:or|vs\.?|versus) (?:{_AROLE}|\w+)[,;:–-]\W*(?=\w)")

_SOMEBODY = re.compile(
    r"\bfor (?:someone|somebody|anyone|an?(?: \w+)? person|people|those) (?:(?:who|that)(?P<is>(?:'s| is| are|'re)(?! not\b))?|(?P<with>with)) (?P<what>[^?!;]+)"
)


def asks_for_advice(masked: str) -> bool:
    """`masked`: a question in small letters with `ROLE` for the roles that it names."""
    return bool(_ASKS.fullmatch(masked) or _ASKS.fullmatch(_AFTER_ROLES.sub("", masked)))


def of_somebody(body: str) -> tuple[str, ...]:
    """What is said of whom a role is for, as if they said it: "I'm just starting out" of "for someone who's just starting out"."""
    said = _SOMEBODY.search(body)
    if not said:
        return ()
    begins = "I'm" if said["is"] else "I have" if said["with"] else "I"
    told = re.split(r",? (?:and |but )?(?:who|that) ", said["what"])
    return (f"{begins} {told[0]}", *(f"I {more}" for more in told[1:]))
