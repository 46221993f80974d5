"""Which region of a page is its article, from headline to signature?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from lxml.html import HtmlElement

from corpus.cleaning.dates import date_in
from corpus.cleaning.lines import WHITE_RUN, comparison_key, nfc
from corpus.cleaning.program_defaults import is_default_title
from corpus.readers.html.blocks import Block
from corpus.readers.html.class_words import kinds
from corpus.readers.html.metadata import Metadata
from corpus.readers.html.outline import Outline, is_link, is_running
from corpus.readers.html.page_titles import kind_of_title

_ALIKE = 0.6  # share of a headline's words, from which two headlines count as the same
_SERVICES = frozenset({"account", "consent"})
_HEADLINE = 8  # characters of the shortest headline
_LONGEST_HEADLINE = 120  # characters; a longer line that ends like a sentence is a paragraph
_HEADLINE_WORDS = 3  # of the shortest headline; sections have fewer
LONG_HEADLINE_WORDS = 5  # of a headline; the names of topics and persons have fewer
_ABOVE_TEXT = 8  # lines above the text in which an unmarked headline is searched
_STEPS = re.compile(r"\s[>»›/]\s")
_PATH_STEPS = 2  # signs between the steps of a path
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Region:
    """The region of a page with its article.

    Attributes:
        page: all lines of the page.
        element: the innermost element around the text.
        title: the headline.
        title_at: the number of its line; -1 where the page does not print it.
        end: the line before which the article ends; None where it ends with the element.
    """

    page: Outline
    element: HtmlElement
    title: str
    title_at: int
    end: int | None = None

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the lines inside the element, up to the article's end."""
        return tuple(n for n in _inside(self.page, self.element) if self.end is None or n < self.end)

    @cached_property
    def first_text(self) -> int:
        """The first line of running text after the headline."""
        after = [n for n in self.numbers if n > self.title_at and self.page.is_text(n)]
        return next((n for n in after if is_running(self.page.blocks[n])), self.numbers[0])

    @cached_property
    def running(self) -> tuple[str, ...]:
        """Its lines of running text."""
        texts = (n for n in self.numbers if self.page.is_text(n) and is_running(self.page.blocks[n]))
        return tuple(self.page.blocks[n].text for n in texts)

    @cached_property
    def lines(self) -> range:
        """The numbers of the lines from below the headline to the last line of the element."""
        start = self.title_at + 1 if 0 <= self.title_at < self.first_text else self.numbers[0]
        return range(start, self.numbers[-1] + 1)


def region(page: Outline, element: HtmlElement, head: Metadata) -> Region:
    """The region of the article whose text is in ``element``."""
    numbers = list(_inside(page, element))
    running = [n for n in numbers if page.is_text(n) and is_running(page.blocks[n])]
    last = running[min(1, len(running) - 1)] if running else numbers[-1]
    wanted = _wanted(head)
    headline = _headline(page, last, wanted, passing=_SERVICES)
    if headline is None and running:
        headline = _headline_below_a_box(page, (last, running[-1]), wanted)
    if headline is None:
        headline = _headline(page, last, wanted)
    if headline is None and not headline_of(head) and running:
        headline = _line_above(page, running[0])
    if headline is None:
        return Region(page, element, headline_of(head), -1)
    return Region(page, element, page.blocks[headline].text, headline)


def ancestors(block: Block, within: HtmlElement | None = None) -> Iterator[HtmlElement]:
    """The elements around a line, the innermost first, up to ``within`` (exclusive)."""
    return takewhile(lambda element: element is not within, block.around)


def _inside(page: Outline, element: HtmlElement) -> Iterator[int]:
    return (number for number, block in enumerate(page.blocks) if element in block.around)


def _headline(
    page: Outline, last: int, wanted: list[frozenset[str]], passing: frozenset[str] = frozenset()
) -> int | None:
    """The line of the headline: marked as one, equal to that of the head, or printed like one.

    Lines are passed over that only the title of a page of these kinds would be, as that of a box to log in.
    """
    lines = [
        number
        for number, block in enumerate(page.blocks[: last + 1])
        if len(block.text) >= _HEADLINE and number not in page.furniture and not _is_no_headline(block.text)
    ]
    if passing:
        lines = [number for number in lines if kind_of_title([page.blocks[number].text]) not in passing]
    likeness = {number: _similarity(page.blocks[number].text, wanted) for number in lines}
    marked = [
        number for number in lines if any(element.tag == "h1" for element in page.blocks[number].around)
    ]
    alike = [number for number in marked or lines if likeness[number] >= _ALIKE]
    alike = alike or [number for number in lines if likeness[number] >= _ALIKE]
    if alike:
        best = max(likeness[number] for number in alike)
        likest = max(number for number in alike if likeness[number] == best)
        if _has_words(page, likest):
            return likest
        if (below := _heading_below(page, lines, likest)) is not None:
            return below
        if not marked or likest in marked:
            return likest
    return _printed_headline(page, lines, marked, last)


