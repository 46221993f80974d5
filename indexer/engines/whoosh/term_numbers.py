"""Which number has a term of the text in a whole state of the index? Segments number their own terms."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.counting import Int64Array
from indexer.engines.whoosh.segments import Segment


class TermNumbers(NamedTuple):
    """The terms of the text of some segments.

    Attributes:
        terms: in UTF-8, by their number.
        by_segment: for each segment the number of each of its terms.
    """

    terms: Sequence[bytes]
    by_segment: Sequence[Int64Array]

    def texts(self, numbers: Int64Array) -> list[str]:
        """The texts of some terms."""
        return [self.terms[number].decode() for number in numbers.tolist()]


def number_terms(segments: Sequence[Segment]) -> TermNumbers:
    """Numbers the terms of segments, in the order in which they are met."""
    known: dict[bytes, int] = {}
    by_segment = []
    for segment in segments:
        own = [known.setdefault(term, len(known)) for term in segment.text_terms()]
        by_segment.append(np.array(own, np.int64))
    return TermNumbers(list(known), by_segment)
