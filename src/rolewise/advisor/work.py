"""What travels along the chain, and what the chain works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolewise.advisor.answer import Ask
from rolewise.advisor.check import Checker
from rolewise.advisor.evidence import Evidence, Library
from rolewise.advisor.evidence.base import Near
from rolewise.advisor.evidence.relevance import Relevance
from rolewise.advisor.interview import Interview, Standing
from rolewise.advisor.kept import KeptAnswers
from rolewise.advisor.question import Question
from rolewise.advisor.understand import Understander
from rolewise.corpus import Corpus
from rolewise.models import ChatModel

if TYPE_CHECKING:
    from rolewise.index import Hit, Index, MiniLM, Searcher, SyncReport


@dataclass(frozen=True)
class Work:
    """What travels along the chain: the message, and what each step made of it."""

    ask: Ask
    started: float
    standing: Standing
    """Where the interview stands, and what the person has said of themselves."""
    questions: tuple[Question, ...] = ()
    hits: tuple[tuple[Hit, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    retrieve_s: float = 0.0
    kept: KeptAnswers | None = None
    """Those of the parts that the work began with: where they are others in the end, the sources changed meanwhile."""


@dataclass
class Parts:
    """Everything that takes time to load."""

    corpus: Corpus
    embedder: MiniLM
    store: Index
    searcher: Searcher
    understander: Understander
    interview: Interview
    sync: SyncReport
    likeness: Near
    relevance: Relevance
    out_of_scope: Callable[[str], float]
    model: ChatModel | None
    deadline_s: float
    checker: Checker
    model_notice: str = ""
    examples: tuple[str, ...] = field(default=())
    sources_notice: str = ""
    kept: KeptAnswers = field(default_factory=KeptAnswers)

    def found(self, question: Question) -> tuple[Hit, ...]:
        """What search finds for the question, best first."""
        if question.form in ("small_talk", "foreign"):
            return ()
        open_ = question.form in ("which_role", "compare", "fit")
        return tuple(self.searcher.search(question.standalone, () if open_ else question.roles, k=24))

    def library(self, hits: tuple[Hit, ...]) -> Library:
        """What the evidence rules may look at, for the question that `hits` were found for."""
        return Library(
            self.corpus,
            hits,
            self.searcher.search,
            lambda asked, also: self.relevance.rank(asked, hits, also),
            self.likeness,
            self.understander.nearest,
            self._ask,
            self.out_of_scope,
            self.understander.said,
        )

    def _ask(self, text: str) -> tuple[Question, Library]:
        question = self.understander.understand(text)[0]
        return question, self.library(self.found(question))


def set_aside(corpus: Corpus) -> str:
    """What to tell readers about own documents that could not be read; empty where all could."""
    if len(corpus.warnings) < 2:
        return "".join(corpus.warnings)
    return (
        f"{len(corpus.warnings)} of your own files were set aside, the other sources are used. "
        "`rolewise check` names each and what to mend."
    )
