"""Which story is an article in? Story numbers by version, as engines take them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

ALONE = -1
"""The story number of an article that is in no story."""

Changes = npt.NDArray[np.int64]
StoryColumn = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StoryNumbers:
    """The versions that are in stories of two articles or more.

    Attributes:
        changes: (M,); the archive's changes that brought the versions, ascending.
        numbers: (M,); the story number of each, from 0.
        count: the number of stories.
        archive_number: the stories are those of the archive up to this change; 0 where none were looked for.
    """

    changes: Changes = field(default_factory=lambda: np.zeros(0, np.int64))
    numbers: StoryColumn = field(default_factory=lambda: np.zeros(0, np.int32))
    count: int = 0
    archive_number: int = 0

    @classmethod
    def of(cls, numbers: Mapping[int, int]) -> "StoryNumbers":
        """From a dictionary of story numbers by change."""
        changes = sorted(numbers)
        return cls(
            np.array(changes, np.int64),
            np.array([numbers[change] for change in changes], np.int32),
            max(numbers.values(), default=-1) + 1,
        )

    def column(self, changes: npt.NDArray[np.integer]) -> StoryColumn:
        """The story number of each version; ALONE where it is in no story."""
        if not len(self.changes):
            return np.full(len(changes), ALONE, np.int32)
        places = np.minimum(np.searchsorted(self.changes, changes.astype(np.int64)), len(self.changes) - 1)
        return np.where(self.changes[places] == changes, self.numbers[places], np.int32(ALONE))

    def numbers_of(self, changes: Iterable[int]) -> dict[int, int]:
        """The story numbers of a few versions, by change, without those that are in no story."""
        wanted = np.fromiter(changes, np.int64)
        numbers = self.column(wanted)
        return {
            change: number
            for change, number in zip(wanted.tolist(), numbers.tolist(), strict=True)
            if number != ALONE
        }
