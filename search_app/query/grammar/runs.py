"""What do words typed side by side read as? Their text, and which of them a part of it is."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from indexer.query import Match
from indexer.text.normalise import normalise


@dataclass(frozen=True)
class Run:
    """Leaves of one field that stand side by side; at least one."""

    leaves: tuple[Match, ...]

    @cached_property
    def text(self) -> str:
        """The labels, normalised and joined by spaces."""
        return " ".join(self._labels)

    @cached_property
    def _labels(self) -> list[str]:
        return [normalise(leaf.label) for leaf in self.leaves]

    def typed(self, first: int, last: int) -> str:
        """The labels of the leaves from ``first`` to ``last`` (exclusive), as typed."""
        return " ".join(leaf.label for leaf in self.leaves[first:last])

    def syllables(self, first: int, last: int) -> tuple[str, ...]:
        """The syllables of the leaves from ``first`` to ``last`` (exclusive)."""
        return tuple(syllable for leaf in self.leaves[first:last] for syllable in leaf.syllables)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and last leaf (exclusive) of ``text[start:end]``; None if it cuts a leaf in two."""
        starts = [0, *accumulate(len(label) + 1 for label in self._labels)]
        if start not in starts or end + 1 not in starts:
            return None
        return starts.index(start), starts.index(end + 1)
