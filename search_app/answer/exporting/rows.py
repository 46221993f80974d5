"""What does a row of an export hold? An article in the version that was found, with what was asked for."""

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.archived import ArchivedArticle
from corpus.rights import Rights, known_rights
from corpus.shown_archive import ShownArchive
from indexer.query import Query
from search_app.answer.counting.lines import Line
from search_app.answer.exporting.hits_by_change import HitsByChange
from search_app.answer.hits import HitReader
from search_app.answer.prints import Prints
from search_app.answer.snippets import snippet

BATCH = 100
"""Articles that are read from the archive at a time."""


class Extra(StrEnum):
    """What is worked out for a row only where it is asked for."""

    STORY = "story"
    HITS = "hits"
    SNIPPET = "snippet"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A matching article, with its rank (from 1) and score.

    Attributes:
        said: what may be done with articles, by the key of their publisher, at the change that is exported.
        story: id of the first print of its story; its own where it is in none. Empty: not asked for.
        hits: None where the query has no words, or they were not asked for.
        snippet: sentences that show its hits; empty: not asked for.
        lines: each of its hits with what is left and right of it; empty, too, where they were not asked for.
    """

    rank: int
    score: float
    archived: ArchivedArticle
    said: Mapping[str, Rights]
    story: str = ""
    hits: int | None = None
    snippet: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def rights(self) -> Rights:
        """What may be done with the article."""
        return known_rights(self.said, self.archived.article)


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The rows of a result as numbers: a slow client keeps an export open for long.

    Attributes:
        changes: of each row, the change that brought the version that was found.
        query: as it was searched.
        extras: what is asked for besides.
        hits: those of the matching articles; None: not asked for, or the query has no words.
        after, until: the first row that is read, from 0, and the one after the last; None: all that follow.
    """

    changes: "array[int]"
    scores: "array[float]"
    said: Mapping[str, Rights]
    query: Query
    extras: frozenset[Extra] = frozenset()
    hits: HitsByChange | None = None
    after: int = 0
    until: int | None = None


class RowReader:
    """Reads the rows of exports from the archive; safe for threads."""

    def __init__(self, archive: ShownArchive, hits: HitReader, prints: Prints) -> None:
        self._archive = archive
        self._hits = hits
        self._prints = prints

    def rows(self, found: FoundRows) -> Iterator[ExportRow]:
        """The rows, read in batches while the caller iterates.

        What is withdrawn meanwhile is left out; the others keep their ranks.
        """
        until = len(found.changes) if found.until is None else found.until
        for start in range(found.after, until, BATCH):
            batch = found.changes[start : min(start + BATCH, until)]
            archived = self._archive.versions_of(batch)
            extras = self._extras(found, archived)
            for rank, change in enumerate(batch, start + 1):
                if change in archived:
                    score = found.scores[rank - 1]
                    yield extras(ExportRow(rank, score, archived[change], found.said))

    def _extras(
        self, found: FoundRows, archived: Mapping[int, ArchivedArticle]
    ) -> Callable[[ExportRow], ExportRow]:
        """What adds to each row of a batch what is asked for besides."""
        if not found.extras:
            return lambda row: row
        stories: dict[str, str] = {}
        if Extra.STORY in found.extras:
            stories = self._prints.first_ids([one.article.id for one in archived.values()])
        hits = found.hits.counts(archived) if found.hits and Extra.HITS in found.extras else {}
        lines = found.hits.lines(archived) if found.hits and Extra.CONTEXT in found.extras else {}
        is_shown = Extra.SNIPPET in found.extras

        def add(row: ExportRow) -> ExportRow:
            change = row.archived.change
            return ExportRow(
                row.rank,
                row.score,
                row.archived,
                row.said,
                stories.get(row.archived.article.id, ""),
                hits.get(change),
                self._snippet(row.archived, found.query) if is_shown else "",
                tuple(lines.get(change, ())),
            )

        return add

    def _snippet(self, archived: ArchivedArticle, query: Query) -> str:
        return "".join(part.text for part in snippet(self._hits.highlight(archived, query)))
