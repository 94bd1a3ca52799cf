"""People's own documents: taken in by the real command, asked about with the real advisor, and bad files of every kind."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import own_files
from conftest import Ran, rolewise_process, with_index
from rolewise.advisor import Advisor, Answer
from rolewise.corpus import Corpus, imports, load_corpus
from rolewise.corpus.imports import convert
from rolewise.corpus.imports.reading import Reader
from rolewise.errors import ImportFault
from rolewise.index import MiniLM, Store
from rolewise.settings import Settings, shipped_corpus

Run = Callable[..., Ran]
KINDS = ("articles", "tables", "roles")


def held(home: Path) -> dict[str, str]:
    """The files of the own folder by place, with their text."""
    folder = home / "corpus"
    return {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for k in KINDS
        for p in sorted((folder / k).glob("*"))
    }


def held_text(path: Path) -> str:
    """An article of the own folder without its front matter."""
    return path.read_text(encoding="utf-8").split("---\n\n", 1)[1]


def indexed(home: Path, embedder: MiniLM) -> set[str]:
    return Store(Settings(home=home).index_folder, embedder).ids()


def wanted(home: Path) -> set[str]:
    settings = Settings(home=home)
    return {p.id for p in load_corpus(settings.corpus, settings.own_corpus).passages}


@pytest.fixture
def fresh_home(home: Path, tmp_path: Path) -> Path:
    """A home whose index holds the shipped corpus already: only what is added has to be embedded."""
    return with_index(Settings(home=tmp_path / "home"), home).home


@pytest.fixture(scope="module")
def full_home(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A home with one document of each format taken in by the command itself."""
    folder = tmp_path_factory.mktemp("own")
    with_index(Settings(home=folder / "home"), home)
    own_files.good_folder(folder / "documents")
    ran = rolewise_process("add", str(folder / "documents"), home=folder / "home")
    assert ran.code == 0, ran
    assert len(re.findall(r"^added ", ran.out, re.M)) == 8, ran.out  # seven files, and what the index did
    assert re.search(r"^passed over .*1 \.jpg", ran.out, re.M)
    return folder / "home"


@pytest.fixture(scope="module")
def ask(full_home: Path) -> Iterator[Callable[[str], Answer]]:
    advisor = Advisor(Settings(home=full_home, model="none"))
    advisor.load()
    yield advisor.invoke
    advisor.close()


FACTS = [
    ("How many days of leave does every engineer have?", "27 days", "article:own/leave-policy", "Chapter 1 > page 1"),
    ("When does leave that is not taken lapse?", "end of March", "article:own/leave-policy", "Chapter 1 > page 1"),
    ("After how many years of service is a sabbatical possible?", "six years", "article:own/leave-policy", "Chapter 2 > page 2"),
    ("What bonus does the Steward grade get?", "900 EUR", "article:own/leave-policy", "Chapter 2 > page 2"),
    ("When do new engineers ship a change to production?", "third day", "article:own/onboarding", "First week"),
    ("Who owns the design review?", "staff engineer of a team", "article:own/onboarding", "First week"),
    ("Who hands out laptops?", "facilities desk", "article:own/onboarding", "First week"),
    ("In which week is the security training?", "Week: 2", "article:own/onboarding", "First week"),
    ("How many apprentices does a steward mentor?", "two apprentices", "article:own/ladder", "Stewards"),
    ("Who reviews blueprints?", "blueprints", "article:own/ladder", "Stewards"),
    ("What is the mentoring budget?", "900 euros", "article:own/mentoring", "Money"),
    ("How many seats does the Circle programme have?", "Seats: 30", "article:own/mentoring", "Money"),
    ("How long is the probation period?", "five months", "article:own/notes", "Interview notes"),
    ("Which language does Borealis Robotics use for the flight controller?", "Rust", "article:own/notes", "Interview notes"),
    ("What does Cinder Labs pay?", "72.500 €", "table:own/salaries", "Salaries"),
    ("Which employers are in Oslo?", "Delta Grid", "table:own/salaries", "Salaries"),
    ("Which role needs ultrasonic testing?", "Bridge Inspector", "role:bridge-inspector", "Skills"),
    ("What does a Bridge Inspector do?", "state of bridges", "role:bridge-inspector", "What the role is"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "fact", "source", "section"), FACTS, ids=[q for q, *_ in FACTS])
