"""What does the corpus know of syllables? The reference lexicon, counted in the plainest way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from indexer.engine import AnalysedArticle, Counts
from indexer.places import unpack
from indexer.query import Field
from indexer.text.edits import edits
from indexer.text.fold import fold
from indexer.text.readings import reading_key


class MemoryLexicon:
    """Implements indexer.engine.Lexicon."""

    def __init__(self, articles: Iterable[AnalysedArticle]) -> None:
        self._counts: Counter[str] = Counter()
        self._bigrams: Counter[tuple[str, str]] = Counter()
        for article in articles:
            terms_by_position = {
                (place.zone, place.position): term
                for term, places in article.places[Field.TEXT].items()
                for place in map(unpack, places)
            }
            self._counts.update(terms_by_position.values())
            self._bigrams.update(
                (terms_by_position[first], terms_by_position[second])
                for first, second in pairwise(sorted(terms_by_position))
                if second == (first[0], first[1] + 1)
            )

    @property
    def total(self) -> int:
        """Occurrences of all terms."""
        return self._counts.total()

    def readings(self, syllable: str) -> tuple[tuple[str, int], ...]:
        """Terms with the syllable's reading key, and their occurrences."""
        key = reading_key(syllable)
        counts = [(term, count) for term, count in self._counts.items() if reading_key(term) == key]
        return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))

    def neighbours(self, syllable: str) -> tuple[tuple[str, int], ...]:
        """Reading keys one edit away, and the occurrences of their terms."""
        wanted = set(map(reading_key, edits(fold(syllable)))) - {reading_key(syllable)}
        counts: Counter[str] = Counter()
        for term, count in self._counts.items():
            counts[reading_key(term)] += count
        return tuple(
            sorted(((key, counts[key]) for key in wanted & set(counts)), key=lambda item: (-item[1], item[0]))
        )

    def bigram_counts(self, firsts: Sequence[str], seconds: Sequence[str]) -> Counts:
        """How often each of ``seconds`` follows each of ``firsts``."""
        counts = [self._bigrams[first, second] for first in firsts for second in seconds]
        return np.array(counts, np.int64).reshape(len(firsts), len(seconds))
