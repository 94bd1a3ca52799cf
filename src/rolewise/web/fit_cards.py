"""The result of a fit: a card for each role, its arithmetic shown, every line with its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rolewise.advisor.experience import Experience, in_words
from rolewise.advisor.weighing import NEWCOMER_YEARS, NOT_A_VERDICT, Checked, Fit, Reason, verdict_of, years_asked
from rolewise.corpus import Corpus
from rolewise.web.citing import Citing, capital
from rolewise.web.markdown import escaped

NO_YEARS_ASKED = "None of these roles asks for a number of years, so yours count neither way."


class Read(NamedTuple):
    """What free text was read as."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    experience: Experience | None


def fit_view(fits: tuple[Fit, ...], read: Read | None, corpus: Corpus, years: float | None = None) -> str:
    """HTML of every role's fit, nearest first. `years` of experience: it is said where no role asks for any."""
    citing = Citing(corpus, "rw-f")
    cards = "".join(_card(fit, citing) for fit in fits)
    return (
        f"<h3 class='rw-verdict' tabindex='-1'>{escaped(verdict_of(fits))}</h3>"
        f"<p class='rw-quiet'>{escaped(NOT_A_VERDICT)}</p>{_read(read)}{_years(years, fits)}{cards}{citing.cards()}"
    )


def _read(read: Read | None) -> str:
    if read is None:
        return ""
    sides = (("for", read.wanted), ("against", read.unwanted))
    parts = [f"{label} {', '.join(items)}" for label, items in sides if items]
    if read.experience:
        parts.append(in_words(read.experience.years))
    told = (
        f"Read from your words: {'; '.join(parts)}."
        if parts
        else "Nothing in your words names what the roles' statements name."
    )
    return f"<p class='rw-quiet'>{escaped(told)}</p>"


def _years(years: float | None, fits: tuple[Fit, ...]) -> str:
    counted = any(years_asked(c.passage) for fit in fits for c in fit.checked)
    if years is None or years < NEWCOMER_YEARS or counted:
        return ""
    return f"<p class='rw-quiet'>{NO_YEARS_ASKED}</p>"


def _card(fit: Fit, citing: Citing) -> str:
    blocks = [
        _block("Matches", "rw-good", (_met(c, citing) for c in fit.met)),
        _block("Missing", "rw-bad", (_missing(c, citing) for c in fit.missing)),
        _block("Counts for it", "rw-good", (_reason(r, citing) for r in fit.speaks_for)),
        _block("Counts against it", "rw-bad", (_reason(r, citing) for r in fit.speaks_against)),
        _block(
            "Not told by your input",
            "",
            (f"{escaped(capital(c.passage.short))}{citing.chips([c.passage])}" for c in fit.not_told),
        ),
    ]
    steps = "".join(
        f"<li>{escaped(step.text)}{citing.chips(step.passages)}"
        + (f"<span class='rw-own'>Towards: {escaped(step.towards)}</span>" if step.towards else "")
        + "</li>"
        for step in fit.steps
    )
    sums = "".join(
        f"<tr><th scope='row'>{escaped(p.name)}</th><td>{escaped(p.told)}</td><td>{escaped(p.sum)}</td><td>{_signed(p.points)}</td></tr>"
        for p in fit.parts
    )
    return (
        f"<article class='rw-fit-card'><header><h4>{escaped(fit.role.title)}</h4>"
        f"<p class='rw-points'><b>{_number(fit.points)}</b> points</p></header>"
        f"<table class='rw-sum'><caption class='rw-hidden'>How the points come about</caption><tbody>{sums}</tbody>"
        f"<tfoot><tr><th scope='row' colspan='3'>Points</th><td>{_number(fit.points)}</td></tr></tfoot></table>"
        f"<div class='rw-blocks'>{''.join(blocks)}</div>"
        + (f"<div class='rw-steps'><h5>Next steps</h5><ol>{steps}</ol></div>" if steps else "")
        + "</article>"
    )


def _block(title: str, css: str, entries: Iterable[str]) -> str:
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<div class='rw-block {css}'><h5>{title}</h5><ul>{items}</ul></div>" if items else ""


def _met(checked: Checked, citing: Citing) -> str:
    has = f"<span class='rw-own'>You have: {escaped(', '.join(checked.has))}</span>" if checked.has else ""
    return f"{_need(checked)}{escaped(capital(checked.passage.short))}{citing.chips([checked.passage])}{has}"


def _missing(checked: Checked, citing: Citing) -> str:
    lacks = (
        f"<span class='rw-own'>Missing: {escaped('; '.join(checked.lacks))}</span>"
        if checked.has and checked.lacks
        else ""
    )
    return f"{_need(checked)}{escaped(capital(checked.passage.short))}{citing.chips([checked.passage])}{lacks}"


def _reason(reason: Reason, citing: Citing) -> str:
    return f"{escaped(capital(reason.text))}: {escaped(reason.passage.short)}{citing.chips([reason.passage])}"


def _need(checked: Checked) -> str:
    return "" if checked.required else f"<span class='rw-need'>{escaped(checked.passage.need or '')}</span> "


def _number(points: int) -> str:
    return str(points).replace("-", "−")


def _signed(points: int) -> str:
    return f"+{points}" if points > 0 else _number(points)
