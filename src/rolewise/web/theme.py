"""The look: one calm theme, light and dark, from fonts that the reader's own system has."""

from __future__ import annotations

import gradio as gr

TEAL = gr.themes.Color(
    "#eef6f5", "#d5eae7", "#aed6d1", "#7dbab4", "#4f9b95", "#2f7c77", "#1f5f5b", "#1a4d4a", "#173f3d", "#133331",
    "#0b201f", name="teal",
)  # fmt: skip
PAPER = gr.themes.Color(
    "#faf9f6", "#f3f1ec", "#e5e2da", "#d0ccc1", "#a5a094", "#78746a", "#5b574f", "#46433d", "#2b2a27", "#1d1d1b",
    "#141413", name="paper",
)  # fmt: skip

HEADER = """
<header class="rw-top">
  <div><h1>RoleWise</h1><p>A career advisor you can check: every answer shows its sources.</p></div>
  {log_out}<button type="button" class="rw-theme" aria-label="Dark mode" aria-pressed="false" title="Light or dark">◐</button>
</header>
"""
LOG_OUT = '<form method="post" action="logout"><button class="rw-log-out">Log out</button></form>'


def header(log_out: bool) -> str:
    """The top of every tab, with a way out where people had to log in."""
    return HEADER.format(log_out=LOG_OUT if log_out else "")


def theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=TEAL, secondary_hue=TEAL, neutral_hue=PAPER, font=["sans-serif"], font_mono=["monospace"],
        radius_size=gr.themes.sizes.radius_md,
    ).set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color="*neutral_900",
        body_text_color_dark="*neutral_200",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_400",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_text_color="white",
    )  # fmt: skip
