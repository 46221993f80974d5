"""How is a file of queries read, a line each?"""

from pathlib import Path

from corpus.errors import UserError
from corpus.message import say


def query_lines(path: Path) -> list[str]:
    """The lines of a file that are not empty.

    Raises:
        UserError: it cannot be read.
    """
    try:
        return [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except FileNotFoundError as error:
        raise UserError(
            say("{path}: there is no such file or folder; check the path", path=str(path))
        ) from error
    except UnicodeDecodeError as error:
        raise UserError(
            say("{path}: the queries are not text in UTF-8; save the file as UTF-8", path=str(path))
        ) from error
    except OSError as error:
        said = error.strerror or str(error)
        raise UserError(
            say("{path}: the queries cannot be read: {error}", path=str(path), error=said)
        ) from error
