"""Which files do the given paths stand for? All files of a folder, in the same order on every machine."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import UserError
from corpus.message import Message, say
from corpus.readers.input.refusing import leads_outside, unreadable
from corpus.readers.input.saved_pages import is_part_folder, part_folders
from corpus.readers.input.source_file import SourceFile
from corpus.readers.records.options import ImportOptions
from corpus.readers.registry import may_be_known, reader_names
from corpus.records import Refusal

GivenFile = SourceFile | Refusal


def _one_may_be_known(files: Iterable[SourceFile], options: ImportOptions) -> bool:
    return any(may_be_known(file, options) for file in files)


Knows = Callable[[Iterable[SourceFile], ImportOptions], bool]
"""Whether a reader recognises one of the files, or one cannot be read from disk."""


def files_of(
    paths: Sequence[Path],
    options: ImportOptions,
    imported_at: str,
    any_recognised: Knows = _one_may_be_known,
) -> list[GivenFile]:
    """The files of the paths; folders are walked in sorted order, without hidden files and folders.

    A folder that cannot be read gives a refusal in its place.

    Raises:
        UserError: a path is missing, is neither file nor folder, or has no article file.
    """
    for path in paths:
        _check(path, options, any_recognised)
    return [file for path in paths for file in _files_at(path, options, imported_at)]


def _check(path: Path, options: ImportOptions, any_recognised: Knows) -> None:
    message = _problem(path, options, any_recognised)
    if message:
        raise UserError(message)


def _problem(path: Path, options: ImportOptions, any_recognised: Knows) -> Message | None:
    name = SourceFile.on_disk(path, "").name
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return say("{path}: there is no such file or folder; check the path", path=name)
    except OSError as error:
        return say(
            "{path}: it cannot be reached: {error}; check the path, and the rights of the folders above it",
            path=name,
            error=error.strerror or str(error),
        )
    if stat.S_ISDIR(mode):
        given = list(_files_at(path, options, ""))
        files = [file for file in given if isinstance(file, SourceFile) and not file.is_part]
        if any(isinstance(file, Refusal) for file in given) or any_recognised(files, options):
            return None
        return say(
            "{path}: this folder holds no article file; the readers are {names}:"
            " force one with --format NAME",
            path=name,
            names=reader_names(),
        )
    if not stat.S_ISREG(mode):
        return say("{path}: this is no file and no folder; save it as a file first", path=name)
    return None


def _files_at(path: Path, options: ImportOptions, imported_at: str) -> Iterator[GivenFile]:
    if path.is_dir():
        yield from _walked(path, path.resolve(), options, imported_at)
    else:
        yield SourceFile.on_disk(path, imported_at)


def _walked(folder: Path, given: Path, options: ImportOptions, imported_at: str) -> Iterator[GivenFile]:
    """The files below a folder at any depth, by name; links to folders are not followed.

    A link to a file outside the ``given`` folder is refused: otherwise whoever fills a folder could have any
    file of the machine read. The data folder that is imported into is skipped.
    """
    into = _identity(options.into) if options.into else None
    waiting: list[Path | GivenFile] = [folder]
    while waiting:
        entry = waiting.pop()
        if not isinstance(entry, Path):
            yield entry
        elif not into or _identity(entry) != into:
            waiting.extend(reversed(_within(entry, given, options, imported_at)))


def _within(folder: Path, given: Path, options: ImportOptions, imported_at: str) -> list[Path | GivenFile]:
    """The entries of one folder, by name: folders as paths, files, and refusals in their place."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        return [unreadable(SourceFile.on_disk(folder, imported_at), error)]
    parts = part_folders(entry.name for entry in entries)
    inside: list[Path | GivenFile] = []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False) and is_part_folder(entry.name, parts):
            inside += _parts_of_page(folder / entry.name, imported_at)
        elif entry.is_dir(follow_symlinks=False):
            inside.append(folder / entry.name)
        elif _is_regular(folder / entry.name):
            file = SourceFile.on_disk(folder / entry.name, imported_at)
            is_outside = entry.is_symlink() and not options.follow and _leads_outside(entry.path, given)
            inside.append(leads_outside(file) if is_outside else file)
    return inside


def _parts_of_page(folder: Path, imported_at: str) -> list[GivenFile]:
    """The files of a saved page's folder, to be counted and not read."""
    return [
        replace(SourceFile.on_disk(path, imported_at), is_part=True)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    ]


def _identity(folder: Path) -> tuple[int, int] | None:
    """Device and inode of a folder, which identify it by any path; None where they cannot be read."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _leads_outside(link: str, folder: Path) -> bool:
    return not Path(os.path.realpath(link)).is_relative_to(folder)


def _is_regular(path: Path) -> bool:
    """Whether the path is a regular file; True where that cannot be read, so that its refusal says why."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True
