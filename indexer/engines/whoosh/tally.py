"""How often does each item stand in a text that is read stretch by stretch?"""

from collections.abc import Callable

import numpy as np

from indexer.counting import Int64Array, ItemCounts

Witness = Int64Array
"""Shape (k,): where one item of each key stands; read by who made it."""

_MERGED_FROM = 1 << 22


class Tally:
    """Counts items by their keys, and remembers where one of each stands."""

    def __init__(self) -> None:
        self._parts: list[tuple[Int64Array, Int64Array, Witness]] = []
        self._size = 0

    def add(self, keys: Int64Array, witnesses: Witness) -> None:
        """Adds items, each with the place where it stands."""
        found, firsts, counts = np.unique(keys, return_index=True, return_counts=True)
        self._parts.append((found, counts.astype(np.int64), witnesses[firsts]))
        self._size += len(found)
        if self._size > _MERGED_FROM and len(self._parts) > 1:
            self._parts = [self._sum()]
            self._size = len(self._parts[0][0])

    def _sum(self) -> tuple[Int64Array, Int64Array, Witness]:
        nothing = np.empty(0, np.int64)
        keys, counts, witnesses = (
            np.concatenate([nothing, *(part[column] for part in self._parts)]) for column in range(3)
        )
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        opens = np.flatnonzero(np.diff(keys, prepend=-1))
        sums = np.add.reduceat(counts[order], opens) if len(opens) else nothing
        return keys[opens], sums, witnesses[order[opens]]

    def result(self, texts_at: Callable[[Witness], list[str]]) -> ItemCounts:
        """The counts.

        Args:
            texts_at: the texts of items, by where they stand.
        """
        keys, counts, witnesses = self._sum()

        def texts_of(wanted: Int64Array) -> list[str]:
            return texts_at(witnesses[np.searchsorted(keys, wanted)])

        return ItemCounts(keys, counts, int(counts.sum()), texts_of)
