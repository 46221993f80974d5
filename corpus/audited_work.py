"""What did a command store in the archive? Told to the audit log when it ends, also with an error.

A command that stored nothing leaves no row. One that is killed leaves none either: its changes are there, and
the same command, given again, tells what it stored itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from corpus.archive import Archive
from corpus.audit import Action
from corpus.errors import OperatorError

Told = dict[str, str | int]


@contextmanager
def audited(archive: Archive, action: Action, actor: str = "") -> Iterator[Told]:
    """Lends what will be told of a block, to which the block adds; the numbers of its changes are added here.

    Args:
        actor: who does it; empty: this process's user.
    """
    before, told = _stored(archive), Told()
    try:
        yield told
    except BaseException:
        with suppress(OperatorError):  # what is raised says more
            _tell(archive, actor, action, before, {**told, "stopped_early": 1})
        raise
    _tell(archive, actor, action, before, told)


def _tell(archive: Archive, actor: str, action: Action, before: tuple[int, ...], told: Told) -> None:
    after = _stored(archive)
    if after == before:
        return
    numbers = {"first_change": before[0] + 1, "last_change": after[0]} if after[0] > before[0] else {}
    archive.log(actor, action, {**told, **numbers})


def _stored(archive: Archive) -> tuple[int, ...]:
    """A value that differs when a change, a refusal or a resolution was stored."""
    asked = "SELECT (SELECT coalesce(max(number), 0) FROM refusals), (SELECT count(*) FROM resolutions)"
    return archive.number, *archive.rows(asked).fetchone()
