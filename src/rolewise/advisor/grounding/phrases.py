"""English as the check reads it: turns of phrase in one spelling, words that claim nothing, cues of what a clause claims."""

from __future__ import annotations

import re

_NUMERALS = "zero one two three four five six seven eight nine ten eleven twelve".split()
NUMERALS = {w: n for n, w in enumerate(_NUMERALS)} | {
    "fifteen": 15,
    "twenty": 20,
    "hundred": 100,
    "dozen": 12,
    "twice": 2,
}
_COUNT = "|".join(NUMERALS) + r"|\d+"
_PARTS = {"half": 50.0, "halves": 50.0, "thirds": 100 / 3, "third": 100 / 3, "quarters": 25.0, "quarter": 25.0,
    "fifths": 20.0, "fifth": 20.0, "tenths": 10.0, "tenth": 10.0}  # fmt: skip

REWRITES = tuple(
    (re.compile(pattern), new) for pattern, new in (
        (r"\b(?:which|who|whom) of (?:the|these) (?:two|three)\b(?: \w+s\b)?", "which"),
        (r"\b(\d\d)(\d\d)\s?[-–]\s?(\d\d)\b(?!\d)", r"\1\2 to \1\3"),
        (r"(?<=\d)(k?)\s?[-–—]\s?(?=[$€£]?\d)", r"\1 to "),
        (r"\b(?:with|has|have|had)? ?(?:the )?help of\b", "with"),
        (r",? ?(?:who|that|which) (?:are not|aren't|is not|isn't|are non|is non) (\w+)\b", r" non-\1"),
        (r"\b(?:up to|no more than|a maximum of|not more than)(?= (?:[a-z]{3} )?[$€£]?\d)", "at most"),
        (r"\b(?:no less than|a minimum of|upwards of|starting (?:at|from))(?= (?:[a-z]{3} )?[$€£]?\d)", "at least"),
        (r"\bfrom ((?:[a-z]{3} )?[$€£]?\d[\d,.]*k?) (?:upwards?|up|on)\b", r"at least \1"),
        (r"\bgoes up to\b|\bgoing up to\b", "at most"),
        (r"\bmade up of\b|\bconsist(?:s|ing) of\b|\bcomposed of\b|\bcomprising\b", "of"),
        (r"\b(?:is|are|be) in charge of\b", "leads"), (r"\bin charge of\b", "leading"),
        (r"\bteams? up with\b|\bwork(?:s|ing|ed)? (?:closely )?together with\b", "works with"),
        (r"\btogether with\b|\balong with\b|\bas well as\b", "with"),
        (r"\b(?:once|one time) or more\b", "at least once"), (r"\b(\w+) or more\b", r"at least \1"),
        (r"\b(?:employers )?would rather see\b|\bcounts? in (?:your|their|one's) favou?r\b|\bpreference\b", "preferred"),
        (r"\b(?:preferred|optional|desirable),? (?:rather than|instead of|but not|and not|not|though not|(?:but|though) (?:it |that )?(?:is|isn't|is not) ?(?:not)?) (?:strictly )?(?:required|needed|necessary|mandatory|a must|a requirement)\b", "preferred"),
        (r"\b(?:is|are|'s) not (?:strictly )?(?:required|needed|necessary|mandatory),? (?:but|only) (?:it is |it's )?(?=preferred)", "is "),
        (r"\b(?:was|were|is|are) (?:also )?(?:looking|searching) for\b|\b(?:was|were|is|are) (?=wanted\b)", "advertised "),
        (r"\b(?:a )?great deal of\b|\b(?:a )?lots? of\b|\blarge (?:amounts|quantities) of\b", "large volumes of"),
        (r"\bup[- ]to[- ]date\b", "uptodate"), (r" at (?:their|your|its|his|her) side\b", ""),
        (r"\bif you (?:aim|want|wish|plan|would like)\b", ""), (r"\bin common\b", "shared"),
        (r"\bprojects (?=\d)", "projected "), (r"\bmak(?:e|es|ing) (.{3,40}?) clear\b", r"explaining \1"),
        (r"\bworks? (?=(?:closely )?with\b)", "collaborates "), (r"\bworking (?=(?:closely )?with\b)", "collaborating "),
        (r"\bways? of working\b", "methodologies"), (r"\bfinds? out\b", "understands"),
        (r"\bfalls? to\b|\btakes? (?:part|place)(?= in\b)", "is for"),
        (r"\bhad? to\b(?= (?:be|have|know|hold))", "must"), (r"\bhave got to\b|\bhas got to\b", "must"),
        (r"\bamong other things\b", "including"), (r"\bper cent\b", "percent"),
        (r"\b(?:per year|a year|each year|every year|yearly|annually|per annum|annual)\b", " @yearly "),
        (r"\b(?:per month|a month|each month|every month|monthly)\b", " @monthly "),
        (r"\b(?:per week|a week|each week|every week|weekly)\b", " @weekly "),
        (r"\b(?:per hour|an hour|each hour|every hour|hourly)\b", " @hourly "),
        (r"\b(?:per day|a day|each day|every day|daily)\b", " @daily "),
    )
)  # fmt: skip
_RATIO = re.compile(rf"\b({_COUNT}) (?:in|of|out of|of every) (?:every )?({_COUNT})\b(?! (?:years|months|to|jobs))")
_FRACTION = re.compile(rf"\b(?:({_COUNT}|a) |(?=half))({'|'.join(_PARTS)})\b(?= of\b)")


