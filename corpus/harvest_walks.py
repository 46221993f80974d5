"""Which articles are in a list for harvesters, behind a place in it, and with which datestamp?

What has not changed since the list was begun is read by the index of the heads; where a source is asked for,
or what was said of the rights of one decides, by the column of publishers. What has changed is merged in at
the place where it stood. What is out of sight now is told as withdrawn, and what is hidden is not told.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import chain, islice
from operator import attrgetter

from corpus.archived import ArchivedArticle
from corpus.harvest_states import Candidate, HarvestState
from corpus.pins import last_change_before
from corpus.publisher_column import PublisherColumn, publishers_of
from corpus.publishers import Publication, publisher_of
from corpus.rights import last_set
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import WithdrawalState

_BATCH = 500  # below SQLite's smallest limit of 999 values a statement
_SECOND = timedelta(seconds=1)
_LAST = datetime.max.replace(tzinfo=UTC) - _SECOND
_BY_PLACE = attrgetter("place")
_NOTHING = 1, 0
"""Between which last changes no article is."""


@dataclass(frozen=True, slots=True)
class HarvestList:
    """A list that was begun.

    Attributes:
        number: the change of the archive at which it stands.
        moment: when it was begun: embargoes that had ended by then were no more.
        publisher: the key of the source whose articles it has (corpus.publishers); None: it has all.
        first, last: its articles have no earlier and no later datestamp, to the second; None: they may.
    """

    number: int
    moment: datetime
    publisher: str | None = None
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class HarvestEntry:
    """An article in a list.

    Attributes:
        place: where it stands: the list goes on behind it.
        archived: its version; None: it is withdrawn, and says so.
        publisher: whose it is; None: nobody says. Of what is erased that is not known any more, so it is in
            the lists of all sources.
    """

    article_id: str
    place: int
    datestamp: datetime
    archived: ArchivedArticle | None
    publisher: Publication | None


@dataclass(frozen=True, slots=True)
class _Told:
    """A candidate as it may be shown now, before it has a datestamp."""

    candidate: Candidate
    archived: ArchivedArticle | None
    publisher: Publication | None
    is_erased: bool = False

    @property
    def key(self) -> str:
        """That of its publisher; empty where none is known."""
        return self.publisher.key if self.publisher else ""


class HarvestWalk:
    """A walk through a list, within one snapshot of the archive.

    Args:
        column: reads whose the articles are of the list's change.
    """

    def __init__(
        self,
        archive: ShownArchive,
        asked: HarvestList,
        state: HarvestState,
        column: Callable[[], PublisherColumn],
    ) -> None:
        self._archive = archive
        self._asked = asked
        self._state = state
        self._column = column
        self._rights = last_set(archive, asked.number)
        self._first = 1 if asked.first is None else last_change_before(archive, asked.first) + 1
        self._last = asked.number
        if asked.last is not None:
            self._last = min(self._last, last_change_before(archive, min(asked.last, _LAST) + _SECOND))

    def entries(self, after: int, size: int) -> Iterator[HarvestEntry]:
        """The articles behind a place, in order, read in pieces of ``size``."""
        others = sorted((one for one in self._others() if one.place > after), key=_BY_PLACE)
        changed = self._state.otherwise(self._asked.moment, after)
        candidates = merge(self._unchanged(after), others, changed, key=_BY_PLACE)
        while batch := list(islice(candidates, size)):
            yield from self.told(batch)

    def count(self) -> int:
        """How many there are; of a list that is begun now."""
        others = chain(self._others(), self._state.otherwise(self._asked.moment, 0))
        return self._count_unchanged() + sum(1 for _ in self.told(others))

    def told(self, candidates: Iterable[Candidate]) -> Iterator[HarvestEntry]:
        """Those of some candidates that are in the list, as they may be shown now."""
        found = list(self._shown(list(candidates)))
        moments = self._archive.moments([self._changed_at(one) for one in found])
        for one in found:
            datestamp = moments[self._changed_at(one)]
            if one.candidate.returned and one.archived:
                datestamp = max(datestamp, one.candidate.returned)
            if self._has(one, datestamp):
                yield HarvestEntry(
                    one.candidate.article_id, one.candidate.place, datestamp, one.archived, one.publisher
                )

    def _others(self) -> Iterator[Candidate]:
        """What the index of the heads does not tell: what was withdrawn, and what came back by itself."""
        yield from filter(self._may_have, self._state.withdrawn(self._asked.moment))
        yield from self._state.returned(self._archive, self._asked.moment)

    def _may_have(self, withdrawn: Candidate) -> bool:
        """Whether something withdrawn can be in the list; what is erased is in the lists of all sources."""
        publisher = self._state.publishers.get(withdrawn.article_id)
        is_of_it = (
            self._asked.publisher is None or publisher is None or publisher.key == self._asked.publisher
        )
        return is_of_it and self._first <= withdrawn.place <= self._last

    def _shown(self, candidates: Sequence[Candidate]) -> Iterator[_Told]:
        """Candidates as they may be shown now; those that are hidden are left out."""
        withdrawn, versions = self._archive.withdrawn(), self._versions(candidates)
        publishers = publishers_of(
            self._archive, [one.article_id for one in candidates if one.place not in versions]
        )
        for one in candidates:
            withdrawal = withdrawn.article(one.article_id)
            if one.place in versions:
                archived = versions[one.place]
                yield _Told(one, archived, publisher_of(archived.article))
            elif withdrawal is None or withdrawal.state is not WithdrawalState.HIDDEN:
                is_erased = withdrawal is not None and withdrawal.is_erased
                yield _Told(one, None, publishers.get(one.article_id), is_erased)

    def _versions(self, candidates: Sequence[Candidate]) -> dict[int, ArchivedArticle]:
        """The versions of candidates that may be shown, by place.

        Where the version that an article had then was withdrawn by itself, it is the one that is shown now.
        """
        versions = self._archive.versions_of([one.change for one in candidates if one.change is not None])
        lost = [one.article_id for one in candidates if one.change and one.change not in versions]
        current = self._archive.articles(lost)
        return {
            one.place: archived
            for one in candidates
            if one.change and (archived := versions.get(one.change) or current.get(one.article_id))
        }

    def _changed_at(self, told: _Told) -> int:
        """The change whose moment is the datestamp."""
        place = told.candidate.place
        return max(place, self._rights.get(told.key, 0)) if told.archived else place

    def _has(self, told: _Told, datestamp: datetime) -> bool:
        asked = self._asked
        if asked.publisher is not None and told.key != asked.publisher and not told.is_erased:
            return False
        return (asked.first is None or asked.first <= datestamp) and (
            asked.last is None or datestamp <= asked.last
        )

    def _unchanged(self, after: int) -> Iterator[Candidate]:
        """What is shown and has not changed since the list was begun."""
        if not self._needs_column():
            rows = self._archive.rows(
                "SELECT last_change, article_id, change FROM heads WHERE last_change > ? AND last_change <= ?"
                " AND NOT withdrawn ORDER BY last_change",
                [max(after, self._first - 1), self._last],
            )
            yield from (Candidate(*row) for row in rows)
            return
        numbers = self._of_column(after)
        while batch := list(islice(numbers, _BATCH)):
            marks = ",".join("?" * len(batch))
            rows = self._archive.rows(
                f"SELECT last_change, article_id, change FROM heads WHERE last_change IN ({marks})"  # noqa: S608 - marks only
                " AND NOT withdrawn ORDER BY last_change",
                batch,
            )
            yield from (Candidate(*row) for row in rows)

    def _count_unchanged(self) -> int:
        if self._needs_column():
            return sum(1 for _ in self._of_column(0))
        asked = "SELECT count(*) FROM heads WHERE last_change BETWEEN ? AND ? AND NOT withdrawn"
        return int(self._archive.rows(asked, [self._first, self._last]).fetchone()[0])

    def _of_column(self, after: int) -> Iterator[int]:
        """The last changes behind a place of the articles that the list has."""
        spans = {key: self._span(key) for key in self._column().keys}
        if self._asked.publisher is not None:
            spans = {self._asked.publisher: spans.get(self._asked.publisher, _NOTHING)}
        return (
            number
            for number, key in self._column().after(after)
            if key in spans and spans[key][0] <= number <= spans[key][1]
        )

    def _span(self, key: str) -> tuple[int, int]:
        """Between which last changes a publisher's articles are in the list."""
        rights = self._rights.get(key, 0)
        if rights > self._last:
            return _NOTHING
        return (1 if rights >= self._first else self._first), self._last

    def _needs_column(self) -> bool:
        """Whether it hangs on its source if an article is in the list."""
        usual = self._first, self._last
        return self._asked.publisher is not None or any(self._span(key) != usual for key in self._rights)
