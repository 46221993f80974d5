"""How do arrays lie in a file? One after the other, each aligned to 64 bytes, behind a header.

    8 bytes   magic, with the version of this layout
    8 bytes   length of the header, little-endian
    header    JSON: for each array its name, dtype, length and offset; and the length of all arrays
    4 bytes   CRC-32 of what stands before it
    arrays
    table     CRC-32 of each block of 64 KiB of all that stands before it (see blocks), 4 bytes each
    4 bytes   CRC-32 of the table

The file holds no pickles. Opening it reads the header and the table. A block is proven when it is first read:
``MappedArrays[name]`` proves a whole array, ``part`` and ``at`` what they return. So no byte is used that is
not proven, and a part of a large array can be read without reading all of it.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, overload

import numpy as np
import numpy.typing as npt

from indexer.arrays.blocks import BLOCK, Blocks, Checksums, checksums
from indexer.arrays.damage import DamagedFileError

_MAGIC = b"KHOBAO\x00\x02"
_ALIGNMENT = 64
_PREFIX = struct.Struct("<8sQ")
_CHECK = struct.Struct("<I")
_SCATTERED = 64
"""From so many places a block on, all blocks of an array are proven, once.

Places lie close together, those of a term side by side: with 4 in the place of 64, the first page of 21,448
articles proved 805 of 1,103 blocks, and now 190. Above it, looking at each place costs more than proving.
"""

AnyArray = npt.NDArray[Any]


class _Entry(NamedTuple):
    """An array in the header."""

    dtype: str
    length: int
    offset: int


def write_arrays(path: Path, arrays: Mapping[str, AnyArray]) -> None:
    """Writes one-dimensional arrays to a file, and syncs it."""
    entries: dict[str, _Entry] = {}
    length = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        entries[name] = _Entry(data.dtype.str, len(data), length)
        length = _aligned(length + data.nbytes)
    header = json.dumps({"arrays": entries, "length": length}).encode()
    prefix = _PREFIX.pack(_MAGIC, len(header))
    start = _start(len(header))
    with path.open("w+b") as file:
        file.write(prefix + header + _CHECK.pack(zlib.crc32(prefix + header)))
        for name, array in arrays.items():
            file.seek(start + entries[name].offset)
            file.write(np.ascontiguousarray(array).data)  # not tofile: its errors lack the system's reason
        file.truncate(start + length)
        file.flush()
        _append_table(file, start + length)
        os.fsync(file.fileno())


def _append_table(file: BinaryIO, end: int) -> None:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as written:
        table = checksums(written, end).astype("<u4").tobytes()
    file.seek(end)
    file.write(table + _CHECK.pack(zlib.crc32(table)))
    file.flush()


class MappedArrays(Mapping[str, AnyArray]):
    """The arrays of a file, memory-mapped, read-only, shared between processes; safe for threads.

    Raises:
        DamagedFileError: the header or the table is not what was written; later, by each way of reading: a
            block is not.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                raise DamagedFileError(path, "empty")  # an empty file cannot be mapped
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = _read_header(path, self._map)
        self._blocks = Blocks(path, self._map, header.blocks, header.end)
        self._arrays = {
            name: np.frombuffer(self._map, np.dtype(entry.dtype), entry.length, header.start + entry.offset)
            for name, entry in header.arrays.items()
        }
        self._firsts = {name: header.start + entry.offset for name, entry in header.arrays.items()}
        self._whole: dict[str, AnyArray] = {}

    def __getitem__(self, name: str) -> AnyArray:
        whole = self._whole.get(name)
        if whole is None:
            array = self._arrays[name]
            self._blocks.prove(*self._span(name))
            whole = self._whole[name] = array
        return whole

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def __contains__(self, name: object) -> bool:
        return name in self._arrays

    def part(self, name: str, where: slice) -> AnyArray:
        """A slice of an array, for which the blocks of that slice alone are proven."""
        whole = self._whole.get(name)
        if whole is not None:
            return whole[where]
        array = self._arrays[name]
        start, stop, _ = where.indices(len(array))
        first = self._firsts[name]
        if self._blocks.prove(first + start * array.itemsize, first + stop * array.itemsize):
            self._note_whole(name)
        return array[where]

    def at(self, name: str, places: npt.NDArray[np.integer]) -> AnyArray:
        """The values at some indices, for which their blocks alone are proven where the indices are few.

        Args:
            places: of any shape; none below 0.
        """
        whole = self._whole.get(name)
        array = self._arrays[name] if whole is None else whole
        if whole is None:
            if places.size * BLOCK > _SCATTERED * array.nbytes:
                array = self[name]
            elif self._blocks.prove_at(places, array.itemsize, self._firsts[name]):
                self._note_whole(name)
        values: AnyArray = array[places]
        return values

    def length(self, name: str) -> int:
        """The length of an array, of which nothing is read."""
        return len(self._arrays[name])

    def dtype(self, name: str) -> np.dtype[Any]:
        """The type of an array's values, of which nothing is read."""
        return self._arrays[name].dtype

    def location(self, name: str) -> int:
        """The address of an array, of which nothing is proven."""
        where: int = self._arrays[name].__array_interface__["data"][0]
        return where

    def prove(self) -> None:
        """Proves every byte of the file.

        Raises:
            DamagedFileError: a block is not what was written.
        """
        self._blocks.prove_all()

    def _span(self, name: str) -> tuple[int, int]:
        first = self._firsts[name]
        return first, first + self._arrays[name].nbytes

    def _note_whole(self, name: str) -> None:
        """From when all blocks of an array are proven, nothing more is asked of them."""
        if self._blocks.are_proven(*self._span(name)):
            self._whole[name] = self._arrays[name]


