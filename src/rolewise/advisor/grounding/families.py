"""Whether two words say the same: inflections and derivations of one word, or general English words of one meaning."""

from __future__ import annotations

import re
from functools import lru_cache

# Undoing a suffix leaves the base, often without its final e: what may follow a base, and what the base then ends in.
_SUFFIXES = (
    ("ization", ("ize",)), ("izing", ("ize",)), ("ized", ("ize",)), ("izes", ("ize",)), ("izer", ("ize",)),
    ("ership", ("er", "")), ("ship", ("",)), ("iness", ("y",)), ("ness", ("",)), ("iment", ("y",)), ("ment", ("", "e")),
    ("ication", ("icate", "y")), ("ation", ("ate", "", "e")), ("ator", ("ate",)), ("ative", ("ate",)),
    ("ition", ("", "e")), ("sion", ("d", "de", "se")), ("ion", ("", "e")), ("acy", ("ate",)), ("ience", ("ient",)),
    ("ance", ("", "e", "ant")), ("ence", ("ent", "")), ("ancy", ("ant",)), ("ency", ("ent",)),
    ("ivity", ("ive",)), ("ality", ("al",)), ("ical", ("y", "ic")), ("ically", ("ic", "ical")), ("ily", ("y",)), ("ly", ("", "le")),
    ("ized", ("ize",)), ("able", ("", "e")), ("ful", ("",)), ("ysis", ("yze",)), ("ytical", ("yze",)),
    ("ying", ("y", "ie")), ("ing", ("", "e")), ("ied", ("y",)), ("ed", ("", "e")), ("ies", ("y", "ie")),
    ("es", ("", "e")), ("s", ("",)), ("ier", ("y",)), ("er", ("", "e")), ("or", ("", "e")), ("al", ("", "e")),
    ("ist", ("", "y", "e")), ("ian", ("", "s")), ("yst", ("yze",)),
)  # fmt: skip
_BRITISH = re.compile(r"(?<=[a-z]{3})(i|y)s(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")
_AGENTS = ("er", "or", "ist", "ian", "yst", "eer", "man", "woman")
_NO_AGENTS = frozenset(
    """better number order paper power register deliver consider offer cover answer enter gather master letter matter water center
    tower career former other summer winter sector factor major minor error behavior color labor harbor mirror administer suffer
    differ prefer transfer refer foster alter filter remember discover recover transform never whether rather either neither after
    under over further later newer older faster higher lower larger smaller greater chapter quarter layer cluster corner border
    assist exist consist resist insist persist checklist exhibitor behaviour labour favor floor door indoor outdoor poor interior
    exterior superior prior anterior steer sheer human woman german roman median guardian asian indian computer server""".split()
)
_NOMINAL = ("tion", "sion", "ment", "ing", "ance", "ence", "sis", "al", "ship", "growth")
_APART = frozenset(
    (p.split()[0], p.split()[1]) for p in (
        "product production", "market marketing", "form former", "custom customer", "office officer", "late later",
        "engine engineer", "physic physical", "organ organization", "part party", "person personal", "hard hardly", "nurse nursery",
        "near nearly", "short shortly", "bare barely", "real really", "even evening", "medic medication", "medicate medication",
        "general generation", "late lately", "high highly", "direct directly", "pass passion", "miss mission",
        "import important", "depart department", "apart apartment", "author authority", "major majority",
        "minor minority", "secret secretary", "ware wares", "new news", "good goods", "custom customs", "art arts",
    )
)  # fmt: skip
_SPELLED = {"analyse": "analyze", "led": "lead", "built": "build", "held": "hold", "taught": "teach", "wrote": "write",
    "written": "write", "kept": "keep", "found": "find", "made": "make", "grew": "grow", "grown": "grow", "met": "meet",
    "ran": "run", "paid": "pay", "taken": "take", "spoken": "speak", "chosen": "choose", "given": "give", "known": "know",
    "driven": "drive", "better": "better", "maths": "mathematics", "math": "mathematics", "growth": "grow", "bsc": "bachelor",
    "bachelors": "bachelor", "msc": "master", "masters": "master", "doctorate": "phd", "proficiency": "proficient",
    "uni": "university", "programme": "program", "judgement": "judgment", "licence": "license", "sold": "sell",
    "bought": "buy", "worn": "wear", "drawn": "draw", "children": "child", "patients": "patient", "patience": "patience",
    "midwives": "midwife", "knives": "knife", "wives": "wife", "women": "woman", "men": "man", "people": "people", "doctoral": "phd"}  # fmt: skip

