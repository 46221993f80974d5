"""Which changes has the archive, the newest first, with those of one command, kind and minute as one?

An import of 500 articles within a minute is one run of changes. A run is found by its ends: its rows are
passed over within SQLite, and no other row is read. Which file an article came from does not divide runs: it
stands behind the text of a version, and a folder of pages has a file for each article.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.archive_reader import ArchiveReader
from corpus.changes import WITHDRAWING, ChangeKind
from corpus.value_folding import fold_value, tidy_value


class RunKind(StrEnum):
    """What the changes of a run did."""

    NEW_ARTICLE = "new-article"
    NEW_VERSION = "new-version"
    CHOICE = "choice"
    TOMBSTONE = "tombstone"
    GONE = "gone"  # hidden: nothing else is said of it
    ERASED = "erased"
    RESTORED = "restored"
    RIGHTS = "rights"
    LOST = "lost"


_STATE_KINDS = frozenset({*WITHDRAWING, ChangeKind.RESTORATION})
_KINDS = {
    ChangeKind.CHOICE: RunKind.CHOICE,
    ChangeKind.WITHDRAWAL: RunKind.TOMBSTONE,
    ChangeKind.HIDING: RunKind.GONE,
    ChangeKind.ERASURE: RunKind.ERASED,
    ChangeKind.RESTORATION: RunKind.RESTORED,
    ChangeKind.RIGHTS: RunKind.RIGHTS,
    ChangeKind.LOST: RunKind.LOST,
}

_MINUTE_LENGTH = len("2026-11-30T14:05")
_MINUTE = f"substr(at, 1, {_MINUTE_LENGTH})"
_FIRST = f"CASE WHEN kind = '{ChangeKind.VERSION}' THEN coalesce(version, 1) = 1 ELSE version IS NULL END"
"""Of a new version: whether it is the first of its article; of a withdrawal: whether it is of an article."""

_RUN = f"kind = ? AND {_MINUTE} = ? AND {_FIRST} = ?"


@dataclass(frozen=True, slots=True)
class ChangeRun:
    """Changes in a row that did the same within one minute.

    Attributes:
        kind: what they did.
        of_versions: whether single versions were withdrawn or brought back, and not articles.
        first, last: their numbers.
        count: how many there are.
        at: when the last of them happened, in UTC, ISO 8601.
        sources: whose articles they are, those with the most first; only of articles that are shown now.
    """

    kind: RunKind
    of_versions: bool
    first: int
    last: int
    count: int
    at: str
    sources: tuple[str, ...]


def change_runs(archive: ArchiveReader, before: int) -> Iterator[ChangeRun]:
    """The runs of the changes below a number, the newest first; read while the caller iterates.

    Changes of a kind that only a later khobao knows are passed over.
    """
    commands = _commands(archive)
    while (row := _last_below(archive, before)) is not None:
        last, kind, at, is_first = row
        end = _end_below(archive, last, (kind, at[:_MINUTE_LENGTH], is_first))
        before = max(end + 1, commands[bisect_right(commands, last) - 1])
        known = _kind_of(kind, is_first=bool(is_first))
        if known is not None:
            of_versions = kind in _STATE_KINDS and not is_first
            count = _count(archive, before, last)
            yield ChangeRun(
                known, of_versions, before, last, count, at, _sources(archive, known, before, last)
            )


def _kind_of(kind: str, *, is_first: bool) -> RunKind | None:
    if kind == ChangeKind.VERSION:
        return RunKind.NEW_ARTICLE if is_first else RunKind.NEW_VERSION
    return next((known for one, known in _KINDS.items() if one == kind), None)


def _commands(archive: ArchiveReader) -> Sequence[int]:
    """The numbers at which runs begin anew: where the audit log says that a command began or had ended."""
    rows = archive.rows(
        "SELECT json_extract(detail, '$.first_change'), json_extract(detail, '$.last_change') FROM audit"
        " WHERE json_valid(detail)"
    )
    begun: set[int] = {0}
    for first, last in rows:
        if isinstance(first, int) and isinstance(last, int):
            begun |= {first, last + 1}
    return sorted(begun)


def _last_below(archive: ArchiveReader, before: int) -> tuple[int, str, str, int] | None:
    row: tuple[int, str, str, int] | None = archive.rows(
        f"SELECT number, kind, at, {_FIRST} FROM changes WHERE number < ? ORDER BY number DESC LIMIT 1",  # noqa: S608 - a constant
        [before],
    ).fetchone()
    return row


def _end_below(archive: ArchiveReader, number: int, values: Sequence[object]) -> int:
    """The last change below one that is not of its run; 0 where all are."""
    row = archive.rows(
        f"SELECT number FROM changes WHERE number < ? AND NOT ({_RUN}) ORDER BY number DESC LIMIT 1",  # noqa: S608 - a constant
        [number, *values],
    ).fetchone()
    return int(row[0]) if row else 0


def _count(archive: ArchiveReader, first: int, last: int) -> int:
    asked = "SELECT count(*) FROM changes WHERE number BETWEEN ? AND ?"
    return int(archive.rows(asked, [first, last]).fetchone()[0])


def _sources(archive: ArchiveReader, kind: RunKind, first: int, last: int) -> tuple[str, ...]:
    """Whose articles are those of a run; each source once, in its spelling that is most frequent there."""
    if kind in {RunKind.GONE, RunKind.ERASED, RunKind.LOST}:
        return ()
    if kind is RunKind.RIGHTS:
        rows = archive.rows(
            "SELECT p.name FROM rights r JOIN publishers p ON p.number = r.publisher"
            " WHERE r.since BETWEEN ? AND ? ORDER BY r.since",
            [first, last],
        )
    else:
        rows = archive.rows(
            "SELECT f.source FROM changes c JOIN heads h ON h.article_id = c.article_id AND NOT h.withdrawn"
            " JOIN facts f ON f.article_id = c.article_id WHERE c.number BETWEEN ? AND ?"
            " AND f.source != '' GROUP BY f.source ORDER BY count(*) DESC, f.source",
            [first, last],
        )
    names: dict[str, str] = {}
    for (name,) in rows:
        names.setdefault(fold_value(name), tidy_value(name))
    return tuple(names.values())