def _heading_below(page: Outline, lines: list[int], label: int) -> int | None:
    """The last heading of several words below a line of few, which may be a site's name above an article."""
    own = [n for n in lines if n > label and page.is_text(n) and not is_link(page.blocks[n])]
    text = (n for n in own if is_running(page.blocks[n]) and not page.blocks[n].heading)
    end = next((n for n in text if len(page.blocks[n].text) > _LONGEST_HEADLINE), len(page.blocks))
    headings = (n for n in reversed(own) if n < end and page.blocks[n].heading)
    return next((n for n in headings if _has_words(page, n)), None)


def _printed_headline(page: Outline, lines: list[int], marked: list[int], last: int) -> int | None:
    """The line that is printed like a headline, where the head names none; one of several words first."""
    lines = [number for number in lines if not _is_sentence(page.blocks[number].text)]
    named = [
        number
        for number in reversed(lines)
        if not is_link(page.blocks[number]) and _is_named_title(page.blocks[number])
    ]
    headed = [number for number in named if page.blocks[number].heading]
    found = [*reversed(marked), *headed, *named, *_bold(page, lines, last)]
    return next((number for number in found if _has_words(page, number)), next(iter(found), None))


def _is_no_headline(text: str) -> bool:
    """Whether a line is a program's default, or the path to the page ("Trang chủ > Tin tức > Kinh tế")."""
    return is_default_title(text) or len(_STEPS.findall(text)) >= _PATH_STEPS


def _has_words(page: Outline, number: int) -> bool:
    return len(_WORD.findall(page.blocks[number].text)) >= LONG_HEADLINE_WORDS


def _line_above(page: Outline, first: int) -> int | None:
    """The uppermost line of several words right above the text, on a page that gives no headline at all."""
    lines = range(max(first - _ABOVE_TEXT, 0), first)
    plain = (n for n in lines if page.is_text(n) and not is_link(page.blocks[n]) and _has_words(page, n))
    return next((n for n in plain if not _is_sentence(page.blocks[n].text)), None)


def _is_sentence(text: str) -> bool:
    """Whether a line reads as a paragraph, or has a date: no headline that only its looks would tell."""
    return (len(text) > _LONGEST_HEADLINE and text.endswith((".", "…", "”", ":"))) or bool(date_in(text).text)


def own_headline(page: Outline, head: Metadata) -> int | None:
    """The line of the headline that the head names too, where it has several words and leads nowhere."""
    wanted = _wanted(head)
    window = comparison_key(head.page_title).casefold()
    alike = [
        number
        for number, block in enumerate(page.blocks)
        if len(block.text.split()) >= _HEADLINE_WORDS
        and number not in page.furniture
        and (not is_link(block) or _begins_window(block, window))
        and _similarity(block.text, wanted) >= _ALIKE
    ]
    marked = (
        number for number in alike if page.blocks[number].heading or _is_named_title(page.blocks[number])
    )
    exact = {comparison_key(text).casefold() for text in (*head.headlines, headline_of(head))}
    sure = (
        number
        for number in alike
        if len(page.blocks[number].text.split()) >= LONG_HEADLINE_WORDS
        or comparison_key(page.blocks[number].text).casefold() in exact
    )
    return next(marked, next(sure, None))


def _begins_window(block: Block, window: str) -> bool:
    """Whether the window's title begins with a heading that is a link, as an article's own on some pages."""
    return (
        block.heading
        and len(block.text.split()) >= LONG_HEADLINE_WORDS
        and window.startswith(comparison_key(block.text).casefold())
    )


def _headline_below_a_box(
    page: Outline, between: tuple[int, int], wanted: list[frozenset[str]]
) -> int | None:
    """The line of a heading with the head's words, below a box of some lines (of consent, of a campaign)."""
    first, last = between
    lines = (
        number
        for number in range(first, last + 1)
        if page.blocks[number].heading and _similarity(page.blocks[number].text, wanted) >= _ALIKE
    )
    return next(lines, None)


def _bold(page: Outline, lines: list[int], last: int) -> Iterator[int]:
    """The lines in bold or in a heading right above the text, the uppermost first."""
    for number in lines:
        block = page.blocks[number]
        printed = (
            block.heading or block.bold > _ALIKE or any(element.tag == "font" for element in block.inline)
        )
        if last - number <= _ABOVE_TEXT and printed and page.is_text(number) and not is_link(block):
            yield number


def _is_named_title(block: Block) -> bool:
    near = 3  # innermost elements that count: the box of a headline is named, the wrapper of the page is not
    return any("title" in kinds(element) for element in (*block.around[:near], *block.inline))


def _similarity(text: str, wanted: list[frozenset[str]]) -> float:
    """The share of words that a text and a wanted headline have in common, 0 to 1."""
    words = _words(text)
    return max((len(words & other) * 2 / (len(words) + len(other)) for other in wanted if words), default=0.0)


def _wanted(head: Metadata) -> list[frozenset[str]]:
    """The words of each headline that the head names; of the window's title also without the site's name."""
    wanted = [_words(text) for text in (*head.headlines, head.page_title) if text]
    own = _words(headline_of(head))
    return [*wanted, own] if len(own) >= LONG_HEADLINE_WORDS else wanted


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(nfc(text).casefold()))


def headline_of(head: Metadata) -> str:
    """The headline in the head; of the window's title the part before the site's name."""
    if head.headlines:
        return head.headlines[0]
    return re.split(rf"{WHITE_RUN}[|–—-]\s+", head.page_title, maxsplit=1)[0]
