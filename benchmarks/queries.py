"""What is asked of every engine? Queries drawn from the corpus itself, by document frequency.

Every class is asked twice: with marks (the very terms of the index, the same work everywhere), and
without (Kho Báo: the union of all readings of each syllable; its peers: their folded field).
Strata, by turns: rare, to 0.1 % of the articles (2 at least); medium, to 5 %; common, above; and each
term of any of the three.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Protocol

from indexer.text.fold import fold
from indexer.text.readings import same_spelling

SEED = 20_131
RARE, COMMON = 0.001, 0.05
MIXED = 3  # the stratum of all terms; three others come before it
SAMPLE = 4_000  # articles of which whole texts are kept, to draw phrases and words that meet


class How(StrEnum):
    """How the terms of a query belong together."""

    ANY = "any"
    ALL = "all"
    PHRASE = "phrase"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Ask:
    """A query that every engine can answer: the first ten, and the exact total.

    Attributes:
        terms: normalised syllables; without marks where ``folded``.
        days: first and last day of publication, both included.
        facets: also count sources, sections and years.
        newest: sort by date.
    """

    terms: tuple[str, ...]
    how: How = How.ANY
    folded: bool = False
    days: tuple[int, int] | None = None
    facets: bool = False
    newest: bool = False


@dataclass(frozen=True, slots=True)
class QueryClass:
    """Queries of one kind; ``exact``: every engine must find the same total."""

    name: str
    asks: tuple[Ask, ...]
    exact: bool = True


class Counted(Protocol):
    """What queries are drawn from: an article's words by text, and its day; 0 where it is not known."""

    @property
    def texts(self) -> tuple[list[str], ...]:
        """The words of title, lede, paragraphs and captions, each by itself."""

    @property
    def day(self) -> int:
        """As an ordinal."""


class Census:
    """What queries are drawn from: document frequencies, days, and a sample of texts."""

    def __init__(self) -> None:
        self._frequencies: Counter[str] = Counter()
        self._sample: list[tuple[list[str], ...]] = []
        self._days: list[int] = []
        self._articles = 0
        self._chance = random.Random(SEED)  # noqa: S311 - the same queries in every run

    def see(self, one: Counted) -> None:
        """Counts an article."""
        self._articles += 1
        self._frequencies.update({term for text in one.texts for term in text})
        place = self._chance.randrange(self._articles)
        if len(self._sample) < SAMPLE:
            self._sample.append(one.texts)
        elif place < SAMPLE:
            self._sample[place] = one.texts
        if one.day:
            self._days.append(one.day)

    def classes(self, size: int) -> list[QueryClass]:
        """The classes, ``size`` queries each, with marks and without."""
        draw = _Draw(self._frequencies, self._sample, self._days, self._articles)
        marked = [
            QueryClass("one term", draw.asks(size, draw.one)),
            QueryClass("OR of 2–4", draw.asks(size, draw.some)),
            QueryClass("AND of 2–4", draw.asks(size, draw.meeting)),
            QueryClass("phrase of 2–3", draw.asks(size, draw.phrase)),
            QueryClass("OR + dates", draw.asks(size, draw.dated)),
            QueryClass("OR + three facets", draw.asks(size, lambda place: _faceted(draw.some(place)))),
            QueryClass("OR by date", draw.asks(size, lambda place: _newest(draw.some(place)))),
        ]
        prefix = QueryClass("prefix, no marks", draw.asks(size, draw.prefix))
        return [*marked, prefix, *map(_unmarked, marked)]


