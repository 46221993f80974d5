"""What can be set, and where from? Options of a command first, then the environment, then defaults."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, nan
from pathlib import Path

from corpus.data_folder import ARCHIVE, NAMES
from corpus.errors import UserError
from corpus.message import say
from search_app.public_url import PublicUrl

DEFAULT_DATA = "khobao-data"
QUERY_SECONDS = 10.0  # of processor time
_SECONDS = "KHOBAO_QUERY_SECONDS"
_EMAIL = "KHOBAO_ADMIN_EMAIL"
MAX_PAGE_SIZE = 100
MAX_SUGGESTIONS = 8
MAX_KEPT = 500
"""Articles of one basket, whose ids all stand in one address."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process.

    Attributes:
        data: the folder of the archive and the index.
        language: code of the language in which messages are shown unless a request asks for another.
        expansion: whether queries are expanded unless a request says so itself.
        query_seconds: processor time in seconds that the page and the API may use for a query
            (indexer.budget).
        logs_requests: whether the server writes a line to its log for each request.
        logs_queries: whether its logs may say what is searched for, and by which client.
        shows_metrics: whether /metrics answers every client, and not only this machine's.
        url: the public address (KHOBAO_URL); None where it is not set.
        admin_email: whom harvesters write to (KHOBAO_ADMIN_EMAIL); empty where it is not set.
    """

    data: Path
    language: str = "vi"
    expansion: bool = True
    query_seconds: float = QUERY_SECONDS
    logs_requests: bool = False
    logs_queries: bool = False
    shows_metrics: bool = False
    url: PublicUrl | None = None
    admin_email: str = ""

    @property
    def archive(self) -> Path:
        """The file of the archive."""
        return self.data / ARCHIVE

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.data / "index"

    @property
    def suggestions(self) -> Path:
        """The file of suggestions for the search box, beside the index."""
        return self.index / "suggestions.kho"

    @property
    def units(self) -> Path:
        """The file of the table of units, beside the index."""
        return self.index / "units.kho"

    @property
    def stories(self) -> Path:
        """The file of stories, beside the index."""
        return self.index / "stories.kho"

    @property
    def derived(self) -> tuple[Path, ...]:
        """The files beside the index that are made again where they are missing."""
        return self.suggestions, self.units, self.stories

    @property
    def names(self) -> Path:
        """The folder of the archive's own tables of names. It need not exist."""
        return self.data / NAMES

    @property
    def import_log(self) -> Path:
        """The file of tracebacks of the program's own faults in imports. It exists only after one."""
        return self.data / "import.log"

    @property
    def lock(self) -> Path:
        """The lock file that the one writing process holds."""
        return self.data / "write.lock"


def read_settings(data: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings from the option ``--data`` and the environment.

    The data folder is the option, else KHOBAO_DATA, else ./khobao-data. KHOBAO_LANG is vi or en. With
    KHOBAO_WIDEN=0 queries are expanded only where a request asks for it. KHOBAO_LOG, KHOBAO_LOG_QUERIES and
    KHOBAO_METRICS switch on what they name where they are 1. Never raises, because each command reads its
    settings before it can report an error.
    """
    folder = data or Path(environment.get("KHOBAO_DATA") or DEFAULT_DATA)
    language = "en" if environment.get("KHOBAO_LANG", "vi").lower().startswith("en") else "vi"
    return Settings(
        folder,
        language,
        expansion=environment.get("KHOBAO_WIDEN", "1") != "0",
        logs_requests=environment.get("KHOBAO_LOG") == "1",
        logs_queries=environment.get("KHOBAO_LOG_QUERIES") == "1",
        shows_metrics=environment.get("KHOBAO_METRICS") == "1",
    )


def read_query_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """The budget of a query from KHOBAO_QUERY_SECONDS, in seconds. Only ``khobao serve`` needs it.

    Raises:
        UserError: the value is not a positive finite number.
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


def read_admin_email(environment: Mapping[str, str] = os.environ) -> str:
    """Whom harvesters write to, from KHOBAO_ADMIN_EMAIL. Only ``khobao serve`` needs it.

    >>> read_admin_email({"KHOBAO_ADMIN_EMAIL": "thu.vien@baochi.example.vn"})
    'thu.vien@baochi.example.vn'

    Raises:
        UserError: the value is no address of mail with a host that has a dot, as OAI-PMH wants it.
    """
    given = environment.get(_EMAIL, "").strip()
    name, at, host = given.partition("@")
    is_one = name and not host.startswith(".") and not host.endswith(".") and "." in host and "@" not in host
    if given and not (at and is_one and given.isprintable() and " " not in given):
        raise UserError(
            say(
                "{name} is “{value}”; give an address of mail, such as thuvien@baochi.example.vn",
                name=_EMAIL,
                value=given,
            )
        )
    return given
