"""What does a reader read? A file under the name its records will carry, and a tally of the reading."""

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk.

    Attributes:
        path: where it is.
        imported_at: UTC, ISO 8601 to the second; one moment for a whole import.
    """

    path: Path
    imported_at: str

    @property
    def name(self) -> str:
        r"""The path as given, POSIX separators; bytes that are not UTF-8 as ``\xff``."""
        return os.fsencode(self.path.as_posix()).decode("utf-8", "backslashreplace")

    @property
    def stem(self) -> str:
        """The file's name up to its first dot that is not its first character."""
        head, _, _ = self.path.name[1:].partition(".")
        return self.path.name[:1] + head


@dataclass(slots=True)
class Tally:
    """What a reading has gone through so far; readers add to it.

    Attributes:
        bytes_read: bytes taken from the disk, before decompression.
        unused_fields: how often a record held a field that nothing takes, by its name.
    """

    bytes_read: int = 0
    unused_fields: Counter[str] = field(default_factory=Counter)


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
