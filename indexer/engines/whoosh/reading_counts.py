"""Which readings of a typed syllable or unit do the matching articles have? Counted exactly, by segment."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.engines.whoosh.occurrences import ARTICLE_SHIFT, Mask, Spots, places_among, read_spots
from indexer.engines.whoosh.segments import DocumentNumbers, Segment, TermSet
from indexer.fields import Field
from indexer.kernels.spots import count_terms, note_terms_at
from indexer.other_readings import one_spelling
from indexer.query import Match, Typed
from indexer.text.readings import same_spelling

Int64Array = npt.NDArray[np.int64]
ReadingCounts = tuple[Counter[str], Counter[str]]
"""The number of articles by reading in one spelling, and by reading as printed."""


def count_readings(segment: Segment, matching: Mask, match: Match) -> ReadingCounts:
    """How many of the matching articles hold each word (all its spellings), and how many each term."""
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    spellings: defaultdict[str, list[int]] = defaultdict(list)
    (typed,) = match.typed
    term_set = segment.term_set(Field.TEXT, typed)
    starts = segment.arrays["posting_starts"]
    for run, postings in zip(term_set.runs, term_set.slices, strict=True):
        if segment.view.is_usable:
            counts = count_terms(segment.view, term_set, run, matching)
        else:
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


def count_unit_readings(segment: Segment, unit: Match, begins: Spots, matching: Mask) -> ReadingCounts:
    """The same of several syllables in a row; a reading is their terms, joined by spaces.

    Args:
        begins: the spots where the unit begins in the matching articles, and maybe in others; in any order.
    """
    begins = np.sort(begins[matching[begins >> ARTICLE_SHIFT]])
    articles = begins >> ARTICLE_SHIFT
    numbers = articles[np.flatnonzero(np.diff(articles, prepend=-1))].astype(np.uint16)
    slots = [segment.term_set(Field.TEXT, typed) for typed in unit.typed]
    columns = [_terms_at(segment, term_set, numbers, begins + step) for step, term_set in enumerate(slots)]
    runs, places = _distinct_rows(np.stack(columns, axis=1))
    texts = [" ".join(map(segment.term, run)) for run in runs.tolist()]
    spellings = {text: number for number, text in enumerate(dict.fromkeys(map(one_spelling, texts)))}
    spelt = np.array([spellings[one_spelling(text)] for text in texts], np.int64)
    return (
        _count_articles(articles, spelt[places], list(spellings)),
        _count_articles(articles, places, texts),
    )


def _terms_at(segment: Segment, term_set: TermSet, numbers: DocumentNumbers, spots: Spots) -> Int64Array:
    """Which of the terms stands at each of some spots (ascending), all of which hold one.

    The most frequent term stands where none of the others does, so that its postings are not read.
    """
    if not len(spots):
        return np.empty(0, np.int64)
    candidates = [number for run in term_set.runs for number in run]
    starts = segment.arrays["occurrence_starts"]
    usual = max(candidates, key=lambda number: int(starts[number + 1]) - int(starts[number]))
    terms = np.full(len(spots), usual, np.int64)
    others = segment.terms_as_set([number for number in candidates if number != usual])
    if not others.postings:
        return terms
    if segment.view.is_usable:
        note_terms_at(segment.view, others, spots, terms)
        return terms
    read = read_spots(segment, others, numbers)
    places = np.minimum(np.searchsorted(spots, read.spots), len(spots) - 1)
    here = np.flatnonzero(spots[places] == read.spots)
    terms[places[here]] = np.searchsorted(starts, read.indices[here], side="right").astype(np.int64) - 1
    return terms


def _distinct_rows(rows: Int64Array) -> tuple[Int64Array, Int64Array]:
    """The distinct rows, and for each row the index of its like."""
    keys = np.zeros(len(rows), np.int64)
    for column in rows.T:
        ranks = _ranks(column)
        keys = _ranks(keys * (int(ranks.max(initial=0)) + 1) + ranks)
    firsts = np.zeros(int(keys.max(initial=-1)) + 1, np.int64)
    firsts[keys] = np.arange(len(rows))
    return rows[firsts], keys


def _ranks(values: Int64Array) -> Int64Array:
    """For each value its rank among the distinct ones, which are few and below some millions."""
    seen = np.zeros(int(values.max(initial=-1)) + 1, np.bool_)
    seen[values] = True
    return (np.cumsum(seen) - 1)[values]


def _count_articles(articles: Int64Array, readings: Int64Array, texts: Sequence[str]) -> Counter[str]:
    """How many different articles have each reading."""
    pairs = articles * max(len(texts), 1) + readings
    pairs.sort()
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    counts = np.bincount(pairs % max(len(texts), 1), minlength=len(texts)).tolist()
    return Counter(dict(zip(texts, counts, strict=True)))


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
