"""When were the articles of a segment published? Counted by first day and length of span, without sorting."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indexer.engine import Counts, DateHistogram
from indexer.engines.whoosh.segments import DocumentNumbers, Segment
from indexer.kernels.counts import count_days
from indexer.kernels.library import library


def count_dates(segment: Segment, numbers: DocumentNumbers) -> DateHistogram:
    """How many of some articles have each span of publication, and of how many it is guessed."""
    if "guessed" not in segment.arrays:
        return _count_known(segment, numbers)
    is_guessed = segment.arrays["guessed"][numbers] > 0
    if not is_guessed.any():
        return _count_known(segment, numbers)
    return join_histograms(
        [
            _count_known(segment, numbers[~is_guessed]),
            _all_guessed(_count_known(segment, numbers[is_guessed])),
        ]
    )


def _all_guessed(counted: DateHistogram) -> DateHistogram:
    return replace(counted, guessed=counted.counts)


def join_histograms(parts: Sequence[DateHistogram]) -> DateHistogram:
    """The articles of several parts of an index."""
    nothing = np.empty(0, np.int64)
    guessed = None
    if any(part.guessed is not None for part in parts):
        guessed = np.concatenate(
            [np.zeros_like(part.counts) if part.guessed is None else part.guessed for part in parts]
        )
    return DateHistogram(
        np.concatenate([nothing, *(part.first_days for part in parts)]),
        np.concatenate([nothing, *(part.last_days for part in parts)]),
        np.concatenate([nothing, *(part.counts for part in parts)]),
        guessed,
    )


def _count_known(segment: Segment, numbers: DocumentNumbers) -> DateHistogram:
    first_days, last_days = segment.arrays["first_day"], segment.arrays["last_day"]
    by_day = np.empty(0, np.int64)
    if library() is not None:
        by_day, numbers = count_days(segment.view.path, first_days, last_days, numbers, segment.days)
    held = np.flatnonzero(by_day)
    firsts = first_days[numbers].astype(np.int64)
    others = count_spans(firsts, last_days[numbers] - firsts)
    days = held + segment.days.start
    return DateHistogram(
        np.concatenate([days, others.first_days]),
        np.concatenate([days, others.last_days]),
        np.concatenate([by_day[held], others.counts]),
    )


def count_spans(firsts: Counts, lengths: Counts) -> DateHistogram:
    """How many articles have each span of publication.

    Args:
        firsts: each article's first day; 0 where no year is known. Shape (n,), as ``lengths``.
        lengths: days from the first day to the last: 0 for a day, 27 to 30 for a month, 364 or 365
            for a year.
    """
    undated = int(np.count_nonzero(firsts == 0))
    days = [np.zeros(1 if undated else 0, np.int64)]
    ends, counts = [days[0]], [np.full(len(days[0]), undated, np.int64)]
    dated = firsts > 0 if undated else np.ones(len(firsts), np.bool_)
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        first_days = firsts[dated & (lengths == length)]
        if len(first_days):
            low = int(first_days.min())
            by_day = np.bincount(first_days - low)
            days_held = np.flatnonzero(by_day)
            days.append(days_held + low)
            ends.append(days_held + low + length)
            counts.append(by_day[days_held])
    return DateHistogram(np.concatenate(days), np.concatenate(ends), np.concatenate(counts))
