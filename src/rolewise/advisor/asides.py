"""Remarks on the answer before ("ha, lucky them", "that's less than I thought"): they ask for nothing."""

from __future__ import annotations

import re

from rolewise.advisor import english
from rolewise.corpus.words import plain

_SOUND = (
    r"o+h+|a+h+|aha+|w+o+w+|whoa+|o+f|oo+f|u+gh+|phew|yikes|ouch|damn|dang|omg|wtf|lo+l|lmao|rofl|(?:ha)+h?|(?:he)*heh|(?:he){2,}|h+m+|mm+|huh|meh|"
    r"jeez|gosh|boy|man|nice|neat|cool|sweet|great|good|lovely|perfect|awesome|super|excellent|wonderful|brilliant|ok(?:ay)?|k+|"
    r"alright|all right|fine|thx|thanks|thank you|ty|cheers|interesting|impressive|"
    r"ffs|fml|smh|a+rgh|ga+h|pff+t?|tsk|bloody hell|come on|for (?:god's|heaven's|fuck's) sake|my word|goodness(?: me)?|good (?:lord|grief|heavens)|fascinating|"
    r"surprising|crazy|insane|wild|brutal|scary|harsh|rough|tough|sad|helpful|noted|understood|exactly|true|tbh"
)
_POLITE = r"thx|thanks|thank you|ty|cheers|please"
"""What may end a request as well."""
_SMALL = r"yes|yeah|yep|yup|no|nope|nah|well|right|sure|really|then|there|so|just|now|honestly|actually"
_SAYING = (
    r"(?:that |it )?(?:makes|made) sense|fair(?: enough| point)?|got it|gotcha|i see|good to know|not (?:bad|great)(?: at all)?|"
    r"no (?:surprise|surprises|wonder|way|worries|problem)(?: there)?|as (?:i )?(?:expected|thought|feared)|(?:what )?an? (?:bummer|shame|pity|relief)|"
    r"bummer|too bad|(?:lucky|poor) (?:me|you|them|him|her|us)|never heard of (?:it|them|that|him|her)|who knew|my bad|fat fingers?|typo|"
    r"(?:that|it|this) (?:really |kinda |sure )?(?:calms|helps|reassures|worries|scares|surprises|cheers|bothers|annoys|frightens|comforts|motivates|encourages|confuses) (?:me|us|him|her)(?: (?:down|up|a bit|a lot|a little|so much|now))?|"
    r"an? (?:whole|full|entire|mere) [\w-]+|(?:quite |what |that's )?an? (?:big|huge|small|tiny) (?:gap|jump|difference|drop|range|spread|number)|(?:big|huge|small|tiny) (?:gap|jump|difference|drop|range|spread|number)|"
    r"(?:forget|scratch|skip|drop) (?:that|it|this)|never ?mind|nvm|"
    r"(?:stupid |damn )?auto ?correct(?: brain)?|i (?:like|love|hate) (?:that|it|them)|(?:i )?(?:did not|didn't|wasn't) (?:know|expect|expecting) that|"
    r"(?:way |far |a bit |bit |much )?too (?:few|little|thin|small|tiny|much|many|low|high|senior|junior|late|early|old|young|far|long|hard)(?: \w+){0,3}"
)
_ADJECTIVE = (
    r"(?:low|high|little|much|few|many|less|more|good|bad|better|worse|great|nice|fine|fair|decent|doable|steep|scary|close|tempting|tight|"
    r"helpful|reassuring|disappointing|depressing|surprising|interesting|wild|tough|hard|easy|sad|weird|odd|strange|funny|cool|ok|okay|"
    r"impressive|fast|quick|harsh|crazy|insane|brutal|relief|shame|pity|lot|clear|enough|lower|higher|fewer|vague|useful|encouraging|tiny|small|big|huge|massive|large|enormous|modest|generous|rubbish|peanuts|minuscule|ridiculous|unbelievable|incredible)"
)
_THAN = (
    r"(?: than (?:i|we)(?:'d|'ve| had| have)? (?:thought|expected|hoped|feared|assumed|imagined|guessed|make|earn|get))"
)
_JUDGES = (
    r"(?:that(?:'s| is|s| was)?|it(?:'s| is|s| was)?|this is|(?:they|those|these)(?:'re| are)?|(?:\w+ ){1,2}(?:sounds?|looks?|seems?|feels?))"
    rf"(?: sounds| looks| seems| feels)?(?: like)?(?: (?:a|an|pretty|very|really|quite|kinda|kind of|sort of|so|rather|not|way|actually|only|still|just|fairly|what|bit|big|super|totally|absolutely|incredibly|extremely))* {_ADJECTIVE}{_THAN}?"
)
_REMARK = rf"(?:{_SAYING}|{_JUDGES}|was (?:very |really |so )?{_ADJECTIVE}|{_SOUND}|{_SMALL})"
_REMARKS = re.compile(rf"\W*{_REMARK}(?:\W+{_REMARK})*\W*")
_ENDS = re.compile(
    rf"[^,]{{1,40}},\s*(?!(?:(?:{_POLITE})\W*)+$)(?:{_SAYING}|{_SOUND})(?:\W+(?:{_SAYING}|{_SOUND}))*\W*"
)
_BEGINS = re.compile(
    r"\W*(?:(?:that |it )?(?:makes|made) sense|no (?:wonder|surprise)|lucky (?:me|you|them)|good to know|(?:back )?in my (?:day|days|time|youth))\b[^?]{0,60}"
)
_OF_ONESELF = re.compile(r"\W*(?:i'm|im|i am|i've|we're|we are|my)\b.{0,40}")
_BEFORE_ASKING = re.compile(
    rf"^\W*(?:(?:{_SOUND}|{_SMALL})\b\W*)+(?=(?:and|or|but|{'|'.join(sorted(english.QUESTION_WORDS | english.AUXILIARIES))})\b)"
)
_TAKES_BACK = re.compile(r"\W*(?:no|nope|nah|sorry|wait|oh|ah|actually|not|my bad|well)\b")
"""What may begin a correction: "no, the lead"."""
_PURPOSE = re.compile(
    r"\W*just (?:to|so (?:that )?i(?: can)?) (?:see|know|check|compare|understand|be sure|make sure|get an idea)\b.{0,60}"
)
"""What somebody asks something for, told behind it."""
_OF_OTHERS = re.compile(
    r"\W*(?:my|his|her|our) [\w-]+ (?:lives?|works?|studies|earns|was born|comes from|is (?:at|in|there|from))\b[^?]{0,40}\??"
)
"""Why somebody asks, told behind it: ", my cousin lives in Lyon"."""
_WISHES = frozenset("tell list show give explain describe compare name".split())
_DOTS = re.compile(r"(?P<before>[^.?!…]+)(?:…|\.{2,})\s*(?=\w)")
_PICTOGRAMS = re.compile(r"\s*[\U0001F000-\U0001FAFF\u2600-\u27BF\u200D\uFE0F]+\s*")


