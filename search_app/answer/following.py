"""How is a search followed? Its matches in the order in which they arrived: what is new here stands first.

An article arrives with the change of the archive that brought its present version. An article of 1999 that
was imported today is new today, and one without a date is no newer after the next import. The index has no
such order, so every match is taken from it, and the archive's changes are read back from the last until the
page is full.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.shown_archive import ArticleSource, ShownArchive
from indexer.engine import Hit
from search_app.answer.evaluation import Evaluator
from search_app.answer.hits import HitReader, check_held
from search_app.answer.pages import PageHit, SearchRequest
from search_app.answer.questions import check_window


@dataclass(frozen=True, slots=True)
class ArrivedHit:
    """A result, and when its version came into the archive."""

    hit: PageHit
    arrived: datetime


@dataclass(frozen=True, slots=True)
class ArrivalsPage:
    """A page of the matches, the last to arrive first, or in another order that was asked for.

    Attributes:
        understood: the query as understood.
        total: number of matches, or of stories where these are collapsed.
        excluded_undated: see SearchPage.
    """

    request: SearchRequest
    understood: str
    total: int
    hits: tuple[ArrivedHit, ...]
    excluded_undated: int | None

    @property
    def pages(self) -> int:
        """Number of pages; an empty feed has one."""
        return max(1, -(-self.total // self.request.size))


class Following:
    """The use case of feeds; safe for threads."""

    def __init__(self, archive: ShownArchive, evaluator: Evaluator, hits: HitReader) -> None:
        self._archive = archive
        self._evaluator = evaluator
        self._hits = hits

    def page(self, request: SearchRequest, *, by_arrival: bool) -> ArrivalsPage:
        """A page of what matches; articles that lack a word are not in it.

        Args:
            by_arrival: whether the last to arrive come first, whatever order the selection has.

        Raises:
            UserError: the query, the page or its size is past a stated limit.
            OperatorError: the index or the archive cannot be read.
        """
        check_window(request)
        selection = request.selection
        asked = replace(request, page=1, size=0, facets=(), first_tier_only=True)
        source = self._hits.source(selection)
        with self._evaluator.lend(selection) as reader:
            corrected = self._evaluator.correct(reader, asked, shown=False)
            answer, query = corrected.answer, corrected.shown.text if corrected.shown else selection.query
            stories = answer.results.stories or 0
            total = stories if selection.collapse_stories else answer.total
            whole = replace(asked, size=total)
            found = self._evaluator.answer(reader, whole, query, shown=False).results.hits if total else ()
            excluded = self._evaluator.count_excluded_undated(reader, selection, answer)
        start = (request.page - 1) * request.size
        window = self._window(source, found, start, request.size, by_arrival=by_arrival)
        arrivals = source.arrived([hit.id for hit in window])
        hits = self._hits.page_hits(window, answer.expanded.query, start + 1, source)
        check_held(self._archive, window, arrivals)
        arrived = tuple(ArrivedHit(hit, arrivals[hit.id]) for hit in hits)
        return ArrivalsPage(request, answer.understood.text, total, arrived, excluded)

    def _window(
        self, source: ArticleSource, found: Sequence[Hit], start: int, size: int, *, by_arrival: bool
    ) -> list[Hit]:
        if not by_arrival:
            return list(found[start : start + size])
        by_id: Mapping[str, Hit] = {hit.id: hit for hit in found}
        stop = min(start + size, len(found))
        ids: list[str] = []
        for article_id in source.newest_first() if start < stop else ():
            if article_id in by_id:
                ids.append(article_id)
                if len(ids) == stop:
                    break
        if len(ids) < stop and start < stop:
            check_held(self._archive, found, ids)
        return [by_id[article_id] for article_id in ids[start:]]
