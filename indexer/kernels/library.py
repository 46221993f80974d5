"""Is there a compiled library of the loops, made from this source? If not, numpy does the same.

The library is one file beside this module, named after the digest of its source, so that one made from
another source is never loaded. It is reached with ctypes and knows nothing of Python: one file serves every
CPython. The variable KHOBAO_KERNELS_IN names another folder for it.
"""

import ctypes
import hashlib
import os
import sys
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

SWITCH = "KHOBAO_KERNELS"
"""The environment variable; with the value ``numpy`` the library is left alone."""

FOLDER = Path(os.environ.get("KHOBAO_KERNELS_IN") or Path(__file__).parent / "compiled")
_SUFFIX = "dll" if sys.platform == "win32" else "so"

AnyArray = npt.NDArray[Any]


@cache
def source() -> bytes:
    """The source of the library."""
    return resources.files("indexer.kernels").joinpath("kernels.c").read_bytes()


def version() -> int:
    """A number of the source, which the library gives back: 63 bits of its digest."""
    return int.from_bytes(hashlib.sha256(source()).digest()[:8], "big") >> 1


def library_path() -> Path:
    """Where the library of this source is, or would be."""
    return FOLDER / f"kernels-{version():016x}.{_SUFFIX}"


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


def function(name: str, parameters: str) -> Any:
    """A function of the library that gives back a number; None where there is no library.

    Args:
        parameters: a letter for each: ``a`` for an address, ``n`` for a number, ``d`` for a float.
    """
    loaded = library()
    if loaded is None:
        return None
    found = getattr(loaded, name)
    kinds = {"a": ctypes.c_void_p, "n": ctypes.c_int64, "d": ctypes.c_double}
    found.argtypes = [kinds[letter] for letter in parameters]
    found.restype = ctypes.c_int64
    return found


def address(array: AnyArray) -> int:
    """Where the values of a contiguous array lie; the caller keeps the array as long as that is used."""
    try:
        return ctypes.addressof(
            ctypes.c_char.from_buffer(array.data)
        )  # faster than the array's own interface
    except (TypeError, ValueError):  # read-only, or empty
        where: int = array.__array_interface__["data"][0]
        return where


def contiguous(array: AnyArray, dtype: Any) -> AnyArray:
    """The array itself where it is contiguous and of a type, else a copy that is."""
    if array.dtype == dtype and array.flags.c_contiguous:
        return array
    return np.ascontiguousarray(array, dtype)
