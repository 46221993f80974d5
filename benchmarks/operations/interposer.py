"""How is a command's every file operation seen? By a library in C that is loaded before libc.

It sees what Python, SQLite and worker processes do below given folders, records it with its data, lets one
operation fail, or kills the process just before one. A control block in a file that all of these processes
map says which. Linux only; it needs a C compiler (``cc``).
"""

import mmap
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("interposer.c")
_PATH = 4096
_CONTROL = struct.Struct(f"<iiqqiiq{_PATH}s{4 * _PATH}s256s{_PATH}s")  # struct control
_HEADER = struct.Struct("<iiiiqqIIQ")  # struct header


class Mode(IntEnum):
    """What the library does."""

    OFF = 0
    RECORD = 1
    COUNT = 2
    FAIL = 3
    KILL = 4


class Kind(IntEnum):
    """The kinds of operations; a MARK is none: there a command said what it had acknowledged."""

    OPEN = 1
    WRITE = 2
    SYNC = 3
    RENAME = 4
    UNLINK = 5
    MKDIR = 6
    RMDIR = 7
    TRUNCATE = 8
    MARK = 9
    LINK = 10


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation that went well.

    Attributes:
        path: what it was done to; of a mark, its text.
        other: the new path of a file that was renamed.
        flags: of an open.
        offset: where data was written.
        length: of a truncated file.
    """

    kind: Kind
    path: str
    other: str = ""
    flags: int = 0
    offset: int = 0
    length: int = 0
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Hit:
    """The operation that failed, or before which the process was killed."""

    kind: Kind
    path: str
    process: int


def has_compiler() -> bool:
    """Whether the library can be built here."""
    return os.uname().sysname == "Linux" and shutil.which("cc") is not None


def build(folder: Path) -> Path:
    """Builds the library into a folder."""
    library = folder / "interposer.so"
    compiler = shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError("a C compiler is needed: install one that is called as cc")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", SOURCE, "-o", library, "-ldl"], check=True)
    return library


class Control:
    """The control block of a family of processes.

    Args:
        library: what ``build`` made.
        path: the block's file, which is made.
    """

    def __init__(self, library: Path, path: Path) -> None:
        self._library = library
        self._path = path
        path.write_bytes(bytes(_CONTROL.size))
        with path.open("r+b") as file:
            self._block = mmap.mmap(file.fileno(), _CONTROL.size)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to be seen."""
        return {"LD_PRELOAD": str(self._library), "KHOBAO_OPERATIONS": str(self._path)}

    def set(
        self,
        mode: Mode,
        roots: Sequence[Path] = (),
        *,
        within: str = "",
        at: int = 0,
        error: int = 0,
        log: Path | None = None,
    ) -> None:
        """Says what is to be done from now on.

        Args:
            roots: only below these folders, four at most.
            within: only with paths that hold this text.
            at: the number of the operation that fails or kills, from 0.
            error: its errno.
            log: the file that operations are recorded in.
        """
        folders = b"".join(os.fsencode(root).ljust(_PATH, b"\0") for root in roots)
        self._block[:] = _CONTROL.pack(
            mode, error, 0, at, 0, 0, 0, b"", folders, within.encode(), os.fsencode(log or "")
        )

    @property
    def counted(self) -> int:
        """How many operations there were since ``set``."""
        return int(_CONTROL.unpack(self._block[:])[2])

    @property
    def acknowledged(self) -> int:
        """The change that the archive was up to when it last said so, since ``set``."""
        return int(_CONTROL.unpack(self._block[:])[6])

    @property
    def hit(self) -> Hit | None:
        """What failed or was killed; None where the command ended before that operation."""
        _, _, _, _, kind, process, _, path, *_ = _CONTROL.unpack(self._block[:])
        return Hit(Kind(kind), os.fsdecode(path.rstrip(b"\0")), process) if kind else None


def recorded(log: Path) -> Iterator[Operation]:
    """The operations of a log, in their order."""
    data = memoryview(log.read_bytes())
    place = 0
    while place < len(data):
        kind, _, flags, _, offset, length, path, other, size = _HEADER.unpack_from(data, place)
        place += _HEADER.size
        name = os.fsdecode(bytes(data[place : place + path]))
        new_name = os.fsdecode(bytes(data[place + path : place + path + other]))
        place += path + other
        yield Operation(Kind(kind), name, new_name, flags, offset, length, bytes(data[place : place + size]))
        place += size
