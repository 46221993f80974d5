"""What else is a typed name called? All tables together, ready to be asked by syllables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from indexer.text.fold import fold
from indexer.text.readings import means, reading_key, same_spelling
from indexer.text.syllables import terms
from search_app.query.names.changes import NameChange
from search_app.query.names.shapes import is_syllable
from search_app.query.names.tables import Abbreviation, Never, Row, Spelling, read_table, shipped_tables

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name.

    Attributes:
        syllables: normalised.
        read: typing it means the name.
        exact: only where it is typed in these very letters, for it is an ordinary syllable too (CA, Úc).
        given: the name is searched as it too.
    """

    text: str
    syllables: tuple[str, ...]
    read: bool = True
    exact: bool = False
    given: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with all its forms; ``short``: some are abbreviations of the others."""

    forms: tuple[Form, ...]
    short: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A typed form, and the name it is one of."""

    form: Form
    entry: Entry

    @property
    def others(self) -> Iterator[Form]:
        """What else is searched, each once."""
        seen = {self.form.syllables}
        for form in self.entry.forms:
            if form.given and form.syllables not in seen:
                seen.add(form.syllables)
                yield form


class Names:
    """All tables; safe for threads."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._known: defaultdict[_Key, list[Known]] = defaultdict(list)
        self._former: defaultdict[_Key, list[NameChange]] = defaultdict(list)
        self._later: defaultdict[_Key, list[NameChange]] = defaultdict(list)
        self._never: set[tuple[str, ...]] = set()
        self.longest = 0
        for row in dict.fromkeys(rows):
            self._take(row)

    def _take(self, row: Row) -> None:
        match row:
            case Never():
                self._never.add(written(row.text))
            case NameChange():
                self._former[self._key(row.name)].append(row)
                for now in row.now:
                    self._later[self._key(now)].append(row)
            case Abbreviation() | Spelling():
                entry = _entry(row)
                for form in entry.forms:
                    if form.read:
                        self._known[self._key(form.text)].append(Known(form, entry))

    def _key(self, name: str) -> _Key:
        key = _keys(terms(name))
        self.longest = max(self.longest, len(key))
        return key

    def never(self, text: str) -> bool:
        """Whether the staff never wants this searched besides."""
        return written(text) in self._never

    def of(self, typed: Sequence[str]) -> list[Known]:
        """The names that typed syllables (normalised) mean, marks left out being free."""
        return [known for known in self._known.get(_keys(typed), ()) if _meant(typed, known.form.syllables)]

    def former(self, typed: Sequence[str]) -> list[NameChange]:
        """The changes of a name that is no longer in use."""
        found = self._former.get(_keys(typed), ())
        return [one for one in found if _meant(typed, terms(one.name))]

    def later(self, typed: Sequence[str]) -> list[tuple[NameChange, str]]:
        """The changes that led to a name, each with the name as it is written there."""
        found = self._later.get(_keys(typed), ())
        return [(one, now) for one in found for now in one.now if _meant(typed, terms(now))]


def written(text: str) -> tuple[str, ...]:
    """A name, whatever its case, its punctuation and the place of its tones.

    >>> written("UỶ BAN, nhân dân") == written("Ủy ban nhân dân")
    True
    """
    return tuple(map(same_spelling, terms(text)))


def read_names(folder: Path | None = None) -> Names:
    """The tables that Kho Báo brings, and those of a folder, which need not be there.

    Raises:
        OperatorError: a table of the folder is faulty.
    """
    ours = sorted(folder.glob("*.tsv")) if folder else []
    return Names(chain.from_iterable(map(read_table, [*shipped_tables(), *ours])))


def _entry(row: Abbreviation | Spelling) -> Entry:
    if isinstance(row, Spelling):
        return Entry(tuple(map(_form, row.forms)))
    name = replace(_form(row.name), read=row.both)
    return Entry((name, *(replace(_form(text), given=row.both) for text in row.short)), short=True)


def _form(text: str) -> Form:
    syllables = tuple(terms(text))
    return Form(text, syllables, exact=len(syllables) == 1 and is_syllable(fold(syllables[0])))


def _keys(syllables: Iterable[str]) -> _Key:
    return tuple(map(reading_key, syllables))


def _meant(typed: Sequence[str], name: Sequence[str]) -> bool:
    return len(typed) == len(name) and all(
        means(mine, theirs, complete=False) for mine, theirs in zip(typed, name, strict=True)
    )
