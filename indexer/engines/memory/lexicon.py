"""What does the corpus know of syllables, counted the plain way? The oracle of lexicons."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from indexer.engine import AnalysedArticle, Counts
from indexer.fields import Field
from indexer.places import unpack
from indexer.text.edits import edits
from indexer.text.fold import fold
from indexer.text.readings import reading_key


class MemoryLexicon:
    """Implements indexer.engine.Lexicon."""

    def __init__(self, articles: Iterable[AnalysedArticle]) -> None:
        self._counts: Counter[str] = Counter()
        self._bigrams: Counter[tuple[str, str]] = Counter()
        for article in articles:
            standing = {
                (place.zone, place.position): term
                for term, places in article.places[Field.TEXT].items()
                for place in map(unpack, places)
            }
            self._counts.update(standing.values())
            self._bigrams.update(
                (standing[first], standing[second])
                for first, second in pairwise(sorted(standing))
                if second == (first[0], first[1] + 1)
            )

    @property
    def total(self) -> int:
        """Occurrences of all terms."""
        return self._counts.total()

    def readings(self, syllable: str) -> tuple[tuple[str, int], ...]:
        """Terms with the syllable's reading key, and their occurrences."""
        key = reading_key(syllable)
        held = [(term, count) for term, count in self._counts.items() if reading_key(term) == key]
        return tuple(sorted(held, key=lambda one: (-one[1], one[0])))

    def neighbours(self, syllable: str) -> tuple[tuple[str, int], ...]:
        """Reading keys one edit away, and the occurrences of their terms."""
        wanted = set(map(reading_key, edits(fold(syllable)))) - {reading_key(syllable)}
        held: Counter[str] = Counter()
        for term, count in self._counts.items():
            held[reading_key(term)] += count
        return tuple(
            sorted(((key, held[key]) for key in wanted & set(held)), key=lambda one: (-one[1], one[0]))
        )

    def bigram_counts(self, firsts: Sequence[str], seconds: Sequence[str]) -> Counts:
        """How often each of ``seconds`` follows each of ``firsts``."""
        found = [self._bigrams[first, second] for first in firsts for second in seconds]
        return np.array(found, np.int64).reshape(len(firsts), len(seconds))
