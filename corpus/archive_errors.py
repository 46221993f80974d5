"""What went wrong with the archive's file, and what helps? SQLite's and the disk's errors as the operator's.

Each error says what is wrong, where, and a remedy that works for this error: a damaged file is not helped by
giving the command again, a full disk not by salvage. SQLite reports some damage only while it steps through
rows, so that rows are guarded until they are read (GuardedRows).
"""

import errno
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zstandard

from corpus.data_folder import beside
from corpus.errors import OperatorError
from corpus.message import Message, say

_PRIMARY = 0xFF  # SQLite's extended codes hold the primary one in their lowest byte
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_SHUT = frozenset(
    {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH}
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_LOST_TABLE = ("no such table", "no such column", "malformed")
_NOT_UTF_8 = "Could not decode to UTF-8"  # sqlite3's own error, which has no code of SQLite
BROKEN_ROW = (zlib.error, zstandard.ZstdError, ValueError, KeyError, TypeError, AttributeError)
"""What decoding a row raises that is not what was written."""


@contextmanager
def report_archive_errors(path: Path) -> Iterator[None]:
    """Raises SQLite's and the disk's errors as the operator's.

    Raises:
        OperatorError: with the remedy for the kind of the error.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise OperatorError(_message(path, error)) from error


@contextmanager
def report_copy_errors(source: Path, target: Path) -> Iterator[None]:
    """Raises the errors of copying an archive: damage is the source's, all else the target's.

    Raises:
        OperatorError: with the remedy for the kind of the error.
    """
    try:
        yield
    except sqlite3.Error as error:
        is_damage = getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _DAMAGE
        raise OperatorError(_message(source if is_damage else target, error)) from error


@contextmanager
def report_broken_rows(path: Path) -> Iterator[None]:
    """Raises what goes wrong while rows are decoded as damage of the archive.

    Raises:
        OperatorError: a row is not what was written.
    """
    with report_archive_errors(path):
        try:
            yield
        except BROKEN_ROW as error:
            raise OperatorError(damage_message(path, f"{type(error).__name__}: {error}")) from error


class GuardedRows(Iterator[Any]):
    """The rows of a statement; errors while they are stepped through are the operator's too."""

    def __init__(self, path: Path, cursor: sqlite3.Cursor) -> None:
        self._path = path
        self._cursor = cursor

    def __next__(self) -> Any:
        try:  # not report_archive_errors: entering it costs as much as a row
            return next(self._cursor)
        except sqlite3.Error as error:
            raise OperatorError(_message(self._path, error)) from error

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        with report_archive_errors(self._path):
            return self._cursor.fetchall()

    def fetchone(self) -> Any:
        """The next row; None after the last."""
        return next(self, None)


def damage_message(path: Path, error: str) -> Message:
    """The sentence for an archive whose bytes are not those that were written."""
    return say(
        "{path}: the archive is damaged ({error}); bring back a copy with: khobao backup --restore COPY,"
        " or save what is whole into a new folder with: khobao salvage NEW",
        path=str(path),
        error=error,
    )


def no_archive(path: Path, *, has_tables: bool) -> Message:
    """The sentence for a file of SQLite that holds no archive: it was emptied, or is another program's."""
    if has_tables:
        return say(
            "{path}: this database is no archive of khobao; move it elsewhere, or choose another folder with"
            " --data",
            path=str(path),
        )
    return say(
        "{path}: the archive is empty, nothing can be read from it; bring back a copy with:"
        " khobao backup --restore COPY, or begin a new archive with: khobao add PATH",
        path=str(path),
    )


def _message(path: Path, error: sqlite3.Error | OSError) -> Message:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    number = error.errno if isinstance(error, OSError) else None
    if code in _DAMAGE or any(words in str(error) for words in _LOST_TABLE):
        return damage_message(path, str(error))
    if str(error).startswith(_NOT_UTF_8):
        return damage_message(path, str(error).partition(" with text ")[0])  # the text is the whole article
    if code == sqlite3.SQLITE_FULL or number in _NO_SPACE:
        return say(
            "{path}: the disk is full: {error}; what was acknowledged is kept. Make room, then give the same"
            " command again",
            path=str(path),
            error=str(error),
        )
    if code in _SHUT or number in _NO_RIGHT:
        return missing_right(path, str(error))
    if code in _BUSY:
        return say(
            "{path}: another program holds the archive: {error}; wait until it ends, then give the same"
            " command again",
            path=str(path),
            error=str(error),
        )
    return say(
        "{path}: the archive cannot be used: {error}; check the disk and its space, then give the same"
        " command again. Where that does not help: khobao backup --restore COPY, or khobao salvage NEW",
        path=str(path),
        error=str(error),
    )


def on_read_only_medium(path: Path) -> bool:
    """Whether the medium of a path is mounted read-only, so that no process can write there."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:  # a folder above it may be shut: then nothing is known
        return False


def missing_right(path: Path, error: str) -> Message:
    """Which right is missing to read or write the archive; as far as this process can see."""
    needed = beside(path)
    shut = [str(one) for one in (path, *needed) if one.exists() and not os.access(one, os.R_OK)]
    if shut:
        return say(
            "{path}: this process may not read {files}; give it that right",
            path=str(path),
            files=", ".join(shut),
        )
    if on_read_only_medium(path):
        return say(
            "{path}: its last changes stand in {name} beside it, which cannot be read on a read-only medium;"
            " copy the whole folder to a disk that can be written, and read it there",
            path=str(path),
            name=needed[0].name,
        )
    if all(one.exists() for one in needed):
        return say(
            "{path}: the archive cannot be written: {error}; give this process the right to write in"
            " {folder}",
            path=str(path),
            folder=str(path.parent),
            error=error,
        )
    return say(
        "{path}: the archive cannot be opened: {error}. It is read by way of {names} beside it, which only a"
        " process that may write in {folder} can make: give this process that right, or run khobao upgrade"
        " once as a user who has it",
        path=str(path),
        error=error,
        names=" and ".join(one.name for one in needed),
        folder=str(path.parent),
    )
