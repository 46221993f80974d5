"""Why does an article score what it scores? The parts of its score, as evaluation sums them."""

from collections.abc import Iterator, Mapping

import numpy as np

from indexer.engine import Explanation, Reason, Why
from indexer.engines.whoosh.part_answer import PartAnswer
from indexer.engines.whoosh.segments import Numbers
from indexer.engines.whoosh.selection import Scores
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.evidence import ADJACENT, PAIR_RARITY, evidence, pairs, widest
from indexer.query import Match, Question, scoring_matches
from indexer.ranking import idf, weight


def explain(snapshot: Snapshot, question: Question, article_id: str) -> Explanation | None:
    """The reasons for an article; None where no segment holds it."""
    held = _place(snapshot, article_id)
    if held is None:
        return None
    place, number = held
    answers = [PartAnswer(one, question) for one in snapshot.parts]
    rarities = {
        one.match: idf(snapshot.count, sum(answer.frequency(one.match) for answer in answers))
        for match in scoring_matches(question.query)
        for one in evidence(match, widened=question.widened)
    }
    only, norms = np.array([number], np.uint16), snapshot.norms(place)
    reasons = (
        *_matching(answers[place], question, only, norms, rarities),
        *_together(answers[place], question, only, norms, rarities),
    )
    length = float(snapshot.parts[place].segment.lengths[number])
    return Explanation(article_id, length, snapshot.mean_length, reasons)


def _place(snapshot: Snapshot, article_id: str) -> tuple[int, int] | None:
    """The part that holds an article, and its number there."""
    for place, part in enumerate(snapshot.parts):
        number = part.segment.number(article_id)
        if number is not None and (part.live is None or part.live[number]):
            return place, number
    return None


def _matching(
    answer: PartAnswer, question: Question, only: Numbers, norms: Scores, rarities: Mapping[Match, float]
) -> Iterator[Reason]:
    for match in scoring_matches(question.query):
        for one in evidence(match, widened=question.widened):
            found = answer.frequencies(one.match, only)
            if found[0]:
                worth = float((one.share * weight(rarities[one.match], found, norms[only]))[0])
                why = Why.MATCH if one.match is match else Why.READINGS
                yield Reason(match.label, why, float(found[0]), rarities[one.match], one.share, worth)


def _together(
    answer: PartAnswer, question: Question, only: Numbers, norms: Scores, rarities: Mapping[Match, float]
) -> Iterator[Reason]:
    for pair in pairs(question.query, widened=question.widened):
        found = answer.pair_frequencies(only, pair)
        if found[0]:
            rarer = max(rarities[widest(word, widened=question.widened)] for word in pair.words)
            worth = float((ADJACENT * weight(rarer + PAIR_RARITY, found, norms[only]))[0])
            yield Reason(pair.label, Why.TOGETHER, float(found[0]), rarer + PAIR_RARITY, ADJACENT, worth)
