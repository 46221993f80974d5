"""Which characters of an article does a query mean?

The original text is analysed with the index's own syllables and readings, so a mark stands on the
original characters, in whatever form they are: what is marked is what matched.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from corpus.article import Article
from indexer.places import Zone
from indexer.query import Field, Match
from indexer.text.analyse import searched_texts
from indexer.text.normalise import normalise
from indexer.text.readings import begins, means, reading_key
from indexer.text.syllables import TOKEN
from indexer.text.words import unpack_joins

_ZONES = {Field.TITLE: Zone.TITLE, Field.CAPTION: Zone.CAPTIONS}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of original text; ``hit`` where it is marked."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` is meant by the match number ``leaf`` of the query."""

    start: int
    end: int
    leaf: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One searched text of an article with its marks, ascending; they may overlap."""

    zone: Zone
    text: str
    marks: tuple[Mark, ...]

    def parts(self, start: int = 0, end: int | None = None) -> tuple[Part, ...]:
        """The text from start to end, cut at the marks; marks with only white space between join."""
        stop = len(self.text) if end is None else end
        pieces: list[Part] = []
        cursor = start
        for left, right in self._joined(start, stop):
            if cursor < left:
                pieces.append(Part(self.text[cursor:left], hit=False))
            pieces.append(Part(self.text[left:right], hit=True))
            cursor = right
        if cursor < stop:
            pieces.append(Part(self.text[cursor:stop], hit=False))
        return tuple(pieces)

    def _joined(self, start: int, stop: int) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for mark in self.marks:
            if mark.start < start or mark.end > stop:
                continue
            if spans and not self.text[spans[-1][1] : mark.start].strip():
                spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
            else:
                spans.append((mark.start, mark.end))
        return spans


class Meanings:
    """Which syllables of a query's matches a token fills: decided once a token, for many articles."""

    def __init__(self, leaves: Sequence[Match]) -> None:
        self.leaves = tuple(leaves)
        self._known: dict[str, Filled] = {}
        self._slots: dict[str, list[tuple[int, int]]] = {}
        self._prefixes: list[tuple[int, int]] = []
        for number, leaf in enumerate(self.leaves):
            for slot, typed in enumerate(leaf.syllables):
                if leaf.prefix and slot == len(leaf.syllables) - 1:
                    self._prefixes.append((number, slot))
                else:
                    self._slots.setdefault(reading_key(typed), []).append((number, slot))

    def of(self, tokens: list[str]) -> "list[Filled]":
        """What each token of an original text fills; mostly nothing."""
        known = self._known
        for token in set(tokens).difference(known):
            known[token] = frozenset(self._filled(normalise(token)))
        return [known[token] for token in tokens]

    def _filled(self, term: str) -> Iterator[tuple[int, int]]:
        for number, slot in self._slots.get(reading_key(term), ()):
            leaf = self.leaves[number]
            if means(leaf.syllables[slot], term, complete=leaf.complete):
                yield number, slot
        for number, slot in self._prefixes:
            leaf = self.leaves[number]
            if begins(leaf.syllables[slot], term, complete=leaf.complete):
                yield number, slot


Filled = frozenset[tuple[int, int]]
"""Pairs: number of a match, and of the syllable in it that a token fills."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A token that fills something: its place among the text's tokens, and its characters."""

    start: int
    end: int
    filled: Filled


_Tokens = dict[int, _Token]


def mark_article(article: Article, meanings: Meanings, boundaries: bytes = b"") -> list[MarkedText]:
    """Every searched text of an article, in order, with its marks.

    Args:
        boundaries: the article's packed word joins, needed where a match asks for a word.
    """
    joined = unpack_joins(boundaries, len(boundaries) * 8) if boundaries else []
    marked: list[MarkedText] = []
    first = 0
    for zone, text in searched_texts(article):
        tokens, count = _tokens(text, meanings)
        here = joined[first : first + count] if joined else [False] * count
        marked.append(MarkedText(zone, text, tuple(_marks(zone, tokens, here, meanings.leaves))))
        first += count
    return marked


def _tokens(text: str, meanings: Meanings) -> tuple[_Tokens, int]:
    """The tokens that fill something, by place; and how many tokens there are."""
    tokens = TOKEN.findall(text)
    filled = meanings.of(tokens)
    if not any(filled):
        return {}, len(tokens)
    hits = compress(zip(range(len(tokens)), TOKEN.finditer(text), filled, strict=True), filled)
    return {place: _Token(*found.span(), one) for place, found, one in hits}, len(tokens)


def _marks(zone: Zone, tokens: _Tokens, joined: list[bool], leaves: Sequence[Match]) -> list[Mark]:
    marks: set[Mark] = set()
    for number, leaf in enumerate(leaves):
        if leaf.field in _ZONES and _ZONES[leaf.field] is not zone:
            continue
        runs = _windows(tokens, leaf, number) if leaf.slop else _runs(tokens, joined, leaf, number)
        marks.update(Mark(tokens[first].start, tokens[last].end, number) for first, last in runs)
    return sorted(marks, key=lambda mark: (mark.start, mark.end, mark.leaf))


def _runs(tokens: _Tokens, joined: list[bool], leaf: Match, number: int) -> Iterator[tuple[int, int]]:
    """First and last token of each place where the leaf's syllables stand next to each other."""
    length = len(leaf.syllables)
    for first, token in tokens.items():
        if (number, 0) in token.filled and all(
            first + slot in tokens and (number, slot) in tokens[first + slot].filled
            for slot in range(1, length)
        ):
            last = first + length - 1
            if not leaf.as_word or _is_word(joined, first, last):
                yield first, last


def _is_word(joined: list[bool], first: int, last: int) -> bool:
    before = first > 0 and joined[first - 1]
    return not before and all(joined[first:last]) and not joined[last]


def _windows(tokens: _Tokens, leaf: Match, number: int) -> Iterator[tuple[int, int]]:
    """Each token, by itself, that stands in a window which holds every syllable; see Match.slop."""
    last = len(leaf.syllables) - 1
    names = [(leaf.prefix and slot == last, syllable) for slot, syllable in enumerate(leaf.syllables)]
    wanted = Counter(names)
    meant = {
        place: {names[slot] for match, slot in token.filled if match == number}
        for place, token in tokens.items()
    }
    reach = len(names) + leaf.slop
    kept: set[int] = set()
    for first, here in meant.items():
        if here:
            window = [place for place in range(first, first + reach) if meant.get(place)]
            held = Counter(name for place in window for name in meant[place])
            if all(held[name] >= count for name, count in wanted.items()):
                kept.update(window)
    return ((place, place) for place in sorted(kept))
