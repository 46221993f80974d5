"""What of the archive is withdrawn now, by whom and why? Read from its changes.

A tombstone says that an article was here: its citation, the reason and the date, and nothing of its text. A
hidden article is answered as one that was never here. Of an erased one nothing but id, digest, reason and
date is kept. A withdrawal of an article may end by itself (an embargo); that of one version does not. An
article that is withdrawn keeps getting versions, which are not shown either.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from corpus.changes import WITHDRAWING, ChangeKind
from corpus.digests import Column


class WithdrawalState(StrEnum):
    """How a withdrawn article is answered."""

    HIDDEN = "hidden"
    TOMBSTONE = "tombstone"
    ERASED = "erased"

    @property
    def kind(self) -> ChangeKind:
        """The kind of change that brings an article to this state."""
        return _KINDS[self]


_KINDS = {
    WithdrawalState.HIDDEN: ChangeKind.HIDING,
    WithdrawalState.TOMBSTONE: ChangeKind.WITHDRAWAL,
    WithdrawalState.ERASED: ChangeKind.ERASURE,
}
_STATES = {str(kind): state for state, kind in _KINDS.items()}

WITHDRAWAL_COLUMNS = "number, kind, article_id, note, at, version, actor, until"
WITHDRAWAL_KINDS = ", ".join(f"'{kind}'" for kind in (*WITHDRAWING, ChangeKind.RESTORATION))
"""Of changes: the columns that ``Withdrawals.after`` takes, and the kinds, as SQL."""

WithdrawnPart = tuple[str, int | None]
"""An article, or one version of it."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One article, or one version of it, that is withdrawn.

    Attributes:
        change: the number of the change that withdrew it.
        version: the one version that is withdrawn; None where the article is.
        reason: as it was given, in one line.
        actor: who withdrew it.
        at: when, in UTC, ISO 8601.
        until: when it ends by itself, in UTC, ISO 8601; empty where it does not.
    """

    change: int
    article_id: str
    version: int | None
    state: WithdrawalState
    reason: str
    actor: str
    at: str
    until: str = ""

    @property
    def part(self) -> WithdrawnPart:
        """What is withdrawn."""
        return self.article_id, self.version

    @property
    def is_erased(self) -> bool:
        """Whether nothing of it is kept."""
        return self.state is WithdrawalState.ERASED

    def has_ended(self, moment: datetime) -> bool:
        """Whether it has ended by itself at a moment."""
        return bool(self.until) and datetime.fromisoformat(self.until) <= moment


@dataclass(frozen=True)
class Withdrawals:
    """All withdrawals that stand at a change of the archive, whether or not they have ended by themselves.

    Attributes:
        number: the archive's change.
        last: the last change that withdrew or restored something; 0 where there is none.
        standing: by article and version, in the order in which they were made.
    """

    number: int
    last: int
    standing: Mapping[WithdrawnPart, Withdrawal]

    @classmethod
    def none(cls) -> "Withdrawals":
        """Those of an archive without changes."""
        return cls(0, 0, {})

    def after(self, number: int, rows: Iterable[tuple[Column, ...]]) -> "Withdrawals":
        """Those that stand at a later change, after the rows of WITHDRAWAL_COLUMNS between them, in order."""
        standing, last = dict(self.standing), self.last
        for change, kind, article_id, note, at, version, actor, until in rows:
            part: WithdrawnPart = (str(article_id), None if version is None else int(str(version)))
            standing.pop(part, None)
            last = int(str(change))
            if kind != ChangeKind.RESTORATION:
                standing[part] = Withdrawal(
                    last,
                    *part,
                    _STATES[str(kind)],
                    str(note),
                    str(actor),
                    str(at),
                    str(until),
                )
        return Withdrawals(number, last, standing)

    def at(self, moment: datetime) -> "Withdrawn":
        """What is out of sight at a moment."""
        return Withdrawn(
            self.last,
            {part: one for part, one in self.standing.items() if not one.has_ended(moment)},
        )

    def all(self) -> "Withdrawn":
        """All of them, also those that have ended by themselves and are still to be brought back."""
        return Withdrawn(self.last, self.standing)

    def embargoed(self) -> frozenset[str]:
        """The articles that come back by themselves: an index holds them, and readers leave them out."""
        return frozenset(one.article_id for one in self.standing.values() if one.until)

    def erased_since(self, number: int) -> frozenset[str]:
        """The articles of which something was erased after a change, be it one version."""
        return frozenset(
            one.article_id
            for one in self.standing.values()
            if one.state is WithdrawalState.ERASED and one.change > number
        )

    def ended(self, moment: datetime) -> list[Withdrawal]:
        """Those that have ended by themselves at a moment, and still stand in the archive."""
        return [one for one in self.standing.values() if one.has_ended(moment)]

    def next_end(self, moment: datetime) -> datetime | None:
        """When the next of them ends by itself; None where none does."""
        ends = (datetime.fromisoformat(one.until) for one in self.standing.values() if one.until)
        return min((end for end in ends if end > moment), default=None)


class Withdrawn:
    """What is out of sight: articles and single versions.

    Attributes:
        state: changes whenever something goes out of sight or comes back.
        parts: by article and version.
        articles: the ids of the articles that are withdrawn as a whole.
    """

    def __init__(self, last: int, parts: Mapping[WithdrawnPart, Withdrawal]) -> None:
        self.state = last, len(parts)
        self.parts = parts
        self.articles = frozenset(article_id for article_id, version in parts if version is None)
        self._touched = frozenset(article_id for article_id, _ in parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def article(self, article_id: str) -> Withdrawal | None:
        """The withdrawal of an article as a whole; None where it is not withdrawn."""
        return self.parts.get((article_id, None))

    def covers(self, article_id: str, version: int) -> bool:
        """Whether a version is out of sight, by itself or with its article."""
        return article_id in self._touched and (
            article_id in self.articles or (article_id, version) in self.parts
        )

    def masked_at(self, number: int) -> frozenset[str]:
        """The articles that an index up to a change of the archive holds, and its readers leave out.

        What was withdrawn before is not in the index; an embargoed article always is.
        """
        return frozenset(one.article_id for one in self.parts.values() if one.until or one.change > number)

    def touches(self, article_id: str) -> bool:
        """Whether an article or a version of it is out of sight."""
        return article_id in self._touched


NOTHING = Withdrawn(0, {})
"""Nothing is withdrawn."""


def current_moment() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def standing(connection: sqlite3.Connection) -> Withdrawals:
    """The withdrawals that stand in an archive."""
    rows = connection.execute(
        f"SELECT {WITHDRAWAL_COLUMNS} FROM changes WHERE kind IN ({WITHDRAWAL_KINDS}) ORDER BY number"  # noqa: S608 - constants
    )
    return Withdrawals.none().after(0, rows)
