"""Is one text a reprint of the other? Containment and resemblance, counted exactly on all their shingles.

Three conditions must hold. Four fifths of the shorter text's body are contained in the longer: texts with
another lede, a third cut off, or a few sentences rewritten are still reprints. Three fifths of the beginning
of the shorter's body are: a later article on the same affair repeats the background, but begins with what is
new. And two fifths of all shingles of both are shared, so that a short notice is no reprint of a long report
that quotes it. The terms are those of Broder 1997.
"""

from dataclasses import dataclass

import numpy as np

from indexer.stories.shingles import ShingledText

LEAST_CONTAINMENT = 0.8
LEAST_OPENING_CONTAINMENT = 0.6
LEAST_JACCARD = 0.4

_BEGINNING = 100
_QUARTER = 4


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much two texts have in common; each value is from 0 to 1.

    Attributes:
        containment: the share of the shingles of the shorter's body that are in the longer text.
        opening_containment: the same for its beginning: its first hundred shingles, or its first quarter if
            that is more.
        jaccard: the share of the distinct shingles of either text that are in both (Jaccard).
    """

    containment: float
    opening_containment: float
    jaccard: float

    @property
    def is_print(self) -> bool:
        """Whether the two texts are reprints of each other."""
        return (
            self.containment >= LEAST_CONTAINMENT
            and self.opening_containment >= LEAST_OPENING_CONTAINMENT
            and self.jaccard >= LEAST_JACCARD
        )


def compare(one: ShingledText, other: ShingledText) -> Resemblance:
    """The resemblance of two texts; it is symmetric."""
    shorter, longer = sorted((one, other), key=lambda text: (len(text.body), text.body.tobytes()))
    body = shorter.body
    contained = np.isin(body, longer.distinct)
    both = np.intersect1d(one.distinct, other.distinct, assume_unique=True)
    either = len(one.distinct) + len(other.distinct) - len(both)
    opening = contained[: max(_BEGINNING, len(body) // _QUARTER)]
    return Resemblance(
        float(contained.mean()) if len(contained) else 0.0,
        float(opening.mean()) if len(opening) else 0.0,
        len(both) / either if either else 0.0,
    )
