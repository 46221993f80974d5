"""Which characters of an article match a query? Found by a loop from the places that the index gave.

The same as TokenMatcher.locate and Highlighter give, without a value for each token.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.article import Article
from indexer.engine import Occurrences
from indexer.kernels.library import library
from indexer.kernels.places import MOST_SLOTS, marks_of
from indexer.places import PARAGRAPH_GAP
from indexer.query import Match, Typed
from indexer.spans import text_starts
from indexer.text.analyse import searched_texts
from search_app.answer.highlight import ZONES, HighlightedText, Mark
from search_app.answer.token_spans import Variant, variants

_ANY_ZONE = -1


class LocatedMarks:
    """Marks the hits of some leaves of a query; made for many articles of one page, in one thread."""

    def __init__(self, leaves: Sequence[Match]) -> None:
        self._variants = variants(leaves)
        self._is_possible = library() is not None and not any(match.slop for _, match in self._variants)
        self._asked: tuple[tuple[Typed, ...], npt.NDArray[np.int64]] = ((), np.empty(0, np.int64))

    def find(self, article: Article, occurrences: Occurrences) -> list[HighlightedText] | None:
        """Every searched text of this very version of an article, in order, with the marks of its hits.

        None where the loop cannot tell: unordered windows, many syllables, no library, places that are none.
        """
        if not self._is_possible or len(occurrences.syllables) >= MOST_SLOTS:
            return None
        texts = list(searched_texts(article))
        starts = np.array(text_starts([len(text) for _, text in texts]), np.int64)
        zones = np.array([zone for zone, _ in texts], np.int64)
        marks: list[list[Mark]] = [[] for _ in texts]
        rows = marks_of(
            occurrences.keys,
            occurrences.spans,
            (starts, zones),
            PARAGRAPH_GAP,
            self._matches(occurrences.syllables),
        )
        if rows is None:
            return None
        for number, *mark in rows:
            marks[number].append(Mark(*mark))
        return [HighlightedText(*text, tuple(own)) for text, own in zip(texts, marks, strict=True)]

    def _matches(self, syllables: tuple[Typed, ...]) -> npt.NDArray[np.int64]:
        """The variants as the loop is given them, by the numbers of their syllables."""
        known, matches = self._asked
        if known is not syllables:
            numbers = {typed: number for number, typed in enumerate(syllables)}
            matches = np.array(
                [value for variant in self._variants for value in _as_numbers(variant, numbers)], np.int64
            )
            self._asked = syllables, matches
        return matches


def _as_numbers(variant: Variant, numbers: dict[Typed, int]) -> list[int]:
    """A variant as numbers, see marks_of; none where a syllable of it was not looked for."""
    leaf, match = variant
    if not all(typed in numbers for typed in match.typed):
        return []
    zone = ZONES.get(match.field, _ANY_ZONE)
    slots = [numbers[typed] for typed in match.typed]
    return [leaf, zone, int(match.as_word), len(slots), *slots]