def part(arrays: Mapping[str, AnyArray], name: str, where: slice) -> AnyArray:
    """A slice of an array; of a mapped one, proven only as far as the slice goes."""
    return arrays.part(name, where) if isinstance(arrays, MappedArrays) else arrays[name][where]


def at(arrays: Mapping[str, AnyArray], name: str, places: npt.NDArray[np.integer]) -> AnyArray:
    """The values of an array at some indices; of a mapped one, proven only where they lie."""
    if isinstance(arrays, MappedArrays):
        return arrays.at(name, places)
    values: AnyArray = arrays[name][places]
    return values


class MappedStrings(Sequence[bytes]):
    """Strings that lie end to end in a mapped array (see ``string_arrays``), decoded one by one."""

    def __init__(self, arrays: MappedArrays, name: str) -> None:
        self._data = arrays[f"{name}_bytes"].data
        ends = arrays[f"{name}_ends"]
        self._ends: memoryview[int] = ends.astype(ends.dtype.newbyteorder("="), copy=False).data

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> bytes: ...
    @overload
    def __getitem__(self, place: slice) -> list[bytes]: ...
    def __getitem__(self, place: int | slice) -> bytes | list[bytes]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        start = self._ends[place - 1] if place else 0
        return bytes(self._data[start : self._ends[place]])


def places_in(ascending: AnyArray, values: object) -> npt.NDArray[np.intp]:
    """np.searchsorted, without converting the array to the type of the values."""
    return np.searchsorted(ascending, np.asarray(values, ascending.dtype))


def string_arrays(name: str, strings: Sequence[bytes]) -> dict[str, AnyArray]:
    """Strings end to end as ``NAME_bytes``, and where each ends as ``NAME_ends``."""
    return {
        f"{name}_bytes": np.frombuffer(b"".join(strings), np.uint8),
        f"{name}_ends": np.cumsum([len(string) for string in strings]).astype(np.uint32),
    }


def strings(arrays: Mapping[str, AnyArray], name: str) -> list[bytes]:
    """The strings that lie end to end in ``NAME_bytes``."""
    data = arrays[f"{name}_bytes"].tobytes()
    ends = arrays[f"{name}_ends"].tolist()
    return [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]


class _Header(NamedTuple):
    """What a file's header says, and its table of blocks.

    Attributes:
        arrays: by name.
        start: where the arrays begin; end: where they end, and the table begins.
        blocks: the checksum of each block.
    """

    arrays: dict[str, _Entry]
    start: int
    end: int
    blocks: Checksums


def _read_header(path: Path, data: mmap.mmap) -> _Header:
    try:
        magic, length = _PREFIX.unpack_from(data)
        if length > len(data):
            raise DamagedFileError(path, f"its header says that it is {length} bytes long")
        header = data[_PREFIX.size : _PREFIX.size + length]
        (crc,) = _CHECK.unpack_from(data, _PREFIX.size + length)
    except struct.error as error:
        raise DamagedFileError(path, "cut short") from error
    if magic != _MAGIC or zlib.crc32(data[: _PREFIX.size] + header) != crc:
        raise DamagedFileError(path, "its header is not one of this version")
    content = json.loads(header)
    start = _start(length)
    end = start + content["length"]
    table = -(-end // BLOCK) * _CHECK.size
    if len(data) != end + table + _CHECK.size:
        raise DamagedFileError(path, f"{len(data)} bytes long, which does not fit its header")
    if _CHECK.unpack_from(data, end + table)[0] != zlib.crc32(data[end : end + table]):
        raise DamagedFileError(path, "its table of checksums is damaged")
    entries = {name: _Entry(*entry) for name, entry in content["arrays"].items()}
    return _Header(entries, start, end, np.frombuffer(data, "<u4", table // _CHECK.size, end))


def _start(header_length: int) -> int:
    return _aligned(_PREFIX.size + header_length + _CHECK.size)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT
