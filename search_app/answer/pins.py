"""How is a selection answered as the archive stood at an earlier change?

A pin is a change of the archive, or a day, which means the last change of it. What was withdrawn since stays
withdrawn in it, and stories are today's. A reader of the pinned state is kept for as long as the reader that
it was made of, so that a page and its exports do not make it again.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakKeyDictionary

from corpus.errors import UserError
from corpus.message import say
from corpus.moment import VIETNAM
from corpus.pins import last_change_of_day
from corpus.shown_archive import PinnedArchive, ShownArchive
from indexer.engine import IndexReader
from indexer.pin import PinnedVersions

AsOf = int | date
"""A change of the archive, or a day in Vietnam."""

_KEPT = 4  # readers of pinned states, for each state of the index


@dataclass(frozen=True, slots=True)
class Since:
    """A pinned state against the present.

    Attributes:
        number, at: the change that is pinned, and when it happened.
        withheld: how many articles were there then and are withdrawn now.
        came, changed: readers of the present articles that were not there then, and of those that were in
            another version.
    """

    number: int
    at: datetime
    withheld: int
    came: IndexReader
    changed: IndexReader


@dataclass(frozen=True, slots=True)
class _Pinned:
    """The reader of a pinned state, and what has come since."""

    reader: IndexReader
    since: Since


class Pins:
    """The pinned states of one archive; safe for threads."""

    def __init__(self, archive: ShownArchive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._readers: WeakKeyDictionary[IndexReader, OrderedDict[int, _Pinned]] = WeakKeyDictionary()

    def number(self, as_of: AsOf) -> int:
        """The change that is pinned.

        Raises:
            UserError: the archive has no such change, or had none on that day.
        """
        last = self._archive.number
        if isinstance(as_of, date):
            number = last_change_of_day(self._archive, as_of)
            if not number:
                raise UserError(
                    say(
                        "as_of is {day}, and the archive was begun on {begun}; give that day or a later one",
                        day=as_of.isoformat(),
                        begun=self._archive.begun_at.astimezone(VIETNAM).date().isoformat(),
                    )
                )
            return number
        if not 1 <= as_of <= last:
            raise UserError(
                say("as_of is {number}; the archive has the changes 1 to {last}", number=as_of, last=last)
            )
        return as_of

    def articles(self, as_of: AsOf) -> PinnedArchive:
        """The articles as they stood then.

        Raises:
            UserError: the archive has no such change.
        """
        return self._archive.at(self.number(as_of))

    def since(self, reader: IndexReader, as_of: AsOf) -> Since:
        """What has come since: readers of the articles that came, and of those that changed."""
        return self._pinned(reader, as_of).since

    def reader(self, reader: IndexReader, as_of: AsOf) -> IndexReader:
        """The reader of the pinned state, made of one of the present state, for as long as that is lent.

        Raises:
            UserError: the archive has no such change.
            OperatorError: the index does not keep the versions of that state yet.
        """
        return self._pinned(reader, as_of).reader

    def _pinned(self, reader: IndexReader, as_of: AsOf) -> _Pinned:
        """The readers of a pin, which are kept for as long as the reader that they were made of."""
        number = self.number(as_of)
        with self._lock:
            known = self._readers.setdefault(reader, OrderedDict())
            if number in known:
                known.move_to_end(number)
                return known[number]
        made = self._make(reader, number)
        with self._lock:
            known[number] = made
            if len(known) > _KEPT:
                known.popitem(last=False)
        return made

    def _make(self, reader: IndexReader, number: int) -> _Pinned:
        pin = self._archive.pin(number, reader.manifest.archive_number)
        (at,) = self._archive.moments([number]).values()
        since = Since(number, at, pin.withheld, reader.only(pin.came()), reader.only(pin.changed()))
        return _Pinned(reader.pinned(PinnedVersions(pin.number, pin.absent(), pin.superseded())), since)
