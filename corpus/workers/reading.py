"""How does an import read its files? In the worker process, one file after the other."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.article import Article
from corpus.readers.input.item_limits import ItemLimits
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.readers.input.steps import Cause
from corpus.readers.records.options import ImportOptions
from corpus.records import Record
from corpus.workers.jobs import ArchivedRecord, CleanAgain, Counted, ReadFile, RecogniseFiles
from corpus.workers.running import workers


def records_in_worker(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The records of a given file and of all its members; an item that kills the worker is refused.

    Raises:
        OperatorError: the system gives no process.
    """
    before = tally.bytes_read

    def note(count: int) -> None:
        tally.bytes_read = before + count

    counted: Counted = yield from workers().run(ReadFile(file, options), options.item, note)
    note(file.bytes_on_disk)  # a file that was not read to its end counts as done
    tally.files += counted.files
    tally.unused_fields += counted.unused_fields
    tally.unreadable += counted.unreadable
    tally.dated += counted.dated
    tally.passed_over += counted.passed_over


def any_recognised(files: Iterable[SourceFile], options: ImportOptions) -> bool:
    """Whether a reader recognises one of the files, or one cannot be read from disk.

    Raises:
        OperatorError: the system gives no process.
    """
    return any(list(workers().run(RecogniseFiles(tuple(files), options), options.item)))


def clean_records(records: Sequence[ArchivedRecord], limits: ItemLimits) -> Iterator[Article | Cause]:
    """For each archived record the article that its reader makes of it now, or why there is none.

    Raises:
        OperatorError: the system gives no process.
    """
    yield from workers().run(CleanAgain(records), limits)
