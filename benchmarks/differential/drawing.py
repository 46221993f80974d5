"""Which queries are asked? Trees of the whole grammar, drawn of an archive's own words, and written as text.

The text is written in the many ways that docs/query.md allows. What two ways could be mistaken for each other
is avoided where the grammar says so: words are not written like operators, an unquoted value of a field that
holds names begins with a small letter or ends its part, and a number after a minus stands in parentheses.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, islice
from typing import TypeVar

from benchmarks.differential.syllables import bare_letter, without_tone
from benchmarks.differential.trees import (
    AUTHOR,
    CAPTION,
    SECTION,
    SOURCE,
    TAG,
    TEXT,
    TITLE,
    All,
    Any,
    Days,
    Drawn,
    No,
    Node,
    Term,
    joined,
)

_NAMES = {
    TITLE: ("tiêu_đề", "title", "TIEU-DE", "headline", "tiêuđề"),
    CAPTION: ("chú_thích", "caption", "chu_thich"),
    SOURCE: ("nguồn", "source", "Nguon"),
    SECTION: ("chuyên_mục", "section", "chuyen-muc"),
    AUTHOR: ("tác_giả", "author", "tac_gia"),
    TAG: ("thẻ", "tag", "the"),
    TEXT: ("văn_bản", "text", "van-ban"),
}
_DAYS = ("ngày", "date", "NGAY")
_WORD = ("từ", "word", "tu")
_QUOTES = ('"{}"', '"{}"', "“{}”", "«{}»", "„{}“")
_OPERATORS = frozenset({"and", "or", "not", "và", "hoặc", "không"})
_DEEPEST = 3
CutTexts = Callable[[Sequence[str]], Sequence[int]]
"""Cuts words typed side by side: gives the number of words of each unit."""
_YEAR = re.compile("(?:19|20|21)[0-9]{2}")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Vocabulary:
    """What queries are drawn of.

    Attributes:
        runs: syllables that stand side by side in some text, in small letters.
        values: values of the fields that hold names, by field.
        first, last: the days from which dates are drawn.
    """

    runs: Sequence[Sequence[str]]
    values: Mapping[str, Sequence[Sequence[str]]]
    first: date
    last: date


@dataclass(frozen=True)
class _Part:
    """A node with its text.

    Attributes:
        loose: whether it is loose where no AND stands beside it.
        words: the words of which "_" makes a unit where it is loose; none: it is one word.
        after_and, before_and: whether AND stands beside it: the unit there binds.
        ends: whether nothing may follow it in its sequence.
    """

    node: Node
    text: str
    loose: bool = False
    ends: bool = False
    words: tuple[str, ...] = ()
    after_and: bool = False
    before_and: bool = False


class Drawing:
    """Draws queries from one vocabulary by one seed.

    Args:
        cut: cuts words that stand side by side, as typed, into units: what a scan cannot know by itself.
    """

    def __init__(self, vocabulary: Vocabulary, seed: str, cut: CutTexts) -> None:
        self._vocabulary = vocabulary
        self._cut = cut
        self._random = random.Random(seed)  # noqa: S311 - made to be made again

    def query(self) -> Drawn:
        """One query. It has a small letter, so that its operators are operators, and no date in words."""
        while True:
            drawn = self._query()
            if any(map(str.islower, drawn.text)) and len(drawn.text) <= 900 and not _may_name_a_date(drawn):
                return drawn

    def _query(self) -> Drawn:
        if self._random.random() < 0.2:
            parts = [self._sequence(0) for _ in range(self._choice((2, 2, 3)))]
            text = self._joined([text for _, text in parts], ("OR", "HOẶC"))
            return Drawn(text, (), (Any(tuple(self._all(items) for items, _ in parts)),))
        items, text = self._sequence(0)
        parts_of_it = list(self._units(items))
        loose = tuple(part for part in parts_of_it if isinstance(part, tuple))
        return Drawn(text, loose, tuple(part for part in parts_of_it if not isinstance(part, tuple)))

    def _units(self, items: Sequence[_Part]) -> Iterator[tuple[Term, ...] | Node]:
        """The units of the loose words of a sequence, and its other parts, in order."""
        runs = 0
        numbered: list[tuple[int, _Part]] = []
        for item in items:
            runs += item.after_and
            numbered.append((runs, item))
        for (_, is_loose), run in groupby(numbered, lambda pair: (pair[0], pair[1].loose)):
            here = [item for _, item in run]
            units = list(self._cut_run(here)) if is_loose else []
            for place, unit in enumerate(units):
                binds = (not place and here[0].after_and) or (unit is units[-1] and here[-1].before_and)
                yield joined(unit) if binds else unit
            if not is_loose:
                yield from (item.node for item in here)

    def _cut_run(self, items: Sequence[_Part]) -> Iterator[tuple[Term, ...]]:
        """The units of loose words side by side."""
        for by_hand, run in groupby(items, lambda item: bool(item.words)):
            here = list(run)
            if by_hand:
                yield from map(_bound_by_hand, here)
            else:
                following = iter([item.node for item in here if isinstance(item.node, Term)])
                lengths = self._cut([item.text for item in here])
                yield from (_unit(tuple(islice(following, length))) for length in lengths)

    def _all(self, items: Sequence[_Part]) -> Node:
        return All(tuple(joined(part) if isinstance(part, tuple) else part for part in self._units(items)))

    def _sequence(self, depth: int) -> tuple[list[_Part], str]:
        """Parts side by side, some joined by AND, which makes its neighbours bind."""
        items: list[_Part] = []
        text = ""
        for _ in range(self._choice((1, 1, 2, 2, 3, 4, 5) if not depth else (1, 2, 2, 3))):
            if items and items[-1].ends:
                break
            item = self._item(depth)
            if items and self._random.random() < 0.15:
                items[-1] = replace(items[-1], before_and=True)
                item = replace(item, after_and=True)
                text += f" {self._choice(('AND', 'VÀ'))} "
            elif items:
                text += self._choice((" ", " ", "  ", "\u00a0"))
            items.append(item)
            text += item.text
        return items, text

    def _item(self, depth: int) -> _Part:
        kinds: list[tuple[int, Callable[[int], _Part]]] = [
            (8, lambda _: self._plain()),
            (3, lambda _: self._star()),
            (2, lambda _: self._compound()),
            (4, lambda _: self._phrase(TEXT)),
            (2, lambda _: self._window(TEXT)),
            (3, self._field),
            (1, lambda _: self._whole_word()),
            (1, lambda _: self._dates()),
            (2, self._negated),
            (2, self._group),
        ]
        weights = [weight for weight, _ in kinds]
        return self._random.choices([draw for _, draw in kinds], weights)[0](depth)

    def _plain(self) -> _Part:
        syllable = self._syllable()
        return _Part(Term((syllable,)), self._cased(syllable), loose=True)

    def _star(self) -> _Part:
        syllable = self._syllable()
        begun = syllable[: self._random.randint(1, len(syllable))]
        return _Part(Term((begun,), star=True), self._cased(begun) + "*")

    def _compound(self) -> _Part:
        """Syllables that are typed as one word."""
        run = tuple(map(self._marks_lost, self._run((2, 2, 3))))
        joint = self._choice(("_", "_", "_", "-", ".", "/"))
        text = joint.join(run)
        star = self._random.random() < 0.2
        words = run if joint == "_" else ()
        return _Part(Term(run, star=star), text + "*" * star, loose=len(run) > 0 and not star, words=words)

    def _phrase(self, field: str) -> _Part:
        run = self._run((1, 2, 2, 3, 4))
        exact = self._random.random() < 0.2
        if self._random.random() < 0.3:
            run = tuple(map(self._spelt_otherwise, run))
        star = self._random.random() < 0.2
        if star:
            run = (*run[:-1], run[-1][: self._random.randint(1, len(run[-1]))])
        text = self._choice(_QUOTES).format(self._choice((" ", " ", "  ", ", ")).join(run) + "*" * star)
        return _Part(Term(run, field, quoted=True, exact=exact, star=star), "=" * exact + text)

    def _window(self, field: str) -> _Part:
        """Near, with syllables that repeat, mean each other or begin each other among others."""
        run = list(self._run((2, 2, 3, 4)))
        if self._random.random() < 0.3:
            run.append(self._spelt_otherwise(self._choice(run)))
        self._random.shuffle(run)
        star = self._random.random() < 0.3
        if star:
            last = self._choice(run) if self._random.random() < 0.5 else run[-1]
            run[-1] = last[: self._random.randint(1, len(last))]
        exact = self._random.random() < 0.1
        near = self._choice((1, 1, 2, 5, 20, 50)) if len(run) > 1 else 0
        text = (
            "=" * exact + self._choice(_QUOTES).format(" ".join(run) + "*" * star) + f"~{near}" * (near > 0)
        )
        return _Part(Term(tuple(run), field, quoted=True, exact=exact, star=star, near=near), text)

    def _whole_word(self) -> _Part:
        run = self._run((1, 2, 2, 3))
        text = '"' + " ".join(run) + '"' if self._random.random() < 0.8 else "_".join(run)
        return _Part(Term(run, quoted=True, word=True), f"{self._choice(_WORD)}:{text}")

    def _field(self, depth: int) -> _Part:
        field = self._choice((TITLE, TITLE, CAPTION, SOURCE, SECTION, AUTHOR, TAG, TEXT))
        name = self._choice(_NAMES[field])
        if depth < _DEEPEST and self._random.random() < 0.2:
            parts = [self._value(field) for _ in range(self._choice((2, 3)))]
            joined = self._joined([part.text for part in parts], ("OR", "HOẶC"))
            return _Part(Any(tuple(part.node for part in parts)), f"{name}:({joined})")
        part = self._value(field)
        minus = self._random.random() < 0.1 and not part.text[0].isdecimal()
        node = No(part.node) if minus else part.node
        return _Part(node, f"{name}:{'-' * minus}{part.text}", ends=part.ends)

    def _value(self, field: str) -> _Part:
        """A value of a field, as it stands there or not."""
        if field in (TITLE, CAPTION, TEXT):
            part = self._choice((self._plain, self._star, self._compound, self._spelling_of(field)))()
            assert isinstance(part.node, Term)
            return _Part(replace(part.node, field=field), part.text)
        value = tuple(self._choice(self._vocabulary.values.get(field) or [("không", "có")]))
        length = self._choice((len(value), len(value), 1))
        start = self._random.randint(0, len(value) - length)
        value = value[start : start + length]
        kind = self._random.random()
        if kind < 0.5:
            return _Part(Term(value, field, quoted=True), self._choice(_QUOTES).format(" ".join(value)))
        value = tuple(map(self._marks_lost, value))
        if kind < 0.7 and all(syllable[0].isalpha() for syllable in value):
            return _Part(Term(value, field), " ".join(map(_capitalised, value)), ends=True)
        return _Part(Term(value, field), "_".join(value))

    def _spelling_of(self, field: str) -> Callable[[], _Part]:
        return lambda: self._choice((self._phrase, self._window))(field)

    def _dates(self) -> _Part:
        first, last = sorted((self._day(), self._day()))
        name = self._choice(_DAYS)
        kind = self._random.randrange(6)
        if kind == 0:
            return _Part(Days(date(first.year, 1, 1), date(first.year, 12, 31)), f"{name}:{first.year}")
        if kind == 1:
            text = self._choice((f"{first.month}/{first.year}", f"{first.year}-{first.month:02}"))
            return _Part(Days(first.replace(day=1), _month_end(first)), f"{name}:{text}")
        if kind == 2:
            day = self._choice(("{0.day}/{0.month}/{0.year}", "{0.day}.{0.month}.{0.year}", "{0}"))
            return _Part(Days(first, first), f"{name}:{day.format(first)}")
        if kind == 3:
            return _Part(Days(first, None), f"{name}:{first}..")
        if kind == 4:
            return _Part(Days(None, last), f"{name}:..{last.day}/{last.month}/{last.year}")
        return _Part(
            Days(date(first.year, 1, 1), _month_end(last)),
            f"{name}:{first.year}..{last.month}/{last.year}",
        )

    def _negated(self, depth: int) -> _Part:
        part = self._item(depth + 1) if depth < _DEEPEST else self._plain()
        written = self._choice(("-", "−", "NOT ", "KHÔNG "))
        text = part.text
        if text[0].isdecimal() or text.startswith(("-", "−", "NOT ", "KHÔNG ")):
            text = f"({text})"
        node = part.node
        return _Part(node.part if isinstance(node, No) else No(node), written + text, ends=part.ends)

    def _group(self, depth: int) -> _Part:
        if depth >= _DEEPEST:
            return self._plain()
        parts = [self._sequence(depth + 1) for _ in range(self._choice((1, 2, 2, 3)))]
        text = self._joined([text for _, text in parts], ("OR", "HOẶC"))
        return _Part(Any(tuple(self._all(items) for items, _ in parts)), f"({text})")

    def _joined(self, texts: Sequence[str], operators: Sequence[str]) -> str:
        joined = texts[0]
        for text in texts[1:]:
            joined += f" {self._choice(operators)} {text}"
        return joined

    def _run(self, lengths: Sequence[int]) -> tuple[str, ...]:
        """Syllables that stand side by side somewhere."""
        run = self._choice(self._vocabulary.runs)
        length = min(self._choice(lengths), len(run))
        start = self._random.randint(0, len(run) - length)
        return tuple(run[start : start + length])

    def _syllable(self) -> str:
        """A syllable with all of its marks, some or none; never one that is an operator."""
        while True:
            (syllable,) = self._run((1,))
            syllable = self._marks_lost(syllable)
            if syllable not in _OPERATORS:
                return syllable

    def _marks_lost(self, syllable: str) -> str:
        kind = self._random.random()
        if kind < 0.4:
            return self._spelt_otherwise(syllable) if kind < 0.05 else syllable
        return without_tone(syllable)[0] if kind < 0.55 else "".join(map(bare_letter, syllable))

    def _spelt_otherwise(self, syllable: str) -> str:
        """The same word with its tone in another place, or i for y."""
        letters, tone = without_tone(syllable)
        places = [place for place, letter in enumerate(letters) if bare_letter(letter) in "aeiouy"]
        if tone and places and self._random.random() < 0.8:
            place = self._choice(places)
            moved = unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :])
            return moved if _is_a_word(syllable) else syllable
        return syllable

    def _cased(self, syllable: str) -> str:
        written = self._choice((syllable, syllable, _capitalised(syllable), syllable.upper()))
        return syllable if written.lower() != syllable or written.lower() in _OPERATORS else written

    def _day(self) -> date:
        days = (self._vocabulary.last - self._vocabulary.first).days
        return self._vocabulary.first + timedelta(self._random.randint(0, days))

    def _choice(self, options: Sequence[_T]) -> _T:
        return self._random.choice(options)


def _may_name_a_date(drawn: Drawn) -> bool:
    """Whether a loose word is a year, alone or behind a month."""
    words = (word for unit in drawn.loose for word in unit)
    return any(_YEAR.fullmatch(syllable) for word in words for syllable in word.syllables)


def _bound_by_hand(item: _Part) -> tuple[Term, ...]:
    return _unit(tuple(Term((word,)) for word in item.words))


def _unit(words: tuple[Term, ...]) -> tuple[Term, ...]:
    """The words of a unit: where one of several bears a mark, the marks of all bind."""
    if len(words) == 1 or not joined(words).binds:
        return words
    return tuple(replace(word, level=True) for word in words)


def _capitalised(syllable: str) -> str:
    return syllable[0].upper() + syllable[1:]


def _month_end(day: date) -> date:
    following = day.replace(day=28) + timedelta(4)
    return following - timedelta(following.day)


def _is_a_word(syllable: str) -> bool:
    """Whether a syllable has the letters of Vietnamese alone, so that its tone may stand elsewhere."""
    return all(bare_letter(letter) in "abcdeghiklmnopqrstuvxy" for letter in syllable)
