"""In which state are the archive and the index, and how much do they hold?"""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from corpus.errors import OperatorError
from corpus.fixity_log import FixityResult, last_result
from corpus.message import Message
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import WithdrawalState
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.stories.story import StoryLookup
from indexer.suggest.suggestion import Suggester
from indexer.units.lookup import UnitLookup


@dataclass(frozen=True, slots=True)
class State:
    """The state of all that answers depend on; equal states give equal answers.

    No state comes back. Its numbers are read one after another, so a state that is equal before and after
    some work was that of the whole work.

    Attributes:
        archive_number: number of the archive's last change.
        index_number: the archive's change up to which the index holds it; None if no index of this format
            exists.
        withdrawn: what is out of sight; it changes without a change of the archive where an embargo ends.
        files: states of the files of stories, of suggestions and of the table of units.
        configuration: fingerprint of what a process reads once: the archive's own names, and settings.
        is_settled: whether the index that answers is the newest. False for the moment in which a newer one is
            opened: what is made then is of no state that could be named.
    """

    archive_number: int
    index_number: int | None
    withdrawn: tuple[int, int]
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
        units_number: the archive's change up to which the table of units holds it; None where there is none.
        trouble: why a newer state of the index cannot be opened; the state before it answers.
        index_format: the format of the index; None where there is none that is read.
        verified: what the last verification found that came to its end; None where there is none.
        by_state: how many articles, and single versions, are withdrawn now in each way; for the staff.
    """

    articles: int
    withdrawn: int
    versions: int
    refusals: int
    archive_number: int
    index_number: int | None
    indexed: int | None
    units_number: int | None = None
    trouble: Message | None = None
    verified: FixityResult | None = None
    index_format: int | None = None
    by_state: Mapping[WithdrawalState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derived:
    """What is made of the archive beside the index."""

    stories: StoryLookup
    suggests: Suggester
    units: UnitLookup

    def states(self) -> tuple[tuple[int, ...], ...]:
        """The state of each."""
        return self.stories.state(), self.suggests.state(), self.units.state()


class Monitoring:
    """The use cases of monitoring; safe for threads."""

    def __init__(
        self,
        archive: ShownArchive,
        index: ReaderHolder[IndexReader],
        derived: Derived,
        configuration: str = "",
    ) -> None:
        self._archive = archive
        self._index = index
        self._derived = derived
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
            withdrawn=self._archive.withdrawn().state,
            files=self._derived.states(),
            configuration=self._configuration,
            is_settled=self._index.is_newest(),
        )

    def archive_uuid(self) -> str:
        """The archive's own UUID.

        Raises:
            OperatorError: the archive cannot be read.
        """
        return self._archive.uuid

    def changed_at(self) -> datetime:
        """The time of the archive's last change."""
        return self._archive.changed_at

    def begun_at(self) -> datetime:
        """The time of the archive's first change."""
        return self._archive.begun_at

    def status(self) -> Status:
        """The counts of the archive and the index.

        Raises:
            OperatorError: the archive cannot be read.
        """
        counts = self._archive.counts()
        number = indexed = units_number = index_format = None
        with suppress(OperatorError), self._index.lend() as reader:  # no index: all are None
            manifest = reader.manifest
            number, indexed, index_format = manifest.archive_number, manifest.articles, manifest.format
        with suppress(OperatorError):
            units_number = self._derived.units.number()
        return Status(
            articles=counts.articles,
            withdrawn=counts.withdrawn,
            versions=counts.versions,
            refusals=counts.refusals,
            archive_number=counts.number,
            index_number=number,
            indexed=indexed,
            units_number=units_number,
            trouble=self._index.trouble.message if self._index.trouble else None,
            verified=last_result(self._archive),
            index_format=index_format,
            by_state=Counter(one.state for one in self._archive.withdrawn().parts.values()),
        )
