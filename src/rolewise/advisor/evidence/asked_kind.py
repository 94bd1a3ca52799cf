"""What kind of thing is asked for (a reason, a company, what a word means), and whether passages hold any such thing.

That a passage speaks of the matter does not make up for it: of pay by country no answer follows to "which company pays best?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    r"\bwhat (?:does|do|did|is|are) (?:an? |the )?(.+?) (?:even |actually |really )?mean\b|\bwhat (?:exactly |precisely )?(?:does|do|is|counts?)\b.*\b(?:counts? as|understand by)\b|^\W*(?:and |so )?(.+?) means? what\b|\bwhat means (.+)|\bmeaning of (?:the )?(.+)|\b(?:that|it|this) mean\b"
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
    r"\b(?:use|uses|using|used|name|names|named|mention|mentions|ask for|want|know|knows|have|has|hold|holds|like|love|prefer|speak) "
    r"(?:an? |the |their )?([a-z0-9+#.-]+)\W*$"
)
_HOW_MANY = re.compile(r"\bhow many ([a-z-]+)\b")
_AFTER = re.compile(r"\b(?:after|beyond|past|later than) ((?:19|20)\d\d)\b")

_OPEN_NOW = re.compile(
    r"\bstill (?:open|hiring|available|free|looking|advertised|up(?! to)|vacant|online|recruiting)\b(?! as)|"
    r"\b(?:openings|vacanc(?:y|ies)|vacant|hiring|recruiting|looking for)\b.*\b(?:right now|now|today|at the moment|currently|these days)\b|"
    r"\b(?:right now|now|today|at the moment|currently|actively)\b.*\b(?:hiring|recruiting|looking for|vacant)\b"
)
_THAN = re.compile(
    r"\b(?:(\w{3,}[a-z]er)|more (\w{3,}(?:ful|ive|ous|ing|ed|able|ible|ent|ant|ic|less|ish|ary))) than\b"
)
_COSTS, _MONEY = ("cheaper", "pricier", "expensive"), re.compile(r"\busd \d")
_MEASURED = stems_of(
    "higher lower better worse rather faster slower bigger larger smaller other greater fewer older longer newer earlier later sooner closer nearer further wider shorter narrower frequent"
)
_WHEN = re.compile(r"\bwhen (?:did|was|were)\b|\b(?:what|which) year (?:did|was|were)\b")
_HOW_OFTEN = re.compile(r"\bhow often (?:does|do|must|should|will|would|can|are|is)\b")
_FREQUENCY = re.compile(
    r"%|\b(?:every|daily|weekly|monthly|often|times|sometimes|always|usually|a (?:day|week|month)|once|twice)\b"
)
_TEAM_SIZE = re.compile(
    r"\bhow (?:many people|big|large|many (?:engineers|members))\b.*\bteams?\b|\bteams?\b.*\bhow (?:big|large|many)\b|\bteam size\b|\bsize of (?:the|a|their|such) teams?\b"
)
_OPPOSITE = re.compile(
    r"\b(?:stay(?:s|ing)? away from|hardly ever|what speaks against|(?:should|must) i avoid|(?:should not|shouldn't) (?:use|learn|know))\b"
)
_SAYS_NOT = re.compile(
    r"\b(?:no|not|without|less|lower|fewer|only|never|instead|rare\w*|hard|cannot|uncertain|lack\w*|neither|risk\w*|avoid\w*)\b|n't"
)
# What somebody with a title does is asked, and no figure of it.
_THE_WORK = re.compile(
    r"\bwhat (?:does|do|must|should|would|else) (?:an? |the )?(?:[\w-]+ ){1,6}?(?:do|work on|know|learn|need|study)\b(?!.*\b(?:pay|paid|earn\w*|make|salar\w+|median|outlook|grow\w*|many|much)\b)"
)
_BY = re.compile(
    r"^\W*(?:(?:and|or|but|so|ok) )*(?:split |broken down |sorted |grouped )?by (?!how\b|what\b|whom?\b|when\b|which\b|the\b|far\b|hand\b|myself\b|now\b|then\b)((?:[a-z-]+ )?[a-z-]+)\W*$"
)
_OCCUPATION = re.compile(
    r"[a-z]{3,}(?:ians?|ists?|yers?|aries|ary|ants?|eers?|makers?|drivers?|nurses?|teachers?|plumbers?|writers?|officers?|clerks?)$"
)
_NEEDED = re.compile(
    r"^\W*(?:(?:and|so|but|ok)\W+)*(?:is|are|does|do|would|will|must|should|can) (?:an? |the |my |any )?([a-z][\w+#.-]*) (?:\w+ )?"
    r"(?:something|needed|required|necessary|mandatory|obligatory|a must|ok|okay|enough|used|important|relevant|expected|asked|useful|wanted|preferred|part of|essential|good|worth)\b"
)
_COUNTS_AS = re.compile(
    r"\b(?:does|do|would|will|is|are) (?:an? |the |my |your )?([a-z][\w-]+) (?:also |even |really )?(?:count(?:s|ed)?|qualif\w+|regarded|seen|accepted|considered) (?:as|towards|for)\b"
)
_JOBS_IN = re.compile(r"\b([a-z]{3,}) (?:jobs|employment|positions|careers)\b")
_PERIOD = re.compile(r"\b((?:19|20)\d\d) ?(?:-|–|to|until|till) ?(?:(?:19|20)?(\d\d))\b")
_OF_THEM = re.compile(
    r"\b(?:of|for|than|or|employs?|hires?|recruits?|includes?) (?:an? |the |any |many |also )?(?:[a-z]+ )??([a-z]+)\W*(?:$|,)"
)

_YEAR = re.compile(r"\d{4}")
_ASKING = re.compile(r"[^.?!;]*\?")
_OR_ELSE = re.compile(r",? or (?:is|are|do|does|can|will)\b.*")
_OF_ONESELF = re.compile(rf"^\W*(?:(?:and|but|so|ok|well|hi|hello)\W+)*(?:as an? |{OF_A_PERSON.pattern})")


def asking(low: str) -> list[str]:
    """The clauses of a plain text that ask: without what somebody tells of themselves, and without a second choice at the end."""
    if "?" not in low and _OF_ONESELF.search(low):
        return []
    low = _OR_ELSE.sub("", " ".join(_ASKING.findall(low)) or low)
    return [c for c in english.CLAUSE.split(low) if not _OF_ONESELF.search(c)] or [low]


@dataclass(frozen=True)
class _Asked:
    """A question in plain words, and the passages that were chosen for it."""

    question: Question
    low: str
    passages: Sequence[Passage]
    library: Library

    def says(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(plain(p.text)) for p in self.passages)

    def all_are(self, kind: str) -> bool:
        return all(p.kind == kind for p in self.passages)

    def speaks_of(self, word_stem: str) -> bool:
        """By a passage's words, a column of its table, or what its aspect is called."""
        return any(word_stem in stems_of(w) for p in self.passages for w in said_of(p, self.library.corpus))


