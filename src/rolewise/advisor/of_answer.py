"""Follow-ups on the answer before, which ask for nothing new: where it is from, of when, per year or month, in which money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from rolewise.advisor.evidence import Evidence, Point
from rolewise.advisor.evidence.base import NOT_IN_SOURCES
from rolewise.advisor.places import places_in
from rolewise.advisor.question import OfAnswer
from rolewise.advisor.whence import whence
from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import plain, tokens

_MOST_WORDS = 10
_MOST_TOLD = 3
_BESIDE_OTHERS = re.compile(r"\b(?:than|above|below) (?:the |an? )?(?:average|others?|all|most)\b")
_LEADS = r"^\W*(?:(?:and|but|so|ok|okay|hm+|huh|wow|oh|wait|well|yeah|sorry|then|ah)\W+)*"
_DATA = r"(?:numbers?|figures?|data|infos?|information|answer|stats?|statistics?|survey|stud(?:y|ies)|report|article|sources?|source data|estimate|claims?|facts?)"
_IT = rf"(?:(?:that|this|it|those|these|they)(?: {_DATA})?|(?:the|your|their) {_DATA})"
_IS = r"(?:is|are|was|were|isn't|aren't|isnt)"
_THATS = (
    r"(?:thats|that's|that is|is that|is this|is it|this is|its|it's|it is|are those|are these|those are|these are)"
)
_END = r"(?:, (?!(?:and|or|but)\b)[^,?]{1,25})?(?: (?:then|now|today|though|anyway|still|please|exactly|at all|right|correct|or not|or what|for sure|actually))*\W*$"
_UNIT = r"(?:years?|months?|weeks?|hours?|days?)"
_MONEY = r"(?:(?:us|canadian|american) )?(?:dollars?|usd|euros?|eur|pounds?|gbp|francs?|chf|rupees?|inr|\$|€|£)"
_WHERE = r"(?:in|for|from|about|of)"
_PATTERNS: Mapping[OfAnswer, str] = {
    "source": (
        rf"(?:says who|who(?:'s| is)? (?:says|said|saying|claims|wrote|writes|reports|told you) (?:that|this|it|so)|according to who(?:m)?|"
        rf"whose (?:opinion|claim|view|words?|idea|number|figure|data)s? {_IS} (?:that|this|it|those|these)|"
        rf"where(?:'s| is| are| does| did| do|'d)? (?:{_IT}|you)(?: \w+)?(?: (?:come|from|get|got|have|take|find|read|taken|coming))+(?: (?:that|this|it|those|from))*|"
        rf"(?:(?:what|which)(?:'s| is| are)? )?(?:the |your )?sources?(?: (?:is|for|of) (?:that|this|it|those))?|who is (?:that|this|it) from|"
        rf"how do (?:you|u|they) know(?: (?:that|this|so|it))?|"
        rf"how (?:did|do|does|have) (?:you|u|they|he|she|anyone) (?:get|got|come up with|find out|arrive at|know|measure|measured|calculate|calculated|collect|collected)(?: (?:to|at))? {_IT}|"
        rf"(?:really|seriously|honestly|for real|truly|you sure)|{_IS} (?:you|u) (?:really |so |quite |absolutely |very |100% )?(?:sure|certain)(?: (?:about|of) {_IT})?|"
        rf"{_IS} {_IT} (?:really |actually |even |definitely )?(?:true|certain|for real|for sure|a fact|so)(?: (?:in|for) (?:20\d\d|this year))?|"
        rf"{_IS} {_IT} still (?:true|valid|so|the case|right|correct|like that)(?: (?:in|for) (?:20\d\d|this year))?|"
        rf"(?:can|could|should|may|do) (?:i|we|you|one) (?:really |actually )?(?:trust|rely on|believe|depend on|count on|quote|cite) {_IT}|"
        rf"how (?:reliable|trustworthy|credible|solid|certain|sure|good|serious) {_IS} {_IT}|"
        rf"{_IS} {_IT} (?:from )?(?:an? )?(?:official|reliable|trustworthy|credible|serious|good|real) (?:sources?|data|surveys?|study|statistics?|numbers?|figures?)|"
        rf"how (?:old|recent|new|fresh|current|up[ -]to[ -]date) {_IS} {_IT}|"
        rf"{_IS} {_IT} (?:still |even |really |quite |very |a bit |all |not )*(?:current|up[ -]to[ -]date|recent|outdated|out of date|dated|old|fresh|valid|accurate|from (?:this|last) year)(?: {_DATA})?|"
        rf"(?:(?:from|of) )?(?:which|what) (?:year|date|month) {_IS} {_IT}(?: (?:from|for|of|about))?|{_IS} {_IT} from (?:which|what) year|from when {_IS} {_IT}|"
        rf"when {_IS} {_IT} (?:from|published|written|measured|collected|made|taken|done|updated|last updated))"
    ),
    "reason": (
        rf"(?:(?:why|how come)(?: is it| it is)? (?:can't|cannot|don't|won't|couldn't|can you not|do you not|you can't|you cannot|you don't) (?:you |they |it |one |we |anyone )?(?:give|tell|say|quote|know|have|show|name)\b.*|"
        rf"why (?:{_IS}|isn't|aren't|can't) {_IT} (?:be )?(?:not )?(?:known|unknown|quoted|given|told|counted|clear|certain|available|repeated))"
    ),
    "period": (
        rf"(?:(?:{_THATS} )?(?:for )?(?:per|an?|each|by the|every|one|monthly|yearly|annual(?:ly)?|hourly)(?: {_UNIT})?(?: or .*)?|{_IS} {_IT} (?:per |an? |by the |for an? |for one |the )?(?:yearly|annual|annually|monthly|hourly|{_UNIT})(?: (?:pay|salary|figure|number|income))?(?: or .*)?|"
        rf"per what(?: {_UNIT})?|for what {_UNIT})"
    ),
    "currency": (
        rf"(?:(?:{_THATS} )?in (?:what|which) (?:currency|money)|(?:what|which) (?:currency|money)(?: {_IS} {_IT}(?: in)?)?|(?:{_THATS} )?(?:in )?{_MONEY}(?: or (?:in )?{_MONEY})?)"
    ),
    "place": (
        rf"(?:{_IS} {_IT} (?:true|so|the same|valid) (?:everywhere|worldwide|in (?:all|every|other) countr(?:y|ies))|{_IS} {_IT} (?:only |just |all |also )?(?:{_WHERE} )?(?:the )?(?P<place>[a-z.]+(?: [a-z.]+){{0,2}}?)(?: only| or .*)?|(?:{_WHERE} )?(?:which|what) (?:country|countries|place|region|state|city) {_IS} {_IT}(?: {_WHERE})?)"
    ),
    "sample": (
        rf"(?:(?:[^,?]{{1,30}}, ?)?(?:{_THATS} |{_IS} {_IT} )?(?:from|based on|out of|off) how many(?: \w+)?|(?:{_IS} {_IT} |{_THATS} )?(?:not )?(?:an? )?(?:very |pretty |rather |quite |kinda |so )?(?:thin|small|tiny|big|large|little|weak|representative) (?:sample|base|basis|data ?set|data)(?: size)?(?: (?:for|on|behind) {_IT})?(?: no| huh| then)?|"
        rf"how many (?:rows|salaries|data ?points|people|responses|entries|samples|cases|records|answers|respondents) (?:do|did|have|has|are|were|is|went) (?:you|they|it|that|this|there|in|into|those|these)\b(?: (?:have|has|use|used|got|based on|behind|in|into|look at|looked at|count|counted|that|it))*(?: (?:for|of|behind|in|on) (?:that|it|this|them|those|these|each|both|either)(?: (?:of (?:them|those|these)|one|role|title|job|number|figure))?)?)"
    ),
    "judgement": (
        rf"(?:{_IS} {_IT} (?:really |actually |even |considered )?(?:an? )?(?:very |quite |pretty |so )?(?:a lot|lots?|much|many|good|bad|great|high|low|decent|fair|normal|little|poor|impressive|well paid)(?: (?:pay|salary|money|number|sum|rate|growth))?(?: or .*)?)"
    ),
    "middle": rf"(?:{_IS} {_IT} (?:an? |the )?(?:average|median|mean|middle|maximum|minimum|typical)(?: (?:pay|value|salary))?(?: or .*)?)",
}
_KINDS = {kind: re.compile(_LEADS + pattern + _END) for kind, pattern in _PATTERNS.items()}
_SAYS: Mapping[OfAnswer, re.Pattern[str]] = {
    "period": re.compile(r"\b(?:(?:per|an?|each|every) (?:year|month|week|hour|day)|yearly|annual(?:ly)?|monthly|hourly)\b"),
    "currency": re.compile(r"\b(?:usd|eur|gbp|chf|inr)\b|[$€£]|\b(?:dollars|euros|pounds)\b"),
    "sample": re.compile(r"\bn=\d|\brows\b"),
    "reason": re.compile(r"\bcannot be\b|\bis not known\b|\bonly n=|\btoo (?:few|rare|small)\b|\bbecause\b|\bunknown\b|\bnot given\b"),
    "middle": re.compile(r"\b(?:average|median|mean|middle|typical\w*)\b"),
}  # fmt: skip
_UNJUDGED = "The sources don't judge that. They say:"
_BEYOND = (
    "worldwide",
    "global",
    "globally",
    "international",
    "everywhere",
    "abroad",
    "us",
    "usa",
    "u.s.",
    "states",
    "america",
)
_SAYS_WHERE = re.compile(r"\b(?:us|u\.s\.|united states|all countries)\b")


def asked_of_answer(message: str) -> OfAnswer:
    """What a short message asks of the answer before it; empty where it asks for anything else."""
    low = plain(message).strip()
    if not 0 < len(low.split()) <= _MOST_WORDS:
        return ""
    for kind, pattern in _KINDS.items():
        if found := pattern.match(low):
            place = found.groupdict().get("place")
            if place and not (place in _BEYOND or places_in(tokens(place))):
                continue
            return kind
    return ""


def of_answer(found: Evidence, asked: OfAnswer, corpus: Corpus) -> Evidence:
    """What was found for the question before, as far as it holds what is now asked of it."""
    if asked == "source":
        return whence(found, corpus)
    if asked == "judgement":
        return _unjudged(found)
    told = tuple(p for p in found.passages if holds(p, asked))
    points = tuple(Point(p.text, (p,), "bullet" if len(told) > 1 else "sentence") for p in told)
    return replace(Evidence("answered", points), exact=True) if points else NOT_IN_SOURCES


def _unjudged(found: Evidence) -> Evidence:
    """What was told once more, or of it what sets it beside an average, which is the nearest to a judgement that sources come."""
    beside = [p for p in found.passages if _BESIDE_OTHERS.search(plain(p.text))]
    if beside:
        return replace(Evidence("answered", tuple(Point(p.text, (p,)) for p in beside)), exact=True)
    told = tuple(Point(p.text, (p,), "bullet") for p in found.passages[:_MOST_TOLD])
    return Evidence("partly", (Point(_UNJUDGED, style="label"), *told), exact=True) if told else found


def holds(passage: Passage, asked: OfAnswer) -> bool:
    """Whether the passage says what is asked of the answer in which it was told."""
    low = plain(passage.text)
    if asked == "place":
        return bool(_SAYS_WHERE.search(low) or (passage.kind == "row" and places_in(tokens(low))))
    return bool(_SAYS[asked].search(low))
