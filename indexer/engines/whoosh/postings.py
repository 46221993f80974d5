"""How do articles become postings, and how are the postings of segments merged?

Terms are sorted by field, reading key and UTF-8 bytes, so that all readings of a syllable typed without marks
are consecutive. Postings lie term by term; articles ascend within a term, positions within an article. A
position is flat: the article's zones (title, lede, body, captions) are laid end to end with a gap between
them, so that one number is enough and the position of the next syllable is that number plus one.
``zone_starts`` converts it back into zone and position.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.arrays.file import AnyArray
from indexer.fields import VALUES, Field
from indexer.places import (
    PARAGRAPH_GAP,
    POSITION_MASK,
    POSITION_SHIFT,
    ZONE_SHIFT,
    ZONE_WEIGHTS,
    Zone,
)
from indexer.term_places import PackedPlaces
from indexer.text.readings import reading_key

FIELDS = (Field.TEXT, *VALUES)
"""The indexed fields; a term stores the index of its field here."""

ZONES = len(Zone)
WEIGHTS = np.array([ZONE_WEIGHTS[zone] for zone in Zone], np.int64)
_STRETCH = 1 << 22  # occurrences moved at a time
_FLAGS = (1 << POSITION_SHIFT) - 1

FieldPlaces = Mapping[Field, Mapping[str, tuple[int, ...]]]
"""Of an article: field to term to packed places; see AnalysedArticle."""

Term = tuple[int, bytes, bytes]
"""Index of the field in FIELDS; the term's reading key and the term itself in UTF-8."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Term-major postings of ``articles`` articles.

    Attributes:
        terms: sorted, T of them.
        starts: int64 (T+1,): where each term's postings begin.
        numbers: uint16 (P,): article of each posting.
        weights: uint32 (P,): weighted frequency.
        counts: uint32 (P,): how many positions.
        positions: uint32 (O,): flat positions.
        flags: uint8 (O,): whether a word begins (2) and ends (1) there.
        zone_starts: int64 (articles, ZONES): where the text's zones begin.
    """

    articles: int
    terms: list[Term]
    starts: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.uint16]
    weights: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint32]
    positions: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]
    zone_starts: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Loose:
    """Postings before they are sorted by term; articles ascend. The arrays are those of Postings.

    Attributes:
        term_ids: uint32 (P,): the index of each posting's term in a list of terms.
    """

    term_ids: npt.NDArray[np.uint32]
    numbers: npt.NDArray[np.uint16]
    weights: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint32]
    positions: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]


def postings_of_articles(articles: Iterable[FieldPlaces]) -> Postings:
    """The postings of articles, given by their places and numbered from 0."""
    text, values = _TextPostings(), _ValuePostings()
    total = 0
    for number, fields in enumerate(articles):
        total += 1
        text.add(number, PackedPlaces.of(fields.get(Field.TEXT, {})))
        values.add(number, fields)
    # Postings of one term ascend by article, for each term is of one field.
    terms = [(0, term) for term in text.ids] + list(values.ids)
    columns = map(np.concatenate, zip(text.columns(), values.columns(len(text.ids)), strict=True))
    keyed = [(field, reading_key(term).encode(), term.encode()) for field, term in terms]
    loose, zone_starts = _taken_apart(total, keyed, *columns)
    return _in_order(keyed, loose, zone_starts)


class _TextPostings:
    """Gathers the postings of texts, article by article.

    Attributes:
        ids: numbers terms in the order in which they are first met.
    """

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self._terms: Sequence[str] = ()
        self._numbers = np.empty(0, np.uint32)  # the numbers of these terms
        self._articles: list[int] = []
        self._packed: list[PackedPlaces] = []
        self._term_ids: list[npt.NDArray[np.uint32]] = []

    def add(self, number: int, places: PackedPlaces) -> None:
        """Adds the text of an article."""
        if places.terms is not self._terms:
            self._terms = places.terms
            ids = (self.ids.setdefault(term, len(self.ids)) for term in places.terms)
            self._numbers = np.fromiter(ids, np.uint32, len(places.terms))
        self._articles.append(number)
        self._packed.append(places)
        self._term_ids.append(self._numbers[places.numbers])

    def columns(self) -> tuple[AnyArray, ...]:
        """Of all postings: ids of terms (P,), articles (P,), counts (P,), packed places (O,)."""
        sizes = [len(ids) for ids in self._term_ids]
        return (
            _joined(self._term_ids),
            np.repeat(np.array(self._articles, np.uint16), sizes),
            _joined([places.counts for places in self._packed]),
            _joined([places.places for places in self._packed]),
        )


class _ValuePostings:
    """Gathers the postings of the other fields, which are few; ``ids`` numbers fields and terms."""

    def __init__(self) -> None:
        self.ids: dict[tuple[int, str], int] = {}
        self._term_ids, self._articles = array("I"), array("H")
        self._counts, self._places = array("I"), array("I")

    def add(self, number: int, fields: FieldPlaces) -> None:
        """Adds the values of an article."""
        for place, field in enumerate(FIELDS):
            if not place:
                continue
            for term, term_places in fields.get(field, {}).items():
                self._term_ids.append(self.ids.setdefault((place, term), len(self.ids)))
                self._articles.append(number)
                self._counts.append(len(term_places))
                self._places.extend(term_places)

    def columns(self, first: int) -> tuple[AnyArray, ...]:
        """Like those of the text; ids count from ``first``."""
        return (
            np.array(self._term_ids, np.uint32) + np.uint32(first),
            np.array(self._articles, np.uint16),
            np.array(self._counts, np.uint32),
            np.array(self._places, np.uint32),
        )


def _joined(parts: Sequence[npt.NDArray[np.uint32]]) -> npt.NDArray[np.uint32]:
    return np.concatenate(parts) if parts else np.empty(0, np.uint32)


def _taken_apart(
    articles: int,
    terms: list[Term],
    term_ids: npt.NDArray[np.uint32],
    numbers: npt.NDArray[np.uint16],
    counts: npt.NDArray[np.uint32],
    places: npt.NDArray[np.uint32],
) -> tuple[_Loose, npt.NDArray[np.int64]]:
    """The postings (P,) with their packed places (O,) as flat positions; and the starts of zones."""
    in_text = np.array([field == 0 for field, _, _ in terms], np.bool_)[term_ids]
    text = np.repeat(in_text, counts)
    owners = np.repeat(numbers, counts)
    zones = places >> ZONE_SHIFT
    positions = places >> POSITION_SHIFT & POSITION_MASK
    zone_starts = _zone_starts(articles, owners[text], zones[text], positions[text])
    flat = (positions + np.where(text, zone_starts[owners, zones], 0)).astype(np.uint32)
    flags = (places & _FLAGS).astype(np.uint8)
    return _Loose(term_ids, numbers, _sums(WEIGHTS[zones], counts), counts, flat, flags), zone_starts


def _zone_starts(
    articles: int,
    owners: npt.NDArray[np.uint16],
    zones: npt.NDArray[np.integer],
    positions: npt.NDArray[np.integer],
) -> npt.NDArray[np.int64]:
    """Where each article's zones begin when they are laid end to end with gaps."""
    lengths = np.zeros((articles, ZONES), np.int64)
    np.maximum.at(lengths, (owners, zones), positions + 1)
    starts = np.zeros((articles, ZONES), np.int64)
    np.cumsum(lengths[:, :-1] + PARAGRAPH_GAP, axis=1, out=starts[:, 1:])
    return starts


