"""How are the spans of an article's syllables stored? In one byte each: four bits of gap, four of length.

===============  =====  ==========================================================================
array            dtype  one for each
===============  =====  ==========================================================================
span_starts      u4     article, and one more: where its syllables begin
spans            u1     syllable, in reading order: gap << 4 | length; 255: exception
spans_past       u8     exception: gap << 32 | length; spans_at (u4): the syllable's index
===============  =====  ==========================================================================
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray, part, places_in
from indexer.spans import Spans

_ESCAPE = 255
_NARROW = 15
_PAIR = np.dtype("<u4")


def pack_span_columns(packed: Iterable[bytes]) -> dict[str, AnyArray]:
    """The arrays for articles, each given by its packed spans (indexer.spans.pack_spans)."""
    pieces = list(packed)
    pairs = np.frombuffer(b"".join(pieces), _PAIR).reshape(-1, 2).astype(np.uint64)
    gaps, lengths = pairs[:, 0], pairs[:, 1]
    past = np.flatnonzero((gaps >= _NARROW) | (lengths > _NARROW))
    codes = (np.minimum(gaps, _NARROW) << np.uint64(4) | lengths & np.uint64(_NARROW)).astype(np.uint8)
    codes[past] = _ESCAPE
    counts = np.array([len(piece) // (2 * _PAIR.itemsize) for piece in pieces], np.int64)
    return {
        "span_starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        "spans": codes,
        "spans_at": past.astype(np.uint32),
        "spans_past": gaps[past] << np.uint64(32) | lengths[past],
    }


def merge_span_columns(
    sources: Sequence[Mapping[str, AnyArray]], live: Sequence[AnyArray]
) -> dict[str, AnyArray]:
    """The arrays of several segments merged, without removed articles."""
    counts, codes, past = [], [], []
    for source, mask in zip(sources, live, strict=True):
        starts = source["span_starts"].astype(np.int64)
        lengths = starts[1:] - starts[:-1]
        stays = np.repeat(mask, lengths)
        counts.append(lengths[mask])
        codes.append(source["spans"][stays])
        past.append(source["spans_past"][stays[source["spans_at"]]])
    spans = np.concatenate(codes)
    return {
        "span_starts": np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.uint32),
        "spans": spans,
        "spans_at": np.flatnonzero(spans == _ESCAPE).astype(np.uint32),
        "spans_past": np.concatenate(past),
    }


def read_spans(arrays: Mapping[str, AnyArray], number: int) -> Spans:
    """The spans of an article."""
    return np.cumsum(_pairs(arrays, number), dtype=np.int64).reshape(-1, 2)


def read_packed_spans(arrays: Mapping[str, AnyArray], number: int) -> bytes:
    """The spans of an article, packed as indexer.spans.pack_spans does."""
    return _pairs(arrays, number).astype(_PAIR).tobytes()


def _pairs(arrays: Mapping[str, AnyArray], number: int) -> npt.NDArray[np.int64]:
    """Gap and length of each syllable, alternating: int64 (2 n,)."""
    start, stop = arrays["span_starts"][number : number + 2].tolist()
    codes = part(arrays, "spans", slice(start, stop))
    pairs = np.empty(2 * len(codes), np.int64)
    pairs[::2] = codes >> 4
    pairs[1::2] = codes & _NARROW
    at = arrays["spans_at"]
    first, last = places_in(at, (start, stop)).tolist()
    if first < last:
        places = 2 * (at[first:last].astype(np.int64) - start)
        past = arrays["spans_past"][first:last]
        pairs[places] = (past >> np.uint64(32)).astype(np.int64)
        pairs[places + 1] = (past & np.uint64((1 << 32) - 1)).astype(np.int64)
    return pairs
