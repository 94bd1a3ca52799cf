"""What kind of thing is asked for (a reason, a company, what a word means), and whether passages hold any such thing.

That a passage speaks of the matter does not make up for it: of pay by country no answer follows to "which company pays best?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolewise.advisor import english
from rolewise.advisor.advice import OF_A_PERSON
from rolewise.advisor.evidence.base import Library, covers, said_of, stems_of
from rolewise.advisor.question import Question
from rolewise.corpus import Passage
from rolewise.corpus.words import plain, stem

_HOLDERS = (
    "company companies employer employers firm firms organization organizations startup startups business bank banks outfit",
    "state states province provinces",
    "city cities town towns place places location",
    "country countries nation nations",
    "university universities uni unis college colleges school schools",
)
_WHICH = re.compile(
    rf"(?:\bwhich|(?:^\W*(?:and |so |but )*|\b(?:in|from|at|of|by|for) )what)(?: (?:us|u\.s\.|american|german|big|single|other|of (?:the|these|those|their)))? ({'|'.join(w for h in _HOLDERS for w in h.split())})\b"
)
_WHY = re.compile(
    r"\b(?:because|since|due to|so that|too (?:few|rare|small)|cannot be|could not be|reasons?|therefore|in order to)\b|"
    r"\bas (?:the|an?|its|their|his|her) \w+ (?:grew|grows|rose|rises|fell|falls|changed|shrank|\w+ed)\b"
)
_CAVEATS = "caveats"
_MEANS = re.compile(
    r"\bwhat (?:does|do|did|is|are) (?:an? |the )?(.+?) (?:even |actually |really )?mean\b|^\W*(?:and |so )?(.+?) means? what\b|\bwhat means (.+)|\bmeaning of (?:the )?(.+)|\b(?:that|it|this) mean\b"
)
_EXPLAINS = re.compile(r"\b(?:means?|meant|stands? for|refers? to|short for|defin\w+|known as|called)\b")
_HARD = re.compile(
    r"\bhow (?:hard|difficult|easy|tough|challenging|stressful)\b|\bwhich\b.*\b(?:easier|harder|simpler|tougher|easiest|hardest)\b|\b(?:easy|hard|difficult) to (?:learn|get into|find)\b"
)
_HARDNESS = stems_of(
    "hard harder difficult difficulty easy easier simple simpler tough tougher easiest hardest challenging stressful steep"
)
# Whose pay, prospects or schooling are asked for, and with what somebody wants to begin: "the outlook for plumbers", "what do
# actuaries earn", "get started with baking".
_ENDS = (
    r"(?=\W*$|[,.;?!:]| \d| (?:in|until|till|to|from|by|at|now|today|over|between|there|here|with|and|or|next|within|during|through|since|before|after|"
    r"like|as|these|compared|then|right|according)\b)"
)
_FOR_WHOM = re.compile(
    r"\b(?:outlook|prospects?|demand|growth|grow|future|projections?|forecast|pay|paid|salar(?:y|ies)|wages?|earnings|median|education|degrees?|duties|tasks)\b"
    rf"[^,.;?]{{0,25}}?\b(?:for|of) (?:an? |the |all )?((?:[a-z-]+ ){{0,2}}?[a-z-]+){_ENDS}|"
    r"\b(?:do|does|did|will|are|can) (?:an? |the )?([a-z-]+) (?:usually |typically |really |actually |normally )?(?:earn|make|get paid|paid|bring home)\b|"
    rf"\bget(?:ting)? (?:started|going) (?:with|in|on) (?:an? |the )?((?:[a-z-]+ ){{0,2}}?[a-z-]+){_ENDS}"
)
_COUNTED_OF = re.compile(
    r"\b(?:use|uses|using|used|name|names|named|mention|mentions|ask for|want|know|knows) ([a-z0-9+#.-]+)\W*$"
)
_AFTER = re.compile(r"\b(?:after|beyond|past|later than) ((?:19|20)\d\d)\b")

_OPEN_NOW = re.compile(
    r"\bstill (?:open|hiring|available|free|looking|advertised|up(?! to)|vacant|online|recruiting)\b(?! as)|"
    r"\b(?:openings|vacanc(?:y|ies)|vacant|hiring|recruiting|looking for)\b.*\b(?:right now|now|today|at the moment|currently|these days)\b|"
    r"\b(?:right now|now|today|at the moment|currently|actively)\b.*\b(?:hiring|recruiting|looking for|vacant)\b"
)
_THAN = re.compile(r"\b(?:(\w{3,}[a-z]er)|more (\w{4,})) than\b")
_MEASURED = stems_of(
    "higher lower better worse rather faster slower bigger larger smaller other greater fewer older longer newer often frequently likely popular common money jobs people"
)
_WHEN = re.compile(r"\bwhen (?:did|was|were)\b|\b(?:what|which) year (?:did|was|were)\b")

_ASKING = re.compile(r"[^.?!;]*\?")
_OR_ELSE = re.compile(r",? or (?:is|are|do|does|can|will)\b.*")
_OF_ONESELF = re.compile(rf"^\W*(?:(?:and|but|so|ok|well|hi|hello)\W+)*(?:as an? |{OF_A_PERSON.pattern})")


def asking(low: str) -> list[str]:
    """The clauses of a plain text that ask: without what somebody tells of themselves, and without a second choice at the end."""
    if "?" not in low and _OF_ONESELF.search(low):
        return []
    low = _OR_ELSE.sub("", " ".join(_ASKING.findall(low)) or low)
    return [c for c in english.CLAUSE.split(low) if not _OF_ONESELF.search(c)] or [low]


def kind_untold(question: Question, passages: Sequence[Passage], library: Library) -> tuple[str, ...]:
    """What is asked for, where it is of a kind that none of the passages holds; nothing otherwise."""
    low = plain(question.text)
    doubts = any(_CAVEATS in p.aspects for p in passages)
    if (
        question.has("why")
        and not doubts
        and passages[0].kind != "role"
        and not any(_WHY.search(p.text) for p in passages)
    ):
        return ("the reason",)
    if (which := _WHICH.search(low)) and not any(_holds(p, which[1], library) for p in passages):
        return (which[1],)
    if _MEANS.search(low) and not question.roles and not any(_EXPLAINS.search(p.text) for p in passages):
        return ("what it means",)
    if _HARD.search(low) and not any(_HARDNESS & stems_of(p.text) for p in passages):
        return ("how hard it is",)
    if (after := _AFTER.search(low)) and not any(
        int(y) > int(after[1]) for p in passages for y in re.findall(r"\b(?:19|20)\d\d\b", p.text)
    ):
        return (after[0],)
    if _OPEN_NOW.search(low):
        return ("whether it is open now",)
    if _WHEN.search(low) and not any(re.search(r"\d{4}", p.text) for p in passages):
        return ("when",)
    for compared in _THAN.finditer(" . ".join(asking(low))):
        word = compared[1] or compared[2]
        if stem(word) not in _MEASURED and not any(
            stem(word) in stems_of(w) for p in passages for w in said_of(p, library.corpus)
        ):
            return (word,)
    phrases = [phrase for found in _FOR_WHOM.finditer(low) for phrase in found.groups() if phrase]
    if question.form == "number" and (counted := _COUNTED_OF.search(low)):
        phrases.append(counted[1].rstrip("."))
    open_ = {t.word.lower() for t in question.terms if not any(covers(p, t, library.corpus) for p in passages)}
    return next((tuple(phrase.split()) for phrase in phrases if open_.issuperset(phrase.split())), ())


def _holds(passage: Passage, holder: str, library: Library) -> bool:
    """Whether the passage is on such a holder: by its words, by a column of its table, or by what its aspect is called."""
    alike = stems_of(next(h for h in _HOLDERS if holder in h.split()))
    return any(alike & stems_of(text) for text in said_of(passage, library.corpus))
