"""A bar chart as SVG, from plain strings: nothing to install, readable in light and dark pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
