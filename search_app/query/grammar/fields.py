"""Which names of fields are understood, and what is a value of each?"""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.fields import VALUES, Field
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.grammar.spelling import clean_typed

DATE = "date"
WORD = "word"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the words of a value are: text of a field, dates, or whole words."""

    field: Field = Field.TEXT
    dates: bool = False
    as_word: bool = False

    @property
    def holds_names(self) -> bool:
        """Whether a capitalised value goes on over the capitalised words after it."""
        return self.field in VALUES


EVERYWHERE = Scope()
"""No field typed."""


def scope_of(name: str) -> Scope | None:
    """What a typed name means, in any case, with all marks or none; None if it is no field.

    >>> scope_of("TIEU_DE") == scope_of("tiêuđề") == scope_of("title") == Scope(Field.TITLE)
    True
    """
    return _scopes().get(_key(clean_typed(name)))


def name_of(meaning: str) -> str:
    """The name a field is said back with: ``name_of(Field.SOURCE)`` is nguồn."""
    return next(name for name, theirs in _table() if theirs == meaning)


def field_names() -> str:
    """All names that are said back, for a message."""
    preferred = {meaning: name_of(meaning) for _, meaning in _table()}
    return ", ".join(f"{name}:" for name in preferred.values())


@cache
def _scopes() -> dict[str, Scope]:
    scopes = {_key(name): _scope(meaning) for name, meaning in _table()}
    return scopes | {fold(key): scope for key, scope in scopes.items()}


def _scope(meaning: str) -> Scope:
    if meaning == DATE:
        return Scope(dates=True)
    return Scope(as_word=True) if meaning == WORD else Scope(Field(meaning))


@cache
def _table() -> tuple[tuple[str, str], ...]:
    text = resources.files("search_app.query.grammar").joinpath("fields.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((name, meaning) for name, meaning in rows)


def _key(name: str) -> str:
    return normalise(name).replace("_", "").replace("-", "")
