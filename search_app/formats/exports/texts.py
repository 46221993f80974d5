"""How do the texts of articles stand in a zip? A file of plain text each, and a table of them.

The zip is written while it is read: no byte of it waits for its end but the list of its files.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote

from corpus.article import Article
from search_app.answer.exporting.rows import ExportRow
from search_app.formats.exports.columns import COLUMNS, USUAL, Addresses
from search_app.formats.table import Table, csv_lines

_LONGEST = 80  # characters of an id in a file's name: its number tells ids apart whose beginnings are one
TABLE = "articles.csv"
"""The file in the zip with a row for each text."""

TEXTS = "texts/"
"""The folder of the texts."""

_FIRST_YEAR = 1980


Moment = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second of the files in a zip."""


class ZipPieces:
    """A zip that is read piece by piece while files are added to it.

    Args:
        moment: of every file: the same files make the same bytes on any day.
    """

    def __init__(self, moment: Moment) -> None:
        self._out = _Waiting()
        self._zip = zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED)
        self._moment = moment

    def add(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Adds a file, and yields what of the zip is ready."""
        entry = zipfile.ZipInfo(name, self._moment)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        with self._zip.open(entry, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                yield from self._out.taken()
        yield from self._out.taken()

    def end(self) -> Iterator[bytes]:
        """Ends the zip, and yields its last bytes."""
        self._zip.close()
        yield from self._out.taken()


class _Waiting(io.RawIOBase):
    """What was written and not taken yet; it cannot go back, so that the zip does not."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # bytes alone come
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        """What is waiting, as one piece; none where nothing is."""
        data = b"".join(self._parts)
        self._parts.clear()
        if data:
            yield data


def zipped_texts(rows: Iterable[ExportRow], addresses: Addresses) -> Iterator[bytes]:
    """The zip, piece by piece."""
    pieces = ZipPieces(moment_of(addresses.seen_on))
    lines = ["".join(csv_lines(Table(("text", *USUAL), ())))]
    for row in rows:
        name = text_name(row)
        yield from pieces.add(name, [plain_text(row.archived.article).encode()])
        cells = (name, *(COLUMNS[column].cell(row, addresses) for column in USUAL))
        lines.append("".join(csv_lines(Table((), [cells]))).partition("\r\n")[2])
    yield from pieces.add(TABLE, (line.encode() for line in lines))
    yield from pieces.end()


def moment_of(day: date) -> Moment:
    """The beginning of a day, as a zip has it, whose years begin with 1980."""
    return max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0


def text_name(row: ExportRow) -> str:
    """The name of a text's file: its rank and the article's id, in letters that every system takes."""
    name = quote(row.archived.article.id, safe="")[:_LONGEST].replace("%", "_")
    return f"{TEXTS}{row.rank:07}_{name}.txt"


def plain_text(article: Article) -> str:
    """The words of an article alone: title, lede, paragraphs and captions, an empty line between two."""
    parts = (article.title, article.lede, *(one.text for one in article.body()))
    return "\n\n".join(filter(None, parts)) + "\n"
