"""Why does an article score what it scores? The parts of its score, as evaluation sums them."""

from collections.abc import Iterator, Mapping

import numpy as np

from indexer.engine import Explanation, Reason, Why
from indexer.engines.whoosh.proximity import Merged, Standing, closest
from indexer.engines.whoosh.segment_answer import PartAnswer
from indexer.engines.whoosh.segments import Numbers
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.engines.whoosh.top_k import Scores
from indexer.evidence import weighed
from indexer.proximity import AS_TYPED, CLOSE, Placed, placed
from indexer.query import Match, Question
from indexer.scoring import idf, weight


def explain(snapshot: Snapshot, question: Question, article_id: str) -> Explanation | None:
    """The reasons for an article; None where no segment holds it."""
    held = _place(snapshot, article_id)
    if held is None:
        return None
    place, number = held
    answers = [PartAnswer(one, question) for one in snapshot.parts]
    rarities = {
        one.match: idf(snapshot.count, sum(answer.frequency(one.match) for answer in answers))
        for _, one in weighed(question.query, widened=question.widened)
    }
    only, norms = np.array([number], np.uint16), snapshot.norms(place)
    where, standing = placed(question, rarities), answers[place].standing(only)
    merged = standing.merged(where.words)
    reasons = (
        *_matching(answers[place], question, only, norms, rarities),
        *_together(standing, where, norms[only]),
        *_as_typed(answers[place], where, only),
        *_close(merged, where),
        *_in_the_head(standing, merged, where),
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
    for match, one in weighed(question.query, widened=question.widened):
        found = answer.frequencies(one.match, only)
        if found[0]:
            worth = float((one.share * weight(rarities[one.match], found, norms[only]))[0])
            why = Why.MATCH if one.match == match else Why.READINGS
            yield Reason(match.label, why, float(found[0]), rarities[one.match], one.share, worth)


def _together(standing: Standing, where: Placed, norms: Scores) -> Iterator[Reason]:
    for pair, rarity in where.pairs:
        found = standing.pair_frequencies(pair)
        if found[0]:
            worth = float((pair.share * weight(rarity, found, norms))[0])
            yield Reason(pair.label, Why.TOGETHER, float(found[0]), rarity, pair.share, worth)


def _as_typed(answer: PartAnswer, where: Placed, only: Numbers) -> Iterator[Reason]:
    for match in where.spelled:
        if answer.frequencies(match, only)[0]:
            yield Reason(match.label, Why.AS_TYPED, 1.0, 1.0, AS_TYPED, AS_TYPED)


def _close(merged: Merged, where: Placed) -> Iterator[Reason]:
    for place in closest(merged, where.words):
        word, rarity = where.words[place]
        share = CLOSE * word.emphasis
        yield Reason(word.label, Why.CLOSE, 1.0, rarity, share, share * rarity)


def _in_the_head(standing: Standing, merged: Merged, where: Placed) -> Iterator[Reason]:
    for (word, rarity), shares in zip(where.words, standing.head_shares(merged, where.words), strict=True):
        if shares[0]:
            share = float(shares[0]) * word.emphasis
            yield Reason(word.label, Why.HEAD, 1.0, rarity, share, share * rarity)
