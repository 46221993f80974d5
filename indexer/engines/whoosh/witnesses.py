"""Where does one occurrence of an item stand, as one number, so that its text is read when it is asked for?

===================  ==============================  =========================================
an item read as      a term                          a run of forms of an article
===================  ==============================  =========================================
bits, highest first  1, 8: segment, 54: the term     0, 8: segment, 16: article, 26: first
                                                     form in it, 12: how many syllables
===================  ==============================  =========================================

Within a segment its own bits are 0. Of more syllables than 12 bits count the first 4,095 are told.
"""

from typing import NamedTuple

import numpy as np

from indexer.counting import Int64Array

FORM_BITS, LENGTH_BITS = 26, 12
_SEGMENT_SHIFT = 16 + FORM_BITS + LENGTH_BITS
_OF_TERM = np.int64(1) << np.int64(62)
_OWN = (1 << _SEGMENT_SHIFT) - 1


class RunsOfForms(NamedTuple):
    """Runs of forms in the articles of a segment: of each its article, its first form, its length."""

    articles: Int64Array
    firsts: Int64Array
    lengths: Int64Array


def witness_terms(terms: Int64Array) -> Int64Array:
    """Of some terms of a segment."""
    return terms | _OF_TERM


def witness_runs(articles: Int64Array, firsts: Int64Array, lengths: Int64Array) -> Int64Array:
    """Of some runs of forms of a segment."""
    told = np.minimum(lengths, (1 << LENGTH_BITS) - 1)
    witnesses: Int64Array = (articles << FORM_BITS | firsts) << LENGTH_BITS | told
    return witnesses


def in_segment(witnesses: Int64Array, place: int) -> Int64Array:
    """The same, with the place of the segment."""
    return witnesses | place << _SEGMENT_SHIFT


def segments_of(witnesses: Int64Array) -> Int64Array:
    """The place of each segment."""
    places: Int64Array = (witnesses & ~_OF_TERM) >> _SEGMENT_SHIFT
    return places


def are_terms(witnesses: Int64Array) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which of them are of terms."""
    return witnesses & _OF_TERM > 0


def terms_of(witnesses: Int64Array) -> Int64Array:
    """The terms, of those that are of terms."""
    return witnesses & _OWN


def runs_of(witnesses: Int64Array) -> RunsOfForms:
    """The runs, of the others."""
    own = witnesses & _OWN
    forms = own >> LENGTH_BITS
    return RunsOfForms(forms >> FORM_BITS, forms & (1 << FORM_BITS) - 1, own & (1 << LENGTH_BITS) - 1)
