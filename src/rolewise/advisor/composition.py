"""One answer being written: pieces are added as they are ready, and a snapshot of the whole follows each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

from rolewise.advisor import decline
from rolewise.advisor.answer import Answer, Status, Timings, new_id
from rolewise.advisor.compose import Footnotes, layout, marked, table_of
from rolewise.advisor.dated import notice_of_age
from rolewise.advisor.draft import Drafter
from rolewise.advisor.evidence import Evidence
from rolewise.advisor.interview_words import ASK_ME
from rolewise.advisor.question import Question
from rolewise.advisor.thin import notice_of_small_samples
from rolewise.advisor.work import Parts, Work


class Composition:
    """One answer being written: pieces are added as they are checked, and a snapshot follows each."""

    def __init__(self, work: Work, parts: Parts) -> None:
        self._work = work
        self._parts = parts
        self._footnotes = Footnotes(parts.corpus)
        self._pieces: list[tuple[str, str]] = []
        self._sentences = 0
        self._drafted = 0
        self._first_s = 0.0
        self._whole = True
        """The model took the part that it takes in this answer at other times too."""
        self._notices: list[str] = [n for n in (parts.model_notice, parts.sources_notice, work.standing.notice) if n]
        self._id = work.ask.id or new_id()

    def snapshots(self) -> Iterator[Answer]:
        for question, evidence in zip(self._work.questions, self._work.evidence, strict=True):
            for style, text in self._said(question, evidence):
                self._pieces.append((style, text))
                self._first_s = self._first_s or time.perf_counter() - self._work.started
                yield self._snapshot(())
        cited = self._footnotes.citations()
        self._notices += filter(None, (notice_of_age(cited, date.today()), notice_of_small_samples(cited)))
        answer = self._snapshot(self._suggestions())
        if self._whole and self._work.kept is self._parts.kept:
            self._parts.kept.keep(self._work.ask, self._parts.model, answer)
        yield answer

    def _said(self, question: Question, evidence: Evidence) -> Iterator[tuple[str, str]]:
        corpus = self._parts.corpus
        if evidence.status == "small_talk" and evidence.points:
            yield from ((point.style, point.text) for point in evidence.points)
        elif evidence.status == "small_talk":
            yield "label", decline.small_talk(question.small_talk, corpus, self._parts.examples)
        elif question.form == "foreign":
            yield "label", decline.FOREIGN
        elif evidence.status == "not_in_sources":
            several = len(self._work.questions) > 1
            write = decline.partly_declined(question, evidence.missing) if several else None
            yield "label", write or decline.declined(question, evidence.missing, corpus)
        else:
            yield from self._worded(question, evidence)

    def _worded(self, question: Question, evidence: Evidence) -> Iterator[tuple[str, str]]:
        parts = self._parts
        drafter = Drafter(parts.model, parts.checker, parts.deadline_s)
        for drafted in drafter.word(question, evidence):
            text = marked(drafted.text, drafted.passages, self._footnotes)
            if drafted.style != "label":
                self._sentences += 1
                self._drafted += drafted.by_model
            yield drafted.style, f"- {text}" if drafted.style == "bullet" else text
        self._whole = self._whole and not (drafter.notice or drafter.passed_over)
        if drafter.notice:
            self._notices.append(drafter.notice)
        if evidence.table:
            yield "table", table_of(evidence.table, self._footnotes)
            self._sentences += sum(len(cell) for _, cells in evidence.table.lines for cell in cells)
        for point in evidence.below:
            text = marked(point.text, point.passages, self._footnotes)
            self._sentences += point.style != "label"
            yield point.style, f"- {text}" if point.style == "bullet" else text
        self._notices += evidence.notices

    def _snapshot(self, suggestions: tuple[str, ...]) -> Answer:
        work = self._work
        return Answer(
            id=self._id,
            question=work.ask.question,
            standalone_question=" ".join(q.standalone for q in work.questions),
            status=self._status(),
            answer=layout(self._pieces),
            citations=self._footnotes.citations(),
            suggestions=suggestions,
            model=self._parts.model.name if self._parts.model else None,
            drafted=round(self._drafted / self._sentences, 3) if self._sentences else 0.0,
            notices=tuple(dict.fromkeys(self._notices)),
            timings=Timings(
                retrieve_s=round(work.retrieve_s, 4),
                first_token_s=round(self._first_s, 4),
                total_s=round(time.perf_counter() - work.started, 4),
            ),
        )

    def _status(self) -> Status:
        found = [e.status for e in self._work.evidence if e.status != "small_talk"]
        if not found:
            return "small_talk"
        if len(set(found)) == 1:
            return found[0]
        return "partly"

    def _suggestions(self) -> tuple[str, ...]:
        if replies := self._work.standing.suggestions:
            return replies
        question = next((q for q in self._work.questions if q.form != "small_talk"), None)
        if question is None or question.form == "foreign":
            return self._parts.examples[:3]
        asked = {q.text.strip().lower().rstrip("?") for q in self._work.questions}
        near = [s for s in decline.suggestions(question, self._parts.corpus) if s.lower().rstrip("?") not in asked]
        if question.form == "fit" and not self._work.standing.held:
            near.insert(0, ASK_ME)
        return tuple(near[:3])
