"""How often does each item stand in a text that is read part by part?"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from indexer.counting import Int64Array, ItemCounts
from indexer.engines.whoosh.witnesses import in_segment


class ItemRows(NamedTuple):
    """Items of a part: their keys, ascending; how often each stands there; where one of each does."""

    keys: Int64Array
    counts: Int64Array
    witnesses: Int64Array

    @classmethod
    def none(cls) -> "ItemRows":
        """No items."""
        nothing = np.empty(0, np.int64)
        return cls(nothing, nothing, nothing)

    def at_least(self, count: int) -> "ItemRows":
        """Those that stand there so often."""
        if count <= 1:
            return self
        stays = self.counts >= count
        return ItemRows(self.keys[stays], self.counts[stays], self.witnesses[stays])

    def less(self, others: "ItemRows") -> "ItemRows":
        """Without some items that are among them."""
        counts = self.counts.copy()
        counts[np.searchsorted(self.keys, others.keys)] -= others.counts
        stays = counts > 0
        return ItemRows(self.keys[stays], counts[stays], self.witnesses[stays])

    def in_segment(self, place: int) -> "ItemRows":
        """The same, of the segment at a place."""
        return self._replace(witnesses=in_segment(self.witnesses, place))


def sum_items(parts: Sequence[ItemRows]) -> ItemRows:
    """The items of several parts together; their keys may be in any order."""
    if len(parts) == 1 and (np.diff(parts[0].keys) > 0).all():
        return parts[0]
    nothing = np.empty(0, np.int64)
    keys, counts, witnesses = (
        np.concatenate([nothing, *(part[column] for part in parts)]) for column in range(3)
    )
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    opens = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(counts[order], opens) if len(opens) else nothing
    return ItemRows(keys[opens], sums, witnesses[order[opens]])


def count_keys(keys: Int64Array, witnesses: Int64Array) -> ItemRows:
    """Items, each time that one stands there, as rows."""
    found, firsts, counts = np.unique(keys, return_index=True, return_counts=True)
    return ItemRows(found, counts.astype(np.int64), witnesses[firsts])


def item_counts(rows: ItemRows, texts_at: Callable[[Int64Array], list[str]], total: int) -> ItemCounts:
    """The counts, with the sum of all that were counted.

    Args:
        texts_at: the texts of items, by where they stand.
    """

    def texts_of(wanted: Int64Array) -> list[str]:
        return texts_at(rows.witnesses[np.searchsorted(rows.keys, wanted)])

    return ItemCounts(rows.keys, rows.counts, total, texts_of)
