"""What was counted of a corpus, from which its units are chosen? Words as they were cut, and neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WordRows:
    """N words of L syllables.

    Attributes:
        rows: int32 (N, L); the numbers of their terms, in lexicographic order.
        counts: int64 (N,); how often each was cut as one word.
    """

    rows: Int32Array
    counts: Int64Array


@dataclass(frozen=True, slots=True)
class PairCounts:
    """P pairs of syllables that stand side by side.

    Attributes:
        keys: int64 (P,): number of the first term << 32 | number of the second, ascending.
        counts: int64 (P,): how often, whatever words they are in.
    """

    keys: Int64Array
    counts: Int64Array


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The words and the pairs of a corpus.

    Attributes:
        terms: ascending; a term's number is its index.
        words: by their number of syllables, from 1.
    """

    terms: tuple[str, ...]
    words: Mapping[int, WordRows]
    pairs: PairCounts
