"""Which articles match, with which score? A question is evaluated exhaustively, segment by segment.

No article is skipped, so ids, scores, totals and facet counts are exact. First every segment finds its
matching articles and the document frequency of each match; the sums give the idfs. Then each segment collects
its best articles, and these are merged. A later tier is scored only where the window reaches it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from indexer.boosts import boosted_query
from indexer.budget import Stage, charge
from indexer.engine import DateHistogram, Hit, Manifest, Occurrences, Results
from indexer.engines.whoosh.collapsing import count_stories, story_window
from indexer.engines.whoosh.facet_values import count_values
from indexer.engines.whoosh.hit_order import Ranked, merge_ranked
from indexer.engines.whoosh.occurrences import Mask
from indexer.engines.whoosh.segment_answer import SegmentAnswer, Shortfall
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.facets import FacetName
from indexer.other_readings import named_readings
from indexer.proximity import RERANK_DEPTH, ProximityTerms, proximity_terms
from indexer.query import (
    Match,
    Question,
    Sort,
    ambiguous_matches,
    typed_syllables,
    without_expansions,
)
from indexer.scoring import inverse_document_frequency
from indexer.tiers import Tier, is_tiered

Answers = list[SegmentAnswer]


def evaluate(snapshot: Snapshot, question: Question, manifest: Manifest) -> Results:
    """The exact answer to a question on one state of the index."""
    answers = [SegmentAnswer(reader, question) for reader in snapshot.segment_readers]
    stories = count_stories(snapshot, answers) if question.stories else (None, None, None)
    totals = [sum(answer.count(tier) for answer in answers) for tier in Tier]
    counted = {name: _facet(name, snapshot, question, answers) for name in question.facets}
    return Results(
        total=totals[Tier.MATCHES],
        scattered_total=totals[Tier.SCATTERED],
        partial_total=totals[Tier.PARTIAL],
        hits=_window(snapshot, question, answers),
        facets={name: counts for name, (counts, _) in counted.items()},
        facet_sizes={name: size for name, (_, size) in counted.items()},
        manifest=manifest,
        readings=_all_readings(question, answers) if question.readings else {},
        date_histogram=_date_histogram(answers) if question.date_histogram else None,
        stories=stories[Tier.MATCHES],
        scattered_stories=stories[Tier.SCATTERED],
        partial_stories=stories[Tier.PARTIAL],
    )


def _date_histogram(answers: Answers) -> DateHistogram:
    histograms = [answer.date_histogram() for answer in answers]
    nothing = np.empty(0, np.int64)
    return DateHistogram(
        np.concatenate([nothing, *(histogram.first_days for histogram in histograms)]),
        np.concatenate([nothing, *(histogram.last_days for histogram in histograms)]),
        np.concatenate([nothing, *(histogram.counts for histogram in histograms)]),
    )


def _facet(
    name: FacetName, snapshot: Snapshot, question: Question, answers: Answers
) -> tuple[dict[str, int], int]:
    """The counts of a facet, and the number of its values."""
    return count_values(name, question, snapshot.facet_values(name), [answer.facet for answer in answers])


def _all_readings(question: Question, answers: Answers) -> dict[str, dict[str, int]]:
    """For each ambiguous unit, its readings in the articles that match as typed."""
    matches = ambiguous_matches(question.query)
    if not matches:
        return {}
    query = without_expansions(question.query)  # which matches no article that the expanded one does not
    is_same = query == question.query
    matching = [answer.matching_mask if is_same else answer.matching_query(query) for answer in answers]
    return {match.label: _readings(match, answers, matching) for match in matches}


def _readings(match: Match, answers: Answers, matching: list[Mask]) -> dict[str, int]:
    words: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    for answer, mask in zip(answers, matching, strict=True):
        more_words, more_terms = answer.readings(match, mask)
        words.update(more_words)
        terms.update(more_terms)
        charge(match)
    return named_readings(words, terms)


def _window(snapshot: Snapshot, question: Question, answers: Answers) -> tuple[Hit, ...]:
    """The hits of the window: articles, or the best article of each story."""
    if not question.size:
        return ()
    end = question.offset + question.size
    if not question.collapse_stories:
        return _hits(
            question, answers, _ranked(snapshot, question, answers, end).window(question.offset, end)
        )

    def rank(depth: int) -> Ranked:
        return _ranked(snapshot, question, answers, depth).window(0, depth)

    window, collapsed = story_window(snapshot, question, answers, rank)
    hits = _hits(question, answers, window)
    return tuple(replace(hit, collapsed=count) for hit, count in zip(hits, collapsed, strict=True))


def _ranked(snapshot: Snapshot, question: Question, answers: Answers, end: int) -> Ranked:
    """At least the first ``end`` articles: the best of each segment, merged in the total order, reranked."""
    idfs = {
        boosted.match: inverse_document_frequency(
            snapshot.count, sum(answer.frequency(boosted.match) for answer in answers)
        )
        for _, boosted in boosted_query(question.query, expanded=question.expanded)
    }
    terms = proximity_terms(question, idfs) if question.sort is Sort.RELEVANCE else ProximityTerms()
    by_tier = question.sort is not Sort.RELEVANCE or is_tiered(question.query)
    depth = max(end, RERANK_DEPTH) if terms else end
    tiers = (Tier.MATCHES,) if question.first_tier_only else tuple(Tier)
    wanted = _TopRequest(question.sort, end, depth, by_tier, tiers)
    ranked = _best(snapshot, answers, idfs, wanted)
    if terms:
        ranked = ranked.with_ties_broken(RERANK_DEPTH)
        bonuses = [
            answer.bonuses(numbers, terms, snapshot.norms(place))
            for place, (answer, numbers) in enumerate(
                zip(answers, ranked.numbers_by_segment(RERANK_DEPTH), strict=True)
            )
        ]
        ranked = ranked.with_bonuses(bonuses, RERANK_DEPTH)
    return ranked


class _TopRequest(NamedTuple):
    """Which articles to collect: the first ``depth`` of some tiers, of which the first ``end`` are shown."""

    sort: Sort
    end: int
    depth: int
    by_tier: bool
    tiers: tuple[Tier, ...]


def _best(snapshot: Snapshot, answers: Answers, idfs: Mapping[Match, float], wanted: _TopRequest) -> Ranked:
    """Collects and merges; a later tier is scored only where those before have fewer than are shown."""
    collected = []
    count = 0
    for tier in wanted.tiers:
        if wanted.by_tier and count >= wanted.end:
            break
        for place, answer in enumerate(answers):
            numbers, scores = answer.top_k(tier, wanted.depth, idfs, snapshot.norms(place))
            collected.append((tier, place, numbers, scores))
            count += len(numbers)
    return merge_ranked(collected, answers, wanted.sort, by_tier=wanted.by_tier)


_WHOLE = Shortfall()


def _hits(question: Question, answers: Answers, ranked: Ranked) -> tuple[Hit, ...]:
    """The hits of the window, in order; occurrences and shortfalls are read one segment at a time."""
    read: Sequence[Mapping[int, Occurrences]] = [{}] * len(answers)
    short: Sequence[Mapping[int, Shortfall]] = [{}] * len(answers)
    if question.occurrences:
        typed = typed_syllables(question.query)
        read = [
            answer.occurrences(numbers, typed) if len(numbers) else {}
            for answer, numbers in zip(answers, ranked.numbers_by_segment(ranked.count), strict=True)
        ]
    later = np.flatnonzero(ranked.tiers != Tier.MATCHES)
    if len(later):
        by_segment = ranked.take(later).numbers_by_segment(ranked.count)
        short = [
            answer.shortfalls(numbers) if len(numbers) else {}
            for answer, numbers in zip(answers, by_segment, strict=True)
        ]
    return tuple(
        _hit(answers[place], number, score, short[place].get(number, _WHOLE), read[place].get(number))
        for _, place, number, score in ranked.rows()
    )


def _hit(
    answer: SegmentAnswer, number: int, score: float, short: Shortfall, occurrences: Occurrences | None
) -> Hit:
    charge(Stage.HIGHLIGHTING)
    if short is _WHOLE:
        return Hit(answer.id(number), score, occurrences=occurrences)
    other_readings = (
        tuple(answer.other_reading(number, word) for word in short.lacking) if occurrences else ()
    )
    return Hit(
        answer.id(number),
        score,
        tuple(word.label for word in short.lacking),
        occurrences,
        other_readings,
        scattered=tuple(unit.label for unit in short.scattered),
    )
