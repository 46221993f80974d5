"""What entered, changed and vanished between two states of the archive: in all, or of a selection?

Both states are without what is withheld now. Of all articles, those that differ are found from the changes
between the two. Of a selection, both states are evaluated whole, as the query is typed: a correction would be
another one in each. All that is kept of a match are numbers (search_app.answer.exporting).
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import islice

import numpy as np

from corpus.archived import ArchivedArticle
from corpus.errors import UserError
from corpus.message import say
from corpus.pins import last_change_of_day
from corpus.published import Published
from corpus.shown_archive import ShownArchive
from corpus.state_differences import StateDifference, ids_of_versions, state_differences, withdrawn_between
from corpus.withdrawals import Withdrawal, WithdrawalState
from indexer.query import Sort
from search_app.answer.evaluation import Evaluator
from search_app.answer.hits import HitReader, check_held
from search_app.answer.pages import SearchRequest
from search_app.answer.pins import AsOf
from search_app.answer.selection import Selection

_BATCH = 100
_KEPT = 4  # diffs that are kept in memory, so that the pages of one need not make it again
_UNDATED = Published("")
_NONE = 0
"""In place of a change: the article is not in that state."""


class DiffMark(StrEnum):
    """What became of an article from the older state to the newer one."""

    ENTERED = "entered"
    CHANGED = "changed"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """An article that differs, in its version of the newer state; where it vanished, of the older one.

    Attributes:
        title, source, published: empty where no more than the id may be told.
        older, newer: the number of its version in each state; None where it is in none, or may not be told.
        state: how the archive answers for it where it is withdrawn; empty where it is shown, and where it is
            hidden, for which an article that was never there stands.
        reason: why it was withdrawn, of a tombstone.
    """

    mark: DiffMark
    article_id: str
    title: str = ""
    source: str = ""
    published: Published = _UNDATED
    older: int | None = None
    newer: int | None = None
    state: str = ""
    reason: str = ""


class Diff:
    """What differs between two states.

    Attributes:
        older, newer: the changes of both.
        selection: what was compared; None: all articles.
        entered, changed, vanished: how many articles did.
        withheld: how many articles of the whole archive are withdrawn now, and so in neither state; of none
            of them the query is asked.
    """

    def __init__(
        self,
        archive: ShownArchive,
        states: tuple[int, int],
        selection: Selection | None,
        differences: Iterable[StateDifference],
        withdrawals: tuple[Withdrawal, ...] = (),
    ) -> None:
        self._archive = archive
        self.older, self.newer = states
        self.selection = selection
        self._withdrawals = withdrawals
        self._before, self._after = array("q"), array("q")
        pairs = _by_mark(differences)
        for some in pairs.values():
            some.sort(key=lambda pair: pair[1] or pair[0], reverse=True)
            self._before.extend(before for before, _ in some)
            self._after.extend(after for _, after in some)
        self.entered, self.changed = len(pairs[DiffMark.ENTERED]), len(pairs[DiffMark.CHANGED])
        self.vanished = len(pairs[DiffMark.VANISHED]) + len(withdrawals)
        self.withheld = len(archive.withdrawn().articles)

    @property
    def total(self) -> int:
        """How many articles differ."""
        return self.entered + self.changed + self.vanished

    def lines(self, first: int = 0, most: int | None = None) -> Iterator[DiffLine]:
        """The articles: what entered, what changed, what vanished; read while the caller iterates.

        Each kind has the newest version first, and at its end the ids of what was withdrawn. What is
        withdrawn meanwhile is left out.

        Args:
            first: how many are passed over.
            most: at most so many.
        """
        last = self.total if most is None else min(self.total, first + most)
        for start in range(first, min(last, len(self._before)), _BATCH):
            yield from self._shown(range(start, min(start + _BATCH, last, len(self._before))))
        behind = max(0, first - len(self._before))
        yield from map(self._withdrawn, islice(self._withdrawals, behind, max(0, last - len(self._before))))

    def _shown(self, places: range) -> Iterator[DiffLine]:
        pairs = [(self._before[place], self._after[place]) for place in places]
        versions = self._archive.versions_of([change for pair in pairs for change in pair if change])
        for before, after in pairs:
            if (archived := versions.get(after or before)) is not None:
                line = _line(_mark(before, after), archived)
                numbers = (versions.get(change) for change in (before, after))
                older, newer = (one.version if one else None for one in numbers)
                yield replace(line, older=older, newer=newer)

    def _withdrawn(self, withdrawal: Withdrawal) -> DiffLine:
        bare = DiffLine(DiffMark.VANISHED, withdrawal.article_id)
        if withdrawal.state is WithdrawalState.ERASED:
            return replace(bare, state=withdrawal.state.value)
        tombstone = self._archive.tombstone(withdrawal.article_id)
        if tombstone is None or tombstone.archived is None:
            return bare
        line = _line(DiffMark.VANISHED, tombstone.archived)
        return replace(line, state=withdrawal.state.value, reason=withdrawal.reason)


class Differing:
    """The use case of two states of one archive; safe for threads."""

    def __init__(self, archive: ShownArchive, evaluator: Evaluator, hits: HitReader) -> None:
        self._archive = archive
        self._evaluator = evaluator
        self._hits = hits
        self._of_all = lru_cache(maxsize=_KEPT)(self._whole)

    def diff(self, older: AsOf, newer: AsOf | None = None, selection: Selection | None = None) -> Diff:
        """What differs from an older state to a newer one: changes, or days, which mean their last change.

        Args:
            older: 0, or a day before the first change: the empty archive.
            newer: None: the present; of a selection, that of the index.
            selection: which articles are compared; None: all.

        Raises:
            UserError: the archive has no such change, the newer state is before the older one, or the query
                is past a stated limit.
            OperatorError: the archive or the index cannot be read.
        """
        first = self._number(older)
        last = self._archive.number if newer is None else self._number(newer)
        if first > last:
            raise UserError(
                say(
                    "the older state is change {older} and the newer one change {newer}; exchange them",
                    older=first,
                    newer=last,
                )
            )
        if selection is None:
            return self._of_all(first, last, self._archive.number, self._archive.withdrawn().state)
        return self._of_selection(first, last, replace(selection, sort=Sort.NEWEST, collapse_stories=False))

    def _number(self, state: AsOf) -> int:
        last = self._archive.number
        if isinstance(state, date):
            return last_change_of_day(self._archive, state)
        if not 0 <= state <= last:
            raise UserError(
                say(
                    "there is no change {number}; the archive has the changes 1 to {last}",
                    number=state,
                    last=last,
                )
            )
        return state

    def _whole(self, older: int, newer: int, _number: int, _withdrawn: tuple[int, int]) -> Diff:
        differences = state_differences(self._archive, older, newer)
        withdrawals = tuple(withdrawn_between(self._archive, older, newer))
        return Diff(self._archive, (older, newer), None, differences, withdrawals)

    def _of_selection(self, older: int, newer: int, selection: Selection) -> Diff:
        with self._evaluator.lend(replace(selection, as_of=None)) as reader:
            newer = min(newer, reader.manifest.archive_number)
        older = min(older, newer)
        before = self._matching(replace(selection, as_of=older)) if older else array("q")
        after = self._matching(replace(selection, as_of=newer)) if newer else array("q")
        then = dict(ids_of_versions(self._archive, _only(before, after)))
        now = dict(ids_of_versions(self._archive, _only(after, before)))
        names = then.keys() | now.keys()
        differences = (StateDifference(name, then.get(name), now.get(name)) for name in names)
        return Diff(self._archive, (older, newer), selection, differences)

    def _matching(self, selection: Selection) -> "array[int]":
        """The versions of a state that match, each as the change that brought it."""
        request = SearchRequest(selection, size=0, facets=(), first_tier_only=True)
        source = self._hits.source(selection)
        with self._evaluator.lend(selection) as reader:
            total = self._evaluator.answer(reader, request, shown=False).results.total
            whole = replace(request, size=total)
            hits = self._evaluator.answer(reader, whole, shown=False).results.hits if total else ()
            changes = source.changes([hit.id for hit in hits])
            check_held(self._archive, hits, changes)
        return array("q", changes.values())


def _only(these: "array[int]", those: "array[int]") -> list[int]:
    """The numbers of one array that the other does not have; no number is in either twice."""
    found: list[int] = np.setdiff1d(these, those, assume_unique=True).tolist()
    return found


def _mark(before: int, after: int) -> DiffMark:
    if not before:
        return DiffMark.ENTERED
    return DiffMark.CHANGED if after else DiffMark.VANISHED


def _by_mark(differences: Iterable[StateDifference]) -> dict[DiffMark, list[tuple[int, int]]]:
    """The versions of both states, in the order of the marks."""
    pairs: dict[DiffMark, list[tuple[int, int]]] = {mark: [] for mark in DiffMark}
    for one in differences:
        pair = one.before or _NONE, one.after or _NONE
        pairs[_mark(*pair)].append(pair)
    return pairs


def _line(mark: DiffMark, archived: ArchivedArticle) -> DiffLine:
    article = archived.article
    return DiffLine(mark, article.id, article.title, article.source, article.published)
