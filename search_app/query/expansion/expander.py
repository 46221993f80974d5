"""How is a query expanded here? With the tables of names, over the index, as the settings say."""

from corpus.errors import OperatorError
from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.query import Match, Query, Question
from search_app.query.expansion import expand
from search_app.query.expansion.values import ExpandedQuery, Off
from search_app.query.names import NO_NAMES, Names


class QueryExpander:
    """Expands queries; safe for threads.

    Args:
        on: whether queries are expanded where nobody says.
    """

    def __init__(self, index: ReaderHolder[IndexReader], names: Names = NO_NAMES, *, on: bool = True) -> None:
        self._index = index
        self._names = names
        self._on = on

    def is_on(self, asked: bool | None) -> bool:
        """Whether a query is expanded; ``asked`` None where nobody says."""
        return self._on if asked is None else asked

    def of(self, query: Query, asked: bool | None = None, not_also: tuple[str, ...] = ()) -> ExpandedQuery:
        """The query with what is searched besides; ``not_also`` is left out."""
        return expand(query, self._names, Off(not self.is_on(asked), not_also), self._holds)

    def _holds(self, match: Match) -> bool:
        """Whether any article holds a match; where the index cannot be read, nobody knows: yes."""
        try:
            with self._index.lend() as reader:
                return reader.search(Question(match, size=0, expanded=False)).total > 0
        except OperatorError:
            return True
