"""Can it be read? The contrast of every pair of colour tokens, in light and in dark (WCAG 2.2, AA)."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "search_app" / "web" / "static"
CSS = (STATIC / "page.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in CSS.split("@media", 2)[:2]
)

TEXT = [
    ("ink", "paper"),
    ("ink", "panel"),
    ("ink", "warn"),
    ("ink", "added"),
    ("ink", "removed"),
    ("lacquer", "warn"),
    ("visited", "panel"),
    ("muted", "paper"),
    ("muted", "panel"),
    ("link", "paper"),
    ("link", "panel"),
    ("visited", "paper"),
    ("lacquer", "paper"),
    ("on-button", "button"),
    ("on-mark", "mark"),
]
EDGES = [
    ("edge", "paper"),
    ("bar", "paper"),
    ("bar", "panel"),
    ("lacquer", "panel"),
    ("link", "paper"),
    ("button", "paper"),
]


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"), [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in EDGES]
)
def test_contrast(tokens: dict[str, str], front: str, back: str, least: float) -> None:
    assert contrast(tokens[front], tokens[back]) >= least


def test_light_and_dark_name_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)
    others = [
        path.read_text(encoding="utf-8")
        for path in STATIC.glob("*.css")
        if path.stem not in {"page", "print"}
    ]
    for css in (CSS.split(".unseen", 1)[1], *others):
        assert re.findall(r"#[0-9a-f]{3,8}\b", css) == [], "colours are tokens"
