"""Which files do the given paths stand for? All of a folder's, in one order on every machine."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import UserError
from corpus.message import Message, say
from corpus.readers.refusing import refuse
from corpus.readers.sniff import reader_of
from corpus.readers.source_file import SourceFile
from corpus.records import Refusal

Found = SourceFile | Refusal


def files_of(paths: Sequence[Path], imported_at: str) -> list[Found]:
    """The files of the paths: folders walked in sorted order, hidden files and folders left out.

    A folder that cannot be read stands there as a refusal.

    Raises:
        UserError: a path that is missing, that is neither file nor folder, or that holds no article file.
    """
    for path in paths:
        _check(path)
    return [found for path in paths for found in _found(path, imported_at)]


def unreadable(file: SourceFile, error: OSError) -> Refusal:
    """The refusal of a file or folder that the disk or its rights keep shut."""
    message = say(
        "it cannot be read: {error}; give the right to read it, or check the disk, and import it again",
        error=error.strerror or type(error).__name__,
    )
    return refuse(file, "whole file", "unreadable", message)


def unknown_format(file: SourceFile) -> Refusal:
    """The refusal of a file that no reader knows."""
    message = say(
        "no reader knows this file; it takes JSON lines, JSON (.gz, .xz, .zst too) and plain text as .txt"
    )
    return refuse(file, "whole file", "unknown-format", message)


def _check(path: Path) -> None:
    message = _problem(path)
    if message:
        raise UserError(message)


def _problem(path: Path) -> Message | None:
    name = SourceFile(path, "").name
    if not path.exists():
        return say("{path}: there is no such file or folder; check the path", path=name)
    if path.is_dir():
        if any(_may_hold_articles(found) for found in _found(path, "")):
            return None
        return say(
            "{path}: this folder holds no article file; give one with .jsonl, .json or .txt", path=name
        )
    if not path.is_file():
        return say("{path}: this is no file and no folder; save it as a file first", path=name)
    return None


def _may_hold_articles(found: Found) -> bool:
    """Whether a reader knows the file, or the disk keeps it from being known."""
    if isinstance(found, Refusal):
        return True
    try:
        return reader_of(found.path) is not None
    except OSError:
        return True


def _found(path: Path, imported_at: str) -> Iterator[Found]:
    if path.is_dir():
        yield from _walked(path, imported_at)
    else:
        yield SourceFile(path, imported_at)


def _walked(folder: Path, imported_at: str) -> Iterator[Found]:
    """The files below a folder, by name; a link to a folder is not followed, so that no loop can be."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield unreadable(SourceFile(folder, imported_at), error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walked(folder / entry.name, imported_at)
        elif _is_regular(folder / entry.name):
            yield SourceFile(folder / entry.name, imported_at)


def _is_regular(path: Path) -> bool:
    """Whether it is a file; also where that cannot be known, so that its refusal says why."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True