def is_aside(part: str) -> bool:
    """Whether a part of a message only remarks on what was answered."""
    low = plain(part).strip()
    if not low or "?" in low:
        return False
    if english.CORRECTION.match(low) and not _REMARKS.fullmatch(low):
        return False
    if _REMARKS.fullmatch(low) or _BEGINS.fullmatch(low) or (_ENDS.fullmatch(low) and not _asks(low)):
        return True
    clauses = [c for c in re.split(r"[,;]\s+", low) if c]
    remarks = [c for c in clauses if _REMARKS.fullmatch(c)]
    return bool(remarks) and all(c in remarks or _OF_ONESELF.fullmatch(c) for c in clauses)


def without_asides(part: str) -> str:
    """The part without remarks before its first comma or after its last, and without sounds before what it asks."""
    clauses = re.split(r"(?<=[,;])\s+", part)
    while len(clauses) > 1 and is_aside(clauses[0]) and not _TAKES_BACK.match(plain(clauses[0])):
        del clauses[0]
    while len(clauses) > 1 and (
        is_aside(clauses[-1]) or _PURPOSE.fullmatch(plain(clauses[-1])) or _OF_OTHERS.fullmatch(plain(clauses[-1]))
    ):
        del clauses[-1]
        clauses[-1] = clauses[-1].rstrip(",; ")
    rest = " ".join(clauses)
    before = _BEFORE_ASKING.match(plain(rest)) if len(plain(rest)) == len(rest) else None
    return rest[before.end() :] if before else rest


def with_breaks(message: str) -> str:
    """The message with a full stop where pictograms, or dots after a remark, part what it says: "ok 😅 and in Canada?"."""
    marked = _PICTOGRAMS.sub(lambda at: " " if message[: at.start()][-1:] in "?!.,;:" else ". ", message)
    marked = _DOTS.sub(lambda at: f"{at['before']}. " if is_aside(at["before"]) else at[0], marked)
    return re.sub(r"[\s.]*\s([?!])", r"\1", marked).strip(" ").removeprefix(". ").removesuffix(" .")


def _asks(low: str) -> bool:
    words = [w for w in re.findall(r"[\w']+", low) if w not in ("and", "but", "so", "or")]
    return bool(words) and words[0] in english.QUESTION_WORDS | english.AUXILIARIES | _WISHES
