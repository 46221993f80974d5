"""What of the archive may be shown? All that is read here is without what is withdrawn.

Every page, API answer and command that shows articles reads the archive through this class, so that none of
them has to ask what is withdrawn. What is made of the archive (the index, stories, suggestions), and what
proves or copies it, reads all of it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from corpus.archive_reader import ArchiveReader
from corpus.archived import ArchivedArticle, CurrentArticle, StoredRefusal
from corpus.pins import Pin, pin_at
from corpus.withdrawals import NOTHING, Withdrawal, Withdrawals, WithdrawalState, Withdrawn, current_moment

_PINS = 4  # that are kept in memory: each has a number for each article that changed since


class ShownArchive(ArchiveReader):
    """The archive without what is withdrawn at the moment of each call; safe for threads."""

    def __init__(self, path: Path) -> None:
        self._withdrawn: tuple[Withdrawals, datetime | None, Withdrawn] = (Withdrawals.none(), None, NOTHING)
        self._raws: tuple[Withdrawn, frozenset[str]] = NOTHING, frozenset()
        self._pins: OrderedDict[tuple[int, int, tuple[int, int]], Pin] = OrderedDict()
        self._pins_lock = threading.Lock()
        super().__init__(path)

    def withdrawn(self) -> Withdrawn:
        """What is out of sight now."""
        standing, now = self.withdrawals(), current_moment()
        known, ends, withdrawn = self._withdrawn
        if known is not standing or (ends is not None and ends <= now):
            withdrawn = standing.at(now)
            self._withdrawn = standing, standing.next_end(now), withdrawn
        return withdrawn

    def tombstone(self, article_id: str) -> "Tombstone | None":
        """What is said of an article that is withdrawn and not hidden; None where it is neither."""
        withdrawal = self.withdrawn().article(article_id)
        if withdrawal is None or withdrawal.state is WithdrawalState.HIDDEN:
            return None
        archived = super().articles([article_id]).get(article_id)
        return Tombstone(withdrawal, archived)

    def pin(self, number: int, later: int) -> Pin:
        """The archive's state at a change, against a later one; of both without what is withdrawn now."""
        withdrawn = self.withdrawn()
        key = number, later, withdrawn.state
        with self._pins_lock:
            if key in self._pins:
                return self._pins[key]
        pin = pin_at(self, number, later, withdrawn)
        with self._pins_lock:
            self._pins[key] = pin
            if len(self._pins) > _PINS:
                self._pins.popitem(last=False)
        return pin

    def at(self, number: int) -> "PinnedArchive":
        """The articles as they stood at a change."""
        return PinnedArchive(self, self.pin(number, self.number))

    def articles(self, ids: Sequence[str]) -> dict[str, ArchivedArticle]:
        """The current version of each article that may be shown, by id."""
        return super().articles(self._shown(ids))

    def texts(self, ids: Sequence[str]) -> dict[str, CurrentArticle]:
        """The texts of those alone."""
        return super().texts(self._shown(ids))

    def changes(self, ids: Sequence[str]) -> dict[str, int]:
        """The changes that brought those."""
        return super().changes(self._shown(ids))

    def arrived(self, ids: Sequence[str]) -> dict[str, datetime]:
        """When those came into the archive."""
        return super().arrived(self._shown(ids))

    def newest_first(self) -> Iterator[str]:
        """The ids of all articles that may be shown, the last to come first."""
        withdrawn = self.withdrawn()
        return (each for each in super().newest_first() if each not in withdrawn.articles)

    def versions_of(self, changes: Sequence[int]) -> dict[int, ArchivedArticle]:
        """The versions of some changes that may be shown, by change."""
        withdrawn = self.withdrawn()
        found = super().versions_of(changes)
        return {change: one for change, one in found.items() if not _is_covered(one, withdrawn)}

    def _versions(self, which: str, value: object) -> list[ArchivedArticle]:
        withdrawn = self.withdrawn()
        return [one for one in super()._versions(which, value) if not _is_covered(one, withdrawn)]

    def version_numbers(self, article_id: str) -> list[int]:
        """The numbers of an article's versions that may be shown, ascending, perhaps with gaps."""
        withdrawn = self.withdrawn()
        rows = self.rows(
            "SELECT version FROM versions WHERE article_id = ? AND content != '' ORDER BY version",
            [article_id],
        )
        return [number for (number,) in rows if not withdrawn.covers(article_id, number)]

    def raw(self, archived: ArchivedArticle) -> bytes | None:
        """The raw record of a version; None, too, where something that is withdrawn was read from it."""
        if archived.provenance.raw_sha256 in self._withdrawn_raws():
            return None
        return super().raw(archived)

    def _refusals(self, which: str, values: Sequence[object]) -> Iterator[StoredRefusal]:
        is_covered = self._covers_refusals()
        found = super()._refusals(which, values)
        return (one for one in found if not is_covered(one.raw_sha256, one.taken_as))

    def refusal_reasons(self) -> Iterator[tuple[str, str, str | None]]:
        """The same of those that may be shown."""
        is_covered = self._covers_refusals()
        return (one for one in super().refusal_reasons() if not is_covered(one[1], one[2]))

    def _covers_refusals(self) -> Callable[[str, str | None], bool]:
        """What says of a refused record whether it became something withdrawn, or has the bytes of it."""
        withdrawn, raws = self.withdrawn(), self._withdrawn_raws()
        return lambda raw_sha256, taken_as: (
            raw_sha256 in raws or (taken_as is not None and withdrawn.touches(taken_as))
        )

    def _shown(self, ids: Sequence[str]) -> list[str]:
        withdrawn = self.withdrawn()
        return [each for each in ids if each not in withdrawn.articles]

    def _withdrawn_raws(self) -> frozenset[str]:
        """The digests of the raw records that something withdrawn was read from."""
        withdrawn = self.withdrawn()
        if not withdrawn:
            return frozenset()
        known, raws = self._raws
        if known is not withdrawn:
            raws = frozenset(
                row[0]
                for article_id, version in withdrawn.parts
                for row in self.rows(
                    "SELECT raw_sha256 FROM versions WHERE article_id = ? AND ? IN (0, version)",
                    [article_id, version or 0],
                )
            )
            self._raws = withdrawn, raws
        return raws


