"""What is to be done next for an archive? What is behind, old, refused by a fault, not copied for a month.

Each step names a command that removes its cause: tests try it on an archive that has the cause.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corpus.backup_note import NotedBackup
from corpus.message import Message, say
from search_app.answer.archive.status import Status

BACKUP_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to be done.

    Attributes:
        code: stable name of the cause.
        message: the cause and the remedy.
        command: the remedy as it is typed.
    """

    code: str
    message: Message
    command: str


NO_INDEX = NextStep(
    "no-index", say("There is no index that fits the archive; make it with: khobao rebuild"), "khobao rebuild"
)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What is known beside the counts of the archive and the index.

    Attributes:
        is_newest: whether the index, and what is beside it, are as this version writes them.
        faults: records that are still refused by a fault of the program.
        fault_log: path of the log with the tracebacks.
        backup: the last copy; None where none is noted.
        begun: when the archive's first change was made.
    """

    is_newest: bool
    faults: int
    fault_log: str
    backup: NotedBackup | None
    begun: datetime


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What ``khobao status`` says.

    Attributes:
        compiled: whether the loops of the search are compiled; else numpy does the same, more slowly.
    """

    status: Status
    backup: NotedBackup | None
    steps: tuple[NextStep, ...]
    compiled: bool = True


def next_steps(status: Status, upkeep: Upkeep, now: datetime) -> tuple[NextStep, ...]:
    """What is to be done at a moment, the most urgent first; nothing where all is well."""
    found = (
        index_step(status) or _format_step(upkeep) or _units_step(status),
        _fault_step(upkeep),
        _backup_step(status, upkeep, now),
    )
    return tuple(filter(None, found))


def index_step(status: Status) -> NextStep | None:
    """What keeps searches from being answered from the archive's newest state; None: nothing."""
    if status.index_number is None:
        return NO_INDEX
    if status.trouble is not None:
        return NextStep("index-trouble", status.trouble, "khobao rebuild")
    if status.index_number < status.archive_number:
        message = say(
            "The index holds the archive up to change {held} of {number}; it catches up at the end of the"
            " import that is running, or else with: khobao rebuild",
            held=status.index_number,
            number=status.archive_number,
        )
        return NextStep("index-behind", message, "khobao rebuild")
    if status.index_number > status.archive_number:
        message = say(
            "the index is of another archive: it is up to change {index}, the archive is at {archive};"
            " make it again with: khobao rebuild",
            index=status.index_number,
            archive=status.archive_number,
        )
        return NextStep("index-of-another", message, "khobao rebuild")
    return None


def _format_step(upkeep: Upkeep) -> NextStep | None:
    if upkeep.is_newest:
        return None
    message = say(
        "The index, or what is made beside it, is of an earlier khobao; bring it to this one with:"
        " khobao upgrade"
    )
    return NextStep("old-format", message, "khobao upgrade")


def _units_step(status: Status) -> NextStep | None:
    if status.units_number == status.archive_number:
        return None
    message = say("The table of units does not hold the whole archive; make it anew with: khobao rebuild")
    return NextStep("units-behind", message, "khobao rebuild")


def _fault_step(upkeep: Upkeep) -> NextStep | None:
    if not upkeep.faults:
        return None
    message = say(
        "Records refused by a fault of Kho Báo itself: {count}. Please report it, with {log}; when a version"
        " that mends it is installed, read them again with: khobao add --retry",
        count=upkeep.faults,
        log=upkeep.fault_log,
    )
    return NextStep("faults", message, "khobao add --retry")


def _backup_step(status: Status, upkeep: Upkeep, now: datetime) -> NextStep | None:
    """Due where something came since the last copy, or since ever, and that is a month ago."""
    backup = upkeep.backup
    copied, since = (backup.change, backup.moment) if backup else (0, upkeep.begun)
    if status.archive_number == copied or now - since <= BACKUP_AFTER:
        return None
    message = say(
        "The archive has changed, and was not copied by khobao for {days} days; copy it with:"
        " khobao backup FOLDER",
        days=(now - since).days,
    )
    return NextStep("backup-due", message, "khobao backup FOLDER")
