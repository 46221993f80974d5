"""Is one text a print of the other? Counted exactly, on all their runs.

Three things must hold. Four fifths of the shorter's body stand in the longer: a changed lede, a cut third,
a sentence rewritten here and there are still the same text. Three fifths of how the shorter's body begins
do: a later article of the same affair repeats the background, but begins with what is new. And two fifths
of all runs of both are shared, so that a short notice is no print of a long report that quotes it.
"""

from dataclasses import dataclass

import numpy as np

from indexer.stories.shingles import RunText

HELD = 0.8
BEGINNING_HELD = 0.6
SHARED = 0.4

_BEGINNING = 100
_QUARTER = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common, from 0 to 1.

    Attributes:
        held: of the runs of the shorter's body, those that stand in the longer.
        beginning: the same of its beginning: its first hundred runs, or its first quarter.
        shared: of the runs of either, those of both (Jaccard).
    """

    held: float
    beginning: float
    shared: float

    @property
    def is_print(self) -> bool:
        """Whether they are prints of one text."""
        return self.held >= HELD and self.beginning >= BEGINNING_HELD and self.shared >= SHARED


def likeness(one: RunText, other: RunText) -> Likeness:
    """How alike two texts are; the same both ways."""
    shorter, longer = sorted((one, other), key=lambda text: (len(text.body), text.body.tobytes()))
    body = shorter.body
    held = np.isin(body, longer.distinct)
    both = np.intersect1d(one.distinct, other.distinct, assume_unique=True)
    either = len(one.distinct) + len(other.distinct) - len(both)
    beginning = held[: max(_BEGINNING, len(body) // _QUARTER)]
    return Likeness(
        float(held.mean()) if len(held) else 0.0,
        float(beginning.mean()) if len(beginning) else 0.0,
        len(both) / either if either else 0.0,
    )
