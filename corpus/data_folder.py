"""Which files lie in a data folder beside its index, and which does SQLite keep beside the archive?"""

from pathlib import Path

ARCHIVE = "archive.sqlite"
BACKUP_NOTE = "last-backup.json"
ERASURES = "erasures.jsonl"
"""The list of what was erased; it need not be there."""
NAMES = "names"
"""A folder of the archive's own tables of names; it need not be there."""


def beside(archive: Path) -> tuple[Path, Path]:
    """The write-ahead log of an archive, and the log's index; either need not be there."""
    wal, index = (archive.with_name(f"{archive.name}-{ending}") for ending in ("wal", "shm"))
    return wal, index
