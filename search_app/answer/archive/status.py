"""In which state are the archive and the index, and how much do they hold?"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from corpus.archive import ArchiveReader
from corpus.errors import OperatorError
from corpus.fixity_log import FixityResult, last_result
from corpus.message import Message
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.stories.story import StoryLookup
from indexer.suggest.suggestion import Suggester


@dataclass(frozen=True, slots=True)
class State:
    """The state of all that answers depend on; equal states give equal answers.

    Its numbers only rise. They are read one after another, so a state that is equal before and after some
    work was that of the whole work.

    Attributes:
        archive_number: number of the archive's last change.
        index_number: the archive's change up to which the index holds it; None if no index of this format
            exists.
        files: states of the files of stories and of suggestions.
        configuration: fingerprint of what a process reads once: the archive's own names, and settings.
        is_settled: whether the index that answers is the newest. False for the moment in which a newer one is
            opened: what is made then is of no state that could be named.
    """

    archive_number: int
    index_number: int | None
    files: tuple[tuple[int, ...], ...]
    configuration: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Status:
    """The counts of the archive and the index.

    Attributes:
        articles: number of articles that are not withdrawn.
        archive_number: number of the archive's last change.
        index_number: the archive's change up to which the index holds it; None if no index of this format
            exists.
        indexed: number of articles in the index; None in the same case.
        trouble: why a newer state of the index cannot be opened; the state before it answers.
        verified: what the last verification found that came to its end; None where there is none.
    """

    articles: int
    withdrawn: int
    versions: int
    refusals: int
    archive_number: int
    index_number: int | None
    indexed: int | None
    trouble: Message | None = None
    verified: FixityResult | None = None


class Monitoring:
    """The use cases of monitoring; safe for threads."""

    def __init__(
        self,
        archive: ArchiveReader,
        index: ReaderHolder[IndexReader],
        stories: StoryLookup,
        suggests: Suggester,
        configuration: str = "",
    ) -> None:
        self._archive = archive
        self._index = index
        self._stories = stories
        self._suggests = suggests
        self._configuration = configuration

    def state(self) -> State:
        """The state that answers depend on. Cheap: nothing is counted.

        Raises:
            OperatorError: the archive cannot be read.
        """
        index_number = None
        with suppress(OperatorError), self._index.lend() as reader:
            index_number = reader.manifest.archive_number
        return State(
            archive_number=self._archive.number,
            index_number=index_number,
            files=(self._stories.state(), self._suggests.state()),
            configuration=self._configuration,
            is_settled=self._index.is_newest(),
        )

    def changed_at(self) -> datetime:
        """The time of the archive's last change."""
        return self._archive.changed_at

    def status(self) -> Status:
        """The counts of the archive and the index.

        Raises:
            OperatorError: the archive cannot be read.
        """
        counts = self._archive.counts()
        number = indexed = None
        with suppress(OperatorError), self._index.lend() as reader:  # no index: both are None
            number, indexed = reader.manifest.archive_number, reader.manifest.articles
        return Status(
            articles=counts.articles,
            withdrawn=counts.withdrawn,
            versions=counts.versions,
            refusals=counts.refusals,
            archive_number=counts.number,
            index_number=number,
            indexed=indexed,
            trouble=self._index.trouble.message if self._index.trouble else None,
            verified=last_result(self._archive),
        )
