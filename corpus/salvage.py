"""What is whole of a damaged archive? Every row that can be read and fits its digest goes to a new archive.

A damaged page makes SQLite stop in the middle of a table. So rows are read in runs by their number, and where
a run cannot be read, each row of it alone; what SQLite does not find is looked for page by page
(corpus.sqlite_pages). What cannot be read, or does not fit its digest, is listed. The numbers of changes,
versions and refusals stay. Heads and facts are made again. An article that was withdrawn
stays so even where the change that withdrew it is lost, as far as its head can be read.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from corpus.archive import Archive
from corpus.archive_errors import BROKEN_ROW, report_archive_errors
from corpus.archive_upgrade import FORMAT, OLDEST_FORMAT
from corpus.audit import Action, actor_of, add_audit
from corpus.data_folder import beside
from corpus.disk import check_space, make_folder, put_in_place, sync
from corpus.errors import OperatorError, UserError
from corpus.message import say
from corpus.salvage_fitting import Fitting
from corpus.salvage_tables import TABLES, TableRow
from corpus.sqlite_pages import format_of, leaf_rows

_WITH_GAPS = frozenset({"refusals"})
_COUNTED = ("changes", "refusals", "audit")  # of which SQLite keeps how many there ever were
_NO_ROW: tuple[object, ...] = ()
_RUN = 200  # rows that are read at once
_MOST_MISSES = 20_000  # numbers without a row after which a table of unknown length is taken to end


@dataclass
class Salvage:
    """What was saved and what was lost.

    Attributes:
        saved: rows by table.
        lost: table, number and reason of each row that could not be saved.
    """

    saved: dict[str, int] = field(default_factory=dict)
    lost: list[tuple[str, str, str]] = field(default_factory=list)


def salvage(
    source: Path, new: Path, before: Callable[[Salvage], None] = lambda _: None, actor: str = ""
) -> Salvage:
    """Saves what is whole of a damaged archive to a new one.

    It is filled under another name and takes its own when it is whole: a salvage that ends before leaves no
    archive, and is given again.

    Args:
        source: the archive's file.
        new: the file to make, which must not be there.
        before: called with what was saved and lost, before the new archive takes its name.
        actor: who salvages, for the audit log; empty: this process's user.

    Raises:
        UserError: there is a file already.
        OperatorError: there is too little room, or the new archive cannot be written.
    """
    draft = new.with_name(f"{new.name}.new")
    with report_archive_errors(new):
        if new.exists():
            raise UserError(say("{path}: there is an archive already; name a new folder", path=str(new)))
        make_folder(new.parent)
        for part in (draft, *beside(draft)):
            part.unlink(missing_ok=True)
    check_space(new.parent, source.stat().st_size)
    found = _fill(source, draft, actor_of(actor))
    before(found)
    with report_archive_errors(new):
        for part in beside(draft):
            part.unlink(missing_ok=True)
        sync(draft)
        put_in_place(draft, new)
    with suppress(OperatorError), Archive(new):  # leaves a WAL for those who may only read
        pass
    return found


def _fill(source: Path, draft: Path, actor: str) -> Salvage:
    with Archive(draft):
        pass
    with (
        report_archive_errors(source),
        closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as old,
        report_archive_errors(draft),
        closing(sqlite3.connect(draft, isolation_level=None)) as made,
    ):
        old.text_factory = _text
        made.execute("PRAGMA synchronous = FULL")
        made.execute("BEGIN")
        found = _Salvaging(source, old, made).run()
        told: dict[str, str | int] = {
            "from": str(source),
            "saved": sum(found.saved.values()),
            "lost": len(found.lost),
        }
        add_audit(made, actor, Action.SALVAGE, told)
        made.execute("COMMIT")
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return found


class _Salvaging:
    """One salvage: rows of the old connection go to the new one."""

    def __init__(self, source: Path, old: sqlite3.Connection, made: sqlite3.Connection) -> None:
        self._source = source
        self._old = old
        self._made = made
        self._format = format_of(source)
        if not OLDEST_FORMAT <= self._format < FORMAT:
            self._format = FORMAT  # also where the header is damaged
        self._without_end: list[str] = []
        self._saved: dict[str, int] = {}
        self._lost: dict[tuple[str, int], str] = {}

    def run(self) -> Salvage:
        changes, refusals = self._length("changes"), self._length("refusals")
        lengths = {"refusals": refusals, "resolutions": refusals, "archive": 1}
        lengths |= {"publishers": self._length("publishers"), "audit": self._length("audit")}
        self._made.execute("DELETE FROM archive")  # the new one has the old one's name
        for table in TABLES:
            for number, row in self._rows(table, lengths.get(table, changes)):
                self._take(table, number, row)
        if self._lost or None in {changes, refusals, lengths["audit"]}:
            self._take_from_pages()
        self._list_missing("changes", changes)
        self._list_missing("refusals", refusals)
        self._list_missing("audit", lengths["audit"])
        Fitting(self._old, self._made, self._lost).run(changes, lengths["audit"])
        self._note_unknown_ends()
        lost = sorted((table, str(number), why) for (table, number), why in self._lost.items())
        return Salvage(self._saved, lost)

    def _take(self, table: str, number: int, row: TableRow | str) -> None:
        """Puts a row into the new archive where it is proven; else it is lost, as far as is known yet."""
        fault = row if isinstance(row, str) else TABLES[table].fault_of(row)
        if not fault:
            columns = TABLES[table].inserted
            marks = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - of TABLES
            try:
                self._made.execute(statement, row if TABLES[table].is_numbered else (number, *row))
            except sqlite3.IntegrityError as error:
                fault = str(error)
        if fault:
            self._lost.setdefault((table, number), fault)
        else:
            self._lost.pop((table, number), None)
            self._saved[table] = self._saved.get(table, 0) + 1

    def _take_from_pages(self) -> None:
        """Takes what SQLite did not find: rows of pages, each of the table whose columns it has."""
        held = {
            table: {row[0] for row in self._made.execute(f"SELECT rowid FROM {table}")}  # noqa: S608 - of TABLES
            for table in TABLES
        }
        for number, values in leaf_rows(self._source):
            for table, about in TABLES.items():
                row = (number, *values[1:]) if about.is_numbered and values[:1] == (None,) else values
                row = about.filled(row)
                if number not in held[table] and about.is_like(row) and not about.fault_of(row):
                    self._take(table, number, row)
                    held[table].add(number)

    def _list_missing(self, table: str, length: int | None) -> None:
        """Lists the numbers that no row was found for.

        Numbers are given without a gap, but for those of refusals: a record that is refused again takes one
        and leaves it unused. Where SQLite finds such a table sound, its gaps are no loss.
        """
        if table in _WITH_GAPS and self._asked(f"PRAGMA integrity_check('{table}')") == ("ok",):
            return
        found = {row[0] for row in self._made.execute(f"SELECT rowid FROM {table}")}  # noqa: S608 - of TABLES
        for number in range(1, (length or max(found, default=0)) + 1):
            if number not in found:
                self._lost.setdefault((table, number), "not found")

    def _length(self, table: str) -> int | None:
        """The greatest number that a table ever had; None where that cannot be read."""
        if not TABLES[table].columns_in(self._format):
            return 0
        given = self._asked(f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'")  # noqa: S608 - of this file
        if given and isinstance(given[0], int):
            return given[0]
        last = self._asked(f"SELECT max(rowid) FROM {table}")  # noqa: S608 - the same
        if given is _NO_ROW and last == (None,):
            return 0  # it never had a row
        if table in _COUNTED:
            self._without_end.append(table)
        return last[0] if last and isinstance(last[0], int) else None

    def _asked(self, statement: str) -> tuple[object, ...] | None:
        """The first row of a statement on the old archive; None where it cannot be read."""
        try:
            row: tuple[object, ...] | None = self._old.execute(statement).fetchone()
        except sqlite3.Error:
            return None
        return _NO_ROW if row is None else row

    def _note_unknown_ends(self) -> None:
        """Says where rows may be missing behind the last one: nobody knows how many there were."""
        for table in self._without_end:
            found = self._made.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0]  # noqa: S608 - of TABLES
            self._lost[table, found + 1] = "perhaps lost: how many there were cannot be read"

    def _rows(self, table: str, length: int | None) -> Iterator[tuple[int, TableRow | str]]:
        """Each row that SQLite finds, with its number; a sentence in place of one that cannot be read."""
        first, misses = 1, 0
        if not TABLES[table].columns_in(self._format):
            return
        while (length is None and misses < _MOST_MISSES) or (length is not None and first <= length):
            numbers = range(first, min(first + _RUN, (length or first + _RUN) + 1))
            rows = self._run(table, numbers)
            if rows is None:
                rows = [(number, row) for number in numbers for row in self._alone(table, number)]
            misses = 0 if any(isinstance(row, tuple) for _, row in rows) else misses + _RUN
            yield from (one for one in rows if length is not None or isinstance(one[1], tuple))
            first += _RUN

    def _run(self, table: str, numbers: range) -> list[tuple[int, TableRow | str]] | None:
        """The rows of some numbers; None where they cannot be read together."""
        columns = ", ".join(TABLES[table].columns_in(self._format))
        statement = f"SELECT rowid, {columns} FROM {table} WHERE rowid BETWEEN ? AND ?"  # noqa: S608 - of TABLES
        try:
            rows = self._old.execute(statement, [numbers[0], numbers[-1]]).fetchall()
        except (sqlite3.Error, *BROKEN_ROW):
            return None
        return [(row[0], TABLES[table].filled(row[1:])) for row in rows]

    def _alone(self, table: str, number: int) -> list[TableRow | str]:
        """The row of a number, or the sentence that says why it cannot be read; empty where there is none."""
        columns = ", ".join(TABLES[table].columns_in(self._format))
        statement = f"SELECT {columns} FROM {table} WHERE rowid = ?"  # noqa: S608 - of TABLES
        try:
            return [TABLES[table].filled(row) for row in self._old.execute(statement, [number]).fetchall()]
        except (sqlite3.Error, *BROKEN_ROW) as error:
            return [f"cannot be read: {error}"]


def _text(data: bytes) -> str:
    """Text as it was written; what is no UTF-8 cannot be read."""
    return data.decode("utf-8")
