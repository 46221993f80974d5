"""How is the state of a data folder printed at a terminal?"""

from corpus.backup_note import NotedBackup
from corpus.message import say
from corpus.withdrawals import WithdrawalState
from search_app.answer.archive.next_steps import StatusReport
from search_app.answer.archive.status import Status
from search_app.cli.output import line
from search_app.cli.terminal import grouped
from search_app.language import Translate


def print_status(report: StatusReport, translate: Translate) -> None:
    """Prints the counts of the archive and of what is made of it, and last what is to be done next."""
    _print_archive(report.status, translate)
    _print_withdrawn(report.status, translate)
    _print_index(report.status, translate)
    _print_units(report.status, translate)
    _print_verified(report.status, translate)
    _print_backup(report.backup, translate)
    if not report.compiled:
        line(
            say(
                "Search: slower than it could be; install a C compiler (Debian: apt install gcc libc6-dev)"
                " and give make run again"
            ),
            translate,
        )
    for step in report.steps:
        line(say("To do: {step}", step=step.message.render(translate)), translate)


def _print_archive(status: Status, translate: Translate) -> None:
    line(
        say(
            "Archive: {articles} articles, {withdrawn} withdrawn, {versions} versions, {refusals} refusals,"
            " change {number}",
            articles=grouped(status.articles),
            withdrawn=grouped(status.withdrawn),
            versions=grouped(status.versions),
            refusals=grouped(status.refusals),
            number=status.archive_number,
        ),
        translate,
    )


def _print_withdrawn(status: Status, translate: Translate) -> None:
    """What is withdrawn, for the staff alone: pages never count what is hidden."""
    if not status.by_state:
        return
    counts = {state: grouped(status.by_state.get(state, 0)) for state in WithdrawalState}
    line(
        say(
            "Withdrawn articles and versions: {tombstones} tombstones, {hidden} hidden, {erased} erased;"
            " listed by: khobao withdrawals",
            tombstones=counts[WithdrawalState.TOMBSTONE],
            hidden=counts[WithdrawalState.HIDDEN],
            erased=counts[WithdrawalState.ERASED],
        ),
        translate,
    )


def _print_index(status: Status, translate: Translate) -> None:
    if status.index_number is None or status.indexed is None:
        line(say("Index: none that fits"), translate)
        return
    line(
        say(
            "Index: {indexed} articles, change {number}",
            indexed=grouped(status.indexed),
            number=status.index_number,
        ),
        translate,
    )


def _print_units(status: Status, translate: Translate) -> None:
    """Prints up to which change the table of units holds the archive."""
    if status.units_number is None:
        line(say("Units: no table"), translate)
    elif status.units_number < status.archive_number:
        held, number = status.units_number, status.archive_number
        line(say("Units: change {held} of {number}", held=held, number=number), translate)
    else:
        line(say("Units: change {number}", number=status.units_number), translate)


def _print_verified(status: Status, translate: Translate) -> None:
    if status.verified is None:
        line(say("Verified: never; do it with: khobao verify"), translate)
        return
    line(
        say(
            "Verified: {at}, up to change {number}: {faults} faults",
            at=status.verified.ended_at,
            number=status.verified.change,
            faults=grouped(status.verified.faults),
        ),
        translate,
    )


def _print_backup(backup: NotedBackup | None, translate: Translate) -> None:
    if backup is None:
        line(say("Backup: none is noted"), translate)
        return
    line(
        say(
            "Backup: {at}, up to change {number}: {folder}",
            at=backup.at,
            number=backup.change,
            folder=backup.folder,
        ),
        translate,
    )
