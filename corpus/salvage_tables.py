"""How are rows of an archive told by their table, and each proven? For whoever finds rows alone.

A row is of the table whose columns and types it has; it is whole where it fits its digest, or, in a table
without one, where its values are of the kind that is written there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corpus.proofs import Proof, prove_raw, prove_refusal, prove_version

TableRow = tuple[Any, ...]


def _fault_of_change(row: TableRow) -> str:
    _, kind, article_id, _, at = row
    sound = kind in {"version", "withdrawal", "restoration"} and article_id and _is_moment(at)
    return "" if sound else "is not what a change is"


def _fault_of_version(row: TableRow) -> str:
    _, article_id, _, digest, content, *_ = row
    return _fault(prove_version(article_id, digest, content))


def _fault_of_raw(row: TableRow) -> str:
    return _fault(prove_raw(*row))


def _fault_of_refusal(row: TableRow) -> str:
    *_, raw, sha256, _at = row
    return _fault(prove_refusal(sha256, raw))


def _fault(proof: Proof) -> str:
    return proof.value if proof.is_fault else ""


def _fault_of_resolution(row: TableRow) -> str:
    return "" if row[1] and _is_moment(row[2]) else "is not what a resolution is"


def _fault_of_words(row: TableRow) -> str:
    return "" if row[1].startswith("underthesea") else "is not of a known segmenter"


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
    """

    columns: Mapping[str, type]
    fault_of: Callable[[TableRow], str]
    is_numbered: bool = True

    @property
    def inserted(self) -> tuple[str, ...]:
        """The columns of a row with its number, which stays: rows of pages are told from others by it."""
        return tuple(self.columns) if self.is_numbered else ("rowid", *self.columns)

    def is_like(self, row: TableRow) -> bool:
        """Whether a row has the columns and types of this table."""
        return len(row) == len(self.columns) and all(
            isinstance(value, kind) for value, kind in zip(row, self.columns.values(), strict=True)
        )


TABLES = {
    "changes": ArchiveTable(
        {"number": int, "kind": str, "article_id": str, "note": str, "at": str}, _fault_of_change
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
    "raws": ArchiveTable({"sha256": str, "data": bytes}, _fault_of_raw, is_numbered=False),
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
        },
        _fault_of_refusal,
    ),
    "resolutions": ArchiveTable({"refusal": int, "article_id": str, "at": str}, _fault_of_resolution),
    "words": ArchiveTable({"change": int, "segmenter": str, "boundaries": bytes}, _fault_of_words),
}
"""In the order in which rows may point to each other."""
