"""The words of the short conversation about oneself: how it is started, answered and left, and what it asks."""

from __future__ import annotations

import re

from rolewise.advisor import english
from rolewise.advisor.evidence.base import joined
from rolewise.advisor.experience import in_words
from rolewise.advisor.listening import Topic
from rolewise.advisor.profile import Choices, Profile
from rolewise.corpus import Corpus, Passage

TOPICS: tuple[Topic, ...] = ("skills", "likes", "dislikes", "education", "years")
"""What is asked about, in this order; at most one question each."""

ASK_ME = "Ask me a few questions, then weigh it"
FIT, LEARN, GET_IN = "Which role fits me?", "What should I learn first?", "Would I get in?"
SKIP_IT, ENOUGH, FORGET = "Skip this question", "That's enough, weigh it", "Forget my profile"

STARTS = re.compile(
    r"\b(?:which|what|wich) (?:\w+ )?(?:roles?|jobs?|careers?|one|path|profession|position)\b.{0,20}\b(?:fits?|suits?|for) me\b|"
    r"\bfind (?:me )?(?:the|a|my) (?:right |best |good )?(?:role|job|career|fit)\b(?: for me)?|\bhelp me (?:to )?(?:choose|decide|pick)\b(?! (?:a|an|which) (?!role|job|career))|"
    r"\b(?:interview me|ask me (?:a few|some|the|five|any|your)? ?questions)\b"
)
ASKS_TO_BE_ASKED = re.compile(r"\b(?:interview me|ask me (?:a few|some|the|five|any|your)? ?questions)\b")
CLEARS = re.compile(
    r"\b(?:forget|clear|delete|erase|remove|reset|wipe)\b.{0,20}\b(?:my (?:profile|data|answers|details)|about me|i (?:said|told|have told|wrote)(?! (?:\w+ )?about (?!me\b|myself\b))|"
    r"i've (?:said|told)|(?:everything|all of (?:it|that|this))(?= i\b|\W*$))"
)
SHOWS = re.compile(
    r"\bwhat (?:do|did) you (?:know|have|remember|note[d]?|store)\b.{0,20}\b(?:me|noted)\b|\bwhat (?:is|'s) (?:in )?my profile\b|\bwhat have (?:i told you|you (?:noted|stored))\b|"
    r"^\W*(?:show|see|print|tell) (?:me )?my profile\b"
)
_TAIL = r"(?:\W+(?:it|that|this|one|question|questions|please|thanks|now|here|yet|really|sorry|tbh|honestly|lol|about|for|me|the|rest|all))*\W*$"
STOPS = re.compile(
    r"^\W*(?:ok(?:ay)?\W+|please\W+)*(?:stop|quit|cancel|exit|done|i'm done|finish(?:ed)?|no more(?: questions)?|never ?mind|weigh(?: it)?|enough|"
    r"(?:that(?:'s| is) )(?:it|all|enough)|just (?:tell|weigh|give|show) (?:me|it)|(?:show|give) me (?:the|my) (?:result|answer)|(?:let's|can we) stop)"
    rf"(?:\W+(?:and )?(?:just )?weigh(?: it)?)?{_TAIL}"
)
SKIPS = re.compile(
    r"^\W*(?:skip\w*|next(?: (?:one|question))?|pass(?: on)?|(?:i )?(?:don't|do not|dont|can't) (?:know|say|tell|want to (?:say|tell|answer))|dunno|idk|no idea|"
    r"not sure|(?:i'd |i would )?(?:rather|prefer) not(?: (?:to )?(?:say|tell|answer))?|no comment|n/?a|no answer|hard to say)"
    + _TAIL
)
NOTHING = re.compile(
    r"^\W*(?:none|no|nope|nothing|zero|nil|not (?:much|any|really)|no (?:preference|one|thing)|anything|everything|-+)\b[\w\s,.'!]{0,25}$|^\W*$"
)
EXPLAINS = re.compile(
    r"^\W*(?:(?:what|how) do you mean|like what|such as(?: what)?|for example|e\.?g\.?|why (?:do you|are you|should i)\b.*|what (?:counts|are (?:the|my) (?:options|choices)|can i (?:say|answer|choose)|kind of .*)|"
    r"which (?:ones|skills|things)(?: (?:do you know|are there|count))?|examples?|what for|what does that mean|i don't understand|huh)\W*(?:please|then)?\W*$"
)
GOES_ON = re.compile(
    r"^\W*(?:ok(?:ay)?\W+)?(?:continue|go on|resume|carry on|back to (?:the|my|your) (?:questions?|interview|profile)|(?:let's )?go back|where were we)\b[\w\s,.']{0,30}$"
)
SHORT_TALK = re.compile(
    r"^\W*(?:ok(?:ay)?|yes|yeah|yep|sure|fine|hm+|well|right|let's go|go|go ahead|please|i see|got it|start|ready)\W*$"
)
_SUBJECT = r"(?:i|you|we|it|they|he|she|there|the|a|an|this|that|these|those|both|either|one|most|people|leads?)"
ASKS = re.compile(
    rf"^\W*(?:(?:and|but|so|ok|then|also|wait|hm+|btw|by the way|first)\W+)*(?:(?:{'|'.join(sorted(english.AUXILIARIES))}) {_SUBJECT}\b|"
    rf"(?:{'|'.join(sorted(english.QUESTION_WORDS))})\b(?! i (?:like|love|enjoy|hate|know|prefer|avoid|do|did|can|dislike)\b)|"
    r"(?:tell|show|give|explain to|remind) me\b|compare\b|list\b|define\b|describe\b|explain (?:what|how|why|the)\b)"
)
HEDGES = re.compile(r"\b(?:i|i'm|i've|i'd|my|maybe|perhaps|probably|guess|i think|sort of|kind of)\b")