class _Draw:
    """Draws queries; terms that are printed in two ways (hòa, hoà) only where marks are left out.

    With marks, Kho Báo finds both and its peers one: the work would not be the same.
    """

    def __init__(
        self,
        frequencies: Counter[str],
        sample: Sequence[tuple[list[str], ...]],
        days: list[int],
        articles: int,
    ) -> None:
        self._chance = random.Random(SEED)  # noqa: S311 - the same queries in every run
        printed = Counter(map(same_spelling, frequencies))
        self._usable = {term for term in frequencies if printed[same_spelling(term)] == 1}
        self._sample = sample
        self._days = days
        self._strata = _strata(frequencies, self._usable, articles)
        self._members = [frozenset(stratum) for stratum in self._strata]

    def asks(self, size: int, draw: Callable[[int], Ask]) -> tuple[Ask, ...]:
        """``size`` queries, the strata by turns."""
        return tuple(draw(place) for place in range(size))

    def one(self, place: int) -> Ask:
        """One term of a stratum."""
        return Ask((self._term(place),))

    def some(self, place: int) -> Ask:
        """Two to four terms of a stratum."""
        return Ask(tuple(self._term(place) for _ in range(2 + place // 4 % 3)))

    def meeting(self, place: int) -> Ask:
        """Two to four terms that stand in one article, as a person's words do."""
        wanted = 2 + place // 4 % 3
        while True:
            texts = self._chance.choice(self._sample)
            held = {term for text in texts for term in text} & self._usable
            held = held & self._members[place % 4] or held
            if len(held) >= wanted:
                return Ask(tuple(self._chance.sample(sorted(held), wanted)), How.ALL)

    def phrase(self, place: int) -> Ask:
        """Two or three syllables that stand side by side."""
        length = 2 + place % 2
        while True:
            text = self._chance.choice(self._chance.choice(self._sample))
            start = self._chance.randrange(max(1, len(text) - length))
            found = tuple(text[start : start + length])
            if len(found) == length and self._usable.issuperset(found):
                return Ask(found, How.PHRASE)

    def prefix(self, place: int) -> Ask:
        """The first two or three letters of a term, without marks."""
        while True:
            term = fold(self._term(place))
            if len(term) > 3 and term.isascii() and term.isalpha():
                return Ask((term[: 2 + place % 2],), How.PREFIX, folded=True)

    def dated(self, place: int) -> Ask:
        """An OR between the days of two articles."""
        first, last = sorted(self._chance.sample(self._days, 2))
        return replace(self.some(place), days=(first, last))

    def _term(self, place: int) -> str:
        strata = [self._strata[place % 4]] if place % 4 < MIXED else self._strata[:MIXED]
        return self._chance.choice(self._chance.choice(strata) or self._strata[MIXED])


def _strata(frequencies: Counter[str], usable: set[str], articles: int) -> list[list[str]]:
    """Rare, medium, common, and all three; each sorted, so that a seed draws the same again."""
    low, high = max(2, articles * RARE), articles * COMMON
    found: list[list[str]] = [[], [], []]
    for term in sorted(usable):
        if frequencies[term] >= 2:
            found[(frequencies[term] > low) + (frequencies[term] > high)].append(term)
    return [*found, sorted(chain(*found))]


def _faceted(ask: Ask) -> Ask:
    return replace(ask, facets=True)


def _newest(ask: Ask) -> Ask:
    return replace(ask, newest=True)


def _unmarked(kind: QueryClass) -> QueryClass:
    asks = tuple(replace(ask, terms=tuple(map(fold, ask.terms)), folded=True) for ask in kind.asks)
    return replace(kind, name=f"{kind.name}, no marks", asks=asks)


def write_classes(path: Path, classes: Sequence[QueryClass]) -> None:
    """Keeps the classes for other processes."""
    path.write_text(json.dumps([asdict(one) for one in classes], ensure_ascii=False), "utf-8")


def read_classes(path: Path) -> list[QueryClass]:
    """The classes that were kept."""
    return [
        QueryClass(one["name"], tuple(map(_ask, one["asks"])), one["exact"])
        for one in json.loads(path.read_text("utf-8"))
    ]


def _ask(values: dict[str, object]) -> Ask:
    def listed(value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    return Ask(**{name: listed(value) for name, value in values.items()} | {"how": How(values["how"])})  # type: ignore[arg-type]  # read back from asdict
