"""How many lines, characters and pictures does each element of a page contain?"""

from collections import Counter
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from corpus.readers.html.blocks import Block


@dataclass(frozen=True, slots=True)
class Extents:
    """By element, the numbers of lines of text, characters and pictures in it, at any depth."""

    lines: Counter[HtmlElement] = field(default_factory=Counter)
    characters: Counter[HtmlElement] = field(default_factory=Counter)
    pictures: Counter[HtmlElement] = field(default_factory=Counter)


def measure_extents(blocks: tuple[Block, ...]) -> Extents:
    """Counts the content of each element of a page of these lines."""
    extents = Extents()
    for block in blocks:
        has_picture = block.picture or block.with_picture
        for element in block.around:
            extents.lines[element] += bool(block.text)
            extents.characters[element] += len(block.text)
            extents.pictures[element] += has_picture
    return extents
