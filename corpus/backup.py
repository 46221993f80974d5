"""How is a living archive copied, and brought back? With SQLite's backup API, proven before it counts.

The copy is of one state of the archive, whatever is added meanwhile: a read transaction stays open while its
pages are copied. It is written beside an earlier copy and takes its place only when every byte that has a
digest was hashed again and fits. What is brought back never overwrites: the archive that was there is moved
aside.
"""

import errno
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from corpus.archive import Archive
from corpus.archive_errors import report_archive_errors
from corpus.archive_reader import ArchiveReader, check_archive
from corpus.audit import Action, Detail, actor_of, add_audit
from corpus.data_folder import ARCHIVE, NAMES, beside
from corpus.disk import check_space, copy_folder, make_folder, put_in_place, sync
from corpus.erasing import ErasedVersion
from corpus.errors import OperatorError
from corpus.fixity import check
from corpus.message import say

_PAGES = 2_048  # copied between two signs of progress
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})

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
    proven = _proven_draft(data / ARCHIVE, destination, on_progress)
    with report_archive_errors(destination):
        _drop_log(destination / ARCHIVE)  # of the earlier copy
    return _put_in_place(proven, data, destination)


def bring_back(
    source: Path,
    data: Path,
    on_progress: OnProgress,
    before: Callable[[], None] = lambda: None,
    erased: Sequence[ErasedVersion] = (),
    actor: str = "",
) -> tuple[Backup, Path | None]:
    """Puts the copy of a folder in the place of a data folder's archive; where that one was moved to, if any.

    Args:
        before: called when the copy is proven, before the archive is replaced: what was made of the archive
            that is there does not fit the copy.
        erased: what was erased since the copy was made: it is erased of the copy, before that is the archive.
        actor: who brings it back, for the copy's audit log; empty: this process's user.

    Raises:
        OperatorError: the copy is not whole, or there is too little room; the archive stays as it was.
    """
    proven = _proven_draft(source / ARCHIVE, data, on_progress)
    if erased:
        proven = _without(proven, erased)  # which leaves no draft where it fails
    _log(proven.path, actor, {"from": str(source), "change": proven.number})
    before()
    with report_archive_errors(data):
        moved = _keep_aside(data / ARCHIVE)
    return _put_in_place(proven, source, data), moved


def _without(proven: Backup, erased: Sequence[ErasedVersion]) -> Backup:
    """A draft without what was erased since it was copied; none where that fails."""
    try:
        with Archive(proven.path) as draft:
            draft.erase_listed(erased)
            draft.wipe()
            counts = draft.counts()
    except BaseException:
        with suppress(OSError):
            _remove(proven.path, *beside(proven.path))
        raise
    return Backup(proven.path, counts.number, counts.articles)


def _proven_draft(source: Path, folder: Path, on_progress: OnProgress) -> Backup:
    """A copy of an archive beside the one that a folder holds, proven; there is none where this raises."""
    check_archive(source)
    check_space(folder, sum(part.stat().st_size for part in (source, *beside(source)) if part.exists()))
    draft = folder / f"{ARCHIVE}.new"
    parts = (draft, *beside(draft))
    with report_archive_errors(folder):
        make_folder(folder)
        _remove(*parts)
    try:
        _copy(source, draft, on_progress)
        return _prove(draft, source)
    except BaseException:
        with suppress(OSError):
            _remove(*parts)
        raise


def _put_in_place(proven: Backup, source: Path, folder: Path) -> Backup:
    """Makes a draft the archive of its folder, with the names of the folder that it was copied from."""
    archive = folder / ARCHIVE
    with report_archive_errors(folder):
        if (source / NAMES).is_dir():  # the archive's own tables of names, which search expands queries by
            copy_folder(source / NAMES, folder / NAMES)
        _remove(*beside(proven.path))
        put_in_place(proven.path, archive)
    return replace(proven, path=archive)


def _copy(source: Path, draft: Path, on_progress: OnProgress) -> None:
    def progress(_status: int, remaining: int, total: int) -> None:
        on_progress(total - remaining, total)

    with report_archive_errors(draft), ArchiveReader(source) as reader, reader.snapshot():
        target = sqlite3.connect(draft)
        try:
            reader.copy_to(target, draft, _PAGES, progress)
        finally:
            target.close()
    with report_archive_errors(draft):
        sync(draft)


def _prove(path: Path, source: Path) -> Backup:
    """Hashes a copy of an archive again; its number and articles.

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
                    path=str(source),
                    fault=str(faults[0]),
                    count=len(faults),
                )
            )
        counts = reader.counts()
    return Backup(path, counts.number, counts.articles)


def _log(draft: Path, actor: str, detail: Detail) -> None:
    """Notes in a draft that it was brought back."""
    with report_archive_errors(draft):
        with closing(sqlite3.connect(draft, isolation_level=None)) as writer:
            add_audit(writer, actor_of(actor), Action.RESTORE, detail)
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        sync(draft)


def _keep_aside(archive: Path) -> Path | None:
    """Gives an archive with its WAL a second name that says when; nothing is ever deleted.

    The archive keeps its first name until the copy takes it, so that there is one at every moment.
    """
    if not archive.exists():
        return None
    aside = _free_name(archive)
    _take_log_in(archive)
    wal, _ = beside(archive)
    for part, kept in ((wal, beside(aside)[0]), (archive, aside)):
        if part.exists():
            _link(part, kept)
    sync(archive.parent)
    _drop_log(archive)
    return aside


def _free_name(archive: Path) -> Path:
    """A name that says when, and that no earlier try of the same second has taken."""
    name = f"{archive.name}.until-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    names = (archive.with_name(name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(one for one in names if not any(part.exists() for part in (one, *beside(one))))


def _link(path: Path, kept: Path) -> None:
    """Gives a file a second name; where the file system knows no second names, another name."""
    try:
        kept.hardlink_to(path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        path.rename(kept)


def _drop_log(archive: Path) -> None:
    """Removes the WAL of an archive that is about to be replaced: SQLite would read it into the new one."""
    _take_log_in(archive)
    _remove(*beside(archive))
    if archive.parent.exists():
        sync(archive.parent)


def _take_log_in(archive: Path) -> None:
    """Takes what a killed process left in the WAL into the archive, as far as that can be read."""
    wal, _ = beside(archive)
    if archive.exists() and wal.exists() and wal.stat().st_size:
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(archive)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _remove(*parts: Path) -> None:
    for part in parts:
        part.unlink(missing_ok=True)
