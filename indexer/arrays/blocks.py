"""Which parts of a mapped file are proven? Each block of 64 KiB is compared with its checksum at first use.

The checksum is zlib's CRC-32. It finds every change of up to 32 consecutive bits; of other changes it misses
one in four billion. A block that was proven once stays so while the file is mapped.
"""

import mmap
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.arrays.damage import DamagedFileError

_SHIFT = 16
BLOCK = 1 << _SHIFT
"""Bytes that have one checksum."""

Checksums = npt.NDArray[np.uint32]


def checksums(data: mmap.mmap | bytes, length: int) -> Checksums:
    """The checksum of each block of the first ``length`` bytes; the last block may be shorter."""
    view = memoryview(data)[:length]
    return np.array([zlib.crc32(view[first : first + BLOCK]) for first in range(0, length, BLOCK)], np.uint32)


class Blocks:
    """The blocks of a mapped file, each proven at most once; safe for threads.

    Args:
        wanted: the checksum of each block.
        length: the bytes that the blocks cover.
    """

    def __init__(self, path: Path, data: mmap.mmap, wanted: Checksums, length: int) -> None:
        self._path = path
        self._view = memoryview(data)[:length]
        self._wanted = wanted
        # Two threads may prove one block at the same time: both come to the same end.
        self._proven = bytearray(len(wanted))
        self._flags = np.frombuffer(self._proven, np.uint8)

    def prove(self, first: int, stop: int) -> bool:
        """Proves the bytes from ``first`` to ``stop`` (exclusive); whether any of them was not proven before.

        Raises:
            DamagedFileError: one of their blocks is not what was written.
        """
        end = -(-stop >> _SHIFT) if stop > first else 0
        block = self._proven.find(0, first >> _SHIFT, end)
        if block < 0:
            return False
        while block >= 0:
            self._check(block)
            block = self._proven.find(0, block + 1, end)
        return True

    def prove_at(self, places: npt.NDArray[np.integer], size: int, first: int) -> bool:
        """Proves the blocks of some elements; whether any of them was not proven before.

        Args:
            places: of the elements, of any shape.
            size: bytes of an element, of which a block holds a whole number.
            first: where the elements begin in the file.

        Raises:
            DamagedFileError: one of the blocks is not what was written.
        """
        # Counted in elements: a block has 2**(16 - log2(size)) of them.
        blocks = (places.astype(np.int64, copy=False) + first // size) >> (_SHIFT + 1 - size.bit_length())
        proven = self._flags.take(blocks)
        if proven.all():
            return False
        for block in np.unique(blocks[proven == 0]).tolist():
            self._check(block)
        return True

    def prove_all(self) -> None:
        """Proves every block.

        Raises:
            DamagedFileError: one is not what was written.
        """
        self.prove(0, len(self._view))

    def are_proven(self, first: int, stop: int) -> bool:
        """Whether all blocks of some bytes were proven."""
        return stop <= first or self._proven.find(0, first >> _SHIFT, -(-stop >> _SHIFT)) < 0

    def _check(self, block: int) -> None:
        first = block << _SHIFT
        if zlib.crc32(self._view[first : first + BLOCK]) != int(self._wanted[block]):
            raise DamagedFileError(self._path, f"its block {block} does not fit its checksum")
        self._proven[block] = 1
