"""Which readings of a typed syllable or unit do the matching articles have? Counted exactly, by segment."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.matching import find_runs
from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, Mask, places_among, read_spots
from indexer.engines.whoosh.segments import Segment
from indexer.fields import Field
from indexer.other_readings import one_spelling
from indexer.query import Match, Typed
from indexer.text.readings import same_spelling

ReadingCounts = tuple[Counter[str], Counter[str]]
"""The number of articles by reading in one spelling, and by reading as printed."""


def count_readings(segment: Segment, matching: Mask, match: Match) -> ReadingCounts:
    """How many of the matching articles hold each word (all its spellings), and how many each term."""
    if len(match.syllables) > 1:
        return _count_unit_readings(segment, matching, match)
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    spellings: defaultdict[str, list[int]] = defaultdict(list)
    (typed,) = match.typed
    term_set = segment.term_set(Field.TEXT, typed)
    starts = segment.arrays["posting_starts"]
    for run, postings in zip(term_set.runs, term_set.slices, strict=True):
        rows = np.flatnonzero(matching.take(segment.numbers(postings)))
        edges = starts[run.start : run.stop + 1].astype(np.int64) - postings.start
        counts = np.diff(np.searchsorted(rows, edges))
        for number, count in zip(run, counts.tolist(), strict=True):
            if count:
                terms[segment.term(number)] = count
                spellings[same_spelling(segment.term(number))].append(number)
    for word, numbers in spellings.items():
        if len(numbers) == 1:
            words[word] = terms[segment.term(numbers[0])]
            continue
        seen = np.zeros(len(matching), np.bool_)
        for number in numbers:
            seen[segment.numbers(segment.postings_of(range(number, number + 1)))] = True
        words[word] = int(np.count_nonzero(seen & matching))
    return words, terms


def _count_unit_readings(segment: Segment, matching: Mask, match: Match) -> ReadingCounts:
    """The same of several syllables in a row; a reading is their terms, joined by spaces."""
    slots = [segment.term_set(Field.TEXT, typed) for typed in match.typed]
    if not all(term_set.postings for term_set in slots):
        return Counter(), Counter()
    read = [read_spots(segment, term_set, np.flatnonzero(matching).astype(np.uint16)) for term_set in slots]
    begins = find_runs([indexed.spots for indexed in read])
    columns: list[npt.NDArray[np.int64]] = [begins >> ARTICLE_SHIFT]
    for step, indexed in enumerate(read):
        order = np.argsort(indexed.spots)
        there = order[np.searchsorted(indexed.spots, begins + step, sorter=order)]
        starts = segment.arrays["occurrence_starts"]
        columns.append(np.searchsorted(starts, indexed.indices[there], side="right").astype(np.int64) - 1)
    rows = np.unique(np.stack(columns, axis=1), axis=0)
    held = [
        (article, " ".join(segment.term(number) for number in numbers)) for article, *numbers in rows.tolist()
    ]
    return _count_distinct((article, one_spelling(text)) for article, text in held), _count_distinct(held)


def _count_distinct(held: Iterable[tuple[int, str]]) -> Counter[str]:
    """The number of different articles of each reading."""
    return Counter(text for _, text in set(held))


def heaviest_reading(segment: Segment, number: int, typed: Typed) -> str:
    """Of the terms that a syllable means, the one with most weight in an article; "" where it holds none."""
    only = np.array([number], np.uint16)
    best: tuple[int, str] | None = None
    for run in segment.term_set(Field.TEXT, typed).runs:
        for term in run:
            postings = segment.postings_of(range(term, term + 1))
            present, places = places_among(only, segment.numbers(postings))
            if present[0]:
                weight = int(segment.weights_at(places + postings.start)[0])
                best = min(filter(None, (best, (-weight, segment.term(term)))))
    return best[1] if best else ""
