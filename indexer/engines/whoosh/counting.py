"""What is counted in a state of the index? Hits from positions, their surroundings from the forward list."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from indexer.arrays.file import MappedArrays
from indexer.budget import Stage, charge
from indexer.counting import (
    EDGE,
    ArticleCounts,
    CountedText,
    HitSpan,
    Int64Array,
    ItemCounts,
    LocatedHits,
    Neighbours,
    TokenUnit,
    ValueColumn,
    Window,
    join_counts,
)
from indexer.engines.whoosh.forward_reader import ForwardReader, RunsAsked, forward_of
from indexer.engines.whoosh.hit_spans import SegmentHits, count_hits, locate_hits
from indexer.engines.whoosh.laid_out import lay_out
from indexer.engines.whoosh.segment_answer import SegmentAnswer
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import SegmentReader, Snapshot
from indexer.engines.whoosh.span_columns import read_spans
from indexer.engines.whoosh.tally import item_counts, sum_items
from indexer.engines.whoosh.witnesses import are_terms, in_segment, runs_of, segments_of, terms_of
from indexer.facets import FacetName
from indexer.hit_matches import hit_matches
from indexer.kernels.forward import HitsOfArticles, number_keys
from indexer.places import Zone
from indexer.query import Question

_NUMBER_BITS = 32
_NUMBER = (1 << _NUMBER_BITS) - 1
_LAID_OUT = 2_048  # articles that are laid out at a time
_SYLLABLES = 1 << 23
"""Of runs of several units in more text, some are counted at a time: their keys are shared out."""


class WhooshCounts:
    """Implements indexer.counting.CountReader. The number of an article: segment << 32 | number in it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def articles(self, question: Question, text: CountedText) -> ArticleCounts:
        """The articles that match, each with the number of its hits."""
        matches = hit_matches(question.query)
        parts = []
        for place, reader in enumerate(self._snapshot.segment_readers):
            numbers = SegmentAnswer(reader, question).matching
            hits = count_hits(reader.segment, matches, numbers, text)
            parts.append(self._counted(place, reader, numbers, hits, text))
        return join_counts(parts)

    def hits(self, question: Question, text: CountedText) -> LocatedHits:
        """Every hit in the articles that match."""
        matches = hit_matches(question.query)
        parts, located, first = [], [], 0
        for place, reader in enumerate(self._snapshot.segment_readers):
            numbers = SegmentAnswer(reader, question).matching
            own = locate_hits(reader.segment, matches, numbers, text)
            counts = np.bincount(own.rows, minlength=len(numbers)).astype(np.int64)
            parts.append(self._counted(place, reader, numbers, counts, text))
            located.append(SegmentHits(own.rows + first, own.starts, own.stops))
            first += len(numbers)
        nothing = np.empty(0, np.int64)
        return LocatedHits(
            join_counts(parts),
            np.concatenate([nothing, *(one.rows for one in located)]),
            np.concatenate([nothing, *(one.starts for one in located)]),
            np.concatenate([nothing, *(one.stops for one in located)]),
        )

    def _counted(
        self, place: int, reader: SegmentReader, numbers: DocumentNumbers, hits: Int64Array, text: CountedText
    ) -> ArticleCounts:
        arrays = reader.segment.arrays

        def column(name: str) -> Int64Array:
            return arrays[name][numbers].astype(np.int64)

        by_zone = arrays["zone_syllables"].reshape(-1, len(Zone))[numbers]
        syllables = by_zone[:, sorted(text.zones)].sum(axis=1, dtype=np.int64)
        if text.once and Zone.BODY in text.zones:
            syllables -= column("repeat_syllables")
        return ArticleCounts(
            numbers.astype(np.int64) | place << _NUMBER_BITS,
            column("change"),
            hits,
            syllables,
            column("first_day"),
            column("last_day"),
            column("minute"),
            arrays["guessed"][numbers] > 0,
            self._snapshot.story_column(place)[numbers].astype(np.int64),
            self._snapshot.print_column(place)[numbers].astype(np.int64),
        )

    def values(self, articles: ArticleCounts, name: FacetName) -> ValueColumn:
        """The value of each article in a facet."""
        values = self._snapshot.facet_values(name)
        codes = np.zeros(len(articles), np.int64)
        for place, numbers, rows in self._by_segment(articles):
            own = self._snapshot.segment_readers[place].segment.arrays[f"{name}_codes"]
            codes[rows] = values.by_segment[place][own[numbers]]
        return ValueColumn(codes, tuple(values.spellings))

    def ids(self, articles: ArticleCounts) -> list[str]:
        """The ids of articles."""
        ids = [""] * len(articles)
        for place, numbers, rows in self._by_segment(articles):
            own = self._snapshot.segment_readers[place].segment.ids_of(numbers)
            for row, one in zip(rows.tolist(), own, strict=True):
                ids[row] = one
        return ids

    def id_ranks(self, articles: ArticleCounts) -> Int64Array:
        """A number for each article that ascends with its id."""
        ranks = np.zeros(len(articles), np.int64)
        for place, numbers, rows in self._by_segment(articles):
            ranks[rows] = self._snapshot.id_ranks[place][numbers]
        return ranks

    def _by_segment(self, articles: ArticleCounts) -> Iterator[tuple[int, Int64Array, Int64Array]]:
        """Of each segment that has some of the articles: its place, their numbers in it, their rows."""
        segments = articles.numbers >> _NUMBER_BITS
        for place in np.unique(segments).tolist():
            rows = np.flatnonzero(segments == place)
            yield place, articles.numbers[rows] & _NUMBER, rows

    def neighbours(self, hits: LocatedHits, distances: Sequence[int], unit: TokenUnit) -> Neighbours:
        """What stands at some distances from each hit."""
        keys = np.full((len(hits), len(distances)), EDGE, np.int64)
        witnesses = np.full((len(hits), len(distances)), EDGE, np.int64)
        for place, own, at in self._hits_by_segment(hits):
            for some, found, found_at in self._forward(place).beside(own, distances, unit):
                rows = at[some]
                keys[rows], witnesses[rows] = found, in_segment(found_at, place)
        return _NumberedNeighbours(keys, _Texts(keys, witnesses, self._texts_at))

    def spans(self, hits: LocatedHits) -> list[HitSpan]:
        """Where each hit stands in the characters of its article."""
        found: dict[int, HitSpan] = {}
        for place, own, at in self._hits_by_segment(hits):
            arrays = self._snapshot.segment_readers[place].segment.arrays
            for begin, some in own.chunks(_LAID_OUT):
                spans = _spans_of(arrays, some)
                found.update(zip(at[begin : begin + len(spans)].tolist(), spans, strict=True))
                charge(Stage.COUNTING)
        return [found[place] for place in range(len(hits))]

    def nearby(self, hits: LocatedHits, window: Window, text: CountedText) -> ItemCounts:
        """The items in the windows of hits."""
        parts = [
            self._forward(place).nearby(own, window, text).in_segment(place)
            for place, own, _ in self._hits_by_segment(hits)
        ]
        rows = sum_items(parts)
        return item_counts(rows, self._texts_at, int(rows.counts.sum()))

    def items(
        self,
        articles: ArticleCounts,
        text: CountedText,
        unit: TokenUnit,
        length: int = 1,
        *,
        at_least: int = 1,
    ) -> ItemCounts:
        """The runs of units of some articles."""
        asked, shares = RunsAsked(text, unit, length), 1
        if length > 1 and at_least > 1:
            shares += int(articles.syllables.sum()) // _SYLLABLES
        parts, total = [], 0
        for share in range(shares):
            own = asked._replace(share=share, shares=shares)
            rows = sum_items(
                [
                    self._forward(place).items(np.sort(numbers).astype(np.uint16), own).in_segment(place)
                    for place, numbers, _ in self._by_segment(articles)
                ]
            )
            total += int(rows.counts.sum())
            parts.append(rows.at_least(at_least))
        return item_counts(sum_items(parts), self._texts_at, total)

    def _forward(self, place: int) -> ForwardReader:
        return forward_of(self._snapshot.segment_readers[place].segment)

    def _hits_by_segment(self, hits: LocatedHits) -> Iterator[tuple[int, HitsOfArticles, Int64Array]]:
        """Of each segment that has some of the hits: its place, the hits, their places among all."""
        owners = hits.articles.numbers[hits.rows]
        order = np.arange(len(hits))
        if (np.diff(owners) < 0).any():
            order = np.argsort(owners, kind="stable")
            owners = owners[order]
        for place in range(len(self._snapshot.segment_readers)):
            edges = np.array([place << _NUMBER_BITS, place + 1 << _NUMBER_BITS])
            first, last = np.searchsorted(owners, edges).tolist()
            if first < last:
                at, own = order[first:last], owners[first:last]
                opens = np.flatnonzero(np.diff(own, prepend=-1))
                numbers = (own[opens] & _NUMBER).astype(np.uint16)
                ends = np.append(opens[1:], len(own))
                yield place, HitsOfArticles(numbers, ends, hits.starts[at], hits.stops[at]), at

    def _texts_at(self, witnesses: Int64Array) -> list[str]:
        """The texts of items, by where one of each stands."""
        texts = np.empty(len(witnesses), object)
        segments, of_terms = segments_of(witnesses), are_terms(witnesses)
        for place in np.unique(segments).tolist():
            forward, here = self._forward(place), segments == place
            terms, runs = np.flatnonzero(here & of_terms), np.flatnonzero(here & ~of_terms)
            texts[terms] = forward.texts_of_terms(terms_of(witnesses[terms]))
            texts[runs] = forward.texts_of_runs(runs_of(witnesses[runs]))
        return texts.tolist()


