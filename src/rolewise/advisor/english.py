"""English as the rules need it: which words carry no request of their own, and which cues tell a form.

Nothing here is about any field of work; that is the vocabulary of the corpus.
"""

from __future__ import annotations

import re

from rolewise.corpus.words import stem

_FUNCTION = """
a an the this that these those there here it its itself they them their theirs he she his her him i i'm i'd i've
i'll me my mine myself we we're us our you you're you'd your yours yourself one ones who whom whose which what
what's whats where where's when why how how's if whether then than so as at by for from in into of off on onto out
over per to too up down with within without about above across after again against all along also although always am
among an and any anybody anyone anything are aren't around be been before being below between both but can can't
cannot could couldn't did didn't do does doesn't doing don't dont each either else etc even ever every everybody
everyone everything few hafta gotta had hadn't has hasn't have haven't having it's it'd it'll just let let's like many may maybe
might more most much must mustn't neither never no nobody none nor not nothing now only or other others ought own
same shall should shouldn't some somebody someone something still such that's though through thus till under until
upon very via was wasn't were weren't what who who's will with won't would wouldn't yes yet ok okay oh well hey hi
hello please pls plz thanks thank vs versus u ur im ive id is isn't during because cause since while instead rather
quite really actually basically literally simply perhaps kind sort thing things stuff lot lots bit etc eg ie e.g.
i.e. toward towards another whichever whatever however else's between somewhere anywhere someplace
""".split()

# Words around a request that ask for nothing themselves: people, wishing, thinking, needing, talking.
_FILLER = """
want wants wanted wish wanna gonna need needs needed needing needn't require requires required requiring requirement
requirements must necessary necessarily mandatory essential compulsory obligatory have-to got get gets getting
getting become becomes becoming became turn work works working worked worker job jobs role roles position positions
title titles career careers profession professional professionals person people guy guys man woman folks somebody
anyone someone friend friends cousin brother sister mother mom mum dad father uncle aunt colleague coworker boss
teacher son daughter tell tells told say says said saying ask asks asked asking answer answers question questions
explain show give gives given list lists name names named mention mentions mentioned describe know knows known
knowing think thinks thought thinking believe feel feels feeling guess wonder wondering wondered hear heard read
reading see seen saw look looks looking find finds found understand understanding mean means meant consider
considering considered considers decide deciding choose choosing chosen pick picking go goes going gone come comes
take takes taking taken make makes making made use uses used using useful usually usual typical typically common
commonly general generally normal normally possible possibly able available specific specifically exact exactly
certain actual current currently today nowadays now right wrong true correct sure really good better best great nice
fine important importance main mainly key major kind kinds sort sorts type types way ways part parts point points
example examples instance detail details info information data idea overview summary summarize summarise brief
briefly short quick quickly simple simply help helps helping hope interested interest interesting curious confused
serious seriously honest honestly new recent recently long big small high low lower higher highest full total whole
entire different differently difference various several number numbers first second last next previous above
following two three both pair expect expects expected expecting offer offers involve involves involved include
includes included including apply applies applying applied relevant related regarding concerning compared compare
versus according everything anything something nothing lot plenty every each also additionally further day days
daily time times year years month months week weeks moment future past life live world field area areas start starts
started starting begin begins beginning try trying plan planning plans aim goal dream company companies employer employers professionals source sources article articles
text document documents corpus dataset actually literally totally
completely absolutely definitely probably set sets ask-for look-for called call calls considered seem seems
facts terms placed located range amount manner wide quote candidate candidates applicant applicants someone's hire hired hires hiring recruiter suit suits suitable suited fit
fits fitting match matches matching old mine background experience experienced please kindly asap btw lol hmm hm um uh thousand grand bucks dollar dollars euro euros usd shorter simpler longer purpose purposes hint hints topic topics subject subjects note notes respect regard sense table tables hand hands plate direction
etc dear sir madam doing does done happen happens happening y n b s d t m x w one two three four five six seven eight nine ten eleven twelve dozen once sorry near close far profile profiles description material sentence sentences word words concrete inside closer attached speak speaks talk missing line reach figure figures supposed end ends
particular appear appears belong belongs put hold holds deal case meeting meetings moment versed familiar
familiarity proficient proficiency skilled strong strongly solid deep deeply advise advice advisor recommend
recommended recommendation suggest suggestion suggested suggestions opinion enough least minimum minimal maximum
suffice sufficient optional unnecessary dispensable skip skips skipping already yourself myself alone side whats wats wat pls thx ty cheers talk talks talking more less
fewer most fewest lesser wise moneywise paywise salarywise roughly approximately approx ballpark altogether overall
""".split()

