"""Which characters of an article does a query mean?

The original text is analysed with the index's own syllables and readings, so a mark stands on the
original characters, in whatever form they are: what is marked is what matched.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Article
from indexer.places import Zone
from indexer.query import Field, Match
from indexer.text.analyse import searched_texts
from indexer.text.readings import begins, means
from indexer.text.syllables import Syllable, syllables
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


def mark_article(article: Article, leaves: Sequence[Match], boundaries: bytes = b"") -> list[MarkedText]:
    """Every searched text of an article, in order, with its marks.

    Args:
        boundaries: the article's packed word joins, needed where a leaf asks for a word.
    """
    texts = [(zone, text, list(syllables(text))) for zone, text in searched_texts(article)]
    meanings = [Meaning(leaf) for leaf in leaves]
    count = sum(len(found) for _, _, found in texts)
    joined = iter(unpack_joins(boundaries, count) if boundaries else [False] * count)
    return [
        MarkedText(zone, text, tuple(_marks(zone, found, [next(joined) for _ in found], meanings)))
        for zone, text, found in texts
    ]


class Meaning:
    """Which slots of a match a term fills; decided once for each term of an article."""

    def __init__(self, leaf: Match) -> None:
        self.leaf = leaf
        self._slots: dict[str, frozenset[int]] = {}

    def slots(self, term: str) -> frozenset[int]:
        """The slots of the match that a term fills."""
        known = self._slots.get(term)
        if known is None:
            filled = (slot for slot in range(len(self.leaf.syllables)) if self._fills(slot, term))
            known = self._slots[term] = frozenset(filled)
        return known

    def _fills(self, slot: int, term: str) -> bool:
        leaf = self.leaf
        fits = begins if leaf.prefix and slot == len(leaf.syllables) - 1 else means
        return fits(leaf.syllables[slot], term, complete=leaf.complete)


def _marks(zone: Zone, found: list[Syllable], joined: list[bool], meanings: Sequence[Meaning]) -> list[Mark]:
    marks: list[Mark] = []
    for number, meaning in enumerate(meanings):
        leaf = meaning.leaf
        if leaf.field in _ZONES and _ZONES[leaf.field] is not zone:
            continue
        slots = [meaning.slots(syllable.term) for syllable in found]
        runs = _windows(slots, leaf) if leaf.slop else _runs(slots, joined, leaf)
        marks += [Mark(found[first].start, found[last].end, number) for first, last in runs]
    return sorted(set(marks), key=lambda mark: (mark.start, mark.end, mark.leaf))


def _runs(slots: list[frozenset[int]], joined: list[bool], leaf: Match) -> Iterator[tuple[int, int]]:
    """First and last syllable of each place where the leaf's syllables stand next to each other.

    Args:
        slots: for each syllable of the text, the slots of the leaf that it fills.
    """
    length = len(leaf.syllables)
    for first in range(len(slots) - length + 1):
        if 0 in slots[first] and all(slot in slots[first + slot] for slot in range(1, length)):
            last = first + length - 1
            if not leaf.as_word or _is_word(joined, first, last):
                yield first, last


def _is_word(joined: list[bool], first: int, last: int) -> bool:
    before = first > 0 and joined[first - 1]
    return not before and all(joined[first:last]) and not joined[last]


def _windows(slots: list[frozenset[int]], leaf: Match) -> Iterator[tuple[int, int]]:
    """Each syllable, by itself, that stands in a window which holds them all; see Match.slop."""
    last = len(leaf.syllables) - 1
    names = [(leaf.prefix and slot == last, syllable) for slot, syllable in enumerate(leaf.syllables)]
    wanted = Counter(names)
    meant = [{names[slot] for slot in filled} for filled in slots]
    reach = len(names) + leaf.slop
    kept: set[int] = set()
    for first, here in enumerate(meant):
        if here:
            window = meant[first : first + reach]
            held = Counter(name for names_here in window for name in names_here)
            if all(held[name] >= count for name, count in wanted.items()):
                kept.update(place for place, names_here in enumerate(window, first) if names_here)
    return ((place, place) for place in sorted(kept))
