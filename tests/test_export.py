"""A conversation as a Markdown file."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rolewise.advisor import Answer
from rolewise.web.export import as_markdown, file_name
from rolewise.web.turns import Turn
from web_fixtures import HOSTILE, PHD, asked


def test_the_conversation_is_exported_with_its_sources(page: Page, tmp_path: Path) -> None:
    page.click("#rw-export")
    expect(page.locator("#rw-note")).to_contain_text("nothing to export yet")
    asked(page, "Do I need a PhD?")
    asked(page, HOSTILE)
    with page.expect_download() as download:
        page.click("#rw-export")
    assert download.value.suggested_filename == "rolewise-do-i-need-a-phd.md"
    download.value.save_as(tmp_path / "saved.md")
    lines = (tmp_path / "saved.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Do I need a PhD?"
    assert "No, a Ph.D. is preferred, not required [1]. A master's degree is usual [2]." in lines
    assert (
        "- \\[2\\] “A lead usually has a master's degree.” A guide, Education, The publisher, 2023-12-06, "
        "<https://example.org/guide>" in lines
    )
    assert "> The figures are of 2023." in lines
    assert not any("<img" in line.replace("\\<", "") for line in lines)


def test_nothing_in_a_conversation_breaks_out_of_its_markdown() -> None:
    from markdown_it import MarkdownIt

    bad = "\n# big\n```\n<img src=x>\n![i](http://192.0.2.1/i)\n| a | b |\n- x <script> *b* [l](javascript:x)"
    cited = PHD.model_copy(update={"quote": bad, "title": bad, "url": "https://x.org/a b>[c](d)"})
    answer = Answer(id="a", question=bad, standalone_question=bad, status="answered", answer=f"Said [1].{bad}",
                    citations=(cited,), notices=(bad,), model=bad, drafted=1.0)  # fmt: skip
    plain = answer.model_copy(update={"answer": "Plain [1].", "notices": (), "citations": (PHD,)})
    text = as_markdown([Turn(bad, answer, done=True), Turn("second", plain, done=True)])
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or ()}
    assert not kinds & {"fence", "code_block", "html_block", "html_inline", "image"}, text
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", "h2", "h3", "h2", "h3"]
    links = [c.attrs["href"] for t in tokens for c in t.children or () if c.type == "link_open"]
    assert links == ["https://x.org/a%20b%3E%5Bc%5D(d)", "https://example.org/guide"]


@pytest.mark.parametrize(
    ("question", "name"),
    [("../../etc/passwd\0?", "rolewise-etc-passwd.md"), ("¿Qué es un líder?", "rolewise-qué-es-un-líder.md"),
     ("???", "rolewise-conversation.md"), ("word " * 100, "rolewise-" + "-".join(["word"] * 12) + ".md")],
)  # fmt: skip
def test_a_file_is_named_by_the_first_question(question: str, name: str) -> None:
    assert file_name([Turn(question)]) == name
