"""Which names of fields are understood, and what do their values mean? The names stand in ``fields.tsv``."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexer.query import Field
from indexer.text.fold import fold
from indexer.text.normalise import normalise
from search_app.query.grammar.spelling import clean_typed

DATE = "date"
"""The meaning of ``ngày:`` in ``fields.tsv``."""

WORD = "word"
"""The meaning of ``từ:`` in ``fields.tsv``."""

_NAMES_OF_PEOPLE_AND_PAPERS = frozenset({Field.SOURCE, Field.SECTION, Field.AUTHOR, Field.TAG})


@dataclass(frozen=True, slots=True)
class Scope:
    """How the value after a field's name is searched.

    Attributes:
        field: the field whose text is searched.
        dates: the value is a date.
        as_word: the value is a word as underthesea cuts it.
    """

    field: Field = Field.TEXT
    dates: bool = False
    as_word: bool = False

    @property
    def holds_names(self) -> bool:
        """Whether the value is a name, which capitalised words after it continue: ``nguồn:Tuổi Trẻ``."""
        return self.field in _NAMES_OF_PEOPLE_AND_PAPERS


EVERYWHERE = Scope()
"""The scope of words without a field."""


def scope_of(name: str) -> Scope | None:
    """The scope of a typed name, in any case, with all of its marks or none; None if it is not a field's
    name.

    >>> scope_of("TIEU_DE") == scope_of("tiêuđề") == scope_of("title") == Scope(Field.TITLE)
    True
    """
    return _scopes().get(_key(clean_typed(name)))


def name_of(meaning: str) -> str:
    """The name of a field in a query as understood: ``name_of(Field.SOURCE)`` is nguồn.

    Args:
        meaning: a Field, DATE or WORD.
    """
    return next(name for name, its_meaning in _table() if its_meaning == meaning)


def field_names() -> str:
    """The name of each field in a query as understood, as a list for a message."""
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
