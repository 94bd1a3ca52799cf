"""A bar chart as SVG, from plain strings: nothing to install, readable in light and dark pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

_COLOURS = ("#1d6f5c", "#7fb8a4", "#c9772b", "#6b6b6b")
_ROW, _BAR, _LEFT, _WIDTH = 44, 11, 110, 420


def bars(labels: Sequence[str], series: Mapping[str, Sequence[float | None]]) -> str:
    """Horizontal bars of shares from 0 to 1: a group for each label, a bar for each series; None leaves it out."""
    head = 16 + 15 * len(series)
    height = head + _ROW * len(labels) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 60} {height}" '
        'font-family="system-ui, sans-serif" font-size="11" role="img">',
        f"<title>Correct answers by category: {escape(', '.join(series))}</title>",
        f'<rect width="{_LEFT + _WIDTH + 60}" height="{height}" fill="#ffffff"/>',
    ]
    for position, name in enumerate(series):
        y = 8 + 15 * position
        parts.append(f'<rect x="{_LEFT}" y="{y}" width="10" height="10" fill="{_COLOURS[position]}"/>')
        parts.append(f'<text x="{_LEFT + 15}" y="{y + 9}" fill="#222">{escape(name)}</text>')
    for tenth in range(0, 11, 2):
        x = _LEFT + _WIDTH * tenth // 10
        parts.append(f'<line x1="{x}" y1="{head - 4}" x2="{x}" y2="{height - 8}" stroke="#dddddd"/>')
    for row, label in enumerate(labels):
        top = head + row * _ROW
        parts.append(f'<text x="{_LEFT - 8}" y="{top + 20}" text-anchor="end" fill="#222">{escape(label)}</text>')
        for position, values in enumerate(series.values()):
            value = values[row]
            if value is not None:
                y = top + position * (_BAR + 1)
                parts.append(f'<rect x="{_LEFT}" y="{y}" width="{max(1, round(value * _WIDTH))}" height="{_BAR}" '
                             f'fill="{_COLOURS[position]}"/>')  # fmt: skip
                parts.append(
                    f'<text x="{_LEFT + round(value * _WIDTH) + 4}" y="{y + 9}" fill="#222">{value:.0%}</text>'
                )
    return "\n".join([*parts, "</svg>"])


@dataclass(frozen=True)
class Panel:
    """Curves of (recall, precision) pairs by name, and one marked point of the same kind."""

    title: str
    lines: Mapping[str, Sequence[tuple[float, float]]]
    mark: str
    point: tuple[float, float]


_SIDE, _GAP, _TOP, _EDGE = 300, 76, 92, 56
_FLOORS = (0.0, 0.5, 0.8, 0.9)


def curves(title: str, panels: Sequence[Panel]) -> str:
    """Squares side by side: recall from 0 to 1 across, precision up to 1 from the highest of `_FLOORS` under the curves."""
    width, height = _EDGE + len(panels) * (_SIDE + _GAP) - _GAP + 24, _TOP + _SIDE + 48
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="system-ui, sans-serif" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_EDGE}" y="22" font-size="14" fill="#222">{escape(title)}</text>',
    ]
    left = _EDGE
    for colour, name in zip((_COLOURS[0], _COLOURS[2]), panels[0].lines, strict=True):
        parts.append(f'<line x1="{left}" y1="42" x2="{left + 22}" y2="42" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(f'<text x="{left + 28}" y="46" fill="#222">{escape(name)}</text>')
        left += 52 + round(6.2 * len(name))
    parts.append(f'<circle cx="{left + 6}" cy="42" r="5" fill="#222"/>')
    parts.append(f'<text x="{left + 18}" y="46" fill="#222">{escape(panels[0].mark)}</text>')
    for number, panel in enumerate(panels):
        parts += _panel(panel, _EDGE + number * (_SIDE + _GAP))
    return "\n".join([*parts, "</svg>"])


def _panel(panel: Panel, left: int) -> list[str]:
    reached = [p for line in panel.lines.values() for _, p in line]
    least = max(floor for floor in _FLOORS if floor <= min(*reached, panel.point[1]))

    def at(recall: float, precision: float) -> tuple[float, float]:
        return left + recall * _SIDE, _TOP + (1 - precision) / (1 - least) * _SIDE

    bottom = _TOP + _SIDE
    parts = [f'<text x="{left}" y="{_TOP - 12}" font-weight="600" fill="#222">{escape(panel.title)}</text>']
    for fifth in range(6):
        recall, precision = fifth / 5, least + (1 - least) * fifth / 5
        x, y = at(recall, precision)
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#dddddd"/>')
        parts.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + _SIDE}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle" fill="#222">{recall:.0%}</text>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#222">{precision:.0%}</text>')
    middle = left + _SIDE / 2
    parts.append(f'<text x="{middle}" y="{bottom + 37}" text-anchor="middle" fill="#222">recall</text>')
    parts.append(f'<text transform="translate({left - 42} {_TOP + _SIDE / 2}) rotate(-90)" text-anchor="middle" '
                 'fill="#222">precision</text>')  # fmt: skip
    for colour, line in zip((_COLOURS[0], _COLOURS[2]), panel.lines.values(), strict=True):
        points = " ".join("{:.1f},{:.1f}".format(*at(*pair)) for pair in line)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>'
        )
    x, y = at(*panel.point)
    parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#222" stroke="#ffffff" stroke-width="1.5"/>')
    return parts
