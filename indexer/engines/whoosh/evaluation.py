"""Which articles match, with which score? A question evaluated exhaustively, segment by segment.

Every article is looked at, so ids, scores, totals and facet counts are exact. First the segments say
which articles match and how many hold each match, which gives the document frequencies; then each is
scored, the second tier only where it can be reached.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from indexer.engine import Hit, Manifest, Results
from indexer.engines.whoosh.by_story import count_stories, story_window
from indexer.engines.whoosh.part_answer import PartAnswer
from indexer.engines.whoosh.ranked import Ranked, joined
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.evidence import DEPTH, PAIR_RARITY, evidence, named_readings, pairs, tiered, widest
from indexer.query import FacetName, Match, Question, Sort, readable, scoring_matches, typed_syllables
from indexer.ranking import idf

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
        readings={
            match.label: _readings(match, parts)
            for match in (readable(question.query) if question.readings else ())
        },
        stories=stories[0],
        partial_stories=stories[1],
    )


def _facet(name: FacetName, parts: Parts) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.facet(name))
    return dict(counts)


def _readings(match: Match, parts: Parts) -> dict[str, int]:
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    for part in parts:
        more_words, more_terms = part.readings(match)
        words.update(more_words)
        terms.update(more_terms)
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
        for match in scoring_matches(question.query)
        for one in evidence(match, widened=question.widened)
    }
    neighbours = pairs(question.query, widened=question.widened) if question.sort is Sort.RELEVANCE else ()
    by_tier = question.sort is not Sort.RELEVANCE or tiered(question.query)
    depth = max(end, DEPTH) if neighbours else end
    ranked = _best(snapshot, parts, rarities, question.sort, end, depth, by_tier=by_tier)
    if neighbours:
        ranked = ranked.settled(DEPTH)
        known = [
            (
                pair,
                max(rarities[widest(word, widened=question.widened)] for word in pair.words) + PAIR_RARITY,
            )
            for pair in neighbours
        ]
        bonuses = [
            part.bonuses(numbers, known, snapshot.norms(place))
            for place, (part, numbers) in enumerate(zip(parts, ranked.numbers_by_part(DEPTH), strict=True))
        ]
        ranked = ranked.raised(bonuses, DEPTH)
    return ranked


def _best(
    snapshot: Snapshot,
    parts: Parts,
    rarities: Mapping[Match, float],
    sort: Sort,
    end: int,
    count: int,
    *,
    by_tier: bool,
) -> Ranked:
    """The first ``count`` articles; the second tier is scored only where ``end`` reaches it."""
    found = []
    held = 0
    for tier in (0, 1):
        if by_tier and held >= end:
            break
        for place, part in enumerate(parts):
            numbers, scores = part.best(tier, count, rarities, snapshot.norms(place))
            found.append((tier, place, numbers, scores))
            held += len(numbers)
    return joined(found, parts, sort, by_tier=by_tier).first(count)


def _hits(question: Question, parts: Parts, ranked: Ranked) -> tuple[Hit, ...]:
    """The hits of the window, in order; where the syllables stand is read a segment at a time."""
    typed = typed_syllables(question.query) if question.occurrences else ()
    read = [
        part.occurrences(numbers, typed) if question.occurrences and len(numbers) else {}
        for part, numbers in zip(parts, ranked.numbers_by_part(ranked.count), strict=True)
    ]
    return tuple(
        Hit(
            parts[place].id(number),
            score,
            parts[place].lacks(number) if tier else (),
            read[place].get(number),
        )
        for tier, place, number, score in ranked.rows()
    )
