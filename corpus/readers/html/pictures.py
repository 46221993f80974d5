"""Which lines are the captions of a page's pictures?"""

from lxml.html import HtmlElement

from corpus.cleaning.captions import has_credit
from corpus.readers.html.blocks import Block
from corpus.readers.html.class_words import kinds
from corpus.readers.html.region import Region, ancestors

_LONGEST = 600
_LONGEST_UNNAMED = 350
_MOST_LINES = 2  # of a box around a picture: the caption, and the photographer
_MOSTLY = 0.6
_CENTRED = ("center", "middle")
_BOXES = frozenset({"table", "div", "center", "li", "td"})


def is_named_caption(region: Region, block: Block) -> bool:
    """Whether the page's mark-up names the line a caption."""
    for element in ancestors(block, region.element):
        named = (
            element.tag in {"figcaption", "figure"} or "caption" in kinds(element) or _is_image_class(element)
        )
        if named and region.page.extents.characters[element] <= _LONGEST:
            return True
    return False


def is_printed_as_caption(region: Region, block: Block) -> bool:
    """Whether a line is printed like a caption: in a box with a picture, or small below one."""
    if any(_is_picture_box(region, element) for element in ancestors(block, region.element)):
        return True
    return _is_below_picture(block)


def _is_image_class(element: HtmlElement) -> bool:
    """Whether the element's only name is "Image", which captions had for years."""
    return element.get("class", "").strip().casefold() == "image" and element.tag in {"p", "td", "span"}


def _is_picture_box(region: Region, element: HtmlElement) -> bool:
    """Whether the element contains a picture and a few words, and not the text around it."""
    extents = region.page.extents
    if element.tag not in _BOXES or not extents.pictures[element] or extents.lines[element] > _MOST_LINES:
        return False
    return extents.characters[element] <= min(_LONGEST_UNNAMED, extents.characters[region.element] / 2)


def _is_below_picture(block: Block) -> bool:
    """Whether an unnamed line right below a picture is printed like a caption."""
    if not (block.after_picture or block.with_picture) or len(block.text) > _LONGEST_UNNAMED:
        return False
    element = block.element
    style = element.get("style", "").replace(" ", "").casefold()
    centred = element.get("align", "").casefold() in _CENTRED or "text-align:center" in style
    return block.italic > _MOSTLY or centred or element.tag == "center" or has_credit(block.text)
