"""Which values has a facet in a whole state of the index, and how often does a question find each?

Segments have codes of their own, and spellings that are one value have several. Here each value has one
number, and one spelling: that of most live articles.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.value_folding import folded, usual_spelling
from indexer.budget import Stage, charge
from indexer.engines.whoosh.segment_facets import Counts, Mask, SegmentFacets
from indexer.facets import SEVERAL, FacetName
from indexer.query import Question


class FacetValues(NamedTuple):
    """The values of a facet.

    Attributes:
        spellings: of each value, by its number.
        numbers: the number of each value by its key.
        by_segment: for each segment the number of the value of each code.
    """

    spellings: Sequence[str]
    numbers: Mapping[str, int]
    by_segment: Sequence[npt.NDArray[np.intp]]


def number_values(name: FacetName, segments: Sequence[tuple[SegmentFacets, Mask | None]]) -> FacetValues:
    """The values of a facet in some segments, each with the mask of its live articles (None: all)."""
    numbers: dict[str, int] = {}
    written: list[Counter[str]] = []
    by_segment = []
    for facets, live in segments:
        here = [numbers.setdefault(key, len(numbers)) for key in facets.keys(name)]
        written.extend(Counter() for _ in range(len(numbers) - len(written)))
        for number, value, count in zip(
            here, facets.values(name), facets.count_live(name, live).tolist(), strict=True
        ):
            written[number][value] += count
        by_segment.append(np.array(here, np.intp))
    return FacetValues([usual_spelling(counts) for counts in written], numbers, by_segment)


def count_values(
    name: FacetName,
    question: Question,
    values: FacetValues,
    count: Sequence[Callable[[FacetName], Counts]],
) -> tuple[dict[str, int], int]:
    """The counts of the values of a facet that are listed, and how many values there are in all.

    Args:
        count: for each segment, what counts the articles found by the code of their value.
    """
    counts = np.zeros(len(values.spellings), np.int64)
    for numbers, count_segment in zip(values.by_segment, count, strict=True):
        np.add.at(counts, numbers, count_segment(name))
        charge(Stage.COUNTING)
    found = np.flatnonzero(counts)
    listed = found if name not in SEVERAL else _listed(name, question, values, counts, found)
    spellings = values.spellings
    pairs = zip(listed.tolist(), counts[listed].tolist(), strict=True)
    return {spellings[number]: amount for number, amount in pairs}, len(found)


def _listed(
    name: FacetName,
    question: Question,
    values: FacetValues,
    counts: Counts,
    found: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    """The numbers of those values that the question wants listed; see Question.most_values."""
    most = question.most_values
    if most is None or most >= len(found):
        return found
    keys = folded(value for one in question.filters if one.facet is name for value in one.values)
    kept = np.zeros(len(counts), np.bool_)
    kept[[values.numbers[key] for key in keys if key in values.numbers]] = True
    if most:
        fewest = np.partition(counts[found], len(found) - most)[len(found) - most]
        kept |= counts >= fewest
    return found[kept[found]]
