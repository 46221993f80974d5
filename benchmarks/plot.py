"""How does a figure grow? A small SVG of lines, both axes logarithmic, a panel for each figure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT = 360, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 44, 40
_COLUMNS = 2
_COLOURS = ("#b3261e", "#1f5fa8", "#5d7a1e", "#7a4f9a", "#8a6d1d", "#3b3b3b")

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines by name over the number of articles; ``unit`` stands at the y axis."""

    title: str
    unit: str
    lines: Mapping[str, Points]


def svg(panels: Sequence[Panel]) -> str:
    """The panels, two in a row."""
    rows = -(-len(panels) // _COLUMNS)
    drawn = []
    for place, one in enumerate(panels):
        corner = f"{place % _COLUMNS * _WIDTH},{place // _COLUMNS * _HEIGHT}"
        drawn.append(f'<g transform="translate({corner})">{_panel(one)}</g>')
    size = f"{_COLUMNS * _WIDTH} {rows * _HEIGHT}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"'
        ' font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def _panel(panel: Panel) -> str:
    points = [point for line in panel.lines.values() for point in line]
    across = _Scale([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _Scale([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    parts = [_text(_LEFT, 16, f"{panel.title}, {panel.unit}", weight="bold")]
    bottom = _HEIGHT - _BOTTOM + 15
    parts += [_text(across(x), bottom, f"{x:,.0f}", anchor="middle") for x in sorted({x for x, _ in points})]
    for y in up.ticks():
        parts.append(f'<path d="M{_LEFT} {up(y):.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(_text(_LEFT - 5, up(y) + 4, f"{y:.3g}", anchor="end"))
    for place, (name, line) in enumerate(panel.lines.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        way = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line)
        parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_text(_LEFT + 74 * place, 32, name, fill=colour))
    return "".join(parts)


class _Scale:
    """From values to places, logarithmic."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        self._low, self._high = min(values), max(values)
        self._first, self._last = first, last

    def __call__(self, value: float) -> float:
        if self._high == self._low:
            return (self._first + self._last) / 2
        share = math.log(value / self._low) / math.log(self._high / self._low)
        return self._first + share * (self._last - self._first)

    def ticks(self) -> list[float]:
        """Round values (1, 2, 5 and their tenfolds) between lowest and highest; those two at least."""
        decades = range(math.floor(math.log10(self._low)), math.ceil(math.log10(self._high)) + 1)
        round_ones = [digit * 10.0**decade for decade in decades for digit in (1, 2, 5)]
        found = [one for one in round_ones if self._low <= one <= self._high]
        return found if len(found) > 1 else [self._low, self._high]


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal", fill: str = "#333"
) -> str:
    shape = f'text-anchor="{anchor}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {shape}>{escape(text)}</text>'
