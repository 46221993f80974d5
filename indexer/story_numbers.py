"""Of which story is an article? A number for each version, as engines take it: alone, or one of several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

ALONE = -1
"""The number of an article that no other is a print of."""

Changes = npt.NDArray[np.int64]
StoryColumn = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StoryNumbers:
    """The versions that are in stories of two articles or more.

    Attributes:
        changes: (M,); the archive's changes that brought them, ascending.
        numbers: (M,); the story of each, from 0.
        count: how many stories there are.
    """

    changes: Changes = field(default_factory=lambda: np.zeros(0, np.int64))
    numbers: StoryColumn = field(default_factory=lambda: np.zeros(0, np.int32))
    count: int = 0

    @classmethod
    def of(cls, numbers: Mapping[int, int]) -> "StoryNumbers":
        """From a story for each change."""
        changes = sorted(numbers)
        return cls(
            np.array(changes, np.int64),
            np.array([numbers[change] for change in changes], np.int32),
            max(numbers.values(), default=-1) + 1,
        )

    def column(self, changes: npt.NDArray[np.integer]) -> StoryColumn:
        """The story of each of some versions, ALONE where it is in none."""
        if not len(self.changes):
            return np.full(len(changes), ALONE, np.int32)
        places = np.minimum(np.searchsorted(self.changes, changes.astype(np.int64)), len(self.changes) - 1)
        return np.where(self.changes[places] == changes, self.numbers[places], np.int32(ALONE))

    def numbers_of(self, changes: Iterable[int]) -> dict[int, int]:
        """The same for a few; those that are alone are left out."""
        wanted = np.fromiter(changes, np.int64)
        found = self.column(wanted)
        return {
            change: number
            for change, number in zip(wanted.tolist(), found.tolist(), strict=True)
            if number != ALONE
        }
