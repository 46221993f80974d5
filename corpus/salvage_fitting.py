"""How do the rows that were saved become an archive? Changes, versions and identities are made to fit again.

A change that does not fit its digest, or names another article than its version, is made again from that
version. A number whose change is lost keeps a change of no article, so that it is never given again; then the
chain of digests is made anew.
"""

import sqlite3

from corpus.archive_errors import BROKEN_ROW
from corpus.archive_upgrade import FORMAT, name_archive, rechain, seal
from corpus.audit import Action, insert_audit
from corpus.changes import HEADS_OF_CHANGES, ChangeKind
from corpus.derived_tables import make_facts
from corpus.digests import CHANGE_COLUMNS, DIGESTED, RECORD_COLUMNS, START, columns_of
from corpus.identity import make_identities
from corpus.moment import now
from corpus.proofs import Proof, prove_change, prove_row

Lost = dict[tuple[str, int], str]
"""Table and number of each row that is lost, and why."""

_WITHOUT_RAW = (
    "SELECT change, raw_sha256 FROM versions"
    " WHERE content != '' AND raw_sha256 NOT IN (SELECT sha256 FROM raws)"
)

_TAKE_RIGHTS = f"""
    INSERT OR IGNORE INTO rights ({DIGESTED["rights"]}, digest) SELECT ?, ?, ?, ?, ?
    WHERE EXISTS (SELECT 1 FROM publishers WHERE number = ?)
        AND EXISTS (SELECT 1 FROM changes WHERE number = ?)"""  # noqa: S608 - a constant


