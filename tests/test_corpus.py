"""The corpus: what is shipped, what a broken file is told, and a role that nobody wrote code for."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import with_index
from rolewise.advisor import Advisor, Answer
from rolewise.corpus import Corpus, load_corpus
from rolewise.corpus.words import plain, tokens
from rolewise.errors import CorpusError
from rolewise.settings import Settings, shipped_corpus

DATA = Path(__file__).parent / "data"
ARTICLE = "ai-jobs.net"
LEAD = "Lead Machine Learning Engineer"
SOFTWARE = "Machine Learning Software Engineer"

# The article, fact by fact: (role or "", aspect or "", words that one passage must hold together).
FACTS = [
    # definitions
    (LEAD, "summary", "senior-level professional, leads a team of machine learning engineers and data scientists"),
    (LEAD, "summary", "business leaders, product managers, data analysts, business problems, machine learning"),
    (LEAD, "summary", "automate complex business processes, improve decision-making, drive business growth"),
    (SOFTWARE, "summary", "designs, develops, deploys, models, automate complex business processes"),
    (SOFTWARE, "summary", "data scientists, machine learning engineers, software applications, large volumes of data"),
    (SOFTWARE, "summary", "implements, algorithms, optimizes code for performance, integrates, into software applications"),
    # responsibilities
    (LEAD, "responsibilities", "leads a team of machine learning engineers and data scientists"),
    (LEAD, "responsibilities", "identifies business problems, machine learning"),
    (LEAD, "responsibilities", "designs, develops, deploys, machine learning models"),
    (LEAD, "responsibilities", "evaluates, perform, iterates, improve, accuracy"),
    (LEAD, "responsibilities", "collaborates with stakeholders, needs and requirements"),
    (LEAD, "responsibilities", "complex technical concepts, non-technical stakeholders"),
    (LEAD, "responsibilities", "up to date, latest, machine learning, artificial intelligence"),
    (SOFTWARE, "responsibilities", "designs, develops, deploys, machine learning models"),
    (SOFTWARE, "responsibilities", "implements machine learning algorithms"),
    (SOFTWARE, "responsibilities", "optimizes code for performance"),
    (SOFTWARE, "responsibilities", "integrates machine learning models into software applications"),
    (SOFTWARE, "responsibilities", "collaborates, data scientists, machine learning engineers, build software applications"),
    (SOFTWARE, "responsibilities", "evaluates, perform, iterates, improve, accuracy"),
    (SOFTWARE, "responsibilities", "up to date, latest, machine learning, artificial intelligence"),
    # skills
    (LEAD, "skills", "strong programming skills, Python or R"),
    (LEAD, "skills", "frameworks, TensorFlow, PyTorch, scikit-learn"),
    (LEAD, "skills", "cloud computing platforms, AWS, Azure, Google Cloud"),
    (LEAD, "skills", "big data technologies, Hadoop, Spark, Kafka"),
    (LEAD, "skills", "strong analytical and problem-solving skills"),
    (LEAD, "skills", "excellent communication and leadership skills"),
    (LEAD, "skills", "Agile methodologies"),
    (SOFTWARE, "skills", "strong programming skills, Python or Java"),
    (SOFTWARE, "skills", "frameworks, TensorFlow, PyTorch, scikit-learn"),
    (SOFTWARE, "skills", "software development tools, Git, Jenkins, Docker"),
    (SOFTWARE, "skills", "big data technologies, Hadoop, Spark, Kafka"),
    (SOFTWARE, "skills", "strong analytical and problem-solving skills"),
    (SOFTWARE, "skills", "Agile methodologies"),
    # education
    (LEAD, "education", "Bachelor's or Master's degree, Computer Science, Mathematics, Statistics, related field"),
    (LEAD, "education", "Ph.D., Computer Science or a related field, preferred"),
    (SOFTWARE, "education", "Bachelor's or Master's degree, Computer Science, Software Engineering, related field"),
    # tools
    (LEAD, "tools", "TensorFlow, PyTorch, scikit-learn, for machine learning"),
    (LEAD, "tools", "AWS, Azure, Google Cloud, for cloud computing"),
    (LEAD, "tools", "Hadoop, Spark, Kafka, for big data processing"),
    (LEAD, "tools", "Jupyter Notebooks, data analysis and visualization"),
    (SOFTWARE, "tools", "TensorFlow, PyTorch, scikit-learn, for machine learning"),
    (SOFTWARE, "tools", "Git, Jenkins, Docker, for software development"),
    (SOFTWARE, "tools", "Hadoop, Spark, Kafka, for big data processing"),
    (SOFTWARE, "tools", "Jupyter Notebooks, data analysis and visualization"),
    # industries
    (LEAD, "industries", "technology, finance, healthcare, retail, manufacturing, government"),
    (SOFTWARE, "industries", "technology, finance, healthcare, retail, manufacturing, government"),
    ("", "", "both roles, high demand, industries"),
    # outlook
    ("", "", "field, most promising, career growth, recent years"),
    ("", "", "AI industry, expected to grow exponentially, demand"),
    ("", "", "outlook for both roles, positive"),
    ("", "", "computer and information research scientists, 15%, 2019 to 2029, much faster than the average, Bureau of Labor"),
    ("", "", "machine learning engineers, among the computer and information research scientists"),
    ("", "", "software developers, 22%, 2019 to 2029, much faster than the average for all occupations, Bureau of Labor"),
    ("", "", "both roles, promising career paths, AI, machine learning and big data"),
    # tips
    ("", "getting-started", "strong foundation, computer science, mathematics, statistics"),
    ("", "getting-started", "programming languages, Python, Java or R"),
    ("", "getting-started", "frameworks, TensorFlow, PyTorch, scikit-learn"),
    ("", "getting-started", "experience, cloud computing platforms, AWS, Azure, Google Cloud"),
    ("", "getting-started", "online courses, boot camps or internships, practical experience"),
    ("", "getting-started", "network with professionals, AI, machine learning and big data, job opportunities"),
    # how they compare, and the article itself
    ("", "", "share some similarities, responsibilities differ, focus and scope"),
    ("", "", "educational backgrounds, similar, some differences"),
    ("", "", "tools and software, similar, some differences"),
    ("", "", "technical skills, soft skills, both roles"),
    ("", "", "ai-jobs.net, December 6 2023, five-minute read"),
]  # fmt: skip

JOBS = [
    ("Artificial Intelligence - Bioinformatic Expert", "University of Texas Medical Branch", "Galveston, TX", "full-time",
     "senior-level / expert", 111_000, 211_000),
    ("Lead Developer (AI)", "Cere Network", "San Francisco, US", "full-time", "senior-level / expert", 120_000, 160_000),
    ("Research Engineer", "Allora Labs", "Remote", "full-time", "senior-level / expert", 160_000, 180_000),
    ("Ecosystem Manager", "Allora Labs", "Remote", "full-time", "senior-level / expert", 100_000, 120_000),
    ("Founding AI Engineer, Agents", "Occam AI", "New York", "full-time", "senior-level / expert", 100_000, 180_000),
    ("AI Engineer Intern, Agents", "Occam AI", "US", "internship", "entry-level / junior", 60_000, 96_000),
]  # fmt: skip


def test_a_name_that_begins_with_a_number_is_one_word() -> None:
    assert [t.text for t in tokens("37signals pays 120k, the 12th of 1,200.5")] == [
        "37signals", "pays", "120k", "the", "12th", "of", "1200.5",
    ]  # fmt: skip


def test_every_passage_is_a_verbatim_span_of_its_document(corpus: Corpus) -> None:
    assert len(corpus.passages) > 50
    assert len(corpus.by_id) == len(corpus.passages), "two passages share an id"
    for document in corpus.documents:
        ends = 0
        for passage in document.passages:
            assert document.text[passage.start : passage.end] == passage.text
            assert passage.start >= ends, "passages overlap or are out of order"
            assert passage.document_id == document.id
            ends = passage.end


def test_every_document_says_where_it_comes_from(corpus: Corpus) -> None:
    for document in corpus.documents:
        source = document.provenance
        assert all((source.title, source.publisher, source.licence)), document.path
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", source.published), document.path
        assert source.url is None or source.url.startswith("https://"), document.path


@pytest.mark.parametrize(("role", "aspect", "words"), FACTS, ids=[f"{r} {a} {w}"[:70] for r, a, w in FACTS])
def test_a_fact_of_the_article_is_in_one_passage(corpus: Corpus, role: str, aspect: str, words: str) -> None:
    ids = {r.id for r in corpus.roles if r.title == role}
    assert bool(ids) == bool(role)

    def bears(text: str) -> bool:
        said = re.sub(r"[^\w\s.%'-]", "", text).lower()
        return all(word.lower() in said for word in words.split(", "))

    assert any(
        bears(passage.text)
        for document in corpus.documents
        if document.provenance.publisher == ARTICLE
        for passage in document.passages
        if (not role or ids == set(passage.roles)) and (not aspect or aspect in passage.aspects)
    )


@pytest.mark.parametrize("job", JOBS, ids=[job[0] for job in JOBS])
def test_a_featured_job_is_there_with_all_its_values_and_told_in_words(corpus: Corpus, job: tuple[object, ...]) -> None:
    title, company, place, kind, level, low, high = job
    wanted = {"title": title, "company": company, "place": place, "type": kind, "level": level,
              "pay_low": low, "pay_high": high}  # fmt: skip
    rows = [row for table in corpus.tables for row in table.rows if row.values.get("title") == title]
    assert [row.values for row in rows] == [wanted]
    told = rows[0].passage.text.lower()
    for value in (title, company, place, kind, level, f"USD {int(str(low)) // 1000}K to {int(str(high)) // 1000}K"):
        assert str(value).lower() in told


def test_only_the_six_jobs_of_the_article_are_featured(corpus: Corpus) -> None:
    jobs = next(t for t in corpus.tables if t.aspect == "jobs")
    assert sorted(str(row.values["title"]) for row in jobs.rows) == sorted(job[0] for job in JOBS)


def test_the_weak_claims_of_the_article_carry_a_note(corpus: Corpus) -> None:
    notes = " ".join(p.text for p in corpus.passages if "caveats" in p.aspects)
    assert "22%" in notes and "15%" in notes and "superseded" in notes


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


LEAD_FILE, JOBS_FILE = "roles/lead-machine-learning-engineer.yaml", "tables/featured-jobs.yaml"
PAY_FILE, PAY_ROWS = "tables/pay-by-title.yaml", "tables/pay-by-title.csv"
ARTICLE_FILE, WORDS_FILE = "articles/two-roles-compared.md", "vocabulary.yaml"

# What breaks (file, old, new), and what the error must say: the place and the fix.
BROKEN = {
    "YAML syntax": (LEAD_FILE, "summary:\n", "summary: [\n", r"line \d+.*not valid YAML.*Check"),
    "a tab as indentation": (JOBS_FILE, "  - title:", "\t- title:", r"line 2\d.*not valid YAML.*Check"),
    "no fields at all": (WORDS_FILE, None, "just words\n", r"expected `field: value`.*corpus/README\.md"),
    "a missing field": (LEAD_FILE, "  publisher: ai-jobs.net\n", "", r"`source\.publisher` is missing: add it"),
    "an unknown field": (LEAD_FILE, "level: senior", "levle: senior", r"`levle` is not known: remove it or correct"),
    "a wrong need": (LEAD_FILE, "need: preferred", "need: nice", r"requirements\.\d+\.need` is wrong.*'preferred'"),
    "an unknown aspect of a role": (LEAD_FILE, "aspect: education", "aspect: schooling", r"`schooling` is not in vocab.*add"),
    "an unknown aspect of an article": (ARTICLE_FILE, "{aspect=outlook}", "{aspect=weather}", r"`weather` is not in vocab"),
    "a bad date": (LEAD_FILE, "2023-12-06", "6 Dec 2023", r"`source\.published` is wrong"),
    "a bad date in front matter": (ARTICLE_FILE, "2023-12-06", "yesterday", r"`published` is wrong"),
    "a link that is none": (ARTICLE_FILE, "url: https://", "url: ", r"`url` is wrong"),
    "a short form that says more": (LEAD_FILE, "short: identifies", "short: quickly identifies", r"says more than `text`"),
    "half a sentence": (LEAD_FILE, "is preferred.", "is preferred", r"whole sentence.*full stop"),
    "no front matter": (ARTICLE_FILE, "---\n", "", r"line 1: no front matter.*Begin"),
    "an article without text": (ARTICLE_FILE, None, "---\ntitle: a\npublisher: b\npublished: 2024\nlicence: c\n---\n", r"no text.*Add"),
    "an unknown column": (JOBS_FILE, "    pay_high: 211000", "    pay_max: 211000", r"row 1 has no column for pay_max.*columns"),
    "a number in words": (JOBS_FILE, "pay_low: 120000", "pay_low: a lot", r"row 2, pay_low: 'a lot' is not a number"),
    "a row that nothing tells": (JOBS_FILE, "    text: \"The University", "    place: \"The University", r"row 1 has no `text`"),
    "rows in the file and beside it": (PAY_FILE, "sentence: ", "rows: [{title: A}]\nsentence: ", r"either `rows` or `data`.*one of the two"),
    "no rows at all": (PAY_FILE, "data: pay-by-title.csv\n", "", r"either `rows` or `data`.*one of the two"),
    "rows in another folder": (PAY_FILE, "data: pay", "data: ../pay", r"`data` is wrong"),
    "a number in words in a CSV file": (PAY_ROWS, ",5340,", ",many,", r"row 1, sample: 'many' is not a number.*README"),
    "an unknown column in a CSV file": (PAY_ROWS, "sample,", "samples,", r"row 1 has no column for samples.*columns"),
    "a cell too many in a CSV file": (PAY_ROWS, "246500,,", "246500,,,more", r"row 1 has no column for a cell too many"),
    "a CSV file without rows": (PAY_ROWS, None, "title,sample\n", r"no rows under its header\. Add some"),
    "a value that the sentence needs": (PAY_ROWS, "147000,", ",", r"row 1: the `sentence` asks for 'lower_quartile'.*Add"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_named_with_the_place_and_the_fix(corpus_copy: Path, fault: str) -> None:
    name, old, new, said = BROKEN[fault]
    if old is None:
        (corpus_copy / name).write_text(new, encoding="utf-8")
    else:
        edit(corpus_copy / name, old, new)
    with pytest.raises(CorpusError) as caught:
        load_corpus(corpus_copy)
    assert Path(name).name in str(caught.value)
    assert re.search(said, str(caught.value), re.S), str(caught.value)


@pytest.mark.parametrize("name", [LEAD_FILE, JOBS_FILE, ARTICLE_FILE, WORDS_FILE])
def test_a_file_that_is_not_utf_8_is_named(corpus_copy: Path, name: str) -> None:
    with (corpus_copy / name).open("ab") as file:
        file.write("café".encode("latin-1"))
    with pytest.raises(CorpusError, match=rf"{Path(name).name}: not UTF-8 text \(byte \d+\)\. Save it as UTF-8"):
        load_corpus(corpus_copy)


def test_a_csv_file_that_is_not_there_is_named(corpus_copy: Path) -> None:
    (corpus_copy / PAY_ROWS).unlink()
    with pytest.raises(CorpusError, match=r"pay-by-title\.csv: cannot be read .*Check that it exists"):
        load_corpus(corpus_copy)


def test_a_row_of_a_csv_file_is_told_with_its_caution_and_without_what_it_lacks(corpus_copy: Path) -> None:
    sentence = "'{title} pays USD {median:,}[, seen {sample} times].'"
    text = re.sub(r"sentence: .*", f"sentence: {sentence}", (corpus_copy / PAY_FILE).read_text(encoding="utf-8"))
    (corpus_copy / PAY_FILE).write_text(text, encoding="utf-8")
    rows = "title,median,sample,caution,superseded\nA,90000,7,only a few,\nB,1500.5,,,yes\n"
    (corpus_copy / PAY_ROWS).write_text(rows, encoding="utf-8")
    table = next(t for t in load_corpus(corpus_copy).tables if t.document_id == "table:pay-by-title")
    assert [r.passage.text for r in table.rows] == [
        "A pays USD 90,000, seen 7 times; only a few.",
        "B pays USD 1,500.5.",
    ]
    assert [(r.values, r.superseded) for r in table.rows] == [
        ({"title": "A", "country": "US", "median": 90_000, "sample": 7}, False),
        ({"title": "B", "country": "US", "median": 1500.5}, True),
    ]


def test_plain_text_of_ascii_is_what_it_is_beside_other_signs() -> None:
    for text in ('It`s A "Ph.D." (B.Sc.)?\tC++ & C#\x00end', "Straight text, 5 % of $120,000."):
        assert plain(text + "é") == plain(text) + "e"


def test_the_words_of_a_text_are_the_callers_own() -> None:
    tokens("Kept words").clear()
    assert [t.text for t in tokens("Kept words")] == ["kept", "words"]


def test_two_roles_with_one_id_are_refused(corpus_copy: Path) -> None:
    text = (corpus_copy / LEAD_FILE).read_text(encoding="utf-8")
    (corpus_copy / "roles/second.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"second\.yaml.*`lead-machine-learning-engineer` is taken.*its own id"):
        load_corpus(corpus_copy)


def test_a_missing_vocabulary_is_named(corpus_copy: Path) -> None:
    (corpus_copy / WORDS_FILE).unlink()
    with pytest.raises(CorpusError, match=r"vocabulary\.yaml is missing\. Copy the shipped one"):
        load_corpus(corpus_copy)


def test_a_missing_folder_and_an_empty_one_are_named(tmp_path: Path, corpus_copy: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere: there is no such corpus folder\. Set ROLEWISE_CORPUS"):
        load_corpus(tmp_path / "nowhere")
    for path in corpus_copy.glob("*/*"):
        path.unlink()
    with pytest.raises(CorpusError, match=r"no roles, tables or articles in it\. Put files there"):
        load_corpus(corpus_copy)


def test_the_examples_of_the_corpus_readme_load(tmp_path: Path, corpus_copy: Path) -> None:
    readme = (shipped_corpus() / "README.md").read_text(encoding="utf-8")
    role, table, article, words, questions, asks, says = re.findall(
        r"^```(?:yaml|markdown)\n(.*?)^```", readme, re.M | re.S
    )
    files = {
        "roles/a.yaml": role,
        "tables/b.yaml": table,
        "articles/c.md": article,
        "asks.yaml": asks,
        "questions.yaml": questions,
        "says.yaml": says,
    }
    for name, text in files.items():
        (corpus_copy / name).write_text(text, encoding="utf-8")
    loaded = load_corpus(corpus_copy)
    assert {"role:data-scientist", "table:b", "article:c"} <= {d.id for d in loaded.documents}
    assert "Example Inc. pays USD 90000." in {p.text for p in loaded.passages}
    assert {(a.aspect, a.item) for a in loaded.vocabulary.asks} == {("skills", ""), ("", "Python"), ("", "")}
    assert [(s.item, s.wanted) for s in loaded.vocabulary.says] == [
        ("team leadership", True),
        ("team leadership", False),
        ("", True),
    ]
    assert [q.text for q in loaded.questions] == ["Which languages should a {role} know?"]
    assert loaded.elsewhere == ("How stressful is it to be a {role}?",)
    (tmp_path / "own" / "articles").mkdir(parents=True)
    (tmp_path / "own" / "vocabulary.yaml").write_text(words, encoding="utf-8")
    (tmp_path / "own" / "articles" / "c.md").write_text(
        article.replace(" {aspect=getting-started}", ""), encoding="utf-8"
    )
    assert load_corpus(tmp_path / "own").vocabulary.about == "careers in data"


@pytest.fixture(scope="module")
def ask_of_three(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    """An advisor on the shipped corpus and one more role file."""
    folder = tmp_path_factory.mktemp("three")
    corpus = shutil.copytree(shipped_corpus(), folder / "corpus")
    shutil.copy(DATA / "data-scientist.yaml", corpus / "roles")
    return Advisor(with_index(Settings(home=folder / "home", corpus=corpus, model="none"), home)).invoke


def quotes(answer: Answer) -> str:
    return " ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "What are the requirements for a Data Scientist?",
        "What skills and education does a data scientist need?",
    ],
)
def test_the_requirements_of_a_new_role_are_answered(ask_of_three: Callable[[str], Answer], question: str) -> None:
    answer = ask_of_three(question)
    assert answer.status == "answered"
    assert "SQL" in answer.answer
    assert "A Data Scientist needs strong programming skills in Python and SQL." in quotes(answer)
    assert {c.source_id for c in answer.citations} == {"role:data-scientist"}


def test_a_new_role_is_compared_with_another(ask_of_three: Callable[[str], Answer]) -> None:
    answer = ask_of_three("Compare the education of a Data Scientist and a Lead Machine Learning Engineer")
    assert answer.status == "answered"
    assert {c.source_id for c in answer.citations} == {"role:data-scientist", "role:lead-machine-learning-engineer"}
    assert "Physics" in answer.answer and "Ph.D." in answer.answer


@pytest.mark.parametrize(("thing", "sentence"), [("SQL", "Python and SQL."), ("Physics", "Statistics or Physics.")])
def test_which_role_finds_the_new_one(ask_of_three: Callable[[str], Answer], thing: str, sentence: str) -> None:
    answer = ask_of_three(f"Which role needs {thing}?")
    assert answer.status == "answered"
    assert re.match(r"\W*(only )?(the |a )?data scientist", answer.answer, re.I), answer.answer
    assert sentence in quotes(answer)


def test_the_old_roles_are_answered_as_before_beside_a_new_one(ask_of_three: Callable[[str], Answer]) -> None:
    answer = ask_of_three("Which role needs AWS?")
    assert answer.answer.startswith("The Lead Machine Learning Engineer")
    assert "AWS" in quotes(answer)
