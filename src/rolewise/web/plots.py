"""Plots of rows as HTML with inline SVG, drawn here and not by a script; a row's figures show on hovering."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from rolewise.advisor.market import Bar, Plot
from rolewise.web.citing import Citing, capital
from rolewise.web.markdown import escaped

_LONG = 8
"""Rows beyond which the axis stands above them, too."""


@dataclass(frozen=True)
class Scale:
    """Where a figure stands, in percent of the width, and the round figures to mark."""

    low: float
    high: float
    step: float

    def at(self, value: float) -> float:
        return 100 * (value - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[float]:
        return [self.low + i * self.step for i in range(round((self.high - self.low) / self.step) + 1)]


def scale_of(figures: list[float], most_ticks: int = 5) -> Scale:
    """From zero (or below, where a figure is) to a round figure above all, in steps of 1, 2 or 5 times a power of ten."""
    top, bottom = max([*figures, 0.0]), min([*figures, 0.0])
    if top == bottom:
        top = 1.0
    raw = (top - bottom) / most_ticks
    power = 10 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * (1 - 1e-9))
    return Scale(math.floor(bottom / step) * step, max(math.ceil(top / step), 1) * step, step)


def drawn(plot: Plot, citing: Citing) -> str:
    """The plot: a row a line, its name beside its bar, the axis below (a long one's above, too)."""
    scale = scale_of([v for bar in plot.bars for v in bar.figures])
    told = money_in(plot.unit) if plot.kind != "growth" else percent
    rows = ""
    for label, group in groupby(plot.bars, key=lambda bar: bar.label):
        bars = list(group)
        name = f"<span class='rw-plot-name'>{escaped(capital(label))}</span> "
        alone = name if len(bars) == 1 else ""
        lines = "".join(_row(bar, alone, plot.kind, scale, told, citing) for bar in bars)
        rows += f"<div class='rw-plot-group'>{'' if alone else name}{lines}</div>"
    ticks = "".join(
        f"<span style='left:{scale.at(tick):.3f}%'>{escaped(_short(tick, plot))}</span>" for tick in scale.ticks
    )
    axis = f"<div class='rw-axis' aria-hidden='true'><i>{ticks}</i></div>"
    above = axis if len(plot.bars) > _LONG else ""
    return f"<div class='rw-plot' style='--rw-steps: {len(scale.ticks) - 1}'>{above}{rows}{axis}</div>"


def _row(bar: Bar, name: str, kind: str, scale: Scale, told: Callable[[float], str], citing: Citing) -> str:
    words = in_words(bar, kind, told)
    notes = [f"n = {bar.sample:,}"] if bar.sample is not None else []
    notes += (["small sample"] if bar.small else []) + (["superseded"] if bar.superseded else [])
    note = f" <span class='rw-note'>{escaped(' · '.join(notes))}</span>" if notes else ""
    return (
        f"<div class='rw-plot-row{' rw-pale' if bar.pale else ''}'><p>{name}{escaped(bar.detail)}{note}{citing.chips([bar.passage])}</p>"
        f"<div class='rw-drawn'><svg role='img' aria-label='{escaped(words)}' width='100%' height='26'>{_marks(bar, kind, scale)}</svg>"
        f"<span class='rw-values' aria-hidden='true'>{escaped(capital(values_of(bar, kind, told)))}</span></div>"
        f"<span class='rw-figure' aria-hidden='true'>{escaped(_figure(bar, kind, told))}</span></div>"
    )


def _marks(bar: Bar, kind: str, scale: Scale) -> str:
    """A bar from the lower to the upper figure (growth: from zero), with a line at the median or a dot for one figure."""
    if kind == "growth" and bar.middle is not None:
        return _rect(min(0.0, bar.middle), max(0.0, bar.middle), scale)
    parts = _rect(bar.low, bar.high, scale) if bar.low is not None and bar.high is not None else ""
    if bar.middle is not None and parts:
        parts += f"<rect class='rw-median' x='{scale.at(bar.middle):.3f}%' y='3' width='3' height='20' transform='translate(-1.5)'/>"
    elif bar.middle is not None:
        parts += f"<circle class='rw-bar' cx='{scale.at(bar.middle):.3f}%' cy='13' r='6'/>"
    return parts


def _rect(low: float, high: float, scale: Scale) -> str:
    return f"<rect class='rw-bar' x='{scale.at(low):.3f}%' y='6' width='{scale.at(high) - scale.at(low):.3f}%' height='14' rx='3'/>"


def in_words(bar: Bar, kind: str, told: Callable[[float], str]) -> str:
    """The row as a sentence."""
    return (
        f"{bar.label}, {bar.detail}: {values_of(bar, kind, told)}"
        if bar.detail
        else f"{bar.label}: {values_of(bar, kind, told)}"
    )


def values_of(bar: Bar, kind: str, told: Callable[[float], str]) -> str:
    """The row's figures in full, to show on hovering."""
    if not bar.figures:
        return "no figure quoted"
    if kind == "growth":
        return f"{_figure(bar, kind, told)}{', superseded' if bar.superseded else ''}"
    middle = f", median {told(bar.middle)}" if bar.middle is not None and len(bar.figures) > 1 else ""
    span = "middle half " if kind == "quartiles" and len(bar.figures) > 1 else ""
    return f"{span}{told(bar.figures[0])}{' to ' + told(bar.figures[-1]) if len(bar.figures) > 1 else ''}{middle}"


def _figure(bar: Bar, kind: str, told: Callable[[float], str]) -> str:
    """The row's figures in short, to stand beside its bar."""
    if not bar.figures:
        return "no figure"
    if bar.middle is not None:
        return told(bar.middle)
    return f"{_thousands(bar.figures[0])}–{_thousands(bar.figures[-1])}"


def money_in(unit: str) -> Callable[[float], str]:
    return lambda value: f"{unit} {value:,.0f}".strip()


def percent(value: float) -> str:
    return f"{value:g}%".replace("-", "−")


def _short(tick: float, plot: Plot) -> str:
    return percent(tick) if plot.kind == "growth" else _thousands(tick)


def _thousands(value: float) -> str:
    return f"{value / 1000:g}K" if abs(value) >= 1000 else f"{value:g}"
