"""Where is an export written, so that no kill leaves a file that looks whole and is not, or is not proven?

``NAME.part.json`` says what is being written: what was asked, and a receipt that lacks the file's size and
digest. It is there before ``NAME.part`` gets its first byte. When all rows are written and on disk, the
receipt is written, then ``NAME.part`` becomes ``NAME``, then ``NAME.part.json`` goes. So a file called NAME
always has its receipt beside it; and where the receipt stands there before it, all bytes that it proves are
in ``NAME.part``, and the same command with --resume names them.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO, Self

from corpus.disk import put_in_place, replace_file, sync
from corpus.errors import OperatorError, UserError
from corpus.message import say
from search_app.answer.exporting.receipt import Receipt
from search_app.api.receipts import read_receipt, write_receipt

PART, PLAN, RECEIPT = ".part", ".part.json", ".receipt.json"
_BUFFER = 1 << 18
_UNSYNCED = 1 << 23
UNSURE = _UNSYNCED + _BUFFER
"""Bytes at the end of a part that a power loss may have taken or torn: all before them is on disk."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """The files of one export."""

    path: Path

    def beside(self, ending: str) -> Path:
        """A file beside it: PART, PLAN or RECEIPT."""
        return self.path.with_name(self.path.name + ending)

    @property
    def part(self) -> Path:
        """What is written until it is whole."""
        return self.beside(PART)

    @property
    def plan(self) -> Path:
        """What is being written."""
        return self.beside(PLAN)

    @property
    def receipt(self) -> Path:
        """What proves it."""
        return self.beside(RECEIPT)


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What is being written to a file: every command that asks for the same goes on with it.

    Attributes:
        asked: all that was asked for, as JSON: the same command asks for the same.
        overwrites: whether a file that is there was to be replaced.
        draft: the receipt but for the file's size and digest.
    """

    asked: dict[str, Any]
    overwrites: bool
    draft: Receipt


def write_plan(target: ExportTarget, plan: ExportPlan) -> None:
    """Writes down what is being written; on disk when the call returns."""
    said = {
        "asked": plan.asked,
        "overwrites": plan.overwrites,
        "receipt": json.loads(write_receipt(plan.draft)),
    }
    replace_file(target.plan, json.dumps(said, ensure_ascii=False, indent=2).encode())


def read_plan(target: ExportTarget) -> ExportPlan | None:
    """What was being written; None where nothing was.

    Raises:
        UserError: it was changed since it was written.
    """
    name = str(target.plan)
    try:
        said = json.loads(target.plan.read_bytes())
        draft = read_receipt(json.dumps(said["receipt"], ensure_ascii=False), name)
        return ExportPlan(dict(said["asked"]), bool(said["overwrites"]), draft)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise UserError(
            say("{path}: this was changed; begin the export anew with --overwrite", path=name)
        ) from error


