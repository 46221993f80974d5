"""How are files imported into the archive? In batches, each on disk before it is counted.

An import can be stopped at any moment: nothing that was counted is lost, and the same command continues it,
for what the archive has is unchanged and the rest is stored.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.archive import Archive
from corpus.archived import Outcome, StoredRecord
from corpus.article import check_new_id
from corpus.cleaning.supplied_title import is_supplied
from corpus.errors import ImpossibleValueError
from corpus.moment import now
from corpus.readers.folder import GivenFile, files_of
from corpus.readers.input.encoding import check_encoding
from corpus.readers.input.saved_pages import PART
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
    """The progress of an import: bytes read from disk (compressed), and records stored."""

    bytes_done: int
    bytes_total: int
    records: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of an import. Every record seen has exactly one outcome.

    Attributes:
        files: files, archives, their members, and folders that were opened or refused.
        seen: records and refusals that the readers gave.
        new: articles that the archive did not have.
        new_versions: articles that it had with other content.
        unchanged: articles whose content it had before this import.
        merged: articles whose content an earlier record of this import had.
        erased_earlier: records of articles that were erased: nothing of them was stored.
        refused: refusals that were stored now.
        refused_before: refusals that the archive had from an earlier import.
        refusals: the number of refusals, old and new, by reason.
        faults: how many of the refusals are faults of the program; ``refusals`` includes them.
        unused_fields: by name, how many records had a field that no article has; only the first names.
        more_unused_fields: how many further names there are.
        undated: records whose article has no date of publication.
        untitled: records whose article is known by its first words.
        unreadable: by name and value, how many records have a value that could not be read and was left out;
            only the first.
        more_unreadable: how many further such values there are.
        dated: by name, how many undated records have a field that nothing takes and that holds a date.
        passed_over: by kind, how many records are no pages or posts; ``seen`` does not include them.
        more_passed_over: how many further kinds there are.
        told_apart: articles whose id another publication's article has: the id that the archive gave, and the
            record's own; only the first.
        more_told_apart: how many further ones there are.
        poorer_captures: articles of which a poorer capture came, which is kept as a version while the richer
            one stays current, and what it lacks; only the first. ``new_versions`` includes them.
        more_poorer_captures: how many further ones there are.
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
    undated: int = 0
    untitled: int = 0
    unreadable: Mapping[str, int] = field(default_factory=dict)
    more_unreadable: int = 0
    dated: Mapping[str, int] = field(default_factory=dict)
    told_apart: Mapping[str, str] = field(default_factory=dict)
    more_told_apart: int = 0
    poorer_captures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    more_poorer_captures: int = 0
    erased_earlier: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every record seen has an outcome, and every refusal a reason."""
        refused = self.refused + self.refused_before
        return (
            self.seen
            == self.new + self.new_versions + self.unchanged + self.merged + self.erased_earlier + refused
            and sum(self.refusals.values()) == refused
        )


