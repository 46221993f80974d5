"""How is a query cut where the corpus is too small to tell? By the shipped word model, on the typed text.

The model was trained on text with marks: a query without any is cut by the tables of names alone. The model
takes .7 s and 50 MB to load, once a process, when the first query with marks is cut; then .6 ms a query.
Where another underthesea is installed than the proven one, nothing is loaded, and the tables alone cut.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from indexer.query import Match, join_words
from indexer.text import word_source
from indexer.text.words import joins
from indexer.units.unit_cut import CutUnit, Given, Span, UnitCut, UnitReason
from search_app.query.held_matches import Holds


def cut_by_model(words: Sequence[Match], given: Given, holds: Holds = lambda _: True) -> UnitCut:
    """The units of typed words: what the tables give, and between these what the model joins.

    Args:
        holds: tells whether any article holds a match. What no article holds may be half typed or have a
            wrong tone: what the model joins is a unit only if an article holds it.
    """
    joined = {span for span in _modelled(words) - given.never if holds(join_words(words[slice(*span)]))}
    reasons = dict.fromkeys(joined, UnitReason.MODEL)
    for spans, reason in ((given.names - given.never, UnitReason.NAMES), (given.bound, UnitReason.ARCHIVE)):
        for span in _from_left(spans):
            reasons = {other: why for other, why in reasons.items() if not _overlap(other, span)}
            reasons[span] = reason
    return UnitCut(tuple(_units(len(words), reasons)))


def _modelled(words: Sequence[Match]) -> frozenset[Span]:
    """The spans that the word model joins; none where no syllable has a mark."""
    if not any(word.is_marked for word in words):
        return frozenset()
    if not word_source.is_proven():
        return frozenset()
    joined = joins(" ".join(word.label for word in words))
    ends = list(accumulate(len(word.syllables) for word in words))
    if len(joined) != ends[-1]:
        return frozenset()  # a label that the text's tokens do not follow, such as one with a star
    bounds = [0, *(place + 1 for place, end in enumerate(ends) if not joined[end - 1])]
    return frozenset((first, last) for first, last in pairwise(bounds) if last > first + 1)


def _from_left(spans: Iterable[Span]) -> list[Span]:
    """Spans that do not overlap: from the left, at each place the longest."""
    chosen: list[Span] = []
    for first, last in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not chosen or first >= chosen[-1][1]:
            chosen.append((first, last))
    return chosen


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _units(count: int, reasons: dict[Span, UnitReason]) -> list[CutUnit]:
    starts = {first: (last, reason) for (first, last), reason in reasons.items()}
    units: list[CutUnit] = []
    place = 0
    while place < count:
        last, reason = starts.get(place, (place + 1, UnitReason.ALONE))
        units.append(CutUnit(last - place, reason))
        place = last
    return units
