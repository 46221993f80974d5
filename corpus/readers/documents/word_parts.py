"""How large is a Word document, unpacked? Its parts are measured in a stream, before any is held in memory.

A kilobyte can hold a million empty paragraphs, each of which takes a hundred bytes of memory: the number of
elements and attributes matters, not the size of the parts.
"""

import io
import zipfile

from corpus.errors import ImpossibleValueError
from corpus.message import say
from corpus.readers.containers.zip import directory_bytes

MAX_UNPACKED_BYTES = 256 * 1024 * 1024  # of all parts, which are held in memory
MAX_MARKS = 3_000_000  # brackets and equals signs in the XML: a measure of its elements and attributes
_MAX_XML_BYTES = 64 * 1024 * 1024  # of one part
_MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
_PIECE_BYTES = 64 * 1024
_XML = (".xml", ".rels")


def check_parts(raw: bytes) -> None:
    """Refuses a document that is too large when unpacked.

    Raises:
        ImpossibleValueError: "too-large".
        zipfile.BadZipFile and other exceptions of zipfile: it is no zip.
    """
    if directory_bytes(io.BytesIO(raw)) > _MAX_DIRECTORY_BYTES:
        raise _too_large(_MAX_DIRECTORY_BYTES)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        infos = parts.infolist()
        if (size := sum(part.file_size for part in infos)) > MAX_UNPACKED_BYTES:
            raise _too_large(size)
        marks = 0
        for part in infos:
            if not part.filename.lower().endswith(_XML):
                continue
            if part.file_size > _MAX_XML_BYTES:
                raise _too_large(part.file_size)
            marks = _marks(parts, part, marks)


def _marks(parts: zipfile.ZipFile, part: zipfile.ZipInfo, marks: int) -> int:
    """The number of marks in a part, plus ``marks``, those before it.

    Raises:
        ImpossibleValueError: "too-large": more than a document of a million characters has.
    """
    with parts.open(part) as stream:
        while piece := stream.read(_PIECE_BYTES):
            marks += piece.count(b"<") + piece.count(b"=")
            if marks > MAX_MARKS:
                raise ImpossibleValueError(
                    "too-large",
                    say(
                        "the document has more than {count} elements and attributes; save its text alone",
                        count=MAX_MARKS,
                    ),
                )
    return marks


def _too_large(size: int) -> ImpossibleValueError:
    return ImpossibleValueError(
        "too-large", say("the document unpacks to {count} bytes; save its text alone", count=size)
    )
