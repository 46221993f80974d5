"""How much does each element of a page hold? Lines, characters and pictures, counted once."""

from collections import Counter
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from corpus.readers.html.blocks import Block


@dataclass(frozen=True, slots=True)
class Extents:
    """By element: how many lines of text, characters and pictures stand in it, at any depth."""

    lines: Counter[HtmlElement] = field(default_factory=Counter)
    characters: Counter[HtmlElement] = field(default_factory=Counter)
    pictures: Counter[HtmlElement] = field(default_factory=Counter)


def measure_extents(blocks: tuple[Block, ...]) -> Extents:
    """What stands in each element of a page of these lines."""
    found = Extents()
    for block in blocks:
        has_picture = block.picture or block.with_picture
        for element in block.around:
            found.lines[element] += bool(block.text)
            found.characters[element] += len(block.text)
            found.pictures[element] += has_picture
    return found
