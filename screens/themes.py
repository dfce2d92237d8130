"""Themes: the colours of the screens, as tokens that the styles use."""

from collections.abc import Mapping

from textual.theme import Theme


def theme_of(name: str, tokens: Mapping[str, str], *, dark: bool, ansi: bool = False) -> Theme:
    """Make a theme in which Textual's own widgets wear the same tokens as ours."""
    return Theme(
        name=name,
        primary=tokens["strong"],
        secondary=tokens["accent"],
        warning=tokens["focus"],
        error=tokens["accent"],
        success=tokens["strong"],
        accent=tokens["accent"],
        foreground=tokens["ink"],
        background=tokens["ground"],
        surface=tokens["field"],
        panel=tokens["card"],
        dark=dark,
        ansi=ansi,
        luminosity_spread=0,
        text_alpha=1,
        variables={
            **tokens,
            "ansi-background": tokens["ground"],
            "ansi-foreground": tokens["ink"],
            "border": tokens["accent"],
            "border-blurred": tokens["line"],
            "input-cursor-background": tokens["ink"],
            "input-cursor-foreground": tokens["field"],
            "input-cursor-text-style": "none",
            "input-selection-background": tokens["focus"],
            "input-selection-foreground": tokens["on-focus"],
            "block-cursor-background": tokens["focus"],
            "block-cursor-foreground": tokens["on-focus"],
            "screen-selection-background": tokens["focus"],
            "screen-selection-foreground": tokens["on-focus"],
        },
    )


PAPER = theme_of(
    "paper",
    {
        "ground": "#FBF7EF",
        "ink": "#2A2522",
        "muted": "#6A5D50",
        "card": "#F0E7D6",
        "on-card": "#2A2522",
        "field": "#FFFFFF",
        "line": "#8A7B63",
        "strong": "#1F4D3F",
        "on-strong": "#FBF7EF",
        "soft": "#DCE7DD",
        "on-soft": "#1F4D3F",
        "accent": "#8A3B2A",
        "on-accent": "#FFFFFF",
        "focus": "#F2B544",
        "on-focus": "#2A2522",
        "both": "#1F4D3F",
        "on-both": "#FFD27A",
    },
    dark=False,
)

PAPER_IN_256 = theme_of(
    "paper-256",
    {
        "ground": "#FFFFD7",
        "ink": "#262626",
        "muted": "#585858",
        "card": "#D7D7AF",
        "on-card": "#262626",
        "field": "#FFFFFF",
        "line": "#87875F",
        "strong": "#005F00",
        "on-strong": "#FFFFFF",
        "soft": "#D7FFD7",
        "on-soft": "#005F00",
        "accent": "#870000",
        "on-accent": "#FFFFFF",
        "focus": "#FFAF00",
        "on-focus": "#262626",
        "both": "#005F00",
        "on-both": "#FFD787",
    },
    dark=False,
)
"""Paper where a terminal has 256 colours: rounded to those, paper's own would turn pink."""

CONTRAST = theme_of(
    "contrast",
    {
        "ground": "#000000",
        "ink": "#FFFFFF",
        "muted": "#FFFFFF",
        "card": "#262626",
        "on-card": "#FFFFFF",
        "field": "#000000",
        "line": "#FFFFFF",
        "strong": "#FFFFFF",
        "on-strong": "#000000",
        "soft": "#3D3D3D",
        "on-soft": "#FFFFFF",
        "accent": "#FFD400",
        "on-accent": "#000000",
        "focus": "#FFD400",
        "on-focus": "#000000",
        "both": "#FFD400",
        "on-both": "#000000",
    },
    dark=True,
)

CONSOLE = theme_of(
    "console",
    {
        "ground": "ansi_black",
        "ink": "ansi_bright_white",
        "muted": "ansi_white",
        "card": "ansi_blue",
        "on-card": "ansi_bright_white",
        "field": "ansi_black",
        "line": "ansi_white",
        "strong": "ansi_white",
        "on-strong": "ansi_black",
        "soft": "ansi_blue",
        "on-soft": "ansi_bright_white",
        "accent": "ansi_bright_yellow",
        "on-accent": "ansi_black",
        "focus": "ansi_cyan",
        "on-focus": "ansi_black",
        "both": "ansi_cyan",
        "on-both": "ansi_black",
    },
    dark=True,
    ansi=True,
)

THEMES = (PAPER, PAPER_IN_256, CONTRAST, CONSOLE)
