"""How does an article become terms with their places?

The result is what an engine indexes; it is the same in every process, and depends only on the article, its
word boundaries and what ``fingerprint`` names.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from corpus.article import Article
from indexer.engine import AnalysedArticle
from indexer.places import BEGINS, ENDS, PARAGRAPH_GAP, POSITION_SHIFT, ZONE_WEIGHTS, Place, Zone, pack
from indexer.query import Field
from indexer.spans import pack_spans
from indexer.text.normalise import normalise
from indexer.text.syllables import TOKEN, terms
from indexer.text.words import joins_of, segmenter

ANALYSIS = 1  # raise it where the same text would give other terms or places
TermPlaces = dict[str, tuple[int, ...]]


def fingerprint() -> str:
    """What the terms and places of an index depend on. An index with another fingerprint must be rebuilt."""
    return f"analysis {ANALYSIS}; unicode {unicodedata.unidata_version}; {segmenter()}"


def searched_texts(article: Article) -> Iterator[tuple[Zone, str]]:
    """The texts of an article that are searched, in order, each with its zone."""
    yield Zone.TITLE, article.title
    yield Zone.LEDE, article.lede
    for paragraph in article.paragraphs:
        yield Zone.BODY, paragraph
    for caption in article.captions:
        yield Zone.CAPTIONS, caption


def word_joins(articles: Iterable[Article]) -> list[list[bool]]:
    """For each article, a flag for each syllable of its texts: whether its word goes on with the next one."""
    texts = [[text for _, text in searched_texts(article)] for article in articles]
    joins = iter(joins_of(list(chain.from_iterable(texts))))
    return [[joined for _ in of_article for joined in next(joins)] for of_article in texts]


def analyse(article: Article, change: int, boundaries: bytes) -> AnalysedArticle:
    """The article as an engine takes it; ``boundaries`` are its packed word joins (see words.pack_joins)."""
    places, length, spans = _text_places(article, boundaries)
    span = article.published.span
    day = article.published.plain[:7] if span else ""
    return AnalysedArticle(
        id=article.id,
        change=change,
        places={
            Field.TEXT: places,
            Field.SOURCE: _value_places([article.source]),
            Field.SECTION: _value_places([article.section]),
            Field.AUTHOR: _value_places(article.authors),
            Field.TAG: _value_places(article.tags),
        },
        length=length,
        spans=spans,
        source=facet_value(article.source),
        section=facet_value(article.section),
        first_day=span[0].toordinal() if span else 0,
        last_day=span[1].toordinal() if span else 0,
        minute=article.published.minute or 0,
        year=day[:4],
        month=day if len(day) > len("2013") else "",
    )


def facet_value(value: str) -> str:
    """The form of a value that is counted: NFC and NFD of it, and any white space in it, are one value."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def _text_places(article: Article, boundaries: bytes) -> tuple[TermPlaces, float, bytes]:
    """The terms' places, the weighted length, and the packed spans."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    length = 0.0
    positions = dict.fromkeys(Zone, 0)
    texts = list(searched_texts(article))
    spans = [[token.span() for token in TOKEN.finditer(text)] for _, text in texts]
    edges = iter(_word_edges(boundaries, sum(map(len, spans))))
    for (zone, text), here in zip(texts, spans, strict=True):
        first = pack(Place(zone, positions[zone], begins=False, ends=False))
        step = 1 << POSITION_SHIFT  # the next position's packed place
        for place, (start, end) in zip(range(first, first + step * len(here), step), here, strict=True):
            found[normalise(text[start:end])].append(place | next(edges))
        positions[zone] += len(here) + PARAGRAPH_GAP
        length += ZONE_WEIGHTS[zone] * len(here)
    packed = pack_spans(spans, [len(text) for _, text in texts])
    return {term: tuple(places) for term, places in found.items()}, length, packed


def _word_edges(boundaries: bytes, count: int) -> list[int]:
    """For each syllable, the two bits of its place: BEGINS where a word begins there, ENDS where one ends."""
    joined = np.unpackbits(np.frombuffer(boundaries, np.uint8), count=count, bitorder="little").astype(
        np.bool_
    )
    goes_on = np.concatenate([[False], joined[:-1]])
    edges: list[int] = (np.where(goes_on[:count], 0, BEGINS) | np.where(joined, 0, ENDS)).tolist()
    return edges


def _value_places(values: Iterable[str]) -> TermPlaces:
    found: dict[str, list[int]] = {}
    position = 0
    for value in values:
        for term in terms(value):
            found.setdefault(term, []).append(pack(Place(0, position)))
            position += 1
        position += PARAGRAPH_GAP
    return {term: tuple(places) for term, places in found.items()}
