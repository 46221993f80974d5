"""Are there too few open files, memory or threads for a command to run?

The limits are checked before libraries are loaded, because some of them end the process if they get no
memory. A shortage that occurs later raises an error of Python's, which ``scarcity`` recognises. Either way
one sentence is printed; finding it needs none of those libraries.
"""

import errno
import gettext
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import OperatorError
from corpus.message import Message, say
from search_app.settings import read_settings

LEAST_FILES = 32
LEAST_MEMORY = 256 * 1024 * 1024  # bytes of address space

_CATALOGUES = Path(__file__).parent.parent / "translations"
_FILES = frozenset({errno.EMFILE, errno.ENFILE})
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES, errno.EPERM, errno.EROFS})
_NO_MEMORY = ("cannot allocate memory", "failed to map", "can't start new thread")  # in errors of libraries


def check_limits() -> None:
    """Refuses limits of the process under which no command can run.

    Raises:
        OperatorError: the shell's ``ulimit`` allows fewer than LEAST_FILES files or less than LEAST_MEMORY.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= files < LEAST_FILES:
        raise OperatorError(_too_few_files())
    memory, _ = resource.getrlimit(resource.RLIMIT_AS)
    if 0 <= memory < LEAST_MEMORY:
        raise OperatorError(_too_little_memory())


def scarcity(error: BaseException) -> Message | None:
    """The message of the shortage that caused an error; None if the error has another cause."""
    for cause in _with_causes(error):
        text = str(cause).casefold()
        number = cause.errno if isinstance(cause, OSError) else None
        if number in _FILES or "too many open files" in text:
            return _too_few_files()
        is_memory = isinstance(cause, MemoryError) or number == errno.ENOMEM
        if is_memory or any(sign in text for sign in _NO_MEMORY):
            return _too_little_memory()
    return None


def disk_error(error: BaseException) -> Message | None:
    """The message of an error of the disk that no part of the program has told of; None for another error."""
    if not isinstance(error, OSError) or error.errno not in _DISK:
        return None
    return say(
        "{path}: the disk cannot be used: {error}; check its space and rights, then give the same command"
        " again. What was acknowledged is kept",
        path=str(error.filename or read_settings().data),
        error=os.strerror(error.errno or 0),
    )


def sentence_of(message: Message) -> str:
    """The message in the user's language; in English if the shortage prevents even the translation."""
    try:
        catalogue = gettext.translation("messages", _CATALOGUES, [read_settings().language], fallback=True)
    except (OSError, MemoryError):
        return str(message)
    return message.render(catalogue.gettext)


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """An error and the errors that it comes from, ten at most."""
    cause: BaseException | None = error
    for _ in range(10):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__


def _too_few_files() -> Message:
    return say(
        "Too few files may be open at once; raise the limit, as with: ulimit -n 1024, and give the same"
        " command again"
    )


def _too_little_memory() -> Message:
    return say(
        "There is too little memory; raise the limit, as with: ulimit -v unlimited, or close other programs,"
        " and give the same command again"
    )
