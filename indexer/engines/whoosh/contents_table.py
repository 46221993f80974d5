"""How is Whoosh's table of contents (``_MAIN_n.toc``) written to survive power loss, and read to be proven?

Whoosh renames a new table into place and drops the old one and its segments, and syncs neither. Here the new
one is on disk before anything is dropped. Behind Whoosh's own bytes, which it reads from the beginning, stand
a magic number and a CRC-32 of them: the table holds pickles, and a changed byte in one could name other
deleted articles without a word.
"""

import struct
import zlib
from pathlib import Path

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from corpus.disk import sync
from indexer.arrays.damage import DamagedFileError
from indexer.engines.whoosh.schema import INDEX_NAME, SCHEMA

_TRAILER = struct.Struct("<8sI")
_MAGIC = b"KHOBAO-T"


class DurableStorage(FileStorage):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's files in a folder; what is renamed is on disk when the call returns."""

    def list(self) -> list[str]:
        """The names of the files; Whoosh takes a folder that cannot be read for an empty one."""
        return [path.name for path in Path(self.folder).iterdir()]

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Renames a file; a table of contents gets its checksum first."""
        path = Path(self.folder) / oldname
        if newname.endswith(".toc"):
            checksum = zlib.crc32(path.read_bytes())
            with path.open("ab") as file:
                file.write(_TRAILER.pack(_MAGIC, checksum))
        sync(path)
        sync(path.parent)  # the names of the segments that the table names
        super().rename_file(oldname, newname, safe)
        sync(path.parent)


def read_table(directory: Path) -> TOC:
    """The newest table of contents of an index's directory.

    Raises:
        DamagedFileError: it is not what was written.
        FileNotFoundError: there is none; a commit may just have put another in its place.
    """
    storage = DurableStorage(str(directory))
    generation = TOC._latest_generation(storage, INDEX_NAME)  # noqa: SLF001 - Whoosh offers no other way to the name
    if generation < 0:
        raise FileNotFoundError(f"{directory}: no table of contents")
    name = TOC._filename(INDEX_NAME, generation)  # noqa: SLF001 - as above
    data = (directory / name).read_bytes()
    _check(directory / name, data)
    proven = RamStorage()  # so that Whoosh reads the bytes that were checked, and leaves no file open
    proven.files[name] = data
    try:
        return TOC.read(proven, INDEX_NAME, gen=generation, schema=SCHEMA)
    except Exception as error:  # Whoosh and pickle raise errors of many types for bytes that are not theirs
        raise DamagedFileError(directory / name, f"{type(error).__name__}: {error}") from error


def _check(path: Path, data: bytes) -> None:
    body, trailer = data[: -_TRAILER.size], data[-_TRAILER.size :]
    if not (len(trailer) == _TRAILER.size and trailer.startswith(_MAGIC)):
        raise DamagedFileError(path, "it has no checksum")
    if _TRAILER.unpack(trailer)[1] != zlib.crc32(body):
        raise DamagedFileError(path, "it does not fit its checksum")