FUNCTION_STEMS = frozenset(stem(w) for w in _FUNCTION)
FILLER_STEMS = frozenset(stem(w) for w in _FILLER) | FUNCTION_STEMS

AUXILIARIES = frozenset(
    """
do does did is are was were am can could should must will would has have had may might need don't doesn't isn't
aren't can't shouldn't won't wouldn't
""".split()
)

QUESTION_WORDS = frozenset(
    "what which who whom whose where when how why what's whats who's where's which's whichs how's hows wheres whos".split()
)

BEGINS_WITH_AUXILIARY = re.compile(rf"^\W*(?:(?:and|or|but|so)\W+)?(?:{'|'.join(sorted(AUXILIARIES))})\b")

REQUEST = re.compile(
    r"^\W*(?:tell|list|explain|describe|compare|show|give|name|summar\w+|define|help|recommend|suggest|"
    r"i (?:wonder|was wondering|am wondering)|i (?:(?:want|would like|need) (?:to (?:know|see|hear|understand|find out|compare)|an?|the|all|information|"
    r"details|your)\b)|i'd like to (?:know|see|hear|understand|find out|compare)|i'd like (?:an?|the|all|your))\b"
)

# A request in the shape of a yes/no question: what it asks for comes after it.
POLITE = re.compile(
    r"^\W*(?:(?:please|and|so|ok|hi|hello)\W+)*(?:(?:can|could|would|will) (?:you|u|someone|anybody|anyone|somebody)(?! (?:be|become|work (?:as|in)|do without)\b)(?: please| kindly| perhaps)?|"
    r"(?:do|would) you (?:happen to )?(?:know|have|mind)|would it be possible(?: for (?:you|me))? to|is it possible(?: for me)? to (?=see|get|have|know|hear|read)|"
    r"(?:may|can|could) i (?:please )?(?:ask|see|get|know|have|hear)|any idea|is there (?:a|any) way to (?=see|get|know|find out))\b\W*"
)

NEGATION = re.compile(r"\b(?:not|no|never|without|neither|nor|cannot|\w+n't|dont|doesnt|isnt)\b")

CUE_ADJECTIVES = frozenset(
    "good great better best senior junior young new future aspiring other which what real typical normal plain ordinary regular mere average".split()
)

NUMBER_WORDS = {
    w: n for n, w in enumerate("""
zero one two three four five six seven eight nine ten eleven twelve
""".split())
}  # fmt: skip

# What is told is of something, and of no person.
IMPERSONAL = re.compile(
    r"^(?!.*\b(?:i|i'm|i've|i'd|im|ive|me|my|we|our|he|she|her|his|him|who|somebody|someone|person|people|friend|client|student)\b)"
    r".*\b(?:one of (?:the|them|those|these)|either of|both|each) ?(?:roles?|jobs?|two|them)?\b"
)

# What is asked about stands before the question: "the job at Cere, is it remote?".
ASKS_OF_IT = re.compile(
    rf"^[^,:?!.]+[,:] (?:{'|'.join(sorted(AUXILIARIES))}) (?:it|they|he|she|th(?:is|at|ese|ose)(?: ones?)?)\b(?! ?\W*$)"
)
# A follow-up that goes back to what it names: "back to Python: who needs it?".
BACK_TO = re.compile(
    r"^\W*(?:(?:ok|okay|so|no|sorry|wait|and|but|now|hm+|alright)\W+)*(?:(?:let's |let us |can we )?(?:(?:go|going|come|coming|get|getting) )?back to|"
    r"return(?:ing)? to|(?:let's |let us )?(?:stay|staying|stick|sticking|remain) (?:with|at|on))\s+",
    re.IGNORECASE,
)
# Words for the ends of a ranking, and for places in it: "second best".
HIGH = r"highest|(?<!at )most(?! of\b)|best|biggest|largest|greatest|richest|fastest|strongest|commonest|top|maximum"
LOW = r"lowest|(?<!at )least|smallest|fewest|poorest|worst|slowest|rarest|cheapest|weakest|bottom|minimum"
ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
NTH = re.compile(rf"\b({'|'.join(ORDINALS)})[- ](?:{HIGH}|{LOW})\b")
# Between things that are set side by side.
JOINS = re.compile(r"\b(?:and|or|vs|versus|than|against|compared|exceeds?|both)\b")
# Two things named without a verb, and what is asked of them: "Galveston or Cere? Which pays more?".
ALTERNATIVES = re.compile(
    rf"^(?!\W*(?:{'|'.join(sorted(AUXILIARIES | QUESTION_WORDS))})\b)(?:[^\s?,]+ ){{1,4}}(?:or|vs\.?|versus) [^\s?,]+(?: [^\s?,]+){{0,3}}\?$",
    re.IGNORECASE,
)
WHICH = re.compile(r"^\W*(?:and )?(?:which|what|who)\b")
WHAT = re.compile(r"^\W*(?:(?:and|so|but) )?(?:which|what|who|how|where|when)\b")

