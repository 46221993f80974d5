"""What can be set, where from, and what if it is not? Environment first, then these defaults."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, nan
from pathlib import Path

from corpus.errors import UserError
from corpus.message import say

DEFAULT_DATA = "khobao-data"
QUERY_SECONDS = 10.0
_SECONDS = "KHOBAO_QUERY_SECONDS"
MAX_PAGE_SIZE = 100
MAX_SUGGESTIONS = 8
MAX_KEPT = 500
"""Articles of a basket; an address cannot be longer without end."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data lives, and in which language Kho Báo speaks first.

    Attributes:
        expansion: whether other spellings and names are searched too, where nobody says.
        query_seconds: how long the page and the API may evaluate a query (indexer.budget).
    """

    data: Path
    language: str = "vi"
    expansion: bool = True
    query_seconds: float = QUERY_SECONDS

    @property
    def archive(self) -> Path:
        """The archive's file."""
        return self.data / "archive.sqlite"

    @property
    def index(self) -> Path:
        """The index's folder."""
        return self.data / "index"

    @property
    def suggestions(self) -> Path:
        """The file of what is offered while a person types, beside the index."""
        return self.index / "suggestions.kho"

    @property
    def stories(self) -> Path:
        """The file of which articles are prints of one text, beside the index."""
        return self.index / "stories.kho"

    @property
    def names(self) -> Path:
        """The folder of the archive's own tables of names; it need not be there."""
        return self.data / "names"

    @property
    def import_log(self) -> Path:
        """Tracebacks of what an import failed at by a fault of the program; there only where one was."""
        return self.data / "import.log"

    @property
    def lock(self) -> Path:
        """Held by the one writing process."""
        return self.data / "write.lock"


def read_settings(data: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from a ``--data`` option, else KHOBAO_DATA, else ./khobao-data.

    KHOBAO_LANG is vi or en; KHOBAO_WIDEN is 0 where other spellings and names are searched only when
    asked for. Never raises: each command reads these before it can say what is wrong.
    """
    folder = data or Path(environment.get("KHOBAO_DATA") or DEFAULT_DATA)
    language = "en" if environment.get("KHOBAO_LANG", "vi").lower().startswith("en") else "vi"
    return Settings(folder, language, expansion=environment.get("KHOBAO_WIDEN", "1") != "0")


def read_query_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """The budget of a query from KHOBAO_QUERY_SECONDS, which only who serves asks for.

    Raises:
        UserError: it is no time.
    """
    given = environment.get(_SECONDS, "").strip()
    try:
        seconds = float(given or QUERY_SECONDS)
    except ValueError:
        seconds = nan
    if not 0 < seconds < inf:
        raise UserError(
            say("{name} is “{value}”; give seconds above 0, such as 10", name=_SECONDS, value=given)
        )
    return seconds