class PartFile:
    """The part of an export that is written; one process writes it at a time.

    Where something was written before, the same is expected: it is compared, and then gone on with.

    Attributes:
        size: bytes that were written, or compared.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        self._digest = sha256()
        self._waiting = bytearray()
        self._unsynced = 0
        self.size = 0
        try:
            _lock(descriptor, path)
            self._left = os.fstat(descriptor).st_size
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Puts on disk what was written, also where the work broke off; of a full disk, what it took."""
        with self._file, suppress(OSError):
            self.sync()

    def read(self) -> BinaryIO:
        """The file, opened anew at its beginning."""
        return self._path.open("rb")

    def keep(self, size: int) -> None:
        """Cuts off what stands behind its first bytes."""
        self._file.truncate(size)
        self._left = size

    def skip(self, size: int) -> None:
        """Passes over its first bytes: what is written next follows them."""
        self._file.seek(0)
        while self.size < size and (block := self._file.read(min(_BLOCK, size - self.size))):
            self._digest.update(block)
            self.size += len(block)
        self._left -= self.size

    def write(self, piece: bytes) -> None:
        """Writes a piece; what of it is there already is compared.

        Raises:
            UserError: something else is there.
            OSError: the disk fails.
        """
        there = self._read(min(len(piece), self._left))
        if not piece.startswith(there):
            raise self._other()
        self._left -= len(there)
        self._digest.update(piece)
        self.size += len(piece)
        self._waiting += piece[len(there) :]
        if len(self._waiting) >= _BUFFER:
            self._flush()
        if self._unsynced >= _UNSYNCED:
            self.sync()

    def end(self) -> str:
        """Puts all of it on disk; its digest.

        Raises:
            UserError: more is there than was written.
            OSError: the disk fails.
        """
        if self._left:
            raise self._other()
        self.sync()
        return self._digest.hexdigest()

    def sync(self) -> None:
        """Puts on disk what was written."""
        self._flush()
        os.fsync(self._file.fileno())
        self._unsynced = 0

    def _read(self, size: int) -> bytes:
        held = b""
        while len(held) < size and (block := self._file.read(size - len(held))):
            held += block
        return held

    def _flush(self) -> None:
        while self._waiting:
            written = self._file.write(self._waiting) or 0
            del self._waiting[:written]
            self._unsynced += written

    def _other(self) -> UserError:
        return UserError(
            say(
                "{path}: this is not what would be written now, so that the export cannot go on; begin it"
                " anew with --overwrite",
                path=str(self._path),
            )
        )


def give_name(target: ExportTarget, receipt: Receipt) -> None:
    """Gives a part that is whole and on disk its receipt and its name; they are on disk when this returns."""
    replace_file(target.receipt, write_receipt(receipt).encode())
    target.part.chmod(target.receipt.stat().st_mode & 0o777)  # it was private until it was whole
    put_in_place(target.part, target.path)
    forget_plan(target)


def forget_plan(target: ExportTarget) -> None:
    """Removes what says that something is being written."""
    target.plan.unlink(missing_ok=True)
    sync(target.plan.parent)


def is_unfinished(target: ExportTarget) -> bool:
    """Whether an export to this file was begun."""
    return target.plan.exists() or (target.part.exists() and target.part.stat().st_size > 0)


def is_named(target: ExportTarget, plan: ExportPlan) -> bool:
    """Whether the planned file has its name and its receipt, so that only its plan was left."""
    if target.part.exists() or not (target.path.exists() and target.receipt.exists()):
        return False
    receipt = read_receipt(target.receipt.read_text("utf-8"), str(target.receipt))
    if (receipt.parameters, receipt.view) != (plan.draft.parameters, plan.draft.view):
        return False
    with target.path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == receipt.file.sha256


@contextmanager
def report_place_errors(target: ExportTarget) -> Iterator[None]:
    """Raises as the user's what the disk says of a place where nothing can be written.

    Raises:
        UserError: the folder is not there, or may not be written.
    """
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise UserError(
            say(
                "{path}: this cannot be written: {error}; choose another place with --output",
                path=str(target.path),
                error=error.strerror or str(error),
            )
        ) from error


@contextmanager
def report_target_errors(target: ExportTarget) -> Iterator[None]:
    """Raises the disk's errors as the user's or the operator's.

    Raises:
        UserError: the folder is not there, or may not be written.
        OperatorError: the disk is full, or fails; what was written is kept.
    """
    try:
        with report_place_errors(target):
            yield
    except OSError as error:
        raise OperatorError(
            say(
                "{path}: the disk cannot be written: {error}. What was written is kept in {part}: make room,"
                " then give the same command with --resume",
                path=str(target.path),
                error=error.strerror or str(error),
                part=str(target.part),
            )
        ) from error


def _lock(descriptor: int, path: Path) -> None:
    """Keeps a second process from writing the same file; Windows has no such lock.

    Raises:
        UserError: another one is writing.
    """
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - Windows has none

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UserError(
            say("{path}: another khobao is writing here; wait for it to end, or stop it", path=str(path))
        ) from error
