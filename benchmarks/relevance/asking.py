"""How is a set of queries asked? Through the service, as a user gets it, each query once and in order.

from benchmarks.relevance import SETS, evaluate_set, open_pool

judged = SETS["questions-mlqa"]
service = open_pool(judged.pool)
print(evaluate_set(service, judged))
"""

import time
from collections.abc import Callable, Mapping, Sequence

from benchmarks.relevance.measures import scored
from benchmarks.relevance.scores import Scores
from benchmarks.relevance.sets import RERANK_DEPTH, JudgedSet, qrels_of, queries_of
from corpus.errors import UserError
from indexer.stories.story import StoryLookup
from search_app.answer.selection import Selection
from search_app.answer.service import Service

Ask = Callable[[str, int], Sequence[str]]
"""A typed query and how many results; the ids of the articles, the best first."""


def evaluate_set(service: Service, judged: JudgedSet, most: int | None = None) -> Scores:
    """A set, asked through the service; at most ``most`` of its queries, evenly drawn."""
    rankings, times_ms = asked(through(service), queries_of(judged, most))
    return scored(judged.name, rankings, times_ms, qrels_of(judged))


def evaluate_folded(
    service: Service, judged: JudgedSet, stories: StoryLookup, most: int | None = None
) -> Scores:
    """The same with each story once: an article that is asked for counts where its story stands."""

    def first(article: str) -> str:
        story = stories.story(article)
        return story.first if story else article

    rankings, times_ms = asked(through(service, folded=True), queries_of(judged, most))
    by_story = {query: [*dict.fromkeys(map(first, found))] for query, found in rankings.items()}
    qrels = {
        query: {first(article): grade for article, grade in sorted(found.items(), key=lambda one: one[1])}
        for query, found in qrels_of(judged).items()
    }
    return scored(judged.name, by_story, times_ms, qrels)


def through(service: Service, *, folded: bool = False) -> Ask:
    """What ``khobao batch`` prints, with ``--stories`` if folded; a query that is refused finds nothing."""

    def ask(query: str, depth: int) -> Sequence[str]:
        try:
            asked_for = Selection(query, collapse_stories=folded)
            return [hit.id for hit in service.exporting.ranked(asked_for, depth)]
        except UserError:
            return []

    return ask


def asked(ask: Ask, queries: Mapping[str, str]) -> tuple[dict[str, Sequence[str]], dict[str, float]]:
    """The ranking of each query, and how many milliseconds it took."""
    rankings: dict[str, Sequence[str]] = {}
    times_ms: dict[str, float] = {}
    for name, text in queries.items():
        started = time.perf_counter()
        rankings[name] = ask(text, RERANK_DEPTH)
        times_ms[name] = (time.perf_counter() - started) * 1000
    return rankings, times_ms