CHOOSES_OF = re.compile(r"\b(?:which|what) jobs? (?:out )?of (?:the two|them|these|those)\b")
_SORRY = r"(?:(?:no|nope|sorry|wait|oh|ah|oops|whoops|my bad|scratch that|actually|hm+)\b[\s,.;:!—-]*)"
CORRECTION = re.compile(
    rf"^\W*{_SORRY}*(?:(?:not (?:that|the)|forget)\b[^,.;:]*)?[\s,.;:!—-]*{_SORRY}*"
    r"(?:i (?:meant|mean|was (?:asking|talking) about|wanted)|meant|rather)\b[\s:,]*|^\W*{_SORRY}+(?=(?:for\s+)?the\s+)"
)
# A follow-up that moves the year of the question before it: "and one year later?".
_YEARS = r"(?P<years>an?|one|two|three|the|\d)"
LATER = re.compile(
    rf"^\W*(?:and|or|what about|how about|ok)?\W*(?:(?:for|of) (?:those|these|them|that|it)\W+)?(?:{_YEARS} years? (?P<way>later|after|on|earlier|before|prior)|(?:the )?(?P<beside>next|following|previous|prior) year)\b(?: that)?\W*$"
)
# "150k", "$90,000", and what a later question may mean by it: "above that".
AMOUNT = re.compile(r"[$€£]\d[\d,]*(?:\.\d+)?(?:k\b)?|\b\d[\d,]*(?:\.\d+)?\s?(?:k|grand|thousand)\b|\b\d{2,3},?000\b")
GETS = re.compile(r"\bgets?\b(?! (?:into|to|started|hired|promoted|better)\b)")
THAT_AMOUNT = re.compile(r"\b(?:above|below|over|under|than|beyond|beats?|reach(?:es)?) (that|it|this)\b")
SHORT_YEAR = re.compile(r"(?<!\w)['’‘]([0-4]\d)\b(?!%)")
NEW_SUBJECT = re.compile(
    r"^\W*(?:(?:and |but |ok |now )*(?:a )?(?:change of (?:topic|subject)|(?:new|different|another|other|next) (?:topic|subject|question|thing)|"
    r"something (?:else|different)|by the way|btw))\b\W*(?=\w)"
)
# A correction at the end: "for the lead, I mean", and what it sets aside: ", not the adverts".
MEANT = re.compile(r"[\s,;-]*\bi (?:mean|meant)\b[\s,;.]*|[\s,;-]+not (?:the|for|about|in|just|only)\b[^,.;?!]*[.?!]*$")
CONTINUES = re.compile(
    r"^\W*(?:and|or|but|also|plus|then|ok(?:ay)?|so|what about|how about|what of|same (?:for|question|with)|now|likewise|"
    r"what if|for)\b"
)
LIKEWISE = re.compile(r"\b(?:as well|too|also|either|likewise|instead)\W*$")
PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|he|she|his|her|him|this (?:role|one|job|position|career)|that (?:role|one|job|position|career)|"
    r"the (?:role|job(?! (?:ads?|adverts?|market|titles?|postings?|listings?|board)\b)|position|same)|that|those|these|this|there|the first|the second|the former|the latter)\b"
)
# Words that stand for a person of whom was spoken, by what they do for a living.
SUCH_A_PERSON = re.compile(
    r"\b(?:such an? (?:person|fellow|guy|professional|specialist)|(?:somebody|someone|an?(?:other)? person|people) like (?:that|this|him|her|them))\b",
    re.IGNORECASE,
)
THAT_PERSON = re.compile(r"\b(?:he|she|(?:that|this) (?:person|fellow|guy))\b", re.IGNORECASE)
# "Where does it work?" after a role was chosen: no more than who is left out.
DOES_IT = re.compile(
    r"^\W*(?:(?:and|so|ok|but|then)\W+)*(?:where|how|what|when|who|why|which \w+) (?:does|is|do|are|can|would|should|will) (?P<it>it|they|he|she|this one|that one|that role)\b(?= \w+\W*$)",
    re.IGNORECASE,
)
# What is said after these is left out of what is asked for.
BESIDES = re.compile(r"\b(?:besides|apart from|other than|except(?: for)?|excluding|not counting)\b([^,;]+)")
OF_THOSE = re.compile(
    r"\b(?:(?:of|among|from|out of) (?:those|these|them|the (?:two|three|four|five|six)(?: jobs?)?)|both|(?:which|any|the \w+) (?:one|ones)|"
    r"the \w+er one)\b"
)
# How far two figures told before are apart, and nothing else.
GAP = re.compile(
    r"^\W*(?:(?:and|so|ok|but)\W+)*(?:(?:what|how (?:big|large|much))(?:'s| is| was)? )?(?:the )?(?:difference|gap|rise|increase|drop|jump)(?: (?:then|between (?:them|the two|those|these)|over (?:the|those) \w+ \w+))?\W*$|"
    r"^\W*(?:(?:and|so|ok|but)\W+)*(?:by how (?:much|many)|how (?:much|many)(?: percent)? (?:more|less|higher|lower|fewer) (?:is|was|are|were) (?:that|it|this|those|they)(?: than (?:the|that) (?:other|first|one before)(?: one)?)?)\W*$"
)
OF_TWO = re.compile(
    rf"{GAP.pattern}|"
    r"^\W*(?:(?:and|so|ok|but|then)\W+)*which(?: (?:one|of (?:them|the two|those|these)))?(?: (?:then|is it|wins|now))?\W*$|"
    r"\b(?:both|(?:these|those|the) two|two of (?:them|those|these)|which (?:one |of (?:them|those|these) )?(?:is|pays|has)|which (?:one |of (?:them|those|these) )?(?:was|had|goes|grows|gets|runs|starts|comes|reaches|earns|makes)(?=.*er\b|.*\b(?:more|less)\b)|who (?:wins|pays))\b"
    r"(?:(?<=both)|(?<=two)|(?<=wins)|(?=.*\b(?:more|most|higher|highest|better|best|less|lower|lowest|bigger|biggest|larger|largest|wins|both|two)\b))"
)
# The difference between two figures is asked for: "how much more is that?", "by how much?".
DIFFERENCE = re.compile(
    r"\b(?:how (?:much|many) (?:\w+ )?(?:more|less|higher|lower|bigger|fewer|extra|better|worse)|(?:what(?:'s| is)?|and|so|the|how (?:big|large|much)(?: is)?) (?:the |an? )?(?:\w+ )?"
    r"(?:difference|gap|jump|rise|increase|drop|raise)|by how (?:much|many)|by what (?:amount|percentage|margin)|how far apart|(?:how many|what) percent (?:more|less|higher|lower))\b"
)
OR_OTHER = re.compile(r"\bor (?:is it |does |do )?the other\b|\bthe other (?:one )?or\b")
# What somebody concludes before they ask: "so ML wins."
CONCLUDES = re.compile(
    rf"^\W*(?:ok |well )?so (?!(?:{'|'.join(sorted(QUESTION_WORDS | AUXILIARIES))}|for|in|at|tell|show|list|give|compare)\b)[^?]*$"
)
OF_WHAT_WAS_SAID = re.compile(
    r"\b(?:any|all|some|none|most|much) of (?:that|this|it|those|these|them)\b|"
    r"\b(?:needs?|knows?|uses?|requires?|learns?|have) (?:that|this|those|these|them|it)\b(?! (?:one|role|job|much|many|long)\b)"
)
ONE_OF_THEM = re.compile(r"\b(?:one of|among) (?:them|those|these)\b")
OTHER = re.compile(r"\b(?:the other(?: (?:one|role|job|position|engineer|two|career|path))?|the opposite|other role)\b")
# More is told of oneself: "but I love explaining things", "and if I also had a doctorate?"; and what is asked after it.
TELLS_MORE = re.compile(
    r"^\W*(?:(?:ok|and|but|also|plus|though|oh|well|actually|even)\W+)+(?:if |though |when )?(?:i|i'm|i've|i'd|im|ive|my)\b"
)
WHAT_IF = re.compile(
    r"^\W*(?:(?:and|so|ok|but|then|does|would|is|will|that|it|this)\W+)*(?:still|the same|same|chang\w+|differ\w*|what|how about|what about)\b[^?]*\b(?:if|once|when) i\b(?! (?:want|become|am a|apply|go)\b)"
)
STILL_SO = re.compile(
    r"^\W*(?:(?:and|so|ok|but|then)\W+)*still (?:the |an? )?[a-z]+(?: [a-z]+){0,3}\?$|^\W*(?:(?:and|so|ok|but|then|does|would|is|do|you|are)\W+)*(?:(?:that|it|this|your (?:advice|answer|view)) )?(?:still|the same|same|unchanged|chang\w+|differ\w*|what now|now what|and now|now)\b"
    r"(?: (?:the same|so|true|lead|think so|that|it|this|your|mind|advice|answer|view|anything|something|things|leaning|say so))*\W*$"
)
OTHER_WAY_ROUND = re.compile(
    r"^\W*(?:(?:and|so|ok|but|now|then|what about|how about)\W+)*(?:(?:the )?other way (?:a)?round|vice versa|(?:the )?(?:reverse|inverse)|conversely|turned (?:a)?round)\W*$"
)
BOTH = re.compile(
    r"\b(?:both|the two|these two|those two|the pair|two roles|2 roles|either(?: (?:one|role|of))?|neither|each(?: role| one| of)?(?! (?:year|month|week|day|time))|them both|"
    r"all roles|the roles|these roles|those roles|either or)\b"
)
SEPARATE = re.compile(
    r"(?<=[?!])\s+|(?<=[A-Za-z\d][A-Za-z\d)%][.;])\s+(?=[A-Za-z])|\n+|\s*\(\d\)\s*|\s+(?:and|also|plus)\s+(?:also\s+|then\s+)?(?=(?:what|which|who|where|when|how|why|do i|does|is|are|"
    r"(?:can|should|must) (?:i|you|one|we|he|she|they|it|the|an?|my|this|that|someone|somebody|people|leads?)|tell me)\b)"
)

