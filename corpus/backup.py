"""How is a living archive copied, and brought back? With SQLite's backup API, proven before it counts.

The copy is of one state of the archive, whatever is added meanwhile: a read transaction stays open while its
pages are copied. It is written beside an earlier copy and takes its place only when every byte that has a
digest was hashed again and fits. What is brought back never overwrites: the archive that was there is moved
aside.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.archive_errors import report_archive_errors
from corpus.archive_reader import ArchiveReader
from corpus.disk_space import check_space
from corpus.errors import OperatorError
from corpus.fixity import check
from corpus.message import say

ARCHIVE = "archive.sqlite"
NAMES = "names"
_PAGES = 2_048  # copied between two signs of progress
_BESIDE = ("", "-wal", "-shm")

OnProgress = Callable[[int, int], None]
"""Called with pages copied and pages in all."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was proven: up to which change, how many articles, and where."""

    path: Path
    number: int
    articles: int


def back_up(data: Path, destination: Path, on_progress: OnProgress) -> Backup:
    """Copies the archive of a data folder, and its own tables of names, to a folder.

    Raises:
        OperatorError: there is too little room, the disk fails, or the archive is damaged; an earlier copy
            stays as it was.
    """
    source = data / ARCHIVE
    with ArchiveReader(source):
        needed = sum(path.stat().st_size for path in _files(source))
    check_space(destination, needed)
    draft = destination / f"{ARCHIVE}.new"
    with report_archive_errors(destination):
        destination.mkdir(parents=True, exist_ok=True)
        _remove(draft)
    _copy(source, draft, on_progress)
    found = _prove(draft)
    with report_archive_errors(destination):
        _remove_beside(draft)
        _remove_beside(destination / ARCHIVE)
        draft.replace(destination / ARCHIVE)
        _copy_names(data, destination)
        _sync(destination)
    return Backup(destination / ARCHIVE, found.number, found.articles)


def bring_back(source: Path, data: Path, on_progress: OnProgress) -> tuple[Backup, Path | None]:
    """Puts the copy of a folder in the place of a data folder's archive; where that one was moved to, if any.

    Raises:
        OperatorError: the copy is not whole, or there is too little room; the data folder stays as it was.
    """
    copy = source / ARCHIVE
    _prove(copy)
    check_space(data, copy.stat().st_size)
    draft = data / f"{ARCHIVE}.new"
    with report_archive_errors(data):
        data.mkdir(parents=True, exist_ok=True)
        _remove(draft)
    _copy(copy, draft, on_progress)
    found = _prove(draft)
    with report_archive_errors(data):
        _remove_beside(draft)
        moved = _move_aside(data / ARCHIVE)
        draft.replace(data / ARCHIVE)
        _copy_names(source, data)
        _sync(data)
    return Backup(data / ARCHIVE, found.number, found.articles), moved


def _copy(source: Path, draft: Path, on_progress: OnProgress) -> None:
    def progress(_status: int, remaining: int, total: int) -> None:
        on_progress(total - remaining, total)

    with report_archive_errors(source), ArchiveReader(source) as reader, reader.snapshot():
        target = sqlite3.connect(draft)
        try:
            reader.copy_to(target, _PAGES, progress)
        finally:
            target.close()
    with report_archive_errors(draft):
        _sync(draft)


def _prove(path: Path) -> Backup:
    """Hashes a copy again; its number and articles.

    Raises:
        OperatorError: it is not whole.
    """
    with ArchiveReader(path) as reader:
        faults = check(reader).faults
        if faults:
            raise OperatorError(
                say(
                    "{path}: this copy is not whole, and is not used: {fault} ({count} faults). Take another"
                    " copy; what is whole of a damaged archive is saved by: khobao salvage NEW",
                    path=str(path),
                    fault=str(faults[0]),
                    count=len(faults),
                )
            )
        counts = reader.counts()
    return Backup(path, counts.number, counts.articles)


def _move_aside(archive: Path) -> Path | None:
    """Moves an archive with its WAL to names that say when; nothing is ever deleted."""
    if not archive.exists():
        return None
    aside = archive.with_name(f"{archive.name}.until-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    for ending in _BESIDE:
        part = archive.with_name(archive.name + ending)
        if part.exists():
            part.rename(archive.with_name(aside.name + ending))
    return aside


def _copy_names(source: Path, destination: Path) -> None:
    """The archive's own tables of names, which search expands queries by."""
    if (source / NAMES).is_dir():
        shutil.copytree(source / NAMES, destination / NAMES, dirs_exist_ok=True)


def _files(archive: Path) -> list[Path]:
    parts = (archive.with_name(archive.name + ending) for ending in _BESIDE)
    return [part for part in parts if part.exists()]


def _remove(archive: Path) -> None:
    for part in _files(archive):
        part.unlink()


def _remove_beside(archive: Path) -> None:
    """Removes an empty WAL and its index, which would be taken for another file's."""
    for ending in _BESIDE[1:]:
        archive.with_name(archive.name + ending).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
