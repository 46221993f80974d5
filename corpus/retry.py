"""What becomes of refused records when they are read again? Those that are articles now are taken.

The files are read again where they are: a mended file, a right given, a newer reader. Where a file is gone,
its refused record is read from the archive, if all of it was kept. What else a file holds is in the archive
already, and is not refused now.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.archive import Archive
from corpus.archived import StoredRefusal
from corpus.ingest import Progress, Receipt, ingest_found
from corpus.moment import now
from corpus.readers.folder import GivenFile
from corpus.readers.input.source_file import SourceFile
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import CONTAINERS
from corpus.records import WHOLE, Reading, Record, Refusal

_MEMBER = "!"


@dataclass(frozen=True, slots=True)
class RetryReport:
    """What an import of refused records did.

    Attributes:
        receipt: of the records that were read again.
        open_before: refusals that stood open; taken: of these, now articles.
        gone: files that are neither on disk nor whole in the archive.
    """

    receipt: Receipt
    open_before: int
    taken: int
    gone: tuple[str, ...]


def retry(
    archive: Archive, *, options: ImportOptions, on_progress: Callable[[Progress], None]
) -> RetryReport:
    """Reads every open refusal again, and says of each that is taken now as which article."""
    standing = list(archive.refusals(open_only=True))
    on_disk, kept, gone = _sources(standing)
    waiting = _Waiting(archive, standing, kept)
    receipt = ingest_found(
        [*on_disk, *kept],
        archive,
        options=options,
        on_progress=on_progress,
        select=waiting.select,
        on_stored=waiting.note,
    )
    archive.resolve(waiting.taken)
    return RetryReport(receipt, len(standing), len(waiting.taken), tuple(gone))


_Key = tuple[str, str, str]  # file, place, digest


class _Waiting:
    """The refusals that stand open, and which record of those that come is which of theirs.

    Attributes:
        taken: by the refusal's number, the article that its record is now.
    """

    def __init__(
        self, archive: Archive, standing: Iterable[StoredRefusal], kept: dict[SourceFile, StoredRefusal]
    ) -> None:
        self._archive = archive
        self._kept = kept
        self._exact: dict[_Key, int] = {}
        self._by_digest: dict[tuple[str, str], int] = {}
        self._by_place: dict[tuple[str, str], int] = {}
        for one in standing:
            self._exact.setdefault((one.file, one.place, one.raw_sha256), one.number)
            if one.raw:
                self._by_digest.setdefault((one.file, one.raw_sha256), one.number)
            self._by_place.setdefault((one.file, one.place), one.number)
        self._found: dict[_Key, int] = {}
        self.taken: dict[int, str] = {}

    def select(self, file: GivenFile, records: Iterator[Record]) -> Iterator[Record]:
        """The records of a file that are to be stored, as they are to be."""
        one = self._kept.get(file) if isinstance(file, SourceFile) else None
        if one is not None:
            yield from self._from_kept(one, list(records))
            return
        for record in records:
            if isinstance(record, Reading):
                self._match(record)
            elif self._is_article(record):
                continue
            yield record

    def note(self, batch: Sequence[Record]) -> None:
        """The records are on disk."""
        for record in batch:
            if isinstance(record, Reading) and (number := self._found.get(_key(record))) is not None:
                self.taken[number] = record.article.id

    def _match(self, reading: Reading) -> None:
        """Finds the reading's refusal: of the same bytes, first at the same place; or mended in its place."""
        file, place, digest = key = _key(reading)
        number = self._exact.get(key) or self._by_digest.get((file, digest))
        if number is None and not self._archive.holds_raw(digest):
            number = self._by_place.get((file, place))
        if number is not None:
            self._found[key] = number

    def _is_article(self, refusal: Refusal) -> bool:
        """Whether the record that is refused now is in the archive, and never was refused."""
        key = (refusal.file, refusal.place, refusal.raw_sha256)
        return bool(refusal.raw) and key not in self._exact and self._archive.holds_raw(refusal.raw_sha256)

    def _from_kept(self, one: StoredRefusal, records: Sequence[Record]) -> Iterator[Record]:
        """The readings of a kept record, at its place; the refusal that stands where it is still refused."""
        readings = [record for record in records if isinstance(record, Reading)]
        if len(readings) < len(records) or not readings or (one.place != WHOLE and len(readings) > 1):
            yield Refusal(one.file, one.place, one.reason, one.message, one.raw, one.raw_sha256)
            return
        if one.place != WHOLE:
            readings = [replace(readings[0], provenance=replace(readings[0].provenance, place=one.place))]
        self._found[_key(readings[0])] = one.number
        yield from readings


def _key(reading: Reading) -> _Key:
    origin = reading.provenance
    return origin.file, origin.place, origin.raw_sha256


def _sources(
    standing: Iterable[StoredRefusal],
) -> tuple[list[SourceFile], dict[SourceFile, StoredRefusal], list[str]]:
    """The files of refusals, each once; what was kept of files that are gone; the names of the others."""
    on_disk: dict[Path, SourceFile] = {}
    kept: dict[SourceFile, StoredRefusal] = {}
    gone: dict[str, None] = {}
    for one in standing:
        if path := _path(one.file):
            on_disk.setdefault(path, SourceFile.on_disk(path, now()))
        elif one.raw and one.is_complete and not _is_member(one.file):
            kept[_kept(one)] = one
        else:
            gone[one.file] = None
    return list(on_disk.values()), kept, list(gone)


def _path(name: str) -> Path | None:
    """The file on disk of this name, else the archive that holds it; a file's own name may hold the mark."""
    while name:
        if _is_file(Path(name)):
            return Path(name)
        name = name.rpartition(_MEMBER)[0]
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no path could be so long; a folder that is shut
        return False


def _is_member(name: str) -> bool:
    """Whether the name is one of a file in an archive."""
    suffixes = (suffix for container in CONTAINERS for suffix in container.SUFFIXES)
    return any(f"{suffix}{_MEMBER}" in name.lower() for suffix in (*suffixes, ".gz", ".bz2", ".xz", ".zst"))


def _kept(one: StoredRefusal) -> SourceFile:
    """A refused record as a file of its own, under its file's name."""
    return SourceFile.in_memory(one.file, now(), one.raw)