# What parts a sentence into clauses: some tell of oneself, one asks.
CLAUSE = re.compile(r"[,;:.!?()]+\s+|\s+(?:and|but|so|because|since|now)\s+")
# Words by which a person speaks of what they are to become, and not of what they are.
WILL_BE = re.compile(
    r"\b(?:become|becoming|be made|been made|promoted|appointed|will be|'ll be|going to be|want(?:s|ed)?|wish|hop(?:e|ing)|dream|aim|aspir\w+|like to be|apply|applied|"
    r"offered|asked me)\b"
)

# That somebody has none.
NO_EXPERIENCE = r"(?:\b(?:no|zero|without(?: any)?)|(?:\bnot|n't|nt)(?: really)? (?:have|had|got)(?: any| much)?) (?:\w+ )?experience\b"

# Whoever a question about a way into a job may be asked for.
A_PERSON = re.compile(r"\b(?:i|i'm|i've|i'd|im|ive|we|she|he)\b")

# Words of questions that a typo may have meant, beside the corpus's own.
QUESTION_VOCABULARY = frozenset(
    """
    what which between difference differences different compare comparison explain describe should would could need
    needs language languages required requirements salary skills degree become about there where does have know hello
    please machine learning engineer engineers developer developers software study career better best both which
    """.split()
)

# A one-word alias that is also an ordinary word ("lead") means the role only after one of these, or at the start,
# and not before an article: "become a lead" names it, "who leads a team" does not.
BEFORE_NOUN = frozenset(
    """
a an the for as become becoming became made than vs versus or and of being is does do are about between with meant mean
i'm am was be if can could should would that my another other both like pay pays hire hires hiring employ employs no not when why how while both/and
""".split()
)
AFTER_VERB = frozenset("a an the people others them me us up my their your engineers by".split())


def begins_asking(low: str) -> bool:
    """Whether a plain text begins with a question word or an auxiliary."""
    first = re.match(r"^\W*(?:(?:and|or|but|so|then|also|ok|please|hi|hello|hey)\W+)*([\w']+)", low)
    if first and first[1] == "need" and "?" not in low:  # "need it for school": the "I" is left out
        return False
    return bool(first and (first[1] in AUXILIARIES or first[1] in QUESTION_WORDS))
