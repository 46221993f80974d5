"""Is one text a print of the other? Counted exactly, on all their runs.

Three things must hold. Four fifths of the shorter's body stand in the longer: a changed lede, a cut third,
a sentence rewritten here and there are still the same text. Three fifths of how the shorter's body begins
do: a later article of the same affair repeats the background, but begins with what is new. And two fifths
of all runs of both are shared, so that a short notice is no print of a long report that quotes it.
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
    """How much two texts have in common, from 0 to 1.

    Attributes:
        containment: of the shingles of the shorter's body, those that stand in the longer.
        opening_containment: the same of how it begins: of its first hundred shingles, or its first quarter.
        jaccard: of the shingles of either, those of both (Jaccard).
    """

    containment: float
    opening_containment: float
    jaccard: float

    @property
    def is_print(self) -> bool:
        """Whether they are prints of one text."""
        return (
            self.containment >= LEAST_CONTAINMENT
            and self.opening_containment >= LEAST_OPENING_CONTAINMENT
            and self.jaccard >= LEAST_JACCARD
        )


def compare(one: ShingledText, other: ShingledText) -> Resemblance:
    """How alike two texts are; the same both ways."""
    shorter, longer = sorted((one, other), key=lambda text: (len(text.body), text.body.tobytes()))
    body = shorter.body
    containment = np.isin(body, longer.distinct)
    both = np.intersect1d(one.distinct, other.distinct, assume_unique=True)
    either = len(one.distinct) + len(other.distinct) - len(both)
    opening_containment = containment[: max(_BEGINNING, len(body) // _QUARTER)]
    return Resemblance(
        float(containment.mean()) if len(containment) else 0.0,
        float(opening_containment.mean()) if len(opening_containment) else 0.0,
        len(both) / either if either else 0.0,
    )
