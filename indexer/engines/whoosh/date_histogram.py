"""When were the articles of a segment published? Counted by first day and length of span, without sorting."""

import numpy as np

from indexer.engine import Counts, DateHistogram


def count_spans(firsts: Counts, lengths: Counts) -> DateHistogram:
    """How many articles have each span of publication.

    Args:
        firsts: each article's first day; 0 where no year is known. Shape (n,), as ``lengths``. lengths: days
        from the first day to the last: 0 for a day, 27 to 30 for a month, 364 or 365 for a year.
    """
    undated = int(np.count_nonzero(firsts == 0))
    days = [np.zeros(1 if undated else 0, np.int64)]
    ends, counts = [days[0]], [np.full(len(days[0]), undated, np.int64)]
    dated = firsts > 0 if undated else np.ones(len(firsts), np.bool_)
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        first_days = firsts[dated & (lengths == length)]
        if len(first_days):
            low = int(first_days.min())
            found = np.bincount(first_days - low)
            held = np.flatnonzero(found)
            days.append(held + low)
            ends.append(held + low + length)
            counts.append(found[held])
    return DateHistogram(np.concatenate(days), np.concatenate(ends), np.concatenate(counts))
