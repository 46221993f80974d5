"""Which queries are asked? Drawn by seed from a data folder's articles, a kind of query after the other.

The kinds are the whole grammar (docs/query.md) and everything that an address can ask of a search. They are
drawn from what the server itself gives, articles over HTTP, and by no module of the project's that may move.
"""

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from benchmarks.queries import SEED, Ask, Census, How
from benchmarks.same_answers import slips
from benchmarks.same_answers.sample import Sampled

Pairs = list[tuple[str, str]]

_NAMES = (
    "UBND",
    "hđnd",
    "TP.HCM",
    "tphcm",
    "Sapa",
    "sa pa",
    "Bắc Cạn",
    "Hà Tây",
    "GDP",
    "13/9",
    "30-4",
    "1.000 tỷ",
    "10 triệu đồng",
    "covid-19",
    "F -35",
    "WHO",
    "Mát-xcơ-va",
    "Trung Quốc",
    "Thủ tướng",
    "quận 1",
    "km/h",
    "7:30",
)
_LOOSE_ENDS = (
    '"',
    "(",
    ")",
    "OR",
    "AND",
    "NOT",
    "HOẶC",
    "-",
    "*",
    "~5",
    '"~99',
    "abc:",
    "ngày:",
    "ngày:31/2/2013",
    "nguồn:",
    ":",
    "tiêu_đề:-",
    "((",
    "=",
    "văn_bản:",
    "từ:",
    "ngày:2013..2012",
    '=""',
    "-(",
    "https://a.vn/b",
    "ngày:x",
)
_FACETS = ("source", "section", "year", "month", "author", "tag")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A query's kind, and the parameters that ask it."""

    kind: str
    pairs: Pairs

    @property
    def encoded(self) -> str:
        """As an address has it."""
        return urlencode(self.pairs)


def draw(sampled: Sequence[Sampled], count: int) -> list[Drawn]:
    """``count`` queries, the kinds by turns."""
    drawing = _Drawing(sampled, count)
    kinds = list(drawing.kinds().items())
    return [Drawn(name, make()) for name, make in (kinds[place % len(kinds)] for place in range(count))]


