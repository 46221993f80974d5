"""Is there too little for the command to run in: open files, memory, threads? One sentence says so.

Asked before the libraries are loaded, some of which end the process where they find no memory; what is
short later raises an error of Python's, which is known here. The sentence is found without those libraries.
"""

import errno
import gettext
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
_NO_MEMORY = ("cannot allocate memory", "failed to map", "can't start new thread")  # of libraries and threads


def check_limits() -> None:
    """Refuses limits under which nothing can run.

    Raises:
        OperatorError: too few files, or too little memory, as the shell's ``ulimit`` says.
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
    """What was short, where that is what an error comes from; None where it is another."""
    for one in _with_causes(error):
        text = str(one).casefold()
        if (isinstance(one, OSError) and one.errno in _FILES) or "too many open files" in text:
            return _too_few_files()
        is_memory = isinstance(one, MemoryError) or (isinstance(one, OSError) and one.errno == errno.ENOMEM)
        if is_memory or any(sign in text for sign in _NO_MEMORY):
            return _too_little_memory()
    return None


def sentence_of(message: Message) -> str:
    """The message in the person's language; in English where there is too little even to look it up."""
    try:
        found = gettext.translation("messages", _CATALOGUES, [read_settings().language], fallback=True)
    except (OSError, MemoryError):
        return str(message)
    return message.render(found.gettext)


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    for _ in range(10):
        if found is None:
            return
        yield found
        found = found.__cause__ or found.__context__


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
