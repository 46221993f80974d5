"""Which address shows a state of the page? Every link is the present address with one thing changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import quote_plus

from flask import request
from werkzeug.datastructures import MultiDict

from corpus.value_folding import fold_value
from indexer.facets import FacetName
from search_app.api.parameters import (
    ALSO,
    AS_OF,
    AS_TYPED,
    FIRST,
    GRAMMAR_NUMBER,
    LAST,
    LEAVE_OUT,
    NOT_ALSO,
    NOT_UNIT,
    ONCE,
    STORIES,
    UNDATED,
    UNITS,
    WIDEN,
)
from search_app.query.grammar import GRAMMAR
from search_app.web.paths import Paths, current_paths, quoted_id

_FACETS = tuple(name.value for name in FacetName)
_EXCLUDED = tuple(LEAVE_OUT + name for name in _FACETS)
_NARROWING = (*_FACETS, *_EXCLUDED, FIRST, LAST, UNDATED)
_KNOWN = (
    *("q", GRAMMAR_NUMBER, UNITS, NOT_UNIT, AS_TYPED, WIDEN, ALSO, NOT_ALSO),
    *(*_NARROWING, AS_OF, STORIES, ONCE, "sort", "size", "page"),
)
_ORDER = {name: place for place, name in enumerate(_KNOWN)}
_OTHERWISE = {"web.history": (FIRST, LAST), "web.concordance": ("sort", "size", "page")}
"""Where parameters mean something else than in a search: states of the archive; the order of lines."""
_EMPTY_COUNTS = frozenset({"q", ALSO, *_FACETS, *_EXCLUDED})
"""Parameters of which an empty value says something."""


Pair = tuple[str, str]
"""A parameter's name and one value of it."""


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says of the search, as typed: names and values in a fixed order of names."""

    paths: Paths
    pairs: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, values: MultiDict[str, str], paths: Paths) -> Self:
        """The known parameters; unknown ones and empty ones that say nothing are dropped."""
        pairs = ((name, value) for name in _KNOWN for value in dict.fromkeys(values.getlist(name)))
        kept = tuple((name, value) for name, value in pairs if value.strip() or name in _EMPTY_COUNTS)
        return cls(paths, _with_grammar(kept))

    @property
    def query(self) -> str:
        """The typed query."""
        return self.first("q")

    def first(self, name: str) -> str:
        """The first value of a parameter; empty where there is none."""
        return next((value for key, value in self.pairs if key == name), "")

    def asking(self, query: str) -> Self:
        """With another query, as people type it, in the place of this one."""
        return self.without(UNITS, NOT_UNIT, ALSO).setting("q", query)

    def as_understood(self, query: str) -> Self:
        """With another query, as understood, in the place of this one: no unit is cut again."""
        return self.without(NOT_UNIT).setting("q", query).setting(UNITS, "0")

    def cited(self, change: int, *, expands: bool) -> Self:
        """As it stands at a change of the archive, expanded or not whatever the settings say by then."""
        return self.setting(AS_OF, str(change)).setting(WIDEN, str(int(expands)))

    def setting(self, name: str, value: str) -> Self:
        """With this value alone; on page 1 unless the page is what is set."""
        return self.without(name).adding(name, value)

    def without(self, *names: str) -> Self:
        """With no value of these; on page 1."""
        return self._of(pair for pair in self.pairs if pair[0] not in (*names, "page"))

    def only(self, *names: str) -> Self:
        """With nothing but the values of these."""
        return self._of(pair for pair in self.pairs if pair[0] in names)

    def unfiltered(self) -> Self:
        """The same query in the whole corpus."""
        return self.without(*_NARROWING)

    def toggled(self, name: str, value: str) -> Self:
        """With this value of a facet where it was not chosen, without it where it was; on page 1.

        What is chosen is no longer left out, and the other way round. A value is chosen in whichever of its
        spellings (corpus.value_folding) it stands here.
        """
        here, opposite = _folded((name, value)), _folded((_opposite(name), value))
        base = self._of(pair for pair in self.without().pairs if _folded(pair) != opposite)
        others = self._of(pair for pair in base.pairs if _folded(pair) != here)
        return others if others != base else base.adding(name, value)

    def adding(self, name: str, value: str) -> Self:
        """With one more value, in the fixed order of names."""
        return self._of(_with_grammar((*self.pairs, (name, value))))

    def removing(self, name: str, value: str) -> Self:
        """Without one value of a parameter; on page 1."""
        return self._of(pair for pair in self.without().pairs if pair != (name, value))

    def hidden(self, *names: str) -> Iterator[Pair]:
        """What a form that asks for ``names`` keeps of this state."""
        return (pair for pair in self.pairs if pair[0] not in (*names, "page"))

    def encoded(self) -> str:
        """The parameters as they stand in an address, with their question mark; empty where none is."""
        return f"?{_encoded(self.pairs)}" if self.pairs else ""

    def href(self) -> str:
        """The link to this state of the search."""
        return self.paths.search + self.encoded()

    def article(self, article_id: str) -> str:
        """The link to an article, from which this state can be had back."""
        return self.paths.article + quoted_id(article_id) + self.encoded()

    def why(self, article_id: str) -> str:
        """The link to the reasons for which an article is found."""
        return self.paths.why + quoted_id(article_id) + self.encoded()

    def facet(self, name: str) -> str:
        """The link to all values of a facet in this state."""
        return self.paths.facet + name + self.without().encoded()

    def changes(self, article_id: str) -> str:
        """The link to what an article changed of the first print of its story."""
        return self.paths.changes + quoted_id(article_id) + self.encoded()

    def toggles(self, name: str, values: Iterable[str]) -> Iterator[str]:
        """For each value of a facet the link that toggles it; what they share is encoded once.

        >>> paths = Paths("/", "/article/", "/why/", "/static/", changes="/changes/")
        >>> address = Address(paths, (("q", "a b"), ("g", "2"), ("size", "2")))
        >>> list(address.toggles("year", ["2013"])), address.toggled("year", "2013").href()
        (['/?q=a+b&g=2&year=2013&size=2'], '/?q=a+b&g=2&year=2013&size=2')
        """
        base = self.without()
        before = [pair for pair in base.pairs if _ORDER[pair[0]] <= _ORDER[name]]
        after = base.pairs[len(before) :]
        head = f"{self.paths.search}?{encoded(before)}{'&' if before else ''}{name}="
        tail = f"&{encoded(after)}" if after else ""
        held = {_folded(pair) for pair in base.pairs if pair[0] in (name, _opposite(name))}
        for value in values:
            if held and {_folded((name, value)), _folded((_opposite(name), value))} & held:
                yield base.toggled(name, value).href()
            else:
                yield head + _quoted(value) + tail

    def _of(self, pairs: Iterable[Pair]) -> Self:
        return type(self)(self.paths, tuple(pairs))


def _with_grammar(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """In their fixed order, with the number of the grammar beside a query, and never without one."""
    names = {name for name, _ in pairs}
    if "q" not in names:
        return tuple(pair for pair in sorted(pairs, key=_place) if pair[0] != GRAMMAR_NUMBER)
    added = () if GRAMMAR_NUMBER in names else ((GRAMMAR_NUMBER, str(GRAMMAR)),)
    return tuple(sorted((*pairs, *added), key=_place))


def _place(pair: Pair) -> int:
    return _ORDER[pair[0]]


def _folded(pair: Pair) -> Pair:
    """A parameter with the key that all spellings of its value share."""
    return pair[0], fold_value(pair[1])


def _opposite(name: str) -> str:
    """The parameter that leaves out what this one chooses, or chooses what it leaves out."""
    return name.removeprefix(LEAVE_OUT) if name.startswith(LEAVE_OUT) else LEAVE_OUT + name


def current_address() -> Address:
    """What the address of this request says of a search."""
    address = Address.of(request.args, current_paths())
    others = _OTHERWISE.get(request.endpoint or "", ())
    return address.without(*others) if others else address


def encoded(pairs: Iterable[Pair]) -> str:
    """Parameters as they stand in an address.

    >>> encoded([("q", "cao tốc"), ("year", "2013")])
    'q=cao+t%E1%BB%91c&year=2013'
    """
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in pairs])


_encoded = lru_cache(maxsize=1 << 5)(encoded)
"""Of a tuple: every link to an article of a page has the same."""

_KEPT_CHARACTERS = 100
"""Texts up to this length are kept encoded: the values of facets are; long ones would fill the memory."""


def _quoted(text: str) -> str:
    return _kept_quoted(text) if len(text) <= _KEPT_CHARACTERS else quote_plus(text)


_kept_quoted = lru_cache(maxsize=1 << 12)(quote_plus)
