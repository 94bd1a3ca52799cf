"""Every figure of the corpus is the one that its source gives, and says where, when and how surely it was read."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from rolewise.corpus import Corpus, Document, Table
from rolewise.settings import shipped_corpus

SOURCE = Path(__file__).parent / "data" / "source"
SMALL_SAMPLE = 30

LEVELS = {"EN": "entry level", "MI": "mid level", "SE": "senior level", "EX": "executive level", "ALL": "all levels"}
COUNTRIES = {
    "non-US": "outside the US", "GB": "UK", "CA": "Canada", "DE": "Germany", "FR": "France", "ES": "Spain",
    "NL": "Netherlands", "AU": "Australia", "IN": "India",
}  # fmt: skip
OCCUPATIONS = {
    "combined": "software developers, quality assurance analysts and testers", "15-1252": "software developers",
    "15-1221": "computer and information research scientists", "15-2051": "data scientists",
}  # fmt: skip
TIERS = {"bls": "B", "copy": "C", "secondary": "S"}

# The facts with figures that no table holds, by article: what was read there.
FACTS = {
    "pay-in-the-aijobs-data": ["snapshot of 2025-01-19 (January 19, 2025), 74,301 rows", "90% US companies, 84% from 2024", "19% fully remote"],
    "career-framework-dropbox": ["2023-04", "IC3", "IC5", "IC6", "M3", "level 4"],
    "career-framework-engineering-ladders": ["2022", "tech lead 30-70% of the time coding", "manager 0-30%"],
    "career-framework-37signals": ["2026-05", "37signals"],
    "career-framework-monzo": ["read in 2026-11", "level 5"],
    "career-framework-moneda": ["2024-12"],
    "career-framework-gitlab": ["read in 2026-11"],
    "lead-time-eric-ma": ["February 25, 2024"],
    "lead-time-towards-data-science": ["read in 2026-11", "50% development"],
    "returning-from-lead": ["May 22, 2024"],
    "survey-stack-overflow-2022": ["2022", "TensorFlow 11.49%", "PyTorch 7.61%"],
    "survey-kaggle-2020": ["2020", "74% use Jupyter", "InfoQ 2021-02"],
    "bls-projections": ["TED of March 11, 2025", "developers alone 132,270 in 2023 and 127,260 in 2022"],
    "bls-projections-quoted": ["2024 to 2034", "all occupations 3.1", "developers alone 133,080 in May 2024", "2025-12"],
}  # fmt: skip


def source(name: str) -> list[dict[str, str]]:
    with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped(name: str) -> list[dict[str, str]]:
    with (shipped_corpus() / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(text: str) -> set[str]:
    """The numbers of a text without thousands separators: `1,895,500` and `1895500` are one."""
    return {n.replace(",", "").removesuffix(".0") for n in re.findall(r"\d[\d,]*\d(?:\.\d+)?|\d(?:\.\d+)?", text)}


def table(corpus: Corpus, name: str) -> Table:
    return next(t for t in corpus.tables if t.document_id == f"table:{name}")


def salaries(title: str, group: str, value: str, rows: str = "all_rows") -> dict[str, str]:
    label = "Software Engineer" if title == "Software Engineer in general" else title
    wanted = (label, group, value, rows)
    found = [r for r in source("salary_aggregates") if (r["label"], r["group"], r["value"], r["rows_used"]) == wanted]
    assert len(found) == 1, wanted
    return found[0]


def of_source(name: str, row: dict[str, str]) -> dict[str, str]:
    if name == "pay-by-title":
        return salaries(row["title"], "company_location", "US")
    if name == "pay-levels":
        code = next(code for code, level in LEVELS.items() if row["level"].startswith(level))
        return salaries(row["title"], "US_by_experience_level", code)
    code = next(code for code, country in COUNTRIES.items() if country == row["country"])
    return salaries(row["title"], "company_location", code)


PAY = [(name, row) for name in ("pay-by-title", "pay-levels", "pay-places") for row in shipped(name)]


@pytest.mark.parametrize(("name", "row"), PAY, ids=[f"{n} {r['title']} {i}" for i, (n, r) in enumerate(PAY)])
def test_a_pay_row_is_its_source_row_and_a_small_sample_gives_no_figure(name: str, row: dict[str, str]) -> None:
    given = of_source(name, row)
    assert given["snapshot_date"] == "2025-01-19"
    assert row["sample"] == given["n"]
    figures = (row["lower_quartile"], row["median"], row["upper_quartile"])
    if int(given["n"]) < SMALL_SAMPLE:
        assert figures == ("", "", "")
        assert f"only n={given['n']} rows" in row["text"] and "too few to quote as market pay" in row["text"]
    else:
        assert figures == (given["p25"], given["median"], given["p75"])
        assert not row["text"]


def test_an_advertised_range_is_its_source_row() -> None:
    for row in shipped("pay-ranges"):
        label = "Software Engineer" if row["title"] == "Software Engineer in general" else row["title"]
        level = next(code for code, level in LEVELS.items() if row["level"].startswith(level))
        (given,) = [
            r for r in source("salary_posted_ranges")
            if (r["job_title"], r["company_location"], r["experience_level"]) == (label, "US", level)
        ]  # fmt: skip
        assert (row["pairs"], row["low_end"], row["high_end"]) == (
            given["n_pairs"], given["median_low_end_usd"], given["median_high_end_usd"],
        )  # fmt: skip
        assert int(row["pairs"]) >= SMALL_SAMPLE


def test_every_skill_count_is_its_source_row() -> None:
    given = {r["skill"].lower(): r["postings_2023_us_mle"] for r in source("mle_skill_counts")}
    assert {r["skill"].lower(): r["adverts"] for r in shipped("skill-adverts")} == given


def test_every_projection_is_its_source_row_and_the_newest_of_its_occupation_counts() -> None:
    given = {(OCCUPATIONS[r["soc"]], r["period"]): r for r in source("bls_outlook") if r["tier"] != "seed"}
    rows = {(r["occupation"], r["period"].split(" / ")[0]): r for r in shipped("outlook") if r["overall"] != "yes"}
    told = ("pct_change", "base_employment", "change")
    assert set(rows) == {key for key, r in given.items() if any(r[name] for name in told)}
    for (occupation, period), row in rows.items():
        r = given[occupation, period]
        assert row["growth"] == r["pct_change"].removesuffix(".0")
        assert [row[n] for n in ("jobs", "jobs_then", "added", "openings")] == [
            r[n] for n in ("base_employment", "projected_employment", "change", "annual_openings")
        ]
        assert row["tier"] == TIERS[r["tier"]]
        assert (row["first_year"], row["last_year"]) == (period[:4], "20" + period[-2:])
        newest = max(p for o, p in rows if o == occupation)
        assert row["superseded"] == ("" if period == newest else "yes")
        assert ("superseded" in row["caution"]) == (period != newest)
        of_this = " ".join(" ".join(g.values()) for (o, _), g in given.items() if o == occupation)
        assert numbers(f"{row['caution']} {row['read_at']}") <= numbers(of_this)


def test_growth_of_all_occupations_is_what_the_source_says_of_them() -> None:
    (row,) = [r for r in shipped("outlook") if r["overall"] == "yes"]
    assert any(f"all occupations {row['growth']}" in r["source"] for r in source("bls_outlook"))


def test_a_figure_that_somebody_quotes_is_worded_as_quoted() -> None:
    for row in shipped("outlook"):
        assert row["tier"] != "S" or "as quoted by" in row["read_at"]
        assert row["tier"] != "C" or "read in" in row["read_at"]


@pytest.mark.parametrize("name", ["outlook", "pay-by-title", "pay-levels", "pay-places", "pay-ranges", "skill-adverts"])
def test_a_row_tells_its_own_figures_and_no_others(corpus: Corpus, name: str) -> None:
    always = numbers("2025-01-19, work years 2023-2025") if name.startswith("pay") else numbers("2023, linh672")
    for row, told in zip(shipped(name), table(corpus, name).rows, strict=True):
        cells = {key: value for key, value in row.items() if key != "text"}
        assert numbers(told.passage.text) <= numbers(" ".join(cells.values())) | always, told.passage.text
        if not row.get("text"):
            figures = [
                k
                for k in row
                if k in ("median", "growth", "jobs", "openings", "low_end", "high_end", "adverts", "sample")
            ]
            assert numbers(" ".join(row[k] for k in figures)) <= numbers(told.passage.text)


def article_figures(name: str) -> set[str]:
    """The figures that an article may give: of its listed facts, and of the source rows of what it is about."""
    found = numbers(" ".join(FACTS[name]))
    if name == "pay-in-the-aijobs-data":
        rows = [r for r in source("salary_aggregates") if r["rows_used"] == "all_rows" or r["group"] == "all"]
        return found.union(*(numbers(f"{r['n']} {r['p25']} {r['median']} {r['p75']}") for r in rows))
    if name.startswith("bls"):
        return found.union(*(numbers(f"{r['median_pay']} {r['median_pay_year']}") for r in source("bls_outlook")))
    return found


@pytest.mark.parametrize("name", FACTS)
def test_an_article_gives_only_figures_that_were_read(corpus: Corpus, name: str) -> None:
    allowed = article_figures(name)
    for passage in corpus.document[f"article:{name}"].passages:
        assert numbers(passage.text) <= allowed, passage.text


# What the pay article says of whom: label, group and value in the source, rows used, and the figures quoted.
PAY_FACTS = [
    ("Lead Machine Learning Engineer", "all", "all", "n", "hold only n=5 salaries"),
    ("Lead Machine Learning Engineer", "company_location", "non-US", "n", "n=5 salaries with that title, all of them outside the US"),
    ("Machine Learning Software Engineer", "all", "all", "n", "hold only n=15 salaries"),
    ("Machine Learning Engineer", "company_location", "US", "median n", "USD 192,000 a year (aijobs.net, snapshot of 2025-01-19, n=5,340)"),
    ("Machine Learning Engineer", "US_by_experience_level", "SE", "median p25 p75 n", "USD 200,000 a year, with the middle half between USD 160,000 and 250,900 (aijobs.net, snapshot of 2025-01-19, n=3,910)"),
    ("POOL lead titles", "company_location", "US", "median n", "USD 161,480 in the aijobs.net salary data (snapshot of 2025-01-19), but with only n=22"),
    ("Software Engineer", "company_location", "US", "median n", "USD 183,000 a year (aijobs.net, snapshot of 2025-01-19, n=7,470)"),
    ("Engineering Manager", "all", "all", "median p25 p75 n", "USD 240,000 a year, with the middle half between USD 192,000 and 308,055 (aijobs.net, snapshot of 2025-01-19, n=372)"),
    ("Machine Learning Engineer", "all", "all", "median n", "187,700 for the job title Machine Learning Engineer (n=5,841)"),
    ("Software Engineer", "all", "all", "median n", "180,000 for Software Engineer in general (n=7,930)"),
    ("Data Scientist", "all", "all", "median n", "152,000 for Data Scientist (n=11,669)"),
    ("POOL ML head/director/manager", "company_location", "US", "median n", "USD 210,000 a year (aijobs.net, snapshot of 2025-01-19, n=39)"),
    ("POOL ML software/infrastructure/platform", "company_location", "US", "median n", "USD 170,320 a year (aijobs.net, snapshot of 2025-01-19, n=176)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "group", "value", "columns", "said"), PAY_FACTS, ids=[f"{p[0]} {p[2]}" for p in PAY_FACTS]
)
def test_a_pay_figure_in_the_article_is_its_titles_own(
    corpus: Corpus, label: str, group: str, value: str, columns: str, said: str
) -> None:
    given = salaries(label, group, value)
    assert numbers(" ".join(given[c] for c in columns.split())) | numbers("snapshot 2025-01-19") >= numbers(said)
    assert any(said in p.text for p in corpus.document["article:pay-in-the-aijobs-data"].passages)


def test_without_duplicates_the_median_is_the_one_that_the_article_gives(corpus: Corpus) -> None:
    given = salaries("Machine Learning Engineer", "all", "all", "distinct_rows")
    said = " ".join(p.text for p in corpus.document["article:pay-in-the-aijobs-data"].passages)
    assert f"from USD 187,700 to {int(given['median']):,}" in said


def test_every_entry_says_its_source_date_and_tier(corpus: Corpus) -> None:
    def complete(document: Document) -> bool:
        source = document.provenance
        return bool(source.publisher and source.published and source.retrieved and source.tier in ("B", "C", "S"))

    assert [d.path for d in corpus.documents if not complete(d)] == []
