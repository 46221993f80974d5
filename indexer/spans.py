"""Which characters of an article are its syllables? Spans: start and end offsets.

The searched texts are laid end to end with one character between them. Each syllable is stored as its gap to
the one before and its length. With the spans in the index, the places of a hit are highlighted in the
original text without analysing it again.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

Spans = npt.NDArray[np.int64]
"""Shape (n, 2): start and end (exclusive) of each syllable, in reading order."""

_WORD = np.dtype("<u4")


def text_starts(lengths: Sequence[int]) -> list[int]:
    """The start of each text when texts of these lengths lie end to end, and that of one text more.

    >>> text_starts([3, 0, 5])
    [0, 4, 5, 11]
    """
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length + 1)
    return starts


def pack_spans(spans: Sequence[Sequence[tuple[int, int]]], lengths: Sequence[int]) -> bytes:
    """Gap and length of each syllable, as pairs of 32-bit little-endian integers.

    Args:
        spans: for each text the spans of its syllables, counted within it.
        lengths: the lengths of the texts, in characters.

    >>> pack_spans([[(0, 3), (4, 7)]], [7]).hex(" ", 4)
    '00000000 03000000 01000000 03000000'
    """
    edges = np.array(list(chain.from_iterable(chain.from_iterable(spans))), np.int64)
    edges += np.repeat(text_starts(lengths)[:-1], [2 * len(of_text) for of_text in spans])
    return np.diff(edges, prepend=0).astype(_WORD).tobytes()


def unpack_spans(packed: bytes) -> Spans:
    """The spans that were packed, counted through all texts.

    >>> unpack_spans(pack_spans([[(0, 3)], [(0, 3)]], [3, 3])).tolist()
    [[0, 3], [4, 7]]
    """
    return np.cumsum(np.frombuffer(packed, _WORD), dtype=np.int64).reshape(-1, 2)
