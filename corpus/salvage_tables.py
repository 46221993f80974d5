"""How are rows of an archive told by their table, and each proven? For whoever finds rows alone.

A row is of the table whose columns and types it has; it is whole where it fits its digest, or, in a table
without one, where its values are of the kind that is written there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corpus.changes import OF_NO_ARTICLE, ChangeKind
from corpus.proofs import Proof, prove_raw, prove_refusal, prove_row, prove_version

TableRow = tuple[Any, ...]

_DIGESTS_SINCE = 3  # the format whose every row has a digest


def _fault_of_change(row: TableRow) -> str:
    """What a change is like; its digest is of the change before it too, which may be lost."""
    _, kind, article_id, _, at, *_ = row
    is_of_article = bool(article_id) is not (kind in OF_NO_ARTICLE)
    sound = kind in set(ChangeKind) and is_of_article and _is_moment(at)
    return "" if sound else "is not what a change is"


def _fault_of_version(row: TableRow) -> str:
    _, article_id, _, digest, content, *_ = row
    if not content:
        return ""  # erased: whether its changes say so is looked at when all are there
    return _fault(prove_version(article_id, digest, content))


def _fault_of_raw(row: TableRow) -> str:
    return _fault(prove_raw(*row))


def _fault_of_refusal(row: TableRow) -> str:
    _, file, place, reason, template, known, raw, sha256, at, digest = row
    said = prove_row("refusals", digest, (file, place, reason, template, known, sha256, at))
    return _fault(prove_refusal(sha256, raw)) or _fault(said)


def _fault(proof: Proof) -> str:
    return proof.value if proof.is_fault else ""


def _fault_of_resolution(row: TableRow) -> str:
    *columns, digest = row
    sound = row[1] and _is_moment(row[2])
    return _fault(prove_row("resolutions", digest, columns)) if sound else "is not what a resolution is"


def _fault_of_words(row: TableRow) -> str:
    *columns, digest = row
    known = row[1].startswith("underthesea")
    return _fault(prove_row("words", digest, columns)) if known else "is not of a known segmenter"


def _proven(table: str) -> Callable[[TableRow], str]:
    """What does not fit in a row of a table of which every row has a digest."""

    def fault_of(row: TableRow) -> str:
        *columns, digest = row
        return "" if prove_row(table, digest, columns) is Proof.WHOLE else Proof.OTHER.value

    return fault_of


def _is_moment(text: object) -> bool:
    try:
        datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class ArchiveTable:
    """How a table's rows are told from others and proven.

    Args:
        columns: name to type, in their order; the first of a numbered table is the row's number.
        fault_of: what does not fit in a row; empty where it is whole.
        added: the values of the last columns, which format 3 added, in a row of an earlier format.
    """

    columns: Mapping[str, type | tuple[type, ...]]
    fault_of: Callable[[TableRow], str]
    is_numbered: bool = True
    added: TableRow = ()
    since: int = 1

    @property
    def inserted(self) -> tuple[str, ...]:
        """The columns of a row with its number, which stays: rows of pages are told from others by it."""
        return tuple(self.columns) if self.is_numbered else ("rowid", *self.columns)

    def columns_in(self, format_number: int) -> tuple[str, ...]:
        """The columns that it had in a format; none where it was not there."""
        names = tuple(self.columns)
        if format_number < self.since:
            return ()
        return names[: len(names) - len(self.added)] if format_number < _DIGESTS_SINCE else names

    def filled(self, row: TableRow) -> TableRow:
        """A row with the columns that its format had not."""
        return (*row, *self.added) if len(row) == len(self.columns) - len(self.added) else row

    def is_like(self, row: TableRow) -> bool:
        """Whether a row has the columns and types of this table."""
        return len(row) == len(self.columns) and all(
            isinstance(value, kind) for value, kind in zip(row, self.columns.values(), strict=True)
        )


TABLES = {
    "changes": ArchiveTable(
        {
            "number": int,
            "kind": str,
            "article_id": str,
            "note": str,
            "at": str,
            "version": (int, type(None)),
            "actor": str,
            "until": str,
            "choice": str,
            "record": bytes,
            "digest": bytes,
        },
        _fault_of_change,
        added=(None, "", "", "", b"", b""),
    ),
    "versions": ArchiveTable(
        {
            "change": int,
            "article_id": str,
            "version": int,
            "digest": str,
            "content": str,
            "file": str,
            "place": str,
            "raw_sha256": str,
            "reader": str,
            "reader_version": int,
            "imported_at": str,
            "context": str,
        },
        _fault_of_version,
    ),
    "raws": ArchiveTable({"sha256": str, "data": bytes}, _fault_of_raw, is_numbered=False, since=2),
    "refusals": ArchiveTable(
        {
            "number": int,
            "file": str,
            "place": str,
            "reason": str,
            "template": str,
            "template_values": str,
            "raw": bytes,
            "raw_sha256": str,
            "at": str,
            "digest": bytes,
        },
        _fault_of_refusal,
        added=(b"",),
    ),
    "resolutions": ArchiveTable(
        {"refusal": int, "article_id": str, "at": str, "digest": bytes},
        _fault_of_resolution,
        added=(b"",),
        since=2,
    ),
    "words": ArchiveTable(
        {"change": int, "segmenter": str, "boundaries": bytes, "digest": bytes},
        _fault_of_words,
        added=(b"",),
    ),
    "archive": ArchiveTable(
        {"uuid": str, "made_at": str, "formats": str, "schema": bytes, "digest": bytes},
        _proven("archive"),
        is_numbered=False,
        since=_DIGESTS_SINCE,
    ),
    "publishers": ArchiveTable(
        {"number": int, "key": str, "name": str, "digest": bytes}, _proven("publishers"), since=_DIGESTS_SINCE
    ),
    "audit": ArchiveTable(
        {"number": int, "at": str, "actor": str, "action": str, "detail": str, "digest": bytes},
        _proven("audit"),
        since=_DIGESTS_SINCE,
    ),
}
"""In the order in which rows may point to each other."""
