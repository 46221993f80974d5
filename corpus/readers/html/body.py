"""Which element of the page holds the article's text?

Each line counts for its elements where it reads as running text, and against them where it is a link, a
button or furniture. The element with the highest sum holds the article. An element that is marked as the text
(``itemprop="articleBody"``) is taken instead, unless next to nothing is in it.
"""

from collections import Counter

from lxml.html import HtmlElement

from corpus.readers.html.blocks import Block
from corpus.readers.html.outline import Outline, is_headline_link, is_link, is_running

_LONGEST_COUNTED = 800  # characters of a line that count; one endless line is no article
_MARKED_LEAST = 0.4  # of the best element's sum; a marked element with less is not taken
_SHORT_LOSS = 4  # characters that a line counts against its elements where it is no running text
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li"})
_LINK_LOSS = 8
_TEASER_LOSS = 20  # little, since even a short article may contain a box of three


def article_element(page: Outline, marked: list[HtmlElement]) -> HtmlElement | None:
    """The innermost element with the article's running text; None where the page has none."""
    gains = _gains(page)
    best = max(gains, key=lambda element: gains[element], default=None)
    if best is None or gains[best] <= 0:
        return None
    believed = [candidate for candidate in marked if gains.get(candidate, 0) >= _MARKED_LEAST * gains[best]]
    return max(believed, key=lambda element: gains[element], default=best)


def element_below(page: Outline, headline: int) -> HtmlElement | None:
    """The element with the first text below a headline and what stands with it; None where there is none.

    It is the largest element around that text that holds no more headlines of other articles than the
    smallest one of them does.
    """
    texts = (n for n in range(headline + 1, len(page.blocks)) if page.is_text(n))
    first = next((n for n in texts if is_running(page.blocks[n])), None)
    if first is None:
        return None
    links = Counter(
        element
        for number, block in enumerate(page.blocks)
        if number not in page.furniture and is_headline_link(block)
        for element in block.around
    )
    around = page.blocks[first].around
    smallest = next((element for element in around if element.tag not in _PARAGRAPHS), around[-1])
    below = [element for element in around if links[element] <= links[smallest]]
    return below[-1] if below else smallest


def _gains(page: Outline) -> dict[HtmlElement, float]:
    """The sum of each element; inner elements come before outer ones."""
    gains: Counter[HtmlElement] = Counter()
    depths: dict[HtmlElement, int] = {}
    for number, block in enumerate(page.blocks):
        if block.text:
            gain = _gain(block, page.is_text(number))
            for depth, element in enumerate(reversed(block.around)):
                gains[element] += gain
                depths[element] = depth
    return {element: gains[element] for element in sorted(gains, key=lambda gained: -depths[gained])}


def _gain(block: Block, is_text: bool) -> int:
    length = min(len(block.text), _LONGEST_COUNTED)
    if not is_text:
        return -_TEASER_LOSS
    if is_link(block):
        return -_LINK_LOSS
    return length if is_running(block) else -_SHORT_LOSS
