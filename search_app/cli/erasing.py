"""What remains to be done when rows of the archive were erased? Their bytes go from every file of the folder.

The archive's own file is wiped; archives that were moved aside are erased too; a rebuild that was never
completed, and the log of tracebacks, which may quote records, go. The index and what is derived beside it are
made without them by the build that follows. Only then are the erasures listed: a command that is killed
before is completed by the next one that writes.
"""

from collections.abc import Iterator
from pathlib import Path

from corpus.archive import Archive
from corpus.data_folder import ARCHIVE, ERASURES
from corpus.disk import sync
from corpus.erasing import ErasedVersion
from corpus.erasures import note_erasures, read_erasures
from corpus.errors import OperatorError
from corpus.message import Message, say
from indexer.arrays.disk import report_disk_errors
from search_app.bootstrap import drop_unfinished_rebuild
from search_app.settings import Settings


def unfinished_erasures(settings: Settings, archive: Archive) -> list[ErasedVersion]:
    """The erased versions of the archive that are not in the folder's list."""
    if not any(archive.withdrawals().erased_since(0)):
        return []
    listed = set(map(_key, read_erasures(settings.data / ERASURES)))
    return [one for one in archive.erased() if _key(one) not in listed]


def _key(one: ErasedVersion) -> tuple[str, int, str, bool]:
    """What tells an erasure from another: a copy that is brought back may give a number to another text."""
    return one.article_id, one.version, one.digest, one.whole


def remove_bytes(settings: Settings, archive: Archive) -> list[Message]:
    """Removes what was erased from all files but the index; what could not be done, a sentence each.

    Raises:
        OperatorError: there is too little space, or the disk fails.
    """
    with report_disk_errors(settings.data):
        settings.import_log.unlink(missing_ok=True)
        for draft in settings.data.glob(f"{ARCHIVE}.new*"):
            draft.unlink()
        drop_unfinished_rebuild(settings)
        sync(settings.data)
    undone = list(_erase_aside(settings, archive.erased()))
    if not archive.wipe():
        undone.append(
            say(
                "{path}: another process kept reading it, and its log still has what was erased; give any"
                " command that writes again, such as: khobao withdraw",
                path=str(settings.archive),
            )
        )
    return undone


def list_erasures(settings: Settings, archive: Archive) -> None:
    """Notes all erasures of the archive in the folder's list.

    Raises:
        UserError: the list that is there cannot be understood.
        OperatorError: it cannot be written.
    """
    note_erasures(settings.data / ERASURES, archive.erased())


def _erase_aside(settings: Settings, erased: list[ErasedVersion]) -> Iterator[Message]:
    """Erases in the archives that ``khobao backup --restore`` moved aside."""
    for path in sorted(settings.data.glob(f"{ARCHIVE}.until-*")):
        if path.name.endswith(("-wal", "-shm")):
            continue
        fault = _fault_of_erasing(path, erased)
        if fault is not None:
            yield say(
                "{path}: this archive was moved aside, and what was erased is still in it ({error}); remove"
                " the file, then give the command again",
                path=str(path),
                error=fault,
            )


def _fault_of_erasing(path: Path, erased: list[ErasedVersion]) -> str | None:
    try:
        with Archive(path) as aside:
            aside.erase_listed(erased)
            return None if aside.wipe() else "another process reads it"
    except OperatorError as error:
        return str(error)
