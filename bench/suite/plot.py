"""The plot of the results page: how much of each goal is used, as SVG from plain strings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from bench.suite.figure import Figure

_MET, _MISSED, _INK, _LINE = "#1d6f5c", "#c9772b", "#222", "#dddddd"
_LEFT, _WIDTH, _ROW, _TOP = 330, 400, 24, 46
_LEAST, _MOST = 0.01, 10.0


def shares(goals: Sequence[Figure]) -> str:
    """A row a goal: a bar from the left to the share of it that is used, on a logarithmic axis; 1 is the goal."""
    height = _TOP + _ROW * len(goals) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 70} {height}" '
        'font-family="system-ui, sans-serif" font-size="11" role="img">',
        "<title>Share of each goal that is used; under 1 it is met</title>",
        f'<rect width="{_LEFT + _WIDTH + 70}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="16" fill="{_INK}">share of the goal that is used (logarithmic); left of 1 it is met</text>',
    ]
    for tick in (0.01, 0.1, 1.0, 10.0):
        x = _x(tick)
        ink, width = (_INK, 1.5) if tick == 1 else (_LINE, 1)
        parts.append(
            f'<line x1="{x}" y1="{_TOP - 10}" x2="{x}" y2="{height - 10}" stroke="{ink}" stroke-width="{width}"/>'
        )
        parts.append(f'<text x="{x}" y="{_TOP - 14}" text-anchor="middle" fill="{_INK}">{tick:g}</text>')
    for row, figure in enumerate(goals):
        top, used = _TOP + row * _ROW, used_share(figure)
        end = _x(used)
        parts.append(
            f'<text x="{_LEFT - 8}" y="{top + 15}" text-anchor="end" fill="{_INK}">{escape(figure.name)}</text>'
        )
        parts.append(f'<rect x="{_LEFT}" y="{top + 5}" width="{max(1, end - _LEFT)}" height="13" '
                     f'fill="{_MET if figure.met else _MISSED}"/>')  # fmt: skip
        parts.append(f'<text x="{end + 5}" y="{top + 15}" fill="{_INK}">{used:.2g}</text>')
    return "\n".join([*parts, "</svg>"])


def used_share(figure: Figure) -> float:
    assert figure.goal
    value = {"median": figure.median, "p95": figure.p95, "ratio": figure.ratio}[figure.goal.of]
    if value is None or not figure.goal.most:
        return 0.0 if value == 0 else math.inf
    return value / figure.goal.most


def _x(share: float) -> int:
    share = min(max(share, _LEAST), _MOST)
    return _LEFT + round(_WIDTH * math.log(share / _LEAST) / math.log(_MOST / _LEAST))
