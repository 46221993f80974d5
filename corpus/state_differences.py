"""Which articles stand otherwise at one change of the archive than at another?

Both states are those that readers see: without what is withheld now. Only articles with a change between the
two can differ, so nothing else is read.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.pins import ArticleStep, steps_of, version_at
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import Withdrawal, Withdrawn

_HEADS = """
    SELECT h.article_id, h.change, h.last_change, coalesce(v.change, 0) FROM heads h
    LEFT JOIN versions v ON v.article_id = h.article_id AND v.version = 1
    WHERE h.article_id IN (SELECT article_id FROM changes WHERE number > ? AND number <= ?)"""
"""A salvaged archive may lack a first version."""

_LISTED = "SELECT value FROM json_each(?)"
_BATCH = 500  # below SQLite's smallest limit of 999 values a statement


class StateDifference(NamedTuple):
    """An article that differs: the change of its version in each state; None: it is in none."""

    article_id: str
    before: int | None
    after: int | None


class _Head(NamedTuple):
    """An article with a change between two states: its version now, its last change of all, its first."""

    article_id: str
    change: int
    last_change: int
    first_change: int

    def standing(self, number: int, versions: Mapping[int, int], steps: Sequence[ArticleStep]) -> int | None:
        """The change that brought the version that was current at a change."""
        if self.last_change <= number:  # as it stands now
            return self.change
        version = version_at(steps, number)
        return None if version is None else versions[version]


def state_differences(archive: ShownArchive, before: int, after: int) -> Iterator[StateDifference]:
    """Every article that stands at only one of two changes, or at each in another version; in no order."""
    first, last = sorted((before, after))
    with archive.snapshot():
        withdrawn = archive.withdrawn()
        heads = [_Head(*row) for row in archive.rows(_HEADS, [first, last])]
        heads = [head for head in heads if head.article_id not in withdrawn.articles]
        older = [head for head in heads if not _came_between(head, first, last)]
        standing = list(_standing(archive, older, (first, last), withdrawn))
    standing += [(head.article_id, None, head.change) for head in heads if _came_between(head, first, last)]
    for article_id, then, later in standing:
        if then != later:
            yield StateDifference(article_id, *((then, later) if before <= after else (later, then)))


def _came_between(head: _Head, first: int, last: int) -> bool:
    """Whether an article was not there at the first of two changes, and is at the last as it stands now.

    Of such an article, as of all in an import of new ones, nothing else need be read.
    """
    return first < head.first_change and head.last_change <= last


def _standing(
    archive: ShownArchive, heads: Sequence[_Head], states: tuple[int, int], withdrawn: Withdrawn
) -> Iterator[tuple[str, int | None, int | None]]:
    """Of some articles, the versions that are shown of two states, each as the change that brought it."""
    for start in range(0, len(heads), _BATCH):
        batch = heads[start : start + _BATCH]
        listed = [json.dumps([head.article_id for head in batch])]
        steps = steps_of(archive, _LISTED, listed, states[1])
        for head in batch:
            versions, taken = steps.get(head.article_id, ({}, ()))
            covered = {
                change for version, change in versions.items() if withdrawn.covers(head.article_id, version)
            }
            then, later = (head.standing(number, versions, taken) for number in states)
            yield head.article_id, None if then in covered else then, None if later in covered else later


def withdrawn_between(archive: ShownArchive, before: int, after: int) -> list[Withdrawal]:
    """The withdrawals of articles that stood at one change, were withdrawn at a later one, and still are.

    Each is as it is now; they are in the order of their ids.
    """
    with archive.snapshot():
        withdrawn = archive.withdrawn()
        listed = [json.dumps(sorted(withdrawn.articles))]
        steps = steps_of(archive, _LISTED, listed, after, with_erased=True)
    return [
        withdrawn.parts[article_id, None]
        for article_id, (_, taken) in sorted(steps.items())
        if version_at(taken, before) is not None and version_at(taken, after) is None
    ]


def ids_of_versions(archive: ShownArchive, changes: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The ids of the articles of some versions, each version named by its change."""
    for start in range(0, len(changes), _BATCH):
        batch = changes[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        yield from archive.rows(
            f"SELECT article_id, change FROM versions WHERE change IN ({marks})",  # noqa: S608 - marks only
            batch,
        )
