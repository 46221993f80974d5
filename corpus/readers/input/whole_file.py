"""How is a file read that must be held whole? Up to a limit, as text, with what damage it has."""

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
    """The bytes of a file, decompressed; ``damage`` says why they end too early."""

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
    """The bytes of a file that is one record, or its refusal: too large, or not whole.

    Raises:
        OSError: the disk or the rights.
    """
    try:
        found = whole_file(file, tally, limit)
    except ImpossibleValueError as error:
        return refuse(file, WHOLE, error.reason, error.message)
    if found.damage:
        return refuse(file, WHOLE, found.damage.reason, found.damage.message, found.raw)
    return found.raw


def text_of_file(found: WholeFile, context: Context) -> str:
    """The file's text as it was meant; of a damaged file what stands before a character cut in two.

    Raises:
        ImpossibleValueError: the encoding cannot be read.
    """
    return read_text(found.raw, context, complete=found.damage is None).text
