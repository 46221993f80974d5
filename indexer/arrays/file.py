"""How do arrays lie in a file? One after the other, each aligned to 64 bytes, behind a header.

    8 bytes   magic, with the version of this layout
    8 bytes   length of the header, little-endian
    header    JSON: for each array its name, dtype, length, offset and CRC-32; and the file's length
    4 bytes   CRC-32 of the header
    arrays

The file holds no pickles. A file that is too short, too long or damaged is refused when it is opened.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

MAGIC = b"KHOBAO\x00\x01"
_ALIGNMENT = 64
_PREFIX = struct.Struct("<8sQ")
_CHECK = struct.Struct("<I")

AnyArray = npt.NDArray[Any]


class DamagedFileError(Exception):
    """The file is not what was written; the text says what differs."""


def write_arrays(path: Path, arrays: Mapping[str, AnyArray]) -> None:
    """Writes one-dimensional arrays to a file, and syncs it."""
    table: dict[str, list[object]] = {}
    offset = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        table[name] = [data.dtype.str, len(data), offset, zlib.crc32(data.data) if len(data) else 0]
        offset = _aligned(offset + data.nbytes)
    header = json.dumps({"arrays": table, "length": offset}).encode()
    start = _start(len(header))
    with path.open("wb") as file:
        file.write(_PREFIX.pack(MAGIC, len(header)) + header + _CHECK.pack(zlib.crc32(header)))
        for name, array in arrays.items():
            file.seek(start + int(str(table[name][2])))
            file.write(np.ascontiguousarray(array).data)  # not tofile: its errors lack the system's reason
        file.truncate(start + offset)
        file.flush()
        os.fsync(file.fileno())


class MappedArrays(Mapping[str, AnyArray]):
    """The arrays of a file, memory-mapped, read-only, shared between processes."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                raise DamagedFileError(f"{path.name}: empty")  # an empty file cannot be mapped
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        table, start = _read_header(path, self._map)
        self._arrays: dict[str, AnyArray] = {}
        for name, (dtype, length, offset, crc) in table.items():
            array = np.frombuffer(self._map, np.dtype(dtype), length, start + offset)
            if length and zlib.crc32(array.data) != crc:
                raise DamagedFileError(f"{path.name}: {name} does not fit its checksum")
            self._arrays[name] = array

    def __getitem__(self, name: str) -> AnyArray:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)


class MappedStrings(Sequence[bytes]):
    """Strings that lie end to end in a mapped array (see ``string_arrays``), decoded one by one."""

    def __init__(self, arrays: MappedArrays, name: str) -> None:
        self._data = arrays[f"{name}_bytes"].data
        self._ends = arrays[f"{name}_ends"]

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> bytes: ...
    @overload
    def __getitem__(self, place: slice) -> list[bytes]: ...
    def __getitem__(self, place: int | slice) -> bytes | list[bytes]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        start = int(self._ends[place - 1]) if place else 0
        return bytes(self._data[start : int(self._ends[place])])


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


def _read_header(path: Path, data: mmap.mmap) -> tuple[dict[str, tuple[str, int, int, int]], int]:
    try:
        magic, length = _PREFIX.unpack_from(data)
        if length > len(data):
            raise DamagedFileError(f"{path.name}: its header says that it is {length} bytes long")
        header = data[_PREFIX.size : _PREFIX.size + length]
        (crc,) = _CHECK.unpack_from(data, _PREFIX.size + length)
    except struct.error as error:
        raise DamagedFileError(f"{path.name}: cut short") from error
    if magic != MAGIC or zlib.crc32(header) != crc:
        raise DamagedFileError(f"{path.name}: its header is not one of this version")
    content = json.loads(header)
    start = _start(length)
    if len(data) != start + content["length"]:
        raise DamagedFileError(f"{path.name}: {len(data)} bytes long, not {start + content['length']}")
    return content["arrays"], start


def _start(header_length: int) -> int:
    return _aligned(_PREFIX.size + header_length + _CHECK.size)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT
