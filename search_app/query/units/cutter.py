"""Who cuts the queries of a service? The corpus's own table where it is large enough, else the word model.

Agreement with the cut of whole headlines, in F of joints, on fragments of two to four words of the archive's
own headlines (``make units``):

=========  ==========  ===============  =============
articles   with marks  in small letters  without marks
=========  ==========  ===============  =============
5,076      .949        .948             .936
10,573     .956        .954             .942
21,145     .955        .954             .943
126,866    .967        .967             .950
the model  .973        .943             none
=========  ==========  ===============  =============

So the corpus takes over at ten thousand articles, where it agrees better than .95 and .93; below, a query
without marks is left to the tables of names.
"""

from collections.abc import Sequence
from typing import Protocol

from indexer.query import Match
from indexer.units.cutting import cut_words
from indexer.units.table import UnitTable
from indexer.units.unit_cut import UnitCut
from search_app.query.grammar import Cut
from search_app.query.held_matches import Holds
from search_app.query.names import NO_NAMES, Names
from search_app.query.units.by_model import cut_by_model
from search_app.query.units.spans import BoundRuns, SpanFinder

LEAST_ARTICLES = 10_000
"""An archive of fewer articles is cut by the word model."""


class TableLender(Protocol):
    """Lends the current table of units."""

    def table(self) -> UnitTable | None:
        """The current table; None where there is none.

        Raises:
            OperatorError: it cannot be read.
        """


class CorpusCutter:
    """Cuts queries into units; safe for threads.

    Args:
        units: lends the corpus's table.
        names: the tables of names.
        bound: what is bound and what never is; None: what the tables of names say of it.
        holds: tells whether any article holds a match. Asked of what the word model joins, where the
            corpus is too small to tell.
    """

    def __init__(
        self,
        units: TableLender,
        names: Names = NO_NAMES,
        bound: BoundRuns | None = None,
        holds: Holds = lambda _: True,
    ) -> None:
        self._units = units
        self._spans = SpanFinder(names, bound or names)
        self._holds = holds

    def current(self) -> Cut:
        """The cut by the table as it is now: from loose words to the number of words of each unit."""
        table = self._large_table()
        return lambda words: self._cut(words, table).lengths

    def explain(self, words: Sequence[Match]) -> UnitCut:
        """The units of loose words, in typed order, each with why it is one."""
        return self._cut(words, self._large_table())

    def _large_table(self) -> UnitTable | None:
        table = self._units.table()
        return table if table is not None and table.articles >= LEAST_ARTICLES else None

    def _cut(self, words: Sequence[Match], table: UnitTable | None) -> UnitCut:
        if table is None:
            return cut_by_model(words, self._spans.find(words, changes=True), self._holds)
        return cut_words(words, table, self._spans.find(words))
