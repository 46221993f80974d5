"""How is a selection counted? Its query is parsed and expanded as a search does, and never corrected.

Only articles that hold every unit together count: those of the first tier.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from corpus.errors import OperatorError
from corpus.message import say
from indexer.counting import ArticleCounts, CountedText, CountReader, Int64Array, LocatedHits, Mask
from indexer.engine import IndexReader
from indexer.fields import TEXT_FIELDS
from indexer.hit_matches import counted_zones, hit_matches
from indexer.query import And, Dates, Match, Not, Or, Query, Question, Words
from indexer.request_cache import request_cache
from indexer.story_numbers import ALONE
from search_app.answer.evaluation import Evaluator
from search_app.answer.pages import SearchRequest
from search_app.answer.questions import applied_sort, question_of
from search_app.answer.selection import Selection
from search_app.answer.undated import chosen_besides_dates
from search_app.query.expansion import ExpandedQuery
from search_app.query.grammar import Understood


@dataclass(frozen=True, slots=True)
class CountedSelection:
    """A selection as an engine counts it.

    Attributes:
        question: the query with its filters.
        held: the same without what is looked for in text: what is held. Dates and clauses of other fields
            (``nguồn:``) are filters.
        text: the text that is counted: where the query's hits can stand.
        has_hits: whether the query has matches whose spans are hits.
        expands: whether the query was expanded.
    """

    selection: Selection
    understood: Understood
    expanded: ExpandedQuery
    question: Question
    held: Question
    text: CountedText
    has_hits: bool
    expands: bool


def understand_counted(evaluator: Evaluator, selection: Selection) -> CountedSelection:
    """A selection, as it is counted.

    Raises:
        UserError: the query is past a stated limit.
    """
    return counted_as(evaluator, selection, *evaluator.expand(selection))


def counted_as(
    evaluator: Evaluator, selection: Selection, understood: Understood, expanded: ExpandedQuery
) -> CountedSelection:
    """A selection whose query is understood and expanded, as it is counted."""
    sort = applied_sort(selection.sort, understood.query)
    request = SearchRequest(replace(selection, collapse_stories=False), size=0, facets=())
    question = question_of(request, expanded.query, sort, expanded=evaluator.expands(selection))
    bare = question_of(request, _without_text(expanded.query), sort, expanded=False)
    text = CountedText(counted_zones(expanded.query), selection.once)
    has_hits, expands = bool(hit_matches(expanded.query)), evaluator.expands(selection)
    return CountedSelection(selection, understood, expanded, question, bare, text, has_hits, expands)


def _without_text(query: Query) -> Query:
    """The clauses of a query that look for nothing in text."""
    clauses = query.children if isinstance(query, And) else (query,)
    return And(tuple(clause for clause in clauses if not looks_in_text(clause)))


def without_dates(question: Question, selection: Selection) -> Question:
    """What is held of any date: a question of what is held, without its filters by date."""
    query = question.query
    clauses = query.children if isinstance(query, And) else (query,)
    kept = And(tuple(clause for clause in clauses if not isinstance(clause, Dates)))
    chosen = chosen_besides_dates(selection)
    filters = tuple(one for one in question.filters if one.excluded or one.facet in chosen)
    return replace(question, query=kept, filters=filters, dates=Dates(None, None))


def looks_in_text(query: Query) -> bool:
    """Whether a query looks for something in text, so that without it more is held."""
    match query:
        case Match():
            return query.field in TEXT_FIELDS
        case Words():
            return any(map(looks_in_text, query.children))
        case And(children) | Or(children):
            return any(map(looks_in_text, children))
        case Not(child):
            return looks_in_text(child)
        case _:
            return False


@contextmanager
def lend_counts(evaluator: Evaluator, selection: Selection) -> Iterator[tuple[IndexReader, CountReader]]:
    """Lends the reader of the state that a selection asks for, and what counts in it.

    Raises:
        OperatorError: the index is of a format that cannot count, or cannot be read.
    """
    with evaluator.lend(selection) as reader, request_cache():
        yield reader, counts_of(reader)


def counts_of(reader: IndexReader) -> CountReader:
    """What counts in a state.

    Raises:
        OperatorError: the index is of a format that cannot count.
    """
    counts = reader.counts()
    if counts is None:
        raise OperatorError(
            say(
                "the index has format {format}, which does not keep the words of articles in order; counting"
                " needs it: bring it to this version with: khobao upgrade",
                format=reader.manifest.format,
            )
        )
    return counts


def first_prints(articles: ArticleCounts, preferred: Mask | None = None) -> Int64Array:
    """The rows of the articles that are the first print, among these, of their story; ascending.

    Args:
        preferred: those that come before all others of their story.
    """
    later = np.zeros(len(articles), np.bool_) if preferred is None else ~preferred
    order = np.lexsort((articles.changes, articles.ranks, later, articles.stories))
    stories = articles.stories[order]
    is_first = (np.diff(stories, prepend=ALONE - 1) != 0) | (stories == ALONE)
    return np.sort(order[is_first])


def fold_articles(articles: ArticleCounts, selection: Selection) -> ArticleCounts:
    """The articles, or the first print of each story where the selection collapses stories."""
    return articles.only(first_prints(articles)) if selection.collapse_stories else articles


def fold_hits(hits: LocatedHits, selection: Selection) -> LocatedHits:
    """The hits, or those in the first print of each story where the selection collapses stories."""
    if not selection.collapse_stories:
        return hits
    is_first = np.zeros(len(hits.articles), np.bool_)
    is_first[first_prints(hits.articles)] = True
    rows = np.cumsum(is_first) - 1
    kept = is_first[hits.rows]
    return LocatedHits(
        hits.articles.only(is_first), rows[hits.rows[kept]], hits.starts[kept], hits.stops[kept]
    )


def count_stories(articles: ArticleCounts) -> int:
    """The number of stories of some articles; an article in none counts as one."""
    return len(first_prints(articles))


def held_around(held: ArticleCounts, counted: ArticleCounts, selection: Selection) -> ArticleCounts:
    """What is held, of which ``counted`` is a part also where the selection collapses stories.

    Of each story one print is held then: the one that is counted, where one is; else the first.
    """
    if not selection.collapse_stories:
        return held
    return held.only(first_prints(held, np.isin(held.numbers, counted.numbers)))
