"""What is one state of the index? Its segments end to end, as one row of articles.

Articles are numbered through all segments; every array here has shape (articles,) unless it says
otherwise. Deleted articles keep their number and are not ``live``.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.engine import NEVER
from indexer.engines.whoosh.segments import DOCUMENT_SHIFT, EMPTY, Occurrences, Segment
from indexer.query import FacetName, Field, Sort
from indexer.text.readings import begins, means

Mask = npt.NDArray[np.bool_]


class Snapshot:
    """The arrays of one state of the index."""

    def __init__(self, segments: list[Segment], deleted: list[set[int]]) -> None:
        self.segments = segments
        counts = [segment.count for segment in segments]
        self._bases = [0, *np.cumsum(counts).tolist()][: len(segments)]
        self.facts = [fact for segment in segments for fact in segment.facts]
        self.count = len(self.facts)
        self.live: Mask = np.ones(self.count, np.bool_)
        for base, numbers in zip(self._bases, deleted, strict=True):
            self.live[[base + number for number in numbers]] = False

    @cached_property
    def live_count(self) -> int:
        """How many articles the index holds."""
        return int(self.live.sum())

    @cached_property
    def lengths(self) -> npt.NDArray[np.float64]:
        """Weighted lengths."""
        return np.array([fact.length for fact in self.facts], np.float64)

    @cached_property
    def mean_length(self) -> float:
        """Of the live articles; 0 where there is none."""
        return float(self.lengths[self.live].sum()) / self.live_count if self.live_count else 0.0

    @cached_property
    def first_days(self) -> npt.NDArray[np.int64]:
        """Ordinal of the first day of publication; 0 where no year is known."""
        return np.array([fact.first_day for fact in self.facts], np.int64)

    @cached_property
    def last_days(self) -> npt.NDArray[np.int64]:
        """Ordinal of the last day of publication; 0 where no year is known."""
        return np.array([fact.last_day for fact in self.facts], np.int64)

    @cached_property
    def minutes(self) -> npt.NDArray[np.int64]:
        """Minute of publication; 0 where no year is known."""
        return np.array([fact.minute for fact in self.facts], np.int64)

    @cached_property
    def id_ranks(self) -> npt.NDArray[np.int64]:
        """The place of each article's id among all ids, sorted."""
        ranks = np.empty(self.count, np.int64)
        ranks[sorted(range(self.count), key=lambda number: self.facts[number].id)] = np.arange(self.count)
        return ranks

    @cached_property
    def facets(self) -> dict[FacetName, tuple[list[str], npt.NDArray[np.int64]]]:
        """Of each facet: its values, and the index of each article's value among them."""
        found: dict[FacetName, tuple[list[str], npt.NDArray[np.int64]]] = {}
        for name in FacetName:
            codes: dict[str, int] = {}
            column = [codes.setdefault(fact.facets[name], len(codes)) for fact in self.facts]
            found[name] = (list(codes), np.array(column, np.int64))
        return found

    def date_keys(self, sort: Sort) -> npt.NDArray[np.int64]:
        """The part of the sort key that is the date; undated articles last. See result_order."""
        if sort is Sort.OLDEST:
            return np.where(self.minutes > 0, self.minutes, NEVER)
        return -self.minutes

    def occurrences(self, field: Field, typed: str, *, complete: bool, prefix: bool) -> Occurrences:
        """Every place of every term that a typed syllable means, through all segments; ascending."""
        found = [EMPTY]
        fits = begins if prefix else means
        for segment, base in zip(self.segments, self._bases, strict=True):
            table = segment.terms(field)
            candidates = table.beginning(typed) if prefix else table.alike(typed)
            parts = [
                segment.occurrences(field, term)
                for term in candidates
                if fits(typed, term, complete=complete)
            ]
            if parts:
                union = parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts))
                found.append(union + (base << DOCUMENT_SHIFT))
        return np.concatenate(found)
