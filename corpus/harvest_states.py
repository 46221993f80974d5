"""What is otherwise now than it was at the change at which a list for harvesters was begun?

A list is walked for hours, while articles are imported and withdrawn. What has not changed since is read from
the archive's heads, page by page; what has is told here: where each such article stood in the list, with
which version, and what was withdrawn then.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from corpus.archive_reader import ArchiveReader
from corpus.pins import ArticleStep, steps_of, version_at
from corpus.publisher_column import publishers_of
from corpus.publishers import Publication
from corpus.withdrawals import (
    WITHDRAWAL_COLUMNS,
    WITHDRAWAL_KINDS,
    Withdrawal,
    Withdrawals,
    WithdrawalState,
)

_LISTED = "SELECT value FROM json_each(?)"
_BATCH = 5_000  # articles whose steps are in memory at a time


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article as it stood at the change of a list.

    Attributes:
        place: its last change up to then, or where it was withdrawn the change that did it: by these numbers
            a list is in order, and no two articles have the same.
        change: the change that brought its version; None: it was withdrawn, and said so.
        returned: when its withdrawal had ended by itself; None: it had none, or one that was taken back.
    """

    place: int
    article_id: str
    change: int | None
    returned: datetime | None = None


@dataclass(frozen=True, slots=True)
class HarvestState:
    """The differences of the archive's state at a change from a later one.

    Attributes:
        number: the change.
        standing: what was withdrawn then, whether or not it had ended by itself.
        publishers: whose the tombstones among it are, by id.
        later: up to which change it is known what has changed since.
        changed: of each article that has, and was there, by its place its id and the change of its version.
        places: these places, ascending.
    """

    number: int
    standing: Withdrawals
    publishers: Mapping[str, Publication]
    later: int
    changed: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    places: Sequence[int] = ()

    def brought_to(self, archive: ArchiveReader, later: int) -> "HarvestState":
        """The same against a later change: what had changed before is not read again."""
        if later == self.later:
            return self
        rows = archive.rows(
            "SELECT article_id FROM heads WHERE last_change > ? AND last_change <= ?", [self.later, later]
        )
        changed = dict(self.changed)
        while batch := [article_id for (article_id,) in islice(rows, _BATCH)]:
            steps = steps_of(archive, _LISTED, [json.dumps(batch)], self.number, with_erased=True)
            for article_id, (versions, taken) in steps.items():
                version = version_at(taken, self.number, whole=True)
                if version is not None:
                    changed[_last(taken, self.number)] = article_id, versions[version]
        return replace(self, later=later, changed=changed, places=sorted(changed))

    def withdrawn(self, moment: datetime) -> Iterator[Candidate]:
        """What was withdrawn at a moment, and said so; in no order."""
        for one in self._of_articles():
            if one.state is not WithdrawalState.HIDDEN and not one.has_ended(moment):
                yield Candidate(one.change, one.article_id, None)

    def otherwise(self, moment: datetime, after: int) -> Iterator[Candidate]:
        """What stood behind a place, was shown at a moment, and has changed since; in order."""
        ends = self.ended(moment)
        withdrawn = {one.article_id for one in self._of_articles()} - ends.keys()
        for at in range(bisect_right(self.places, after), len(self.places)):
            place = self.places[at]
            article_id, change = self.changed[place]
            if article_id not in withdrawn:
                yield Candidate(place, article_id, change, ends.get(article_id))

    def returned(self, archive: ArchiveReader, moment: datetime) -> Iterator[Candidate]:
        """What had come back by itself at a moment, and has not changed since; in no order."""
        ends = self.ended(moment)
        rows = archive.rows(
            f"SELECT last_change, article_id, change FROM heads WHERE article_id IN ({_LISTED})"  # noqa: S608 - a constant
            " AND last_change <= ?",
            [json.dumps(list(ends)), self.number],
        )
        for place, article_id, change in rows:
            yield Candidate(place, article_id, change, ends[article_id])

    def ended(self, moment: datetime) -> dict[str, datetime]:
        """When each withdrawal of an article ended that had ended by itself at a moment, by article."""
        return {
            one.article_id: datetime.fromisoformat(one.until)
            for one in self._of_articles()
            if one.has_ended(moment)
        }

    def _of_articles(self) -> Iterator[Withdrawal]:
        return (one for one in self.standing.standing.values() if one.version is None)


def harvest_state(archive: ArchiveReader, number: int) -> HarvestState:
    """The state at a change, against itself."""
    standing = archive.withdrawals()
    if standing.number != number:
        rows = archive.rows(
            f"SELECT {WITHDRAWAL_COLUMNS} FROM changes WHERE number <= ? AND kind IN ({WITHDRAWAL_KINDS})"  # noqa: S608 - constants
            " ORDER BY number",
            [number],
        )
        standing = Withdrawals.none().after(number, rows)
    tombstones = [
        article_id
        for (article_id, version), one in standing.standing.items()
        if version is None and one.state is WithdrawalState.TOMBSTONE
    ]
    return HarvestState(number, standing, publishers_of(archive, tombstones), number)


def _last(steps: Sequence[ArticleStep], number: int) -> int:
    return max(change for change, *_ in steps if change <= number)
