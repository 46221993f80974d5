"""Where in an article does each hit stand? Its texts by part, every hit numbered in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from indexer.places import Zone
from search_app.highlight import MarkedText
from search_app.pages import ArticlePage


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A piece of original text; ``number`` counts the hits from 1 and is 0 where it is none."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class HitPlace:
    """A hit: its number, and its place along the article, 0 to 1000."""

    number: int
    place: int


Parts = tuple[NumberedPart, ...]


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """The searched texts of an article."""

    title: Parts
    lede: Parts
    paragraphs: tuple[Parts, ...]
    captions: tuple[Parts, ...]


def marked_article(page: ArticlePage) -> MarkedArticle:
    """The texts in reading order, so that the numbers ascend down the page."""
    numbers = count(1)
    zones: dict[Zone, list[Parts]] = {zone: [] for zone in Zone}
    for text in page.texts:
        zones[text.zone].append(tuple(_numbered(text, numbers)))
    return MarkedArticle(
        title=zones[Zone.TITLE][0],
        lede=next(iter(zones[Zone.LEDE]), ()),
        paragraphs=tuple(filter(None, zones[Zone.BODY])),
        captions=tuple(filter(None, zones[Zone.CAPTIONS])),
    )


def hit_places(page: ArticlePage) -> list[HitPlace]:
    """Where along the article each hit stands, in thousandths of its characters."""
    length = max(1, sum(len(text.text) for text in page.texts))
    found: list[HitPlace] = []
    before = 0
    for text in page.texts:
        for part in text.parts():
            if part.hit:
                found.append(HitPlace(len(found) + 1, 1000 * before // length))
            before += len(part.text)
    return found


def _numbered(text: MarkedText, numbers: Iterator[int]) -> Iterator[NumberedPart]:
    for part in text.parts():
        yield NumberedPart(part.text, next(numbers) if part.hit else 0)
