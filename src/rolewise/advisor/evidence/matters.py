"""Matters of working life that somebody asks after by a word of their own, and whether passages speak of them at all.

Nothing that is near to such a matter answers for it: no skill says which exams are due, no duty whom one reports to. The list is of
what people ask about any job; a corpus that speaks of one of these answers for it as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolewise.advisor import english
from rolewise.advisor.evidence.asked_kind import asking
from rolewise.advisor.evidence.base import said_of, stems_of
from rolewise.advisor.question import Question
from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import plain, tokens

_MATTERS = (
    # What comes with a job.
    r"perks?|fringe benefits|(?:employee|staff|health|company|job) benefits|benefits (?:package|scheme)",
    r"insurances?|insured",
    r"pensions?|retirement (?:plan|scheme)s?|401\(?k\)?",
    r"stock options?|equity package|bonus(?:es)?|total compensation",
    r"notice periods?|give notice",
    r"probation(?:ary)?",
    r"severance",
    r"overtime",
    r"sick (?:days?|leave|pay)",
    r"(?:parental|maternity|paternity) leave|maternity|paternity",
    r"days off|annual leave|paid (?:leave|holidays?|vacation)|time off|vacation days?|holiday entitlement|sabbaticals? => days off|leave|holidays?|vacation|time off|sabbaticals?",
    r"child ?care|cr[eè]ches?|daycare|kindergarten",
    r"company cars?|parking",
    r"canteen|free (?:lunch|food|coffee)",
    r"relocation|moving costs",
    r"visas?|work permits?|green cards?|sponsorship|h-?1b",
    r"(?:trade |labou?r |join an? |the )unions?(?! of)|works? councils?|collective agreements? => unions?|councils?|collective",
    r"tax|taxes|taxed|net pay|take-home pay",
    r"fixed-term|(?:permanent|employment|work) contracts?|freelanc\w+|self-employed|day rates?|hourly (?:rates?|wages?|pay)|minimum wage => contracts?|freelanc\w+|self-employed|rates?|hourly|wages?|fixed-term",
    # When and where it is done.
    r"dress codes?|wear(?! (?:many|several|two|both|out))|uniforms?|suit and tie",
    r"commut(?:e|es|ing)",
    r"on[- ]call|night shifts?|shift work",
    r"weekends?|bank holidays?|over christmas",
    r"(?:school|office|working|core|long) hours|hours (?:a|per) (?:day|week)|four-day week|flexitime|flexible hours|work-life balance => hours|week|flexi\w+|balance",
    r"(?:at|in|from|into) (?:the |an? )office|at home or|office or => offices?|home|remote\w*|place|location|where",
    r"open-plan|standing desks?|ergonomic\w*|screen time",
    r"business trips?|travel(?:ling|ing)? (?:a lot|much|often|for work) => travel\w*|trips?",
    # Whom one works under and with, and who does the work.
    r"who(?:'s| is| are)? (?:\w+ )?boss of|(?:of|to|from|like|ask|tell|about) (?:my|their|his|her|your|the) boss(?! of)|(?:do|does|would|will|did) (?:\w+ ){1,5}reports? to|line managers? => boss|reports? to|line managers?|superiors?",
    r"wom[ae]n|females?|gender|mothers",
    r"disab\w+|wheelchairs?|blind|deaf|hearing impairments?|autis\w+|adhd|dyslexi\w+",
    r"ethnic\w*|minorit(?:y|ies)|immigrants?|refugees?",
    r"age limits?|ageis\w+|too old|over (?:forty|fifty)(?! thousand| percent)",
    r"gay|lgbt\w*|transgender|pregnan\w+|religio\w+|hijab|veterans?",
    r"how old (?:do|must|should|can|would)|(?:average|what) age|retire(?:s|d)? => age|aged|years old|retire\w*",
    r"interns?|trainees? => intern\w*|trainees?|entry-level",
    # Papers and tests.
    r"exams?|(?:coding|entrance|aptitude|personality) tests?",
    r"certificat(?:e|es|ion|ions)|certified",
    r"licen[cs]es?",
    r"portfolios?",
    r"gaps? in (?:my|the|a|your|his|her) (?:cv|resume)|(?:one|two)-page cv",
    r"non-?compete|nda|ndas|confidentiality",
    r"cover letters?|letters of (?:motivation|recommendation)|reference letters?",
    r"gpa|grade point|final grades?|school grades?",
    r"criminal records?|background checks?|drug tests?|security clearance",
    r"interview (?:questions?|process|rounds?)|rounds of interviews|(?:in|at|during|before|pass|ace|prepare for) (?:the|an|my|their|a job) interviews? => interviews?",
    r"(?:find|contact|which|use|through|by|need) (?:an? |the )?(?:recruiters?|headhunters?)|recruitment agenc(?:y|ies)|job (?:boards?|portals?|sites?)|(?:best|better|good) (?:web)?sites?|(?:web)?sites? (?:is|are) (?:the )?(?:best|good)|linkedin => recruiters?|headhunters?|recruitment|job boards?|linkedin",
    r"patents?|publications?|published papers",
    r"iq|how (?:smart|clever|intelligent)",
    # Ways to learn.
    r"(?:good|best|which|what|any|a|read|reading|recommend\w*|buy) (?:\w+ ){0,2}?(?:text)?books? => (?:text)?books?",
    r"boot ?camps?",
    r"tuition|course fees",
    r"scholarships?|student loans?|bursar(?:y|ies)",
    r"apprenticeships?",
    r"podcasts?|youtube|newsletters?",
    r"calculus|linear algebra|trigonometry|geometry",
    r"a-levels?|high school|gcses?|abitur|sat scores?|toefl|ielts",
    r"coursera|udemy|moocs?|online courses?",
    r"hackathons?|competitions?",
    r"on-the-job training|training (?:period|courses?) => training|courses?",
    r"self[- ]taught|autodidacts?",
    r"(?:best|good|top) (?:universit(?:y|ies)|colleges?|(?:degree )?program(?:me)?s?)",
    # What it costs, and what becomes of those who do it.
    r"(?:cheap|cheaper) than|cheapest|expensive|(?:the|what|which) prices? of|fees? => cheap\w*|expensive|prices?|fees?|costs?",
    r"cost of living|living costs|rents?",
    r"(?:in|into|to) (?:euros?|pounds?|rupees?|canadian dollars?|naira|yen|francs?|pesos?|zlotys?)|exchange rates?",
    r"paid (?:weekly|monthly|biweekly)|pay ?day",
    r"a raise|negotiat(?:e|es|ing|ion) => raises?|negotiat\w+",
    r"layoffs?|laid off|redundan(?:t|cy|cies)|fired|sacked",
    r"turnover|tenure|attrition",
    r"(?:lost|killed|replaced|wiped out) (?:to|by) (?:ai|automation|robots)|out of work|jobless => ai|automation|unemploy\w+|affect",
    r"(?:what|how much) (?:does|do|would|will|did) (?:[\w'-]+\W+){1,8}?cost(?! (?:\w+ )?(?:developers|jobs|people|them|us|me|engineers)) => costs?|fees?|tuition",
    r"bubble|burst|crash",
    # The firms.
    r"start-?ups?",
    r"(?:my|your|their|his|her) own (?:company|business|firm)|self-employment|entrepreneurs?|side (?:jobs?|business|gigs?|hustles?)|second job|moonlight\w*",
    r"volunteer\w*|charit(?:y|ies)|non-?profits?",
    r"ceos?|founders?|founded|headquarter\w*|revenue|shareholders?",
    r"e-?mail address(?:es)?|phone numbers?|telephone|contact details",
    r"invented|coined|originat(?:ed|es)|famous|celebrit(?:y|ies)",
    # What it does to people.
    r"burn-?outs?|stressful|stressed|(?:how much|much|more|less|the|of|from|under) stress|mental health => burn-?outs?|stress\w*|mental health",
    r"at night|middle of the night|emergenc(?:y|ies)|outages?",
    r"(?:is it|it is|be|get|very|too|how|more|less|most|least|so) (?:boring|fun|exciting|repetitive|monotonous|creative|satisfying|fulfilling|meaningful)",
    r"gifted|born with",
    r"free time|family life|hobbies|single (?:mothers?|fathers?|parents?)",
    r"lonel(?:y|iness)|bullying|harass\w+|discriminat(?:ed|ion)",
    r"blame|blamed|sued|liable|liability",
    r"prestig\w+|reputation|complain\w*",
    r"dangerous|injur\w+|accidents?|eyesight|back pain",
    r"ethic\w*|bias(?:ed)?|unfair|gdpr|privacy|legal|laws?",
    # What it is done with, and in which tongue.
    r"code editors?|text editors?|ides?|pycharm|vim|emacs",
    r"gpus?|graphics cards?",
    r"operating systems?|linux|macos|macbooks?|laptops?",
    r"chatgpt|copilot",
    r"jira|confluence|slack|zoom",
    r"foreign languages?|(?:good|much|which|speak|fluent|level of|my|have|need|know) (?:english|german|french|spanish|mandarin)|accent => foreign languages?|english|german|french|spanish|mandarin|accent",
)
"""Patterns of a question that asks after each, and after ` => ` those of what speaks of it, where these are others."""
_PATTERNS = tuple(tuple(re.compile(rf"\b(?:{words})\b") for words in (*m.split(" => "), m)[:2]) for m in _MATTERS)


def matter_untold(question: Question, passages: Sequence[Passage], corpus: Corpus) -> tuple[str, ...]:
    """What is asked after, where it is such a matter and none of the passages, nor what they stand under, speaks of it."""
    clauses = asking(plain(question.text))
    for asks, tells in _PATTERNS:
        asked = next((found for c in clauses if (found := asks.search(c))), None)
        if asked and not any(tells.search(plain(w)) for p in passages for w in said_of(p, corpus)):
            words = [w for w in tokens(asked[0]) if w.stem not in english.FUNCTION_STEMS]
            said = frozenset().union(*(stems_of(p.text) for p in passages))
            return tuple(w.text for w in words if w.stem not in said) or tuple(w.text for w in words)
    return ()
