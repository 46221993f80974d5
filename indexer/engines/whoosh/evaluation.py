"""Which articles match, with which score? A question evaluated exhaustively, segment by segment.

Every article is looked at, so ids, scores, totals and facet counts are exact. First the segments say
which articles match and how many hold each match, which gives the document frequencies; then each is
scored, the second tier only where it can be reached.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from indexer.budget import Stage, charge
from indexer.engine import Hit, Manifest, Occurrences, Results, Spread
from indexer.engines.whoosh.collapsing import count_stories, story_window
from indexer.engines.whoosh.hit_order import Ranked, joined
from indexer.engines.whoosh.segment_answer import PartAnswer
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.evidence import named_readings, tiered, weighed
from indexer.proximity import DEPTH, Placed, placed
from indexer.query import FacetName, Match, Question, Sort, as_typed, readable, typed_syllables
from indexer.scoring import idf

Parts = list[PartAnswer]


def evaluate(snapshot: Snapshot, question: Question, manifest: Manifest) -> Results:
    """The exact answer to a question on one state of the index."""
    parts = [PartAnswer(part, question) for part in snapshot.parts]
    stories = count_stories(snapshot, parts) if question.stories else (None, None)
    return Results(
        total=sum(len(part.whole) for part in parts),
        partial_total=sum(part.partial_count for part in parts),
        hits=_window(snapshot, question, parts),
        facets={name: _facet(name, parts) for name in question.facets},
        manifest=manifest,
        readings=_all_readings(snapshot, question, parts) if question.readings else {},
        spread=_spread(parts) if question.spread else None,
        stories=stories[0],
        partial_stories=stories[1],
    )


def _spread(parts: Parts) -> Spread:
    found = [part.spread() for part in parts]
    nothing = np.empty(0, np.int64)
    return Spread(
        np.concatenate([nothing, *(one.first_days for one in found)]),
        np.concatenate([nothing, *(one.last_days for one in found)]),
        np.concatenate([nothing, *(one.counts for one in found)]),
    )


def _facet(name: FacetName, parts: Parts) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.facet(name))
        charge(Stage.COUNTING)
    return dict(counts)


def _all_readings(snapshot: Snapshot, question: Question, parts: Parts) -> dict[str, dict[str, int]]:
    """Of each syllable that may be read in several ways, its readings in what matches as typed."""
    matches = readable(question.query)
    query = as_typed(question.query) if matches else question.query
    if query != question.query:
        parts = [PartAnswer(part, replace(question, query=query)) for part in snapshot.parts]
    return {match.label: _readings(match, parts) for match in matches}


def _readings(match: Match, parts: Parts) -> dict[str, int]:
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    for part in parts:
        more_words, more_terms = part.readings(match)
        words.update(more_words)
        terms.update(more_terms)
        charge(match)
    return named_readings(words, terms)


def _window(snapshot: Snapshot, question: Question, parts: Parts) -> tuple[Hit, ...]:
    """The hits asked for, of articles or of stories."""
    if not question.size:
        return ()
    end = question.offset + question.size
    if not question.by_story:
        return _hits(question, parts, _ranked(snapshot, question, parts, end).window(question.offset, end))

    def rank(depth: int) -> Ranked:
        return _ranked(snapshot, question, parts, depth).window(0, depth)

    window, others = story_window(snapshot, question, parts, rank)
    hits = _hits(question, parts, window)
    return tuple(replace(hit, others=count) for hit, count in zip(hits, others, strict=True))


def _ranked(snapshot: Snapshot, question: Question, parts: Parts, end: int) -> Ranked:
    """The first ``end`` articles and more: the best of each segment, merged in the total order."""
    rarities = {
        one.match: idf(snapshot.count, sum(part.frequency(one.match) for part in parts))
        for _, one in weighed(question.query, widened=question.widened)
    }
    where = placed(question, rarities) if question.sort is Sort.RELEVANCE else Placed()
    by_tier = question.sort is not Sort.RELEVANCE or tiered(question.query)
    depth = max(end, DEPTH) if where else end
    wanted = _Wanted(question.sort, end, depth, by_tier, (0,) if question.whole_only else (0, 1))
    ranked = _best(snapshot, parts, rarities, wanted)
    if where:
        ranked = ranked.settled(DEPTH)
        bonuses = [
            part.bonuses(numbers, where, snapshot.norms(place))
            for place, (part, numbers) in enumerate(zip(parts, ranked.numbers_by_part(DEPTH), strict=True))
        ]
        ranked = ranked.raised(bonuses, DEPTH)
    return ranked


class _Wanted(NamedTuple):
    """The first ``depth`` articles of some tiers, of which the first ``end`` are shown."""

    sort: Sort
    end: int
    depth: int
    by_tier: bool
    tiers: tuple[int, ...]


def _best(snapshot: Snapshot, parts: Parts, rarities: Mapping[Match, float], wanted: _Wanted) -> Ranked:
    """The articles that are wanted; the second tier is scored only where the shown ones reach it."""
    found = []
    held = 0
    for tier in wanted.tiers:
        if wanted.by_tier and held >= wanted.end:
            break
        for place, part in enumerate(parts):
            numbers, scores = part.best(tier, wanted.depth, rarities, snapshot.norms(place))
            found.append((tier, place, numbers, scores))
            held += len(numbers)
    return joined(found, parts, wanted.sort, by_tier=wanted.by_tier).first(wanted.depth)


def _hits(question: Question, parts: Parts, ranked: Ranked) -> tuple[Hit, ...]:
    """The hits of the window, in order; where the syllables stand is read a segment at a time."""
    typed = typed_syllables(question.query) if question.occurrences else ()
    read = [
        part.occurrences(numbers, typed) if question.occurrences and len(numbers) else {}
        for part, numbers in zip(parts, ranked.numbers_by_part(ranked.count), strict=True)
    ]
    return tuple(
        _hit(parts[place], tier, number, score, read[place].get(number))
        for tier, place, number, score in ranked.rows()
    )


def _hit(part: PartAnswer, tier: int, number: int, score: float, occurrences: Occurrences | None) -> Hit:
    lacking = part.lacks(number) if tier else ()
    instead = tuple(part.instead(number, word) for word in lacking) if occurrences else ()
    charge(Stage.HIGHLIGHTING)
    return Hit(part.id(number), score, tuple(word.label for word in lacking), occurrences, instead)
