"""Which units does the corpus know?"""

from collections.abc import Mapping

from indexer.arrays.file import AnyArray


class UnitTable:
    """Reads the arrays of a table; safe for threads."""

    def __init__(self, arrays: Mapping[str, AnyArray]) -> None:
        self._counts = arrays["run_counts"]

    def __len__(self) -> int:
        return len(self._counts)
