"""Which query finds the articles similar to a given one?

The query is an OR of the article's key words, ranked as any query is. The words are those of the
segmentation. The weight of a word is its frequency in the article (in the title times three, in the lede
times two) times its idf, computed from the rarest pair of syllables in the word, or from its single
syllable.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from corpus.article import Article
from indexer.budget import Stage, charge
from indexer.engine import Lexicon
from indexer.places import ZONE_WEIGHTS
from indexer.query import Match, Or
from indexer.text.analyse import searched_texts
from indexer.text.normalise import normalise
from indexer.text.syllables import TOKEN
from indexer.text.words import unpack_joins

DISTINCTIVE_WORDS = 10
"""Key words in the query, at most."""

_WEIGHED = 60  # words whose pairs of syllables are looked up, the best by their rarest syllable
_LEAST = 2.0  # weighted frequency that a key word has at least: more than once in the body
_COMMON = 200  # a word that makes up more than one in so many syllables of the corpus is no key word

Word = tuple[str, ...]


def distinctive_query(article: Article, boundaries: bytes, lexicon: Lexicon) -> Or | None:
    """The query for the key words of an article; None if it has none.

    Args:
        boundaries: the article's packed word joins; if empty, each syllable is a word.
    """
    counts: defaultdict[Word, float] = defaultdict(float)
    for word, weight in _words(article, boundaries):
        counts[word] += weight
    often = [word for word, count in counts.items() if count >= _LEAST and not word[0].isdigit()]
    total = max(lexicon.total, 1)
    charge(Stage.SIMILAR)
    rough = {word: counts[word] * math.log(total / _count_syllable(word, lexicon)) for word in often}
    candidates = sorted(rough, key=lambda word: (-rough[word], word))[:_WEIGHED]
    weights = {word: counts[word] * math.log(total / _count_pair(word, lexicon)) for word in candidates}
    rare = [word for word in weights if _count_pair(word, lexicon) * _COMMON < total]
    best = sorted(rare, key=lambda word: (-weights[word], word))[:DISTINCTIVE_WORDS]
    return Or(tuple(Match(" ".join(word), word, complete=True) for word in best)) if best else None


def _words(article: Article, boundaries: bytes) -> Iterator[tuple[Word, float]]:
    """The words of an article, each with the weight of the zone it stands in."""
    texts = [(zone, TOKEN.findall(text)) for zone, text in searched_texts(article)]
    count = sum(len(tokens) for _, tokens in texts)
    joins = iter(unpack_joins(boundaries, count) if boundaries else [False] * count)
    for zone, tokens in texts:
        word: list[str] = []
        for token in tokens:
            word.append(normalise(token))
            if not next(joins):
                yield tuple(word), ZONE_WEIGHTS[zone]
                word = []


def _count_syllable(word: Word, lexicon: Lexicon) -> int:
    """The number of occurrences in the corpus of a word's rarest syllable, at least 1."""
    return max(1, min(dict(lexicon.readings(syllable)).get(syllable, 1) for syllable in word))


def _count_pair(word: Word, lexicon: Lexicon) -> int:
    """The number of occurrences in the corpus of a word's rarest pair of syllables, at least 1."""
    charge(Stage.SIMILAR)
    if len(word) == 1:
        return _count_syllable(word, lexicon)
    counts = (int(lexicon.bigram_counts([first], [second])[0, 0]) for first, second in pairwise(word))
    return max(1, min(counts))
