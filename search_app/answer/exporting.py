"""How are all results of a selection exported? As every matching article, or as a ranked list of ids.

The articles of an export are read from the archive _BATCH at a time, while the caller iterates. Which
version of each is exported is decided before: a slow client gets the rows of one state, whatever is imported
meanwhile.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.archived import ArchivedArticle
from corpus.rights import Rights, all_rights, known_rights
from corpus.shown_archive import ShownArchive
from indexer.engine import Hit
from search_app.answer.evaluation import Evaluator
from search_app.answer.hits import HitReader, check_held
from search_app.answer.pages import SearchRequest
from search_app.answer.selection import Selection

_BATCH = 100


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A matching article, with its rank (from 1) and score.

    Attributes:
        said: what may be done with articles, by the key of their publisher, when the export began.
    """

    rank: int
    score: float
    archived: ArchivedArticle
    said: Mapping[str, Rights]

    @property
    def rights(self) -> Rights:
        """What may be done with the article."""
        return known_rights(self.said, self.archived.article)


@dataclass(frozen=True, slots=True)
class Export:
    """All matching articles, or one of each story.

    Attributes:
        total: number of rows.
        archive_number: the archive's change up to which the index answered.
        articles, stories, hits_total: of the matching articles, whichever are rows.
        stories_number, excluded_undated: see SearchPage.
        rows: yields the articles once, in their order.
    """

    total: int
    archive_number: int
    stories_number: int
    excluded_undated: int | None
    articles: int
    stories: int
    hits_total: int | None
    rows: Iterator[ExportRow]


class Exporting:
    """The use cases of export; safe for threads."""

    def __init__(self, archive: ShownArchive, evaluator: Evaluator, hits: HitReader) -> None:
        self._archive = archive
        self._hits = hits
        self._evaluator = evaluator

    def export(self, selection: Selection) -> Export:
        """Every article that matches, in the order asked for; of each story the best, if these are collapsed.

        Where a page would show the results of a correction, these are exported. The second tier is not.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index or the archive cannot be read.
        """
        every = SearchRequest(selection, size=0, facets=(), first_tier_only=True)
        source = self._hits.source(selection)
        with self._evaluator.lend(selection) as reader:
            corrected = self._evaluator.correct(reader, every)
            query = corrected.shown.text if corrected.shown else selection.query
            results = corrected.answer.results
            total = (results.stories or 0) if selection.collapse_stories else results.total
            whole = replace(every, size=total)
            hits = self._evaluator.answer(reader, whole, query, shown=False).results.hits if total else ()
            changes = source.changes([hit.id for hit in hits])
            check_held(self._archive, hits, changes)
            excluded = self._evaluator.count_excluded_undated(reader, selection, corrected.answer)
        said = all_rights(self._archive)
        return Export(
            total=total,
            archive_number=results.manifest.archive_number,
            stories_number=corrected.answer.stories_number,
            excluded_undated=excluded,
            articles=results.total,
            stories=results.stories or 0,
            hits_total=results.hits_total,
            rows=_rows(self._archive, array("q", (changes[hit.id] for hit in hits)), _scores(hits), said),
        )

    def ranked(self, selection: Selection, depth: int) -> tuple[Hit, ...]:
        """The first ``depth`` results as ids with scores, without texts; both tiers, as a TREC run has them.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        request = SearchRequest(selection, size=depth, facets=())
        with self._evaluator.lend(selection) as reader:
            return self._evaluator.correct(reader, request, shown=False).answer.results.hits


def _scores(hits: Iterable[Hit]) -> "array[float]":
    return array("d", (hit.score for hit in hits))


def _rows(
    archive: ShownArchive, changes: "array[int]", scores: "array[float]", said: Mapping[str, Rights]
) -> Iterator[ExportRow]:
    """The articles in the versions of some changes, read from the archive in batches.

    A slow client keeps an export open for long, so that all it keeps of each article is two numbers. What is
    withdrawn meanwhile is left out; the others keep their ranks.
    """
    for start in range(0, len(changes), _BATCH):
        batch = changes[start : start + _BATCH]
        archived = archive.versions_of(batch)
        for rank, change in enumerate(batch, start + 1):
            if change in archived:
                yield ExportRow(rank, scores[rank - 1], archived[change], said)
