"""Where does a selection's query stand, line by line? Every hit, with what is left and right of it.

What is kept of all hits are arrays of numbers; texts are read from the archive for the lines that are shown,
in the version in which the index found the hit.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from corpus.shown_archive import ShownArchive
from indexer.counting import ArticleCounts, CountReader, Int64Array, LocatedHits, TokenUnit
from indexer.engine import IndexReader
from indexer.places import Zone
from search_app.answer.counting.asking import (
    CountedSelection,
    count_stories,
    counts_of,
    fold_hits,
    held_around,
    lend_counts,
    understand_counted,
)
from search_app.answer.counting.grouping import NeighbourCount, Side, group_hits, hits_beside
from search_app.answer.counting.held import HeldCounts
from search_app.answer.counting.limits import MOST_BESIDE, MOST_HITS, check_hits
from search_app.answer.counting.line_order import LineKeys, LineSort, ordered_places
from search_app.answer.counting.lines import Context, Line, LineMaker
from search_app.answer.counting.sampling import sample_hits
from search_app.answer.counting.series import PER_MILLION, share_of_held
from search_app.answer.evaluation import Evaluator
from search_app.answer.selection import Selection

_BATCH = 500
_ALL = 1 << 40


@dataclass(frozen=True, slots=True)
class ConcordanceRequest:
    """Which lines are asked for.

    Attributes:
        page, size: which of them; of the groups, where these are asked for.
        sample, seed: how many hits are drawn, and by which seed; None: all of them.
        group, unit: on which side and by which unit hits are grouped; None: lines are asked for.
        beside: of the lines, those alone that have this neighbour there; None: groups are asked for.
    """

    selection: Selection
    context: Context = field(default_factory=Context)
    sort: LineSort = LineSort.NEWEST
    page: int = 1
    size: int = 50
    sample: int | None = None
    seed: str = "1"
    group: Side | None = None
    unit: TokenUnit = TokenUnit.WORD
    beside: str | None = None

    @property
    def window(self) -> tuple[int, int]:
        """The first line of the page, and the one after its last."""
        return (self.page - 1) * self.size, self.page * self.size

    @property
    def most_hits(self) -> int:
        """How many hits the selection may have."""
        is_beside = self.group is not None or self.sort in {LineSort.LEFT, LineSort.RIGHT}
        return MOST_BESIDE if is_beside and self.sample is None else MOST_HITS


@dataclass(frozen=True, slots=True)
class ConcordanceTotals:
    """How many there are, of the whole selection.

    Attributes:
        asked: the selection as it was counted.
        hits, articles, stories: hits (None: the query has no words), articles that match, their stories.
        held_articles, held_syllables: what is held under the same filters.
        lines: hits after sampling and after the choice of a neighbour.
        archive_number: the archive's change that the answer is for.
        stories_number: up to which change stories are known.
        expands: whether the query was expanded.
    """

    request: ConcordanceRequest
    asked: CountedSelection
    hits: int | None
    articles: int
    stories: int
    held_articles: int
    held_syllables: int
    lines: int
    archive_number: int
    stories_number: int
    expands: bool

    @property
    def per_million(self) -> float | None:
        """Hits a million syllables held; None where nothing is held, or hits are None."""
        return share_of_held(self.hits, self.held_syllables, PER_MILLION)

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones whose syllables are held, and in which hits stand."""
        return tuple(sorted(self.asked.text.zones))


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """A page of lines, or of groups; ``total_groups`` is None where lines are asked for."""

    totals: ConcordanceTotals
    lines: tuple[Line, ...] = ()
    groups: tuple[NeighbourCount, ...] = ()
    total_groups: int | None = None

    @property
    def total(self) -> int:
        """How many lines, or groups, the pages have."""
        return self.totals.lines if self.total_groups is None else self.total_groups


@dataclass(frozen=True, slots=True)
class ConcordanceStream:
    """All lines, read from the archive while the caller iterates.

    Attributes:
        keys: what tells each line from all others, those that are left out too.
    """

    totals: ConcordanceTotals
    keys: Collection[str]
    lines: Iterator[Line]


@dataclass(frozen=True, slots=True)
class _Found:
    """The hits of a request in one state of the index."""

    counts: CountReader
    totals: ConcordanceTotals
    hits: LocatedHits


