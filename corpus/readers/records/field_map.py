"""Which field of a record is which field of an article?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from corpus.cleaning.dates import parse_date
from corpus.errors import UserError
from corpus.message import say
from corpus.published import Precision
from corpus.readers.records.nested_values import is_simple, named, plain_value
from corpus.readers.records.record_names import (
    LONGEST_KEPT,
    WRAPPERS,
    inner_paths,
    plain_name,
    written_name,
)
from corpus.readers.records.values import is_nan

MODIFIED = "modified"
"""The day of the last change: no field of an article, but its date where it has no other."""

_LATER = "+"
_ELASTICSEARCH = "_source"
DATES = frozenset({"published", MODIFIED})
_MOST_KEPT_NAMES = 100  # of a record whose order of names is kept
_NUMBERED = frozenset({"section", "authors", "tags"})  # WordPress gives their numbers

Field = tuple[str, object]  # a record's name, and its value


@dataclass(frozen=True, slots=True)
class SortedFields:
    """The fields of a record, sorted.

    Attributes:
        taken: by our name of a field, the record's name for it and its value, without nested objects.
        unused: the record's names of fields that are not empty and that no article has.
        first: by our name, the fields that 1.0 took, as they are: an article's id is made of them.
    """

    taken: Mapping[str, Field]
    unused: tuple[str, ...]
    first: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one of our fields, the preferred first, and those that 1.0 knew."""

    all: tuple[str, ...]
    first: tuple[str, ...]

    def without(self, taken: set[str]) -> "_Names":
        """The names that are not taken by an option for another field."""
        plain = set(map(plain_name, taken))
        return _Names(
            tuple(name for name in self.all if plain_name(name) not in plain),
            tuple(name for name in self.first if name not in taken),
        )


@dataclass(frozen=True, slots=True)
class FieldMap:
    """For each of our fields the names that it may have in a record, the preferred first.

    Names are compared as :mod:`corpus.readers.records.record_names` says. ``options`` are the options it was
    made from, so that it can be made again.
    """

    names: tuple[tuple[str, _Names], ...]
    options: tuple[str, ...] = ()

    @classmethod
    def known(cls) -> "FieldMap":
        """The names that are known by default.

        >>> FieldMap.known().sort({"Headline": "Mưa", "Pub Date": "2020", "views": 3}).unused
        ('views',)
        """
        return cls(_table())

    @classmethod
    def parse(cls, options: Sequence[str]) -> "FieldMap":
        """The known names, overridden by options ``ours=theirs``; ``ours=`` leaves a field out.

        Raises:
            UserError: an option has no "=", or names a field that an article has not.
        """
        return _parsed(tuple(options))

    @classmethod
    def _made(cls, options: tuple[str, ...]) -> "FieldMap":
        mappings = dict(_option(option) for option in options)
        taken = set(filter(None, mappings.values()))
        names = (
            (ours, _only(mappings[ours]) if ours in mappings else theirs.without(taken))
            for ours, theirs in _table()
        )
        return cls(tuple(names), options)

    def sort(self, record: Mapping[str, object]) -> SortedFields:
        """Sorts the fields of a record."""
        flat = _with_members(record)
        keys = tuple(flat)
        is_kept = len(keys) <= _MOST_KEPT_NAMES and max(map(len, keys), default=0) <= LONGEST_KEPT
        order = _kept_order(self.options, keys) if is_kept else self.order(keys)
        numbered = any(isinstance(value, dict) and "rendered" in value for value in record.values())
        taken: dict[str, Field] = {}
        for ours, names in order.wanted:
            if best := _best(ours, names, flat, numbered=numbered and ours in _NUMBERED):
                taken[ours] = best
        used = {name for name, _ in taken.values()}
        used |= {_object_of(name, record) for name in used}
        unused = tuple(name for name in record if name not in used and _holds(record[name]))
        return SortedFields(taken, unused, _first(order.first, record))

    def order(self, keys: Sequence[str]) -> "_Order":
        """Which of a record's names give each of our fields, the preferred first."""
        places = _Places(keys)
        wanted = ((ours, tuple(places.of(ours, names.all))) for ours, names in self.names)
        first = ((ours, tuple(places.exact(names.first))) for ours, names in self.names)
        return _Order(
            tuple((ours, found) for ours, found in wanted if found),
            tuple((ours, found) for ours, found in first if found),
        )

    def usual_name(self, ours: str) -> str:
        """The first of the names that one of our fields may have; empty where an option leaves it out."""
        return next((name for field, names in self.names if field == ours for name in names.all), "")

    def has(self, ours: str, record: Mapping[str, object]) -> bool:
        """Whether the record has one of our fields, which may be empty."""
        return any(field == ours for field, _ in self.order(tuple(record)).wanted)


@dataclass(frozen=True, slots=True)
class _Order:
    """By our fields, the names of a record that give it: all, and those by which 1.0 found it."""

    wanted: tuple[tuple[str, tuple[str, ...]], ...]
    first: tuple[tuple[str, tuple[str, ...]], ...]


