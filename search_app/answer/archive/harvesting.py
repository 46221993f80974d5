"""What do libraries harvest? Lists of all articles as of a change, page by page, with their rights.

What a list is, is said in corpus.harvest_lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.harvest_lists import HarvestLists
from corpus.harvest_walks import HarvestEntry, HarvestList
from corpus.publishers import Publication
from corpus.rights import UNSAID, Rights, rights_of_all
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import current_moment

HARVESTED = 200
"""Articles on one page: some 40 milliseconds."""


@dataclass(frozen=True, slots=True)
class HarvestedArticle:
    """An article of a list, with its rights."""

    entry: HarvestEntry
    rights: Rights = UNSAID


@dataclass(frozen=True, slots=True)
class HarvestedPage:
    """Some articles of a list, and whether there are more behind them."""

    articles: Sequence[HarvestedArticle]
    has_more: bool


class Harvesting:
    """The use cases of harvesters; safe for threads.

    Args:
        size: how many articles a page has.
    """

    def __init__(self, archive: ShownArchive, size: int = HARVESTED) -> None:
        self._archive = archive
        self._size = size
        self._lists = HarvestLists(archive)

    def begin(
        self, publisher: str | None = None, first: datetime | None = None, last: datetime | None = None
    ) -> HarvestList:
        """A list as the archive stands; ``publisher`` is the key of the one source whose articles it has."""
        moment = current_moment().replace(microsecond=0)
        return HarvestList(self._archive.number, moment, publisher, first, last)

    def page(self, asked: HarvestList, after: int = 0) -> HarvestedPage:
        """The articles of a list behind a place."""
        page = self._lists.page(asked, after, self._size)
        return HarvestedPage(self._with_rights(page.entries), page.has_more)

    def count(self, asked: HarvestList) -> int:
        """How many articles a list has that was begun just now."""
        return self._lists.count(asked)

    def article(self, article_id: str) -> HarvestedArticle | None:
        """An article as it stands; None where it was never here, or is hidden."""
        entry = self._lists.entry(article_id, current_moment())
        return None if entry is None else self._with_rights([entry])[0]

    def publishers(self) -> list[Publication]:
        """Whose the articles are."""
        return self._lists.publishers()

    def mark(self, number: int) -> str | None:
        """What the archive's history up to a change is known by; None where it has no such change."""
        row = self._archive.rows("SELECT digest FROM changes WHERE number = ?", [number]).fetchone()
        return None if row is None else bytes(row[0]).hex()

    def _with_rights(self, entries: Sequence[HarvestEntry]) -> list[HarvestedArticle]:
        known = [one.archived.article for one in entries if one.archived]
        rights = iter(rights_of_all(self._archive, known))
        return [HarvestedArticle(one, next(rights) if one.archived else UNSAID) for one in entries]
