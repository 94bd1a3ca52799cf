"""Years of experience, read from a CV and from free words."""

from __future__ import annotations

from datetime import date

import pytest

from rolewise.advisor.experience import in_words, years_in, years_in_cv

TODAY = date(2026, 11, 26)
JOBS = """
Jane Sample, born 12 March 1990
Profile
Engineer who likes reliable services.
Work experience
03/2019 – present  Senior engineer at the University of Somewhere
Sept 2016 - Feb 2019  Developer
June 2018 - Dec 2018  A second job beside it
Education
2011 – 2016  M.Sc. Computer Science
Volunteering
2004 - 2012 Red Cross
Skills: Python (9 years)
"""


@pytest.mark.parametrize(
    ("words", "years"),
    [("3", 3), ("about five years", 5), ("3-4 yrs", 3), ("a decade", 10), ("18 months", 1.5), ("less than a year", 0.5),
     ("none", 0), ("no experience yet", 0), ("lots", None), ("2019", None), ("I'm 45 years old", None), ("twenty-five years", 25)],
)  # fmt: skip
def test_years_are_read_in_words_and_figures(words: str, years: float | None) -> None:
    assert years_in(words, TODAY, asked=True) == (None if years is None else (years, False))


@pytest.mark.parametrize(
    ("text", "years"),
    [("I bring five years of experience.", 5), ("Over 7+ years' professional experience in care", 7), ("Experience: 6 years", 6),
     ("Python (8 years), Java (2 years)", 8), ("more than two decades of nursing", 20), ("2 years of Java, 3 years of R", 3),
     ("Developer 2001 - 2020. 5 years of leadership experience.", 5), ("twenty-five years of software development experience", 25)],
)  # fmt: skip
def test_what_a_cv_states_counts_before_its_dates(text: str, years: float) -> None:
    assert years_in_cv(text, TODAY) == (years, False)


@pytest.mark.parametrize(
    ("text", "years"),
    [("Developer since 2019", 7.8), ("Developer since March 2021", 5.7), ("Acme, 2015-2018", 3), ("Acme 2024–present", 2.8),
     ("2019–21 Beta", 2), ("01.03.2019 - 28.02.2021 Gamma", 2), ("2019-03 – 2021-05 Delta", 2.2), ("Jan. 2025 to date", 1.8),
     ("Nurse, Nov 2025 - Nov 2026", 1), ("Contract 2025 - 2030", 1.8), ("Summary\nNurse since 2019.\nSkills\nFirst aid", 7.8), (JOBS, 10.2)],
)  # fmt: skip
def test_dates_of_jobs_are_counted_each_month_once(text: str, years: float) -> None:
    assert years_in_cv(text, TODAY) == (years, True)


@pytest.mark.parametrize(
    "text",
    ["", "I am 45 years old", "45-year-old", "a 3-year degree", "5 years ago", "member of a club since 2010", "2016 - 2019 B.Sc., University of X",
     "phone +49 2019 2021", "2030 - 2035", "2021 - 2019", "Education\n2015 - 2020 Somewhere", "Hobbies\nchess since 2001", "1900 years old stones"],
)  # fmt: skip
def test_ages_studies_and_other_numbers_are_no_experience(text: str) -> None:
    assert years_in_cv(text, TODAY) is None


@pytest.mark.parametrize(
    "piece", ["2019-", "1 ", "five ", "experience ", "2019 - 2020 ", "12 years - ", "experience    1 y "]
)
def test_endless_repeats_do_not_hold_it_up(piece: str) -> None:
    years_in_cv(piece * (200_000 // len(piece)), TODAY)


def test_years_are_told_as_people_say_them() -> None:
    assert [in_words(y) for y in (0.5, 1, 7.8)] == [
        "less than one year of experience", "1 year of experience", "7.8 years of experience",
    ]  # fmt: skip
