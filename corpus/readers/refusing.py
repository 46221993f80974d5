"""How is a record refused? With its place, its bytes and a sentence that says how to mend it."""

import hashlib

from corpus.message import Message
from corpus.readers.source_file import SourceFile
from corpus.records import MAX_RAW_BYTES, Refusal


def refuse(file: SourceFile, place: str, reason: str, message: Message, raw: bytes = b"") -> Refusal:
    """A refusal of ``raw``; empty bytes where the record is a file that nothing is kept of."""
    return Refusal(
        file=file.name,
        place=place,
        reason=reason,
        message=message,
        raw=raw[:MAX_RAW_BYTES],
        raw_sha256=hashlib.sha256(raw).hexdigest(),
    )
