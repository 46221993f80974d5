"""Which words tell an article apart? A query for them finds what is alike.

Words as they were segmented, weighed by how often the article has them (the title counts three times, the
lede twice) and how rare their rarest pair of syllables, or their syllable, is in the corpus. The engine
then ranks by the best of them, exactly, as it ranks any query.
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
"""Words that are asked for."""

_WEIGHED = 60  # words whose pairs of syllables are looked up
_LEAST = 2.0  # a word that stands once in the body tells little
_COMMON = 200  # a word as frequent as one syllable in so many tells nothing

Word = tuple[str, ...]


def distinctive_query(article: Article, boundaries: bytes, lexicon: Lexicon) -> Or | None:
    """The query for the words that tell an article apart; None where it has none."""
    counts: defaultdict[Word, float] = defaultdict(float)
    for word, weight in _words(article, boundaries):
        counts[word] += weight
    often = [word for word, count in counts.items() if count >= _LEAST and not word[0].isdigit()]
    total = max(lexicon.total, 1)
    charge(Stage.SIMILAR)
    rough = {word: counts[word] * math.log(total / _occurrences(word, lexicon)) for word in often}
    candidates = sorted(rough, key=lambda word: (-rough[word], word))[:_WEIGHED]
    worth = {word: counts[word] * math.log(total / _together(word, lexicon)) for word in candidates}
    rare = [word for word in worth if _together(word, lexicon) * _COMMON < total]
    best = sorted(rare, key=lambda word: (-worth[word], word))[:DISTINCTIVE_WORDS]
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


def _occurrences(word: Word, lexicon: Lexicon) -> int:
    """Of its rarest syllable, in the corpus."""
    return max(1, min(dict(lexicon.readings(one)).get(one, 1) for one in word))


def _together(word: Word, lexicon: Lexicon) -> int:
    """Of its rarest pair of syllables."""
    charge(Stage.SIMILAR)
    if len(word) == 1:
        return _occurrences(word, lexicon)
    counts = (int(lexicon.bigram_counts([first], [second])[0, 0]) for first, second in pairwise(word))
    return max(1, min(counts))
