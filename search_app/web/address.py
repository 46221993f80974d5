"""Which address shows a state of the page? Every link is the present address with one thing changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from indexer.query import FacetName
from search_app.api.parameters import FIRST, LAST

_FACETS = tuple(name.value for name in FacetName)
_KNOWN = ("q", *_FACETS, FIRST, LAST, "sort", "size", "page")
_EMPTY_COUNTS = frozenset({"q", *_FACETS})
"""Parameters of which an empty value says something."""


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says of the search, as typed: names and values in a fixed order of names."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, values: MultiDict[str, str]) -> Self:
        """The known parameters; unknown ones and empty ones that say nothing are dropped."""
        pairs = ((name, value) for name in _KNOWN for value in dict.fromkeys(values.getlist(name)))
        return cls(tuple((name, value) for name, value in pairs if value.strip() or name in _EMPTY_COUNTS))

    @property
    def query(self) -> str:
        """The typed query."""
        return self.first("q")

    @property
    def narrows(self) -> bool:
        """Whether anything but the query decides which articles are found."""
        return any(name in (*_FACETS, FIRST, LAST) for name, _ in self.pairs)

    def first(self, name: str) -> str:
        """The first value of a parameter; empty where there is none."""
        return next((value for key, value in self.pairs if key == name), "")

    def setting(self, name: str, value: str) -> Self:
        """With this value alone; on page 1 unless the page is what is set."""
        return self.without(name).adding(name, value)

    def without(self, *names: str) -> Self:
        """With no value of these; on page 1."""
        return type(self)(tuple(pair for pair in self.pairs if pair[0] not in (*names, "page")))

    def only(self, name: str) -> Self:
        """With nothing but the values of this."""
        return type(self)(tuple(pair for pair in self.pairs if pair[0] == name))

    def unfiltered(self) -> Self:
        """The same query in the whole corpus."""
        return self.without(*_FACETS, FIRST, LAST)

    def toggled(self, name: str, value: str) -> Self:
        """With this value of a facet where it was not chosen, without it where it was; on page 1."""
        pair = (name, value)
        base = self.without()
        if pair in base.pairs:
            return type(self)(tuple(one for one in base.pairs if one != pair))
        return base.adding(name, value)

    def encoded(self) -> str:
        """The parameters as they stand in an address, with their question mark; empty where none is."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    def hidden(self, *names: str) -> Iterator[tuple[str, str]]:
        """What a form that asks for ``names`` keeps of this state."""
        return (pair for pair in self.pairs if pair[0] not in (*names, "page"))

    def adding(self, name: str, value: str) -> Self:
        """With one more value, in the fixed order of names."""
        pairs = (*self.pairs, (name, value))
        return type(self)(tuple(sorted(pairs, key=lambda pair: _KNOWN.index(pair[0]))))
