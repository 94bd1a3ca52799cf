"""How the words of an evidence sentence hang together: phrases, members of lists, what governs a phrase.

A shallow reading from prepositions, conjunctions and commas alone, without a parser or a tagger.
"""

from __future__ import annotations

from rolewise.advisor.claims import Claims

_AUX = frozenset(
    "is are was were has have had must may might can could should will does do did needs need who which never not also requires".split()
)
_EXAMPLES = frozenset(("such", "like", "e.g."))


class Shape:
    """The phrases of one evidence sentence.

    `phrase[j]`, `piece[j]`: the phrase and the list member that word `j` is in; `first[j]`: it starts a list member;
    `governor[phrase]`: the word that a phrase hangs on; `starts[phrase]`: its first word; `agents`: the words that its
    clauses are about.
    """

    def __init__(self, known: Claims) -> None:
        self.words, self.subject = known.words, known.subject
        self.phrase: list[int] = []
        self.piece: list[int] = []
        self.first: list[bool] = []
        self.starts: list[int] = []
        self.governor: dict[int, int] = {}
        self._sibling: dict[int, int] = {}
        self.agents = _agents(known)
        self.opening = "For " if known.words and "for" in known.words[0].gap else ""
        self.relatives = [
            j for j, w in enumerate(self.words) if j > known.subject and {"that", "which", "who"} & set(w.gap)
        ]
        self.restricted = (
            0 < known.subject < len(self.words)
            and bool({"who", "that", "which", "of"} & set(self.words[known.subject].gap))
            and "," not in self.words[known.subject].gap
        )
        phrase = piece = -1
        for j, word in enumerate(self.words):
            joined = j == 0 or word.joined
            piece += joined
            self.first.append(joined or j == known.subject)
            says = bool({"is", "are", "was", "were"} & set(word.gap)) and not word.text.endswith("ed")
            follows = self.words[j + 1] if j + 1 < len(self.words) else None
            acts = (
                j > known.subject > 0 and self.verb(known.subject) and joined and word.text.endswith("s") and follows is not None
                and not follows.links and not follows.joined and self.words[known.subject].text.endswith("s")
            )  # fmt: skip
            done = word.text.endswith("ed") and not word.gap and 0 < known.subject < j and not any(
                w.text.endswith("ed") for w in self.words[:j]
            ) and not self.verb(known.subject)  # fmt: skip
            says |= acts or done
            if joined or word.links or says or j == known.subject:
                phrase += 1
                self.starts.append(j)
                if word.links or says or j == known.subject:
                    self.governor[phrase] = known.subject - 1 if acts or done else j - 1
                elif j:
                    self._sibling[phrase] = phrase - 1
                    self.governor[phrase] = self.governor.get(phrase - 1, -1)
            self.phrase.append(phrase)
            self.piece.append(piece)

    def head(self, j: int) -> int:
        """The phrase at the start of the list that word `j` is in."""
        phrase = self.phrase[j]
        while phrase in self._sibling:
            phrase = self._sibling[phrase]
        return phrase

    def conjunction(self, a: int, b: int) -> str:
        """What joins two members of one list: and, or, or nothing."""
        a, b = min(a, b), max(a, b)
        for j in range(a + 1, len(self.words)):
            gap = self.words[j].gap
            if _EXAMPLES & set(gap) and j > a + 1:
                break
            if "and" in gap or "or" in gap:
                return "or" if "or" in gap else "and"
            if j > b and not (gap and gap[0] == ","):
                break
        return ""

    def reached_by(self, j: int) -> frozenset[str]:
        """The prepositions that lead to word `j`, through lists and examples; `verb` where it begins a predicate."""
        start = self.starts[self.head(j)]
        links = self.words[start].links - {"like"}
        if _EXAMPLES & set(self.words[start].gap) and start:
            return links | self.reached_by(start - 1)
        return links or frozenset(("verb",) if start == j and self.first[j] else ())

    def verb(self, j: int) -> bool:
        """Whether word `j` is what the subject does: it follows it without an auxiliary."""
        return 0 < self.subject == j and not set(self.words[j].gap) - {
            "commonly",
            "typically",
            "usually",
            "often",
            "also",
        }

    def shares(self, j: int) -> int:
        """The list member whose remainder word `j` shares, when it has none of its own; -1 where it shares nothing."""
        if j + 1 < len(self.words) and self.piece[j + 1] == self.piece[j]:
            return -1
        for n in range(j + 1, len(self.words) - 1):
            if self.first[n] and self.piece[n + 1] == self.piece[n]:
                return self.piece[n] if not self.words[n].links else -1
        return -1

    def examples(self, j: int) -> bool:
        """Whether word `j` is in a list of examples."""
        return bool(_EXAMPLES & set(self.words[self.starts[self.head(j)]].gap))

    def own_subjects(self) -> dict[int, int]:
        """For clauses that are joined to another and have a subject of their own, its first word."""
        found: dict[int, int] = {}
        for j, word in enumerate(self.words):
            if word.clause and word.clause not in found:
                found[word.clause] = (
                    j if not _AUX & set(word.gap) and {"and", "but", ";", "while", "whereas"} & set(word.gap) else -1
                )
        return {n: j for n, j in found.items() if j >= 0}

    def opens(self, j: int) -> bool:
        """Whether only the words that a clause is about stand before word `j` in its list member."""
        before = [n for n in range(j) if self.piece[n] == self.piece[j]]
        return bool(before) and all(n in self.agents for n in before)

    def attributes(self, j: int) -> bool:
        """Whether word `j` stands in a clause that begins after a colon."""
        first = next(n for n, w in enumerate(self.words) if w.clause == self.words[j].clause)
        return ":" in self.words[first].gap


def _agents(known: Claims) -> frozenset[int]:
    """The words that clauses are about: the subject, and after a colon what stands before an auxiliary."""
    found = set(range(known.subject))
    for n in {w.clause for w in known.words} - {0}:
        inside = [j for j, w in enumerate(known.words) if w.clause == n]
        verb = next((j for j in inside[1:] if {"is", "are", "was", "were"} & set(known.words[j].gap)), None)
        if verb and ":" in known.words[inside[0]].gap:
            found |= set(range(inside[0], verb))
    return frozenset(found)
