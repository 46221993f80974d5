"""What is counted in a state of the index? Hits from positions, their surroundings from the forward list."""

from collections.abc import Iterator, Sequence

import numpy as np

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
from indexer.engines.whoosh.forward_list import unpack_forward
from indexer.engines.whoosh.hit_spans import SegmentHits, count_hits, locate_hits
from indexer.engines.whoosh.laid_out import lay_out
from indexer.engines.whoosh.segment_answer import SegmentAnswer
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import SegmentReader, Snapshot
from indexer.engines.whoosh.span_columns import read_spans
from indexer.engines.whoosh.stretches import Beside, Stretch, hits_of, unpack_witness
from indexer.engines.whoosh.tally import Tally
from indexer.facets import FacetName
from indexer.hit_matches import hit_matches
from indexer.places import Zone
from indexer.query import Question

_NUMBER_BITS = 32
_AT_A_TIME = 2_048
_NUMBER = (1 << _NUMBER_BITS) - 1


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
        found = np.full((len(hits), len(distances)), EDGE, np.int64)
        tally = Tally()
        for stretch in self._stretches(hits.articles, hits):
            laid_out, places = stretch.laid_out, stretch.hits
            beside = Beside(laid_out, unit, *stretch.edges(hits))
            for column, distance in enumerate(distances):
                at, stays = beside.units_at(distance)
                keys = laid_out.keys(beside.firsts[at], beside.stops[at])
                found[places[stays], column] = keys
                tally.add(keys, stretch.witnesses(beside.firsts[at], beside.stops[at]))
        return Neighbours(found, tally.result(self._texts_at).texts_of)

    def spans(self, hits: LocatedHits) -> list[HitSpan]:
        """Where each hit stands in the characters of its article."""
        found: dict[int, HitSpan] = {}
        for stretch in self._stretches(hits.articles, hits):
            laid_out = stretch.laid_out
            firsts, lasts = stretch.edges(hits)
            syllables = np.concatenate([[0], np.cumsum(laid_out.is_syllable)])
            rows = laid_out.places[firsts] >> 32
            for place, first, last, row in zip(
                stretch.hits.tolist(), firsts.tolist(), lasts.tolist(), rows.tolist(), strict=True
            ):
                paragraph = laid_out.paragraphs[first]
                edges = np.searchsorted(laid_out.paragraphs, [paragraph, paragraph + 1])
                before = int(syllables[laid_out.starts[row]])
                number = int(laid_out.numbers[row])
                found[place] = HitSpan(
                    int(laid_out.segment.arrays["change"][number]),
                    read_spans(laid_out.segment.arrays, number),
                    *(int(syllables[at]) - before for at in (first, last + 1, *edges)),
                )
        return [found[place] for place in range(len(hits))]

    def nearby(self, hits: LocatedHits, window: Window, text: CountedText) -> ItemCounts:
        """The items in the windows of hits."""
        tally = Tally()
        for stretch in self._stretches(hits.articles, hits):
            beside = Beside(stretch.laid_out, window.unit, *stretch.edges(hits))
            at = beside.within(window.before, window.after, stretch.laid_out.counted(text))
            firsts, stops = beside.firsts[at], beside.stops[at]
            tally.add(stretch.laid_out.keys(firsts, stops), stretch.witnesses(firsts, stops))
        return tally.result(self._texts_at)

    def items(
        self, articles: ArticleCounts, text: CountedText, unit: TokenUnit, length: int = 1
    ) -> ItemCounts:
        """The runs of units of some articles."""
        tally = Tally()
        for stretch in self._stretches(articles):
            laid_out = stretch.laid_out
            firsts = laid_out.firsts(unit)
            stops = firsts + laid_out.lengths(firsts, unit)
            if length > 1:
                firsts, stops = firsts[: 1 - length], stops[length - 1 :]
            counted = np.concatenate([[0], np.cumsum(laid_out.counted(text))])
            whole = laid_out.paragraphs[firsts] == laid_out.paragraphs[stops - 1]
            whole &= counted[stops] - counted[firsts] == stops - firsts
            firsts, stops = firsts[whole], stops[whole]
            tally.add(laid_out.keys(firsts, stops), stretch.witnesses(firsts, stops))
        return tally.result(self._texts_at)

    def _stretches(self, articles: ArticleCounts, hits: LocatedHits | None = None) -> Iterator[Stretch]:
        """The articles, laid out some at a time; where hits are given, those that have any."""
        order = np.argsort(articles.numbers, kind="stable")
        if hits is not None:
            has_hit = np.zeros(len(articles), np.bool_)
            has_hit[hits.rows] = True
            order = order[has_hit[order]]
        numbers = articles.numbers[order]
        for place in np.unique(numbers >> _NUMBER_BITS).tolist():
            segment = self._snapshot.segment_readers[place].segment
            first, last = np.searchsorted(
                numbers, [place << _NUMBER_BITS, place + 1 << _NUMBER_BITS]
            ).tolist()
            for start in range(first, last, _AT_A_TIME):
                here = slice(start, min(start + _AT_A_TIME, last))
                laid_out = lay_out(
                    segment, numbers[here] & _NUMBER, self._snapshot.term_numbers.by_segment[place]
                )
                yield Stretch(place, laid_out, hits_of(order[here], hits))
                charge(Stage.COUNTING)

    def _texts_at(self, witnesses: Int64Array) -> list[str]:
        """The texts of items, by where one of each stands."""
        numbers = self._snapshot.term_numbers
        texts = []
        for witness in witnesses.tolist():
            place, article, first, length = unpack_witness(witness)
            segment = self._snapshot.segment_readers[place].segment
            forms = unpack_forward(segment.arrays, np.array([article])).forms[first : first + length]
            texts.append(" ".join(numbers.texts(numbers.by_segment[place][forms >> 1])))
        return texts