# General English words that may stand for each other. Agents (manager, leader) are no members: they name people.
_GROUPS = """
lead head guide manage supervise oversee direct
identify find spot discover detect recognize uncover
collaborate cooperate
explain communicate convey clarify present
understand grasp
develop build create construct
deploy release ship
latest newest
advance advancement
evaluate assess check gauge
improve refine enhance better
pay offer earn
grow rise increase expand
fall shrink decline decrease drop
advertise post offer want
hire employ recruit
field discipline subject
analyze examine
optimize tune
integrate embed build
implement code
closely close
complex complicated difficult intricate
large big huge vast
application app
solve resolve address tackle
help support assist aid
keep stay remain
keep maintain
current uptodate
start begin commence
learn study
difficult hard tough challenging
situation time circumstance
method methodology approach technique
concept idea notion
employment jobs
use utilize
industry sector
colleague collaborator
buy purchase
repair fix mend
teach instruct
choose select pick
visualize chart
various different
license licence permit
company firm business enterprise
excellent outstanding superb
shared joint mutual
know knowledge familiar familiarity understanding acquainted
able ability capable capability
prepare ready
write draft compose
draft draw
record document log note
gather collect
monitor watch track
ensure secure
provide give supply deliver
show demonstrate display
operate run
test try trial
customer client
physician doctor
attorney lawyer
pupil schoolchild
child kid
purchase buy
vehicle car
building edifice
error mistake fault
task duty chore
goal aim objective target
answer reply respond
arrange organize
plan schedule
rota roster schedule
care look-after
deal handle
handle process
train coach
mentor coach
need want
fast quick rapid
quickly fast rapidly swiftly
small little
main primary chief principal
essential vital crucial
diverse varied
global worldwide
daily everyday
team group
people persons
salary pay wage remuneration
work employment
experience practice
hands-on practical
qualification credential
diploma certificate
college university
course class
graduate alumnus
newly recently
growth increase rise
outlook prospect
opening vacancy
posting advert advertisement
decrease reduction
complete finish
pass succeed
follow observe
regularly routinely
technical technological
staff personnel employees
requirement need
speak talk
publish issue appear
source origin
average mean
estimate reckon
promising bright
process handle
drive propel boost
automate mechanize
perform performance
interpret read
inspect examine check
obtain acquire gain
attend visit
join enter
reduce lower cut
foundation base basis groundwork
skill competence
detail particular
""".strip().splitlines()  # fmt: skip


def _index() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in _GROUPS:
        words = frozenset(_BRITISH.sub(r"\1z", w) for w in group.split())
        for one in words:
            found[one] = found.get(one, frozenset()) | words
    return found


ALIKE = _index()


@lru_cache(maxsize=50_000)
def is_agent(word: str) -> bool:
    """Whether a word names somebody by what they do (teacher, analyst): never the same as the doing."""
    word = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return len(word) > 4 and word.endswith(_AGENTS) and word not in _NO_AGENTS


@lru_cache(maxsize=50_000)
def bases(word: str) -> frozenset[str]:
    """What a word may be derived from: itself, and what is left when one or two suffixes are undone."""
    word = _BRITISH.sub(r"\1z", word.removesuffix("'s").rstrip("'"))
    word = _SPELLED.get(word, word)
    found = {word}
    for _ in range(2):
        for one in tuple(found):
            found |= _undone(one)
    return frozenset(_SPELLED.get(w, w) for w in found)


def _undone(word: str) -> set[str]:
    found: set[str] = set()
    for suffix, endings in _SUFFIXES:
        root = word[: -len(suffix)]
        if not word.endswith(suffix) or len(root) < (2 if suffix in ("s", "ed", "ing", "es") else 4):
            continue
        if suffix == "es" and not root.endswith(("s", "x", "z", "ch", "sh", "o")):
            continue
        if (suffix in ("er", "or") and (word.endswith("eer") or word in _NO_AGENTS)) or (
            suffix == "s" and root.endswith(("s", "u", "i"))
        ):
            continue
        found |= {root + end for end in endings}
        if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
            found.add(root[:-1])
        if len(root) > 4 and root.endswith("ll"):
            found.add(root[:-1])
    return found


@lru_cache(maxsize=200_000)
def kin(one: str, other: str) -> bool:
    """Whether two words are forms of one word: program, programmer, programming; accurate, accuracy."""
    if one == other:
        return True
    if one[:2] != other[:2] and one not in _SPELLED and other not in _SPELLED:
        return False
    first, second = bases(one), bases(other)
    if not any(len(w) > 2 for w in first & second):
        return False
    return not any((long in first) != (long in second) and short in first and short in second for short, long in _APART)


def inflected(one: str, other: str) -> bool:
    """Whether two words differ in no more than the plural."""
    return one == other or _SPELLED.get(one, one).removesuffix("s") == _SPELLED.get(other, other).removesuffix("s")


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether two words are of one meaning in general English, whatever their form."""
    if is_agent(one) or is_agent(other):
        return one in ALIKE.get(other, ())
    return any(ALIKE.get(base, frozenset()) & bases(other) for base in bases(one))


def form(word: str) -> str:
    """The form of a word (doing, deed, past, base), to tell a noun turned round from a noun changed."""
    if word.endswith("ing"):
        return "doing"
    return "deed" if word.endswith(_NOMINAL) else "past" if word.endswith("ed") else "base"
