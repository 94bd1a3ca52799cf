"""Words by which a question tells its form, and what it wants of what is found: the highest, all, what is missing."""

from __future__ import annotations

import re

CUES: dict[str, re.Pattern[str]] = {
    "compare": re.compile(
        r"\b(?:(?<!the )(?<!this )(?<!a )compar\w*|differ\w*|diff|versus|vs\.?|contrast\w*|distinguish\w*|in common|(?<!what )(?<!which )(?<!the )(?<!a )share[ds]?(?! of\b)|similar\w*|"
        r"overlap\w*|same(?! (?:person|people|human|man|woman|guy|individual)\b)|tell \w+ apart|side by side|(?:next to|beside) (?:each other|one another)|set\w* \w+ apart|apart|draw the line|line between|distinct\w*|distinction|unlike|alike|identical\w*)\b"
    ),
    "one_side": re.compile(
        r"\b(?:that|which)\b.{2,60}\b(?:doesn't|does not|don't|do not|isn't|is not|hasn't|has not|lacks?)\W*$|\bbut (?:not|isn't|the\b.{2,60}\b(?:doesn't|does not))\b|"
        r"\bonly (?:the|a|an)? ?(?=\w)|\b(?:over and above|on top of)\b|"
        r"\b(?:extra|more|else|new|missing|add|learn|gain|drop|lose|leave|forget|unlearn|give up)\b.{0,60}\bfrom\b.{2,60}\bto\b"
    ),
    "common": re.compile(r"\b(?:in common|shared?|similar\w*|overlap\w*|same|alike|identical\w*|both)\b"),
    "which_role": re.compile(
        r"\b(?:which|what|whose)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+)?(?:(?:two|three|four|2|3|4)\s+)?(?:\w+\s+)?"
        r"(?:one|ones|role|roles|position|positions|title|titles|career|careers|path|profession|two|three|four|them|is (?:more|less)|jobs? (?:out )?of (?:the two|them|these|those))\b"
        r"|^\s*(?:and\s+)?who(?:'s| is| are|se)?\b|\bwho (?:needs?|uses?|does|do|has|is|works?|leads?|should|must|gets?|requires?|writes?|"
        r"builds?|talks?|manages?|would|will|handles?|deals?|takes?|looks?|implements?|evaluates?|optimi[sz]es?|integrates?)\b"
        r"|\b(?:which|who) (?:needs?|uses?|requires?|is|has|does|wants?|asks?|calls?|involves?)\b"
    ),
    "fit": re.compile(
        r"\b(?:should i (?:be(?:come)?|go for|choose|pick(?! up)|take(?! up| on)|apply|aim|pursue|consider)|suits? me|suited|fits? me|fits? better|"
        r"right for (?:me|an?|someone|somebody)|better for me|best for me|good for me|for someone (?:who|like|with)|for (?:a )?(?:person|people) who|"
        r"match(?:es)? me|(?:could|can|would) i (?:be|become|work as|make it as) (?!(?:earning|making|paid|getting|doing|asked|using|expected|working)\b)(?!.*\b(?:without|with no|with zero|lacking|if i (?:have|do|am) (?:not|no|never)|if i (?:don't|haven't|can't|lack))\b)|better (?:choice|option|fit|match)|which (?:(?:role|one|job|path|career|way|direction|road|side|of (?:them|the two|these|those)) )?(?:would|should|do) (?:i|you)\b|"
        r"what would you (?:recommend|advise|suggest)|where (?:do|would) i fit|would i (?:like|enjoy|be happ\w+|fit)|"
        r"(?:one|role|two)(?:'s| is)? (?:for me|nearer|closer to me)|(?:path|job|career|side|way|one|role)(?:'s| is) (?:for me|mine)|(?:role|one|job|path|career) (?:would |will )?makes? me happ\w+|what am i\W*$|what fits|where (?:do|would) i belong|any chance|how (?:near|close|far) am i|weigh (?:it|this|them|me) up|"
        r"more realistic for me|chances? (?:as|of)|do i (?:qualify|fit)|better off|lean towards?|what should i be\b(?! doing)|where would you (?:put|see) me|^\W*(?:and )?(?:your|any) (?:recommendation|verdict|advice)\W*$|would (?:you )?(?:recommend|suggest)|more my (?:thing|style|kind)|would i make an?\b|am i (?:a |more |better |right|suited|qualified))\b"
    ),
    "judges": re.compile(
        r"\b(?:realistic|chances?|possible|too late|enough|a problem|rules? (?:me|him|her) out|holds? (?:me|him|her) back|counts? against (?:me|him|her)|disqualif\w+)\b"
    ),
    "number": re.compile(
        r"\b(?:how (?:much|many|fast|high|big|large|long|often|soon)|what (?:percent\w*|number|year|share|amount)|percent\w*|how old|by what|"
        r"number of|rate)\b"
    ),
    "date": re.compile(r"\b(?:when|what (?:date|day|year)|how (?:old|recent|current)|which year)\b"),
    "day": re.compile(r"\b(?:which|what) (?:date|day)\b|\b(?:until|till|by) when\b|\bdeadline\b|\bclosing date\b"),
    "duration": re.compile(
        r"\bhow long\b|\b(?:how many|number of) (?:more |full )?(?:years|months|weeks|days|hours|minutes)\b|\btakes? how many\b"
    ),
    "how_to": re.compile(
        r"\b(?:how (?:do|can|could|should|would|might) (?:i|one|you|we|someone|somebody|people)|how (?:can|could|should) an?\b|how to|what (?:should|can|must) i (?:do|learn|study)|steps?|get into|"
        r"enter the field|(?:tips?|advice) (?:for|on|to)|roadmap|prepare)\b"
    ),
    "way_in": re.compile(
        r"\bwhere (?:(?:do|does|should|can|could|would|must|to|might) )?(?:(?:i|one|you|we|he|she|they|someone|somebody|people)(?: like (?:me|us|him|her))? )?(?:even |best |first )*(?:start|begin)\b(?! (?:my|our|an?|up)\b)|"
        r"\bhow (?:do|does|should|can|could|would|might) (?:i|one|you|we|he|she|they|someone|somebody|people)(?: like (?:me|us|him|her))? (?:even |best |first |ever )*(?:start|begin|get (?:started|going|in|into (?:it|this|that|ml|machine learning|the field|(?:this|the|that) (?:field|line of work|business|industry))))\b(?! (?:my|our|an?|up)\b)|"
        r"\bwhat(?: comes|'s| is| should i do| do i do| to do| should i learn| to learn)? (?:next|now)\W*$|\b(?:my|the|your) (?:next|first) steps?\b|^\W*next steps?\b|\bget(?:ting)? started\b|\bbreak into\b|"
        r"\bprepare (?:myself|for it|for that|for this)\b"
    ),
    "all": re.compile(r"\b(?:(?<!\bat )(?<!\bdo it )(?<!\bdoes it )all|every|each|always|only)\b"),
    "produce": re.compile(r"^\W*(?:please\W+)?(?:write|compose|draw|sing|translate|generate|recite|invent|print)\b"),
    "deceive": re.compile(
        r"\b(?:help me|how (?:do|can|could) i|can i|let's) (?:to )?(?:fake|forge|falsify|cheat|lie about|pretend)\b"
    ),
    "why": re.compile(
        r"^\W*(?:(?:and|but|so|ok)\W+)?why\b|\bwhy (?:is|are|do|does|did|should|would|can|must)\b|\b(?:reason|reasons) (?:for|why)\b"
    ),
    "list": re.compile(r"\b(?:list|(?<!\bat )all|every|each|what are|which are|name|everything)\b"),
    "define": re.compile(
        r"^\W*(?:so\s+)?(?:what(?:'s| is| are)?|who(?:'s| is| are)|define|explain|describe|tell me (?:more )?about|what does .* mean|"
        r"definition of|meaning of)\b"
    ),
    "else": re.compile(r"\b(?:else|apart from|besides|other than|in addition to|except)\b"),
    "only": re.compile(r"\b(?:only|unique\w*|exclusive\w*|but not|alone|extra|additional\w*|more than|on top)\b"),
    "which_row": re.compile(r"\b(?:which|what|who|where|any|list|all|show|name)\b"),
    "highest": re.compile(
        r"\b(?:highest|most|best|biggest|largest|richest|greatest|better|fastest|strongest|top[- ]paid|top[- ]paying|pays? top)\b"
    ),
    "newest": re.compile(r"\b(?:newest|latest|most recent|current|newer|up-to-date|today)\b"),
    "older": re.compile(r"\b(?:older|oldest|earlier|previous|superseded|past|former|before)\b"),
    "over_time": re.compile(
        r"\b(?:editions?|releases?|revis\w+|over (?:the years|time)|year (?:by|after) year|from (?:one|each) \w+ to (?:the next|another))\b"
    ),
    "requirements": re.compile(
        r"\b(?:requirements|prerequisites?|qualifications?|what(?: is| are|'s) (?:needed|required|necessary)|"
        r"what (?:else )?(?:do|does|would|must|should|will|can|might) (?=.{1,60}\b(?:need|know|add|bring|learn|study|expect|show|offer|have(?! on\b))\b)|"
        r"what(?:'s| is| am i)? (?:still )?(?:missing|lacking)|(?:gaps?|expect of me|expected of me)\b)"
    ),
    "gap": re.compile(r"\b(?:missing|lack|gap|still need|need to learn|must i learn|have to learn|catch up)\b"),
    "lowest": re.compile(
        r"\b(?:lowest|least(?<!at least)|worst|smallest|cheapest|poorest|cheaper|fewest|slowest|weakest|(?:at the|very) bottom(?! (?:end|quarter|of)))\b"
    ),
    "at_least": re.compile(
        r"\b(?:at least|(?:no|not) less than|more than|higher than|over|above|from (?=[$€£\d])|upwards of|exceed\w*|or more|north of|"
        r"starts? at|as far as|as much as|reach\w*|beats?|minimum of)\b|>=?"
    ),
    "at_most": re.compile(
        r"\b(?:at most|(?<!no )(?<!not )less than|lower than|under|below|up to|no more than|maximum of|stays?|or less)\b|<=?"
    ),
    "low_end": re.compile(r"\b(?:minimum|lower end|low end|bottom|floor|starts?|starting|starting at|guaranteed)\b"),
    "high_end": re.compile(
        r"\b(?:maximum|max|upper end|top end|high end|ceiling|cap|at the top|tops? out|go(?:es)? up to)\b"
    ),
    "must": re.compile(
        r"\b(?:need\w*|require\w*|requirement|must|have to|has to|necessary|mandatory|essential|compulsory|obligatory|got to|"
        r"can i (?=.*without)|without|do i have)\b"
    ),
    "enough": re.compile(r"\b(?:enough|suffic\w*|suffice|good enough|okay|ok|acceptable|count\w*|accept\w*)\b"),
}