def merge_postings(sources: Sequence[Postings], live: Sequence[npt.NDArray[np.bool_]]) -> Postings:
    """The postings of several segments merged, without removed articles.

    Articles keep their order: those of the first source come first.
    """
    terms = sorted(set().union(*(source.terms for source in sources)))
    ids = {term: number for number, term in enumerate(terms)}
    parts: list[_Loose] = []
    first = 0
    for source, mask in zip(sources, live, strict=True):
        parts.append(_kept(source, mask, first, ids))
        first += int(mask.sum())
    loose = _Loose(*(np.concatenate([getattr(part, slot) for part in parts]) for slot in _Loose.__slots__))
    zone_starts = np.concatenate(
        [source.zone_starts[mask] for source, mask in zip(sources, live, strict=True)]
    )
    return _in_order(terms, loose, zone_starts)


def _kept(source: Postings, mask: npt.NDArray[np.bool_], first: int, ids: Mapping[Term, int]) -> _Loose:
    """A segment's live postings with the new ids of terms; the articles are numbered from ``first``."""
    # The number of a dropped article may wrap around; it is not used.
    renumbered = (np.cumsum(mask) - 1 + first).astype(np.uint16)
    new_ids = np.fromiter((ids[term] for term in source.terms), np.uint32, len(source.terms))
    stays = mask[source.numbers]
    occurring = np.repeat(stays, source.counts)
    return _Loose(
        np.repeat(new_ids, np.diff(source.starts))[stays],
        renumbered[source.numbers[stays]],
        source.weights[stays],
        source.counts[stays],
        source.positions[occurring],
        source.flags[occurring],
    )


def _in_order(terms: list[Term], loose: _Loose, zone_starts: npt.NDArray[np.int64]) -> Postings:
    """Sorts postings by term, and drops terms without postings."""
    counts = np.bincount(loose.term_ids, minlength=len(terms))
    sorted_terms = sorted((term, place) for place, term in enumerate(terms) if counts[place])
    places = np.array([place for _, place in sorted_terms], np.int64)
    ranks = np.zeros(len(terms), np.int64)
    ranks[places] = np.arange(len(places))
    order = np.argsort(ranks[loose.term_ids], kind="stable")
    positions, flags = _reorder(loose, order)
    return Postings(
        len(zone_starts),
        [term for term, _ in sorted_terms],
        np.concatenate([np.zeros(1, np.int64), np.cumsum(counts[places])]),
        loose.numbers[order],
        loose.weights[order],
        loose.counts[order],
        positions,
        flags,
        zone_starts,
    )


def _reorder(
    loose: _Loose, order: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Positions and flags in the new order of postings; copied by stretches, so that memory is bounded."""
    starts = np.cumsum(loose.counts, dtype=np.int64) - loose.counts
    ends = np.cumsum(loose.counts[order], dtype=np.int64)
    positions, flags = np.empty_like(loose.positions), np.empty_like(loose.flags)
    first = 0
    while first < len(order):
        done = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, done + _STRETCH, side="right")))
        counts = loose.counts[order[first:last]].astype(np.int64)
        shift = np.repeat(starts[order[first:last]] - (np.cumsum(counts) - counts), counts)
        indices = shift + np.arange(len(shift))
        positions[done : done + len(indices)] = loose.positions[indices]
        flags[done : done + len(indices)] = loose.flags[indices]
        first = last
    return positions, flags


def _sums(values: npt.NDArray[np.int64], counts: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The sums of consecutive runs of ``counts`` values; each run has at least one value."""
    if not len(counts):
        return np.empty(0, np.uint32)
    starts = np.cumsum(counts, dtype=np.int64) - counts
    return np.add.reduceat(values, starts).astype(np.uint32)