class _Drawing:
    """The kinds of queries over a sample of articles."""

    def __init__(self, sampled: Sequence[Sampled], count: int) -> None:
        self._chance = random.Random(SEED)  # noqa: S311 - the same queries in every run
        self._sampled = sampled
        census = Census()
        for one in sampled:
            census.see(one)
        self._asks = {kind.name: iter(kind.asks) for kind in census.classes(max(1, count))}

    def kinds(self) -> dict[str, Callable[[], Pairs]]:
        """A kind's name, and what draws one of it."""
        engines = {name: lambda name=name: self._engine(name) for name in self._asks}
        return engines | {
            "headline": lambda: self._query(self._headline()),
            "headline, no marks": lambda: self._query(slips.bare(self._headline())),
            "headline, some marks": lambda: self._query(self._some_marks(self._run(3, 8))),
            "typed without quotes": lambda: self._query(self._run(2, 3).replace(" ", "_")),
            "exact characters": lambda: self._query(f'="{self._run(1, 3)}"'),
            "window": lambda: self._query(f'"{self._run(2, 3)}"~{self._chance.randrange(20)}'),
            "phrase with a star": lambda: self._query(f'"{self._run(2, 3)[:-1]}*"'),
            "nested": lambda: self._query(self._nested(2)),
            "left out": lambda: self._query(f"{self._run(1, 2)} {self._minus()}{self._run(1, 1)}"),
            "zone": lambda: self._query(self._zone()),
            "fact": lambda: self._query(self._fact()),
            "dates": lambda: self._query(f"{self._run(0, 2)} {self._dates()}"),
            "from and to": self._from_to,
            "filters": self._filtered,
            "stories": lambda: [*self._query(self._some_marks(self._run(1, 3))), ("stories", "1")],
            "order": self._ordered,
            "everything": lambda: [("q", ""), *self._filter(), *self._paged()],
            "Telex": lambda: self._query(slips.telex(self._run(1, 4))),
            "VNI": lambda: self._query(slips.vni(self._run(1, 4))),
            "slip": lambda: self._as_typed(slips.slip(self._run(2, 5), self._chance)),
            "spaces": lambda: self._as_typed(slips.spaces(self._some_marks(self._run(2, 4)), self._chance)),
            "quotes that nobody printed": lambda: self._query(f'"{self._run(1, 2)} {self._run(1, 2)}"'),
            "names": self._named,
            "loose ends": lambda: self._query(self._loose_ends()),
            "capitals": lambda: self._query(f"{self._run(1, 2)} KHÔNG {self._run(1, 2)}".upper()),
            "decomposed": lambda: self._query(unicodedata.normalize("NFD", self._run(1, 4))),
        }

    def _engine(self, name: str) -> Pairs:
        ask = next(self._asks[name])
        pairs = self._query(_typed(ask))
        if ask.days:
            first, last = map(_iso, ask.days)
            pairs += [("from", first), ("to", last)]
        return [*pairs, ("sort", "newest")] if ask.newest else pairs

    def _query(self, text: str) -> Pairs:
        return [("q", text.strip())]

    def _one_of(self, values: Sequence[str]) -> str:
        return self._chance.choice(values)

    def _run(self, least: int, most: int) -> str:
        """Words that stand side by side in an article, as printed there."""
        length = self._chance.randint(least, most)
        while True:
            words = self._chance.choice(self._chance.choice(self._sampled).texts)
            if len(words) > length:
                start = self._chance.randrange(len(words) - length)
                return " ".join(words[start : start + length])

    def _headline(self) -> str:
        return self._chance.choice(self._sampled).title[:200]

    def _some_marks(self, text: str) -> str:
        return " ".join(slips.bare(word) if self._chance.random() < 0.5 else word for word in text.split())

    def _minus(self) -> str:
        return self._one_of(("-", "NOT ", "KHÔNG "))

    def _nested(self, depth: int) -> str:
        if not depth or self._chance.random() < 0.2:
            leaf = self._some_marks(self._run(1, 2))
            return f'"{leaf}"' if self._chance.random() < 0.3 else leaf
        joined = self._one_of((" OR ", " AND ", " HOẶC ", " VÀ ", " ", " -"))
        return f"({self._nested(depth - 1)}){joined}({self._nested(depth - 1)})"

    def _zone(self) -> str:
        field = self._one_of(("tiêu_đề:", "title:", "chú_thích:", "văn_bản:", "CHU_THICH:", "từ:", "word:"))
        value = self._one_of(
            (self._run(1, 1), f'"{self._run(2, 2)}"', f"({self._run(1, 1)} OR {self._run(1, 1)})")
        )
        return f"{field}{value} {self._run(0, 1)}"

    def _fact(self) -> str:
        article = self._chance.choice(self._sampled)
        facts = [(name, value) for name, value in article.facts.items() if value]
        if not facts:
            return f"nguồn:{self._run(1, 1)}"
        name, value = self._chance.choice(facts)
        shown = self._one_of(
            (f'"{value}"', value.replace(" ", "_"), value, slips.bare(value).replace(" ", "_"))
        )
        return f"{self._run(0, 1)} {self._one_of(('', '-'))}{name}:{shown}"

    def _day(self) -> str:
        day = self._chance.choice(
            [one.published for one in self._sampled if len(one.published) >= 10] or ["2013-05-26"]
        )[:10]
        year, month, number = day.split("-")
        return self._one_of(
            (day, year, f"{year}-{month}", f"{int(month)}/{year}", f"{int(number)}/{int(month)}/{year}")
        )

    def _dates(self) -> str:
        return self._one_of(("ngày:", "date:", "-ngày:")) + self._one_of(
            (self._day(), f"{self._day()}..{self._day()}", f"{self._day()}..", f"..{self._day()}")
        )

    def _from_to(self) -> Pairs:
        return [*self._query(self._some_marks(self._run(1, 2))), (self._one_of(("from", "to")), self._day())]

    def _filter(self) -> Pairs:
        article = self._chance.choice(self._sampled)
        day = article.published
        values = {
            "source": article.facts["nguồn"],
            "section": article.facts["chuyên_mục"],
            "year": day[:4],
            "month": day[:7],
            "author": article.facts["tác_giả"],
            "tag": article.facts["thẻ"],
        }
        name = self._one_of(_FACETS)
        value = values[name] if name != "month" or len(day) >= 7 else ""
        return [(self._one_of(("", "", "not_")) + name, value)]

    def _filtered(self) -> Pairs:
        return [
            *self._query(self._some_marks(self._run(1, 2))),
            *self._filter(),
            *self._filter(),
            *self._paged(),
        ]

    def _ordered(self) -> Pairs:
        return [*self._query(self._run(1, 2)), ("sort", self._one_of(("newest", "oldest"))), *self._paged()]

    def _paged(self) -> Pairs:
        return self._chance.choice([[], [("page", "2")], [("size", "30")], [("size", "3"), ("page", "4")]])

    def _as_typed(self, text: str) -> Pairs:
        return [("q", text), *self._chance.choice([[], [], [("as_typed", "1")]])]

    def _named(self) -> Pairs:
        text = f"{self._one_of(_NAMES)} {self._run(0, 1)}".strip()
        return [
            ("q", text),
            *self._chance.choice([[], [], [("widen", "0")], [("not_also", "Ủy ban nhân dân")]]),
        ]

    def _loose_ends(self) -> str:
        parts = [self._run(1, 1), self._one_of(_LOOSE_ENDS), self._run(1, 1), self._one_of(_LOOSE_ENDS)]
        self._chance.shuffle(parts)
        return self._one_of((" ", "")).join(parts)


def _typed(ask: Ask) -> str:
    words = " ".join(ask.terms)
    match ask.how:
        case How.PHRASE:
            return f'"{words}"'
        case How.PREFIX:
            return f"{words}*"
        case How.ALL:
            return words
        case _:
            return " OR ".join(ask.terms)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