def kind_untold(question: Question, passages: Sequence[Passage], library: Library) -> tuple[str, ...]:
    """What is asked for, where it is of a kind that none of the passages holds; nothing otherwise."""
    asked = _Asked(question, plain(question.text), passages, library)
    return next(filter(None, (untold(asked) for untold in _KINDS)), ())


def _reason(asked: _Asked) -> tuple[str, ...]:
    doubts = any(_CAVEATS in p.aspects for p in asked.passages)
    why = asked.question.has("why") and not doubts and asked.passages[0].kind != "role"
    return ("the reason",) if why and not asked.says(_WHY) else ()


def _holder(asked: _Asked) -> tuple[str, ...]:
    which = _WHICH.search(asked.low)
    alike = stems_of(next(h for h in _HOLDERS if which[1] in h.split())) if which else ()
    return (which[1],) if which and not any(asked.speaks_of(s) for s in alike) else ()


def _meaning(asked: _Asked) -> tuple[str, ...]:
    means = _MEANS.search(asked.low) and not asked.question.roles
    return ("what it means",) if means and not asked.says(_EXPLAINS) else ()


def _hardness(asked: _Asked) -> tuple[str, ...]:
    said = frozenset().union(*(stems_of(p.text) for p in asked.passages))
    return ("how hard it is",) if _HARD.search(asked.low) and not _HARDNESS & said else ()


