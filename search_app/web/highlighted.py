"""Where in an article does each hit stand? Its texts by part, every hit numbered in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from indexer.places import Zone
from indexer.spans import text_starts
from search_app.answer.highlight import HighlightedText
from search_app.answer.pages import ArticlePage


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A piece of original text.

    Attributes:
        number: counts the hits from 1; 0 where it is none.
        asked: whether the address asks for this very hit.
    """

    text: str
    number: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class HitPlace:
    """A hit: its number, and its place along the article, 0 to 1000."""

    number: int
    place: int


Parts = tuple[NumberedPart, ...]


@dataclass(frozen=True, slots=True)
class TextParts:
    """A text of an article, with its place.

    Attributes:
        start, stop: its first character and the one behind it, in all searched texts laid end to end.
        number: of a paragraph or a caption among its kind, from 1; 0 of title and lede.
    """

    parts: Parts
    start: int
    stop: int
    number: int = 0
    is_caption: bool = False


@dataclass(frozen=True, slots=True)
class HighlightedArticle:
    """The searched texts of an article.

    Attributes:
        body: paragraphs and captions in the order in which they are read.
        captions: those whose place is not known.
        asked: first character of the hit that is asked for, and the one behind it; None where there is none.
    """

    title: TextParts
    lede: TextParts
    body: tuple[TextParts, ...]
    captions: tuple[TextParts, ...]
    asked: tuple[int, int] | None = None


def highlighted_article(page: ArticlePage, at: int | None = None) -> HighlightedArticle:
    """The texts in reading order, so that the numbers ascend down the page.

    Args:
        at: the offset, in all searched texts laid end to end, of the hit that is asked for.
    """
    numbers, starts = count(1), text_starts([len(text.text) for text in page.texts])
    first = {id(text): start for text, start in zip(page.texts, starts, strict=False)}
    title, lede, *rest = (_placed(text, first[id(text)], numbers, at) for text in _in_reading_order(page))
    kinds = page.archived.article.body()
    body = [
        replace(text, number=kind.number + 1, is_caption=kind.is_caption)
        for text, kind in zip(rest, kinds, strict=True)
    ]
    placed = len(body) - _unplaced(page)
    return HighlightedArticle(
        title=title,
        lede=lede,
        body=tuple(one for one in body[:placed] if one.parts),
        captions=tuple(one for one in body[placed:] if one.parts),
        asked=next(filter(None, map(_asked, (title, lede, *body))), None),
    )


def hit_places(page: ArticlePage) -> list[HitPlace]:
    """Where along the article each hit stands, in thousandths of its characters."""
    length = max(1, sum(len(text.text) for text in page.texts))
    found: list[HitPlace] = []
    before = 0
    for text in _in_reading_order(page):
        for part in text.fragments():
            if part.hit:
                found.append(HitPlace(len(found) + 1, 1000 * before // length))
            before += len(part.text)
    return found


def _in_reading_order(page: ArticlePage) -> Iterator[HighlightedText]:
    """Title and lede, then paragraphs and captions as they are read."""
    zones: dict[Zone, list[HighlightedText]] = {zone: [] for zone in Zone}
    for text in page.texts:
        zones[text.zone].append(text)
    yield from (*zones[Zone.TITLE], *zones[Zone.LEDE])
    for one in page.archived.article.body():
        yield zones[Zone.CAPTIONS if one.is_caption else Zone.BODY][one.number]


def _unplaced(page: ArticlePage) -> int:
    article = page.archived.article
    return len(article.captions) - len(article.caption_places)


def _placed(text: HighlightedText, start: int, numbers: Iterator[int], at: int | None) -> TextParts:
    parts = tuple(_numbered(text, numbers, None if at is None else at - start))
    return TextParts(parts, start, start + len(text.text))


def _asked(text: TextParts) -> tuple[int, int] | None:
    """Where the hit that is asked for stands, if it stands in a text."""
    start = text.start
    for part in text.parts:
        if part.asked:
            return start, start + len(part.text)
        start += len(part.text)
    return None


def _numbered(text: HighlightedText, numbers: Iterator[int], at: int | None) -> Iterator[NumberedPart]:
    start = 0
    for part in text.fragments():
        stop = start + len(part.text)
        asked = part.hit and at is not None and start <= at < stop
        yield NumberedPart(part.text, next(numbers) if part.hit else 0, asked)
        start = stop
