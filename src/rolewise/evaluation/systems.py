"""The systems that a run compares: our chain with its model and without, and the chain of the tutorials."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rolewise.advisor import Advisor, Answer, Ask
from rolewise.advisor.check import Checker, Verdict
from rolewise.advisor.evidence import Evidence
from rolewise.advisor.question import Question
from rolewise.errors import ModelError
from rolewise.evaluation.gate import NO_EXAMPLE
from rolewise.evaluation.golden import GoldenRow
from rolewise.evaluation.results import Timed
from rolewise.index import MiniLM, Searcher, Store, SyncReport
from rolewise.models import ChatModel

_PROMPT = (
    "Use the following pieces of context to answer the question at the end. If you don't know the answer, just say that "
    "you don't know, don't try to make up an answer.\n\n{context}\n\nQuestion: {question}\nHelpful Answer:"
)
"""The `stuff` prompt of LangChain's RetrievalQA, which the tutorials use."""
_DECLINES = re.compile(
    r"\b(?:don['’]?t|do not|does not|doesn['’]t|did not|didn['’]t|cannot|can['’]t|could not|unable to|not)\s+(?:\w+\s+)?"
    r"(?:know|mention|say|specif|provid|contain|includ|stat|answer|find|found|list|available|clear|give|determin|address)|"
    r"\bno (?:information|mention|answer|specific|data)\b|\bI['’]?m (?:sorry|not sure)\b|\bunknown\b",
    re.I,
)


class Tally(Checker):
    """The advisor's check, counting what it is asked."""

    def __init__(self, checker: Checker) -> None:
        self.__dict__.update(checker.__dict__)
        self.drafts = 0
        self.rejected: list[str] = []

    def check(self, sentence: str, evidence: Sequence[str], question: str = "") -> Verdict:
        verdict = super().check(sentence, evidence, question)
        self.drafts += 1
        if not verdict.supported:
            self.rejected.append(f"{sentence} ({verdict.reason})")
        return verdict


class Observed(Advisor):
    """The advisor as people use it, with a view on its parts. `built` is the model that the settings name."""

    tally: Tally
    built: ChatModel | None

    def load(self, progress: Callable[[int, int], None] = lambda done, total: None) -> SyncReport:
        fresh = self._parts is None
        report = super().load(progress)
        if fresh and self._parts:
            self.tally = Tally(self._parts.checker)
            self.built = self._parts.model
            self._parts = replace(self._parts, checker=self.tally)
        return report

    @property
    def searcher(self) -> Searcher:
        return self._loaded.searcher

    def ask(self, row: GoldenRow, model: ChatModel | None) -> Timed:
        """Answer a row with `model`, timed from outside."""
        parts = self._loaded
        self._parts = replace(parts, model=model)
        drafts, rejected = self.tally.drafts, len(self.tally.rejected)
        started = time.perf_counter()
        snapshots = self.stream(row.ask)
        last, first = next(snapshots), time.perf_counter() - started
        for snapshot in snapshots:
            last = snapshot
        total = time.perf_counter() - started
        self._parts = replace(parts, model=self.built)
        return Timed(answer=last, first_s=first, total_s=total, drafts=self.tally.drafts - drafts,
                     rejected=tuple(self.tally.rejected[rejected:]))  # fmt: skip

    def nearness(self, ask: Ask) -> float:
        """How much nearer a message is to an example question with an answer than to one without; its best part counts."""
        found = [q.nearest for q in self._understand(ask).questions]
        return max((n.cosine - n.elsewhere for n in found if n), default=NO_EXAMPLE)

    def evidence_for(self, ask: Ask) -> list[tuple[Question, Evidence]]:
        """What the chain would word, before it is worded."""
        work = self._evidence(self._search(self._understand(ask)))
        return list(zip(work.questions, work.evidence, strict=True))


class Tutorial:
    """Split, embed, search, stuff: chunks of 1000 characters with an overlap of 200, top 4 from Chroma, one prompt."""

    def __init__(self, texts: Sequence[str], folder: Path, model: ChatModel) -> None:
        self._model = model
        self._chroma = Store(folder, MiniLM(adapt=False), "tutorial").chroma
        self._chroma.add_texts([chunk for text in texts for chunk in split(text, 1000, 200)])

    def ask(self, row: GoldenRow) -> Timed:
        """Answer a row; the turns before are put in front of the question, since this chain has no memory."""
        question = "\n".join(row.turns)
        started, first, text = time.perf_counter(), 0.0, ""
        chunks = [d.page_content for d in self._chroma.similarity_search(question, k=4)]
        prompt = _PROMPT.format(context="\n\n".join(chunks), question=question)
        try:
            for piece in self._model.stream([("user", prompt)], max_tokens=256, deadline_s=90):
                first = first or time.perf_counter() - started
                text += piece
        except ModelError as error:
            text = text or str(error)
        total = time.perf_counter() - started
        status: Any = "not_in_sources" if declines(text) else "answered"
        answer = Answer(id=row.id, question=row.turns[-1], standalone_question=question, status=status, answer=text,
                        model=self._model.name)  # fmt: skip
        return Timed(answer=answer, first_s=first or total, total_s=total, sources=tuple(chunks))


def declines(text: str) -> bool:
    """Whether the first two sentences say that the answer is not known."""
    return bool(_DECLINES.search(" ".join(re.split(r"(?<=[.!?])\s+", text.strip())[:2])))


def split(text: str, size: int, overlap: int, separators: Sequence[str] = ("\n\n", "\n", " ", "")) -> list[str]:
    """Chunks as LangChain's RecursiveCharacterTextSplitter cuts them: at the coarsest separator that serves."""
    separator = next(s for s in separators if not s or s in text)
    finer = separators[list(separators).index(separator) + 1 :]
    chunks: list[str] = []
    run: list[str] = []
    for part in text.split(separator) if separator else list(text):
        if len(part) > size and finer:
            chunks += [separator.join(run), *split(part, size, overlap, finer)]
            run = []
            continue
        if run and len(separator.join([*run, part])) > size:
            chunks.append(separator.join(run))
            while run and (len(separator.join(run)) > overlap or len(separator.join([*run, part])) > size):
                run.pop(0)
        run.append(part)
    return [c.strip() for c in [*chunks, separator.join(run)] if c.strip()]
