"""Who lends the table of units that queries are cut by?"""

from typing import Protocol

from indexer.units.table import UnitTable


class UnitLookup(Protocol):
    """Lends the current table of units."""

    def table(self) -> UnitTable | None:
        """The current table; None where there is none, or of another version.

        Raises:
            OperatorError: it cannot be read.
        """

    def number(self) -> int | None:
        """The archive's change up to which the table holds it; None where there is no table.

        Raises:
            OperatorError: it cannot be read.
        """

    def state(self) -> tuple[int, ...]:
        """A value that changes when there is a new table."""


class NoUnits:
    """A look-up without a table."""

    def table(self) -> None:
        """None."""

    def number(self) -> None:
        """None."""

    def state(self) -> tuple[int, ...]:
        """Always the same."""
        return ()
