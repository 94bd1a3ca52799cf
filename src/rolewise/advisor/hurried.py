"""Words as they are typed in a hurry: "wat langs shud i learn"."""

from __future__ import annotations

import re

_HURRIED = {
    "shud": "should", "shld": "should", "cud": "could", "wud": "would", "wld": "would", "ppl": "people", "abt": "about", "cuz": "because",
    "coz": "because", "wat": "what", "wut": "what", "wich": "which", "whch": "which", "thru": "through", "langs": "languages",
    "lang": "language", "reqs": "requirements", "yrs": "years", "yr": "year", "avg": "average", "b4": "before", "w/": "with", "w/o": "without",
    "bcs": "because", "incl": "include", "esp": "especially", "approx": "about", "smth": "something", "smb": "somebody", "sb": "somebody", "idk": "i don't know", "dunno": "don't know", "rn": "right now",
    "diff": "difference", "diffs": "differences", "mgr": "manager", "mgmt": "management", "edu": "education", "grad": "graduate",
    "grads": "graduates", "sum1": "someone", "any1": "anyone", "every1": "everyone", "some1": "someone", "2day": "today", "tmrw": "tomorrow",
    "u": "you", "ur": "your", "hw": "how", "wht": "what", "whn": "when", "hav": "have", "dat": "that", "da": "the", "wen": "when",
    "isnt": "isn't", "dont": "don't", "arent": "aren't", "wasnt": "wasn't", "werent": "weren't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "couldnt": "couldn't",
    "shouldnt": "shouldn't", "wouldnt": "wouldn't", "hasnt": "hasn't", "havent": "haven't", "hadnt": "hadn't", "youre": "you're", "theyre": "they're",
    "theres": "there's", "hwo": "how", "teh": "the", "adn": "and", "waht": "what", "whta": "what", "meny": "many", "woud": "would", "shoud": "should", "coud": "could",
    "thier": "their", "becuase": "because", "wer": "where", "enuf": "enough", "enouf": "enough", "whos": "who's", "1s": "ones",
}  # fmt: skip
_IN_A_HURRY = re.compile(
    rf"(?<![\w'’.-])(?:{'|'.join(map(re.escape, sorted(_HURRIED, key=len, reverse=True)))})(?![\w'’@-])|(?<![\w'’.-])r(?= (?:they|you|u|we|these|those|there|the|their)\b)"
)


_SHORTENED = re.compile(
    r"\b(comp|sci|eng|engr|dept|approx|esp|prof|dr|mr|mrs|ms|univ|dev|mgr|mgmt|sr|jr|yrs|resp|incl)\.(?= [a-z(])",
    re.IGNORECASE,
)
_AS_ONE = re.compile(
    r"\b(which|that|this|other|either|remote|same|no|first|last|second|better|best|\w+er paid) 1\b(?![\d.,%:/-])"
)


def unhurried(message: str) -> str:
    """The message with whole words for such as are typed in a hurry: "wat langs shud i learn", "r they still there"."""
    message = re.sub(r",? by any chance\b", "", _SHORTENED.sub(r"\1", message))
    message = re.sub(r"^\s*n(?= (?:in|for|the|what|how|at|which|is|are|do|does|with)\b)", "and", message)
    return _AS_ONE.sub(r"\1 one", _IN_A_HURRY.sub(lambda m: _HURRIED.get(m[0], "are"), message))