class _Texts:
    """The texts of keys, of each of which one stands at a witness."""

    def __init__(
        self, keys: Int64Array, witnesses: Int64Array, texts_at: Callable[[Int64Array], list[str]]
    ) -> None:
        self._keys, self._witnesses, self._texts_at = keys.ravel(), witnesses.ravel(), texts_at

    @cached_property
    def numbers(self) -> tuple[Int64Array, Int64Array]:
        """The distinct keys; and the number of each key."""
        firsts, codes = number_keys(self._keys)
        return self._keys[firsts], codes

    @cached_property
    def _known(self) -> tuple[Int64Array, Int64Array]:
        """The distinct keys, ascending, and where one of each stands."""
        firsts, _ = number_keys(self._keys)
        firsts = firsts[np.argsort(self._keys[firsts])]
        return self._keys[firsts], self._witnesses[firsts]

    def __call__(self, keys: Int64Array) -> list[str]:
        known, witnesses = self._known
        return self._texts_at(witnesses[np.searchsorted(known, keys)])


@dataclass(frozen=True, slots=True)
class _NumberedNeighbours(Neighbours):
    """Neighbours whose distinct keys are found by a loop in C."""

    texts_of: _Texts = field(compare=False)

    def numbered(self) -> tuple[Int64Array, Int64Array]:
        """The distinct keys; and of each of ``keys`` its index among them, or EDGE."""
        distinct, codes = self.texts_of.numbers
        return distinct, codes.reshape(self.keys.shape)


def _spans_of(arrays: MappedArrays, hits: HitsOfArticles) -> list[HitSpan]:
    laid_out = lay_out(arrays, hits.numbers)
    rows = np.repeat(np.arange(len(hits.numbers)), np.diff(hits.ends, prepend=0))
    firsts = laid_out.at(rows, hits.starts)
    lasts = firsts + hits.stops - hits.starts
    paragraphs = laid_out.paragraphs[firsts]
    opens = np.searchsorted(laid_out.paragraphs, paragraphs)
    closes = np.searchsorted(laid_out.paragraphs, paragraphs + 1)
    before = np.concatenate([[0], np.cumsum(laid_out.is_syllable)])
    edges = before[np.stack([firsts, lasts, opens, closes])] - before[laid_out.starts[rows]]
    numbers = hits.numbers[rows]
    changes = arrays["change"][numbers].tolist()
    return [
        HitSpan(change, read_spans(arrays, number), *where)
        for change, number, where in zip(changes, numbers.tolist(), edges.T.tolist(), strict=True)
    ]
