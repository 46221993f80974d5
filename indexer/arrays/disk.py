"""How are errors of the disk and damaged files of an index reported, and its small files read?"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import OperatorError
from corpus.message import say
from indexer.arrays.file import DamagedFileError


@contextmanager
def report_disk_errors(root: Path, but: type[Exception] | tuple[()] = ()) -> Iterator[None]:
    """Raises OperatorError for errors of the disk and for damaged files.

    Args:
        but: an error that the caller takes as it is.
    """
    try:
        yield
    except but:
        raise
    except DamagedFileError as error:
        raise OperatorError(
            say(
                "{path}: the index is damaged ({error}); make it again with: khobao rebuild",
                path=str(root),
                error=str(error),
            )
        ) from error
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
    """The JSON object of a small file.

    Raises:
        DamagedFileError: the file holds anything else.
        FileNotFoundError: there is none.
    """
    try:
        said = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(f"{path.name}: {error}") from error
    if not isinstance(said, dict):
        raise DamagedFileError(f"{path.name}: it holds no object")
    return said
