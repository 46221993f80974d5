"""How are all results of a selection exported? As every matching article, or as a ranked list of ids.

The articles of an export are read from the archive in batches, while the caller iterates. Which version of
each is exported is decided before: a slow client gets the rows of one state, whatever is imported meanwhile.
"""

from array import array
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from corpus.rights import all_rights
from corpus.shown_archive import ShownArchive
from indexer.engine import Hit, IndexReader
from indexer.request_cache import request_cache
from search_app.answer.counting.asking import counts_of, understand_counted
from search_app.answer.counting.limits import check_hits
from search_app.answer.counting.lines import Context
from search_app.answer.evaluation import Answer, Evaluator
from search_app.answer.exporting.cursor import Cursor
from search_app.answer.exporting.facts import ResultFacts, StateFacts, ids_digest
from search_app.answer.exporting.hits_by_change import HitsByChange
from search_app.answer.exporting.pinning import pin_down
from search_app.answer.exporting.rows import ExportRow, Extra, FoundRows, RowReader
from search_app.answer.hits import HitReader, check_held
from search_app.answer.pages import SearchRequest
from search_app.answer.prints import Prints
from search_app.answer.selection import Selection
from search_app.query.names import spelling_key

_COUNTED = frozenset({Extra.HITS, Extra.CONTEXT})


@dataclass(frozen=True, slots=True)
class Export:
    """All matching articles, or one of each story.

    Attributes:
        facts: by what the result is known.
        ids: of the rows, in their order; those that are left out too.
        after, until: how many rows are left out at the beginning, and how many there are up to the last that
            is not left out.
        rows: yields those between, once, in their order.
    """

    facts: ResultFacts
    ids: list[str]
    after: int
    until: int
    rows: Iterator[ExportRow]

    @property
    def next(self) -> Cursor | None:
        """Where it goes on; None where these are the last rows."""
        if self.until >= len(self.ids):
            return None
        return Cursor.after(self.facts.change, self.ids, self.until)


@dataclass(frozen=True, slots=True)
class _Result:
    """What a selection finds in one state, with the versions in which it was found."""

    facts: ResultFacts
    answer: Answer
    hits: tuple[Hit, ...]
    changes: "array[int]"