class Fitting:
    """Makes the rows of a new archive fit; adds to ``lost`` what cannot."""

    def __init__(self, old: sqlite3.Connection, made: sqlite3.Connection, lost: Lost) -> None:
        self._old = old
        self._made = made
        self._lost = lost

    def run(self, length: int | None, audited: int | None) -> None:
        """Makes everything fit.

        Args:
            length: the greatest number that a change had, if that is known.
            audited: the same of a row of the audit log.
        """
        self._drop_other_changes()
        self._drop_emptied()
        self._fit_changes()
        self._make_heads()
        self._take_identities()
        self._fill_gaps(length)
        self._take_rights()
        self._fill_audit(audited)
        self._check_provenance()
        rechain(self._made)
        self._name_archive()

    def _drop_other_changes(self) -> None:
        """Drops changes that are not what was written: they do not fit their digest, or their version."""
        before, expected = START, 1
        wrong: list[int] = []
        rows = self._made.execute(
            f"SELECT {columns_of('c', CHANGE_COLUMNS)}, c.digest, v.article_id FROM changes c"  # noqa: S608 - constants
            " LEFT JOIN versions v ON v.change = c.number ORDER BY c.number"
        )
        is_proven = True
        for *columns, digest, article_id in rows:
            number = columns[0]
            fits = bool(digest) and prove_change(before, digest, columns) is Proof.WHOLE
            judged = digest and is_proven and number == expected
            if article_id not in {None, columns[2]} or (judged and not fits):
                wrong.append(number)
            is_proven = fits or not digest
            before, expected = digest, number + 1
        for number in wrong:
            self._lost.setdefault(("changes", number), Proof.OTHER.value)
        self._drop("changes", f"number IN ({', '.join(map(str, wrong))})")

    def _drop_emptied(self) -> None:
        """Drops versions without a text that no saved change erased."""
        emptied = (
            "content = '' AND NOT EXISTS (SELECT 1 FROM changes e WHERE e.kind = 'erasure'"
            " AND e.article_id = versions.article_id"
            " AND coalesce(e.version, versions.version) = versions.version)"
        )
        for (change,) in self._made.execute(f"SELECT change FROM versions WHERE {emptied}").fetchall():  # noqa: S608 - a constant
            self._lost.setdefault(("versions", change), Proof.OTHER.value)
        self._drop("versions", emptied)

    def _check_provenance(self) -> None:
        """Lists versions whose provenance does not fit its digest; their text does, so they are kept."""
        columns = columns_of("v", RECORD_COLUMNS)
        rows = self._made.execute(
            f"SELECT v.change, c.record, {columns} FROM versions v JOIN changes c ON c.number = v.change"  # noqa: S608 - constants
            " WHERE v.content != ''"
        )
        for change, record, *version in rows:
            if prove_row("versions", record, version) is Proof.OTHER:
                self._lost["provenance", change] = "kept, but does not fit its digest"

    def _fit_changes(self) -> None:
        """Every version has its change, and every change of a version its version."""
        self._made.execute(
            "INSERT OR IGNORE INTO changes (number, kind, article_id, at, version, digest)"
            " SELECT change, 'version', article_id, imported_at, version, x'' FROM versions"
        )
        without = self._made.execute(
            "SELECT number FROM changes"
            " WHERE kind = 'version' AND number NOT IN (SELECT change FROM versions)"
        )
        for (number,) in without:
            self._lost.setdefault(("versions", number), "not found")
        self._drop("changes", "kind = 'version' AND number NOT IN (SELECT change FROM versions)")
        orphans = (
            "article_id != '' AND kind != 'erasure' AND article_id NOT IN (SELECT article_id FROM versions)"
        )
        for (number,) in self._made.execute(f"SELECT number FROM changes WHERE {orphans}").fetchall():  # noqa: S608 - constant
            self._lost.setdefault(("changes", number), "no version of its article is whole")
        self._drop("changes", orphans)
        self._drop("words", "change NOT IN (SELECT change FROM versions)")
        self._drop("resolutions", "refusal NOT IN (SELECT number FROM refusals)")
        for number, sha256 in self._made.execute(_WITHOUT_RAW):
            if self._had_raw(sha256):
                self._lost.setdefault(("raws", number), "the raw record of this version is not found")
        for number in [number for table, number in self._lost if table == "changes"]:
            if self._made.execute("SELECT 1 FROM changes WHERE number = ?", [number]).fetchone():
                del self._lost["changes", number]  # made again from its version
            else:
                self._lost.setdefault(("versions", number), "not found, or of another kind of change")
        others = {row[0] for row in self._made.execute("SELECT number FROM changes WHERE kind != 'version'")}
        for key in [key for key in self._lost if key[0] in {"versions", "words"} and key[1] in others]:
            del self._lost[key]  # a change of another kind never had such a row

    def _drop(self, table: str, which: str) -> None:
        """Deletes rows of the new archive, also of a table whose trigger keeps them."""
        trigger = f"{table}_remain"
        kept = self._made.execute("SELECT sql FROM sqlite_master WHERE name = ?", [trigger]).fetchone()
        self._made.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        self._made.execute(f"DELETE FROM {table} WHERE {which}")  # noqa: S608 - both from this file
        if kept:
            self._made.execute(kept[0])

    def _had_raw(self, sha256: str) -> bool:
        """Whether the old archive's index of raw records names this one, or cannot be read there."""
        try:
            return self._old.execute("SELECT 1 FROM raws WHERE sha256 = ?", [sha256]).fetchone() is not None
        except sqlite3.Error:
            return True

    def _take_identities(self) -> None:
        """Takes the old archive's identities; those of other articles are made of their versions."""
        try:
            rows = self._old.execute("SELECT publisher, local_id, article_id, digest FROM identities")
            for *columns, digest in rows:
                if prove_row("identities", digest, columns) is Proof.WHOLE:
                    self._made.execute(
                        "INSERT OR IGNORE INTO identities (publisher, local_id, article_id, digest)"
                        " SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM publishers WHERE number = ?)",
                        [*columns, digest, columns[0]],
                    )
        except (sqlite3.Error, *BROKEN_ROW):
            pass  # what was read until here is taken
        self._drop("identities", "article_id NOT IN (SELECT article_id FROM heads)")
        make_identities(self._made)

    def _fill_gaps(self, length: int | None) -> None:
        """Puts a change of no article under each number whose change is lost, so that none is given again."""
        found = {row[0] for row in self._made.execute("SELECT number FROM changes")}
        last = max(length or 0, max(found, default=0))
        for number in (number for number in range(1, last + 1) if number not in found):
            self._made.execute(
                "INSERT INTO changes (number, kind, article_id, at, digest) VALUES (?, ?, '', ?, x'')",
                (number, ChangeKind.LOST, now()),
            )
            if ("changes", number) not in self._lost:
                self._lost.setdefault(("versions", number), "not found, or of another kind of change")

    def _take_rights(self) -> None:
        """Takes the old archive's lines of rights; lists each that is lost, by the change that brought it."""
        try:
            for *columns, digest in self._old.execute(f"SELECT {DIGESTED['rights']}, digest FROM rights"):  # noqa: S608 - a constant
                if prove_row("rights", digest, columns) is Proof.WHOLE:
                    self._made.execute(_TAKE_RIGHTS, [*columns, digest, *columns[:2]])
        except (sqlite3.Error, *BROKEN_ROW):
            pass  # what was read until here is taken
        without = self._made.execute(
            "SELECT number FROM changes WHERE kind = ? AND number NOT IN (SELECT since FROM rights)",
            [ChangeKind.RIGHTS],
        )
        for (number,) in without:
            self._lost.setdefault(("rights", number), "not found, or does not fit its digest")

    def _fill_audit(self, length: int | None) -> None:
        """Puts a row that says so under each number of the audit log whose row is lost."""
        found = {row[0] for row in self._made.execute("SELECT number FROM audit")}
        for number in range(1, max(length or 0, max(found, default=0)) + 1):
            if number not in found:
                insert_audit(self._made, number, "", Action.LOST, {})

    def _name_archive(self) -> None:
        """Gives the new archive a name of its own where the old one's is lost."""
        if not self._made.execute("SELECT 1 FROM archive").fetchone():
            name_archive(self._made, {str(FORMAT): now()})
        seal(self._made)

    def _make_heads(self) -> None:
        """Makes heads and facts of what was saved."""
        self._made.execute(
            f"INSERT INTO heads (article_id, change, last_change, withdrawn) {HEADS_OF_CHANGES}"
        )
        for article_id in self._withdrawn_before():
            number = self._made.execute(
                "INSERT INTO changes (kind, article_id, note, at, digest)"
                " VALUES ('withdrawal', ?, 'salvage', ?, x'')",
                [article_id, now()],
            ).lastrowid
            self._made.execute(
                "UPDATE heads SET withdrawn = 1, last_change = ? WHERE article_id = ?", [number, article_id]
            )
        make_facts(self._made)

    def _withdrawn_before(self) -> list[str]:
        """Articles whose old head says withdrawn, and whose saved changes do not."""
        live = [row[0] for row in self._made.execute("SELECT article_id FROM heads WHERE NOT withdrawn")]
        return [article_id for article_id in live if self._was_withdrawn(article_id)]

    def _was_withdrawn(self, article_id: str) -> bool:
        try:
            row = self._old.execute(
                "SELECT withdrawn FROM heads WHERE article_id = ?", [article_id]
            ).fetchone()
        except sqlite3.Error:
            return False
        return bool(row and row[0] == 1)
