"""How are refused records read again? Those that are articles now are imported.

Files are read again where they are: they may have been repaired, rights may have been given, a reader may be
newer. Where a file is gone, its refused record is read from the archive, if all of its bytes are stored. The
other records of a file are in the archive already, and are not refused now.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.archive import Archive
from corpus.archived import StoredRecord, StoredRefusal
from corpus.ingest import Progress, Receipt, ingest_files
from corpus.moment import now
from corpus.readers.folder import GivenFile
from corpus.readers.input.source_file import MEMBER, SourceFile
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import split_member
from corpus.records import WHOLE, Reading, Record, Refusal


@dataclass(frozen=True, slots=True)
class RetryReport:
    """What an import of refused records did.

    Attributes:
        receipt: the receipt of the records that were read again.
        open_before: the number of open refusals before; taken: how many of these are articles now.
        gone: files that are neither on disk nor complete in the archive.
    """

    receipt: Receipt
    open_before: int
    taken: int
    gone: tuple[str, ...]


def retry(
    archive: Archive, *, options: ImportOptions, on_progress: Callable[[Progress], None]
) -> RetryReport:
    """Reads every open refusal again, and resolves those whose record is an article now."""
    open_refusals = list(archive.refusals(open_only=True))
    on_disk, archived, gone = _sources(open_refusals)
    refusals = _OpenRefusals(archive, open_refusals, archived)
    receipt = ingest_files(
        [*on_disk, *archived],
        archive,
        options=options,
        on_progress=on_progress,
        select=refusals.select,
        on_stored=refusals.note,
    )
    archive.resolve(refusals.taken)
    return RetryReport(receipt, len(open_refusals), len(refusals.taken), tuple(gone))


_Key = tuple[str, str, str]  # file, place, digest


class _OpenRefusals:
    """The open refusals, matched with the records that are read again.

    Attributes:
        taken: by refusal number, the id of the article that the record is now.
    """

    def __init__(
        self,
        archive: Archive,
        open_refusals: Iterable[StoredRefusal],
        archived: dict[SourceFile, StoredRefusal],
    ) -> None:
        self._archive = archive
        self._archived = archived
        self._exact: dict[_Key, int] = {}
        self._by_digest: dict[tuple[str, str], int] = {}
        self._by_place: dict[tuple[str, str], int] = {}
        for refusal in open_refusals:
            self._exact.setdefault((refusal.file, refusal.place, refusal.raw_sha256), refusal.number)
            if refusal.raw:
                self._by_digest.setdefault((refusal.file, refusal.raw_sha256), refusal.number)
            self._by_place.setdefault((refusal.file, refusal.place), refusal.number)
        self._found: dict[_Key, int] = {}
        self.taken: dict[int, str] = {}

    def select(self, file: GivenFile, records: Iterator[Record]) -> Iterator[Record]:
        """The records of a file that are to be stored."""
        refusal = self._archived.get(file) if isinstance(file, SourceFile) else None
        if refusal is not None:
            yield from self._from_archived(refusal, list(records))
            return
        for record in records:
            if isinstance(record, Reading):
                self._match(record)
            elif self._is_article(record):
                continue
            yield record

    def note(self, batch: Sequence[Record], stored: Sequence[StoredRecord]) -> None:
        """Notes the refusals whose records are on disk now."""
        for record, became in zip(batch, stored, strict=True):
            if isinstance(record, Reading) and (number := self._found.get(_key(record))) is not None:
                self.taken[number] = became.article_id

    def _match(self, reading: Reading) -> None:
        """Finds a reading's refusal: of the same bytes, preferably at the same place; else at its place."""
        file, place, digest = key = _key(reading)
        number = self._exact.get(key) or self._by_digest.get((file, digest))
        if number is None and not self._archive.holds_raw(digest):
            number = self._by_place.get((file, place))
        if number is not None:
            self._found[key] = number

    def _is_article(self, refusal: Refusal) -> bool:
        """Whether a record that is refused now is in the archive as an article, and never was refused."""
        key = (refusal.file, refusal.place, refusal.raw_sha256)
        return bool(refusal.raw) and key not in self._exact and self._archive.holds_raw(refusal.raw_sha256)

    def _from_archived(self, refusal: StoredRefusal, records: Sequence[Record]) -> Iterator[Record]:
        """The readings of an archived record, at its place; or its refusal where it is still refused."""
        readings = [record for record in records if isinstance(record, Reading)]
        if len(readings) < len(records) or not readings or (refusal.place != WHOLE and len(readings) > 1):
            yield Refusal(
                refusal.file, refusal.place, refusal.reason, refusal.message, refusal.raw, refusal.raw_sha256
            )
            return
        if refusal.place != WHOLE:
            readings = [replace(readings[0], provenance=replace(readings[0].provenance, place=refusal.place))]
        self._found[_key(readings[0])] = refusal.number
        yield from readings


def _key(reading: Reading) -> _Key:
    origin = reading.provenance
    return origin.file, origin.place, origin.raw_sha256


def _sources(
    open_refusals: Iterable[StoredRefusal],
) -> tuple[list[SourceFile], dict[SourceFile, StoredRefusal], list[str]]:
    """The files that exist; archived records of files that are gone; the names of the other files."""
    on_disk: dict[Path, SourceFile] = {}
    archived: dict[SourceFile, StoredRefusal] = {}
    gone: dict[str, None] = {}
    for refusal in open_refusals:
        if path := _path(refusal.file):
            on_disk.setdefault(path, SourceFile.on_disk(path, now()))
        elif refusal.raw and refusal.is_complete and not split_member(refusal.file)[1]:
            archived[_archived_file(refusal)] = refusal
        else:
            gone[refusal.file] = None
    return list(on_disk.values()), archived, list(gone)


def _path(name: str) -> Path | None:
    """The file of this name, else the archive of files that it is in; a file's own name may contain "!"."""
    while name:
        if _is_file(Path(name)):
            return Path(name)
        name = name.rpartition(MEMBER)[0]
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # the name is too long for a path, or a folder cannot be read
        return False


def _archived_file(refusal: StoredRefusal) -> SourceFile:
    """A refused record as a file in memory, under the name of its file."""
    return SourceFile.in_memory(refusal.file, now(), refusal.raw)
