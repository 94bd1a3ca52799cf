"""The evaluation: each figure falls when the answers get worse, the paired test is right, the command holds its thresholds."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from langchain_core.language_models import GenericFakeChatModel

from conftest import ROOT, Ran
from rolewise.advisor import Answer, Ask, Citation
from rolewise.advisor.check import Checker
from rolewise.advisor.question import Question
from rolewise.corpus import Corpus, Passage, load_corpus
from rolewise.errors import UsageError
from rolewise.evaluation import sample
from rolewise.evaluation.compare import compare, exact_p
from rolewise.evaluation.designs import Case, measure
from rolewise.evaluation.figures import Share, figures
from rolewise.evaluation.gate import NO_EXAMPLE, Decision, curve, decides, decision, gate
from rolewise.evaluation.golden import GoldenRow, faults, read_golden
from rolewise.evaluation.markdown import markdown
from rolewise.evaluation.pieces import pieces
from rolewise.evaluation.plot import Panel, bars, curves
from rolewise.evaluation.report import NONE, OURS, Report, System, read_report, write_report
from rolewise.evaluation.results import Judged, Timed, judge, judge_uncited
from rolewise.evaluation.retrieval import ranked
from rolewise.evaluation.suites import SuiteResult, ask, ask_all, read_suites
from rolewise.evaluation.support import Grader, Support
from rolewise.evaluation.systems import Observed, declines, split
from rolewise.evaluation.tables import recommended
from rolewise.evaluation.thresholds import Bound, below, read_thresholds
from rolewise.evaluation.trust import trust
from rolewise.models import ChatModel
from rolewise.settings import Settings

Run = Callable[..., Ran]

LEAD_LANGUAGES = "needs strong programming skills in Python or R."
LEAD_CLOUD = "Lead Machine Learning Engineer needs experience with cloud computing platforms"
LEAD_PHD = "a Ph.D. in Computer Science or a related field is preferred."
LEAD_AGILE = "A Lead Machine Learning Engineer needs experience with Agile"
SOFTWARE_LANGUAGES = "needs strong programming skills in Python or Java."
SCIENTIST_LANGUAGES = "A Data Scientist needs strong programming skills in Python and SQL."
SCIENTIST_USEFUL = "For a Data Scientist, knowledge of pandas and XGBoost is useful."
DEVELOPER_JOB = "advertised the job Lead Developer (AI)"
ECOSYSTEM_JOB = "advertised the job Ecosystem Manager"
GROWTH = "is projected to grow 15% from 2024 to 2034"


@pytest.fixture(scope="session")
def grader(corpus: Corpus) -> Grader:
    return Grader(corpus)


def cited(corpus: Corpus, fragment: str, n: int) -> Citation:
    p = next(p for p in corpus.passages if fragment in p.text)
    return Citation(n=n, source_id=p.document_id, title="t", section="", quote=p.text, url=None, published="2023",
                    publisher="p", start=p.start, end=p.end, passage_id=p.id)  # fmt: skip


def answer(corpus: Corpus, text: str, *fragments: str, status: str = "answered", drafted: float = 0.0) -> Answer:
    citations = tuple(cited(corpus, f, n) for n, f in enumerate(fragments, 1))
    return Answer(id="x", question="q", standalone_question="q", status=status, answer=text, citations=citations, drafted=drafted)  # type: ignore[arg-type]  # fmt: skip


def row(**fields: object) -> GoldenRow:
    given = {"id": "x", "category": "fact", "split": "dev", "turns": ["q"], "status": ["answered"]}
    return GoldenRow.model_validate(given | fields)


def test_an_answer_is_cut_into_sentences_items_and_cells() -> None:
    text = "Yes: it does [1]. A Ph.D. in maths is preferred [2].\n\nBoth roles:\n\n- one [3]\n- two [4]\n\n| | A | B |\n|---|---|---|\n| **L** | x [5]; y [6] | *not named* |"
    found = pieces(text)
    assert [p.text for p in found] == [
        "Yes: it does.", "A Ph.D. in maths is preferred.", "Both roles:", "one", "two", "x", "y", "not named",
    ]  # fmt: skip
    assert found[2].leads and found[2].block == (3, 4, 5, 6)
    assert [(p.column, p.markers) for p in found[5:]] == [("A", (5,)), ("A", (6,)), ("B", ())]


def test_many_markers_stay_with_their_sentence() -> None:
    marks = "".join(f"[{n}]" for n in range(1, 12))
    assert [len(p.markers) for p in pieces(f"It names maths, statistics and Ph.D. {marks}. It names Java [12].")] == [
        11,
        1,
    ]


SUPPORTED = [
    ("A Lead Machine Learning Engineer needs strong programming skills in Python or R [1].", [LEAD_LANGUAGES]),
    ("The lead role asks for Python or R [1].", [LEAD_LANGUAGES]),
    ("No, not required but preferred: for a Lead Machine Learning Engineer, a PhD in Computer Science or a related field is preferred [1].", [LEAD_PHD]),
    ("No, you don't need a PhD to become a lead machine learning engineer [1].", [LEAD_PHD]),
    ("Cere Network pays USD 120,000 to 160,000 for the Lead Developer (AI) [1].", [DEVELOPER_JOB]),
    ("Employment of software developers is projected to grow 15 percent in 2024-34 [1].", [GROWTH]),
    ("No, the sources do not name Java for a Lead Machine Learning Engineer: a Lead Machine Learning Engineer needs strong programming skills in Python or R [1].", [LEAD_LANGUAGES]),
    ("Both roles ask for Python [1][2].", [LEAD_LANGUAGES, SOFTWARE_LANGUAGES]),
    ("Two jobs pay 120K:\n\n- Cere Network: Lead Developer (AI), USD 120K to 160K [1].\n- Allora Labs: Ecosystem Manager, up to 120K [2].", [DEVELOPER_JOB, ECOSYSTEM_JOB]),
    ("You have not said anything yet about education.\n\nThe lead role asks for Python or R [1].", [LEAD_LANGUAGES]),
]  # fmt: skip

UNSUPPORTED = [
    ("A Lead Machine Learning Engineer needs Python or R.", [], "cites nothing"),
    ("The lead role asks for Python or R [1]. You need Java [1].", [LEAD_LANGUAGES], "Java"),
    ("A Lead Machine Learning Engineer needs Python or Java [1].", [LEAD_LANGUAGES], "Java"),
    ("A Lead Machine Learning Engineer needs JavaScript or Python, R [1].", [LEAD_LANGUAGES], "JavaScript"),
    ("A Machine Learning Software Engineer needs strong programming skills in Python or R [1].", [LEAD_LANGUAGES], "Machine Learning Software Engineer"),
    ("A Lead Machine Learning Engineer needs strong programming skills in Java [1][2].", [LEAD_LANGUAGES, SOFTWARE_LANGUAGES], "Java"),
    ("Both roles ask for Python [1].", [LEAD_LANGUAGES], "2 roles"),
    ("A Lead Machine Learning Engineer needs a Ph.D. in Computer Science or a related field [1].", [LEAD_PHD], "preferred"),
    ("A Lead Machine Learning Engineer does not need Agile methodologies [1].", [LEAD_AGILE], "required"),
    ("Cere Network pays USD 160K to 249K for the Lead Developer (AI) [1].", [DEVELOPER_JOB], "249"),
    ("Allora Labs pays USD 120K to 160K for the Lead Developer (AI) [1].", [DEVELOPER_JOB], "Allora"),
    ("Employment of software developers is projected to grow 15% from 2019 to 2029 [1].", [GROWTH], "2019"),
    ("No, the sources do not name Python for a Lead Machine Learning Engineer [1].", [LEAD_LANGUAGES], "do name Python"),
    ("They never need strong programming skills in Python or R [1].", [LEAD_LANGUAGES], "do not deny"),
    ("Every lead must have strong programming skills in Python or R [1].", [LEAD_LANGUAGES], "every"),
    ("A lead needs strong programming skills in Python and R [1].", [LEAD_LANGUAGES], "told as both"),
    ("Agile methodologies are a plus for the lead role [1].", [LEAD_AGILE], "optional"),
    ("Employment of software developers grew 15% from 2024 to 2034 [1].", [GROWTH], "projection"),
    ("A lovely afternoon by the sea makes everybody happy and calm [1].", [LEAD_LANGUAGES], "shares too little"),
    ("Seven jobs fit:\n\n- Cere Network: Lead Developer (AI) [1].\n- Allora Labs: Ecosystem Manager [2].", [DEVELOPER_JOB, ECOSYSTEM_JOB], "7"),
    ("Both roles:\n\n- A Lead Machine Learning Engineer needs Python or R [1].", [LEAD_LANGUAGES], "2 roles"),
    ("| | Lead Machine Learning Engineer | Machine Learning Software Engineer |\n|---|---|---|\n| **Languages** | Python or R [1] | Python or R [1] |", [LEAD_LANGUAGES], "Software Engineer"),
]  # fmt: skip


@pytest.fixture(scope="session")
def three_roles(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = shutil.copytree(ROOT / "corpus", tmp_path_factory.mktemp("three") / "corpus")
    shutil.copy(ROOT / "tests" / "data" / "data-scientist.yaml", folder / "roles")
    return load_corpus(folder)


@pytest.mark.parametrize(
    ("text", "fragments", "why"),
    [
        ("Named for both roles: Python [1][2].", [LEAD_LANGUAGES, SCIENTIST_LANGUAGES], ""),
        ("Named for both roles: Python [1].", [LEAD_LANGUAGES], "2 roles"),
        ("Named for all of these roles: Python [1][2].", [LEAD_LANGUAGES, SCIENTIST_LANGUAGES], ""),
        ("Named for all three roles: Python [1][2].", [LEAD_LANGUAGES, SCIENTIST_LANGUAGES], "3 roles"),
        ("Named for all three roles: Python [1][2][3].", [LEAD_LANGUAGES, SOFTWARE_LANGUAGES, SCIENTIST_LANGUAGES], ""),
        ("It is useful, not required: for a Data Scientist, knowledge of pandas and XGBoost is useful [1].", [SCIENTIST_USEFUL], ""),
        ("It is useful, not required: strong programming skills in Python and SQL [1].", [SCIENTIST_LANGUAGES], "required"),
    ],
)  # fmt: skip
def test_of_three_roles_two_are_both_and_all_are_three(
    three_roles: Corpus, text: str, fragments: list[str], why: str
) -> None:
    found = Grader(three_roles).support(answer(three_roles, text, *fragments)).unsupported
    assert why in found[0] if why else found == (), found


def test_no_at_the_start_is_an_answer_only_before_a_comma_or_the_end(corpus: Corpus, grader: Grader) -> None:
    quote = next(p for p in corpus.passages if LEAD_LANGUAGES in p.text)
    assert grader.departures(pieces("No, strong programming skills in Python or R.")[0], [quote]) == []
    assert "denied, its quotes do not deny it" in grader.departures(pieces("No strong programming skills in Python or R.")[0], [quote])  # fmt: skip


@pytest.mark.parametrize(("text", "fragments"), SUPPORTED, ids=[s[0][:60] for s in SUPPORTED])
def test_what_the_quotes_say_is_supported(corpus: Corpus, grader: Grader, text: str, fragments: list[str]) -> None:
    assert grader.support(answer(corpus, text, *fragments)).unsupported == ()


@pytest.mark.parametrize(("text", "fragments", "why"), UNSUPPORTED, ids=[u[0][:60] for u in UNSUPPORTED])
def test_what_goes_beyond_the_quotes_is_found(corpus: Corpus, grader: Grader, text: str, fragments: list[str], why: str) -> None:  # fmt: skip
    found = grader.support(answer(corpus, text, *fragments)).unsupported
    assert len(found) == 1 and why in found[0]


def test_every_corpus_sentence_is_supported_by_itself_and_by_no_stranger(corpus: Corpus, grader: Grader) -> None:
    strangers = 0
    for number, p in enumerate(corpus.passages):
        assert grader.departures(pieces(p.text)[0], [p]) == [], p.text
        others = [o for o in corpus.passages[number % 5 :: 5] if o.text != p.text]
        strangers += sum(bool(grader.departures(pieces(p.text)[0], [o])) for o in others) / len(others)
    assert strangers >= 0.96 * len(corpus.passages)


def test_the_grader_catches_most_false_pairs_and_accuses_few_true_ones(corpus: Corpus, grader: Grader) -> None:
    checker = Checker(corpus.vocabulary.synonyms)
    found = {(t.guard, t.split): t for t in trust(ROOT / "evals" / "check-pairs.jsonl", corpus, checker, grader)}
    assert len(found) == 4
    dev = found["the grader", "dev"]
    assert dev.false_passed.share is not None and dev.false_passed.share <= 0.35
    assert dev.true_refused.share is not None and dev.true_refused.share <= 0.05
    assert trust(ROOT / "nowhere.jsonl", corpus, checker, grader) == ()


def precision(corpus: Corpus, grader: Grader, text: str, *fragments: str) -> tuple[int, int]:
    found: Support = grader.support(answer(corpus, text, *fragments))
    return found.markers_right, found.markers


def test_citation_precision_falls_with_a_quote_that_bears_nothing(corpus: Corpus, grader: Grader) -> None:
    text = "A Lead Machine Learning Engineer needs strong programming skills in Python or R"
    assert precision(corpus, grader, f"{text} [1].", LEAD_LANGUAGES) == (1, 1)
    assert precision(corpus, grader, f"{text} [1][2].", LEAD_LANGUAGES, ECOSYSTEM_JOB) == (1, 2)
    assert precision(corpus, grader, f"{text} [1][2].", LEAD_LANGUAGES, SOFTWARE_LANGUAGES) == (1, 2)
    assert precision(corpus, grader, f"{text} [1].", ECOSYSTEM_JOB) == (0, 1)
    assert precision(corpus, grader, f"{text} [7].", LEAD_LANGUAGES) == (0, 1)
    assert precision(corpus, grader, "Both roles ask for Python [1][2].", LEAD_LANGUAGES, SOFTWARE_LANGUAGES) == (2, 2)


GOOD = "A Lead Machine Learning Engineer needs strong programming skills in Python or R [1]."
ASKED = {"must": [[r"\bR\b"]], "must_not": ["java"], "bears": [LEAD_LANGUAGES]}


def judged(corpus: Corpus, grader: Grader, given: Answer, **fields: object) -> Judged:
    timed = Timed(answer=given, first_s=0.1, total_s=0.2, drafts=2, rejected=("one",))
    return judge(row(**(ASKED | fields)), timed, grader)


def test_a_right_answer_has_full_figures(corpus: Corpus, grader: Grader) -> None:
    f = figures([judged(corpus, grader, answer(corpus, GOOD, LEAD_LANGUAGES, drafted=1.0))])
    assert [f.correct.share, f.borne.share, f.unsupported.share, f.citation_precision.share] == [1, 1, 0, 1]
    assert [f.citation_recall.share, f.wrong_refusals.share, f.drafted.share, f.rejected.share] == [1, 0, 1, 0.5]
    assert (f.right_refusals.share, f.first_s, f.total_s) == (None, (0.1, 0.1), (0.2, 0.2))


@pytest.mark.parametrize(
    ("text", "fragments", "status", "figure", "value"),
    [
        ("The lead role asks for Python [1].", [LEAD_LANGUAGES], "answered", "correct", 0),
        (GOOD + " No Java.", [LEAD_LANGUAGES], "answered", "correct", 0),
        (GOOD, [LEAD_LANGUAGES], "partly", "correct", 0),
        (GOOD, [ECOSYSTEM_JOB], "answered", "borne", 0),
        (GOOD, [ECOSYSTEM_JOB], "answered", "unsupported", 1),
        (GOOD, [ECOSYSTEM_JOB], "answered", "citation_precision", 0),
        (GOOD, [ECOSYSTEM_JOB], "answered", "citation_recall", 0),
        ("The sources don't say.", [], "not_in_sources", "wrong_refusals", 1),
        ("Hello!", [], "small_talk", "wrong_refusals", 1),
        (GOOD, [LEAD_LANGUAGES], "answered", "drafted", 0),
    ],
)
def test_a_figure_falls_with_its_fault(
    corpus: Corpus, grader: Grader, text: str, fragments: list[str], status: str, figure: str, value: float
) -> None:
    found = figures([judged(corpus, grader, answer(corpus, text, *fragments, status=status))])
    assert getattr(found, figure).share == value


@pytest.mark.parametrize(
    ("status", "right"), [("not_in_sources", 1), ("partly", 1), ("answered", 0), ("small_talk", 0)]
)
def test_a_refusal_is_right_where_it_is_owed(corpus: Corpus, grader: Grader, status: str, right: int) -> None:
    given = answer(corpus, "The sources don't say.", status=status)
    owed = {"status": ["not_in_sources", "partly"], "must": [], "must_not": [], "bears": []}
    f = figures([judged(corpus, grader, given, **owed)])
    assert (f.right_refusals.share, f.wrong_refusals.share) == (right, None)


def test_facts_are_judged_where_no_decline_is_accepted() -> None:
    either = row(status=["answered", "not_in_sources"], must=[["python"]])
    assert faults(either, "not_in_sources", "The sources don't say.") == []
    assert faults(either, "answered", "It needs Java.") == ["lacks python"]
    assert faults(row(must=[["python"]]), "not_in_sources", "Nothing.") != []


def test_a_chain_without_statuses_is_graded_by_its_words(corpus: Corpus, grader: Grader) -> None:
    def correct(text: str, **fields: object) -> bool:
        status = "not_in_sources" if declines(text) else "answered"
        timed = Timed(answer=answer(corpus, text, status=status), first_s=1, total_s=1, sources=(GOOD,))
        return judge_uncited(row(**fields), timed, grader).correct

    assert correct("Python or R.", must=[[r"\bR\b"]])
    assert not correct("Python or Java.", must=[[r"\bR\b"]])
    assert correct("I don't know.", status=["not_in_sources"])
    assert not correct("Paris.", status=["not_in_sources"])


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("I don't know.", True),
        ("The context does not mention vacation days. I'm sorry.", True),
        ("There is no information about this in the text.", True),
        ("The article doesn't specify it.", True),
        ("It needs Python or R, and not Java.", False),
        ("Paris.", False),
    ],
)
def test_a_decline_is_read_from_its_words(text: str, declined: bool) -> None:
    assert declines(text) is declined


def test_retrieval_figures_fall_with_the_rank() -> None:
    corpus = [f"passage {n}" for n in range(20)]
    wanted = ["passage 3", "passage 4"]
    first = ranked(["passage 3", "passage 4", "passage 9"], wanted, corpus)
    assert (first.recall_5, first.reciprocal_rank, first.ndcg_10) == (1, 1, 1)
    late = ranked(["passage 9", "passage 3", *["passage 0"] * 5, "passage 4"], wanted, corpus)
    assert (late.recall_5, late.recall_10, late.reciprocal_rank) == (0.5, 1, 0.5)
    assert late.ndcg_10 == pytest.approx((1 / 1.58496 + 1 / 3.16993) / (1 + 1 / 1.58496), abs=1e-4)
    none = ranked(["passage 9"], wanted, corpus)
    assert (none.recall_10, none.reciprocal_rank, none.ndcg_10) == (0, 0, 0)


def test_a_fragment_in_several_passages_counts_once() -> None:
    corpus = ["the same fact", "again the same fact", "other"]
    assert ranked(["the same fact", "again the same fact"], ["same fact"], corpus).ndcg_10 == 1


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [(0, 0, 1), (5, 5, 1), (5, 0, 0.0625), (0, 6, 0.03125), (1, 9, 0.021484375), (15, 4, 0.019210815)],
)
def test_the_exact_paired_test_gives_the_textbook_values(better: int, worse: int, p: float) -> None:
    assert exact_p(better, worse) == pytest.approx(p, abs=1e-8)


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    assert Share(hits=81, of=263).interval == pytest.approx((0.2553, 0.3662), abs=1e-4)


def report_of(rows: list[Judged], **fields: object) -> Report:
    system = System(title="RoleWise", rows={r.id: r for r in rows}, figures={"dev": figures(rows), "all/fact": figures(rows), "dev/fact": figures(rows)})  # fmt: skip
    return Report(made="2026", command="rolewise eval", model=None, cores=2, load=0, seconds=1, passages=1, golden={},
                  systems={OURS: system, NONE: system}, **fields)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def three(corpus: Corpus, grader: Grader) -> Callable[[str], Report]:
    """A report of rows a (dev), b (dev) and c (test); the letters given are answered right."""

    def made(right: str) -> Report:
        bad = answer(corpus, "The sources don't say.", status="not_in_sources")
        good = answer(corpus, GOOD, LEAD_LANGUAGES)
        return report_of([
            judged(corpus, grader, good if letter in right else bad, id=letter, split="test" if letter == "c" else "dev",
                   turns=[f"question {letter}?"])
            for letter in "abc"
        ])  # fmt: skip

    return made


def test_a_comparison_names_development_rows_and_only_counts_test_rows(three: Callable[[str], Report]) -> None:
    said = compare(three("a"), three("bc"))
    assert "dev: correct 1 → 1 of 2; 1 better, 1 worse, exact paired p = 1" in said
    assert "test: correct 0 → 1 of 1; 1 better, 0 worse" in said
    assert "- better: b: question b? (was: status not_in_sources" in said and "- worse: a: question a?" in said
    assert "question c" not in said


def test_a_report_keeps_nothing_of_a_test_row_but_its_verdicts(three: Callable[[str], Report], tmp_path: Path) -> None:
    report = three("a")
    write_report(report, tmp_path)
    assert read_report(tmp_path / "report.json") == report
    written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert "question b?" in written and "question c?" not in written
    assert {path.name for path in tmp_path.iterdir()} == {"report.json", "report.md", "report.svg"}


def test_the_markdown_shows_both_refusals_together_and_the_failures(three: Callable[[str], Report]) -> None:
    said = markdown(three("a"))
    assert re.search(r"refusals: right, of those owed.*\n.*refusals: wrong, of answers owed \| 66\.7% \(2 of 3\)", said)
    assert "- b: question b? → not_in_sources; status not_in_sources, expected answered" in said


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="not a report of this version"):
        read_report(tmp_path / "x.json")
    with pytest.raises(UsageError, match="cannot be read"):
        read_report(tmp_path / "y.json")


def test_a_figure_beyond_its_threshold_is_named(three: Callable[[str], Report]) -> None:
    report = three("ac")
    assert (
        below(report, [Bound(figure="ours.correct", at_least=0.6), Bound(figure="none.unsupported", at_most=0)]) == []
    )
    assert below(report, [Bound(figure="ours.correct", at_least=0.9)]) == ["ours.correct is 0.667, below 0.900"]
    assert below(report, [Bound(figure="ours.wrong_refusals", at_most=0.1)]) == ["ours.wrong_refusals is 0.333, above 0.100"]  # fmt: skip
    assert below(report, [Bound(figure="ours.nonsense", at_least=0)]) == ["ours.nonsense was not measured"]


def test_the_thresholds_name_figures_that_exist(three: Callable[[str], Report]) -> None:
    for kind in ("fast", "full"):
        bounds = read_thresholds(ROOT / "evals" / "thresholds.json", kind)
        named = [b.figure for b in bounds if not b.figure.startswith(("retrieval.", "tutorial."))]
        assert named and all(hasattr(figures([]), name.rpartition(".")[2]) for name in named)
        suites = {name.split(".")[1] for name in named if name.startswith("suite.")}
        assert suites <= {s.name for s in read_suites(ROOT / "evals" / "suites.yaml")}
        assert "ours.correct" in named and all((b.at_least is None) != (b.at_most is None) for b in bounds)


def test_the_sample_is_fixed_and_holds_every_category() -> None:
    rows = read_golden(ROOT / "evals" / "golden.jsonl")
    drawn = sample.stratified(rows, 60)
    assert drawn == sample.stratified(list(reversed(rows)), 60)[::-1]
    assert {(r.category, r.split) for r in drawn} == {(r.category, r.split) for r in rows}
    assert 50 <= len(drawn) <= 70


def test_chunks_are_cut_like_the_tutorials_cut_them() -> None:
    paragraphs = [f"Paragraph {n}. " + "Some words that fill it up nicely. " * 12 for n in range(12)]
    chunks = split("\n\n".join(paragraphs), 1000, 200)
    assert all(len(c) <= 1000 for c in chunks) and all(any(p.strip() in c for c in chunks) for p in paragraphs)
    words = [f"w{n}" for n in range(900)]
    chunks = split(" ".join(words), 1000, 200)
    assert {w for c in chunks for w in c.split()} == set(words)
    overlaps = [len(set(a.split()) & set(b.split())) for a, b in itertools.pairwise(chunks)]
    assert all(30 <= o <= 50 for o in overlaps)
    assert [len(c) for c in split("x" * 1500, 1000, 200)] == [1000, 700]


def test_the_plot_is_well_formed_and_its_bars_follow_the_values() -> None:
    root = ElementTree.fromstring(bars(["fact", "a<b"], {"ours": [1.0, 0.5], "tutorial": [None, 0.0]}))
    widths = [
        int(r.get("width", "0")) for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("height") == "11"
    ]
    assert widths == [420, 210, 1]


@pytest.fixture
def small_suite(tmp_path: Path) -> Path:
    """A suites.yaml of two development rows and a test row about a small corpus, to which a role is added."""
    corpus = tmp_path / "small"
    for folder, file in (("", "vocabulary.yaml"), ("roles", "machine-learning-software-engineer.yaml")):
        (corpus / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "corpus" / folder / file, corpus / folder / file)
    rows = [
        row(id="a", turns=["Which languages does a Data Scientist need?"], status=["answered"], must=[["SQL"]],
            bears=["needs strong programming skills in Python and SQL"]),
        row(id="b", category="yes-no", turns=["What does a Data Scientist earn at Google?"], status=["not_in_sources", "partly"]),
        row(id="c", split="test", turns=["What languages must a Data Scientist know?"], status=["answered"], must=[["COBOL"]]),
    ]  # fmt: skip
    (tmp_path / "small.jsonl").write_text("\n".join(r.model_dump_json() for r in rows), encoding="utf-8")
    listed = {"name": "small", "golden": "small.jsonl", "corpus": "small",
              "add": {str(ROOT / "tests" / "data" / "data-scientist.yaml"): "roles"}}  # fmt: skip
    path = tmp_path / "suites.yaml"
    path.write_text(json.dumps({"suites": [listed]}), encoding="utf-8")
    return path


def test_a_suite_asks_a_copy_of_its_corpus_with_the_files_added(small_suite: Path, home: Path, tmp_path: Path) -> None:
    (suite,) = read_suites(small_suite)
    done: list[int] = []
    found = ask(suite, "all", Settings(home=home, model="built-in"), done.append)
    assert done == [1, 2, 3] and found.roles == 2
    assert {k: str(f.correct) for k, f in found.figures.items()} == {
        "dev": "100.0% (2 of 2)", "test": "0.0% (0 of 1)", "dev/fact": "100.0% (1 of 1)", "dev/yes-no": "100.0% (1 of 1)",
    }  # fmt: skip
    dev = found.figures["dev"]
    assert [dev.unsupported.share, dev.citation_precision.share, dev.right_refusals.share] == [0, 1, 1]
    assert dev.drafted.hits == 0 and found.marked == ()
    assert [p.name for p in (tmp_path / "small" / "roles").iterdir()] == ["machine-learning-software-engineer.yaml"]


def test_a_suites_figures_are_reported_and_held_to_thresholds(
    small_suite: Path, home: Path, three: Callable[[str], Report], tmp_path: Path
) -> None:
    suites = ask_all(read_suites(small_suite), "dev", Settings(home=home), lambda done: None)
    report = three("ac").model_copy(update={"suites": suites})
    write_report(report, tmp_path / "out")
    assert read_report(tmp_path / "out" / "report.json") == report
    said = markdown(report)
    assert (
        "| small | dev | 2 | 100.0% (2 of 2), 95% interval 34.2% to 100.0% | 0.0%" in said
        and "| small | test" not in said
    )
    assert below(report, [Bound(figure="suite.small.correct", at_least=1), Bound(figure="suite.small.wrong_refusals", at_most=0)]) == []  # fmt: skip
    assert below(report, [Bound(figure="suite.small.correct", at_least=1.01)]) == ["suite.small.correct is 1.000, below 1.010"]  # fmt: skip
    assert below(report, [Bound(figure="suite.other.correct", at_least=0)]) == ["suite.other.correct was not measured"]


def test_what_is_wrong_in_a_suite_is_kept_for_development_rows_only(small_suite: Path, home: Path) -> None:
    golden = small_suite.parent / "small.jsonl"
    golden.write_text(golden.read_text(encoding="utf-8").replace('"SQL"', '"COBOL"'), encoding="utf-8")
    found: SuiteResult = ask(read_suites(small_suite)[0], "all", Settings(home=home))
    assert [r.id for r in found.marked] == ["a"] and found.figures["test"].correct.hits == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("suites: [{name: x, golden: nowhere.jsonl}]", "names what is not there"),
        ("suites: [{name: a.b, golden: small.jsonl}]", "is no list of suites"),
        ("suites: [{name: x}]", "is no list of suites"),
        ("suites: {", "is no list of suites"),
        ("suites: [{name: x, golden: small.jsonl}, {name: x, golden: small.jsonl}]", "the same name"),
    ],
)
def test_a_broken_list_of_suites_is_explained(small_suite: Path, text: str, says: str) -> None:
    small_suite.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        read_suites(small_suite)


def test_no_list_of_suites_is_none(tmp_path: Path) -> None:
    assert read_suites(tmp_path / "suites.yaml") == ()


def test_a_curve_of_known_scores_has_the_textbook_values() -> None:
    wanted = [True, True, False, True, False]  # ranked by 5, 4, 3, 2, 1
    found = curve([((5.0 - n,), w) for n, w in enumerate(wanted)])
    assert found.average_precision == pytest.approx((1 + 1 + 3 / 4) / 3, abs=1e-4)
    assert found.points == ((0.3333, 1), (0.6667, 1), (0.6667, 0.6667), (1, 0.75), (1, 0.6))
    assert found.recall_at == (0.6667, 0.6667, 0.6667)
    tied = curve([((1.0,), w) for w in wanted])
    assert (tied.average_precision, tied.points, tied.recall_at) == (0.6, ((1, 0.6),), (None, None, None))


def test_the_gate_is_a_point_for_the_rule_and_curves_for_the_score_and_for_both() -> None:
    found = gate([
        Decision(owed=True, answered=True, score=0.9), Decision(owed=True, answered=True, score=0.1),
        Decision(owed=True, answered=False, score=0.8), Decision(owed=False, answered=True, score=0.5),
        Decision(owed=False, answered=False, score=NO_EXAMPLE),
    ])  # fmt: skip
    assert found
    answering, declining = found.answering, found.declining
    assert (str(answering.precision), str(answering.recall)) == ("66.7% (2 of 3)", "66.7% (2 of 3)")
    assert (str(declining.precision), str(declining.recall)) == ("50.0% (1 of 2)", "50.0% (1 of 2)")
    assert (answering.rule_at(0.6), answering.rule_at(0.7)) == (0.6667, None)
    assert answering.score.average_precision == pytest.approx((1 + 1 + 3 / 4) / 3, abs=1e-4)
    assert answering.both.average_precision == pytest.approx((1 + 2 / 3 + 3 / 4) / 3, abs=1e-4)
    assert declining.score.recall_at == (0.5, 0.5, 0.5)
    assert declining.both.average_precision == pytest.approx((1 + 2 / 4) / 2, abs=1e-4)
    rules_point = (answering.recall.share, answering.precision.share)
    assert rules_point in answering.both.points  # the ranking passes through what the rule does


def test_the_gate_is_judged_on_single_development_questions_that_owe_one_thing() -> None:
    assert decides(row()) and decides(row(status=["not_in_sources", "partly"]))
    assert not any(map(decides, [
        row(split="test"), row(turns=["q", "r"]), row(status=["answered", "not_in_sources"]), row(status=["small_talk"]),
    ]))  # fmt: skip
    refusal = row(status=["not_in_sources", "partly"])
    assert [decision(refusal, s, 0.2).answered for s in ("answered", "partly", "not_in_sources")] == [
        True,
        False,
        False,
    ]
    assert [decision(row(), s, 0.2).answered for s in ("answered", "partly", "small_talk")] == [True, True, False]
    assert gate([Decision(True, True, 0.3)]) is None  # no refusal is owed
    assert gate([Decision(True, True, NO_EXAMPLE), Decision(False, True, NO_EXAMPLE)]) is None  # no score


def test_the_gate_is_reported_with_its_drawing(three: Callable[[str], Report], tmp_path: Path) -> None:
    found = gate([Decision(True, True, 0.4), Decision(False, True, 0.2), Decision(False, False, 0.1)])
    report = three("a").model_copy(update={"gate": found})
    assert tmp_path / "gate.svg" in write_report(report, tmp_path)
    assert read_report(tmp_path / "report.json") == report
    said = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| answering | the rule | 50.0% (1 of 2) | 100.0% (1 of 1) | – | – | – | – |" in said
    assert "| answering | score alone | – | – | 100.0% | 100.0% | 100.0% | 1.000 |" in said and "(gate.svg)" in said


def test_the_curves_are_well_formed_and_the_rules_point_lies_on_its_recall_and_precision() -> None:
    panel = Panel("A<B", {"both": [(0.5, 1.0), (1.0, 0.8)], "score": [(1.0, 0.9)]}, "the rule", (0.5, 0.9))
    root = ElementTree.fromstring(curves("Gate", [panel, panel]))
    lines = [e.get("points") for e in root.iter("{http://www.w3.org/2000/svg}polyline")]
    assert lines[0] == "206.0,92.0 356.0,392.0" and len(lines) == 4
    marks = [(e.get("cx"), e.get("cy")) for e in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert marks[1] == ("206.0", "242.0") and len(marks) == 3
    said = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert said.count("recall") == said.count("precision") == 2 and "80%" in said and "A<B" in said


def test_a_question_near_an_example_scores_above_one_near_nothing(home: Path) -> None:
    advisor = Observed(Settings(home=home, model="none"))
    try:
        clear = advisor.nearness(Ask(question="Which programming languages does the lead need?"))
        far = advisor.nearness(Ask(question="What does the lead earn at Google?"))
        assert clear > far and advisor.nearness(Ask(question="Hello!")) == NO_EXAMPLE
    finally:
        advisor.close()


def scripted(*said: str) -> ChatModel:
    return ChatModel("scripted", "small", GenericFakeChatModel(messages=iter(said)))


def test_a_design_is_credited_only_for_what_the_check_lets_through(corpus: Corpus, grader: Grader) -> None:
    def one(fragment: str) -> Passage:
        return next(p for p in corpus.passages if fragment in p.text)

    said, near = one(LEAD_LANGUAGES), one(LEAD_CLOUD)
    asked = Question("Which languages?", "Which languages does the lead need?", "fact")
    case = Case(row=row(**ASKED), question=asked, status="answered", said=(said.text,), first=(said,), used=(said,), near=(near,))  # fmt: skip
    model = scripted("The lead role needs Java.", said.text, "2")
    try:
        own, reword, lead, plan = measure([case], model, Checker(corpus.vocabulary.synonyms), grader)
    finally:
        model.close()
    assert own.correct.hits == 1
    assert (reword.accepted.hits, reword.correct.hits) == (0, 1)
    assert (lead.accepted.hits, lead.correct.hits) == (1, 1)
    assert (plan.accepted.hits, plan.correct.hits, plan.worse) == (1, 0, 1)
    assert "none" in recommended([own, reword, lead, plan])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--split", "train"], "no split train"),
        (["--show", "test"], "Test rows are never read one by one"),
        (["--golden", "nowhere.jsonl"], "No golden questions at nowhere.jsonl"),
        (["--compare", "a.json", "b.json"], "a.json cannot be read"),
    ],
)
def test_wrong_usage_is_explained(rolewise: Run, home: Path, arguments: list[str], says: str) -> None:
    ran = rolewise("eval", *arguments, home=home, model="none")
    assert ran.code == 2 and says in ran.err


def test_the_fast_run_holds_the_thresholds_and_compares_with_itself(
    rolewise: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    ran = rolewise("eval", "--fast", "--check", "--show", "dev", "--out", str(tmp_path), home=home)
    assert ran.code == 0, ran.err
    assert "refusals: wrong, of answers owed" in ran.out and "retrieval, dev" in ran.out
    assert "wrong on the development split" in ran.out
    report = read_report(tmp_path / "report.json")
    assert report.model and set(report.systems) == {OURS, NONE} and report.seconds < 120
    path = str(tmp_path / "report.json")
    same = rolewise("eval", "--compare", path, path, home=home)
    assert same.code == 0 and "0 better, 0 worse, exact paired p = 1" in same.out


def test_a_threshold_out_of_reach_fails_the_run(
    rolewise: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evals").mkdir()
    bounds = {"fast": [{"figure": "none.correct", "at_least": 1.01}], "full": []}
    (tmp_path / "evals" / "thresholds.json").write_text(json.dumps(bounds), encoding="utf-8")
    few = (ROOT / "evals" / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = [line for line in few if json.loads(line)["split"] == "dev"][:5]
    (tmp_path / "evals" / "golden.jsonl").write_text("\n".join(chosen), encoding="utf-8")
    ran = rolewise("eval", "--fast", "--check", home=home, model="none")
    assert ran.code == 1 and "none.correct is" in ran.err and "below 1.010" in ran.err
