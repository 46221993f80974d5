"""Is there a compiled library of the loops, made from these sources? If not, numpy does the same.

The library is one file in the folder ``compiled`` beside this module, named after the digest of its sources
and the kind of machine, so that one made from others or for another machine is never loaded. It is
reached with ctypes and knows nothing of Python: one file serves every CPython. The variable KHOBAO_KERNELS_IN
names another folder for it.
"""

import ctypes
import hashlib
import os
import platform
import sys
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

SWITCH = "KHOBAO_KERNELS"
"""The environment variable; with the value ``numpy`` the library is left alone."""

IN = "KHOBAO_KERNELS_IN"
"""The environment variable that names another folder for the library."""

FOLDER = Path(os.environ.get(IN) or Path(__file__).parent / "compiled")
_SUFFIX = "dll" if sys.platform == "win32" else "so"

AnyArray = npt.NDArray[Any]

DAMAGED, NO_MEMORY = -1, -2
"""What a loop gives back where it cannot go on."""

OUTSIDE = "a number in it leads outside its arrays"


@cache
def sources() -> Mapping[str, bytes]:
    """The sources of the library by file name: C files, and the headers that they include."""
    files = sorted(resources.files("indexer.kernels").iterdir(), key=lambda file: file.name)
    return {file.name: file.read_bytes() for file in files if file.name.endswith((".c", ".h"))}


@cache
def version() -> int:
    """A number of the sources, which the library gives back: 63 bits of their digest."""
    text = b"\0".join(part for name, code in sources().items() for part in (name.encode(), code))
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") >> 1


def library_path() -> Path:
    """Where the library of this source is, or would be."""
    machine = f"{sys.platform}-{platform.machine()}"
    return FOLDER / f"kernels-{version():016x}-{machine}.{_SUFFIX}"


@cache
def library() -> ctypes.CDLL | None:
    """The library; None where there is none that fits, or it is switched off."""
    path = library_path()
    if os.environ.get(SWITCH) == "numpy" or not path.is_file():
        return None
    try:
        loaded = ctypes.CDLL(str(path))
        loaded.khobao_kernels_version.restype = ctypes.c_int64
        return loaded if loaded.khobao_kernels_version() == version() else None
    except (OSError, AttributeError):
        return None


class Loop:
    """A function of the library that gives back a number; looked up when it is first called.

    Args:
        parameters: a letter for each: ``a`` for an address, ``n`` for a number, ``d`` for a float.
    """

    def __init__(self, name: str, parameters: str) -> None:
        self._name = name
        kinds = {"a": ctypes.c_void_p, "n": ctypes.c_int64, "d": ctypes.c_double}
        self._kinds = [kinds[letter] for letter in parameters]
        self._found: Any = None

    def __call__(self, *values: float) -> int:
        """Calls it; there must be a library."""
        if self._found is None:
            found = getattr(library(), self._name)
            found.argtypes, found.restype = self._kinds, ctypes.c_int64
            self._found = found
        count: int = self._found(*values)
        return count


def address(array: AnyArray) -> int:
    """Where the values of a contiguous array lie; the caller keeps the array as long as that is used."""
    try:
        return ctypes.addressof(
            ctypes.c_char.from_buffer(array.data)
        )  # faster than the array's own interface
    except (TypeError, ValueError):  # read-only, or empty
        if not array.flags.c_contiguous:
            raise
        where: int = array.__array_interface__["data"][0]
        return where


def contiguous(array: AnyArray, dtype: Any) -> AnyArray:
    """The array itself where it is contiguous and of a type, else a copy that is."""
    if array.dtype == dtype and array.flags.c_contiguous:
        return array
    return np.ascontiguousarray(array, dtype)
