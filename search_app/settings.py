"""What can be set, where from, and what if it is not? Environment first, then these defaults."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATA = "khobao-data"
MAX_PAGE_SIZE = 100
MAX_DEPTH = 10_000
"""Results that can be paged through; past it, narrow by a filter or export."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lives, and in which language the house speaks first."""

    data: Path
    language: str = "vi"

    @property
    def archive(self) -> Path:
        """The archive's file."""
        return self.data / "archive.sqlite"

    @property
    def index(self) -> Path:
        """The index's folder."""
        return self.data / "index"

    @property
    def lock(self) -> Path:
        """Held by the one writing process."""
        return self.data / "write.lock"


def read_settings(data: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from a ``--data`` option, else KHOBAO_DATA, else ./khobao-data; KHOBAO_LANG is vi or en."""
    folder = data or Path(environment.get("KHOBAO_DATA") or DEFAULT_DATA)
    language = "en" if environment.get("KHOBAO_LANG", "vi").lower().startswith("en") else "vi"
    return Settings(folder, language)
