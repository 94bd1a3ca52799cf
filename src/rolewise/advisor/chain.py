"""The advisor: one LangChain Runnable, understand → search → evidence → compose and check → cite."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator, RunnableLambda

from rolewise.advisor.answer import Answer, Ask
from rolewise.advisor.asking import readable, taken
from rolewise.advisor.composition import Composition
from rolewise.advisor.evidence import Evidence, Library, Point, gather
from rolewise.advisor.evidence.fit import begun
from rolewise.advisor.evidence.points import PersonalPoint, personal_points
from rolewise.advisor.following import Sources
from rolewise.advisor.interview import Standing
from rolewise.advisor.interview_words import FIT
from rolewise.advisor.kept import KeptAnswers
from rolewise.advisor.lending import Lending
from rolewise.advisor.loading import model_or_none, parts_of
from rolewise.advisor.of_answer import of_answer
from rolewise.advisor.outcome import outcome_of
from rolewise.advisor.profile import items_in
from rolewise.advisor.question import Outcome, Question
from rolewise.advisor.weighed import kind_of, weighed
from rolewise.advisor.work import Parts, Work
from rolewise.corpus import Corpus, corpus_of
from rolewise.errors import RoleWiseError
from rolewise.home import refuse_newer
from rolewise.memory import collected_again
from rolewise.models import keep_tracing_off, open_model
from rolewise.settings import Settings, load_settings

# Chroma and its kin are imported where the index is opened: they take a second, which the page need not wait for.
if TYPE_CHECKING:
    from rolewise.index import Hit, SyncReport


class Advisor(Runnable[Any, Answer]):
    """Ask it: `Advisor().invoke("Do I need a PhD to become a lead?")`.

    Takes a question as a string, or an `Ask` with the conversation behind it. `stream` yields the answer so far, each
    time whole; the last one is complete. The first call loads what is needed, or call `load()` before.
    Raises QuestionError for an empty or endless question, CorpusError, HomeFault and IndexFault while loading.
    """

    def __init__(self, settings: Settings | None = None, tell: Callable[[str], None] = lambda text: None) -> None:
        """`tell` gets a line for people about what is waited for or was mended while loading."""
        keep_tracing_off()  # before the first run, which LangChain would else report where LANGSMITH_* asks for it
        self.settings = settings or load_settings()
        self.model_settings = self.settings
        """Those of the model in use, which `use_model` changes."""
        self.ready = threading.Event()
        self.status = "Starting…"
        self._tell = tell
        self._loading = threading.Lock()
        self._lending = Lending()
        self._parts: Parts | None = None
        self._sources = Sources(filter(None, (self.settings.corpus, self.settings.own_documents)))
        self.chain: Runnable[Any, Answer] = (
            RunnableLambda(self._understand)
            | RunnableLambda(self._search)
            | RunnableLambda(self._evidence)
            | RunnableGenerator(self._compose, self._acompose)
        )

    def load(self, progress: Callable[[int, int], None] = lambda done, total: None) -> SyncReport:
        """Open corpus, index, embedder and model; a second call returns at once. `progress`: passages embedded, of all."""
        with self._loading:
            if self._parts is None:
                refuse_newer(self.settings.home)  # reading keeps what was parsed, in that folder
                self.status = "Reading the sources…"
                found = self._sources.look()
                corpus = corpus_of(self.settings)
                self.status = "Loading the embedding model and the index…"
                from rolewise.index import MiniLM, open_index

                embedder = MiniLM(self.settings.encoder_folder)
                store = open_index(self.settings, embedder, self._told)
                embedder.embed_query("ready")
                self.status = "Loading the chat model…"
                opened = model_or_none(self.settings)
                try:
                    self._parts = parts_of(corpus, embedder, store, opened, self.settings, progress)
                except RoleWiseError:  # loading may be tried again, and would open the model a second time
                    if opened[0]:
                        opened[0].close()
                    raise
                self._sources.read(found)
                self.status = ""
                self.ready.set()
            return self._parts.sync

    def renew(self, progress: Callable[[int, int], None] = lambda done, total: None) -> SyncReport:
        """Read the sources anew, after documents came or went; until it is done, answers stand on those before.

        Raises CorpusError and IndexFault, and then keeps what was there.
        """
        self.load()
        with self._loading:
            return self._renewed(progress)

    def _renewed(self, progress: Callable[[int, int], None] = lambda done, total: None) -> SyncReport:
        old, found = self._loaded, self._sources.look()
        collected_again()
        corpus = corpus_of(self.settings)
        self._parts = parts_of(corpus, old.embedder, old.store, (old.model, old.model_notice), self.settings, progress)
        self._sources.read(found)
        return self._parts.sync

    def _follow(self) -> None:
        """Before a question: read the sources anew where another process has changed them, or somebody edits them.

        Where that cannot be, answers stand on those read before and say so, until the files change again. While one
        question waits for it, others are answered from what was there.
        """
        if self._parts is None or not self._sources.changed or not self._loading.acquire(blocking=False):
            return
        try:
            found = self._sources.look()
            self._renewed()
        except RoleWiseError as error:
            self._sources.read(found)
            told = f"The sources have changed and cannot be taken in: {error} Answers stand on those read before."
            self._parts = replace(self._parts, sources_notice=told, kept=KeptAnswers())
        finally:
            self._loading.release()

    def use_model(self, settings: Settings) -> None:
        """Word answers with the model that `settings` ask for, from the next one on. Raises ModelError, and then changes nothing.

        An answer under way keeps its model, which is closed after the last of these.
        """
        self.load()
        with self._loading:
            old = self._loaded
            self._parts = replace(old, model=open_model(settings), model_notice="", kept=KeptAnswers())
            self.model_settings = settings
        self._lending.retire(old.model)

    def lent(self) -> AbstractContextManager[Parts]:
        """What is loaded now, its model not closed while the context lasts."""
        return self._lending.lent(lambda: self._loaded)

    def close(self) -> None:
        """Stop the model's server, if one runs."""
        if self._parts and self._parts.model:
            self._parts.model.close()

    @property
    def notice(self) -> str:
        """What people should know of the data folder: what was mended or cannot be kept. Empty where all is well."""
        return self._loaded.store.notice

    @property
    def corpus(self) -> Corpus:
        return self._loaded.corpus

    @property
    def about(self) -> str:
        return self._loaded.corpus.vocabulary.about

    def examples(self) -> tuple[str, ...]:
        """Questions that a newcomer could begin with, from the corpus."""
        return self._loaded.examples

    def document_text(self, source_id: str) -> str:
        """The source as readers see it, in Markdown; `Citation.start` and `end` index into it."""
        return self._loaded.corpus.document[source_id].text

    def personal_points(self, text: str) -> tuple[PersonalPoint, ...]:
        """What a person says of themselves, as items of the role data that they want or do not want."""
        parts = self._loaded
        return personal_points(
            text,
            parts.understander.lexicon,
            parts.library(()),
        )

    def items_in(self, text: str) -> tuple[str, ...]:
        """The items of the role data that a longer text, such as a CV, names."""
        return items_in(text, self.corpus)

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        ask, kept = self._begun(input)
        return kept or self.chain.invoke(ask, config)

    def stream(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any | None) -> Iterator[Answer]:
        ask, kept = self._begun(input)
        yield from [kept] if kept else self.chain.stream(ask, config)

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        ask, kept = await asyncio.to_thread(self._begun, input)
        return kept or await self.chain.ainvoke(ask, config)

    async def astream(
        self, input: Any, config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> AsyncIterator[Answer]:
        ask, kept = await asyncio.to_thread(self._begun, input)
        if kept:
            yield kept
            return
        async for answer in self.chain.astream(ask, config):
            yield answer

    def _begun(self, input: Any) -> tuple[Ask, Answer | None]:
        """The question, and its answer where it is kept. Raises QuestionError."""
        ask = taken(input)
        self._follow()
        parts = self._loaded
        return ask, parts.kept.get(ask, parts.model)

    @property
    def _loaded(self) -> Parts:
        if self._parts is None:
            self.load()
        assert self._parts is not None
        return self._parts

    def _told(self, text: str) -> None:
        self.status = text
        self._tell(text)

    def _understand(self, ask: Ask) -> Work:
        parts = self._loaded
        started = time.perf_counter()
        standing = parts.interview.standing(readable(ask.question), tuple(map(readable, ask.history)))
        if standing.move in ("asks", "says"):
            return Work(ask, started, standing, (Question(ask.question, ask.question, "small_talk"),), kept=parts.kept)
        if standing.move:
            return Work(ask, started, standing, (Question(ask.question, FIT, "fit"),), kept=parts.kept)
        questions = parts.understander.understand(
            standing.message, standing.history, lambda q: self._outcome_of(q, standing)
        )
        return Work(ask, started, standing, questions, kept=parts.kept)

    def _outcome_of(self, question: Question, standing: Standing) -> Outcome:
        """What the answer to an earlier question came to."""
        found = self._weighed(question, standing) or self._gather(question, self._loaded.found(question))
        return outcome_of(found, self.corpus)

    def _gather(self, question: Question, hits: tuple[Hit, ...]) -> Evidence:
        if question.form == "small_talk":
            return Evidence("small_talk")
        if question.form == "foreign":
            return Evidence("not_in_sources")
        found = gather(question, self._loaded.library(hits), self._loaded.understander.lexicon)
        return of_answer(found, question.of_answer, self.corpus) if question.of_answer else found

    def _search(self, work: Work) -> Work:
        return replace(work, hits=tuple(self._loaded.found(q) for q in work.questions))

    def _weighed(self, question: Question, standing: Standing) -> Evidence | None:
        """The answer that the interview gives, or that weighs what the person has said; None where neither bears on it."""
        if standing.move in ("asks", "says"):
            return Evidence("small_talk", tuple(Point(text, style="label") for text in standing.said))
        if standing.move == "begins":
            return begun(question, Library(self._loaded.corpus), standing.said)
        kind = kind_of(question, standing.history[-1] if standing.history else "")
        if not kind or standing.profile.empty or (question.form == "fit" and not standing.held):
            return None
        return weighed(kind, question, standing.profile, self._loaded.corpus)

    def _answered(self, question: Question, hits: tuple[Hit, ...], standing: Standing) -> Evidence:
        if known := self._weighed(question, standing):
            return known
        found = self._gather(question, hits)
        if question.form == "fit" and found.status == "partly" and not standing.profile.empty:  # too little by names
            return weighed("fit", question, standing.profile, self.corpus) or found
        return found

    def _evidence(self, work: Work) -> Work:
        found = tuple(self._answered(q, hits, work.standing) for q, hits in zip(work.questions, work.hits, strict=True))
        return replace(work, evidence=found, retrieve_s=time.perf_counter() - work.started)

    def _compose(self, works: Iterator[Work]) -> Iterator[Answer]:
        for work in works:
            with self.lent() as parts:
                yield from Composition(work, parts).snapshots()

    async def _acompose(self, works: AsyncIterator[Work]) -> AsyncIterator[Answer]:
        """The same, each step in a thread: the event loop is never held while the model writes."""
        async for work in works:
            with self.lent() as parts:
                snapshots = Composition(work, parts).snapshots()
                while (answer := await asyncio.to_thread(next, snapshots, None)) is not None:
                    yield answer
