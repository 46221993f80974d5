"""Does any article hold a match? Asked of the index."""

from collections.abc import Callable

from corpus.errors import OperatorError
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.query import Match, Question

Holds = Callable[[Match], bool]
"""Tells whether any article holds a match."""


def ask_index(index: ReaderHolder[IndexReader]) -> Holds:
    """What asks an index; it says that a match is held where the index cannot be read."""

    def holds(match: Match) -> bool:
        try:
            with index.lend() as reader:
                return reader.search(Question(match, size=0, expanded=False)).total > 0
        except OperatorError:
            return True

    return holds
