"""Which lines of a page are furniture (menus, boxes, buttons), and which are teasers of other articles?

A name (``class="sidebar"``) makes an element furniture only where it has little of the page's running text,
for newspapers give such names to elements with the article too.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from corpus.cleaning.footer import is_footer
from corpus.cleaning.notices import notice_of
from corpus.readers.html.blocks import HEADINGS, Block
from corpus.readers.html.class_words import kinds
from corpus.readers.html.extents import Extents, measure_extents

_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "form"})
_FURNITURE_KINDS = frozenset({"related", "comment", "share", "menu", "tag"})
_FURNITURE_MOST = 0.4  # of the page's running text; an element with more is the article, whatever its name
_NOTICES = 0.6  # share of an element's running text in notices of the site, from which it is furniture
_RUNNING = 60  # characters from which a line is running text, whatever it ends with
_SENTENCE = re.compile(r"[.!?…:;”\"')\]]$")
_SHORT_SENTENCE = 25
_LINKED = 0.6  # share of a line's letters in links, from which the line is a link
_TEASER_CHARACTERS = 700
_TEASER_PICTURES = 4
_HEADLINE = 15  # characters of the shortest headline


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a page, classified.

    Attributes:
        blocks: all lines, in order.
        extents: the content of each element.
        furniture: the numbers of lines in menus, comments, boxes of related articles, bars of buttons.
        teasers: the numbers of lines that lead to other articles.
        items: the number of other articles that the page leads to.
    """

    blocks: tuple[Block, ...]
    extents: Extents
    furniture: frozenset[int]
    teasers: frozenset[int]
    items: int

    def is_text(self, number: int) -> bool:
        """Whether the line may be part of the article."""
        return number not in self.furniture and number not in self.teasers


def outline(blocks: tuple[Block, ...]) -> Outline:
    """Classifies each line by the names of its elements and by its links."""
    extents = measure_extents(blocks)
    teasers, items = _teasers(blocks, extents)
    own = [block for n, block in enumerate(blocks) if n not in teasers and is_running(block)]
    notices = _running_text(block for block in own if notice_of(block.text))
    running = _running_text(own)
    total = sum(len(block.text) for block in own if not notice_of(block.text))
    apart = _Apart(running, notices, _FURNITURE_MOST * total, _around_headline(blocks))
    furniture = frozenset(
        n for n, block in enumerate(blocks) if is_footer(block.text) or apart.holds(block.around)
    )
    return Outline(blocks, extents, furniture, frozenset(teasers), items)


def is_link(block: Block) -> bool:
    """Whether the line is a link to another page."""
    return block.linked > _LINKED


def is_running(block: Block) -> bool:
    """Whether the line reads as running text and is no link."""
    text = block.text
    if is_link(block) or not text:
        return False
    return len(text) >= _RUNNING or (len(text) >= _SHORT_SENTENCE and bool(_SENTENCE.search(text)))


def _running_text(own: Iterable[Block]) -> Counter[HtmlElement]:
    """The number of characters of running text in each element."""
    letters: Counter[HtmlElement] = Counter()
    for block in own:
        for element in block.around:
            letters[element] += len(block.text)
    return letters


def _around_headline(blocks: tuple[Block, ...]) -> frozenset[HtmlElement]:
    """The elements around a headline that is no link; they are the article's, whatever their names."""
    own = (block for block in blocks if block.element.tag == "h1" and block.text and not is_link(block))
    return frozenset(element for block in own for element in block.around)