def _time(asked: _Asked) -> tuple[str, ...]:
    """A year after one that is named, whether a job is open today, or when something was."""
    after = _AFTER.search(asked.low)
    years = [int(y) for p in asked.passages for y in re.findall(r"\b(?:19|20)\d\d\b", p.text)]
    if after and not any(year > int(after[1]) for year in years):
        return (after[0],)
    if (period := _PERIOD.search(plain(asked.question.standalone))) and not any(
        period[1] in p.text and re.search(rf"{period[1][:2]}{period[2]}|[-–]{period[2]}", p.text)
        for p in asked.passages
    ):
        return (period[0],)
    if _OPEN_NOW.search(asked.low) and not asked.all_are("role"):
        return ("whether it is open now",)
    often = _HOW_OFTEN.search(asked.low) and asked.all_are("role")
    if often and not asked.says(_FREQUENCY):
        return ("how often",)
    return ("when",) if _WHEN.search(asked.low) and not asked.says(_YEAR) else ()


def _named(asked: _Asked) -> tuple[str, ...]:
    """What is asked to be needed, or to count as something, by its name: "is Airflow something a lead must know?"."""
    found = (_NEEDED if asked.question.roles else _COUNTS_AS).search(asked.low) or _COUNTS_AS.search(asked.low)
    if not found or asked.question.form != "yes_no":
        return ()
    own = any(t.word.lower() == found[1] for t in asked.question.content)
    return (found[1],) if own and not asked.speaks_of(stem(found[1])) else ()


def _likeness(asked: _Asked) -> tuple[str, ...]:
    """What two things are compared by ("cheaper than"), or how they are not."""
    found = [m[1] or m[2] for m in _THAN.finditer(" . ".join(asking(asked.low)))]
    cheaper = {w for w in found if w in _COSTS and asked.says(_MONEY)}
    unlike = next(
        (w for w in found if stem(w) not in _MEASURED and w not in cheaper and not asked.speaks_of(stem(w))), ""
    )
    of_oneself = asked.question.form == "yes_no" or asked.question.statements
    opposite = None if of_oneself else _OPPOSITE.search(asked.low)
    if opposite and not asked.says(_SAYS_NOT):
        return (opposite[0],)
    return (unlike,) if unlike else ()


def _size_of_the_team(asked: _Asked) -> tuple[str, ...]:
    """Of a role, where nobody else's team is spoken of."""
    question = asked.question
    of_a_role = question.roles and question.form == "number" and not any(t.name for t in question.terms)
    told = any(p.roles and re.search(r"\d", p.text) for p in asked.passages)
    return (
        ("how large the team is",) if of_a_role and _TEAM_SIZE.search(plain(question.standalone)) and not told else ()
    )


def _broken_down(asked: _Asked) -> tuple[str, ...]:
    """ "By state?" """
    by = _BY.match(asked.low)
    return (f"by {by[1]}",) if by and not any(asked.speaks_of(stem(w)) for w in by[1].split()) else ()


def _work(asked: _Asked) -> tuple[str, ...]:
    of_a_title = asked.question.values and not asked.question.roles and asked.all_are("row")
    return ("the work",) if of_a_title and _THE_WORK.search(asked.low) else ()


def _whose(asked: _Asked) -> tuple[str, ...]:
    """An occupation, or what is counted, that the passages do not name."""
    terms, corpus = asked.question.terms, asked.library.corpus
    said = frozenset().union(*(stems_of(p.search_text) for p in asked.passages))
    strange = {t.word.lower() for t in terms if _OCCUPATION.match(t.word.lower()) and t.stem not in said}
    if of_them := next((m[1] for m in _OF_THEM.finditer(asked.low) if m[1] in strange), ""):
        return (of_them,)
    phrases = [phrase for found in _FOR_WHOM.finditer(asked.low) for phrase in found.groups() if phrase]
    if asked.question.form == "number" and (counted := _COUNTED_OF.search(asked.low)):
        phrases.append(counted[1].rstrip("."))
    if asked.all_are("row") and (jobs := _JOBS_IN.search(asked.low)):
        phrases.append(jobs[1])
    if asked.all_are("role") and (many := _HOW_MANY.search(asked.low)):
        phrases.append(many[1])
    open_ = {t.word.lower() for t in terms if not any(covers(p, t, corpus) for p in asked.passages)}
    return next((tuple(phrase.split()) for phrase in phrases if open_.issuperset(phrase.split())), ())


_KINDS = (
    _broken_down,
    _reason,
    _holder,
    _meaning,
    _hardness,
    _time,
    _named,
    _likeness,
    _size_of_the_team,
    _work,
    _whose,
)
