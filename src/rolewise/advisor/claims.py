"""What a sentence claims, as the check compares it: numbers, content words, negation, modality, scope, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolewise.advisor.english import FUNCTION_STEMS, NUMBER_WORDS
from rolewise.corpus.words import plain, stem, tokens

_REQUIRED = re.compile(
    r"\b(?:must|needs?|needed|requires?|required|requirements?|necessary|mandatory|essential|compulsory|obligatory|has to|have to|"
    r"demands?|demanded|insists?)\b"
)
_PREFERRED = re.compile(r"\b(?:prefer\w*|desirable|ideally|a plus|bonus|advantage|favou?red|nice to have|welcome)\b")
_OPTIONAL = re.compile(r"\b(?:may|might|optional\w*|could)\b")
_PROJECTED = re.compile(r"\b(?:project(?:ed|ion|ions|s)|expected|expect|forecast|predicted|anticipated|estimated)\b")
_PAST = re.compile(r"\b(?:was projected|were projected|had|earlier|superseded)\b")
_DOUBT = re.compile(
    r"\b(?:claims?|could not be confirmed|unconfirmed|uncertain|not intended|reported\w*|according to)\b"
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|without|neither|nor|none|nothing|cannot|\w+n't|non|lacks?|isnt|dont|doesnt)\b"
)
_SCOPE = re.compile(
    r"\b(?:only|all|every|everyone|always|never|any|anyone|guarantee\w*|exclusive\w*|sole|solely|just|entire\w*|whole|"
    r"most|mostly|majority|best|worst|highest|lowest|largest|smallest|none|nobody|purely|merely|at least|at most|more than|less than|"
    r"over|under|nearly|almost|exactly|expert|advanced|basic|fluent|some|few|many)\b"
)
_EXAMPLES = re.compile(r"\b(?:such as|like|for example|for instance|e\.g\.|including|include[sd]?|among|examples?)\b")
_NUMBER = re.compile(r"[$€£]?\s?(\d[\d,]*(?:\.\d+)?)\s?(%|percent\b|k\b|thousand\b|m\b|million\b)?")
_RANGE = re.compile(r"(\d[\d,.]*)\s?(k|%)?\s?(?:-|–|to|and|until)\s?[$€£]?(?:usd )?(\d[\d,.]*)\s?(k|%)?")
_PAIR = re.compile(r"([\w.+#'-]+(?: [\w.+#'-]+)?)(?:,| )+(and|or)(?: an?| the)? ([\w.+#'-]+)")

# Verbs and fillers that claim nothing by themselves; a sentence may use them freely.
_LIGHT = frozenset(
    stem(w)
    for w in """
is are was were be been being has have had having do does did done role roles position job jobs someone person
people need needs needed require requires required must necessary prefer preferred preferably prefers typical
typically usually usual common commonly often generally ask asks asked look looks call calls expects expected
project projected projection get gets source sources say says said according name names named mention mentions
mentioned list lists listed state states well too work use used uses using good strong excellent include includes
including example examples instance like however therefore thus while whereas also both either each together
alongside among about around involve involves focus focuses experience experienced skill skills skilled ability able
know knows knowledge proficiency proficient expertise familiarity familiar understanding candidate candidates want
wants become becoming year years responsible responsibility responsibilities task tasks duty duties part percent usd
dollars us thousand range ranging different differ differs
""".split()
)


@dataclass(frozen=True)
class Claims:
    numbers: frozenset[str]
    ranges: frozenset[tuple[str, str]]
    content: dict[str, str]
    """Stem to word, of the words that carry meaning."""
    named: frozenset[str]
    negated: bool
    required: bool
    preferred: bool
    optional: bool
    projected: bool
    past: bool
    doubted: bool
    scope: frozenset[str]
    examples: bool
    example_items: frozenset[str]
    alls: frozenset[tuple[str, str]]
    choices: frozenset[tuple[str, str]]


def read(text: str) -> Claims:
    """The claims of one sentence."""
    low = plain(text)
    words = tokens(text)
    content = {
        t.stem: t.text for t in words
        if t.stem not in FUNCTION_STEMS and t.stem not in _LIGHT and not t.text[0].isdigit() and t.text[0] not in "$€£" and t.text not in NUMBER_WORDS
    }  # fmt: skip
    scope = frozenset(m[0] for m in _SCOPE.finditer(low))
    examples = _EXAMPLES.search(low)
    pairs = {(frozenset((stem(a.split()[-1]), stem(b))), word) for a, word, b in _PAIR.findall(low)}
    return Claims(
        numbers=_numbers(low),
        ranges=frozenset((_value(a, u or v), _value(b, v or u)) for a, u, b, v in _RANGE.findall(low)),
        content=content,
        named=frozenset(content),
        negated=len(_NEGATION.findall(re.sub(r"\bnon[- ]\w+", "", low))) % 2 == 1,
        required=bool(_REQUIRED.search(low)),
        preferred=bool(_PREFERRED.search(low)),
        optional=bool(_OPTIONAL.search(low)),
        projected=bool(_PROJECTED.search(low)),
        past=bool(_PAST.search(low)),
        doubted=bool(_DOUBT.search(low)),
        scope=scope,
        examples=bool(examples),
        example_items=frozenset(t.stem for t in tokens(low[examples.end() :])) if examples else frozenset(),
        alls=_pairs(pairs, "and"),
        choices=_pairs(pairs, "or"),
    )


def _pairs(pairs: set[tuple[frozenset[str], str]], word: str) -> frozenset[tuple[str, str]]:
    found = [tuple(sorted(p)) for p, w in pairs if w == word and len(p) == 2]
    return frozenset((a, b) for a, b in found)


def _numbers(low: str) -> frozenset[str]:
    found = {_value(m[1], m[2] or "") for m in _NUMBER.finditer(low)}
    found |= {
        str(float(NUMBER_WORDS[t.text])) for t in tokens(low) if t.text in NUMBER_WORDS and NUMBER_WORDS[t.text] > 1
    }
    return frozenset(found)


def _value(digits: str, unit: str) -> str:
    """A number in one spelling: `120K`, `120,000` and `120 thousand` are the same; a percentage stays one."""
    value = float(digits.replace(",", "").rstrip(".") or 0)
    unit = unit.strip()
    if unit in ("k", "thousand"):
        value *= 1_000
    elif unit in ("m", "million"):
        value *= 1_000_000
    return f"{value}%" if unit in ("%", "percent") else str(value)
