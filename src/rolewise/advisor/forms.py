"""Which form a question has, from its cues: what kind of answer would be direct."""

from __future__ import annotations

import re

from rolewise.advisor import english
from rolewise.advisor.asks import ROLE
from rolewise.advisor.question import Form
from rolewise.advisor.reading import Reading

_LEAD_IN = r"^\W*(?:(?:and|or|but|so|then|also|ok|please|hi|hello|hey|well)\W+)*"
_ONLY_ROLE = re.compile(rf"\bonly (?:(?:in|for|on|of|with|by) )?(?:the |an? )?{ROLE}\b")
_ROLE_WORDS = r"(?:roles?|ones?|jobs?|paths?|careers?|ways?|directions?|roads?|sides?|of|positions?|titles?|options?|professions?|fields?|choices?|fits?|match|would|do|should|could|can|for)"
_OF_A_THING = re.compile(
    rf"^\W*(?:(?:and|so|but|ok|then)\W+)*(?:(?:which|what) (?!{_ROLE_WORDS}\b)\w+ (?:would|should|do|could|can) (?:i|you|we)\b|"
    r"(?:what(?:'s| is| are) )?(?:the |an? |any )?(?:best|good|cheapest|easiest|top) (?:[a-z-]+ ){0,2}?"
    r"(?:courses?|books?|tutorials?|boot ?camps?|universit(?:y|ies)|colleges?|schools?|certificates?|laptops?|computers?|websites?|sites?|podcasts?|programs?|cit(?:y|ies)|countr(?:y|ies)|compan(?:y|ies))\b)"
)
"""What is asked for is no role: "which university would you recommend?"."""
_NEEDED = re.compile(r"\b(?:needed|necessary|required|mandatory|compulsory|obligatory|essential|a must)\W*$")
_DEFINES = re.compile(
    rf"\W*(?:(?:so|and|but|ok) )*what(?: even| exactly| actually| really)? (?:is|are|does|do) (?:an? |the )?{ROLE}(?: (?:even |actually |really |usually )?do(?: all day)?)?\W*"
)
_TAG = re.compile(
    r",? (?:right|yes|no|correct|is that true|true|(?:is|are|do|does)n't (?:it|they|he)|(?:is|are|does|do) (?:it|they|he|i))\?*$"
)


def form_of(reading: Reading) -> Form:
    """The form of one question."""
    cues, body = reading.cues, reading.text
    first = re.match(_LEAD_IN + r"([\w']+)", body)
    yes_no = bool(first and first[1] in english.AUXILIARIES) or bool(_TAG.search(body))
    yes_no = yes_no or bool(english.ASKS_OF_IT.match(body))
    needs = "must" in cues and bool(reading.items) and not any(w.text in english.QUESTION_WORDS for w in reading.words)
    yes_no = yes_no or (needs and bool(_NEEDED.search(body)))
    one_role = len(reading.roles) == 1 and not english.BOTH.search(body)
    if "fit" in cues and not _OF_A_THING.match(body):
        return "fit"
    if "which_role" in cues and not reading.values and not one_role:
        return "which_role"
    one_side = "one_side" in cues and (len(reading.roles) > 1 or bool(_ONLY_ROLE.search(reading.masked)))
    if one_side and not reading.values and not yes_no:
        return "compare"
    if "compare" in cues or ("only" in cues and len(reading.roles) > 1):
        return "compare"
    if first and first[1] in ("should", "shall") and len(reading.items) > 1 and " or " in body:
        return "fact"
    if cues & {"how_to", "way_in"} and not (reading.values and english.DIFFERENCE.search(body)):
        return "how_to"
    if yes_no:
        return "yes_no"
    if "number" in cues:
        return "number"
    if reading.roles and not (reading.items or reading.aspects or reading.values):
        return "define" if len(reading.roles) == 1 else "compare"
    return "list" if "list" in cues else "fact"


def defines(masked: str) -> bool:
    """Whether a clause, `ROLE` for its role, asks what a role is: what is told before it has nothing to do with it."""
    return bool(_DEFINES.fullmatch(masked))
