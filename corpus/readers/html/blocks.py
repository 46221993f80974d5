"""What are the lines of a page, in order, and in which elements and styles is each?"""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from corpus.cleaning.lines import stripped

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PICTURES = frozenset({"img", "amp-img", "video", "amp-video", "audio"})
_BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "summary", "details", "time",
    "amp-carousel", "amp-accordion",
}  # fmt: skip
_DEEPEST = 100  # innermost elements around a line that are noted; pages nest some forty deep
_MOSTLY = 0.8  # share of a line's letters in an inline element from which its name is the line's
_WHITE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A line of the page: the text between block boundaries or line breaks.

    Attributes:
        text: in the original characters, with white space as a browser shows it.
        around: the block-level elements around it, the innermost first.
        inline: the inline elements that contain nearly all of it.
        linked, bold, italic: the share of its letters in links, bold, italics; 0 to 1.
        heading: whether it is in h1 to h6.
        links: the address and the text of each link in it.
        with_picture, after_picture: whether a picture is in it, or right before it.
        picture: whether it is a picture without text.
    """

    text: str
    around: tuple[HtmlElement, ...]
    inline: tuple[HtmlElement, ...] = ()
    linked: float = 0.0
    bold: float = 0.0
    italic: float = 0.0
    heading: bool = False
    links: tuple[tuple[str, str], ...] = ()
    with_picture: bool = False
    after_picture: bool = False
    picture: bool = False

    @property
    def element(self) -> HtmlElement:
        """The innermost block-level element around the line."""
        return self.around[0]


def blocks_of(body: HtmlElement) -> list[Block]:
    """The lines of the page in order; pictures are blocks without text among them."""
    walk = _Walk(body)
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if isinstance(element.tag, str):
            (walk.start if event == "start" else walk.end)(element)
    walk.flush()
    return walk.blocks


@dataclass(slots=True)
class _Open:
    """An open inline element, with the letter and piece of the line at which it began."""

    element: HtmlElement
    letters: int
    piece: int


@dataclass(slots=True)
class _Walk:
    """The state of the walk over the tree: open elements, and the current line."""

    body: HtmlElement
    blocks: list[Block] = field(default_factory=list)
    _around: list[tuple[HtmlElement, ...]] = field(default_factory=list)
    _inline: list[_Open] = field(default_factory=list)
    _depth: dict[str, int] = field(default_factory=lambda: {"a": 0, "b": 0, "i": 0, "h": 0})
    _pieces: list[str] = field(default_factory=list)
    _letters: dict[str, int] = field(default_factory=lambda: {"all": 0, "a": 0, "b": 0, "i": 0})
    _held: list[tuple[HtmlElement, int]] = field(default_factory=list)
    _links: list[tuple[str, str]] = field(default_factory=list)
    _picture: bool = False

    def start(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS or tag == "br":
            self.flush()
        if tag in _BLOCKS or element is self.body:
            before = self._around[-1] if self._around else ()
            self._around.append((element, *before[: _DEEPEST - 1]))
        elif tag in PICTURES:
            self._see_picture()
        if tag not in _BLOCKS and element is not self.body:
            self._inline.append(_Open(element, self._letters["all"], len(self._pieces)))
        if style := _style(tag):
            self._depth[style] += 1
        self._add(element.text)

    def end(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS or element is self.body:
            self.flush()  # before the style ends: the last line of a heading is in it
            self._around.pop()
        else:
            self._close(self._inline.pop())
        if style := _style(tag):
            self._depth[style] -= 1
        if element is not self.body:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._pieces.append(text)
        count = len(_WHITE.sub("", text))
        self._letters["all"] += count
        for style in ("a", "b", "i"):
            if self._depth[style]:
                self._letters[style] += count

    def _close(self, inline: _Open) -> None:
        """Notes how many letters of the line an inline element contained."""
        self._held.append((inline.element, self._letters["all"] - inline.letters))
        link = inline.element.get("href") if inline.element.tag == "a" else None
        if link:
            self._links.append((link, _line("".join(self._pieces[inline.piece :]))))

    def _see_picture(self) -> None:
        if not "".join(self._pieces).strip():
            self.blocks.append(Block("", self._around[-1], picture=True))
        self._picture = True

    def flush(self) -> None:
        """Ends the line; open inline elements continue in the next one."""
        text = _line("".join(self._pieces))
        for inline in self._inline[-_DEEPEST:] if text else ():
            self._close(inline)
        if text:
            self.blocks.append(self._block(text))
        self._pieces.clear()
        self._links.clear()
        self._held.clear()
        self._picture = False
        self._letters = dict.fromkeys(self._letters, 0)
        for inline in self._inline[-_DEEPEST:]:
            inline.letters = inline.piece = 0

    def _block(self, text: str) -> Block:
        letters = self._letters
        total = max(1, letters["all"])
        return Block(
            text,
            self._around[-1],
            inline=tuple(element for element, count in self._held if count >= _MOSTLY * total),
            linked=letters["a"] / total,
            bold=letters["b"] / total,
            italic=letters["i"] / total,
            heading=self._depth["h"] > 0,
            links=tuple(self._links),
            with_picture=self._picture,
            after_picture=bool(self.blocks and self.blocks[-1].picture),
        )


def _line(text: str) -> str:
    return stripped(_WHITE.sub(" ", text))


def _style(tag: str) -> str:
    if tag in HEADINGS:
        return "h"
    return {"a": "a", "b": "b", "strong": "b", "i": "i", "em": "i"}.get(tag, "")
