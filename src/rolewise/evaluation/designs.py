"""Three parts that a small model could play in an answer, measured on the development questions (`rolewise eval --designs`).

Reword: it says the first sentence of the evidence anew. Lead: it writes a direct first sentence before the evidence.
Plan: it picks which sentences to say, in which order; a grammar binds it to their numbers and the words stay ours.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from rolewise.advisor.check import Checker
from rolewise.advisor.evidence import Evidence
from rolewise.advisor.question import Question
from rolewise.corpus import Passage
from rolewise.errors import ModelError
from rolewise.evaluation.figures import Share
from rolewise.evaluation.golden import GoldenRow, faults
from rolewise.evaluation.pieces import Piece
from rolewise.evaluation.support import Grader
from rolewise.index import Hit
from rolewise.models import ChatModel

_REWORD = "You reword one fact as a direct answer. Keep every name, number and condition of the fact. Add nothing. One sentence."
_LEAD = "Answer the question in one short sentence, from the facts only. Keep every name, number and condition. Add nothing."
_PLAN = "Pick the facts that answer the question, best first, by their numbers. Leave out facts that do not answer it."
_CANDIDATES = 5


class Case(BaseModel):
    """A question with its evidence: sentences to say, and near ones that search found besides."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    row: GoldenRow
    question: Question
    status: str
    said: tuple[str, ...]
    first: tuple[Passage, ...]
    """The passages of the first sentence."""
    used: tuple[Passage, ...]
    near: tuple[Passage, ...] = ()


class Example(BaseModel):
    """What the model wrote for a question, and what became of it."""

    model_config = ConfigDict(frozen=True)

    question: str
    wrote: str
    verdict: str


class Design(BaseModel):
    """The figures of one design over the same cases."""

    model_config = ConfigDict(frozen=True)

    title: str
    accepted: Share
    """Cases in which the model's part passed the check."""
    correct: Share
    worse: int
    """Cases that the sources' own words got right and this design got wrong."""
    better: int
    unsupported: int
    """Accepted sentences that the independent grader refuses."""
    padding: int
    """Sentences said that are not of the evidence: beside the point."""
    added_s: float
    """Median seconds that the model took, to the end of its part."""
    examples: tuple[Example, ...] = ()


def case(row: GoldenRow, question: Question, evidence: Evidence, hits: Sequence[Hit]) -> Case | None:
    """The case of a row whose evidence is prose and short; None for tables, labels and long lists."""
    points = evidence.points
    if evidence.table or evidence.status != "answered" or not 1 <= len(points) <= _CANDIDATES:
        return None
    if any(p.style == "label" or not p.passages for p in points) or sum(len(p.text) for p in points) > 900:
        return None
    used = tuple(dict.fromkeys(p for point in points for p in point.passages))
    near = [h.passage for h in hits if h.passage not in used][: max(0, _CANDIDATES - len(points))]
    return Case(row=row, question=question, status=evidence.status, said=tuple(p.text for p in points),
                first=points[0].passages, used=used, near=tuple(near))  # fmt: skip


def measure(cases: Sequence[Case], model: ChatModel, checker: Checker, grader: Grader) -> tuple[Design, ...]:
    """The sources' own words, then each design, over the same cases."""
    own = [not faults(c.row, c.status, " ".join(c.said)) for c in cases]
    designs = [Design(title="the sources' own words", accepted=Share(hits=0, of=0), correct=Share(hits=sum(own), of=len(own)),
                      worse=0, better=0, unsupported=0, padding=0, added_s=0.0)]  # fmt: skip
    for title, part in (
        ("1 reword one sentence", _reword),
        ("2 a lead sentence", _lead),
        ("3 a plan of sentences", _plan),
    ):
        designs.append(_measured(title, part, cases, own, model, checker, grader))
    return tuple(designs)


Part = Callable[[Case, ChatModel], tuple[str, list[str], list[str], Sequence[Passage]]]
"""From a case to (what the model wrote, sentences to check, the answer if they pass, what they are checked against)."""


