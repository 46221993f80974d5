"""How is a record refused? With its place, its bytes and a sentence with the remedy."""

import errno
import hashlib

from corpus.message import Message, say
from corpus.readers.input.compressed import DamagedError
from corpus.readers.input.source_file import SourceFile
from corpus.records import MAX_RAW_BYTES, WHOLE, Refusal

_NOT_THE_FILES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
NO_RECORDS = say("the file holds no record; check that it was written whole, and import it again")


def refuse(file: SourceFile, place: str, reason: str, message: Message, raw: bytes = b"") -> Refusal:
    """A refusal of ``raw``; empty where it is a whole file of which no bytes are stored."""
    return Refusal(
        file=file.name,
        place=place,
        reason=reason,
        message=message,
        raw=raw[:MAX_RAW_BYTES],
        raw_sha256=hashlib.sha256(raw).hexdigest(),
    )


def no_records(file: SourceFile) -> Refusal:
    """The refusal of a file without records."""
    return refuse(file, WHOLE, "no-records", NO_RECORDS)


def damaged(file: SourceFile, error: DamagedError, place: str = WHOLE, raw: bytes = b"") -> Refusal:
    """The refusal of the rest of a file that is damaged."""
    message = say(
        "the file's data are not whole ({problem}); what stood before is imported, get the file again for the"
        " rest",
        problem=error.detail,
    )
    return refuse(file, place, error.reason, message, raw)


def too_large(file: SourceFile, place: str, count: int, limit: int, raw: bytes) -> Refusal:
    """The refusal of a record that is too large."""
    message = say(
        "the record has {count} bytes; the limit is {limit}: split it into articles", count=count, limit=limit
    )
    return refuse(file, place, "record-too-large", message, raw)


def unreadable(file: SourceFile, error: OSError) -> Refusal:
    """The refusal of a file or folder that cannot be read.

    Raises:
        OSError: the program itself can open no more files, or has no memory.
    """
    if error.errno in _NOT_THE_FILES:
        raise error
    message = say(
        "it cannot be read: {error}; give the right to read it, or check the disk, and import it again",
        error=error.strerror or str(error) or type(error).__name__,
    )
    return refuse(file, WHOLE, "unreadable", message)


def leads_outside(file: SourceFile) -> Refusal:
    """The refusal of a link in a folder to a file outside it."""
    message = say(
        "it is a link to a file outside the folder, and not followed; give that file's own path, or say"
        " --follow"
    )
    return refuse(file, WHOLE, "link-outside", message)


def unknown_format(file: SourceFile, names: str) -> Refusal:
    """The refusal of a file that no reader recognises."""
    message = say(
        "no reader knows this file; the readers are {names}: force one with --format NAME", names=names
    )
    return refuse(file, WHOLE, "unknown-format", message)
