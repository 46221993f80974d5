"""When was the archive of a data folder last copied by ``khobao backup``? A note beside the archive says so.

It is no part of the archive: whoever may only read the archive can copy it, and then no note is made.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.backup import Backup
from corpus.data_folder import BACKUP_NOTE
from corpus.disk import replace_file
from corpus.moment import now


@dataclass(frozen=True, slots=True)
class NotedBackup:
    """A copy of the archive that was proven.

    Attributes:
        at: when: UTC, ISO 8601.
        change: up to which change of the archive it goes.
        folder: where it was then.
    """

    at: str
    change: int
    folder: str

    @property
    def moment(self) -> datetime:
        """When it was proven."""
        return datetime.fromisoformat(self.at).astimezone(UTC)


def note_backup(data: Path, made: Backup, folder: Path) -> bool:
    """Notes that a copy of a data folder's archive lies in a folder; whether the note could be written."""
    noted = NotedBackup(now(), made.number, str(folder.resolve()))
    with suppress(OSError):
        replace_file(data / BACKUP_NOTE, json.dumps(asdict(noted), ensure_ascii=False).encode())
        return True
    return False


def noted_backup(data: Path) -> NotedBackup | None:
    """The last copy that was noted; None where there is none, or the note cannot be read."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        noted = NotedBackup(**json.loads((data / BACKUP_NOTE).read_bytes()))
        if noted.moment and isinstance(noted.change, int) and isinstance(noted.folder, str):
            return noted
    return None
