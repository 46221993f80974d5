"""Which of many terms does a typed prefix of one or two letters mean? Tested once for all that begin alike.

A letter and a star ("t*") stand for tens of thousands of terms. Whether a prefix without a tone means a term
depends on the term's first letters alone; the exceptions are terms that the prefix may mean as a whole
syllable, and letters that are written as several characters. See indexer.text.readings.begins.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from corpus.tones import split_tone
from indexer.arrays.file import AnyArray
from indexer.query import Typed
from indexer.text.readings import fits

MAX_LETTERS = 2
"""Letters of a prefix; each takes four bytes at most, so that they are compared as one number of 8 bytes."""

MIN_TERMS = 64  # below so many terms each is tested by itself
_WIDTH = 8
_MARKS = (0xCC, 0xCD)  # the first byte, in UTF-8, of a mark that stands by itself (U+0300 to U+036F)
_CHARACTER = np.repeat(np.array([0, 1, 2, 3, 4]), [1, 0xBF, 0x20, 0x10, 0x10])
"""By its first byte, how many bytes a UTF-8 character has; 0 for the padding behind the end of a term."""

Data = npt.NDArray[np.uint8]


def is_short_prefix(typed: Typed, terms: range) -> bool:
    """Whether ``terms_with_prefix`` finds what a typed syllable means among consecutive terms."""
    short = typed.prefix and len(typed.syllable) <= MAX_LETTERS and len(terms) >= MIN_TERMS
    return short and (typed.exact or not split_tone(typed.syllable)[1])


def terms_with_prefix(
    typed: Typed, terms: range, alike: range, data: Data, ends: AnyArray, term: Callable[[int], str]
) -> npt.NDArray[np.intp]:
    """The numbers of those of consecutive terms that a typed prefix means, ascending.

    Args:
        typed: of which ``is_short`` is true.
        whole: terms that share its reading key.
        data: all terms end to end; ends: where each ends; term: reads the term of a number.
    """
    begin = int(ends[terms.start - 1]) if terms.start else 0
    own = data[begin : int(ends[terms.stop - 1])]
    stops = ends[terms.start : terms.stop].astype(np.int64) - begin
    apart = np.zeros(len(terms), np.bool_)
    apart[_marked(own, stops)] = True
    apart[max(alike.start - terms.start, 0) : max(alike.stop - terms.start, 0)] = True
    together = np.flatnonzero(~apart)
    _, firsts, groups = np.unique(
        _heads(own, stops, len(typed.syllable))[together], return_index=True, return_inverse=True
    )

    def term_set(places: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        return np.array([fits(typed, term(terms[place])) for place in places.tolist()], np.bool_)

    kept = np.zeros(len(terms), np.bool_)
    kept[together] = term_set(together[firsts])[groups]
    kept[apart] = term_set(np.flatnonzero(apart))
    return np.flatnonzero(kept) + terms.start


def _marked(data: Data, stops: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """The places of the terms, end to end in ``data``, that contain a combining mark."""
    return np.searchsorted(stops, np.flatnonzero(np.isin(data, _MARKS)), side="right")


def _heads(data: Data, stops: npt.NDArray[np.int64], letters: int) -> npt.NDArray[np.uint64]:
    """The first letters of each term, as one number each."""
    starts = np.concatenate([[0], stops[:-1]])
    at = starts[:, None] + np.arange(_WIDTH)
    heads = np.where(at < stops[:, None], data.take(at, mode="clip"), np.uint8(0))
    lengths = np.zeros(len(stops), np.intp)
    for _ in range(letters):
        lengths += _CHARACTER[heads[np.arange(len(stops)), lengths]]
    heads[np.arange(_WIDTH) >= lengths[:, None]] = 0
    return heads.view(np.uint64).ravel()