def test_a_fact_of_an_own_document_is_answered_and_cited(
    ask: Callable[[str], Answer], question: str, fact: str, source: str, section: str
) -> None:
    answer = ask(question)
    assert answer.status in ("answered", "partly"), answer.answer
    assert fact in answer.answer
    assert (source, section) in {
        (c.source_id, c.section) for c in answer.citations if fact in c.quote or source.startswith("role")
    }


def test_the_shipped_corpus_answers_as_before_beside_own_documents(
    ask: Callable[[str], Answer], advisor: Advisor
) -> None:
    for question in ("Which role needs AWS?", "Do I need a PhD to become a lead?", "Which job pays the most?"):
        assert ask(question).answer == advisor.invoke(question).answer


def test_an_own_document_answers_what_the_shipped_tables_leave_open(
    rolewise: Run, fresh_home: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "firms.md"
    notes.write_text(
        "# Notes on firms\n\nCere Network is a big company with 900 people.\n"
        "Applications at Cere Network close on the third of March.\n"
        "Leave that is not taken is lost by the end of March.\n",
        encoding="utf-8",
    )
    assert rolewise("add", str(notes), home=fresh_home).code == 0
    for question, fact in (
        ("Is Cere Network a big company?", "900 people"),
        ("Until what day can I apply at Cere Network?", "third of March"),
        ("Until when can leave be taken?", "end of March"),
    ):
        answer = rolewise("ask", question, home=fresh_home, model="none").out
        assert fact in answer, answer
        assert not answer.startswith("Yes: Cere Network in San Francisco")


def test_structure_survives_and_what_is_no_text_goes(full_home: Path) -> None:
    files = held(full_home)
    ladder = files["articles/ladder.md"]
    assert "# Career ladder\n" in ladder and "\n## Stewards\n" in ladder
    assert "- Stewards are on call one week in six.\n- They review blueprints.\n" in ladder
    assert "- Rank: Steward; Ceiling: EUR 95,000." in ladder
    for gone in ("steal", "color", "Vacancies", "Hidden", "Cookie", "192.0.2.1", "alert"):
        assert gone not in ladder
    assert "- Grade: Steward; Days: 30; Bonus: 900 EUR." in files["articles/leave-policy.md"]
    assert "of the following year lapses without" in files["articles/leave-policy.md"], "a wrapped line was not joined"
    assert "900 euros a year (details), as agreed (12)." in files["articles/mentoring.md"], (
        "[12] would pass for a marker"
    )
    assert (
        "in the team uses" not in files["articles/notes.md"]
        and "for the flight controller" in files["articles/notes.md"]
    )


def test_provenance_says_what_the_file_says_of_itself(full_home: Path) -> None:
    corpus = load_corpus(shipped_corpus(), full_home / "corpus")
    found = {d.id: d for d in corpus.documents if d.own}
    assert found["article:own/ladder"].provenance.published == "2025-03-04"
    assert found["article:own/mentoring"].provenance.published == "2025-06-01"
    assert found["article:own/leave-policy"].provenance.title == "Leave policy"
    assert found["article:own/leave-policy"].provenance.file == "leave_policy.pdf"
    assert {d.provenance.licence for d in found.values() if d.kind != "role"} == {"your own document, not shared"}
    for document in found.values():
        for passage in document.passages:
            assert document.text[passage.start : passage.end] == passage.text
            assert "<!--" not in passage.text


def test_the_kinds_of_a_csvs_columns_are_told(full_home: Path) -> None:
    corpus = load_corpus(shipped_corpus(), full_home / "corpus")
    table = next(t for t in corpus.tables if t.document_id == "table:own/salaries")
    kinds = {c.name: (c.kind, c.unit) for c in table.columns}
    assert kinds == {"employer": ("name", ""), "city": ("name", ""), "salary": ("money", "EUR"),
                     "headcount": ("number", ""), "posted": ("date", "")}  # fmt: skip
    assert [row.values["salary"] for row in table.rows] == [72500, 91000, 64000]
    assert [row.values["headcount"] for row in table.rows] == [80, 1200, 45]
    assert table.rows[0].passage.text == (
        "Employer: Cinder Labs; City: Ghent; Salary: 72.500 €; Headcount: 80; Remote: no; Posted: 2025-03-01."
    )


def test_sources_marks_what_is_own_and_own_can_be_left_out(rolewise: Run, full_home: Path, corpus: Corpus) -> None:
    rows = json.loads(rolewise("sources", "--json", home=full_home).out)
    assert [r["source_id"] for r in rows if not r["own"]] == [d.id for d in corpus.documents]
    assert {r["file"] for r in rows if r["own"]} >= {"leave_policy.pdf", "salaries.csv"}
    shown = rolewise("sources", home=full_home).out
    assert re.search(r"Leave policy .* own +own/articles/leave-policy\.md", shown)
    assert "own/" not in rolewise("sources", home=full_home, own="no").out


def test_check_covers_own_documents_and_a_single_file(rolewise: Run, full_home: Path) -> None:
    ran = rolewise("check", home=full_home)
    assert ran.code == 0 and "all valid (7 of the documents your own)" in ran.out
    place = full_home / "corpus" / "roles" / "bridge-inspector.yaml"
    assert rolewise("check", str(place), home=full_home).out.endswith("2 passages, valid\n")
    assert rolewise("check", str(full_home / "corpus"), home=full_home).code == 0


def test_adding_again_changes_nothing_and_an_edited_file_replaces_its_former_version(
    rolewise: Run, fresh_home: Path, tmp_path: Path, embedder: MiniLM
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(own_files.TEXT)
    assert "added " in rolewise("add", str(notes), home=fresh_home).out
    before = held(fresh_home)
    again = rolewise("add", str(notes), home=fresh_home)
    assert again.code == 0 and again.out.startswith("unchanged") and "added 0, removed 0" in again.out
    assert held(fresh_home) == before
    itself = rolewise(
        "add", str(fresh_home / "corpus"), str(fresh_home / "corpus" / "articles" / "notes.md"), home=fresh_home
    )
    assert itself.code == 0 and held(fresh_home) == before
    notes.write_text(own_files.TEXT.replace("five months", "seven months"))
    edited = rolewise("add", str(notes), home=fresh_home)
    assert edited.out.startswith("replaced") and "added 1, removed 1" in edited.out
    assert list(held(fresh_home)) == list(before) and "seven months" in held(fresh_home)["articles/notes.md"]
    assert indexed(fresh_home, embedder) == wanted(fresh_home)


def test_two_files_of_one_name_stand_beside_each_other_and_a_moved_one_does_not(
    fresh_home: Path, tmp_path: Path, corpus: Corpus
) -> None:
    own_folder = fresh_home / "corpus"
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.md").write_text(f"# Notes\n\nThe team {name} meets on Mondays.\n")
        outcomes = list(imports.add([tmp_path / name], own_folder, corpus))
        assert [o.status for o in outcomes] == ["added"]
    assert "another of your documents came from a file of this name: own/articles/notes.md" in outcomes[0].note
    (tmp_path / "a").rename(tmp_path / "c")
    (tmp_path / "c" / "notes.md").write_text("# Notes\n\nThe team a meets on Fridays.\n")
    assert [o.status for o in imports.add([tmp_path / "c"], own_folder, corpus)] == ["replaced"]
    assert sorted(held(fresh_home)) == ["articles/notes-2.md", "articles/notes.md"]


def test_remove_takes_out_what_is_named_and_nothing_else(
    rolewise: Run, fresh_home: Path, tmp_path: Path, embedder: MiniLM
) -> None:
    documents = own_files.good_folder(tmp_path / "documents")
    rolewise(
        "add",
        str(documents / "notes.txt"),
        str(documents / "mentoring.md"),
        str(documents / "inspector.yaml"),
        home=fresh_home,
    )
    ran = rolewise("remove", "notes.txt", "Mentoring at Borealis", "../../../etc/passwd", "inspctor", home=fresh_home)
    assert ran.code == 1
    assert len(re.findall("^removed", ran.out, re.M)) == 2
    assert "none of your own documents is called so; nothing was removed" in ran.err and "Did you mean" in ran.err
    assert sorted(held(fresh_home)) == ["roles/bridge-inspector.yaml"]
    assert (documents / "notes.txt").is_file()
    assert rolewise("remove", "bridge-inspector", home=fresh_home).code == 0
    assert indexed(fresh_home, embedder) == wanted(fresh_home) == {p.id for p in load_corpus(shipped_corpus()).passages}


def test_a_bad_file_is_named_with_what_to_do_and_the_rest_goes_in(
    rolewise: Run, fresh_home: Path, tmp_path: Path, embedder: MiniLM
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, content, _ in own_files.BAD.values():
        (folder / name).write_bytes(content())
    (folder / "aa-first.txt").write_text("The first fact is that tea is free.")
    (folder / "zz-last.txt").write_text("The last fact is that coffee is not.")
    (folder / "link.md").symlink_to("/etc/hostname")
    (folder / "loop").symlink_to(folder)
    started = time.monotonic()
    ran = rolewise("add", str(folder), str(folder / "nowhere.pdf"), home=fresh_home)
    assert time.monotonic() - started < 40
    assert ran.code == 1
    said = {
        Path(line.split(": ")[0].split()[-1]).name: line for line in ran.err.splitlines() if line.startswith("failed")
    }
    for fault, (name, _, pattern) in own_files.BAD.items():
        assert re.search(pattern, said.pop(name)), fault
    assert "links in folders are not followed" in said.pop("link.md")
    assert "there is no such file" in said.pop("nowhere.pdf")
    assert said == {}
    assert f"{len(own_files.BAD) + 2} did not go in" in ran.err and "Traceback" not in ran.err
    assert sorted(held(fresh_home)) == ["articles/aa-first.md", "articles/zz-last.md"]
    assert indexed(fresh_home, embedder) == wanted(fresh_home)


def test_a_file_over_the_limit_of_bytes_is_not_even_read(tmp_path: Path, corpus: Corpus) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(60_000_000)
    (outcome,) = imports.add([big], tmp_path / "own", corpus)
    assert outcome.status == "failed" and "60 MB; 50 MB is the most. Split it" in outcome.said


def test_what_only_looks_dangerous_goes_in_harmlessly(tmp_path: Path, corpus: Corpus) -> None:
    folder, own_folder = tmp_path / "in", tmp_path / "own"
    folder.mkdir()
    (folder / "wrong.docx").write_bytes(own_files.pdf("A PDF that is called a Word file."))
    (folder / "latin.txt").write_bytes("The café pays a résumé check.".encode("cp1252"))
    (folder / "wide.txt").write_bytes("Tea is served at four.".encode("utf-16"))
    (folder / "formula.csv").write_text("name,note\n=cmd|'/C calc'!A1,\"a, b\"\n@SUM(A1),plain words\n")
    (folder / "script.md").write_text("# A\n\nThe <script>alert(1)</script>door code is blue.\n\n<script>alert(2)</script>\n\n"
                                      "![pixel](http://192.0.2.1/p.png)\n")  # fmt: skip
    (folder / "forged.md").write_text("# B\n\nNo page <!-- page 9 --> here. {aspect=pay}\n")
    (tmp_path / "real.md").write_text("# C\n\nA link that was given by name is followed.\n")
    (tmp_path / "named.md").symlink_to(tmp_path / "real.md")
    given = [folder, folder / ".." / "named.md"]
    outcomes = {Path(o.file).name: o for o in imports.add(given, own_folder, corpus)}
    assert {o.status for o in outcomes.values()} == {"added"}, outcomes
    assert outcomes["wrong.docx"].note == "it is PDF, whatever its name says"
    assert outcomes["latin.txt"].note == "not UTF-8: read as cp1252"
    said = " ".join(p.text for d in load_corpus(shipped_corpus(), own_folder).documents if d.own for p in d.passages)
    assert "café pays a résumé" in said and "Tea is served at four." in said
    assert "=cmd|'/C calc'!A1" in said, "a formula is told as it stands, and never run"
    assert "script" not in said and "alert(2)" not in said and "192.0.2.1" not in said and "<" not in said
    assert all(
        p.page is None
        for d in load_corpus(shipped_corpus(), own_folder).documents
        if d.id == "article:own/forged"
        for p in d.passages
    )
    assert {p.parent.parent for p in own_folder.rglob("*.md")} == {own_folder}


def test_a_role_that_is_shipped_already_is_refused(tmp_path: Path, corpus: Corpus) -> None:
    twin = tmp_path / "twin.yaml"
    twin.write_text(own_files.ROLE.replace("bridge-inspector", corpus.roles[0].id))
    (outcome,) = imports.add([twin], tmp_path / "own", corpus)
    assert outcome.status == "failed" and "is taken by another file" in outcome.said
    assert list((tmp_path / "own").rglob("*.yaml")) == []


def test_five_hundred_pages_go_in_with_their_pages_in_bounded_time(tmp_path: Path, corpus: Corpus) -> None:
    book = tmp_path / "book.pdf"
    book.write_bytes(own_files.pdf(*(f"Rule {n} says that door {n} stays shut." for n in range(1, 501))))
    seen: list[tuple[int, int]] = []
    started = time.monotonic()
    (outcome,) = imports.add([book], tmp_path / "own", corpus, lambda file, done, total: seen.append((done, total)))
    assert time.monotonic() - started < 30
    assert outcome.status == "added" and seen[-1] == (500, 500) and len(seen) == 500
    passages = [p for d in load_corpus(shipped_corpus(), tmp_path / "own").documents if d.own for p in d.passages]
    assert [p.page for p in passages if p.text == "Rule 321 says that door 321 stays shut."] == [321]


def test_a_sentence_over_a_page_break_stays_whole_and_keeps_its_first_page(tmp_path: Path, corpus: Corpus) -> None:
    made = own_files.FPDF()
    made.set_font("Helvetica", "", 11)
    made.add_page()
    made.multi_cell(0, 6, "The notice period of a steward is")
    made.add_page()
    made.multi_cell(0, 6, "three months. The notice is given in writing.")
    (tmp_path / "notice.pdf").write_bytes(bytes(made.output()))
    assert [o.status for o in imports.add([tmp_path / "notice.pdf"], tmp_path / "own", corpus)] == ["added"]
    (document,) = [d for d in load_corpus(shipped_corpus(), tmp_path / "own").documents if d.own]
    assert [(p.text, p.page) for p in document.passages] == [
        ("The notice period of a steward is three months.", 1),
        ("The notice is given in writing.", 2),
    ]


def test_a_table_that_goes_on_over_pages_keeps_its_header_and_its_pages(tmp_path: Path, corpus: Corpus) -> None:
    made = own_files.FPDF()
    made.set_font("Helvetica", "", 11)
    made.add_page()
    with made.table() as table:
        for cells in [("Locker", "Floor", "Keeper"), *((f"Box {n}", f"{n % 7}", f"Keeper {n}") for n in range(1, 61))]:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    (tmp_path / "lockers.pdf").write_bytes(bytes(made.output()))
    list(imports.add([tmp_path / "lockers.pdf"], tmp_path / "own", corpus))
    (document,) = [d for d in load_corpus(shipped_corpus(), tmp_path / "own").documents if d.own]
    assert [p.text for p in document.passages] == [
        f"Locker: Box {n}; Floor: {n % 7}; Keeper: Keeper {n}." for n in range(1, 61)
    ]
    assert (document.passages[0].page, document.passages[-1].page) == (1, 2)


def test_words_own_ways_of_holding_text_are_read_once_each(tmp_path: Path, corpus: Corpus) -> None:
    """A reviewer's changes, links, fields to fill in, text boxes with a copy for older programs, joined cells."""
    own_files.word_with_everything(tmp_path / "all.docx")
    list(imports.add([tmp_path / "all.docx"], tmp_path / "own", corpus))
    text = held_text(tmp_path / "own" / "articles" / "all.md")
    assert text == (
        "# House rules\n\nThe porter now lives at the gate.\n\nField text is kept.\n\nBefore the box.\n\n"
        "Boxed words stand once.\n\n- Team: Red; Room: R1; Upper floor.\n- Team: Blue; Room: R2; Seats: 5.\n"
    )


def test_an_interrupted_run_leaves_whole_files_and_the_next_one_resumes(
    rolewise: Run, fresh_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corpus: Corpus, embedder: MiniLM
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"The room {name.upper()} has {name} chairs in the corner.")
    real = Reader.converted

    def interrupted(reader: Reader, original: convert.Original, progress: convert.Progress) -> convert.Made:
        if original.path.name == "b.txt":
            (fresh_home / "corpus" / "articles" / "half.part").write_text("half a fi")
            raise KeyboardInterrupt
        return real(reader, original, progress)

    with monkeypatch.context() as patch:
        patch.setattr(Reader, "converted", interrupted)
        with pytest.raises(KeyboardInterrupt):
            list(imports.add([folder], fresh_home / "corpus", corpus))
    assert "The room A has" in held(fresh_home)["articles/a.md"]
    assert rolewise("check", home=fresh_home).code == 0
    ran = rolewise("add", str(folder), home=fresh_home)
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == ["unchanged", "added", "added", "added"]
    assert sorted(held(fresh_home)) == ["articles/a.md", "articles/b.md", "articles/c.md"]
    assert indexed(fresh_home, embedder) == wanted(fresh_home)


def test_a_folder_that_cannot_be_written_is_a_fault_with_its_fix(tmp_path: Path, corpus: Corpus) -> None:
    (tmp_path / "own").write_text("a file stands here")
    (tmp_path / "a.txt").write_text("Tea is free.")
    with pytest.raises(ImportFault, match=r"cannot be written.*Nothing was changed.*ROLEWISE_HOME"):
        list(imports.add([tmp_path / "a.txt"], tmp_path / "own", corpus))


def test_a_broken_own_file_is_set_aside_and_named(rolewise: Run, fresh_home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The tea kitchen is on the ninth floor.")
    rolewise("add", str(tmp_path / "a.txt"), home=fresh_home)
    (fresh_home / "corpus" / "roles").mkdir()
    (fresh_home / "corpus" / "roles" / "broken.yaml").write_text("id: broken\n")
    (fresh_home / "corpus" / "articles" / "latin.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    asked = rolewise("ask", "On which floor is the tea kitchen?", home=fresh_home, model="none")
    assert asked.code == 0 and "ninth floor" in asked.out
    assert "Note: 2 of your own files were set aside, the other sources are used. `rolewise check`" in asked.out
    checked = rolewise("check", home=fresh_home)
    assert (checked.code, checked.out) == (1, "")
    for name in ("broken.yaml", "latin.md"):
        assert re.search(rf"{name} was set aside, the other sources are used", checked.err), checked.err
    assert "the field `title` is missing: add it" in checked.err and "2 of your own files to mend" in checked.err
    assert rolewise("remove", "broken", "latin", home=fresh_home).code == 0
    assert rolewise("check", home=fresh_home).code == 0


def test_a_new_role_is_written_checked_and_answered(rolewise: Run, fresh_home: Path, tmp_path: Path) -> None:
    ran = rolewise("new-role", "Tram Conductor", home=fresh_home)
    place = fresh_home / "corpus" / "roles" / "tram-conductor.yaml"
    assert ran.code == 0 and str(place) in ran.out
    assert rolewise("check", str(place), home=fresh_home).code == 0
    assert rolewise("check", home=fresh_home).code == 0
    text = place.read_text(encoding="utf-8")
    filled = re.sub(r"^#(?! \S)", "", text, flags=re.M)
    assert filled.count("\nrequirements:") == filled.count("\nindustries:") == 1
    place.write_text(filled, encoding="utf-8")
    assert rolewise("check", str(place), home=fresh_home).code == 0, filled
    again = rolewise("new-role", "Tram Conductor", home=fresh_home)
    assert again.code == 1 and "There is a role `tram-conductor` already" in again.err
    elsewhere = rolewise("new-role", 'Chef: "Pastry"', "--to", str(tmp_path / "chef.yaml"), home=fresh_home)
    assert elsewhere.code == 0 and rolewise("check", str(tmp_path / "chef.yaml"), home=fresh_home).code == 0
    assert rolewise("add", str(tmp_path / "chef.yaml"), home=fresh_home).code == 0
    answer = rolewise("ask", "What is a Tram Conductor?", home=fresh_home, model="none")
    assert "A Tram Conductor is a role" in answer.out
    needs = rolewise("ask", "What skills does a Tram Conductor need?", home=fresh_home, model="none")
    assert "spreadsheets or databases" in needs.out


def test_asking_loads_none_of_the_parsers(full_home: Path) -> None:
    script = "import sys, rolewise.advisor.chain, rolewise.cli; print(*(set(sys.modules) & {'pypdf', 'docx', 'bs4', 'markdownify'}))"
    import subprocess

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.split() == []
