"""How is a package written to a file, and is one still what was written?

A package is written anew each time: its end lists all of it, so that nothing can be added to a part. Whether
it is whole is BagIt's own program to say (bagit, of the Library of Congress).
"""

import logging
import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import bagit

from corpus.disk import dropped_on_failure, put_in_place, sync
from corpus.errors import OperatorError, UserError
from corpus.message import say
from search_app.answer.exporting.facts import ResultFacts
from search_app.answer.service import Service
from search_app.api.parameters import read_selection
from search_app.api.receipts import check_asked_again
from search_app.cli.export_files import ExportTarget, report_place_errors
from search_app.cli.export_job import ExportAsked, layout_of_articles
from search_app.cli.export_writing import check_free
from search_app.formats.exports.columns import extras_of
from search_app.formats.exports.counted_rows import CountedRows
from search_app.formats.file_names import result_name
from search_app.web.packing import PACKAGE, RECEIPT, PackedResult, package_pieces

OnProgress = Callable[[int, int], None]

_DECLARATION = "bagit.txt"
_ZIP = b"PK\x03\x04"
"""How a zip begins, also one that was cut off."""

_NOT_UNPACKED = (OSError, zipfile.BadZipFile, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError)
"""What zipfile raises of a zip that is damaged, encrypted (RuntimeError) or packed in a way of its own."""


def write_package(
    service: Service,
    asked: ExportAsked,
    output: Path,
    on_progress: OnProgress,
    *,
    overwrite: bool,
    language: str,
) -> tuple[Path, ResultFacts]:
    """Writes the package of a result; the file, and by what the result is known.

    Args:
        output: a file, or a folder that gets one.
        overwrite: replaces a file that is there, and what a package that was stopped left.
        language: of the chart.

    Raises:
        UserError: a file is there already, or the query as understood is too long to be asked for again.
        OperatorError: the disk fails, or something was withdrawn meanwhile.
    """
    found = service.exporting.export(read_selection(asked.parameters), extras_of(asked.columns))
    facts, layout = found.facts, layout_of_articles(service, found, asked)
    check_asked_again(facts)
    named = output / result_name(facts, PACKAGE) if output.is_dir() else output
    target = ExportTarget(named)
    if not overwrite:
        check_free(target)
    rows = CountedRows(found.rows)
    packed = PackedResult(replace(found, rows=iter(rows)), asked.form, layout, language)
    mode = "wb" if overwrite else "xb"
    with _report_errors(target), target.part.open(mode) as part, dropped_on_failure(target.part):
        for piece in package_pieces(service, packed):
            part.write(piece)
            on_progress(rows.count, facts.rows)
        part.flush()
        sync(target.part)
        put_in_place(target.part, target.path)
    return target.path, facts


@contextmanager
def _report_errors(target: ExportTarget) -> Iterator[None]:
    """Raises the disk's errors as the user's or the operator's.

    Raises:
        UserError: the folder is not there, may not be written, or a package is being written there.
        OperatorError: the disk is full, or fails.
    """
    try:
        with report_place_errors(target):
            yield
    except FileExistsError as error:
        raise UserError(
            say(
                "{path}: a package is being written here, or was and did not come to its end; wait for it, or"
                " begin anew with --overwrite",
                path=str(target.part),
            )
        ) from error
    except OSError as error:
        raise OperatorError(
            say(
                "{path}: the disk cannot be written: {error}; make room, then give the same command again",
                path=str(target.path),
                error=error.strerror or str(error),
            )
        ) from error


def is_package(path: Path) -> bool:
    """Whether a path is that of a package: a zip, or the folder of one that was unpacked."""
    if path.is_dir():
        return (path / _DECLARATION).is_file() or any(path.glob(f"*/{_DECLARATION}"))
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP


@contextmanager
def opened_package(path: Path) -> Iterator[Path]:
    """The folder that is the bag of a package; a zip is unpacked while the block lasts.

    Raises:
        UserError: it cannot be unpacked, or holds no bag.
    """
    if path.is_dir():
        yield _bag_in(path, path)
        return
    with tempfile.TemporaryDirectory(prefix="khobao-package-") as folder:
        try:
            with zipfile.ZipFile(path) as packed:
                _check_disk_space(packed, Path(folder), path)
                packed.extractall(folder)
        except _NOT_UNPACKED as error:
            raise UserError(
                say(
                    "{path}: it cannot be unpacked: {error}; take the package away once more",
                    path=str(path),
                    error=str(error),
                )
            ) from error
        yield _bag_in(Path(folder), path)


def _check_disk_space(packed: zipfile.ZipFile, folder: Path, path: Path) -> None:
    """Refuses a zip that would fill the disk: no more is unpacked than it says.

    Raises:
        UserError: it is larger than what is free.
    """
    size, free = sum(one.file_size for one in packed.infolist()), shutil.disk_usage(folder).free
    if size > free:
        raise UserError(
            say(
                "{path}: unpacked it has {size} bytes, and {free} are free in {folder}; make room, or unpack"
                " it yourself and name its folder",
                path=str(path),
                size=size,
                free=free,
                folder=str(folder.parent),
            )
        )


def _bag_in(folder: Path, path: Path) -> Path:
    for declaration in (folder / _DECLARATION, *sorted(folder.glob(f"*/{_DECLARATION}"))):
        if declaration.is_file():
            return declaration.parent
    raise UserError(say("{path}: there is no BagIt bag in it; name a package", path=str(path)))


def receipt_in(bag: Path, path: Path) -> Path:
    """The receipt in a bag.

    Args:
        path: of the package, for the error.

    Raises:
        UserError: there is none.
    """
    receipt = bag / "data" / RECEIPT
    if not receipt.is_file():
        raise UserError(
            say("{path}: there is no receipt in it; take the package away once more", path=str(path))
        )
    return receipt


def fault_of_bag(bag: Path) -> str:
    """What is wrong with a bag, as bagit says it; empty: every file is what was written."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)  # its error is told once, by us
    try:
        bagit.Bag(str(bag)).validate()
    except (bagit.BagError, OSError, ValueError, LookupError) as error:  # texts that are none, too
        return str(error)
    return ""
