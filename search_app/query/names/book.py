"""Which other forms and which changes does a typed name have? All tables in memory, found by syllables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

from indexer.text.fold import fold
from indexer.text.readings import means, reading_key, same_spelling
from indexer.text.syllables import terms
from search_app.query.names.changes import NameChange
from search_app.query.names.rows import Abbreviation, BoundRun, NeverBoundRun, NeverSearched, Row, Spelling
from search_app.query.names.shapes import is_syllable
from search_app.query.names.tables import read_table, shipped_tables

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name.

    Attributes:
        syllables: of the text, normalised.
        recognised: whether it is recognised in a query.
        exact: whether it is recognised only in exactly these letters, for it is an ordinary syllable too
            (CA, Úc).
        searched: whether it is searched where another form was typed.
    """

    text: str
    syllables: tuple[str, ...]
    recognised: bool = True
    exact: bool = False
    searched: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with all of its forms."""

    forms: tuple[Form, ...]
    has_abbreviations: bool = False


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form of a name that was typed, and the entry of the name."""

    form: Form
    entry: Entry

    @property
    def others(self) -> Iterator[Form]:
        """The other forms of the name that are searched, without those of equal syllables."""
        seen = {self.form.syllables}
        for form in self.entry.forms:
            if form.searched and form.syllables not in seen:
                seen.add(form.syllables)
                yield form


class Names:
    """The rows of all tables; safe for threads.

    Attributes:
        longest: number of syllables of the longest name.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._known: defaultdict[_Key, list[KnownForm]] = defaultdict(list)
        self._former: defaultdict[_Key, list[NameChange]] = defaultdict(list)
        self._later: defaultdict[_Key, list[NameChange]] = defaultdict(list)
        self._never: set[tuple[str, ...]] = set()
        self._bound: dict[_Key, tuple[str, ...]] = {}
        self._never_bound: dict[_Key, tuple[str, ...]] = {}
        self.longest = 0
        for row in dict.fromkeys(rows):
            self._add(row)

    def _add(self, row: Row) -> None:
        match row:
            case NeverSearched():
                self._never.add(spelling_key(row.text))
            case BoundRun():
                self._bound[_spelling(row.syllables)] = row.syllables
            case NeverBoundRun():
                self._never_bound[_spelling(row.syllables)] = row.syllables
            case NameChange():
                self._former[self._key(row.name)].append(row)
                for now in row.now:
                    self._later[self._key(now)].append(row)
            case Abbreviation() | Spelling():
                entry = _entry(row)
                for form in entry.forms:
                    if form.recognised:
                        self._known[self._key(form.text)].append(KnownForm(form, entry))

    def _key(self, name: str) -> _Key:
        key = _keys(terms(name))
        self.longest = max(self.longest, len(key))
        return key

    def is_never_searched(self, text: str) -> bool:
        """Whether a table forbids to search this text where it was not typed."""
        return spelling_key(text) in self._never

    def bound(self) -> tuple[tuple[str, ...], ...]:
        """The runs of syllables (normalised, with the marks of their table) that are always one unit.

        Spellings that differ in the place of a tone alone (hoà, hòa) are one; without those of
        ``never_bound``.
        """
        return tuple(run for key, run in self._bound.items() if key not in self._never_bound)

    def never_bound(self) -> tuple[tuple[str, ...], ...]:
        """The runs of syllables that are never one unit, in the same form."""
        return tuple(self._never_bound.values())

    def look_up(self, typed: Sequence[str]) -> list[KnownForm]:
        """The forms that typed syllables (normalised) can be, marks left out being free."""
        return [known for known in self._known.get(_keys(typed), ()) if _meant(typed, known.form.syllables)]

    def former(self, typed: Sequence[str]) -> list[NameChange]:
        """The changes by which a name went out of use."""
        changes = self._former.get(_keys(typed), ())
        return [change for change in changes if _meant(typed, terms(change.name))]

    def later(self, typed: Sequence[str]) -> list[tuple[NameChange, str]]:
        """The changes by which a name took the place of another, each with the name as written there."""
        changes = self._later.get(_keys(typed), ())
        return [(change, now) for change in changes for now in change.now if _meant(typed, terms(now))]


def spelling_key(text: str) -> tuple[str, ...]:
    """A key that is equal for texts that differ only in case, punctuation and places of tones.

    >>> spelling_key("UỶ BAN, nhân dân") == spelling_key("Ủy ban nhân dân")
    True
    """
    return _spelling(terms(text))


def read_names(folder: Path | None = None) -> Names:
    """Reads the tables of the project, once, and those of a folder, which need not exist.

    Raises:
        OperatorError: a table of the folder is faulty.
    """
    added = sorted(folder.glob("*.tsv")) if folder else []
    return _names_of((*shipped_tables(), *added)) if added else _shipped_names()


@cache
def _shipped_names() -> Names:
    return _names_of(shipped_tables())


def _names_of(tables: Iterable[Path]) -> Names:
    return Names(chain.from_iterable(map(read_table, tables)))


def _entry(row: Abbreviation | Spelling) -> Entry:
    if isinstance(row, Spelling):
        return Entry(tuple(map(_form, row.forms)))
    name = replace(_form(row.name), recognised=row.both)
    abbreviations = (replace(_form(text), searched=row.both) for text in row.short)
    return Entry((name, *abbreviations), has_abbreviations=True)


def _form(text: str) -> Form:
    syllables = tuple(terms(text))
    return Form(text, syllables, exact=len(syllables) == 1 and is_syllable(fold(syllables[0])))


def _spelling(syllables: Iterable[str]) -> _Key:
    return tuple(map(same_spelling, syllables))


def _keys(syllables: Iterable[str]) -> _Key:
    return tuple(map(reading_key, syllables))


def _meant(typed: Sequence[str], name: Sequence[str]) -> bool:
    return len(typed) == len(name) and all(
        means(mine, theirs, complete=False) for mine, theirs in zip(typed, name, strict=True)
    )
