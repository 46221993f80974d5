"""In which order are counted items listed, and which of them stand on a page?

By one measure, then by frequency, then as a Vietnamese dictionary sorts, so that the order is total and the
same in every interface. Texts are looked up for those items alone that are listed, or tie with one that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from corpus.errors import UserError
from corpus.message import say
from indexer.counting import Int64Array, TextsOf
from search_app.answer.collation import collation_key
from search_app.answer.counting.limits import check_read
from search_app.answer.counting.measures import Floats

MOST_LISTED = 100
"""Items on one page."""


class Direction(StrEnum):
    """Whether the greatest value comes first, or the least."""

    DESCENDING = "desc"
    ASCENDING = "asc"


class ItemMeasure(StrEnum):
    """By what items can be sorted."""

    FREQUENCY = "frequency"
    LOG_LIKELIHOOD = "log_likelihood"
    LOG_DICE = "log_dice"
    LOG_RATIO = "log_ratio"


@dataclass(frozen=True, slots=True)
class Listing:
    """Which of the items are listed.

    Attributes:
        by: the measure that sorts.
        least: how often an item has to stand.
        page: from 1; None: all of them.
        size: items a page.
    """

    by: ItemMeasure = ItemMeasure.LOG_LIKELIHOOD
    direction: Direction = Direction.DESCENDING
    least: int = 5
    page: int | None = 1
    size: int = 50

    def check(self) -> None:
        """Refuses an impossible page.

        Raises:
            UserError: the size is not from 1 to MOST_LISTED, or the page is below 1.
        """
        if not 1 <= self.size <= MOST_LISTED:
            raise UserError(
                say("size is {size}; give a number from 1 to {limit}", size=self.size, limit=MOST_LISTED)
            )
        if self.page is not None and self.page < 1:
            raise UserError(say("page is {page}; pages count from 1", page=self.page))

    def window(self, total: int) -> tuple[int, int]:
        """The first place that is listed, and the one after the last."""
        if self.page is None:
            return 0, total
        first = min((self.page - 1) * self.size, total)
        return first, min(first + self.size, total)


@dataclass(frozen=True, slots=True)
class ListedItems:
    """The items that are listed.

    Attributes:
        rows: in their order, where each stands among all that were sorted.
        texts: of each.
        first: how many stand before them.
    """

    rows: Sequence[int]
    texts: Sequence[str]
    first: int


def list_items(
    values: Floats, counts: Int64Array, keys: Int64Array, texts_of: TextsOf, listing: Listing
) -> ListedItems:
    """Sorts items and cuts out those that are listed.

    Args:
        values: what sorts; those that are not a number come last in either direction.
        counts: of items with equal values the more frequent one comes first.
        keys: of the items, whose texts ``texts_of`` gives.

    Raises:
        UserError: too many are listed, or tie with one that is.
    """
    signed = -values if listing.direction is Direction.DESCENDING else values
    signed = np.where(np.isnan(signed), np.inf, signed)
    order = np.lexsort((-counts, signed))
    first, last = listing.window(len(order))
    if first == last:
        return ListedItems((), (), first)
    opens = np.concatenate(
        [[True], (np.diff(counts[order]) != 0) | (signed[order][1:] != signed[order][:-1])]
    )
    groups = np.cumsum(opens)
    start = int(np.searchsorted(groups, groups[first]))
    stop = int(np.searchsorted(groups, groups[last - 1], "right"))
    check_read(stop - start)
    rows = order[start:stop]
    texts = texts_of(keys[rows])
    places = sorted(
        range(len(rows)), key=lambda place: (groups[start + place], collation_key(texts[place]), texts[place])
    )[first - start : last - start]
    return ListedItems(rows[places].tolist(), [texts[place] for place in places], first)
