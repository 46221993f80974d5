"""How is a query expanded with the tables of names, the index and the settings of this server?"""

from indexer.engine import IndexReader
from indexer.holder import ReaderHolder
from indexer.query import Query
from search_app.query.expansion import NOTHING_DISABLED, expand
from search_app.query.expansion.values import Disabled, ExpandedQuery
from search_app.query.held_matches import ask_index
from search_app.query.names import NO_NAMES, Names


class QueryExpander:
    """Expands queries; safe for threads.

    Args:
        index: tells whether any article holds an expansion.
        on: whether a query is expanded if the request does not say.
    """

    def __init__(self, index: ReaderHolder[IndexReader], names: Names = NO_NAMES, *, on: bool = True) -> None:
        self._holds = ask_index(index)
        self._names = names
        self._on = on

    def is_on(self, asked: bool | None) -> bool:
        """Whether a query is expanded; ``asked`` is what the request says, None if nothing."""
        return self._on if asked is None else asked

    def expand(
        self,
        query: Query,
        asked: bool | None = None,
        not_also: tuple[str, ...] = (),
        also: tuple[str, ...] | None = None,
    ) -> ExpandedQuery:
        """The query with its expansions.

        Those in ``not_also`` are listed, but not searched; where ``also`` is given, so are all others.
        """
        disabled = Disabled(not self.is_on(asked), not_also, also)
        return expand(query, self._names, disabled, self._holds)

    def known_expansions(self, query: Query) -> frozenset[str]:
        """The texts of all that tables and rules give for a query, whether or not any article holds it."""
        expanded = expand(query, self._names, NOTHING_DISABLED, lambda _match: True)
        return frozenset(one.also for one in expanded.expansions)
