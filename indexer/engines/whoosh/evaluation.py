"""Which articles match, with which score? A question is evaluated exhaustively, segment by segment.

No article is skipped, so ids, scores, totals and facet counts are exact. First every segment finds its
matching articles and the document frequency of each match; the sums give the idfs. Then each segment collects
its best articles, and these are merged. A later tier is scored only where the window reaches it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from indexer.boosts import boosted_query
from indexer.budget import Stage, charge
from indexer.counting import CountedText
from indexer.engine import DateHistogram, Hit, Manifest, Occurrences, Results
from indexer.engines.whoosh.collapsing import (
    Members,
    RankedHead,
    count_collapsed,
    count_stories,
    first_prints,
    story_window,
)
from indexer.engines.whoosh.date_histogram import join_histograms
from indexer.engines.whoosh.facet_values import count_values
from indexer.engines.whoosh.hit_order import Ranked, merge_ranked
from indexer.engines.whoosh.occurrences import Mask
from indexer.engines.whoosh.segment_answer import SegmentAnswer, Shortfall
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.facets import FacetName
from indexer.hit_matches import counted_zones, hit_matches
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
        hits_total=_count_hits(question, answers) if question.count_hits else None,
    )


def _count_hits(question: Question, answers: Answers) -> int | None:
    matches = hit_matches(question.query)
    if not matches:
        return None
    text = CountedText(counted_zones(question.query), question.once)
    return sum(answer.count_hits(matches, text) for answer in answers)


def _date_histogram(answers: Answers) -> DateHistogram:
    return join_histograms([answer.date_histogram() for answer in answers])


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
    """The hits of the window: articles, or those that stand for their stories."""
    if not question.size:
        return ()
    ranking = _Ranking(snapshot, question, answers)
    end = question.offset + question.size
    if not question.collapse_stories:
        return _hits(question, answers, ranking.rank(end).window(question.offset, end))
    if ranking.is_scored:
        window = story_window(snapshot, question, answers, ranking.head)
    else:
        firsts = first_prints(snapshot, answers, ranking.tiers, by_tier=ranking.by_tier)
        window = ranking.rank(end, firsts).window(question.offset, end)
    hits = _hits(question, answers, window)
    collapsed = count_collapsed(snapshot, answers, window)
    return tuple(replace(hit, collapsed=count) for hit, count in zip(hits, collapsed, strict=True))


class _Ranking:
    """Ranks the articles of a question to any depth; weights are computed once."""

    def __init__(self, snapshot: Snapshot, question: Question, answers: Answers) -> None:
        self._snapshot = snapshot
        self._answers = answers
        self._sort = question.sort
        self._idfs = {
            boosted.match: inverse_document_frequency(
                snapshot.count, sum(answer.frequency(boosted.match) for answer in answers)
            )
            for _, boosted in boosted_query(question.query, expanded=question.expanded)
        }
        by_relevance = question.sort is Sort.RELEVANCE
        self._terms = proximity_terms(question, self._idfs) if by_relevance else ProximityTerms()
        self.is_scored = by_relevance and bool(self._idfs)
        self.by_tier = not by_relevance or is_tiered(question.query)
        self.tiers = (Tier.MATCHES,) if question.first_tier_only else tuple(Tier)

    def head(self, end: int) -> RankedHead:
        """At least the first ``end`` articles; all that were reranked, for they are ranked already."""
        ranked, depth = self.rank(end), self._depth(end)
        if ranked.count == sum(answer.count(tier) for answer in self._answers for tier in self.tiers):
            return RankedHead(ranked, is_cut=False, is_whole=True)
        is_cut = ranked.count >= depth
        return RankedHead(ranked.take(np.arange(depth)) if is_cut else ranked, is_cut, is_whole=False)

    def rank(self, end: int, members: Members | None = None) -> Ranked:
        """At least the first ``end`` articles: the best of each segment, merged and reranked.

        Args:
            members: where none is scored, those that are ranked; None: all.
        """
        ranked = self._merged(end, members)
        if self._terms:
            ranked = ranked.with_ties_broken(RERANK_DEPTH)
            bonuses = [
                answer.bonuses(numbers, self._terms, self._snapshot.norms(place))
                for place, (answer, numbers) in enumerate(
                    zip(self._answers, ranked.numbers_by_segment(RERANK_DEPTH), strict=True)
                )
            ]
            ranked = ranked.with_bonuses(bonuses, RERANK_DEPTH)
        return ranked

    def _depth(self, end: int) -> int:
        return max(end, RERANK_DEPTH) if self._terms else end

    def _merged(self, end: int, members: Members | None) -> Ranked:
        """Collects and merges; a later tier is scored only where those before have fewer than are shown."""
        collected = []
        count = 0
        for tier in self.tiers:
            if self.by_tier and count >= end:
                break
            for place, answer in enumerate(self._answers):
                own = None if members is None else members[tier, place]
                norms = self._snapshot.norms(place)
                numbers, scores = answer.top_k(tier, self._depth(end), self._idfs, norms, own)
                collected.append((tier, place, numbers, scores))
                count += len(numbers)
        return merge_ranked(collected, self._answers, self._sort, by_tier=self.by_tier)


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
        _hit(
            answers[place],
            article_id,
            number,
            score,
            short[place].get(number, _WHOLE),
            read[place].get(number),
        )
        for article_id, (_, place, number, score) in zip(ranked.ids(), ranked.rows(), strict=True)
    )


def _hit(
    answer: SegmentAnswer,
    article_id: str,
    number: int,
    score: float,
    short: Shortfall,
    occurrences: Occurrences | None,
) -> Hit:
    charge(Stage.HIGHLIGHTING)
    if short is _WHOLE:
        return Hit(article_id, score, occurrences=occurrences)
    other_readings = (
        tuple(answer.other_reading(number, word) for word in short.lacking) if occurrences else ()
    )
    return Hit(
        article_id,
        score,
        tuple(word.label for word in short.lacking),
        occurrences,
        other_readings,
        scattered=tuple(unit.label for unit in short.scattered),
    )