def normal(low: str) -> str:
    """Turns of phrase in one spelling; `three in four`, `three quarters of` and `75%` become one."""
    for pattern, new in REWRITES:
        low = pattern.sub(new, low)
    low = _RATIO.sub(lambda m: _share(m[1], m[2]), low)
    return _FRACTION.sub(lambda m: f"{(_count(m[1]) if m[1] not in (None, 'a') else 1) * _PARTS[m[2]]:.4g}%", low)


def _count(word: str) -> float:
    return float(NUMERALS.get(word, 0) if word in NUMERALS else word)


def _share(part: str, whole: str) -> str:
    return f"{100 * _count(part) / _count(whole):.4g}%" if _count(whole) else f"{part} in {whole}"


# Words that claim nothing by themselves: compared as written, never by stem.
GLUE = frozenset(
    """
a an the this that these those it its it's itself they them their theirs he she his her him we us our you your yours
you'd you're you'll they're who whom whose which what where how someone somebody anyone everyone people person there here
of for in on at to from by with as into about via through toward towards among between along alongside onto per
and or nor but yet while whereas although though also too both either each neither however well such like if
is are was were be been being am isn't aren't wasn't weren't has have had having hasn't haven't do does did doing done
doesn't don't didn't will would wouldn't won't can can't cannot could couldn't shall should shouldn't may might must
mustn't need needs needed needing needn't not no yes never neither without nothing none non
require requires required requiring requirement requirements necessary mandatory essential compulsory obligatory demands
demanded prefer prefers preferred preferably desirable ideally optional optionally welcome plus advantage bonus possible possibly
typical typically usual usually common commonly general generally often normally
expect expects expected project projects projected projection projections forecast predicted anticipated
role roles position positions job jobs post posts task tasks duty duties responsibility responsibilities responsible
become becomes becoming get gets getting make makes making made take takes taking taken come comes coming go goes
involve involves involving include includes including included belong belongs consist contain contains
name names named mention mentions mentioned list lists listed say says said state states stated describe describes
described call calls called suggested ask asks asked according source sources example examples instance instances
one ones kind kinds sort type thing things way ways part parts something so than then s d ll re e.g. i.e. etc
usd eur gbp us$ dollars euros pounds percent rather want wants wanted aim look looks looking figure figures use used
employers somebody's let case being whether advertised another
only all every any anything most mostly many few some
least everybody other i me my more hold holds holding held possess possesses when work works working worked once again able candidate candidates
""".split()
)  # fmt: skip
GLUE -= frozenset(
    "people person employers candidate candidates contain contains able aim state states project post posts case source sources use used projects wanted advertised plus another once again".split()
)

