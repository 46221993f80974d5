"""What does a line of a table of names say? A value for each kind of table."""

from dataclasses import dataclass

from search_app.query.names.changes import NameChange


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A name and its abbreviations; ``both``: a typed name is expanded to the abbreviations too."""

    name: str
    short: tuple[str, ...]
    both: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """Spellings of one name; at least two."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeverSearched:
    """A text that no query is expanded to."""

    text: str


@dataclass(frozen=True, slots=True)
class BoundRun:
    """Syllables, normalised, that are one unit of a query wherever they are typed in a row."""

    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeverBoundRun:
    """Syllables, normalised, that are never one unit."""

    syllables: tuple[str, ...]


Row = Abbreviation | Spelling | NameChange | NeverSearched | BoundRun | NeverBoundRun
