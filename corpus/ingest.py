"""How do files become the archive's articles? In batches, each on disk before it is counted.

Stopped at any moment, nothing counted is lost, and the same command goes on: what the archive holds
is unchanged, what it has not is stored.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.archive import Archive
from corpus.archived import Outcome
from corpus.article import check_new_id
from corpus.errors import ImpossibleValueError
from corpus.moment import now
from corpus.readers.folder import GivenFile, files_of
from corpus.readers.input.encoding import check_encoding
from corpus.readers.input.source_file import Tally
from corpus.readers.input.steps import FAULT
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import check_format
from corpus.records import MAX_RAW_BYTES, Reading, Record, Refusal
from corpus.workers.reading import any_recognised, records_in_worker

BATCH_RECORDS = 500
SHOWN_NAMES = 20  # of fields and of kinds, in a receipt
BATCH_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: bytes on disk (compressed), and records that are stored."""

    bytes_done: int
    bytes_total: int
    records: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import did. Every record seen has one outcome.

    Attributes:
        files: files, archives, their members, and folders that were opened or refused.
        seen: records and refusals that the readers gave.
        new: articles the archive did not know.
        new_versions: known articles with another content.
        unchanged: articles whose content the archive held before.
        merged: articles that an earlier record of this import gave with the same content.
        refused: refusals stored now.
        refused_before: refusals that the archive holds from an earlier import.
        refusals: how many of the refusals, old and new, have which reason.
        faults: how many of the refusals are the program's fault; they are counted in ``refusals`` too.
        unused_fields: how many records held a field that nothing takes, by its name; the first names.
        more_unused_fields: how many names more there are.
        passed_over: how many records of crawls hold no page, by their kind; ``seen`` does not count them.
        more_passed_over: how many kinds more there are.
    """

    files: int
    seen: int
    new: int
    new_versions: int
    unchanged: int
    merged: int
    refused: int
    refused_before: int
    refusals: Mapping[str, int]
    faults: int
    unused_fields: Mapping[str, int]
    more_unused_fields: int
    passed_over: Mapping[str, int]
    more_passed_over: int

    @property
    def adds_up(self) -> bool:
        """Whether every record seen has its outcome, and every refusal its reason."""
        refused = self.refused + self.refused_before
        return (
            self.seen == self.new + self.new_versions + self.unchanged + self.merged + refused
            and sum(self.refusals.values()) == refused
        )


def ingest(
    paths: Sequence[Path],
    archive: Archive,
    *,
    options: ImportOptions,
    on_progress: Callable[[Progress], None],
) -> Receipt:
    """Imports files and folders.

    Raises:
        UserError: a path that is missing or holds no article file, an option that names nothing; nothing has
            been read then.
        OperatorError: the archive's disk; what is counted so far is stored.
    """
    check_encoding(options.encoding)
    check_format(options.format)
    found = files_of(paths, options, now(), any_recognised)
    return ingest_found(found, archive, options=options, on_progress=on_progress)


def ingest_found(
    found: Sequence[GivenFile],
    archive: Archive,
    *,
    options: ImportOptions,
    on_progress: Callable[[Progress], None],
    select: Callable[[GivenFile, Iterator[Record]], Iterator[Record]] = lambda _, records: records,
    on_stored: Callable[[Sequence[Record]], None] = lambda _: None,
) -> Receipt:
    """Imports what was found.

    Args:
        sift: of a file's records, those that are to be stored.
        on_stored: is told of each batch when it is on disk.
    """
    total = sum(_size(file) for file in found)
    tally = Tally()
    since = archive.number
    seen = 0
    outcomes: Counter[Outcome] = Counter()
    reasons: Counter[str] = Counter()
    sifted = (record for file in found for record in select(file, _records(file, options, tally)))
    for batch in batches(sifted):
        outcomes.update(archive.store(batch, since=since))
        on_stored(batch)
        reasons.update(record.reason for record in batch if isinstance(record, Refusal))
        seen += len(batch)
        on_progress(Progress(min(tally.bytes_read, total), total, seen))
    return Receipt(
        files=tally.files,
        seen=seen,
        new=outcomes[Outcome.NEW],
        new_versions=outcomes[Outcome.NEW_VERSION],
        unchanged=outcomes[Outcome.UNCHANGED],
        merged=outcomes[Outcome.MERGED],
        refused=outcomes[Outcome.REFUSED],
        refused_before=outcomes[Outcome.REFUSED_BEFORE],
        refusals=dict(sorted(reasons.items())),
        faults=reasons[FAULT],
        unused_fields=_first(tally.unused_fields),
        more_unused_fields=max(0, len(tally.unused_fields) - SHOWN_NAMES),
        passed_over=_first(tally.passed_over),
        more_passed_over=max(0, len(tally.passed_over) - SHOWN_NAMES),
    )


def _first(counted: Mapping[str, int]) -> dict[str, int]:
    """The first names, in their order, so that a receipt stays short whatever an input holds."""
    return dict(sorted(counted.items())[:SHOWN_NAMES])


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in batches of at most ``BATCH_RECORDS``, ended by the one that passes ``BATCH_BYTES``."""
    batch: list[Record] = []
    weight = 0
    for record in records:
        batch.append(record)
        weight += _weight(record)
        if len(batch) >= BATCH_RECORDS or weight >= BATCH_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _records(file: GivenFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    if isinstance(file, Refusal):
        tally.files += 1
        yield file
    else:
        yield from map(_with_new_id, records_in_worker(file, options, tally))


def _with_new_id(record: Record) -> Record:
    """The record; the refusal of an article whose id none can have any more."""
    if isinstance(record, Refusal):
        return record
    try:
        check_new_id(record.article.id)
    except ImpossibleValueError as error:
        origin = record.provenance
        raw = record.raw[:MAX_RAW_BYTES]
        return Refusal(origin.file, origin.place, error.reason, error.message, raw, origin.raw_sha256)
    return record


def _size(file: GivenFile) -> int:
    return 0 if isinstance(file, Refusal) else file.bytes_on_disk


def _weight(record: Record) -> int:
    """About how many bytes the record holds: three a Vietnamese character is ample."""
    if isinstance(record, Refusal):
        return len(record.raw)
    return 3 * _characters(record) + len(record.raw)


def _characters(reading: Reading) -> int:
    article = reading.article
    parts = (article.title, article.lede, *article.paragraphs, *article.captions, *article.related)
    return sum(map(len, parts))