class Concordances:
    """The use case of the concordance; safe for threads."""

    def __init__(self, archive: ShownArchive, evaluator: Evaluator, held: HeldCounts) -> None:
        self._archive = archive
        self._evaluator = evaluator
        self._held = held

    def page(self, request: ConcordanceRequest) -> ConcordancePage:
        """A page of lines, or of groups where a side and no neighbour is given.

        Raises:
            UserError: the query is past a stated limit, or the archive has no such change.
            OperatorError: the index cannot count, or it or the archive cannot be read.
        """
        asked = understand_counted(self._evaluator, request.selection)
        with lend_counts(self._evaluator, request.selection) as (reader, counts):
            found = self._find(reader, counts, asked, request)
            if request.group is not None and request.beside is None:
                groups = group_hits(counts, found.hits, request.group, request.unit)
                some = groups.groups(*request.window)
                return ConcordancePage(found.totals, groups=some, total_groups=len(groups))
            places = _ordered(found, request.window)
            return ConcordancePage(found.totals, tuple(self._lines(found, places)))

    def all_groups(self, request: ConcordanceRequest) -> ConcordancePage:
        """Every group, on one page.

        Raises:
            UserError, OperatorError: as ``page``.
        """
        return self.page(replace(request, page=1, size=_ALL))

    def stream(
        self, request: ConcordanceRequest, after: int = 0, most: int | None = None
    ) -> ConcordanceStream:
        """Every line, however many pages show them; what is withdrawn meanwhile is left out.

        The state of the index is lent until the lines are read, or their iterator is closed.

        Args:
            after: how many lines are left out at the beginning.
            most: how many follow at the most; None: all.

        Raises:
            UserError, OperatorError: as ``page``.
        """
        asked = understand_counted(self._evaluator, request.selection)
        with ExitStack() as stack:
            reader = stack.enter_context(self._evaluator.lend(request.selection))
            found = self._find(reader, counts_of(reader), asked, request)
            places = _ordered(found, (0, len(found.hits)))
            read = places[after:] if most is None else places[after : after + most]
            batches = self._batches(stack.pop_all(), found, read)
            next(batches)
        return ConcordanceStream(found.totals, LineKeys(found.hits, places), chain.from_iterable(batches))

    def _batches(self, lent: ExitStack, found: _Found, places: Int64Array) -> Iterator[Sequence[Line]]:
        with lent:
            yield ()  # from now on closing the iterator gives the reader back
            for start in range(0, len(places), _BATCH):
                yield list(self._lines(found, places[start : start + _BATCH]))

    def _find(
        self, reader: IndexReader, counts: CountReader, asked: CountedSelection, request: ConcordanceRequest
    ) -> _Found:
        check_hits(counts.articles(asked.question, asked.text), request.most_hits)
        every = counts.hits(asked.question, asked.text)
        hits = fold_hits(every, request.selection)
        held_articles, held_syllables = self._hold(reader, asked, hits.articles)
        chosen = _chosen(counts, hits, request)
        totals = ConcordanceTotals(
            request,
            asked,
            len(hits) if asked.has_hits else None,
            len(hits.articles),
            count_stories(every.articles),
            held_articles,
            held_syllables,
            len(chosen),
            reader.manifest.archive_number,
            reader.stories_number,
            self._evaluator.expands(request.selection),
        )
        return _Found(counts, totals, chosen)

    def _hold(self, reader: IndexReader, asked: CountedSelection, found: ArticleCounts) -> tuple[int, int]:
        """How many articles and syllables are held, of which those found are a part."""
        if asked.selection.collapse_stories:
            held = held_around(counts_of(reader).articles(asked.held, asked.text), found, asked.selection)
            return len(held), int(held.syllables.sum())
        kept = self._held.counts(reader, asked.held, asked.text, asked.selection).counts
        return int(kept.articles.sum()), int(kept.syllables.sum())

    def _lines(self, found: _Found, places: Int64Array) -> Iterator[Line]:
        """The lines of some hits, in the order given."""
        ascending = np.sort(places)
        spans = found.counts.spans(found.hits.alone(ascending))
        changes = list(dict.fromkeys(span.change for span in spans))
        maker = LineMaker(self._archive.versions_of(changes), found.totals.request.context)
        at = np.searchsorted(ascending, places).tolist()
        return maker.lines([spans[one] for one in at])


def _chosen(counts: CountReader, hits: LocatedHits, request: ConcordanceRequest) -> LocatedHits:
    """The hits of the sample, and of these those beside the neighbour."""
    if request.sample is not None and request.sample < len(hits):
        hits = hits.only(sample_hits(hits, counts.ids(hits.articles), request.sample, request.seed))
    if request.group is not None and request.beside is not None:
        hits = hits.only(hits_beside(counts, hits, request.group, request.unit, request.beside))
    return hits


def _ordered(found: _Found, window: tuple[int, int]) -> Int64Array:
    """The places of the hits of a window, in the order asked for."""
    request = found.totals.request
    return ordered_places(found.counts, found.hits, request.sort, request.context, window)
