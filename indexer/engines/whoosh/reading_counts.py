"""Which readings of a typed syllable do the matching articles have? Counted exactly, by segment."""

from collections import Counter, defaultdict

import numpy as np

from indexer.engines.whoosh.occurrences import Mask, places_among
from indexer.engines.whoosh.segments import Segment
from indexer.query import Field, Match, Typed
from indexer.text.readings import same_spelling


def count_readings(segment: Segment, matching: Mask, match: Match) -> tuple[Counter[str], Counter[str]]:
    """How many of the matching articles hold each word (all its spellings), and how many each term."""
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    spellings: defaultdict[str, list[int]] = defaultdict(list)
    (typed,) = match.typed
    term_set = segment.term_set(Field.TEXT, typed)
    starts = segment.arrays["posting_starts"]
    for run, postings in zip(term_set.runs, term_set.slices, strict=True):
        held = np.flatnonzero(matching.take(segment.numbers(postings)))
        edges = starts[run.start : run.stop + 1].astype(np.int64) - postings.start
        counts = np.diff(np.searchsorted(held, edges))
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


def heaviest_reading(segment: Segment, number: int, typed: Typed) -> str:
    """Of the terms that a syllable means, the one with most weight in an article; "" where it holds none."""
    only = np.array([number], np.uint16)
    best: tuple[int, str] | None = None
    for run in segment.term_set(Field.TEXT, typed).runs:
        for term in run:
            postings = segment.postings_of(range(term, term + 1))
            held, places = places_among(only, segment.numbers(postings))
            if held[0]:
                weight = int(segment.weights_at(places + postings.start)[0])
                best = min(filter(None, (best, (-weight, segment.term(term)))))
    return best[1] if best else ""
