"""Which articles match, with which score? A question evaluated exhaustively, segment by segment.

Every article is looked at, so ids, scores, totals and facet counts are exact. First the segments say
which articles match and how many hold each match, which gives the document frequencies; then each is
scored, the second tier only where the first does not fill the window.
"""

from collections import Counter

from indexer.engine import Hit, Manifest, Results
from indexer.engines.whoosh.part_answer import PartAnswer, Ranked
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.query import FacetName, Question, scoring_matches, typed_syllables
from indexer.ranking import idf


def evaluate(snapshot: Snapshot, question: Question, manifest: Manifest) -> Results:
    """The exact answer to a question on one state of the index."""
    parts = [PartAnswer(part, question) for part in snapshot.parts]
    total = sum(len(part.whole) for part in parts)
    return Results(
        total=total,
        partial_total=sum(part.partial_count for part in parts),
        hits=_window(snapshot, question, parts, total),
        facets={name: _facet(name, parts) for name in question.facets},
        manifest=manifest,
    )


def _facet(name: FacetName, parts: list[PartAnswer]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.facet(name))
    return dict(counts)


def _window(snapshot: Snapshot, question: Question, parts: list[PartAnswer], total: int) -> tuple[Hit, ...]:
    """The hits asked for: the best of each segment, merged in the total order."""
    count = question.offset + question.size
    rarities = {
        leaf: idf(snapshot.count, sum(part.frequency(leaf) for part in parts))
        for leaf in scoring_matches(question.query)
    }
    ranked: list[Ranked] = []
    for tier, held in enumerate((0, total)):
        if held < count:
            found = [
                one
                for place, part in enumerate(parts)
                for one in part.best(tier, count - held, rarities, snapshot.norms(place))
            ]
            ranked += sorted(found, key=lambda one: one.key)[: count - held]
    return _hits(question, parts, ranked[question.offset : count])


def _hits(question: Question, parts: list[PartAnswer], ranked: list[Ranked]) -> tuple[Hit, ...]:
    """The hits of the window, in order; where the syllables stand is read a segment at a time."""
    if not question.occurrences:
        return tuple(one.part.hit(one, None) for one in ranked)
    typed = typed_syllables(question.query)
    found = {}
    for part in parts:
        numbers = sorted(one.number for one in ranked if one.part is part)
        if numbers:
            found[part] = part.occurrences(numbers, typed)
    return tuple(one.part.hit(one, found[one.part][one.number]) for one in ranked)