class Exporting:
    """The use cases of export; safe for threads."""

    def __init__(self, archive: ShownArchive, evaluator: Evaluator, hits: HitReader, prints: Prints) -> None:
        self._archive = archive
        self._hits = hits
        self._evaluator = evaluator
        self._rows = RowReader(archive, hits, prints)

    def facts(self, selection: Selection) -> ResultFacts:
        """By what the result of a selection is known, without its rows.

        Raises:
            UserError, OperatorError: as ``export``.
        """
        with self._evaluator.lend(selection) as reader:
            return self._find(reader, selection).facts

    def state(self, change: int) -> StateFacts:
        """By what the state of a change is known.

        Raises:
            OperatorError: the index or the archive cannot be read.
        """
        with self._evaluator.lend(Selection()) as reader:
            manifest = reader.manifest
            return StateFacts(self._moment(change), manifest.format, manifest.analyser)

    def _moment(self, change: int) -> datetime:
        return self._archive.moments([change]).get(change, self._archive.begun_at)

    def export(
        self,
        selection: Selection,
        extras: frozenset[Extra] = frozenset(),
        cursor: Cursor | None = None,
        most: int | None = None,
        context: Context | None = None,
    ) -> Export:
        """Every article that matches, in the order asked for; of each story the best, if these are collapsed.

        Where a page would show the results of a correction, these are exported. The second tier is not.

        Args:
            extras: what rows hold besides. With CONTEXT the state of the index is lent until the rows are
                read, or their iterator is closed.
            cursor: goes on after its rows, at its change.
            most: so many rows at the most; None: all.
            context: how much stands beside a hit.

        Raises:
            UserError: the query is past a stated limit, or the cursor is of another result.
            OperatorError: the index or the archive cannot be read.
        """
        asked = selection
        if cursor is not None and selection.as_of is None:
            asked = replace(selection, as_of=cursor.change)
        with ExitStack() as stack:
            reader = stack.enter_context(self._evaluator.lend(asked))
            result = self._find(reader, asked)
            ids = [hit.id for hit in result.hits]
            if cursor is not None:
                cursor.check(result.facts.change, ids)
            after = cursor.rows if cursor else 0
            until = len(ids) if most is None else min(after + most, len(ids))
            counted = None
            if extras & _COUNTED:
                counted = self._count(reader, result, context or Context(), locates=Extra.CONTEXT in extras)
            found = FoundRows(
                result.changes,
                array("d", (hit.score for hit in result.hits)),
                all_rights(self._archive, None if asked.as_of is None else result.facts.change),
                result.answer.expanded.query,
                extras,
                counted,
                after,
                until,
            )
            batches = self._stream(stack.pop_all() if Extra.CONTEXT in extras else ExitStack(), found)
            next(batches)
        return Export(result.facts, ids, after, until, chain.from_iterable(batches))

    def _stream(self, lent: ExitStack, found: FoundRows) -> Iterator[Iterator[ExportRow]]:
        with lent:
            yield iter(())  # from now on closing the iterator gives the reader back
            yield self._rows.rows(found)

    def _find(self, reader: IndexReader, selection: Selection) -> _Result:
        every = SearchRequest(selection, size=0, facets=(), first_tier_only=True)
        corrected = self._evaluator.correct(reader, every)
        query = corrected.shown.text if corrected.shown else selection.query
        answer = corrected.answer
        results = answer.results
        total = (results.stories or 0) if selection.collapse_stories else results.total
        whole = replace(every, size=total)
        hits = self._evaluator.answer(reader, whole, query, shown=False).results.hits if total else ()
        changes = self._changes(reader, selection, [hit.id for hit in hits])
        check_held(self._archive, hits, changes)
        shown = corrected.shown.text if corrected.shown else ""
        facts = self._facts(reader, selection, answer, shown, [hit.id for hit in hits])
        return _Result(facts, answer, hits, array("q", (changes[hit.id] for hit in hits)))

    def _changes(self, reader: IndexReader, selection: Selection, ids: list[str]) -> Mapping[str, int]:
        """The changes that brought the versions of the state that is asked.

        While an import goes on, the archive has newer ones: they are not of this state.
        """
        with self._archive.snapshot():
            number = reader.manifest.archive_number
            if selection.as_of is None and number < self._archive.number:
                return self._archive.at(number).changes(ids)
            return self._hits.source(selection).changes(ids)

    def _facts(
        self, reader: IndexReader, selection: Selection, answer: Answer, corrected: str, ids: list[str]
    ) -> ResultFacts:
        change = reader.manifest.archive_number
        expands = self._evaluator.expands(selection)
        return ResultFacts(
            asked=selection,
            pinned=pin_down(
                selection, answer.understood.text, answer.expanded.expansions, change, expands=expands
            ),
            expansions=tuple(one for one in answer.expanded.expansions if one.used),
            corrected=corrected,
            change=change,
            at=self._moment(change),
            rows=len(ids),
            articles=answer.results.total,
            stories=answer.results.stories or 0,
            hits=answer.results.hits_total,
            stories_number=answer.stories_number,
            excluded_undated=self._evaluator.count_excluded_undated(reader, selection, answer),
            index_format=reader.manifest.format,
            analyser=reader.manifest.analyser,
            ids=ids,
            ids_sha256=ids_digest(ids),
        )

    def _count(
        self, reader: IndexReader, result: _Result, context: Context, *, locates: bool
    ) -> HitsByChange | None:
        """The hits of the matching articles; None where the query has no words."""
        asked = understand_counted(self._evaluator, result.facts.pinned)
        if not asked.has_hits:
            return None
        counts = counts_of(reader)
        with request_cache():
            articles = counts.articles(asked.question, asked.text)
            check_hits(articles)
            located = counts.hits(asked.question, asked.text) if locates else None
        return HitsByChange(located.articles if located else articles, located, counts, context)

    def lost_expansions(self, pinned: Selection) -> tuple[str, ...]:
        """Those that a pinned selection names, and that no table or rule gives any more.

        Raises:
            UserError: the query is past a stated limit.
        """
        known = set(map(spelling_key, self._evaluator.known_expansions(pinned)))
        return tuple(text for text in pinned.also or () if spelling_key(text) not in known)

    def ranked(self, selection: Selection, depth: int) -> tuple[Hit, ...]:
        """The first ``depth`` results as ids with scores, without texts; both tiers, as a TREC run has them.

        Raises:
            UserError: the query is past a stated limit.
            OperatorError: the index cannot be read.
        """
        request = SearchRequest(selection, size=depth, facets=())
        with self._evaluator.lend(selection) as reader:
            return self._evaluator.correct(reader, request, shown=False).answer.results.hits