@dataclass
class _Told:
    """What the archive said of records, as far as a receipt tells it."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    apart: dict[str, str] = field(default_factory=dict)
    more_apart: int = 0
    poorer: dict[str, tuple[str, ...]] = field(default_factory=dict)
    more_poorer: int = 0
    undated: int = 0
    untitled: int = 0

    def count(self, batch: Sequence[Record]) -> None:
        """Counts what records lack."""
        articles = [record.article for record in batch if not isinstance(record, Refusal)]
        self.undated += sum(not article.published.text for article in articles)
        self.untitled += sum(is_supplied(article.title) for article in articles)

    def note(self, batch: Sequence[StoredRecord]) -> None:
        """Counts what became of some records."""
        self.outcomes.update(stored.outcome for stored in batch)
        for stored in batch:
            if stored.is_told_apart and len(self.apart) < SHOWN_NAMES:
                self.apart[stored.article_id] = stored.local_id
            elif stored.is_told_apart:
                self.more_apart += 1
            if stored.lacking and len(self.poorer) < SHOWN_NAMES:
                self.poorer[stored.article_id] = stored.lacking
            elif stored.lacking:
                self.more_poorer += 1


def ingest(
    paths: Sequence[Path],
    archive: Archive,
    *,
    options: ImportOptions,
    on_progress: Callable[[Progress], None],
) -> Receipt:
    """Imports files and folders.

    Raises:
        UserError: a path is missing or has no article file, or an option names nothing; nothing was read
            then.
        OperatorError: the archive's disk fails; what was counted is stored.
    """
    check_encoding(options.encoding)
    check_format(options.format)
    files = files_of(paths, options, now(), any_recognised)
    return ingest_files(files, archive, options=options, on_progress=on_progress)


def ingest_files(
    files: Sequence[GivenFile],
    archive: Archive,
    *,
    options: ImportOptions,
    on_progress: Callable[[Progress], None],
    select: Callable[[GivenFile, Iterator[Record]], Iterator[Record]] = lambda _, records: records,
    on_stored: Callable[[Sequence[Record], Sequence[StoredRecord]], None] = lambda *_: None,
) -> Receipt:
    """Imports files that were found.

    Args:
        select: gives those of a file's records that are to be stored.
        on_stored: called with each batch, and what became of each record, when it is on disk.
    """
    total = sum(_size(file) for file in files)
    tally = Tally()
    since = archive.number
    seen = 0
    told = _Told()
    reasons: Counter[str] = Counter()
    sifted = (record for file in files for record in select(file, _records(file, options, tally)))
    for batch in batches(sifted):
        stored = archive.store(batch, since=since, prefer=options.prefer)
        on_stored(batch, stored)
        told.note(stored)
        told.count(batch)
        reasons.update(_reasons(batch, stored))
        seen += len(batch)
        on_progress(Progress(min(tally.bytes_read, total), total, seen))
    return _receipt(tally, told, reasons, seen)


def _receipt(tally: Tally, told: _Told, reasons: Counter[str], seen: int) -> Receipt:
    outcomes = told.outcomes
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
        undated=told.undated,
        untitled=told.untitled,
        unreadable=_first(tally.unreadable),
        more_unreadable=max(0, len(tally.unreadable) - SHOWN_NAMES),
        dated=_first(tally.dated),
        passed_over=_first(tally.passed_over),
        more_passed_over=max(0, len(tally.passed_over) - SHOWN_NAMES),
        told_apart=told.apart,
        more_told_apart=told.more_apart,
        poorer_captures=told.poorer,
        more_poorer_captures=told.more_poorer,
        erased_earlier=outcomes[Outcome.ERASED],
    )


def _reasons(batch: Sequence[Record], stored: Sequence[StoredRecord]) -> Iterator[str]:
    """The reason of each refusal, but of those that are of an erased article."""
    for record, became in zip(batch, stored, strict=True):
        if isinstance(record, Refusal) and became.outcome is not Outcome.ERASED:
            yield record.reason


def _first(counted: Mapping[str, int]) -> dict[str, int]:
    """The first names in order, so that a receipt is short whatever the input."""
    return dict(sorted(counted.items())[:SHOWN_NAMES])


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Batches of at most ``BATCH_RECORDS`` records; the record that passes ``BATCH_BYTES`` ends a batch."""
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
    elif file.is_part:
        tally.pass_over(PART)
    else:
        yield from map(_with_new_id, records_in_worker(file, options, tally))


def _with_new_id(record: Record) -> Record:
    """The record; or a refusal where the article has an id that new articles cannot have."""
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
    """An estimate of the record's bytes; three per Vietnamese character are ample."""
    if isinstance(record, Refusal):
        return len(record.raw)
    return 3 * _characters(record) + len(record.raw)


def _characters(reading: Reading) -> int:
    article = reading.article
    parts = (article.title, article.lede, *article.paragraphs, *article.captions, *article.related)
    return sum(map(len, parts))
