"""The Fit tab: a short profile, or a CV, weighed against each role."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from rolewise.advisor.experience import Experience, in_words, years_in, years_in_cv
from rolewise.advisor.interview_words import not_named
from rolewise.advisor.profile import Choices, Profile, choices
from rolewise.advisor.weighing import weigh
from rolewise.errors import CvError
from rolewise.web.citing import capital, nothing
from rolewise.web.fit_cards import Read, fit_view
from rolewise.web.markdown import escaped
from rolewise.web.opening import Opening
from rolewise.web.own import forget
from rolewise.web.waiting import PRIVATE, on_opening

NO_ROLES = "The sources describe no role, so there is nothing to weigh yet."
EMPTY = "Nothing is filled in yet. Choose a skill, a like or a dislike, or write a sentence about yourself."
NOTHING_IN_CV = "The CV names nothing that the sources name, and no years of experience."
PROMPT = "The result appears here: for each role what matches, what is missing, and how the points come about."
PROMISE = "Everything stays on this machine. A CV is read once and deleted at once; only the skills, education and years found in it stay, in the form."

CV_TYPES = [".pdf", ".docx", ".txt", ".text", ".md", ".html", ".htm"]
ALIKE = 6  # letters that names begin with alike
MOST_NAMES = 3  # other names of an item that a list shows
NOT_SAID = -1
TO_RESULT = """() => {
  const verdict = document.querySelector("#rw-fits h3");
  verdict?.focus({ preventScroll: true });
  verdict?.scrollIntoView({ block: innerWidth < 720 ? "start" : "nearest" }); // on a phone it stands below the form
}"""
YEARS = (("Not said", NOT_SAID), ("Less than one", 0), *((str(n), n) for n in range(1, 10)), ("10 or more", 10))

ReadCv = Callable[[Path], str]


def fit_tab(opening: Opening, tab: gr.Tab, read_cv: ReadCv) -> None:
    """Lay out the form and its result. `read_cv` gives the text of a file or raises CvError."""
    many: dict[str, Any] = {"multiselect": True, "interactive": True, "filterable": True}
    form = Form(opening, read_cv)
    gr.HTML(f"<h2>Which role fits me?</h2><p>{PROMISE}</p>", elem_classes="rw-intro")
    with gr.Row(elem_id="rw-fit"):
        with gr.Column(elem_id="rw-form", min_width=260):
            upload = gr.UploadButton(
                "Read a CV (PDF, Word, text)",
                elem_id="rw-cv",
                variant="secondary",
                file_count="single",
                file_types=CV_TYPES,
            )
            told = gr.HTML("", apply_default_css=False, elem_id="rw-cv-told")
            skills = gr.Dropdown(
                [],
                label="Skills you have",
                info="Type to search; other names work, too, with Enter.",
                elem_id="rw-skills",
                allow_custom_value=True,
                **many,
            )
            education = gr.Dropdown([], label="Education you have", elem_id="rw-education", **many)
            years = gr.Dropdown(
                list(YEARS), value=NOT_SAID, label="Years of experience", elem_id="rw-years", interactive=True, filterable=False,
            )  # fmt: skip
            likes = gr.Dropdown([], label="Work you like", elem_id="rw-likes", **many)
            dislikes = gr.Dropdown([], label="Work you would rather not do", elem_id="rw-dislikes", **many)
            words = gr.Textbox(
                label="In your own words",
                lines=3,
                max_lines=8,
                max_length=4000,
                placeholder="I love … and hate …",
                elem_id="rw-words",
            )
            go = gr.Button("Weigh it", variant="primary", elem_id="rw-weigh")
        with gr.Column(elem_id="rw-fits", min_width=300):
            result = gr.HTML(nothing(PROMPT), apply_default_css=False, elem_id="rw-result")
    lists = [skills, education, likes, dislikes]
    tab.select(on_opening(opening, 5, lambda *_: form.opened()), None, [*lists, result], **PRIVATE)
    # Through the queue, which alone brings what is said to the page.
    skills.change(form.canonical, skills, skills, concurrency_limit=None, **PRIVATE)
    upload.upload(form.from_cv, [upload, skills, education], [skills, education, years, told, upload], **PRIVATE)
    go.click(form.weighed, [skills, education, years, likes, dislikes, words], result, **PRIVATE).then(
        None,
        None,
        None,
        js=TO_RESULT,
        **PRIVATE,
    )


class Form:
    """What the form's events do; it keeps nothing between them."""

    def __init__(self, opening: Opening, read_cv: ReadCv) -> None:
        self._opening = opening
        self._read_cv = read_cv

    def opened(self) -> tuple[Any, ...]:
        """What can be chosen, from the corpus."""
        corpus = self._opening.advisor.corpus
        found = choices(corpus)
        lists = (found.skills, found.education, found.tasks, found.tasks)
        synonyms = corpus.vocabulary.synonyms
        updates = (gr.update(choices=[(named(i, synonyms), i) for i in items], visible=bool(items)) for items in lists)
        return *updates, gr.skip() if corpus.roles else nothing(NO_ROLES)

    def canonical(self, skills: list[str]) -> Any:
        """Skills under the corpus's own names: `sklearn` typed in becomes what the sources call it."""
        known = choices(self._opening.advisor.corpus).skills
        if all(skill in known for skill in skills):
            return gr.skip()
        named = [i for skill in skills for i in ([skill] if skill in known else self._opening.advisor.items_in(skill))]
        unknown = [s for s in skills if s not in known and not set(self._opening.advisor.items_in(s)) & set(known)]
        if unknown:
            gr.Info(escaped(not_named(tuple(unknown))), title="Not weighed")
        return list(dict.fromkeys(i for i in named if i in known))

    def from_cv(self, file: str, skills: list[str], education: list[str]) -> tuple[Any, ...]:
        """Add what a CV names to what is chosen. The file is deleted whatever comes of it."""
        path = Path(file)
        try:
            text = self._read_cv(path)
        except CvError as error:
            return gr.skip(), gr.skip(), gr.skip(), nothing(str(error)), None
        finally:
            forget(path)
        named, known = self._opening.advisor.items_in(text), choices(self._opening.advisor.corpus)
        found = [i for i in named if i in known.skills], [i for i in named if i in known.education]
        lists = (
            list(dict.fromkeys([*old, *new])) for old, new in zip((skills or [], education or []), found, strict=True)
        )
        years = years_in_cv(text, date.today())
        return *lists, _chosen(years) if years else gr.skip(), _told(*found, years), None

    def weighed(
        self,
        skills: list[str],
        education: list[str],
        years: int,
        likes: list[str],
        dislikes: list[str],
        words: str,
    ) -> str:
        """The result in HTML."""
        advisor = self._opening.advisor
        told = years_in(words, date.today()) if years == NOT_SAID and words else None
        profile = Profile(
            tuple(skills or ()),
            tuple(education or ()),
            told.years if told else None if years == NOT_SAID else years,
            tuple(likes or ()),
            tuple(dislikes or ()),
        )
        points = advisor.personal_points(words) if words and words.strip() else ()
        wanted, unwanted = tuple(p.item for p in points if p.wanted), tuple(p.item for p in points if not p.wanted)
        profile = _with_words(profile, wanted, unwanted, choices(advisor.corpus))
        if profile.empty:
            return nothing(EMPTY)
        read = None if not words or not words.strip() else Read(wanted, unwanted, told)
        return fit_view(weigh(profile, advisor.corpus), read, advisor.corpus, profile.years)