class PinnedArchive:
    """The articles as they stood at an earlier change, without what is withdrawn now; safe for threads."""

    def __init__(self, archive: ShownArchive, pin: Pin) -> None:
        self._archive = archive
        self.pin = pin
        self.words = archive.words
        """As ArchiveReader.words."""

    def articles(self, ids: Sequence[str]) -> dict[str, ArchivedArticle]:
        """The version that was current then of each article that was there, by id."""
        versions = self._archive.versions_of(self._then(ids))
        return self._archive.articles(self._unchanged(ids)) | {
            one.article.id: one for one in versions.values()
        }

    def article(self, article_id: str) -> ArchivedArticle | None:
        """The version of an article that was current then; None where it was not there."""
        return self.articles([article_id]).get(article_id)

    def texts(self, ids: Sequence[str]) -> dict[str, CurrentArticle]:
        """The texts of those alone."""
        versions = self._archive.versions_of(self._then(ids))
        return self._archive.texts(self._unchanged(ids)) | {
            one.article.id: CurrentArticle(one.article, one.change) for one in versions.values()
        }

    def changes(self, ids: Sequence[str]) -> dict[str, int]:
        """The changes that brought those."""
        then = {each: change for each in ids if (change := self.pin.then.get(each)) is not None}
        return self._archive.changes(self._unchanged(ids)) | then

    def arrived(self, ids: Sequence[str]) -> dict[str, datetime]:
        """When those came into the archive."""
        moments = self._archive.moments(self._then(ids))
        return self._archive.arrived(self._unchanged(ids)) | {
            each: moments[change] for each in ids if (change := self.pin.then.get(each)) is not None
        }

    def newest_first(self) -> Iterator[str]:
        """The ids of the articles that were there, that of the last version to come first."""
        rows = self._archive.rows(
            "SELECT article_id, change FROM versions WHERE change <= ? ORDER BY change DESC",
            [self.pin.number],
        )
        for article_id, change in rows:
            current = self.pin.then.get(article_id, change)
            if current == change and self.changes([article_id]).get(article_id) == change:
                yield article_id

    def _unchanged(self, ids: Sequence[str]) -> list[str]:
        return [each for each in ids if each not in self.pin.then]

    def _then(self, ids: Sequence[str]) -> list[int]:
        return [change for each in ids if (change := self.pin.then.get(each)) is not None]


ArticleSource = ShownArchive | PinnedArchive
"""Articles as they stand, or as they stood at an earlier change."""


class Tombstone:
    """What is said of a withdrawn article.

    Attributes:
        withdrawal: by whom, when and why.
        archived: its current version, for the citation alone; None where it is erased.
    """

    def __init__(self, withdrawal: Withdrawal, archived: ArchivedArticle | None) -> None:
        self.withdrawal = withdrawal
        self.archived = archived


def _is_covered(archived: ArchivedArticle, withdrawn: Withdrawn) -> bool:
    return withdrawn.covers(archived.article.id, archived.version)
