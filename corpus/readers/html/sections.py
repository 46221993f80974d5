"""In which section of the paper is the article, by the line above its headline?"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from corpus.cleaning.lines import WHITE_RUN
from corpus.derived_id import slug
from corpus.readers.html.blocks import Block
from corpus.readers.html.outline import is_link, is_running
from corpus.readers.html.region import Region
from corpus.readers.html.sorting import is_date, names_of

_ABOVE_TITLE = 6
_LONGEST = 80
_HOME = {"trang chủ", "trang nhất", "home", "tin tức", ""}
_MOST_WORDS = 5  # of a section's name; a link of more words is the headline of a teaser
_MOST_UNNAMED = 3  # links to sections right above a headline; more are a menu
_NUMBER = re.compile(r"(?:-[a-z]{0,4}\d+)?(?:\.(?:html?|aspx|php|vnp|epi))?$")
_BETWEEN = re.compile(rf"(?:{WHITE_RUN})?[»›>/|]\s*")


def sections_above(region: Region) -> tuple[str, ...]:
    """The sections that the page prints above its headline, the outermost first."""
    return tuple(dict.fromkeys(name for name in _names(region) if name.casefold() not in _HOME))


def _names(region: Region) -> Iterator[str]:
    if region.title_at < 0:
        return
    near = [
        block
        for number, block in enumerate(region.page.blocks[: region.first_text])
        if number >= region.title_at - _ABOVE_TITLE
        and number != region.title_at
        and len(block.text) <= _LONGEST
        and not is_running(block)
        and not is_date(block.text)
    ]
    named = [name for block in near if "section" in names_of(block, None) for name in _parts(block)]
    yield from named or _unnamed(near)


def _parts(block: Block) -> Iterator[str]:
    """The names in a line: those of its links where it is made of links, else between its separators."""
    if is_link(block):
        yield from (text for link, text in block.links if _is_section(link, text))
    else:
        yield from _BETWEEN.split(block.text)


def _unnamed(near: Iterable[Block]) -> list[str]:
    """The names of links whose addresses say the same, where nothing else says that they are sections."""
    links = [(link, text) for block in near if is_link(block) for link, text in block.links]
    names = [text for link, text in links if _is_of_section(link, text)]
    return names if len(names) <= _MOST_UNNAMED else []


def _is_section(link: str, name: str) -> bool:
    """Whether a link in a line that is named for sections may be one; teasers stand in such lines too."""
    return len(name.split()) <= _MOST_WORDS or _is_of_section(link, name)


def _is_of_section(link: str, name: str) -> bool:
    """Whether the address is that of a section of this name.

    >>> _is_of_section("/dau-tu-d6/", "Đầu tư"), _is_of_section("/lua-chin-som-1234567.html", "Lúa chín sớm")
    (True, False)
    """
    try:
        folder = urlsplit(link).path.rstrip("/").rpartition("/")[2].lower()
    except ValueError:
        return False
    own = _NUMBER.sub("", folder)
    return own == slug(name) and len(folder) - len(own) < len("-c12345.html")