def named(item: str, synonyms: Mapping[str, Sequence[str]]) -> str:
    """An item with the other names by which the search of a list finds it: `Scikit-learn (sklearn, scikit)`."""
    others: list[str] = []
    for name in synonyms.get(item, ()):
        if not any(_much_alike(name, other) for other in (item, *others)):
            others.append(name)
    return f"{capital(item)} ({', '.join(others[:MOST_NAMES])})" if others else capital(item)


def _much_alike(one: str, other: str) -> bool:
    """Whether who types the one is led to the other anyway: it begins like it."""
    one, other = one.casefold(), other.casefold()
    return one.startswith(other[:ALIKE]) or other.startswith(one[:ALIKE])


def _with_words(profile: Profile, wanted: tuple[str, ...], unwanted: tuple[str, ...], known: Choices) -> Profile:
    """The profile with what free text says: what is wanted counts as had where it is a skill or education, else as liked."""

    def joined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*old, *new)))

    had = {*known.skills, *known.education} - {*known.tasks}
    return replace(
        profile,
        skills=joined(profile.skills, tuple(i for i in wanted if i in known.skills)),
        education=joined(profile.education, tuple(i for i in wanted if i in known.education)),
        likes=joined(profile.likes, tuple(i for i in wanted if i not in had)),
        dislikes=joined(profile.dislikes, unwanted),
    )


def _chosen(years: Experience) -> int:
    """The choice of the list of years that comes nearest to what was found, rounded down."""
    return min(int(years.years), YEARS[-1][1])


def _told(skills: list[str], education: list[str], years: Experience | None) -> str:
    count = len(skills) + len(education)
    found = [f"{count} {'thing' if count == 1 else 'things'} that the sources name"] if count else []
    if years:
        found.append(in_words(years.years) + (", counted from its dates" if years.dated else ""))
    said = f"Found in the CV: {'; '.join(found)}. Correct it below." if found else NOTHING_IN_CV
    return f"<p role='status'>{said} The file is deleted.</p>"
