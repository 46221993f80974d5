"""What is a state of the index? Its segments, and which of their articles are live."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import strings
from indexer.engines.whoosh.common_terms import RowCache
from indexer.engines.whoosh.facet_values import FacetValues, number_values
from indexer.engines.whoosh.occurrences import Mask
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.facets import FacetName
from indexer.scoring import norm
from indexer.story_numbers import StoryColumn, StoryNumbers


@dataclass(frozen=True)
class SegmentReader:
    """A segment and its live articles in one state of the index; ``live`` is None where all are."""

    segment: Segment
    live: Mask | None
    rows: RowCache

    @cached_property
    def live_count(self) -> int:
        """How many articles of the segment are live."""
        return self.segment.count if self.live is None else int(self.live.sum())

    @cached_property
    def live_length(self) -> int:
        """The sum of the weighted lengths of the live articles."""
        lengths = self.segment.arrays["length"]
        return int(lengths.sum() if self.live is None else lengths[self.live].sum())


class Snapshot:
    """One state of the index, with the statistics that all segments share."""

    def __init__(
        self,
        segment_readers: Iterable[SegmentReader],
        stories: StoryNumbers | None = None,
    ) -> None:
        self.segment_readers = tuple(segment_readers)
        self.stories = stories or StoryNumbers()
        self.count = sum(reader.live_count for reader in self.segment_readers)
        length = sum(reader.live_length for reader in self.segment_readers)
        self.mean_length = length / self.count if self.count else 0.0
        self._norms: dict[int, npt.NDArray[np.float64]] = {}
        self._facet_values: dict[FacetName, FacetValues] = {}
        self._story_columns: dict[int, StoryColumn] = {}
        self._print_columns: dict[int, StoryColumn] = {}
        self._members: dict[int, tuple[DocumentNumbers, StoryColumn]] = {}

    def norms(self, place: int) -> npt.NDArray[np.float64]:
        """The length norm of each article of a segment; see scoring.norm."""
        if place not in self._norms:
            self._norms[place] = norm(self.segment_readers[place].segment.lengths, self.mean_length)
        return self._norms[place]

    def facet_values(self, name: FacetName) -> FacetValues:
        """The values of a facet, under the spellings that most live articles have."""
        if name not in self._facet_values:
            segments = [(reader.segment.facets, reader.live) for reader in self.segment_readers]
            self._facet_values[name] = number_values(name, segments)
        return self._facet_values[name]

    @cached_property
    def id_ranks(self) -> tuple[npt.NDArray[np.int64], ...]:
        """For each segment the rank of each article's id among those of all segments."""
        segments = [reader.segment for reader in self.segment_readers]
        ids = [one for segment in segments for one in strings(segment.arrays, "id")]
        ranks = np.empty(len(ids), np.int64)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return tuple(np.split(ranks, np.cumsum([segment.count for segment in segments])[:-1]))

    def story_column(self, place: int) -> StoryColumn:
        """The story number of each article of a segment; stories may change while segments do not."""
        if place not in self._story_columns:
            changes = self.segment_readers[place].segment.arrays["change"]
            self._story_columns[place] = self.stories.column(changes)
        return self._story_columns[place]

    def print_column(self, place: int) -> StoryColumn:
        """The rank of each article of a segment among the prints of its story."""
        if place not in self._print_columns:
            changes = self.segment_readers[place].segment.arrays["change"]
            self._print_columns[place] = self.stories.rank_column(changes)
        return self._print_columns[place]

    def story_members(self, place: int, story: int) -> DocumentNumbers:
        """The articles of a segment that are in a story."""
        if place not in self._members:
            column = self.story_column(place)
            order = np.argsort(column, kind="stable")
            self._members[place] = order.astype(np.uint16), column[order]
        numbers, stories = self._members[place]
        start, end = np.searchsorted(stories, [story, story + 1])
        return numbers[start:end]


def without_versions(reader: SegmentReader, absent: AbstractSet[int]) -> SegmentReader:
    """A reader of the same segment, without some versions."""
    found = np.isin(reader.segment.arrays["change"], list(absent))
    if not found.any():
        return reader
    return replace(reader, live=~found if reader.live is None else reader.live & ~found)


def only_versions(reader: SegmentReader, wanted: AbstractSet[int]) -> SegmentReader:
    """A reader of the same segment, with some of its versions alone."""
    found = np.isin(reader.segment.arrays["change"], list(wanted))
    return replace(reader, live=found if reader.live is None else reader.live & found)


def with_versions(segment: Segment, wanted: AbstractSet[int], rows: RowCache) -> SegmentReader:
    """A reader of some versions of a segment alone."""
    return SegmentReader(segment, np.isin(segment.arrays["change"], list(wanted)), rows)


def open_segment(
    segment: Segment, deleted: Iterable[int], rows: RowCache, masked: AbstractSet[str] = frozenset()
) -> SegmentReader:
    """A reader of a segment without its deleted articles, and without those of some ids."""
    numbers = [*deleted, *(segment.numbers_of(masked) if masked else ())]
    if not numbers:
        return SegmentReader(segment, None, rows)
    live = np.ones(segment.count, np.bool_)
    live[numbers] = False
    return SegmentReader(segment, live, rows)