def _measured(
    title: str,
    part: Part,
    cases: Sequence[Case],
    own: Sequence[bool],
    model: ChatModel,
    checker: Checker,
    grader: Grader,
) -> Design:
    right, accepted, unsupported, padding, seconds = [], 0, 0, 0, []
    shown: list[tuple[str, Example]] = []
    for one in cases:
        started = time.perf_counter()
        try:
            wrote, sentences, answer, passages = part(one, model)
        except ModelError as error:
            wrote, sentences, answer, passages = str(error), [], [], ()
        seconds.append(time.perf_counter() - started)
        verdicts = [checker.check(s, [p.text for p in passages], one.question.text) for s in sentences]
        passed = bool(sentences) and all(v.supported for v in verdicts)
        reason = next((v.reason for v in verdicts if not v.supported), "nothing usable" if not sentences else "")
        text = " ".join(answer if passed else one.said)
        right.append(not faults(one.row, one.status, text))
        accepted += passed
        padding += sum(p.text in answer for p in one.near) if passed else 0
        strange = [s for s in sentences if passed and grader.departures(Piece(s), passages)]
        unsupported += len(strange)
        kind = (
            "refused"
            if not passed
            else "passed, and made the answer wrong"
            if own[len(right) - 1] and not right[-1]
            else "passed"
        )
        verdict = f"{kind}{': ' + reason if reason else ''}{', unsupported by the grader' if strange else ''}"
        shown.append((verdict, Example(question=one.row.turns[-1], wrote=wrote, verdict=verdict)))
    return Design(
        title=title,
        accepted=Share(hits=accepted, of=len(cases)),
        correct=Share(hits=sum(right), of=len(right)),
        worse=sum(a and not b for a, b in zip(own, right, strict=True)),
        better=sum(b and not a for a, b in zip(own, right, strict=True)),
        unsupported=unsupported,
        padding=padding,
        added_s=round(statistics.median(seconds), 3) if seconds else 0.0,
        examples=_varied(shown),
    )


def _varied(shown: list[tuple[str, Example]]) -> tuple[Example, ...]:
    """Three examples, of different fates where there are any."""
    fates = {fate.partition(":")[0]: example for fate, example in reversed(shown)}
    rest = [example for _, example in shown if example not in fates.values()]
    return tuple([*fates.values(), *rest][:3])


def _reword(one: Case, model: ChatModel) -> tuple[str, list[str], list[str], Sequence[Passage]]:
    wrote = _sentence(model, _REWORD, f"Fact: {one.said[0]}\nQuestion: {one.question.standalone[:300]}\nAnswer:")
    return wrote, [wrote] if wrote else [], [wrote, *one.said[1:]], one.first


def _lead(one: Case, model: ChatModel) -> tuple[str, list[str], list[str], Sequence[Passage]]:
    facts = "\n".join(f"- {s}" for s in one.said)
    wrote = _sentence(model, _LEAD, f"Facts:\n{facts}\nQuestion: {one.question.standalone[:300]}\nAnswer:")
    return wrote, [wrote] if wrote else [], [wrote, *one.said], one.used


def _plan(one: Case, model: ChatModel) -> tuple[str, list[str], list[str], Sequence[Passage]]:
    candidates = [*one.said, *(p.text for p in one.near)]
    facts = "\n".join(f"{n}. {s}" for n, s in enumerate(candidates, 1))
    last = len(candidates)
    grammar = f'root ::= number ("," number){{0,{last - 1}}}\nnumber ::= [1-{last}]'
    user = f"Facts:\n{facts}\nQuestion: {one.question.standalone[:300]}\nNumbers:"
    message = model.llm.bind(extra_body={"grammar": grammar}, max_tokens=4 * last).invoke(
        [("system", _PLAN), ("user", user)]
    )
    wrote = str(message.text).strip()
    picked = list(dict.fromkeys(int(n) for n in re.findall(r"\d", wrote) if 1 <= int(n) <= last))
    if not picked:
        return wrote, [], [], ()
    chosen = [candidates[n - 1] for n in picked]
    return wrote, chosen, chosen, (*one.used, *one.near)


def _sentence(model: ChatModel, system: str, user: str) -> str:
    text = (
        "".join(model.stream([("system", system), ("user", user)], max_tokens=60, deadline_s=20)).strip().split("\n")[0]
    )
    return text if not text or text[-1] in ".!?" else text + "."
