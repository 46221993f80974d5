"""What are the lines of a fragment of HTML, and which are captions? For feeds, not for whole pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter

from corpus.cleaning.lines import lines, stripped
from corpus.cleaning.shortcodes import without_shortcodes

_BLOCK = re.compile(
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li"
    "|main|nav|ol|option|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_UNSEEN = re.compile("script|style|noscript|template|head|title")
_PAGE = re.compile(r"(?:<[?!][^<>]*+>|\s)*+<(?:html|head|body|meta|title)[\s>]", re.IGNORECASE)
_FURNITURE = re.compile("nav|header|footer|aside|form|button|select|menu|dialog")  # of a whole page
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_CAPTION_CLASS = re.compile(r"caption|chu-?thich", re.IGNORECASE)
_MOST_UNENDED = 10  # tags and comments without an end: for each the rest of the text is searched
_ONE_LINE = re.compile("p|li|h[1-6]|td|th|dt|dd|figcaption|caption|pre|option")
_PARTS_LINES = re.compile(r"<(?:p|br|div|li|td|h[1-6])[\s/>]", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TWO_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """The text of a fragment of HTML, as lines and captions; no text is in both.

    Attributes:
        order: the lines and the captions in order; a caption within a line comes after it.
    """

    text: tuple[str, ...]
    captions: tuple[str, ...]
    order: tuple[str, ...]


class NewLines(Enum):
    """What a new line in the text of HTML is.

    Attributes:
        SPACE: a space, as in a page.
        BLANK: a blank line ends a paragraph: the text has no elements that do.
        TYPED: as WordPress shows what was typed: a new line is one outside of elements that are one line.
    """

    SPACE = "space"
    BLANK = "blank"
    TYPED = "typed"


def fragment_of(html: str, new_lines: NewLines | None = None) -> Fragment:
    """The lines of a fragment of HTML, or of plain text; shortcodes of WordPress are none.

    Args:
        new_lines: what a new line in its text is. Where that is not given, blank lines end paragraphs if no
            element does.

    >>> fragment_of("<p>Mưa <b>lớn</b>.</p><figure><figcaption>Lũ lên.</figcaption></figure>A &lt; B").order
    ('Mưa lớn.', 'Lũ lên.', 'A < B')
    """
    source = without_shortcodes(html)
    if new_lines is None:
        new_lines = NewLines.SPACE if _PARTS_LINES.search(source) else NewLines.BLANK
    runs = _runs(source, new_lines, is_page=bool(_PAGE.match(source)))
    return Fragment(
        text=_lines("".join(run for is_caption, run in runs if not is_caption)),
        captions=_lines("".join(run for is_caption, run in runs if is_caption)),
        order=tuple(_ordered(runs)),
    )


def _runs(source: str, new_lines: NewLines, *, is_page: bool) -> list[tuple[bool, str]]:
    """The runs of text and of captions; of a whole page without what stands around every article."""
    parser = _Parser(new_lines, is_page=is_page)
    parser.feed(source)
    parser.close()
    if is_page and not any(data.strip() for _, data in parser.pieces):
        return _runs(source, new_lines, is_page=False)
    return [
        (is_caption, "".join(data for _, data in run))
        for is_caption, run in groupby(parser.pieces, itemgetter(0))
    ]


def _ordered(runs: Iterable[tuple[bool, str]]) -> Iterator[str]:
    """The lines of the text, and the captions between them."""
    begun = ""  # the current line
    within: list[str] = []  # the captions within it
    for is_caption, run in runs:
        if is_caption and stripped(begun):
            within += _lines(run)
        elif is_caption:
            yield from _lines(run)
        else:
            ended, broken, begun_now = run.rpartition("\n")
            if broken:
                first, _, rest = ended.partition("\n")
                yield from (*_lines(begun + first), *within, *_lines(rest))
                begun, within = "", []
            begun += begun_now
    yield from (*_lines(begun), *within)


def _lines(text: str) -> tuple[str, ...]:
    """The lines, with single spaces between pieces of text, as a browser shows them."""
    return lines(_TWO_SPACES.sub(" ", text))


class _Parser(HTMLParser):
    """Collects text, and keeps track of the open elements that matter."""

    def __init__(self, new_lines: NewLines, *, is_page: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._is_page = is_page
        self._within_article = False
        self._new_lines = new_lines
        self._within_line = False  # whether the innermost block is one line, however it was typed
        self.pieces: list[tuple[bool, str]] = []  # whether it is of a caption; the text
        self._caption = ""  # the name of the open caption element
        self._unseen = ""
        self._depth = 0  # of nested elements of the same name
        self._unended = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._caption == "p" and tag != "br" and _BLOCK.fullmatch(tag):
            self._end_caption()  # a paragraph cannot contain a block
        self._break(tag)
        if tag != "br" and _BLOCK.fullmatch(tag):
            self._within_line = bool(_ONE_LINE.fullmatch(tag))
        if _VOID.fullmatch(tag):
            return
        self._within_article |= tag == "article"
        within = self._unseen or self._caption
        if within:
            self._depth += tag == within
        elif _UNSEEN.fullmatch(tag) or self._is_furniture(tag):
            self._unseen, self._depth = tag, 1
        elif tag == "figcaption" or _CAPTION_CLASS.search(dict(attrs).get("class") or ""):
            self._caption, self._depth = tag, 1

    def _is_furniture(self, tag: str) -> bool:
        """Whether the element is of the page; an article's own header has its headline and lede."""
        if tag == "header" and self._within_article:
            return False
        return self._is_page and bool(_FURNITURE.fullmatch(tag))

    def handle_endtag(self, tag: str) -> None:
        if self._ends_around(tag):
            self._end_caption()
        self._break(tag)
        if tag != "br" and _BLOCK.fullmatch(tag):
            self._within_line = False
        if tag == (self._unseen or self._caption):
            self._depth -= 1
            if not self._depth:
                self._end_caption()

    def _ends_around(self, tag: str) -> bool:
        """Whether the end tag is that of an element around the open caption, whose own end tag is missing."""
        if self._caption == "p":
            return tag not in {"p", "br"} and bool(_BLOCK.fullmatch(tag))
        return self._caption == "figcaption" and tag == "figure"

    def _end_caption(self) -> None:
        self._break("p")
        self._unseen = self._caption = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append((bool(self._caption), _SPACES.sub(self._as_shown, data)))

    def _as_shown(self, white: re.Match[str]) -> str:
        """A run of white space as it is shown: a space, or the end of a line."""
        least = 2 if self._within_line or self._new_lines is NewLines.BLANK else 1
        ends = self._new_lines is not NewLines.SPACE and white[0].count("\n") >= least
        return "\n" if ends else " "

    def _break(self, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self.pieces.append((bool(self._caption), "\n"))

    # html.parser calls these for the construct at ``i``; they return its end, or -1 where it has none.

    def parse_starttag(self, i: int) -> int:
        return self._ended(super().parse_starttag(i), i)

    def parse_endtag(self, i: int) -> int:
        return self._ended(super().parse_endtag(i), i)

    def parse_comment(self, i: int, report: bool = True) -> int:
        return self._ended(super().parse_comment(i, report), i)

    def parse_pi(self, i: int) -> int:
        return self._ended(super().parse_pi(i), i)

    def parse_html_declaration(self, i: int) -> int:
        try:
            return self._ended(super().parse_html_declaration(i), i)
        except AssertionError:  # "<![" with an unknown name: browsers take it for a comment
            return self._ended(self.parse_bogus_comment(i), i)

    def _ended(self, end: int, start: int) -> int:
        """The end of the construct; that of the whole text once too many have none."""
        self._unended += end < 0
        if end >= 0 or self._unended <= _MOST_UNENDED:
            return end
        self.handle_data(unescape(self.rawdata[start:]))
        return len(self.rawdata)
