"""How is an article taken out of sight, and brought back? By changes, checked before they are made."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.audit import Action, Detail
from corpus.changes import HEADS_OF_CHANGES, ChangeKind, Choice
from corpus.derived_tables import note_facts
from corpus.erasing import ErasedVersion, Removed, erased_versions, remove_rows
from corpus.errors import UserError
from corpus.message import say
from corpus.storing import add_change
from corpus.withdrawals import Withdrawal, WithdrawalState, WithdrawnPart, current_moment, standing

ENDED = "embargo ended"
"""The reason of a restoration that nobody ordered: the withdrawal ended by itself."""


ERASED = WithdrawalState.ERASED
PROGRAM = "khobao"
"""Who did what nobody ordered."""

LISTED = "listed as erased"
"""The reason of an erasure that a list of erasures asks for."""


@dataclass(frozen=True, slots=True)
class WithdrawalOrder:
    """What is to be withdrawn, or brought back.

    Attributes:
        version: the one version; None: the article.
        state: None: it is brought back.
        until: when it ends by itself, UTC, ISO 8601; empty: never.
    """

    article_id: str
    version: int | None
    state: WithdrawalState | None
    reason: str = ""
    actor: str = ""
    until: str = ""

    @property
    def part(self) -> WithdrawnPart:
        """What it is of."""
        return self.article_id, self.version

    @property
    def name(self) -> str:
        """The article, or its version, as it is given at the command line."""
        return self.article_id if self.version is None else f"{self.article_id}@{self.version}"

    @property
    def action(self) -> Action:
        """As what it stands in the audit log."""
        if self.state is None:
            return Action.REINSTATE
        return Action.ERASE if self.state is WithdrawalState.ERASED else Action.WITHDRAW

    def detail(self, change: int) -> Detail:
        """What the audit log says of it, beside who did it."""
        said = {"id": self.name, "state": str(self.state or ""), "reason": self.reason, "until": self.until}
        return {"change": change} | {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """An order that was carried out.

    Attributes:
        change: the number of its change; None where it was so already.
        removed: what was removed, where it was erased, also by an earlier order.
    """

    order: WithdrawalOrder
    change: int | None
    removed: Removed | None = None


class Withdrawing:
    """Carries out orders within one transaction of a connection that writes."""

    def __init__(self, writer: sqlite3.Connection) -> None:
        self._writer = writer
        self._standing = dict(standing(writer).standing)

    def carry_out(self, order: WithdrawalOrder) -> int | None:
        """Makes the change of an order; its number, or None where it is so already.

        Raises:
            UserError: the order cannot be carried out; nothing was changed by it.
        """
        before = self._standing.get(order.part)
        self._check(order, before)
        if order.state is None:
            return self._restore(order)
        if before is not None and _is_so(before, order):
            return None
        change = self._change(order.state.kind, order)
        self._standing[order.part] = Withdrawal(
            change, *order.part, order.state, order.reason, order.actor, "", order.until
        )
        self._move_head(order, change, withdrawn=True)
        return change

    def end_by_themselves(self) -> list[tuple[WithdrawalOrder, int]]:
        """Brings back what has ended by itself; the orders that did it, and their changes."""
        now = current_moment()
        ended = [one for one in self._standing.values() if one.has_ended(now)]
        orders = [WithdrawalOrder(*one.part, None, ENDED, PROGRAM) for one in ended]
        return [(order, self._restore(order)) for order in orders]

    def _restore(self, order: WithdrawalOrder) -> int:
        change = self._change(ChangeKind.RESTORATION, order)
        del self._standing[order.part]
        self._move_head(order, change, withdrawn=False)
        return change

    def _change(self, kind: ChangeKind, order: WithdrawalOrder) -> int:
        return add_change(
            self._writer,
            kind,
            order.article_id,
            note=order.reason,
            version=order.version,
            actor=order.actor,
            until=order.until,
        )

    def _check(self, order: WithdrawalOrder, before: Withdrawal | None) -> None:
        versions = self._versions(order.article_id)
        if not versions:
            raise UserError(say("{id}: the archive has no article of this id", id=order.article_id))
        if order.version is not None and order.version not in versions:
            raise UserError(
                say(
                    "{id} has {count} versions; there is no version {number}",
                    id=order.article_id,
                    count=len(versions),
                    number=order.version,
                )
            )
        whole = self._standing.get((order.article_id, None))
        is_erased = WithdrawalState.ERASED in {one.state for one in (before, whole) if one is not None}
        if is_erased and order.state is not WithdrawalState.ERASED:
            raise UserError(
                say("{id}: it was erased, for good; nothing of it can be shown or hidden", id=order.name)
            )
        if order.state is None:
            _check_withdrawn(order, before)
            self._check_any_shown(order)
        else:
            _check_end(order)
            self._check_last(order, versions)

    def _check_last(self, order: WithdrawalOrder, versions: Sequence[int]) -> None:
        """Refuses to withdraw the last version of an article by itself: the article would have no text."""
        others = [one for one in versions if one != order.version]
        shown = [one for one in others if (order.article_id, one) not in self._standing]
        is_whole = (order.article_id, None) in self._standing
        if order.version is not None and not shown and not is_whole:
            raise UserError(
                say(
                    "{id}: no other version of the article is shown; withdraw the article itself:"
                    " khobao withdraw {article}",
                    id=order.name,
                    article=order.article_id,
                )
            )

    def _check_any_shown(self, order: WithdrawalOrder) -> None:
        """Refuses to bring back an article of which each version is withdrawn by itself."""
        if order.version is None and not self._shown(order.article_id):
            raise UserError(
                say(
                    "{id}: each of its versions is withdrawn; bring back one of them first:"
                    " khobao reinstate {id}@NUMBER",
                    id=order.article_id,
                )
            )

    def _versions(self, article_id: str) -> list[int]:
        rows = self._writer.execute(
            "SELECT version FROM versions WHERE article_id = ? ORDER BY version", (article_id,)
        )
        return [row[0] for row in rows]

    def _move_head(self, order: WithdrawalOrder, change: int, *, withdrawn: bool) -> None:
        """Makes the head fit; where the current version is withdrawn, another becomes the current one."""
        if order.version is None:
            self._writer.execute(
                "UPDATE heads SET last_change = ?, withdrawn = ? WHERE article_id = ?",
                (change, withdrawn, order.article_id),
            )
            return
        shown = self._shown(order.article_id)
        head = self._made_head(order.article_id)
        if shown and self._version_of(head[0]) not in shown:  # only poorer captures are left
            add_change(
                self._writer, ChangeKind.CHOICE, order.article_id, version=shown[-1], choice=Choice.USUAL
            )
            head = self._made_head(order.article_id)
        self._writer.execute(
            "UPDATE heads SET change = ?, last_change = ? WHERE article_id = ?", (*head, order.article_id)
        )
        note_facts(self._writer, order.article_id)

    def _made_head(self, article_id: str) -> tuple[int, int]:
        row = self._writer.execute(
            f"SELECT change, last_change FROM ({HEADS_OF_CHANGES}) WHERE article_id = ?",  # noqa: S608 - a constant
            (article_id,),
        ).fetchone()
        return row[0], row[1]

    def _version_of(self, change: int) -> int:
        rows = self._writer.execute("SELECT version FROM versions WHERE change = ?", (change,))
        return int(rows.fetchone()[0])

    def _shown(self, article_id: str) -> list[int]:
        """The versions that are not withdrawn by themselves."""
        return [one for one in self._versions(article_id) if (article_id, one) not in self._standing]


def _is_so(before: Withdrawal, order: WithdrawalOrder) -> bool:
    """Whether an order asks for what is so already; what is erased is so for good."""
    if before.state is order.state is WithdrawalState.ERASED:
        return True
    same = (before.state, before.until) == (order.state, order.until)
    return same and order.reason in {"", before.reason}


def _check_withdrawn(order: WithdrawalOrder, before: Withdrawal | None) -> None:
    if before is None:
        raise UserError(
            say("{id} is not withdrawn; what is withdrawn is listed by: khobao withdrawals", id=order.name)
        )


def _check_end(order: WithdrawalOrder) -> None:
    if not order.until:
        return
    if order.state is WithdrawalState.ERASED:
        raise UserError(say("{id}: what is erased does not come back; leave out --until", id=order.name))
    if order.version is not None:
        raise UserError(
            say(
                "{id}: an embargo is of a whole article; give --until without a version",
                id=order.name,
            )
        )
    if datetime.fromisoformat(order.until) <= current_moment():
        raise UserError(
            say(
                "{id}: --until is {until}, which has passed; give a later day",
                id=order.name,
                until=order.until,
            )
        )


def erase_listed(writer: sqlite3.Connection, listed: Sequence[ErasedVersion]) -> list[CarriedOut]:
    """Erases what another archive's list names and this one has not erased, within a transaction.

    An article that was erased is erased with all that this archive has of it; its id stays known also where
    it has nothing, so that it is never stored again. Single versions are known by their digest. Where they
    are all that is shown of an article, it is hidden, until it is brought back with another version.
    """
    known = {(one.article_id, one.digest) for one in erased_versions(writer.execute)}
    wholes = {part[0] for part, one in standing(writer).standing.items() if part[1] is None and one.is_erased}
    done: list[CarriedOut] = []
    for article_id in dict.fromkeys(one.article_id for one in listed if one.whole or not one.digest):
        if article_id not in wholes:
            done.append(_erase(writer, WithdrawalOrder(article_id, None, ERASED, LISTED, PROGRAM)))
            wholes.add(article_id)
    for one in listed:
        if one.article_id not in wholes and (one.article_id, one.digest) not in known:
            done += _erase_version(writer, one)
    return done


def _erase_version(writer: sqlite3.Connection, listed: ErasedVersion) -> list[CarriedOut]:
    """Erases a version where this archive has it, by its digest."""
    row = writer.execute(
        "SELECT version FROM versions WHERE article_id = ? AND digest = ? AND content != ''",
        (listed.article_id, listed.digest),
    ).fetchone()
    if row is None:
        return []
    order = WithdrawalOrder(listed.article_id, row[0], ERASED, LISTED, PROGRAM)
    try:
        return [_erase(writer, order)]
    except UserError:  # nothing else of the article is shown
        Withdrawing(writer).carry_out(
            WithdrawalOrder(listed.article_id, None, WithdrawalState.HIDDEN, LISTED, PROGRAM)
        )
        return [_erase(writer, order)]


def _erase(writer: sqlite3.Connection, order: WithdrawalOrder) -> CarriedOut:
    if writer.execute("SELECT 1 FROM versions WHERE article_id = ?", (order.article_id,)).fetchone():
        change = Withdrawing(writer).carry_out(order)
    else:
        change = add_change(
            writer, ChangeKind.ERASURE, order.article_id, note=order.reason, actor=order.actor
        )
    return CarriedOut(order, change, remove_rows(writer, order.part) if change is not None else None)
