"""How good is a ranking? nDCG@10, MRR@10 and recall@100 of each query, by ir_measures.

trec_eval, which ir_measures asks, sorts by score and then by id. Kho Báo's order is more than its score (an
article that lacks a word comes after all that have every word), so a ranking is handed over by its ranks.
"""

from collections.abc import Mapping

import ir_measures

from benchmarks.relevance.scores import Rankings, Scores
from benchmarks.relevance.sets import MEASURES, Qrels


def scored(name: str, rankings: Rankings, times_ms: Mapping[str, float], qrels: Qrels) -> Scores:
    """The measures of each ranking; a query that found nothing has 0 in each."""
    judged = {query: dict(qrels[query]) for query in rankings}
    by_rank = {
        query: {article: 1.0 / rank for rank, article in enumerate(found, 1)}
        for query, found in rankings.items()
    }
    values: dict[str, dict[str, float]] = {measure: dict.fromkeys(rankings, 0.0) for measure in MEASURES}
    measures = [ir_measures.parse_measure(measure) for measure in MEASURES]
    for one in ir_measures.iter_calc(measures, judged, by_rank):
        values[str(one.measure)][one.query_id] = float(one.value)
    return Scores(name, rankings, times_ms, values)
