"""In which section of the paper is the article, by the line above its headline?"""

import re
from collections.abc import Iterator

from corpus.cleaning.lines import WHITE_RUN
from corpus.readers.html.blocks import Block
from corpus.readers.html.outline import is_link, is_running
from corpus.readers.html.region import Region
from corpus.readers.html.sorting import is_date, names_of

_ABOVE_TITLE = 6
_LONGEST = 80
_HOME = {"trang chủ", "trang nhất", "home", "tin tức", ""}
_BETWEEN = re.compile(rf"(?:{WHITE_RUN})?[»›>/|]\s*")


def sections_above(region: Region) -> tuple[str, ...]:
    """The sections that the page prints above its headline, the outermost first."""
    return tuple(dict.fromkeys(name for name in _names(region) if name.casefold() not in _HOME))


def _names(region: Region) -> Iterator[str]:
    if region.title_at < 0:
        return
    for number in range(max(0, region.title_at - _ABOVE_TITLE), region.first_text):
        block = region.page.blocks[number]
        near = number != region.title_at and len(block.text) <= _LONGEST and not is_running(block)
        if near and "section" in names_of(block, None) and not is_date(block.text):
            yield from _parts(block)


def _parts(block: Block) -> Iterator[str]:
    """The names in a line: those of its links where it is made of links, else between its separators."""
    if is_link(block):
        yield from (text for _, text in block.links)
    else:
        yield from _BETWEEN.split(block.text)
