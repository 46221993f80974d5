"""How is a file read as a whole? Up to a limit, with the damage that it has."""

from dataclasses import dataclass

from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.input.compressed import DamagedError
from corpus.readers.input.encoding import read_text
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import SourceFile, Tally
from corpus.records import WHOLE, Refusal


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The bytes of a file, decompressed; ``damage`` says why they end too early, where they do."""

    raw: bytes
    damage: ImpossibleValueError | None


def whole_file(file: SourceFile, tally: Tally, limit: int) -> WholeFile:
    """The file's bytes.

    Raises:
        ImpossibleValueError: "too-large".
        OSError: the disk or the rights.
    """
    raw = bytearray()
    try:
        for piece in file.pieces(tally):
            raw += piece
            if len(raw) > limit:
                raise ImpossibleValueError(
                    "too-large",
                    say(
                        "the file holds more than {limit} bytes; split it, or make it JSON lines", limit=limit
                    ),
                )
    except DamagedError as error:
        message = say(
            "the compressed data is not whole after byte {offset} of the text ({problem}); what stood before"
            " is imported as far as it is whole, get the file again for the rest",
            offset=len(raw),
            problem=error.detail,
        )
        return WholeFile(bytes(raw), ImpossibleValueError(error.reason, message))
    return WholeFile(bytes(raw), None)


def whole_or_refused(file: SourceFile, tally: Tally, limit: int) -> bytes | Refusal:
    """The bytes of a file that is one record; or its refusal, where it is too large or not complete.

    Raises:
        OSError: the disk or the rights.
    """
    try:
        content = whole_file(file, tally, limit)
    except ImpossibleValueError as error:
        return refuse(file, WHOLE, error.reason, error.message)
    if content.damage:
        return refuse(file, WHOLE, content.damage.reason, content.damage.message, content.raw)
    return content.raw


def text_of_file(content: WholeFile, context: Context) -> str:
    """The file's decoded text; for a damaged file without a character that is cut at the end.

    Raises:
        ImpossibleValueError: the encoding cannot be read.
    """
    return read_text(content.raw, context, complete=content.damage is None).text
