"""Which sentences of an answer stand on the quotes that they cite. Rules over the corpus's vocabulary, no model.

"Supported" follows attributable-to-identified-sources (Rashkin et al. 2023): a reader who trusts the quote would accept
the sentence. Citation precision follows ALCE (Gao et al. 2023): a marker counts if its quote bears the sentence, or
if the sentence falls without it; here also if it bears one of the things that a list names. Both replace ALCE's
entailment model by the rules of `departures`.
What rules cannot see: a fact told with the right names in the wrong relation. The golden questions watch for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rolewise.advisor import Answer
from rolewise.corpus import Corpus, Passage
from rolewise.corpus.words import tokens
from rolewise.evaluation.facts import Facts, Reader
from rolewise.evaluation.manner import UNDENIED, turned
from rolewise.evaluation.pieces import Piece, pieces

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_DENIES = re.compile(
    r"\b(?:sources|adverts?|they|comparison)\b[^:–]{0,30}?\b(?:do not|don['’]t|does not|doesn['’]t|never)\s+(?:\w+\s+)?"
    r"(?:say|name|mention|list|cover|ask|give|tell|state)[^:–]*|"
    r"\bnot named\b[^:–]*|\b(?:is|are) not (?:named|mentioned|listed)\b[^:–]*",
    re.I,
)
"""A finding that the sources do not say something, to the end of its clause."""
_TO_READER = re.compile(r"\b(?:you|your|me|sources|cover|ask|reading)\b", re.I)
_NEED_NOT = re.compile(
    r"\b(?:does not|do not|doesn['’]t|don['’]t|need not|is not|are not|not)\s+(?:need|require)", re.I
)
_DIRECT = re.compile(r"^\W*(?:[^:]{0,60}:\s*)?(?:yes|no(?=\W*$|\s*[,.;:–]|[^:–]{0,80}[:–])|not necessarily|not as a rule|perhaps)\b"
                     r"(?:[^:–]{0,80}[:–])?", re.I)  # fmt: skip
"""A yes or no with what goes before the colon: said of the question; not the "no" of "no experience"."""
_EVERY_ROLE = re.compile(r"\b(?:each|all)(?: of)?(?: the)?(?: (?!these|those)\w+)? roles?\b", re.I)
"""All the roles there are: "all of these roles" may be fewer."""
_ALL_ROLES = re.compile(r"\ball(?: of)?(?: the| these| those)?(?: \w+)? roles\b", re.I)
_ONLY = re.compile(r"\bonly\b", re.I)
_COMMON = frozenset(
    t.stem
    for t in tokens(
        "a an the and or of for to in on at by with from as is are was were be been it its this that these those there here "
        "you your i me we they their he she not no yes nor neither also both either each one ones more most much many some any "
        "all so such than then what which who whom whose when where how why do does did has have had can could may might will "
        "would should must need needs if but while whereas however about into out up over under between per only just too very "
        "well say says said name names named sources source count counts ask asks asked role roles"
    )
)
_SUM = re.compile(r"(?:\d+ of \d+ met: )?(?:\d+ [×÷] )*[−\d]+(?: ÷ \d+)?(?: = [−\d]+)?")
"""Arithmetic on what the person told, in a table: counted, not said by a source."""
_DIFFERENCE = re.compile(r"\((\d[\d,.]*) − (\d[\d,.]*)\)")
"""A difference that is worked out, with its two figures."""
_LEAST_SHARED = 0.4
"""Share of a sentence's content words that its quotes must hold. Set on the development answers."""


@dataclass(frozen=True)
class Support:
    """`claims`: pieces judged; `unsupported`: those that fail, each with the reason; markers right, of all."""

    claims: int
    unsupported: tuple[str, ...]
    markers_right: int
    markers: int


