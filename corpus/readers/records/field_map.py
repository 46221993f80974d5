"""Which field of a record is which field of an article?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from corpus.cleaning.lines import comparison_key
from corpus.errors import UserError
from corpus.message import say
from corpus.readers.records.values import is_nan


@dataclass(frozen=True, slots=True)
class SortedFields:
    """The fields of a record, sorted.

    Attributes:
        taken: by our name of a field, the record's name for it and its value.
        unused: the record's names of fields that are not empty and that no article has.
    """

    taken: Mapping[str, tuple[str, object]]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldMap:
    """For each of our fields the names that it may have in a record, the preferred first.

    Names are compared without regard to case, hyphens and spaces. ``options`` are the options it was made
    from, so that it can be made again.
    """

    names: tuple[tuple[str, tuple[str, ...]], ...]
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
        taken = set(mappings.values())
        names = (
            (
                ours,
                _only(mappings[ours])
                if ours in mappings
                else tuple(name for name in theirs if name not in taken),
            )
            for ours, theirs in _table()
        )
        return cls(tuple(names), options)

    def sort(self, record: Mapping[str, object]) -> SortedFields:
        """Sorts the fields of a record."""
        by_name: dict[str, str] = {}
        for name in record:
            by_name.setdefault(_plain(name), name)
        taken = {
            ours: (by_name[best], record[by_name[best]])
            for ours, theirs in self.names
            if (best := _best(theirs, by_name, record))
        }
        used = {name for name, _ in taken.values()}
        return SortedFields(
            taken, tuple(name for name in record if name not in used and _holds(record[name]))
        )

    def has(self, ours: str, record: Mapping[str, object]) -> bool:
        """Whether the record has one of our fields, which may be empty."""
        present = {_plain(name) for name in record}
        return any(name in present for field, theirs in self.names if field == ours for name in theirs)


@lru_cache(maxsize=100)
def _parsed(options: tuple[str, ...]) -> FieldMap:
    return FieldMap._made(options)  # noqa: SLF001 - the same class; kept for cleaning again record by record


@cache
def _table() -> tuple[tuple[str, tuple[str, ...]], ...]:
    text = resources.files("corpus.readers.records").joinpath("field_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((row[0], tuple(map(_plain, row[1:]))) for row in rows)


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
    return ours.strip(), _plain(theirs)


def _only(theirs: str) -> tuple[str, ...]:
    return (theirs,) if theirs else ()


@lru_cache(maxsize=1000)
def _plain(name: str) -> str:
    return comparison_key(name).casefold().replace("-", "_").replace(" ", "_")


def _best(theirs: Sequence[str], by_name: Mapping[str, str], record: Mapping[str, object]) -> str:
    """The first of the names whose field in the record is not empty, else the first that it has, else ""."""
    present = [name for name in theirs if name in by_name]
    return next((name for name in present if _holds(record[by_name[name]])), next(iter(present), ""))


def _holds(value: object) -> bool:
    return value is not None and value not in ("", [], {}) and not is_nan(value)
