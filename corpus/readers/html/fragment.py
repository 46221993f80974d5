"""What are the lines of a piece of HTML, and which are captions? For feeds, not for whole pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter

from corpus.cleaning.lines import lines, stripped

_BLOCK = re.compile(
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li"
    "|main|nav|ol|option|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_UNSEEN = re.compile("script|style|noscript|template|head|title")
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_CAPTION_CLASS = re.compile(r"caption|chu-?thich", re.IGNORECASE)
_MOST_UNENDED = 10  # tags and comments without an end: each is looked for up to the end of the text
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TWO_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """The text of a piece of HTML: its lines, and those of its captions, which stand in neither twice.

    Attributes:
        order: the lines and the captions as they come; a caption within a line stands after it.
    """

    text: tuple[str, ...]
    captions: tuple[str, ...]
    order: tuple[str, ...]


def fragment_of(html: str) -> Fragment:
    """The lines of a piece of HTML; plain text is one too.

    >>> fragment_of("<p>Mưa <b>lớn</b>.</p><figure><figcaption>Lũ lên.</figcaption></figure>A &lt; B").order
    ('Mưa lớn.', 'Lũ lên.', 'A < B')
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    runs = [
        (is_caption, "".join(data for _, data in run))
        for is_caption, run in groupby(parser.pieces, itemgetter(0))
    ]
    return Fragment(
        text=_lines("".join(run for is_caption, run in runs if not is_caption)),
        captions=_lines("".join(run for is_caption, run in runs if is_caption)),
        order=tuple(_ordered(runs)),
    )


def _ordered(runs: Iterable[tuple[bool, str]]) -> Iterator[str]:
    """The lines of the text, and the captions between them."""
    begun = ""  # a line that has not ended yet
    within: list[str] = []  # the captions in it
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
    """The lines, with one space where two pieces of text leave two, as a browser shows them."""
    return lines(_TWO_SPACES.sub(" ", text))


class _Parser(HTMLParser):
    """Gathers text; where it stands is known by the open elements that matter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[bool, str]] = []  # whether a caption's, and the text
        self._caption = ""  # the element that is a caption, while it is open
        self._unseen = ""
        self._depth = 0  # of elements of the same name inside it
        self._unended = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._caption == "p" and tag != "br" and _BLOCK.fullmatch(tag):
            self._end_caption()  # no paragraph holds a block
        self._break(tag)
        if _VOID.fullmatch(tag):
            return
        within = self._unseen or self._caption
        if within:
            self._depth += tag == within
        elif _UNSEEN.fullmatch(tag):
            self._unseen, self._depth = tag, 1
        elif tag == "figcaption" or _CAPTION_CLASS.search(dict(attrs).get("class") or ""):
            self._caption, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        if self._ends_around(tag):
            self._end_caption()
        self._break(tag)
        if tag == (self._unseen or self._caption):
            self._depth -= 1
            if not self._depth:
                self._end_caption()

    def _ends_around(self, tag: str) -> bool:
        """Whether an element ends that holds the open caption, whose own end is missing."""
        if self._caption == "p":
            return tag not in {"p", "br"} and bool(_BLOCK.fullmatch(tag))
        return self._caption == "figcaption" and tag == "figure"

    def _end_caption(self) -> None:
        self._break("p")
        self._unseen = self._caption = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append((bool(self._caption), _SPACES.sub(" ", data)))

    def _break(self, tag: str) -> None:
        if _BLOCK.fullmatch(tag):
            self.pieces.append((bool(self._caption), "\n"))

    # html.parser asks these for what begins at ``i`` and where it ends; -1: the text ends before.

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
        except AssertionError:  # "<![" and no name that it knows: browsers take it for a comment
            return self._ended(self.parse_bogus_comment(i), i)

    def _ended(self, end: int, start: int) -> int:
        """The end; where too much has none, that of the text, the rest of which is taken for what it is."""
        self._unended += end < 0
        if end >= 0 or self._unended <= _MOST_UNENDED:
            return end
        self.handle_data(unescape(self.rawdata[start:]))
        return len(self.rawdata)
