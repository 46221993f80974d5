"""How are errors of the disk reported, and the small files of an index written and read?

A small file is a JSON object whose last member is the CRC-32 of the others. It is written in one form alone,
so that each of its bytes is proven by writing it again and comparing. Those of earlier versions have no
checksum.
"""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.disk import replace_file
from corpus.errors import OperatorError
from corpus.message import say
from indexer.arrays.damage import DamagedFileError

_CHECKSUM = "checksum"


@contextmanager
def report_disk_errors(root: Path) -> Iterator[None]:
    """Raises OperatorError for errors of the disk."""
    try:
        yield
    except FileNotFoundError as error:
        raise OperatorError(
            say(
                "{path}: the index lacks a file ({error}); make it again with: khobao rebuild",
                path=str(root),
                error=str(error),
            )
        ) from error
    except OSError as error:
        raise OperatorError(
            say(
                "{path}: the index cannot be used: {error}. Check the disk's space and rights, then give the"
                " same command again; the archive is whole",
                path=str(root),
                error=str(error),
            )
        ) from error


def read_object(path: Path) -> dict[str, object]:
    """The JSON object of a small file, without its checksum.

    Raises:
        DamagedFileError: the file holds anything else, or is not what was written.
        FileNotFoundError: there is none.
    """
    data = path.read_bytes()
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(path, str(error)) from error
    if not isinstance(said, dict):
        raise DamagedFileError(path, "it holds no object")
    if said.pop(_CHECKSUM, None) is not None and data != _checked(said):
        raise DamagedFileError(path, "it does not fit its checksum")
    return said


def replace_object(path: Path, content: dict[str, object]) -> None:
    """Replaces a small file, once the new one is on disk."""
    replace_file(path, _checked(content))


def _checked(content: dict[str, object]) -> bytes:
    checksum = zlib.crc32(json.dumps(content).encode())
    return json.dumps(content | {_CHECKSUM: checksum}).encode()
