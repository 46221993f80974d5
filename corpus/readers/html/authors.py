"""Which authors does a page name, by their class, within a line that says more ("Thu Hà - 07/03/2026")?"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from corpus.cleaning.bylines import byline_names, signers
from corpus.readers.html.class_words import kinds
from corpus.readers.html.region import Region

_ABOVE_TITLE = 3  # lines above the headline that may name its author
_BELOW_TEXT = 4
_LONGEST = 60  # characters of an element with names


def authors_within(region: Region) -> Iterator[str]:
    """The names in elements of the author's class around the headline, or right below the text.

    An element counts only where its text reads like names: such a class is given to buttons too.
    """
    blocks = region.page.blocks
    start = max(0, (region.title_at if region.title_at >= 0 else region.numbers[0]) - _ABOVE_TITLE)
    end = region.numbers[-1]
    seen: set[HtmlElement] = set()
    for number in (*range(start, region.first_text), *range(end, min(end + _BELOW_TEXT, len(blocks)))):
        if blocks[number].element in seen or number in region.page.teasers:
            continue
        seen.add(blocks[number].element)
        for element in blocks[number].element.iter("a", "span", "b", "strong", "em", "i", "cite"):
            text = " ".join("".join(element.itertext()).split())
            if "author" in kinds(element) and len(text) <= _LONGEST and signers(text):
                yield from byline_names(text)
