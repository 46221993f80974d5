"""Why does an article have its score? Its reasons, computed as evaluation sums them."""

from collections.abc import Iterator, Mapping

import numpy as np

from indexer.boosts import boosted_query
from indexer.engine import Explanation, Reason, ReasonKind
from indexer.engines.whoosh.proximity import MergedSpots, ProximityReader, closest_words
from indexer.engines.whoosh.segment_answer import SegmentAnswer
from indexer.engines.whoosh.segments import DocumentNumbers
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.engines.whoosh.top_k import Scores
from indexer.proximity import WINDOW_BOOST, ProximityTerms, proximity_terms
from indexer.query import Match, Question
from indexer.scoring import inverse_document_frequency, weight


def explain(snapshot: Snapshot, question: Question, article_id: str) -> Explanation | None:
    """The explanation of an article's score; None where the index does not hold it."""
    location = _place(snapshot, article_id)
    if location is None:
        return None
    place, number = location
    answers = [SegmentAnswer(reader, question) for reader in snapshot.segment_readers]
    idfs = {
        boosted.match: inverse_document_frequency(
            snapshot.count, sum(answer.frequency(boosted.match) for answer in answers)
        )
        for _, boosted in boosted_query(question.query, expanded=question.expanded)
    }
    only, norms = np.array([number], np.uint16), snapshot.norms(place)
    terms, proximity = proximity_terms(question, idfs), answers[place].proximity(only)
    merged = proximity.merge(terms.words)
    reasons = (
        *_matching(answers[place], question, only, norms, idfs),
        *_ordered_windows(proximity, terms, norms[only]),
        *_held_forms(answers[place], terms, only),
        *_unordered_window(merged, terms),
        *_head(proximity, merged, terms),
    )
    length = float(snapshot.segment_readers[place].segment.lengths[number])
    return Explanation(article_id, length, snapshot.mean_length, reasons)


def _place(snapshot: Snapshot, article_id: str) -> tuple[int, int] | None:
    """The place of the segment that holds a live article, and its document number there."""
    for place, reader in enumerate(snapshot.segment_readers):
        number = reader.segment.document_number(article_id)
        if number is not None and (reader.live is None or reader.live[number]):
            return place, number
    return None


def _matching(
    answer: SegmentAnswer,
    question: Question,
    only: DocumentNumbers,
    norms: Scores,
    idfs: Mapping[Match, float],
) -> Iterator[Reason]:
    for match, boosted in boosted_query(question.query, expanded=question.expanded):
        frequencies = answer.frequencies(boosted.match, only)
        if frequencies[0]:
            value = float((boosted.boost * weight(idfs[boosted.match], frequencies, norms[only]))[0])
            kind = ReasonKind.MATCH if boosted.match == match else ReasonKind.READINGS
            yield Reason(match.label, kind, float(frequencies[0]), idfs[boosted.match], boosted.boost, value)


def _ordered_windows(proximity: ProximityReader, terms: ProximityTerms, norms: Scores) -> Iterator[Reason]:
    for pair, idf in terms.pairs:
        frequencies = proximity.pair_frequencies(pair)
        if frequencies[0]:
            value = float((pair.boost * weight(idf, frequencies, norms))[0])
            yield Reason(pair.label, ReasonKind.ORDERED_WINDOW, float(frequencies[0]), idf, pair.boost, value)


def _held_forms(answer: SegmentAnswer, terms: ProximityTerms, only: DocumentNumbers) -> Iterator[Reason]:
    for form in terms.forms:
        if answer.frequencies(form.match, only)[0]:
            yield Reason(form.match.label, form.kind, 1.0, form.idf, form.boost, form.value)


def _unordered_window(merged: MergedSpots, terms: ProximityTerms) -> Iterator[Reason]:
    for place in closest_words(merged, terms.words):
        word, idf = terms.words[place]
        boost = WINDOW_BOOST * word.boost
        yield Reason(word.label, ReasonKind.UNORDERED_WINDOW, 1.0, idf, boost, boost * idf)


def _head(proximity: ProximityReader, merged: MergedSpots, terms: ProximityTerms) -> Iterator[Reason]:
    for (word, idf), boosts in zip(terms.words, proximity.head_boosts(merged, terms.words), strict=True):
        if boosts[0]:
            boost = float(boosts[0]) * word.boost
            yield Reason(word.label, ReasonKind.HEAD, 1.0, idf, boost, boost * idf)
