"""Which articles are in a list for harvesters, page by page, as the archive stood when the list was begun?

A list is of one change of the archive, and so is each of its pages, whatever is imported meanwhile: an
article is in it once, at the place of its last change up to then, and what came later is in the next list. A
page goes on behind a place, by an index, so that a late one costs as much as the first. What is out of sight
now is in no page: what says that it is withdrawn is told as withdrawn, what is hidden not at all.

The datestamp of an article is the moment of its last change. Where the rights of its source were set later,
it is that moment, for they are told with the article; where an embargo ended by itself, the end of it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from corpus.harvest_states import Candidate, HarvestState, harvest_state
from corpus.harvest_walks import HarvestEntry, HarvestList, HarvestWalk
from corpus.publisher_column import PublisherColumn, publisher_column
from corpus.publishers import Publication
from corpus.shown_archive import ShownArchive

_Value = TypeVar("_Value")
_MOST = 4  # of each kind: a column takes 12 bytes an article, a state what has changed since


@dataclass(frozen=True, slots=True)
class HarvestPage:
    """Some articles of a list, and whether there are more behind them."""

    entries: Sequence[HarvestEntry]
    has_more: bool


class HarvestLists:
    """The lists of an archive; safe for threads."""

    def __init__(self, archive: ShownArchive) -> None:
        self._archive = archive
        self._states = _Kept[HarvestState]()
        self._columns = _Kept[PublisherColumn]()

    def page(self, asked: HarvestList, after: int, size: int) -> HarvestPage:
        """The articles behind a place, at most ``size`` of them."""
        with self._archive.snapshot():
            found: list[HarvestEntry] = []
            for entry in self._walk(asked).entries(after, size + 1):
                found.append(entry)
                if len(found) > size:
                    break
        return HarvestPage(found[:size], len(found) > size)

    def count(self, asked: HarvestList) -> int:
        """How many articles a list has; exact while nothing has changed since it was begun."""
        with self._archive.snapshot():
            return self._walk(asked).count()

    def entry(self, article_id: str, moment: datetime) -> HarvestEntry | None:
        """An article as it stands; None where the archive has none of this id, or it is hidden."""
        archive = self._archive
        with archive.snapshot():
            asked = HarvestList(archive.number, moment)
            withdrawal = archive.withdrawn().article(article_id)
            head = archive.rows("SELECT last_change, change FROM heads WHERE article_id = ?", [article_id])
            if withdrawal is not None:
                candidate = Candidate(withdrawal.change, article_id, None)
            elif (row := head.fetchone()) is not None:
                ended = self._state(asked.number).ended(moment)
                candidate = Candidate(row[0], article_id, row[1], ended.get(article_id))
            else:
                return None
            return next(self._walk(asked).told([candidate]), None)

    def publishers(self) -> list[Publication]:
        """Whose the articles are that are shown, or withdrawn and not hidden, in the order of their keys."""
        with self._archive.snapshot():
            number = self._archive.number
            names = {one.key: one.name for one in self._state(number).publishers.values()}
            names |= self._column(number).names
        return [Publication(key, name) for key, name in sorted(names.items()) if key]

    def _walk(self, asked: HarvestList) -> HarvestWalk:
        state, column = self._state(asked.number), partial(self._column, asked.number)
        return HarvestWalk(self._archive, asked, state, column)

    def _state(self, number: int) -> HarvestState:
        later = self._archive.number
        state = self._states.get(number, lambda: harvest_state(self._archive, number))
        return self._states.keep(number, state.brought_to(self._archive, later))

    def _column(self, number: int) -> PublisherColumn:
        return self._columns.get(number, lambda: publisher_column(self._archive, number))


class _Kept(Generic[_Value]):
    """The last few values, by the change that they are of; safe for threads."""

    def __init__(self) -> None:
        self._values: OrderedDict[int, _Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, number: int, make: Callable[[], _Value]) -> _Value:
        with self._lock:
            known = self._values.get(number)
        return known if known is not None else self.keep(number, make())

    def keep(self, number: int, value: _Value) -> _Value:
        with self._lock:
            self._values[number] = value
            self._values.move_to_end(number)
            if len(self._values) > _MOST:
                self._values.popitem(last=False)
        return value