ASKED: dict[str, str] = {
    "skills": "What can you do already, or have worked with?",
    "likes": "What kind of work do you like?",
    "dislikes": "And what would you rather not do?",
    "education": "What have you studied, and how far?",
    "years": "How many years of experience do you have in work of this kind (a number will do)?",
}
OF_ONESELF = re.compile(r"\b(?:i|i'm|i've|i'd|my)\b")
ADDS = re.compile(r"^\W*(?:also|and|oh|plus|i|i'm|i've|my|actually|forgot)\b")
WHY = "It shows what speaks for a role and what against it, for you. Anything in your own words will do; these are what the sources name."
NOTHING_TO_WEIGH = (
    "Nothing to weigh yet, and that is fine: ask on whatever you like. Say what you know, like or avoid at any time, or ask "
    "“which role fits me?” to begin again."
)
FORGOTTEN = "Forgotten: what you said of yourself is left out of my answers from here on. It was never stored outside this conversation."
NOTHING_NAMED = "Nothing in that is named by the roles in the sources, so it can't be weighed."
MOST_NOT_NAMED = 5
_ORDER = ("First", "Second", "Third", "Fourth", "Last")


def question_on(topic: Topic, number: int, corpus: Corpus, known: Choices, more: bool = False) -> str:
    """The question on a topic, `number` counted from 1, with examples from the corpus; `more` gives as many as there are."""
    named = examples_of(topic, corpus, known)
    shown = named[:40] if more else named[:5]
    like = f" You could say {joined([f'“{e}”' for e in shown], 'or')}." if shown else ""
    return f"**{_ORDER[min(number, len(_ORDER)) - 1]} question:** {ASKED[topic]}{like}"


def examples_of(topic: Topic, corpus: Corpus, known: Choices) -> list[str]:
    """Things that an answer may name: one of each kind first, and of the work first what tells the roles apart."""
    said = [p for role in corpus.roles for p in role.passages]
    if topic == "skills":
        return _mixed([p for p in said if p.need and set(p.items) & set(known.skills)], set(known.skills))
    if topic == "education":
        return _mixed([p for p in said if set(p.items) & set(known.education)], set(known.education))
    if topic in ("likes", "dislikes"):
        holders = {i: sum(any(i in p.items for p in r.passages) for r in corpus.roles) for i in known.tasks}
        by_role = [
            [i for p in r.passages for i in p.items if i in holders and holders[i] < len(corpus.roles)]
            for r in corpus.roles
        ]
        telling = list(dict.fromkeys(_by_turns(by_role)))
        rest = [i for i in known.tasks if i not in telling]
        found = [*telling, *rest]
        return found if topic == "likes" else [*found[1:5:2], *found[0:5:2], *found[5:]]
    return []


def not_named(names: tuple[str, ...]) -> str:
    """What of an answer isn't weighed, since no role names it; nothing where there is no such thing."""
    if not names:
        return ""
    shown = joined([f"“{n}”" for n in names[:MOST_NOT_NAMED]], "or")
    verb = "it isn't" if len(names) == 1 else "they aren't"
    return f"No role in the sources names {shown}, so {verb} weighed."


def told(profile: Profile, quoted: bool = True) -> str:
    """The profile in a few words, each thing in quotes or bare."""

    experience = [] if profile.years is None else [in_words(profile.years)]
    has = dict.fromkeys((*profile.skills, *profile.education, *experience))
    sides = [(i, " (in favour)") for i in profile.likes if i not in has] + [(i, " (against)") for i in profile.dislikes]
    return ", ".join((f"“{i}”" if quoted else i) + side for i, side in [*((i, "") for i in has), *sides])


def _mixed(passages: list[Passage], wanted: set[str]) -> list[str]:
    """The wanted items, a first one of each kind of statement, then the others."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for passage in passages:
        kinds.setdefault(passage.aspects, []).extend(i for i in passage.items if i in wanted)
    return list(dict.fromkeys(_by_turns(list(kinds.values()))))


def _by_turns(lists: list[list[str]]) -> list[str]:
    longest = max(map(len, lists), default=0)
    return [each[at] for at in range(longest) for each in lists if at < len(each)]
