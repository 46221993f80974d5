"""Which story is an article in? Story numbers by version, as engines take them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

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
        ranks: (M,); how many prints of its story were published before each: 0 for the first print.
        count: the number of stories.
        archive_number: the stories are those of the archive up to this change; 0 where none were looked for.
    """

    changes: Changes = field(default_factory=lambda: np.zeros(0, np.int64))
    numbers: StoryColumn = field(default_factory=lambda: np.zeros(0, np.int32))
    ranks: StoryColumn = field(default_factory=lambda: np.zeros(0, np.int32))
    count: int = 0
    archive_number: int = 0

    @classmethod
    def of(cls, numbers: Mapping[int, int]) -> "StoryNumbers":
        """From a dictionary of story numbers by change, in which the prints of a story are in their order."""
        changes = sorted(numbers)
        printed: Counter[int] = Counter()
        ranks: dict[int, int] = {}
        for change, story in numbers.items():
            ranks[change] = printed[story]
            printed[story] += 1
        return cls(
            np.array(changes, np.int64),
            np.array([numbers[change] for change in changes], np.int32),
            np.array([ranks[change] for change in changes], np.int32),
            max(numbers.values(), default=-1) + 1,
        )

    def column(self, changes: npt.NDArray[np.integer]) -> StoryColumn:
        """The story number of each version; ALONE where it is in no story."""
        return self._values_of(changes, self.numbers, ALONE)

    def rank_column(self, changes: npt.NDArray[np.integer]) -> StoryColumn:
        """The rank of each version among the prints of its story; 0 where it is in no story."""
        return self._values_of(changes, self.ranks, 0)

    def prints_of(self, changes: Iterable[int]) -> dict[int, tuple[int, int]]:
        """The story numbers and ranks of a few versions, by change, without those that are in no story."""
        wanted = np.fromiter(changes, np.int64)
        numbers, ranks = self.column(wanted), self.rank_column(wanted)
        return {
            change: (number, rank)
            for change, number, rank in zip(wanted.tolist(), numbers.tolist(), ranks.tolist(), strict=True)
            if number != ALONE
        }

    def and_superseded(self, current: Mapping[int, int]) -> "StoryNumbers":
        """With superseded versions, which are in the story of the current version of their article.

        Args:
            current: the change of the current version, by that of the superseded one.
        """
        known = self.prints_of(current.values())
        prints = {change: known[newest] for change, newest in current.items() if newest in known}
        changes = np.concatenate([self.changes, np.fromiter(prints, np.int64)])
        numbers = np.concatenate([self.numbers, np.array([one for one, _ in prints.values()], np.int32)])
        ranks = np.concatenate([self.ranks, np.array([rank for _, rank in prints.values()], np.int32)])
        order = np.argsort(changes, kind="stable")
        return replace(self, changes=changes[order], numbers=numbers[order], ranks=ranks[order])

    def _values_of(
        self, changes: npt.NDArray[np.integer], values: StoryColumn, otherwise: int
    ) -> StoryColumn:
        if not len(self.changes):
            return np.full(len(changes), otherwise, np.int32)
        places = np.minimum(np.searchsorted(self.changes, changes.astype(np.int64)), len(self.changes) - 1)
        return np.where(self.changes[places] == changes, values[places], np.int32(otherwise))
