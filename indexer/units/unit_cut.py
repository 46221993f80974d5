"""What is a cut of a query into units, and what is known of its words before it is cut? The plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.units.table import UnitEntry

Span = tuple[int, int]
"""Words of a query: the first, and the one behind the last."""


class UnitReason(StrEnum):
    """Why words are one unit."""

    ALONE = "alone"
    TABLE = "table"
    CAPITALS = "capitals"
    ARCHIVE = "archive"
    NAMES = "names"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class CutUnit:
    """One unit of a query.

    Attributes:
        words: how many typed words it has.
        reason: why they are one unit.
        entry: the unit of the corpus that it is read as; of a single syllable, its commonest reading; None
            where the corpus has none.
    """

    words: int
    reason: UnitReason
    entry: UnitEntry | None = None


@dataclass(frozen=True, slots=True)
class UnitCut:
    """A query's units.

    Attributes:
        units: in typed order.
        other: the lengths of the next best cut into words and names; empty where there is no other.
        odds: how many times as likely the cut is as the other one; 0 where there is none.
    """

    units: tuple[CutUnit, ...]
    other: tuple[int, ...] = ()
    odds: float = 0.0

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many typed words each unit has."""
        return unit_lengths(self.units)


def unit_lengths(units: Sequence[CutUnit]) -> tuple[int, ...]:
    """How many typed words each unit has."""
    return tuple(unit.words for unit in units)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a query's words beside the table, as spans of words.

    Attributes:
        bound: units whatever the table says.
        never: no units, whatever it says.
        names: names of the archive's and the project's tables: units unless they cut a word in two.
    """

    bound: frozenset[Span] = frozenset()
    never: frozenset[Span] = frozenset()
    names: frozenset[Span] = frozenset()


NOTHING_GIVEN = Given()
