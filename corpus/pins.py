"""Which version of each article was current at an earlier change of the archive?

An article that did not change since is as it is now. So an earlier state is told by its differences, in the
time and space of the changes since.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from corpus.archive_reader import ArchiveReader
from corpus.archived import Head
from corpus.changes import WITHDRAWING, ChangeKind, Choice
from corpus.moment import VIETNAM
from corpus.withdrawals import Withdrawn

ArticleStep = tuple[int, str, int | None, str]
"""Of a change of an article: number, kind, version, choice."""

ArticleSteps = Mapping[str, tuple[Mapping[int, int], Sequence[ArticleStep]]]
"""By article: the change of each of its versions, and its steps in order."""


@dataclass(frozen=True)
class Pin:
    """An earlier state, told by what is otherwise in a later one.

    Attributes:
        number: the change that is pinned.
        later: the change of the later state: that of the index.
        then: of each article that changed after ``number``, the change that brought its version then; None
            where it was not there, or may not be shown now.
        now: the same of the later state, whether or not the article is withdrawn there.
        withheld: how many articles were there then, and are withdrawn now.
    """

    number: int
    later: int
    then: Mapping[str, int | None] = field(default_factory=dict)
    now: Mapping[str, int] = field(default_factory=dict)
    withheld: int = 0

    def absent(self) -> frozenset[int]:
        """The versions of the later state that were not current then."""
        return frozenset(change for name, change in self.now.items() if self.then.get(name) != change)

    def superseded(self) -> dict[int, int]:
        """The versions that were current then and not later, each with the later one of its article."""
        return {
            change: self.now.get(name, change)
            for name, change in self.then.items()
            if change is not None and self.now.get(name) != change
        }

    def came(self) -> frozenset[int]:
        """The versions of the later state of articles that were not there then."""
        return frozenset(change for name, change in self.now.items() if self.then[name] is None)

    def changed(self) -> frozenset[int]:
        """The versions of the later state of articles that were there then in another version."""
        return self.absent() - self.came()


def pin_at(archive: ArchiveReader, number: int, later: int, withdrawn: Withdrawn) -> Pin:
    """The state of an archive at a change, against a later one.

    Args:
        withdrawn: what is out of sight now, and so in every pin.
    """
    number = min(number, later)
    steps = steps_of(archive, _CHANGED, [number, archive.come_back()], later)
    then: dict[str, int | None] = {}
    now: dict[str, int] = {}
    withheld = 0
    for article_id, (versions, taken) in steps.items():
        current = version_at(taken, later, whole=True)
        if current is not None and current in versions:  # erased since: it is in no later state
            now[article_id] = versions[current]
        before = version_at(taken, number)
        is_shown = before is not None and not withdrawn.covers(article_id, before)
        withheld += before is not None and not is_shown
        then[article_id] = versions[before] if before is not None and is_shown else None
    return Pin(number, later, then, now, withheld)


def last_change_of_day(archive: ArchiveReader, day: date) -> int:
    """The number of the last change on or before a day in Vietnam; 0 where the archive was begun later."""
    return last_change_before(archive, datetime.combine(day + timedelta(days=1), time(), VIETNAM))


def last_change_before(archive: ArchiveReader, moment: datetime) -> int:
    """The number of the last change before a moment; 0 where the archive was begun later.

    Changes are in the order of their moments, so they are searched by halving.
    """
    low, high = 0, archive.number
    while low < high:
        middle = (low + high + 1) // 2
        (at,) = next(
            archive.rows("SELECT at FROM changes WHERE number >= ? ORDER BY number LIMIT 1", [middle])
        )
        low, high = (middle, high) if datetime.fromisoformat(at) < moment else (low, middle - 1)
    return low


def steps_of(
    archive: ArchiveReader, ids: str, values: Sequence[object], later: int, *, with_erased: bool = False
) -> ArticleSteps:
    """The steps of some articles up to a change.

    Args:
        ids: a statement of SQL that finds their ids, with its values.
        with_erased: reads the steps of erased versions too.
    """
    versions: defaultdict[str, dict[int, int]] = defaultdict(dict)
    taken: defaultdict[str, list[ArticleStep]] = defaultdict(list)
    rows = archive.rows(
        "SELECT v.article_id, v.version, v.change, c.choice FROM versions v"  # noqa: S608 - constants of callers
        f" JOIN changes c ON c.number = v.change WHERE v.article_id IN ({ids}) AND v.change <= ?"
        + ("" if with_erased else " AND v.content != ''"),
        [*values, later],
    )
    for article_id, version, change, choice in rows:
        versions[article_id][version] = change
        taken[article_id].append((change, ChangeKind.VERSION, version, choice))
    for change, kind, article_id, version in archive.state_changes():
        if article_id in versions and change <= later:
            taken[article_id].append((change, kind, version, ""))
    return {article_id: (versions[article_id], sorted(steps)) for article_id, steps in taken.items()}


def version_at(steps: Iterable[ArticleStep], number: int, *, whole: bool = False) -> int | None:
    """The version that was current at a change; None where none was, or the article was withdrawn.

    Args:
        whole: passes over withdrawals of the article as a whole.
    """
    chosen: list[int] = []
    withdrawn: set[int | None] = set()
    for change, kind, version, choice in steps:
        if change > number:
            break
        if kind == ChangeKind.CHOICE or (kind == ChangeKind.VERSION and choice != Choice.POORER):
            chosen += [version] if version is not None else []
        elif kind in set(WITHDRAWING):
            withdrawn.add(version)
        elif kind == ChangeKind.RESTORATION:
            withdrawn.discard(version)
    if None in withdrawn and not whole:
        return None
    return next((one for one in reversed(chosen) if one not in withdrawn), None)


def stood_from(archive: ArchiveReader, article_id: str, version: int) -> int | None:
    """The first change at which a version of an article was shown; None where it never was.

    As of that change the archive shows this version, and no other, for as long as nothing of it is withdrawn.
    """
    steps = steps_of(archive, "SELECT ?", [article_id], archive.number)
    _, taken = steps.get(article_id, ({}, ()))
    return next((number for number, *_ in taken if version_at(taken, number) == version), None)


def superseded(archive: ArchiveReader, heads: Sequence[Head]) -> Iterator[tuple[str, int]]:
    """Of some articles: id and change of each version that is not the current one, and is not erased."""
    current = {head.article_id: head.change for head in heads}
    ids = list(current)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        for article_id, change in archive.rows(
            f"SELECT article_id, change FROM versions WHERE article_id IN ({marks})"  # noqa: S608 - marks only
            " AND content != '' ORDER BY change",
            batch,
        ):
            if change != current[article_id]:
                yield article_id, change


_CHANGED = "SELECT article_id FROM heads WHERE last_change > ? UNION SELECT value FROM json_each(?)"
"""Articles that changed after a change, and those that came back by themselves, which is no change yet."""

_BATCH = 500
