"""Which articles stand otherwise at one change of the archive than at another?

Both states are those that readers see: without what is withheld now. Only articles with a change between the
two can differ, so nothing else is read.
"""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.pins import Step, steps_of, version_at
from corpus.shown_archive import ShownArchive
from corpus.withdrawals import Withdrawal, Withdrawn

_CHANGED = "SELECT article_id FROM changes WHERE number > ? AND number <= ? AND article_id != ''"
_LISTED = "SELECT value FROM json_each(?)"
_BATCH = 500  # below SQLite's smallest limit of 999 values a statement


class StateDifference(NamedTuple):
    """An article that differs: the change of its version in each state; None: it is in none."""

    article_id: str
    before: int | None
    after: int | None


class _Known(NamedTuple):
    """What is known of an article with a change between two states."""

    article_id: str
    head: int
    last_change: int
    versions: dict[int, int]
    steps: Sequence[Step]

    def standing(self, number: int, withdrawn: Withdrawn) -> int | None:
        """The change that brought the version that is shown of a state."""
        if self.last_change <= number:  # as it stands now
            return self.head
        version = version_at(self.steps, number)
        is_shown = version is not None and not withdrawn.covers(self.article_id, version)
        return self.versions[version] if version is not None and is_shown else None


def state_differences(archive: ShownArchive, before: int, after: int) -> Iterator[StateDifference]:
    """Every article that stands at only one of two changes, or at each in another version; in no order."""
    between = sorted((before, after))
    with archive.snapshot():
        withdrawn = archive.withdrawn()
        steps = steps_of(archive, _CHANGED, between, between[1])
        heads = archive.rows(
            f"SELECT article_id, change, last_change FROM heads WHERE article_id IN ({_CHANGED})",  # noqa: S608 - a constant
            between,
        ).fetchall()
    for article_id, head, last_change in heads:
        if article_id not in withdrawn.articles:
            versions, taken = steps.get(article_id, ({}, ()))
            known = _Known(article_id, head, last_change, dict(versions), taken)
            states = (known.standing(number, withdrawn) for number in (before, after))
            found = StateDifference(article_id, *states)
            if found.before != found.after:
                yield found


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