DUTIES = frozenset("task tasks duty duties responsibility responsibilities".split())
"""Words that claim nothing only in "one of the baker's duties"."""

PREPOSITIONS = frozenset("of for in on at to from by with as into about via through among between within like".split())

REQUIRED = re.compile(
    r"\b(?:must|needs?|needed|requires?|required|requirements?|necessary|mandatory|essential|compulsory|obligatory|has to|have to|"
    r"demands?|demanded|insists?|(?:is|are) expected (?:of|to (?:be|have|know|hold))|expected (?:of|from)|(?:is|are) asked (?:of|for)|asks? for)\b"
)
PREFERRED = re.compile(
    r"\b(?:prefer\w*|desirable|ideally|a plus|bonus|advantage|advantageous|favou?red|nice to have|welcome)\b"
)
OPTIONAL = re.compile(r"\b(?:may|might|optional\w*|possib\w+|sometimes|perhaps|maybe)\b")
ABLE = re.compile(r"\b(?:can|could|able to)\b")
SHOULD = re.compile(r"\b(?:should|ought)\b")
TYPICAL = re.compile(r"\b(?:typical\w*|usual\w*|(?<!in )common(?:ly)?|general(?:ly)?|often|normal(?:ly)?|tends?)\b")
PROJECTED = re.compile(
    r"\b(?:project(?:ed|ion|ions)|projects (?=\d)|forecasts?|predicted|anticipated|expected to (?!be\b|have\b|know\b|hold\b)|expects? .{0,30}\bto grow)"
)
PAST = re.compile(r"\b(?:(?:was|were) (?:still )?projected|had|earlier|superseded|previous\w*)\b")
DOUBT = re.compile(
    r"\b(?:claims?|claimed|could not be confirmed|unconfirmed|uncertain|not intended|reported\w*|according to|alleged\w*)\b"
)
DESCRIBED = re.compile(
    r"\b(?:described|called|considered|regarded|seen|according to|say|says|said|calls?|quotes?|quoted|describes?|claims?|claimed|reported\w*|reckons)\b"
)
NEGATION = re.compile(
    r"\b(?:not|no|never|without|neither|nor|none|nothing|nobody|cannot|needn't|\w+n't|lacks?|isnt|dont|doesnt|rarely|seldom|hardly|"
    r"unnecessary|instead of|rather than|fails? to|except|unable)\b"
)
EXAMPLES = re.compile(
    r"\b(?:such as|like|for example|for instance|e\.g\.|including|include[sd]?|among|examples?|one of|kind of|kinds of|say|named|mentioned)\b"
)
SCOPE = re.compile(
    r"\b(?:only|all|every|everyone|everybody|always|never|any|anyone|guarantee\w*|exclusive\w*|sole|solely|just|entire\w*|whole|alone|"
    r"most|mostly|majority|best|worst|highest|lowest|largest|smallest|none|nobody|purely|merely|more|less|fewer|both|either|neither|each|"
    r"over|under|nearly|almost|exactly|at least|at most|up to|basic|fluent|some|few|many|several|than|half|sometimes|rarely)\b"
)
LIMITS = frozenset(
    "only some few most mostly just sometimes rarely alone merely half purely solely exclusively never".split()
)
RELATIONS = re.compile(
    r"\b(?:because|since|therefore|hence|thanks to|due to|so that|after|before|until|unless|instead|except|provided|despite|"
    r"regardless|thus|causes?|respectively|if|once)\b"
)
CONDITIONS = frozenset("unless except if provided until only".split())