class _Places:
    """The names of a record, by what they may mean."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._exact: dict[str, str] = {}
        self._plain: dict[str, list[str]] = {}
        self._inner: dict[str, list[tuple[str, str]]] = {}  # the plain name: a key, and the member it names
        for key in keys:
            self._exact.setdefault(written_name(key), key)
            if key.partition(".")[0] != _ELASTICSEARCH:  # an object around the article, not its source
                self._plain.setdefault(plain_name(key), []).append(key)
            for name, member in inner_paths(key):
                self._inner.setdefault(plain_name(name), []).append((key, member))

    def exact(self, names: Sequence[str]) -> Iterator[str]:
        """The record's names that are these, without regard to case, hyphens and spaces alone."""
        return (self._exact[name] for name in names if name in self._exact)

    def of(self, ours: str, names: Sequence[str]) -> Iterator[str]:
        """The record's names for one of our fields, distinct, the preferred first."""
        found: dict[str, None] = {}
        for name in names:
            if name in self._exact:
                found.setdefault(self._exact[name])
            found |= dict.fromkeys(self._plain.get(plain_name(name), ()))
        for name in names:
            for key, member in self._inner.get(plain_name(name), ()):
                if not member or named(member, ours):
                    found.setdefault(key)
        return iter(found)


@lru_cache(maxsize=100)
def _parsed(options: tuple[str, ...]) -> FieldMap:
    return FieldMap._made(options)  # noqa: SLF001 - the same class; kept for cleaning again record by record


@lru_cache(maxsize=256)
def _kept_order(options: tuple[str, ...], keys: tuple[str, ...]) -> _Order:
    """The order of the names of a record; the records of a file have mostly the same."""
    return (FieldMap.parse(options) if options else FieldMap.known()).order(keys)


@cache
def _table() -> tuple[tuple[str, _Names], ...]:
    text = resources.files("corpus.readers.records").joinpath("field_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        (
            row[0],
            _Names(
                tuple(written_name(name.removeprefix(_LATER)) for name in row[1:]),
                tuple(written_name(name) for name in row[1:] if not name.startswith(_LATER)),
            ),
        )
        for row in rows
    )


def _option(option: str) -> tuple[str, str]:
    ours, equals, theirs = option.partition("=")
    fields = [name for name, _ in _table()]
    if not equals:
        raise UserError(say("--map {option}: write it as OURS=THEIRS, as in title=tieu_de", option=option))
    if ours.strip() not in fields:
        raise UserError(
            say(
                "--map {option}: an article has no field {name}; its fields are {fields}",
                option=option,
                name=ours,
                fields=", ".join(fields),
            )
        )
    return ours.strip(), written_name(theirs)


def _only(theirs: str) -> _Names:
    names = (theirs,) if theirs else ()
    return _Names(names, names)


def _with_members(record: Mapping[str, object], depth: int = 1) -> Mapping[str, object]:
    """The record, and the members of objects that hold some of its fields, by dotted names."""
    members = {
        f"{name}.{member}": inner
        for name, value in record.items()
        if isinstance(value, dict) and _is_around(name.rpartition(".")[2])
        for member, inner in value.items()
    }
    if not members:
        return record
    return {**(_with_members(members, depth - 1) if depth else members), **record}


def _is_around(name: str) -> bool:
    """Whether an object of this name holds fields of an article; a paper's object holds its own."""
    return name == _ELASTICSEARCH or (plain_name(name) in WRAPPERS and plain_name(name) != "source")


def _object_of(name: str, record: Mapping[str, object]) -> str:
    """The record's own name of the object that holds the member of a dotted name."""
    return name if name in record else next((own for own in record if name.startswith(f"{own}.")), name)


def _best(ours: str, names: Sequence[str], record: Mapping[str, object], *, numbered: bool) -> Field | None:
    """The first of the fields that is not empty and can be read; None where none holds anything readable."""
    held: list[Field] = []
    for name in names:
        value = plain_value(ours, name, record[name])
        if not _holds(value) or not is_simple(value) or (numbered and _is_number(value)):
            continue
        if ours not in DATES or len(names) == 1 or _is_date(value):
            return name, value
        held.append((name, value))
    return held[0] if held else None


def _first(order: Sequence[tuple[str, tuple[str, ...]]], record: Mapping[str, object]) -> dict[str, Field]:
    """The fields that 1.0 took: the first of the names that holds something, else the first."""
    found = {}
    for ours, names in order:
        own = [name for name in names if name in record]
        if own:
            best = next((name for name in own if _holds(record[name])), own[0])
            found[ours] = (best, record[best])
    return found


def _is_date(value: object) -> bool:
    return bool(parse_date(str(value[0] if isinstance(value, list) and value else value)).text)


def _is_number(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, list) and all(isinstance(one, int) for one in value))


def _holds(value: object) -> bool:
    blank = isinstance(value, str) and not value.strip()
    return value is not None and not blank and value not in ([], {}) and not is_nan(value)


def holds_date(value: object) -> bool:
    """Whether a value that no field takes reads as a whole date.

    >>> holds_date("2024-03-12 08:10:00"), holds_date("1984"), holds_date(12)
    (True, False, False)
    """
    plain = plain_value("published", "", value)
    return isinstance(plain, str) and parse_date(plain).precision in {Precision.MINUTE, Precision.DAY}
