"""Which state of the archive and the index answers? Numbers and counts."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from corpus.archive import ArchiveReader
from corpus.errors import OperatorError
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.stories.story import StoryLookup


@dataclass(frozen=True, slots=True)
class State:
    """What the archive and the index hold, by number; the index's None where there is none that fits."""

    archive_number: int
    index_number: int | None
    stories: tuple[int, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """What the archive and the index hold. ``index_number`` None: there is no index."""

    articles: int
    withdrawn: int
    versions: int
    refusals: int
    archive_number: int
    index_number: int | None
    indexed: int | None


class Monitoring:
    """Says which state answers; safe for threads."""

    def __init__(
        self, archive: ArchiveReader, index: ReaderHolder[IndexReader], stories: StoryLookup
    ) -> None:
        self._archive = archive
        self._index = index
        self._stories = stories

    def state(self) -> State:
        """What answers depend on; cheap to ask for."""
        index_number = None
        with suppress(OperatorError), self._index.lend() as reader:
            index_number = reader.manifest.archive_number
        return State(self._archive.number, index_number, self._stories.state(), self._archive.changed_at)

    def status(self) -> Status:
        """What the archive and the index hold now.

        Raises:
            OperatorError: the archive cannot be read.
        """
        counts = self._archive.counts()
        number = indexed = None
        with suppress(OperatorError), self._index.lend() as reader:  # no index that fits: said as None
            number, indexed = reader.manifest.archive_number, reader.manifest.articles
        return Status(
            articles=counts.articles,
            withdrawn=counts.withdrawn,
            versions=counts.versions,
            refusals=counts.refusals,
            archive_number=counts.number,
            index_number=number,
            indexed=indexed,
        )
