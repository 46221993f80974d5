"""How often is each run of syllables one word? The reference, counted in the plainest way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import numpy as np

from indexer.engine import AnalysedArticle
from indexer.fields import Field
from indexer.places import unpack
from indexer.word_counts import LONGEST_WORD, PairCounts, WordCounts, WordRows

Paragraph = list[tuple[str, bool, bool]]
"""Its syllables in order: the term, whether a word begins with it, whether one ends with it."""


def count_words(articles: Iterable[AnalysedArticle]) -> WordCounts:
    """The counts of some articles."""
    words: Counter[tuple[str, ...]] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    terms: set[str] = set()
    for article in articles:
        for paragraph in _paragraphs(article):
            syllables = [term for term, _, _ in paragraph]
            terms.update(syllables)
            pairs.update(pairwise(syllables))
            words.update(_words(paragraph))
    numbers = {term: number for number, term in enumerate(sorted(terms))}
    keys = {numbers[first] << 32 | numbers[second]: count for (first, second), count in pairs.items()}
    return WordCounts(
        tuple(numbers),
        {length: _rows(words, numbers, length) for length in range(1, LONGEST_WORD + 1)},
        PairCounts(np.array(sorted(keys), np.int64), np.array([keys[key] for key in sorted(keys)], np.int64)),
    )


def _paragraphs(article: AnalysedArticle) -> Iterator[Paragraph]:
    """The runs of syllables at successive positions."""
    syllables = sorted(
        (place.zone, place.position, term, place.begins, place.ends)
        for term, places in article.places[Field.TEXT].items()
        for place in map(unpack, places)
    )
    paragraph: Paragraph = []
    after = (0, 0)
    for zone, position, term, begins, ends in syllables:
        if (zone, position) != after:
            yield paragraph
            paragraph = []
        paragraph.append((term, begins, ends))
        after = (zone, position + 1)
    yield paragraph


def _words(paragraph: Paragraph) -> Iterator[tuple[str, ...]]:
    """The words that begin and end in the paragraph, but for those of too many syllables."""
    for first, (_, begins, _) in enumerate(paragraph):
        if not begins:
            continue
        last = next((place for place in range(first, len(paragraph)) if paragraph[place][2]), None)
        if last is not None and last - first < LONGEST_WORD:
            yield tuple(term for term, _, _ in paragraph[first : last + 1])


def _rows(words: Mapping[tuple[str, ...], int], numbers: Mapping[str, int], length: int) -> WordRows:
    rows = {
        tuple(numbers[term] for term in word): count for word, count in words.items() if len(word) == length
    }
    return WordRows(
        np.array(sorted(rows), np.int32).reshape(-1, length),
        np.array([rows[row] for row in sorted(rows)], np.int64),
    )
