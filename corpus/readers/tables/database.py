"""How does an SQLite database become articles? One article per row of a table or of a query.

Without ``--table`` and ``--query`` every table is read that has columns for a title and a text. The file is
opened read-only and immutable, so that no file beside it is made or changed. Its views and functions are not
run.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from urllib.parse import quote

from corpus.article import Article
from corpus.context import Context
from corpus.errors import ImpossibleValueError
from corpus.message import Message, say
from corpus.readers.input.encoding import text_of
from corpus.readers.input.look import Look
from corpus.readers.input.refusing import refuse
from corpus.readers.input.source_file import MAX_SEEKABLE_BYTES, SourceFile, Tally
from corpus.readers.records.field_map import FieldMap
from corpus.readers.records.json_values import decode_json
from corpus.readers.records.maker import RecordMaker, article_of_value
from corpus.readers.records.options import ImportOptions
from corpus.readers.tables.column_names import distinct
from corpus.records import WHOLE, Record

NAME, VERSION = "sqlite", 4
SUFFIXES = frozenset({".sqlite", ".sqlite3", ".db", ".db3"})
MAX_VALUE_BYTES = 16 * 1024 * 1024

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)


_Row = tuple[object, ...]


class _Text(bytes):
    """The bytes of a value of type TEXT; plain ``bytes`` are a BLOB."""

    __slots__ = ()


def knows(look: Look) -> bool:
    """Whether the content begins like a database."""
    return look.first.startswith(_MAGIC)


def read(file: SourceFile, options: ImportOptions, tally: Tally) -> Iterator[Record]:
    """The records of a database.

    Raises:
        OSError, DamagedError, TooMuchError: as ``SourceFile.pieces``.
    """
    try:
        with closing(_opened(file, tally)) as database:
            for place, query in _queries(database, options):
                yield from _rows(file, database, (place, query), options, tally)
    except ImpossibleValueError as error:
        yield refuse(file, WHOLE, error.reason, error.message)
    except (sqlite3.Error, UnicodeError) as error:  # a name that is not UTF-8 is a UnicodeError
        message = say("SQLite cannot read on: {error}; what stood before is imported", error=str(error))
        yield refuse(file, WHOLE, "bad-database", message)


def article(raw: bytes, context: Context) -> Article:
    """The article of a row, which is stored as JSON.

    Raises:
        ImpossibleValueError: the row is no article.
    """
    return article_of_value(decode_json(raw.decode())[0], context)


def _opened(file: SourceFile, tally: Tally) -> sqlite3.Connection:
    """Opens the database, in place or in memory, with an authoriser that only allows reading.

    Raises:
        ImpossibleValueError: "too-large", "bad-database" where it is shorter than a database's header, or
            "unfinished" where changes wait in a file beside it.
    """
    path = file.path
    if path and _is_plain(path):
        _check_header(path.stat().st_size)
        _check_finished(path)
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True)
    else:
        with file.seekable(tally, MAX_SEEKABLE_BYTES) as stream:
            database = _from_memory(stream.read(MAX_SEEKABLE_BYTES))
    database.text_factory = _Text
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
    database.execute("PRAGMA trusted_schema = OFF")
    database.set_authorizer(_authorise)
    return database


def _from_memory(data: bytes) -> sqlite3.Connection:
    """The database of these bytes.

    Raises:
        ImpossibleValueError: "bad-database".
        sqlite3.Error: they cannot be held.
    """
    _check_header(len(data))
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(data)
    except BaseException:
        database.close()
        raise
    return database


def _is_plain(path: Path) -> bool:
    with path.open("rb") as raw:
        return raw.read(len(_MAGIC)) == _MAGIC


def _check_header(count: int) -> None:
    """Refuses a file that is too short, which SQLite takes for a database, or for a lack of memory."""
    if count < _HEADER_BYTES:
        raise ImpossibleValueError(
            "bad-database",
            say(
                "the file has {count} bytes, and a database's header alone has {header}; get the file again",
                count=count,
                header=_HEADER_BYTES,
            ),
        )


def _check_finished(path: Path) -> None:
    beside = path.with_name(path.name + "-wal")
    if beside.exists() and beside.stat().st_size:
        raise ImpossibleValueError(
            "unfinished",
            say(
                "changes of this database wait in {name}; close what writes it, or run: sqlite3 FILE"
                " 'PRAGMA wal_checkpoint(TRUNCATE)'",
                name=beside.name,
            ),
        )


def _authorise(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _queries(database: sqlite3.Connection, options: ImportOptions) -> list[tuple[str, str]]:
    """The queries to run, each with the name that the places of its rows begin with.

    Raises:
        ImpossibleValueError: "no-table".
    """
    if options.query:
        return [("query", options.query)]
    names = [
        bytes(name).decode("utf-8", "surrogateescape")
        for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
    ]
    if options.table:
        chosen = [name for name in names if name == options.table]
    else:
        named = {name: _named_fields(database, name, options.fields) for name in names}
        texts = frozenset({"paragraphs", "lede"})
        chosen = [name for name, taken in named.items() if "title" in taken and taken & texts]
        chosen = chosen or [name for name, taken in named.items() if "paragraphs" in taken]  # untitled
    if not chosen:
        shown = ", ".join(names)[:300].encode("utf-8", "backslashreplace").decode()
        raise ImpossibleValueError(
            "no-table",
            say(
                "no table {wanted} names a title and a text; the tables are: {names}. Say --table NAME, and"
                " --map title=COLUMN",
                wanted=options.table,
                names=shown,
            ),
        )
    return [(f"table {name}", f"SELECT * FROM {_quoted(name)}") for name in chosen]  # noqa: S608 - quoted


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _named_fields(database: sqlite3.Connection, table: str, fields: FieldMap) -> frozenset[str]:
    """Our names of the fields of an article that a table's columns name."""
    try:
        columns = _columns(database.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0"))  # noqa: S608 - quoted
    except (sqlite3.Error, UnicodeError):  # a virtual table of an unknown kind, or a name that is not UTF-8
        return frozenset()
    return frozenset(fields.sort(dict.fromkeys(columns, "x")).taken)


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    return distinct(_names(cursor))


def _rows(
    file: SourceFile,
    database: sqlite3.Connection,
    asked: tuple[str, str],
    options: ImportOptions,
    tally: Tally,
) -> Iterator[Record]:
    place, query = asked
    context = options.context(file)
    maker = RecordMaker(file, options, tally, (NAME, VERSION))
    columns: tuple[str, ...] = ()
    for number, (names, row) in enumerate(_asked(database, query), 1):
        where = f"{place} row {number}".encode("utf-8", "backslashreplace").decode()
        if row is None:
            tally.unpacked(MAX_VALUE_BYTES)  # to continue behind it, all rows before it are read again
            yield refuse(file, where, "record-too-large", _too_large_value())
            continue
        columns = columns or distinct(names)
        try:
            value = dict(zip(columns, (_value(part, context) for part in row), strict=True))
        except ImpossibleValueError as error:
            kept = b"\n".join(part for part in row if isinstance(part, _Text))
            tally.unpacked(len(kept))
            yield refuse(file, where, error.reason, error.message, kept)
            continue
        raw = json.dumps(value, ensure_ascii=False).encode()
        tally.unpacked(len(raw))  # pages that point at each other make a small file endless
        yield maker.record(where, raw, partial(dict, value), context)


def _asked(database: sqlite3.Connection, query: str) -> Iterator[tuple[list[str], _Row | None]]:
    """The names of the columns, and each row; None in place of a row with a value that is too large."""
    statement = f"SELECT * FROM ({query.rstrip().rstrip(';')}\n) LIMIT ? OFFSET ?"  # noqa: S608 - the same query
    done = 0
    while True:
        try:
            cursor = database.execute(statement, (-1, done)) if done else database.execute(query)
            names = _names(cursor)
            for row in cursor:
                done += 1
                yield names, row
        except sqlite3.DataError as error:
            _check_too_large(error)
            # Python fetches one row ahead: the row that failed may be the next one, or the one after.
            yield _alone(database, statement, done)
            done += 1
        else:
            return


def _alone(database: sqlite3.Connection, statement: str, done: int) -> tuple[list[str], _Row | None]:
    try:
        cursor = database.execute(statement, (1, done))
        row: _Row | None = next(cursor, None)
    except sqlite3.DataError as error:
        _check_too_large(error)
        return [], None
    return _names(cursor), row


def _check_too_large(error: sqlite3.DataError) -> None:
    if error.sqlite_errorcode != sqlite3.SQLITE_TOOBIG:
        raise error


def _names(cursor: sqlite3.Cursor) -> list[str]:
    return [str(column[0]) for column in cursor.description or ()]


def _too_large_value() -> Message:
    return say(
        "the row holds a value of more than {limit} bytes; to leave it out, name the other columns:"
        " --query 'SELECT … FROM …'",
        limit=MAX_VALUE_BYTES,
    )


def _value(part: object, context: Context) -> object:
    """A value for JSON; bytes, which are no text, only as a mark that they are there."""
    if isinstance(part, _Text):
        return text_of(part, context)
    return {"bytes": len(part)} if isinstance(part, bytes) else part
