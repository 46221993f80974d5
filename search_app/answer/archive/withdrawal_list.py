"""What is withdrawn, and says so? Of one article, and of all: what was withdrawn last stands first.

What is hidden is in none of it. Nor is a version of an article that is withdrawn as a whole: what is said of
the article is said of all its versions.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.coverage import WithdrawnCounts
from corpus.shown_archive import ShownArchive, Tombstone
from corpus.withdrawals import Withdrawal, WithdrawalState, Withdrawn


class WithdrawalList:
    """The use cases of what is withdrawn; safe for threads."""

    def __init__(self, archive: ShownArchive) -> None:
        self._archive = archive

    def tombstones(self, ids: Sequence[str]) -> list[Tombstone]:
        """What is said of those of some articles that are withdrawn and not hidden, in their order."""
        found = (self._archive.tombstone(each) for each in dict.fromkeys(ids))
        return [tombstone for tombstone in found if tombstone is not None]

    def of_versions(self, article_id: str) -> list[Withdrawal]:
        """The single versions of an article that are withdrawn and not hidden, in no certain order."""
        withdrawn = self._archive.withdrawn()
        if not withdrawn.touches(article_id):
            return []
        return [one for one in _said(withdrawn) if one.article_id == article_id and one.version is not None]

    def tombstone_of(self, withdrawal: Withdrawal) -> Tombstone | None:
        """What is said of an article or a version; None where it has come back, or was hidden meanwhile."""
        withdrawn = self._archive.withdrawn()
        if withdrawal.version is None:
            return self._archive.tombstone(withdrawal.article_id)
        if withdrawal.part not in withdrawn.parts or withdrawn.article(withdrawal.article_id):
            return None
        if withdrawal.state is WithdrawalState.ERASED:
            return Tombstone(withdrawal, None)
        return Tombstone(withdrawal, self._archive.article(withdrawal.article_id))

    def page(self, number: int, size: int) -> list[Tombstone]:
        """A page (from 1) of all of it."""
        start = (number - 1) * size
        return list(islice(self._tombstones(start), size))

    def every(self) -> Iterator[Tombstone]:
        """All of it, read from the archive while the caller iterates."""
        return self._tombstones(0)

    def count(self) -> int:
        """How much is listed."""
        return len(_said(self._archive.withdrawn()))

    def _tombstones(self, start: int) -> Iterator[Tombstone]:
        listed = sorted(_said(self._archive.withdrawn()), key=lambda one: -one.change)
        found = (self.tombstone_of(one) for one in listed[start:])
        return (tombstone for tombstone in found if tombstone is not None)


def count_withdrawn(archive: ShownArchive) -> WithdrawnCounts:
    """How much is listed of each state."""
    states = [one.state for one in _said(archive.withdrawn())]
    return WithdrawnCounts(states.count(WithdrawalState.TOMBSTONE), states.count(WithdrawalState.ERASED))


def _said(withdrawn: Withdrawn) -> list[Withdrawal]:
    return [
        one
        for one in withdrawn.parts.values()
        if one.state is not WithdrawalState.HIDDEN
        and (one.version is None or one.article_id not in withdrawn.articles)
    ]
