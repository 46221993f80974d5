"""How does an article become terms with their places?

The result is what an engine indexes; it is the same in every process, and depends only on the article, its
word boundaries and what ``fingerprint`` names.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from corpus.article import Article, Provenance
from indexer.engine import AnalysedArticle
from indexer.facets import NO_PROVENANCE, read_facets
from indexer.fields import VALUES, Field
from indexer.places import PARAGRAPH_GAP, Place, Zone, pack
from indexer.text.syllables import terms
from indexer.text.text_places import TextPlaces, text_places
from indexer.text.words import joins_of, segmenter

ANALYSIS = 1  # raise it where the same text would give other terms or places


class Version(NamedTuple):
    """A version of an article, with the change that brought it and its packed word joins."""

    article: Article
    change: int
    boundaries: bytes
    provenance: Provenance = NO_PROVENANCE


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


def analyse(
    article: Article, change: int, boundaries: bytes, provenance: Provenance = NO_PROVENANCE
) -> AnalysedArticle:
    """The article as an engine takes it; ``boundaries`` are its packed word joins (see words.pack_joins)."""
    return analyse_all([Version(article, change, boundaries, provenance)])[0]


def analyse_all(versions: Sequence[Version]) -> list[AnalysedArticle]:
    """Articles as an engine takes them; it is fastest for a few dozen at a time."""
    texts = [list(searched_texts(version.article)) for version in versions]
    found = text_places(texts, [version.boundaries for version in versions])
    return [_analysed(version, here) for version, here in zip(versions, found, strict=True)]


def _analysed(version: Version, text: TextPlaces) -> AnalysedArticle:
    article = version.article
    span = article.published.span
    return AnalysedArticle(
        id=article.id,
        change=version.change,
        places={
            Field.TEXT: text.places,
            **{field: _value_places(tuple(values(article))) for field, values in VALUES.items()},
        },
        length=text.length,
        spans=text.spans,
        first_day=span[0].toordinal() if span else 0,
        last_day=span[1].toordinal() if span else 0,
        minute=article.published.minute or 0,
        guessed=article.published.inferred or article.published.is_last_change,
        facets=read_facets(article, version.provenance),
    )


@lru_cache(maxsize=1 << 12)
def _value_places(values: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    term_places: dict[str, list[int]] = {}
    position = 0
    for value in values:
        for term in terms(value):
            term_places.setdefault(term, []).append(pack(Place(0, position)))
            position += 1
        position += PARAGRAPH_GAP
    return {term: tuple(places) for term, places in term_places.items()}
