"""Which runs of syllables are units? Those that were cut as one word often enough."""

import numpy as np

from indexer.arrays.file import AnyArray, string_arrays
from indexer.suggest.head_texts import HeadTexts
from indexer.word_counts import WordCounts

_LEAST_COUNT = 5


def choose_units(counts: WordCounts, heads: HeadTexts) -> dict[str, AnyArray]:  # noqa: ARG001 - heads tell names
    """The arrays of a table of units; the same for the same articles, in whatever order they came."""
    runs, often = [], []
    for length, words in counts.words.items():
        kept = np.flatnonzero((words.counts >= _LEAST_COUNT) & (length > 1))
        runs += [" ".join(counts.terms[term] for term in row) for row in words.rows[kept].tolist()]
        often.append(words.counts[kept])
    return {
        **string_arrays("run", [run.encode() for run in runs]),
        "run_counts": np.concatenate(often).astype(np.uint32),
    }
