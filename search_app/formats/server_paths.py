"""What of a path of this machine is shown over HTTP? The name of the file alone, and the place in it.

Where a file lay when it was imported, and where the archive lies, is the operator's: the command line shows
whole paths, no other interface does.
"""

from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus.message import Message
from corpus.readers.input.source_file import MEMBER
from corpus.readers.registry import split_member

_BEFORE_A_PATH = " '\"“(:="


def file_name(file: str) -> str:
    """The name of an imported file, with the member of an archive that it was read from.

    Args:
        file: as in :class:`~corpus.article.Provenance`.

    >>> file_name("/home/an/kho/bao-2013.jsonl.xz"), file_name("kho/2013.zip!05/a.html"), file_name("a.txt")
    ('bao-2013.jsonl.xz', '2013.zip!05/a.html', 'a.txt')
    """
    on_disk, member = split_member(file)
    name = PurePosixPath(on_disk).name
    return f"{name}{MEMBER}{member}" if member else name


def without_folder(message: Message, folder: Path) -> Message:
    """The message with paths below a folder written from the folder on.

    >>> message = Message("{path}: {error}", {"path": "/srv/kho/index", "error": "[2] '/srv/kho/index/a'"})
    >>> str(without_folder(message, Path("/srv/kho")))
    "index: [2] 'index/a'"
    """
    folders = sorted({str(folder), str(folder.absolute()), str(folder.resolve())}, key=len, reverse=True)
    values = {
        name: _without(value, folders) if isinstance(value, str) else value
        for name, value in message.values.items()
    }
    return replace(message, values=values)


def _without(text: str, folders: list[str]) -> str:
    text = f" {text}"
    for folder in folders:
        name = PurePosixPath(folder).name
        if name in {"", ".."}:  # "." and "/": nothing stands before it that could be left out
            continue
        for mark in _BEFORE_A_PATH:
            text = text.replace(f"{mark}{folder}/", mark).replace(f"{mark}{folder}", f"{mark}{name}")
    return text[1:]