class Grader:
    """Judges answers against one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.reader = Reader(corpus)

    def support(self, answer: Answer) -> Support:
        """Every piece of an answer against the passages that it cites."""
        cited = {c.n: self._corpus.by_id[c.passage_id] for c in answer.citations if c.passage_id in self._corpus.by_id}
        claims = markers = right = 0
        failed = []
        for piece in pieces(answer.answer):
            if not piece.markers and self._claims_nothing(piece):
                continue
            claims += 1
            reasons = self.departures(piece, [cited[n] for n in piece.markers or piece.block if n in cited])
            if reasons:
                failed.append(f"{piece.text} ({'; '.join(reasons)})")
            markers += len(piece.markers)
            right += sum(not reasons and self._bears(piece, n, cited) for n in piece.markers)
        return Support(claims, tuple(failed), right, markers)

    def support_uncited(self, text: str, given: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """Claims of a text without markers, and those that go beyond the texts it was written from."""
        quotes = [Passage("", "", t, 0, len(t), (), 0) for t in given]
        judged = [p for p in pieces(text) if not self._claims_nothing(p)]
        failed = [(p, self.departures(p, quotes)) for p in judged]
        return len(judged), tuple(f"{p.text} ({'; '.join(reasons)})" for p, reasons in failed if reasons)

    def departures(self, piece: Piece, quotes: Sequence[Passage]) -> list[str]:
        """The ways in which a piece says more than its quotes; none if it is supported."""
        if not quotes:
            return ["it cites nothing"]
        denied = " ".join(m[0] for m in _DENIES.finditer(piece.text))
        body = _QUOTED.sub(" ", _DENIES.sub(" ", piece.text))
        said = self.reader.read(body)
        known = [self.reader.passage(q) for q in quotes]
        derived = worked_out(body, frozenset().union(*(k.numbers for k in known)))
        said = replace(said, numbers=said.numbers - derived)
        reasons = [*self._numbers(said, known, max(len(quotes), piece.items)), *self._names(said, known)]
        reasons += self._roles(piece, said, known)
        reasons += _needs(body, said, quotes)
        told = _ALL_ROLES.sub("these roles", _DIRECT.sub("", body))  # whether the quotes are of them all is asked above
        ways = turned(told, quotes, bool(_ONLY.search(body)) and not self._denials("", piece.text))
        reasons += [w for w in ways if not (piece.leads and w == UNDENIED)]  # a lead-in says what comes, not how it is
        reasons += self._denials(denied, piece.text)
        content = said.words - _COMMON
        shared = content & frozenset().union(*(k.words for k in known))
        if not piece.leads and not derived and content and len(shared) < _LEAST_SHARED * len(content):
            reasons.append("shares too little with its quotes")
        return reasons

    def _bears(self, piece: Piece, n: int, cited: dict[int, Passage]) -> bool:
        """A supported piece's quote bears it alone, or a name or number of it, or the piece falls without it."""
        if n not in cited:
            return False
        said, known = self.reader.read(piece.text), self.reader.passage(cited[n])
        ours = said.both or len(said.roles) != 1 or not known.roles or bool(known.roles & said.roles)
        if ours and (said.names & known.names or said.numbers & known.numbers or said.grams & known.grams):
            return True
        others = [cited[m] for m in piece.markers if m != n and m in cited]
        return not self.departures(piece, [cited[n]]) or bool(self.departures(piece, others))

    def _claims_nothing(self, piece: Piece) -> bool:
        """Said to the reader or about the sources, and no name or number in it; or a table's empty cell or sum."""
        if piece.column and (_DENIES.search(piece.text) or _SUM.fullmatch(piece.text)):
            return True
        said = self.reader.read(_QUOTED.sub(" ", _DENIES.sub(" ", piece.text)))
        courtesy = bool(_TO_READER.search(piece.text)) or len(piece.text.split()) < 3
        return not piece.leads and courtesy and not (said.names or said.numbers)

    def _numbers(self, said: Facts, known: list[Facts], cited: int) -> list[str]:
        numbers = frozenset().union(*(k.numbers for k in known))
        told = frozenset().union(*(k.counts for k in known))
        counts = told | {int(float(n)) for n in numbers if "%" not in n} | (set() if told else {len(said.names)})
        strange = [n for n in sorted(said.numbers - numbers) if n != str(cited)]
        strange += [str(c) for c in sorted(said.counts - counts - {cited})]
        return [f"number {n} is not in its quotes" for n in strange]

    def _names(self, said: Facts, known: list[Facts]) -> list[str]:
        of_role = [k for k in known if not k.roles or k.roles & said.roles] if len(said.roles) == 1 else known
        names = frozenset().union(*(k.names for k in of_role))
        words = frozenset().union(*(k.words for k in of_role))
        lost = [n for n in sorted(said.names - names) if not {t.stem for t in tokens(n)} <= words]
        lost += [c for c in sorted(said.capitals) if not {t.stem for t in tokens(c)} <= words and c not in said.names]
        return [f"{n} is not in its quotes" for n in dict.fromkeys(lost)]

    def _roles(self, piece: Piece, said: Facts, known: list[Facts]) -> list[str]:
        spoken = frozenset().union(*(k.roles for k in known))
        wanted = said.roles
        due = len(self._corpus.roles) if _EVERY_ROLE.search(piece.text) else min(2, len(self._corpus.roles))
        if said.both and not wanted and 0 < len(spoken) < due:
            return [f"it speaks of {due} roles, its quotes don't"]
        if (column := self.reader.role_called(piece.column)) and spoken:
            wanted = wanted | {column}
        return [f"{self._corpus.role[r].title} is not in its quotes" for r in sorted(wanted - spoken)]

    def _denials(self, denied: str, whole: str) -> list[str]:
        """A denial, or an "only", that the role data refute."""
        said = self.reader.read(denied)
        wrong = [(i, r) for i in said.names for r in said.roles if len(said.roles) == 1 and self.reader.named_for(r, i)]
        everything = self.reader.read(whole)
        if _ONLY.search(whole) and re.search(r"\bnamed?\b", whole) and len(everything.roles) == 1:
            others = [r.id for r in self._corpus.roles if r.id not in everything.roles]
            wrong += [(i, r) for i in everything.names for r in others if self.reader.named_for(r, i)]
        return [f"the sources do name {i} for the {self._corpus.role[r].title}" for i, r in wrong]


def worked_out(text: str, told: frozenset[str]) -> frozenset[str]:
    """What follows from two told figures whose difference the text works out: the difference, and its share of the second."""
    found: set[str] = set()
    for sum_ in _DIFFERENCE.finditer(text):
        high, low = (float(n.replace(",", "")) for n in sum_.groups())
        known = {n.rstrip("%") for n in told}
        if {f"{high:.10g}", f"{low:.10g}"} <= known:
            found |= {f"{high - low:.10g}", f"{round(high - low, 1):.10g}"}
            found |= {f"{high:.10g}", f"{low:.10g}"}  # told with their "%", and here without
            found |= {f"{100 * (high - low) / low:.1f}%", f"{round(100 * (high - low) / low, 1):g}%"} if low else set()
    return frozenset(found)


def _needs(body: str, said: Facts, quotes: Sequence[Passage]) -> list[str]:
    """Required told as not needed."""
    required = frozenset(
        i for q in quotes if q.need == "required" for g in q.groups if g.choice == "all" for i in g.items
    )
    return [f"{i} is required" for i in sorted(said.names & required)] if _NEED_NOT.search(body) else []
