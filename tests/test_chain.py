"""The contract of an answer, and the questions that the product must get right. In the sources' own words: no model."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import textwrap
from pathlib import Path

import pytest
import sentencex

import rolewise
from conftest import ROOT
from rolewise.advisor import Advisor, Answer, Ask
from rolewise.errors import CorpusError, QuestionError
from rolewise.settings import Settings, load_settings

KEYS = [
    "id",
    "question",
    "standalone_question",
    "status",
    "answer",
    "citations",
    "suggestions",
    "model",
    "drafted",
    "timings",
]
CITATION_KEYS = {"n", "source_id", "title", "section", "quote", "url", "published"}
STATUSES = {"answered", "partly", "not_in_sources", "small_talk"}
GOLDEN = [json.loads(line) for line in (ROOT / "evals" / "golden.jsonl").read_text(encoding="utf-8").splitlines()]
PHD = "Do I need a PhD to become a lead?"


def quotes(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


def markers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"\[(\d+)\]", text)]


# Said about the asker or the answer, not about the roles: no source could bear it.
NO_CLAIM = re.compile(r"^(You have not said|This is a reading of your words)")


def without_marker(text: str) -> list[str]:
    """Sentences, list items and table cells that make a claim and carry no marker. A lead-in ends with a colon."""
    lines = text.splitlines()
    bare = []
    for number, line in enumerate(lines):
        if line.startswith("|"):
            heads_a_table = lines[number + 1 : number + 2] and set(lines[number + 1]) <= set("|-: ")
            pieces = [] if heads_a_table else [cell.strip() for cell in line.strip("|").split("|")][1:]
        else:
            pieces = list(sentencex.segment("en", line))
        claims = [piece.strip() for piece in pieces if re.search(r"\w", piece) and "*not named*" not in piece]
        bare += [c for c in claims if not (markers(c) or c.endswith(":") or NO_CLAIM.match(c))]
    return bare


def assert_contract(answer: Answer, advisor: Advisor) -> None:
    """What holds for every answer whatever was asked."""
    assert answer.status in STATUSES
    assert answer.answer.strip()
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert set(markers(answer.answer)) == {c.n for c in answer.citations}
    for c in answer.citations:
        assert c.quote and advisor.document_text(c.source_id)[c.start : c.end] == c.quote
        assert advisor.corpus.document[c.source_id].provenance.title == c.title
        assert advisor.corpus.by_id[c.passage_id].document_id == c.source_id
    if answer.status == "answered":
        assert answer.citations
        assert without_marker(answer.answer) == []
    if answer.status in ("not_in_sources", "small_talk"):
        assert answer.citations == ()
    assert (answer.model, answer.drafted) == (None, 0.0)
    assert 0 <= answer.timings.retrieve_s <= answer.timings.first_token_s <= answer.timings.total_s
    assert len(set(answer.suggestions)) == len(answer.suggestions)


def test_an_answer_has_the_keys_of_the_contract(advisor: Advisor) -> None:
    answer = json.loads(advisor.invoke(Ask(question=PHD, id="q1")).model_dump_json())
    assert [key for key in answer if key != "notices"] == KEYS
    assert (answer["id"], answer["question"]) == ("q1", PHD)
    assert set(answer["timings"]) == {"retrieve_s", "first_token_s", "total_s"}
    assert set(answer["citations"][0]) >= CITATION_KEYS
    assert answer["citations"][0]["url"].startswith("https://") and answer["citations"][0]["published"] == "2023-12-06"
    assert isinstance(answer["notices"], list)


@pytest.mark.parametrize("row", GOLDEN, ids=[row["id"] for row in GOLDEN])
def test_every_marker_resolves_and_every_quote_is_verbatim(advisor: Advisor, row: dict[str, list[str]]) -> None:
    *history, question = row["turns"]
    assert_contract(advisor.invoke(Ask(question=question, history=tuple(history))), advisor)


# Issue by issue, the questions that decide whether this is of use: status, what the answer says, what it must not say,
# and which sentences it must cite.
DECISIVE = [
    (
        (PHD,),
        "answered",
        [r"^\W*no\b", r"preferred", r"Ph\.?D"],
        [r"is required", r"must have"],
        ["a Ph.D. in Computer Science or a related field is preferred"],
    ),
    (
        ("Which role needs AWS?",),
        "answered",
        [r"^\W*(only )?the lead machine learning engineer"],
        [r"software engineer (also )?needs", r"both roles"],
        ["experience with cloud computing platforms such as AWS"],
    ),
    (
        ("Compare the skills of the two roles",),
        "answered",
        [r"\bR\b", r"\bJava\b", r"\bJenkins\b", r"\bAWS\b", r"leadership", r"\bAgile\b"],
        [r"JavaScript"],
        ["Python or R.", "Python or Java.", "Git, Jenkins and Docker", "communication and leadership skills"],
    ),
    (
        ("Compare the skills of the two roles", "and the education?"),
        "answered",
        [r"Ph\.?D", r"preferred", r"Mathematics", r"Software Engineering"],
        [r"\bJenkins\b", r"\bAWS\b"],
        ["Computer Science, Mathematics, Statistics or a related", "Computer Science, Software Engineering or a related"],
    ),
    (
        ("What does Cere Network pay its Lead Developer?",),
        "answered",
        [r"120", r"160"],
        [r"Allora", r"\b180K", r"\b211K"],
        ["Cere Network in San Francisco, US advertised the job Lead Developer (AI)"],
    ),
    (
        ("How do I get started?",),
        "answered",
        [r"foundation in computer science", r"Python, Java or R", r"internships", r"[Nn]etwork with"],
        [],
        ["build a strong foundation in computer science, mathematics and statistics", "online courses, boot camps"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "status", "says", "never", "cites"), DECISIVE, ids=[d[0][-1] for d in DECISIVE])
def test_a_decisive_question_gets_its_right_cited_answer(
    advisor: Advisor, turns: tuple[str, ...], status: str, says: list[str], never: list[str], cites: list[str]
) -> None:
    answer = advisor.invoke(Ask(question=turns[-1], history=turns[:-1]))
    assert answer.status == status
    for pattern in says:
        assert re.search(pattern, answer.answer, re.I if pattern.startswith("^") else 0), (pattern, answer.answer)
    for pattern in never:
        assert not re.search(pattern, answer.answer), (pattern, answer.answer)
    for sentence in cites:
        assert sentence in quotes(answer)


def test_what_the_roles_have_in_common_is_held_by_each_ones_own_quote(advisor: Advisor) -> None:
    answer = advisor.invoke("Compare the education of the two roles").answer
    shared = re.split(r"\bonly\b|\n", answer, flags=re.I)[0]
    assert "Mathematics" not in shared and "Statistics" not in shared, shared


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("How many vacation days does a lead get?", r"\d"),
        ("What is the capital of France?", r"Paris"),
    ],
)
def test_what_the_sources_do_not_say_is_declined_with_a_way_on(advisor: Advisor, question: str, absent: str) -> None:
    answer = advisor.invoke(question)
    assert (answer.status, answer.citations) == ("not_in_sources", ())
    assert not re.search(absent, answer.answer)
    assert "sources" in answer.answer
    assert answer.suggestions
    for suggestion in answer.suggestions:
        assert advisor.invoke(suggestion).status == "answered", suggestion


def test_an_on_topic_question_before_does_not_lend_its_evidence(advisor: Advisor) -> None:
    answer = advisor.invoke(Ask(question="What is the capital of France?", history=(PHD, "Which role needs AWS?")))
    assert (answer.status, answer.citations) == ("not_in_sources", ())


def test_the_examples_offered_to_newcomers_are_answered(advisor: Advisor) -> None:
    assert advisor.examples()
    for question in advisor.examples():
        assert advisor.invoke(question).status == "answered", question


@pytest.mark.parametrize("question", [PHD, "How do I get started?", "What is the capital of France?", "hello"])
def test_snapshots_grow_and_the_last_is_the_invoked_answer(advisor: Advisor, question: str) -> None:
    snapshots = list(advisor.stream(question))
    texts = [s.answer for s in snapshots]
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(texts))
    for snapshot in snapshots:
        assert set(markers(snapshot.answer)) <= {c.n for c in snapshot.citations}
    timing = {"id", "timings"}
    assert snapshots[-1].model_dump(exclude=timing) == advisor.invoke(question).model_dump(exclude=timing)


def test_a_list_streams_item_by_item(advisor: Advisor) -> None:
    """Asked with words that no other test uses: what was answered before comes at once."""
    assert len({s.answer for s in advisor.stream("Please tell me, how do I get started?")}) >= 6


def test_asynchronous_callers_get_the_same_answers(advisor: Advisor) -> None:
    questions = [PHD, "Which role needs AWS?", "How do I get started?"]

    async def all_of_them() -> tuple[list[Answer], list[Answer]]:
        together = await asyncio.gather(*(advisor.ainvoke(q) for q in questions))
        new = "Could you tell me how I get started?"  # one answered before would come at once
        return list(together), [snapshot async for snapshot in advisor.astream(new)]

    together, streamed = asyncio.run(all_of_them())
    assert [a.answer for a in together] == [advisor.invoke(q).answer for q in questions]
    assert {c.quote for c in streamed[-1].citations} == {c.quote for c in together[2].citations} and len(streamed) >= 6


def test_batch_keeps_the_order(advisor: Advisor) -> None:
    questions = ["Which role needs Java?", "Which role needs AWS?", "What is the capital of France?"]
    assert [a.question for a in advisor.batch(questions)] == questions  # type: ignore[arg-type]


def test_a_follow_up_is_understood_from_the_conversation(advisor: Advisor) -> None:
    lead = advisor.invoke("Which languages does the lead need?")
    other = advisor.invoke(Ask(question="and the other one?", history=("Which languages does the lead need?",)))
    assert "Python or R." in quotes(lead) and "Java" not in quotes(lead)
    assert "Python or Java." in quotes(other)
    assert "Software Engineer" in other.standalone_question
    assert "Python or Java." not in quotes(advisor.invoke("and the other one?"))


def test_the_question_may_come_as_text_ask_or_dict(advisor: Advisor) -> None:
    said = [advisor.invoke(given).answer for given in (PHD, Ask(question=PHD), {"question": PHD, "history": []})]
    assert len(set(said)) == 1


@pytest.mark.parametrize("question", ["", "   ", "\n\t "])
def test_an_empty_question_is_refused_with_what_to_do(advisor: Advisor, question: str) -> None:
    with pytest.raises(QuestionError, match=r"empty\. Write what you would like to know"):
        advisor.invoke(question)


def test_an_endless_question_is_refused_with_the_limit(advisor: Advisor) -> None:
    with pytest.raises(QuestionError, match=r"has 1,000,000 characters; [\d,]+ is the most"):
        advisor.invoke("x " * 500_000)


@pytest.mark.timeout(20)
def test_a_long_question_is_still_answered_in_time(advisor: Advisor) -> None:
    answer = advisor.invoke("I have thought about this for long. " * 100 + "Which role needs AWS?")
    assert_contract(answer, advisor)


@pytest.mark.parametrize(
    "question", ["???", "🤖", "\x00", "[1] [2]", "| a | b |", "<script>alert(1)</script>", "𝕏 " * 50]
)
def test_odd_questions_keep_the_contract(advisor: Advisor, question: str) -> None:
    assert_contract(advisor.invoke(question), advisor)


def test_a_broken_corpus_is_reported_while_loading(tmp_path: Path, corpus_copy: Path) -> None:
    (corpus_copy / "roles" / "broken.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"broken\.yaml, line 1"):
        Advisor(Settings(home=tmp_path / "home", corpus=corpus_copy, model="none")).invoke(PHD)


def test_the_three_lines_of_the_package_docstring_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLEWISE_HOME", str(home))
    monkeypatch.setenv("ROLEWISE_MODEL", "none")
    lines = textwrap.dedent((rolewise.__doc__ or "").split("\n", 1)[1]).strip()
    assert lines.startswith("from rolewise import Advisor")
    exec(compile(lines, "docstring", "exec"), {})
    assert "preferred" in capsys.readouterr().out


def test_a_question_is_never_traced_whatever_the_environment_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith.utils import tracing_is_enabled

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "none")
    Advisor(load_settings(model="none"))
    assert not tracing_is_enabled()
