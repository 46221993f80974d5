"""What was found of a receipt: of its file, and of what its archive gives now? Plain values."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.withdrawals import Withdrawal
from search_app.answer.exporting.receipt import Receipt


class FileVerdict(StrEnum):
    """What became of a file."""

    WHOLE = "whole"
    CUT_OFF = "cut_off"
    ADDED = "bytes_added"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FileFinding:
    """What was found of a file.

    Attributes:
        name: where it was looked for.
        size: bytes; None where it is missing.
        rows: whole rows at its beginning that are as they were written; None: not known.
        is_proven: whether the archive wrote the very file that the receipt proves, so that ``rows`` are
            certain; otherwise they are whole rows that it has, whatever they say.
    """

    verdict: FileVerdict
    name: str
    size: int | None = None
    rows: int | None = None
    is_proven: bool = True


class ResultVerdict(StrEnum):
    """What the archive gives, against what a receipt says."""

    EQUAL = "equal"
    OTHER_ORDER = "other_order"
    WITHDRAWN = "withdrawn"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class MissingArticle:
    """An article that was found and is not any more; with its withdrawal, where that is why."""

    id: str
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """What a receipt says otherwise than the archive now."""

    name: str
    then: str | int | None
    now: str | int | None


@dataclass(frozen=True, slots=True)
class ResultFinding:
    """What was found of a result.

    Attributes:
        rows: that are found now.
        missing, came: articles that the receipt has alone, and that are found alone now.
        unnamed: how many rows are missing of which nothing tells the ids.
        in_order: whether those that both have stand in one order; None: nothing tells the order.
        counts: those that differ though the rows are the same articles; of a view all that differ.
        programs: what decides the order by relevance and is another now.
        lost_expansions: expansions that were searched, and that no table or rule gives any more.
    """

    verdict: ResultVerdict
    rows: int
    missing: tuple[MissingArticle, ...] = ()
    came: tuple[str, ...] = ()
    unnamed: int = 0
    in_order: bool | None = True
    counts: tuple[ChangedFact, ...] = ()
    programs: tuple[ChangedFact, ...] = ()
    lost_expansions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A receipt, and what was found of its file and of its archive.

    Attributes:
        waiting: the whole file, where it did not get its name yet; else empty.
    """

    receipt: Receipt
    file: FileFinding
    result: ResultFinding
    waiting: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing differs."""
        return self.file.verdict is FileVerdict.WHOLE and self.result.verdict is ResultVerdict.EQUAL
