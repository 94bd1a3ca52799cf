"""Greetings, thanks, and "what can you do?": met as a person would, without a search."""

from __future__ import annotations

import re
from typing import Literal

from rolewise.advisor import english
from rolewise.advisor.asides import is_aside
from rolewise.corpus.words import plain

GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening|day)|greetings|howdy|hola|hallo|bonjour|salut|"
    r"how are you(?: doing)?(?: today)?|how's it going|what's up|sup|nice to meet you)\b"
    r"(?:(?!\b(?:what|which|who|do|does|is|are|can|should)\b)[\s\w!,.?':;()-]){0,24}$"
)
THANKS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|perfect|cool|super|awesome|nice|alright|got it|good)\W+)*(?:thanks?|thank you|thx|ty|cheers|much appreciated|"
    r"that (?:was|is|'s) (?:very |really )?(?:helpful|useful|great|all)|that helps?(?:ed)?|"
    r"good (?:answer|job)|bye|goodbye|see you|danke|gracias|merci)\b[\s\w!,.':;()-]{0,40}$"
    r"|^\W*(?:got it|great|perfect|cool|awesome|ok(?:ay)?)\b(?:[\s!,.]+(?:then|so|now|ok(?:ay)?|great|cool|thanks?|got it))*[\s!,.':;()-]*$"
)
ABILITIES = re.compile(
    r"\b(?:what (?:can|do|could) (?:you|i ask you|i ask)(?: (?:do|know|help|answer|tell)\b.*)?$|what can i ask|who are you|what are you\b|"
    r"how (?:can|do) you help|how do you work|are you (?:a |an )?(?:bot|ai|robot|human|person|real|chatgpt|machine|llm)|"
    r"what is this(?: (?:site|app|page|tool|bot))?\s*\??$|help me\s*\??$|^\W*help\W*$|what (?:is|'s) your (?:name|job|purpose)|"
    r"(?:what|which) topics (?:can|do|could) (?:you|i)|what questions can|(?:introduce|tell me about) yourself|what is rolewise)"
)


def small_talk(message: str) -> Literal["greeting", "thanks", "abilities", "remark", ""]:
    low = plain(message)
    if len(low.split()) <= 12 and ABILITIES.search(low):
        return "abilities"
    if GREETING.match(low):
        return "greeting"
    if THANKS.match(low):
        return "thanks"
    return "remark" if all(map(is_aside, english.SEPARATE.split(message))) else ""
