"""What may be done with a source's articles, and since which change? Said once for each publisher.

What was said before stays in the archive. Whoever says the same again changes nothing; an empty line takes
back what was said.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.archive_errors import report_broken_rows
from corpus.archive_reader import ArchiveReader
from corpus.article import Article
from corpus.audit import Action, add_audit
from corpus.changes import ChangeKind
from corpus.digests import DIGESTED, columns_of, digest_of
from corpus.identity import publisher_number
from corpus.proofs import Proof, prove_row
from corpus.publishers import Publication, publisher_of
from corpus.storing import add_change

_COLUMNS = columns_of("r", DIGESTED["rights"])
_KEYS = 500  # below SQLite's smallest limit of 999 values a statement


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be done with the articles of a source.

    Attributes:
        statement: the line for people; empty where nothing is said.
        licence: its address; empty where there is none.
    """

    statement: str = ""
    licence: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.statement)

    @property
    def text(self) -> str:
        """Both on one line.

        >>> Rights("© Báo Xóm", "https://xom.example/quyen").text
        '© Báo Xóm <https://xom.example/quyen>'
        """
        return f"{self.statement} <{self.licence}>" if self.licence else self.statement


UNSAID = Rights()


def add_rights(writer: sqlite3.Connection, publisher: Publication, rights: Rights, actor: str) -> int | None:
    """Says what may be done with a publisher's articles, within a transaction; the change, None: said before.

    Args:
        actor: who says it.
    """
    row = writer.execute(
        "SELECT r.statement, r.uri FROM publishers p JOIN rights r ON r.publisher = p.number"
        " WHERE p.key = ? ORDER BY r.since DESC LIMIT 1",
        (publisher.key,),
    ).fetchone()
    if rights == (Rights(*row) if row else UNSAID):
        return None
    number = publisher_number(writer, publisher)
    change = add_change(writer, ChangeKind.RIGHTS, "", note=publisher.key, actor=actor)
    columns = (number, change, rights.statement, rights.licence)
    writer.execute(
        f"INSERT INTO rights ({DIGESTED['rights']}, digest) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        (*columns, digest_of("rights", columns)),
    )
    detail = {"source": publisher.name, "rights": rights.statement, "licence": rights.licence}
    add_audit(writer, actor, Action.RIGHTS, {**detail, "change": change})
    return change


def rights_of(archive: ArchiveReader, article: Article) -> Rights:
    """What may be done with an article.

    Raises:
        OperatorError: the archive cannot be read.
    """
    return next(iter(rights_of_all(archive, [article])))


def rights_of_all(archive: ArchiveReader, articles: Iterable[Article]) -> list[Rights]:
    """The same of several articles, in their order."""
    wanted = list(articles)
    keys = {publisher.key for one in wanted if (publisher := publisher_of(one))}
    known = rights_by_key(archive, sorted(keys))
    return [known_rights(known, one) for one in wanted]


def known_rights(known: Mapping[str, Rights], article: Article) -> Rights:
    """What may be done with an article, by what is said of publishers by key."""
    publisher = publisher_of(article) if known else None
    return known.get(publisher.key, UNSAID) if publisher else UNSAID


def rights_by_key(archive: ArchiveReader, keys: Sequence[str]) -> dict[str, Rights]:
    """What is said of some publishers, by key; those of whom nothing is said are left out."""
    found: dict[str, Rights] = {}
    for start in range(0, len(keys), _KEYS):
        batch = keys[start : start + _KEYS]
        found |= _said(archive, f"WHERE p.key IN ({','.join('?' * len(batch))})", batch)
    return found


def all_rights(archive: ArchiveReader, number: int | None = None) -> dict[str, Rights]:
    """The same of all publishers, as it was said at a change of the archive; None: as it is said now."""
    return _said(archive, "WHERE r.since <= ?", (archive.number if number is None else number,))


def last_set(archive: ArchiveReader, number: int) -> dict[str, int]:
    """By key, the last change up to a number that said what may be done with a publisher's articles."""
    rows = archive.rows(
        "SELECT p.key, max(r.since) FROM publishers p JOIN rights r ON r.publisher = p.number"
        " WHERE r.since <= ? GROUP BY p.key",
        [number],
    )
    return dict(rows)


def _said(archive: ArchiveReader, which: str, values: Sequence[str | int]) -> dict[str, Rights]:
    rows = archive.rows(
        f"SELECT p.key, r.digest, {_COLUMNS} FROM publishers p JOIN rights r ON r.publisher = p.number"  # noqa: S608 - constants and marks
        f" {which} ORDER BY r.since",
        values,
    )
    found: dict[str, Rights] = {}
    for key, digest, *columns in rows:
        with report_broken_rows(archive.path):
            if prove_row("rights", digest, columns) is not Proof.WHOLE:
                raise ValueError(f"rights: the row {columns[0]}, {columns[1]} does not fit its digest")
        found[key] = Rights(columns[2], columns[3])
    return {key: rights for key, rights in found.items() if rights}
