"""Which jobs does a worker run? All that reads foreign bytes: recognising, reading, cleaning again."""

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from corpus.article import Article
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.steps import Cause, Steps
from corpus.readers.reading import records_of
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import may_be_known, reader_named
from corpus.records import WHOLE, Record


@dataclass(frozen=True, slots=True)
class Counted:
    """What a reading counted; see :class:`~corpus.readers.input.source_file.Tally`."""

    files: int
    unused_fields: Counter[str]
    unreadable: Counter[str]
    dated: Counter[str]
    passed_over: Counter[str]


@dataclass(slots=True)
class ReadFile:
    """Reads a given file: yields its records, and returns what was counted."""

    file: SourceFile
    options: ImportOptions
    _tally: Tally | None = field(default=None, init=False)

    @property
    def bytes_read(self) -> int:
        """The bytes read from disk so far."""
        return self._tally.bytes_read if self._tally else 0

    def run(self, steps: Steps, /) -> Generator[Record, None, Counted]:
        """Yields the records."""
        self._tally = tally = Tally(steps=steps)
        yield from records_of(self.file, self.options, tally)
        return Counted(tally.files, tally.unused_fields, tally.unreadable, tally.dated, tally.passed_over)


@dataclass(frozen=True, slots=True)
class RecogniseFiles:
    """Looks at files until a reader recognises one, or one cannot be read from disk; yields True then."""

    files: Sequence[SourceFile]
    options: ImportOptions
    bytes_read: int = 0

    def run(self, steps: Steps, /) -> Generator[bool, None, None]:
        """Yields True, or nothing."""
        for file in self.files:
            if steps.search(file.name, WHOLE) or may_be_known(file, self.options):
                yield True
                return


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """An archived record: the id of its article, the name of its reader, its bytes and their context."""

    article_id: str
    reader: str
    raw: bytes
    context: Context


@dataclass(frozen=True, slots=True)
class CleanAgain:
    """Makes articles of archived records again: yields for each the article, or why there is none now."""

    records: Sequence[ArchivedRecord]
    bytes_read: int = 0

    def run(self, steps: Steps, /) -> Generator[Article | Cause, None, None]:
        """Yields one answer per record."""
        for record in self.records:
            yield steps.item(record.context.file, record.article_id) or self._made(record, steps)

    def _made(self, record: ArchivedRecord, steps: Steps) -> Article | Cause:
        try:
            return reader_named(record.reader).article(record.raw, record.context)
        except ImpossibleValueError as error:
            return Cause(error.reason, error.message)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - one record's fault ends no cleaning
            return steps.failed(error)