class _Apart:
    """Tests whether an element is in one apart from the article: named as furniture, or mostly of notices.

    It remembers its answers by element.
    """

    def __init__(
        self,
        running: Counter[HtmlElement],
        notices: Counter[HtmlElement],
        most: float,
        never: frozenset[HtmlElement],
    ) -> None:
        self._running = running
        self._notices = notices
        self._most = most
        self._never = never
        self._known: dict[HtmlElement, bool] = {}

    def holds(self, around: tuple[HtmlElement, ...]) -> bool:
        inside = False
        for element in reversed(around):
            if element not in self._known:
                self._known[element] = inside or self._is(element)
            inside = self._known[element]
        return inside

    def _is(self, element: HtmlElement) -> bool:
        if element.tag in {"body", "html"} or element in self._never:
            return False
        if self._is_of_notices(element) and not self._is_among_text(element):
            return True
        named = element.tag in _FURNITURE_TAGS or bool(kinds(element) & _FURNITURE_KINDS)
        return named and self._running[element] <= self._most

    def _is_of_notices(self, element: HtmlElement) -> bool:
        return self._notices[element] > _NOTICES * self._running[element]

    def _is_among_text(self, element: HtmlElement) -> bool:
        """Whether it is a paragraph of a text that is about such things."""
        beside = (element.getprevious(), element.getnext())
        return any(
            other is not None
            and (other.tag, other.get("class")) == (element.tag, element.get("class"))
            and self._running[other]
            and not self._is_of_notices(other)
            for other in beside
        )


def _teasers(blocks: tuple[Block, ...], extents: Extents) -> tuple[set[int], int]:
    """The lines of teasers, and the number of headlines that lead to other pages."""
    lines_of = _lines_of_small_elements(blocks, extents)
    teasers: set[int] = set()
    headlines: set[str] = set()
    for number, block in enumerate(blocks):
        if is_headline_link(block):
            headlines.add(block.text)
            teasers.update(_item(blocks, number, lines_of))
    return teasers, len(headlines)


def _lines_of_small_elements(blocks: tuple[Block, ...], extents: Extents) -> dict[HtmlElement, list[int]]:
    """The lines of each element that is small enough to be a teaser."""
    lines: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        for element in block.around:
            if (
                extents.characters[element] > _TEASER_CHARACTERS
                or extents.pictures[element] > _TEASER_PICTURES
            ):
                break
            lines.setdefault(element, []).append(number)
    return lines


def is_headline_link(block: Block) -> bool:
    """Whether the line is a link to another page that reads like a headline; an author's does not."""
    if (
        not is_link(block)
        or len(block.text) < _HEADLINE
        or not any(_leads_away(link) for link, _ in block.links)
    ):
        return False
    return not any("author" in kinds(element) for element in (block.element, *block.inline))


def _leads_away(link: str) -> bool:
    return not link.lower().startswith(("#", "javascript:", "mailto:", "tel:"))


def _item(blocks: tuple[Block, ...], number: int, lines_of: dict[HtmlElement, list[int]]) -> list[int]:
    """The lines of the teaser that begins with the headline link ``number``: itself and its summary."""
    best = [number]
    for element in blocks[number].around:
        numbers = lines_of.get(element, [])
        if not numbers or not _is_item(blocks, numbers, number):
            break
        if _is_repeated(element) or "related" in kinds(element):
            best = numbers
    return best


def _is_item(blocks: tuple[Block, ...], numbers: list[int], headline: int) -> bool:
    """Whether the lines are one teaser: the headline first, and at most one line of running text."""
    texts = [n for n in numbers if blocks[n].text]
    others = {blocks[n].text for n in texts if is_headline_link(blocks[n])} - {blocks[headline].text}
    running = [n for n in texts if is_running(blocks[n])]
    summaries = [text for text in others if len(text) > len(blocks[headline].text)]
    return len(others) == len(summaries) <= 1 and len(running) <= 1 and all(n > headline for n in running)


def _is_repeated(element: HtmlElement) -> bool:
    """Whether the element is beside another of its kind that also leads to other pages."""
    if element.tag in HEADINGS or element.tag in {"p", "a"}:
        return False
    for other in (element.getnext(), element.getprevious()):
        if other is not None and other.tag == element.tag and other.find(".//a[@href]") is not None:
            return True
    return False
