"""The tabs beside the chat: comparing, weighing a profile or a CV, the market, the sources; and the rules behind them."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from fpdf import FPDF
from playwright.sync_api import Browser, Page, expect

from conftest import ROOT
from rolewise.advisor import Advisor
from rolewise.advisor.market import market
from rolewise.advisor.profile import Choices, Profile, choices, items_in
from rolewise.advisor.side_by_side import side_by_side
from rolewise.advisor.weighing import verdict_of, weigh, years_asked
from rolewise.corpus import Column, Corpus, ItemGroup, Passage, Role, Row, load_corpus
from rolewise.corpus.cv import read_cv
from rolewise.errors import CvError
from rolewise.web.compare import ONE_ROLE, SAME, compared, opened
from rolewise.web.library import library_view
from rolewise.web.market import NO_TABLES, market_view
from rolewise.web.plots import scale_of
from web_fixtures import HOSTILE, SIDEWAYS, open_page, served
from web_fixtures import opened as opened_at

CV = "Zylphia Quandrel. Master's degree in Computer Science. Five years of Java, Git and sklearn; R&D at Smith & R. Sons."
SKLEARN = re.compile(r"^Scikit-learn \(sklearn")
TABS = {"Compare": "#rw-compare .rw-line", "Fit": "#rw-skills .token, #rw-skills input", "Market": ".rw-plot", "Sources": ".rw-document"}  # fmt: skip


@pytest.fixture(scope="module")
def address(advisor: Advisor, uploads: Path) -> Iterator[str]:
    with served(advisor) as address:
        yield address


def show(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    page.wait_for_selector(TABS[name])


def weighed(page: Page) -> None:
    page.get_by_role("button", name="Weigh it").click()
    page.wait_for_selector(".rw-fit-card")


@pytest.fixture(scope="module")
def nursing() -> Corpus:
    return load_corpus(ROOT / "examples" / "nursing")


# Compare


@pytest.mark.parametrize("width", [1024, 1100, 1239, 1240, 1400])
def test_the_tabs_stand_beside_what_the_header_says(page: Page, width: int) -> None:
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 900})
    try:
        said = [b for b in (e.bounding_box() for e in page.locator(".rw-top :is(h1, p)").all()) if b]
        tabs = page.get_by_role("tab", name="Chat", exact=True).bounding_box()
        assert tabs is not None
        assert max(b["x"] + b["width"] for b in said) < tabs["x"]
    finally:
        if before:
            page.set_viewport_size(before)


def test_two_roles_stand_side_by_side_and_each_cell_shows_its_source(page: Page, corpus: Corpus) -> None:
    show(page, "Compare")
    first = page.locator("#rw-compare .rw-lines").first
    expect(first.locator("h3")).to_have_text("Where they differ")
    cell = first.locator(".rw-line", has_text="Programming languages").locator(".rw-cell").first
    statement = next(p for p in corpus.roles[0].passages if "languages" in p.aspects)
    expect(cell).to_contain_text(statement.short[1:])
    chip = cell.locator(".rw-chip")
    chip.focus()
    page.keyboard.press("Enter")
    card = page.locator(".rw-pop:popover-open")
    expect(card.locator("mark")).to_have_text(statement.text)
    source = corpus.document[statement.document_id].provenance
    for words in (source.title, source.publisher, source.published):
        expect(card).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(chip).to_be_focused()


def test_a_cells_question_is_asked_in_the_chat(page: Page) -> None:
    show(page, "Compare")
    button = page.locator(".rw-line", has_text="Responsibilities").locator(".rw-ask").first
    question = button.get_attribute("data-ask") or ""
    button.click()
    expect(page.get_by_role("tab", name="Chat", exact=True)).to_have_attribute("aria-selected", "true")
    expect(page.locator("[data-testid=user]")).to_have_text(question)
    expect(page.locator("#rw-newest .rw-card").first).to_be_visible()
    expect(page.locator("#rw-box textarea")).to_be_focused()


def test_what_is_said_alike_of_both_stands_in_the_middle(corpus: Corpus) -> None:
    lines = side_by_side(corpus.roles[0], corpus.roles[1], corpus)
    assert [line.differs for line in lines] == sorted((line.differs for line in lines), reverse=True)
    for line in lines:
        assert all(len({p.document_id for p in shared.passages}) == 2 for shared in line.shared)
        sides = [{item for said in side for item in said.own} for side in line.sides]
        assert not sides[0] & sides[1]
    languages = next(line for line in lines if line.name == "programming languages")
    assert [s.text for s in languages.shared] == ["Python"] and all(side[0].own for side in languages.sides)


def test_any_two_of_three_roles_can_be_compared(nursing: Corpus) -> None:
    one, two, three = nursing.roles
    assert one.title in compared(nursing, three.id, one.id) and two.title not in compared(nursing, three.id, one.id)
    assert SAME in compared(nursing, one.id, one.id)


def test_one_role_alone_is_not_compared(corpus: Corpus) -> None:
    assert ONE_ROLE in opened(replace(corpus, roles=corpus.roles[:1]), None, None)[-1]


def test_a_list_of_choices_closes_behind_who_leaves_it_by_the_keyboard(page: Page) -> None:
    lists = page.get_by_role("listbox")
    show(page, "Compare")
    page.get_by_role("combobox", name="One role").focus()
    expect(lists).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="The other role")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".rw-chip >> nth=0")).to_be_focused()
    expect(lists).to_have_count(0)
    show(page, "Fit")
    page.get_by_role("combobox", name="Skills you have").focus()
    expect(lists).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Education you have")).to_be_focused()


# Fit


def test_a_profile_is_weighed_and_the_arithmetic_shown(page: Page) -> None:
    show(page, "Fit")
    page.locator("#rw-skills input").fill("sklearn")
    page.keyboard.press("Enter")
    expect(page.locator("#rw-skills .token")).to_have_text([SKLEARN])
    page.fill("#rw-words textarea", "I have 5 years of Java and I hate managing people.")
    weighed(page)
    cards = page.locator(".rw-fit-card")
    expect(cards).to_have_count(2)
    expect(page.locator("#rw-result")).to_contain_text("not a verdict")
    expect(page.locator("#rw-result")).to_contain_text("for Java; against team leadership")
    expect(cards.first).to_contain_text("2 of 7 met")
    expect(cards.first).to_contain_text("100 × 2 ÷ 7")
    expect(cards.last.locator(".rw-block", has_text="Counts against it")).to_contain_text("Team leadership")
    expect(page.locator("#rw-result")).to_contain_text(
        "5 years of experience.None of these roles asks for a number of years"
    )
    for card in cards.all():
        expect(card.locator(".rw-steps li")).to_have_count(3)
        points = [
            int(t.replace("−", "-").replace("+", ""))
            for t in card.locator(".rw-sum tbody td:last-child").all_inner_texts()
        ]
        expect(card.locator(".rw-points")).to_have_text(f"{sum(points)} points".replace("-", "−"))
        assert card.locator("li:not(:has(.rw-chip))").count() == 0


def test_the_search_of_skills_finds_other_names(page: Page) -> None:
    show(page, "Fit")
    page.locator("#rw-skills input").fill("amazon web")
    expect(page.locator("#rw-skills [role=option], [role=listbox] [role=option]")).to_have_text(re.compile("AWS"))


def test_a_skill_that_no_role_names_is_said_not_to_be_weighed(page: Page) -> None:
    show(page, "Fit")
    page.locator("#rw-skills input").fill("COBOL <b>")
    page.keyboard.press("Enter")
    expect(page.locator(".toast-message-text")).to_have_text(
        "No role in the sources names “COBOL <b>”, so it isn't weighed."
    )
    expect(page.locator("#rw-skills .token")).to_have_count(0)


def test_nothing_filled_in_is_said_and_not_weighed(page: Page) -> None:
    show(page, "Fit")
    page.get_by_role("button", name="Weigh it").click()
    expect(page.locator("#rw-result")).to_contain_text("Nothing is filled in yet")


@pytest.mark.parametrize("ending", ["docx", "pdf", "txt"])
def test_a_cv_fills_the_form_and_nothing_of_it_stays(
    page: Page, uploads: Path, home: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"cv.{ending}"
    file.write_bytes(cv(ending))
    show(page, "Fit")
    page.set_input_files("#rw-form input[type=file]", file)
    expect(page.locator("#rw-cv-told")).to_contain_text("5 things that the sources name; 5 years of experience")
    expect(page.locator("#rw-years input")).to_have_value("5")
    expect(page.locator("#rw-skills .token")).to_have_text(["Java", "Git", SKLEARN])
    expect(page.locator("#rw-education .token")).to_have_text(
        [re.compile("^Master's degree"), re.compile("^Computer Science")]
    )
    page.locator("#rw-skills .token-remove").first.click()
    expect(page.locator("#rw-skills .token")).to_have_text(["Git", SKLEARN])
    weighed(page)
    assert "Quandrel" not in page.content()
    kept = [p for folder in (uploads, home) for p in folder.rglob("*") if p.is_file()]
    assert [
        p for p in kept if p.name == file.name or b"Quandrel" in p.read_bytes() or p.read_bytes() == file.read_bytes()
    ] == []


def test_a_file_that_is_no_cv_is_told_and_deleted(page: Page, uploads: Path, tmp_path: Path) -> None:
    file = tmp_path / "cv.pdf"
    file.write_bytes(b"%PDF-1.4 broken")
    show(page, "Fit")
    page.set_input_files("#rw-form input[type=file]", file)
    expect(page.locator("#rw-cv-told")).to_contain_text("could not be read")
    assert not list(uploads.rglob("cv.pdf"))


def cv(ending: str) -> bytes:
    made = io.BytesIO()
    if ending == "docx":
        document = docx.Document()
        document.add_paragraph(CV)
        document.save(made)
    elif ending == "pdf":
        paper = FPDF()
        paper.add_page()
        paper.set_font("Helvetica", size=11)
        paper.multi_cell(0, 6, CV)
        made.write(paper.output())
    else:
        made.write(CV.encode())
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("cv.exe", b"x"), ("cv.txt", b" \n"), ("cv.docx", b"PK"), ("cv.pdf", b"%PDF-1.4")]
)
def test_a_cv_without_words_is_an_error_that_says_what_to_do(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CvError, match=r"could not be read: .* Nothing of it was kept\. Choose a PDF"):
        read_cv(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "items"),
    [("Master of Science in Computer Science", ["Master's degree", "Computer Science"]), ("M.Sc. Statistics", ["Master's degree", "Statistics"]),
     ("MEng Software Engineering", ["Master's degree", "Software Engineering"]), ("Bachelor of Engineering", ["Bachelor's degree"]),
     ("Scrum Master", ["Agile"]), ("Mastered Git as a software engineer", ["Git"]), ("Sparked interest in Amazon Web Services", ["AWS"])],
)  # fmt: skip
def test_a_cv_has_what_it_names_and_not_what_sounds_alike(corpus: Corpus, text: str, items: list[str]) -> None:
    assert list(items_in(text, corpus)) == items


@pytest.mark.parametrize(
    ("text", "found"),
    [("R, Java", True), ("Python and R.", True), ("R&D", False), ("Smith & R. Sons", False), ("J.R. Ewing", False)],
)
def test_a_one_letter_skill_is_found_only_where_it_stands_alone(advisor: Advisor, text: str, found: bool) -> None:
    assert ("R" in advisor.items_in(text)) is found


def statement(text: str, *groups: ItemGroup, need: str | None = "required", aspect: str = "skills") -> Passage:
    return Passage(
        text, "role:a", text, 0, len(text), ("A",), 0, ("a",), (aspect,), need, groups, text.rstrip("."), "role"
    )  # type: ignore[arg-type]


ANY, ALL, SUCH_AS = (ItemGroup(choice, ("one", "two")) for choice in ("any", "all", "such_as"))  # type: ignore[arg-type]


def points(profile: Profile, corpus: Corpus, *passages: Passage, level: str = "") -> tuple[int, ...]:
    """What each line of the arithmetic comes to, for one role of these statements."""
    role = Role("a", "A", (), level, "role:a", passages)
    return tuple(part.points for part in weigh(profile, replace(corpus, roles=(role,)))[0].parts)


@pytest.mark.parametrize(("group", "skills", "met"), [
    (ANY, ("one",), True), (ANY, (), False), (SUCH_AS, ("two",), True), (SUCH_AS, (), False), (ALL, ("one",), False), (ALL, ("one", "two"), True),
])  # fmt: skip
def test_any_and_such_as_are_met_by_one_and_all_by_each(
    corpus: Corpus, group: ItemGroup, skills: tuple[str, ...], met: bool
) -> None:
    assert points(Profile(skills=skills), corpus, statement("A.", group)) == (100 if met else 0, 0, 0)


def test_required_counts_by_share_and_preferred_likes_and_dislikes_by_points(corpus: Corpus) -> None:
    said = [statement("A.", ANY), statement("B.", ItemGroup("all", ("three",))), statement("C.", ItemGroup("all", ("four",)), need="preferred"),
            statement("D.", ItemGroup("all", ("lead",)), need=None, aspect="responsibilities")]  # fmt: skip
    assert points(Profile(skills=("two", "four")), corpus, *said) == (50, 5, 0, 0)
    assert points(Profile(likes=("lead",)), corpus, *said) == (0, 0, 10, 0)
    assert points(Profile(dislikes=("lead", "unheard of")), corpus, *said) == (0, 0, 0, -10)


def test_years_count_where_a_statement_asks_for_them_and_newness_against_a_senior_role(corpus: Corpus) -> None:
    asks = statement("An A needs at least five years of experience.", need=None)
    assert years_asked(asks) == 5 and years_asked(statement("Guides patients over years.")) is None
    assert [points(Profile(years=y), corpus, asks)[0] for y in (4, 5)] == [0, 100]
    assert points(Profile(skills=("one",)), corpus, asks) == (0, 0)  # not told: neither met nor missing
    assert points(Profile(years=0), corpus, statement("A.", ANY), level="senior") == (0, 0, -10)


def test_missing_names_required_first_and_steps_come_from_what_is_missing(corpus: Corpus, nursing: Corpus) -> None:
    for each in (corpus, nursing):
        profile = Profile(skills=choices(each).skills[:2])
        fits = weigh(profile, each)
        assert fits == weigh(profile, each)
        assert [f.points for f in fits] == sorted((f.points for f in fits), reverse=True)
        for fit in fits:
            required = [c.required for c in fit.missing]
            assert required == sorted(required, reverse=True) and len(fit.steps) == 3
            assert all(
                step.text in {p.text for p in step.passages} or step.text.startswith("Work on") for step in fit.steps
            )


def test_equal_points_decide_nothing_and_no_role_says_nothing(corpus: Corpus) -> None:
    fits = weigh(Profile(likes=("unheard of",)), corpus)
    assert verdict_of(fits).startswith(f"Your input does not decide between the {corpus.roles[0].title} and the ")
    assert weigh(Profile(), replace(corpus, roles=())) == () and verdict_of(()) == ""
    assert choices(replace(corpus, roles=())) == Choices((), (), ())


# Market


def test_pay_and_outlook_are_drawn_with_the_table_and_its_source(page: Page, corpus: Corpus) -> None:
    show(page, "Market")
    sections = page.locator("#rw-market .rw-table")
    expect(sections).to_have_count(len(market(corpus)))
    jobs = sections.filter(has_text="featured").first
    page.locator(".rw-contents button", has_text="featured").click()
    expect(jobs.locator("h3")).to_be_focused()
    expect(jobs.locator("h3")).to_be_in_viewport()
    expect(jobs.locator(".rw-values").first).to_be_hidden()
    jobs.locator("svg").first.hover()
    expect(jobs.locator(".rw-values").first).to_be_visible()
    expect(jobs.locator(".rw-values").first).to_have_text("USD 111,000 to USD 211,000")
    expect(jobs.locator("svg").first).to_have_accessible_name(re.compile("USD 111,000 to USD 211,000$"))
    expect(jobs.locator("aside")).to_contain_text("ai-jobs.net")
    expect(jobs.locator("table tbody tr")).to_have_count(6)
    outlook = sections.filter(has_text="Labor Statistics").last
    expect(outlook.locator(".rw-plot-row.rw-pale").first).to_contain_text("superseded")
    expect(outlook.locator("aside")).to_contain_text("not intended to be a forecast")


def test_samples_are_drawn_before_single_adverts_and_outlook_last(corpus: Corpus) -> None:
    assert [key for key, _ in groupby(plot.kind for plot in market(corpus))] == ["quartiles", "range", "growth"]


def test_quartiles_and_small_samples_are_found_by_words(corpus: Corpus) -> None:
    jobs = next(t for t in corpus.tables if any(c.kind == "money" for c in t.columns))
    columns = (
        Column("title", "name"),
        Column("n", "number"),
        *(Column(name, "money", (), "EUR") for name in ("p25", "median", "p75")),
    )
    cells = [("A", 500, 1, 2, 3), ("B", 12, 4, 5, 6), ("C", 9, None, None, None)]
    rows = tuple(
        Row({c.name: v for c, v in zip(columns, row, strict=True) if v is not None}, passage.passage)  # type: ignore[misc]
        for row, passage in zip(cells, jobs.rows, strict=False)
    )
    plot = market(replace(corpus, tables=(replace(jobs, columns=columns, rows=rows),)))[0]
    assert (plot.kind, plot.unit) == ("quartiles", "EUR")
    assert [(b.label, b.low, b.middle, b.high, b.pale) for b in plot.bars] == [
        ("A", 1, 2, 3, False),
        ("B", 4, 5, 6, True),
        ("C", None, None, None, True),
    ]
    assert "small sample" in market_view(replace(corpus, tables=(replace(jobs, columns=columns, rows=rows),)))


@pytest.mark.parametrize(
    ("figures", "ends"), [([17, 36], (0, 40)), ([96_000, 211_000], (0, 250_000)), ([-8, 4], (-10, 5)), ([], (0, 1))]
)
def test_an_axis_holds_every_figure_and_zero(figures: list[float], ends: tuple[float, float]) -> None:
    scale = scale_of(figures)
    assert (scale.low, scale.high) == pytest.approx(ends) and len(scale.ticks) <= 8


def test_no_tables_are_said(corpus: Corpus) -> None:
    assert NO_TABLES in market_view(replace(corpus, tables=()))


# Sources


def test_sources_are_listed_searched_and_opened(page: Page, corpus: Corpus) -> None:
    show(page, "Sources")
    documents = page.locator(".rw-document")
    expect(documents).to_have_count(len(corpus.documents))
    expect(page.locator("#rw-found")).to_have_text(f"{len(corpus.documents)} sources, {len(corpus.passages)} passages")
    documents.first.locator("summary").click()
    expect(documents.first).to_contain_text(corpus.documents[0].provenance.licence)
    expect(documents.first).to_contain_text(corpus.documents[0].passages[-1].text)
    page.get_by_label("Search the sources").fill("not intended forecast")
    expect(page.locator(".rw-document:visible")).to_have_count(1)
    expect(page.locator(".rw-passages li:visible")).to_have_count(1)
    page.get_by_label("Search the sources").fill("")
    expect(page.locator(".rw-document:visible")).to_have_count(len(corpus.documents))


# All of them


def test_no_tab_scrolls_sideways_or_asks_another_machine(browser: Browser, address: str) -> None:
    asked: list[str] = []
    for width in (375, 768, 1440):
        page = open_page(browser, address, viewport={"width": width, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        for name in TABS:
            show(page, name)
            if name == "Fit":
                page.fill("#rw-words textarea", "I love Java.")
                weighed(page)
            assert page.evaluate(SIDEWAYS) == 0, (name, width)
        page.context.close()
    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"127.0.0.1"}


# Colours are those of the mode and sizes those of the width, so two of the four say as much as all; soaking runs all.
LOOKS = [
    (1280, "light"),
    (375, "dark"),
    *([(1280, "dark"), (375, "light")] if os.environ.get("ROLEWISE_TEST_SOAK") else []),
]


@pytest.mark.parametrize(("width", "mode"), LOOKS)
def test_axe_finds_nothing_that_keeps_people_out(browser: Browser, address: str, width: int, mode: str) -> None:
    page = opened_at(
        browser, address, viewport={"width": width, "height": 900}, color_scheme=mode, reduced_motion="reduce"
    )
    found = {"Chat": Axe().run(page)}
    for name in TABS:
        show(page, name)
        if name == "Fit":
            page.fill("#rw-words textarea", "I love Java and hate managing people.")
            weighed(page)
        found[name] = Axe().run(page)
    assert {name: result.generate_report() for name, result in found.items() if result.violations_count} == {}
    brightness = page.evaluate(
        "parseInt(getComputedStyle(document.querySelector('.rw-document')).backgroundColor.match(/\\d+/)[0])"
    )
    assert (brightness < 60) is (mode == "dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.rw-card')).transitionDuration") in (
        "0.01ms",
        "1e-05s",
    )
    page.context.close()


def test_hostile_text_in_sources_does_nothing(corpus: Corpus) -> None:
    hostile = replace(
        corpus.roles[0],
        title=HOSTILE,
        passages=tuple(replace(p, short=HOSTILE, text=HOSTILE) for p in corpus.roles[0].passages),
    )
    document = replace(
        corpus.documents[0],
        text=f"# {HOSTILE}",
        passages=hostile.passages,
        provenance=replace(corpus.documents[0].provenance, title=HOSTILE),
    )
    bad = Corpus(corpus.vocabulary, (document, *corpus.documents[1:]), (hostile, corpus.roles[1]), ())
    for view in (compared(bad, hostile.id, bad.roles[1].id), library_view(bad)):
        assert "<img" not in view and "<script" not in view and "${" not in view and "{{" not in view
