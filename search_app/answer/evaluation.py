"""How is a selection evaluated?

Its query is parsed and expanded, and the index is asked; if no article matches, a correction of the query may
be evaluated instead (search_app.query.correction.deciding). All of it uses one reader, so one state of the
index.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from indexer.budget import Stage, charge
from indexer.engine import IndexReader, Results
from indexer.holder import ReaderHolder
from indexer.query import Query, Sort
from indexer.request_cache import request_cache
from search_app.answer.pages import PinNote, SearchRequest
from search_app.answer.pins import Pins
from search_app.answer.questions import applied_sort, question_of
from search_app.answer.selection import Selection
from search_app.answer.undated import filters_by_date
from search_app.query.correction.deciding import CorrectedAnswer, correct
from search_app.query.correction.phrases import count_phrase
from search_app.query.cutting import SingleWords, UnitCutter, cut_without
from search_app.query.expansion import ExpandedQuery
from search_app.query.expansion.expander import QueryExpander
from search_app.query.grammar import (
    MAX_QUERY_CHARACTERS,
    MAX_UNDERSTOOD_CHARACTERS,
    Understood,
    understand,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A query as it was understood and expanded, and its results.

    Attributes:
        sort: the order that was applied.
        stories_number: the archive's change up to which the stories of the results are known.
    """

    understood: Understood
    expanded: ExpandedQuery
    sort: Sort
    results: Results
    stories_number: int

    @property
    def total(self) -> int:
        """Number of articles that hold everything that is asked for."""
        return self.results.total

    @property
    def scattered_total(self) -> int:
        """Number of articles that hold every word, but not each unit together."""
        return self.results.scattered_total

    @property
    def partial_total(self) -> int:
        """Number of articles that hold some of the words."""
        return self.results.partial_total


class Evaluator:
    """Evaluates selections over one index; safe for threads."""

    def __init__(
        self,
        index: ReaderHolder[IndexReader],
        expander: QueryExpander,
        cutter: UnitCutter | None = None,
        pins: Pins | None = None,
    ) -> None:
        self._index = index
        self._expander = expander
        self._cutter = cutter or SingleWords()
        self._pins = pins

    @contextmanager
    def lend(self, selection: Selection) -> Iterator[IndexReader]:
        """Lends the reader of the state that a selection asks for: the current one, or a pinned one.

        Raises:
            UserError: the archive has no such change.
            OperatorError: the state cannot be opened, or what is read of it within the block is damaged.
        """
        with self._index.lend() as reader:
            if selection.as_of is None or self._pins is None:
                yield reader
            else:
                yield self._pins.reader(reader, selection.as_of)

    def expands(self, selection: Selection) -> bool:
        """Whether the selection's query is expanded: as the selection says, else as the settings say."""
        return self._expander.is_on(selection.expand)

    def understand(self, selection: Selection, query: str | None = None) -> Understood:
        """The selection's query, or another in its place, as it is read and cut into units.

        Raises:
            UserError: the query is past a stated limit.
        """
        text = selection.query if query is None else query
        if not selection.units:
            return understand(text, most=MAX_UNDERSTOOD_CHARACTERS)
        return understand(text, cut_without(self._cutter.current(), selection.not_units))

    def expand(self, selection: Selection, query: str | None = None) -> tuple[Understood, ExpandedQuery]:
        """The selection's query, or another in its place, as it is understood and as it is expanded.

        Raises:
            UserError: the query is past a stated limit.
        """
        understood = self.understand(selection, query)
        charge(Stage.COMBINING)
        asked, not_also, also = selection.expand, selection.not_also, selection.also
        return understood, self._expander.expand(understood.query, asked, not_also, also)

    def known_expansions(self, selection: Selection) -> frozenset[str]:
        """The texts of all that tables and rules give for the selection's query, held by articles or not.

        Raises:
            UserError: the query is past a stated limit.
        """
        return self._expander.known_expansions(self.understand(selection).query)

    def correct(
        self, reader: IndexReader, request: SearchRequest, *, shown: bool = True
    ) -> CorrectedAnswer[Answer]:
        """The answer to a request's query or to its correction, and the corrections that are offered.

        Args:
            shown: whether the answer also has what only pages show; see ``answer``.

        Raises:
            UserError: the query is past a stated limit.
        """
        selection = request.selection
        ask = partial(self.answer, reader, request, shown=shown)
        everywhere = partial(self._count_everywhere, reader, selection) if selection.is_filtered else None
        exact = selection.exact or len(selection.query) > MAX_QUERY_CHARACTERS
        with request_cache():
            return correct(
                selection.query,
                ask,
                reader.lexicon(),
                exact=exact,
                count_phrase=partial(count_phrase, reader),
                everywhere=everywhere,
            )

    def answer(
        self, reader: IndexReader, request: SearchRequest, query: str | None = None, *, shown: bool = True
    ) -> Answer:
        """The answer to the request's query, or to another in its place, without correction.

        Args:
            shown: whether the answer also has the places of the matches, the readings and the stories, which
                only pages show.

        Raises:
            UserError: the query is past a stated limit.
        """
        selection = request.selection
        understood, expanded = self.expand(selection, query)
        sort = applied_sort(selection.sort, understood.query)
        question = question_of(request, expanded.query, sort, expanded=self.expands(selection))
        stories = shown or selection.collapse_stories
        counted = replace(question, occurrences=shown, readings=shown, stories=stories, count_hits=shown)
        results = reader.search(counted)
        return Answer(understood, expanded, sort, results, reader.stories_number)

    def count_excluded_undated(self, reader: IndexReader, selection: Selection, answer: Answer) -> int | None:
        """How many matches of an answer's query its filters by date leave out for lack of a date.

        None where there is no such filter, or where these are what is asked for.
        """
        return self.count_undated(reader, selection, answer.expanded.query)

    def count_undated(self, reader: IndexReader, selection: Selection, query: Query) -> int | None:
        """The same of an expanded query."""
        if selection.undated or not filters_by_date(selection, query):
            return None
        asked = SearchRequest(replace(selection, undated=True, collapse_stories=False), size=0, facets=())
        question = question_of(asked, query, Sort.NEWEST, expanded=self.expands(selection))
        bare = replace(question, occurrences=False, readings=False, stories=False, first_tier_only=True)
        return reader.search(bare).total

    def pin_note(self, selection: Selection, query: str) -> PinNote | None:
        """What a page says of the earlier state that it is of, and of what has come since.

        Args:
            query: that whose results are shown.
        """
        if selection.as_of is None or self._pins is None:
            return None
        asked = SearchRequest(replace(selection, as_of=None, collapse_stories=False), size=0, facets=())
        asked = replace(asked, first_tier_only=True)
        with self._index.lend() as reader:
            since = self._pins.since(reader, selection.as_of)
            came, changed = (
                self.answer(some, asked, query, shown=False).total for some in (since.came, since.changed)
            )
        return PinNote(since.number, since.at, came, changed, since.withheld)

    def count(self, selection: Selection) -> int:
        """The number of articles that match, without correction of the query.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        with self.lend(selection) as reader, request_cache():
            return self.answer(reader, SearchRequest(selection, size=0, facets=()), shown=False).total

    def _count_everywhere(self, reader: IndexReader, selection: Selection) -> int:
        """The number of articles that match the typed query without filters."""
        bare = SearchRequest(selection.unfiltered(), size=1, facets=())
        return self.answer(reader, bare, shown=False).total


Count = Callable[[Selection], int]
"""A function that counts the articles that match a selection, without correction of its query."""
