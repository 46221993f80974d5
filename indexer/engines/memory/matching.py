"""Does an article match a query? Tested node by node."""

from corpus.value_folding import folded
from indexer.boosts import second_tier_match, tiers
from indexer.engine import AnalysedArticle
from indexer.engines.memory.positions import find_match
from indexer.engines.memory.scorer import Articles
from indexer.query import And, Dates, FacetFilter, Match, Not, Or, Query, Question, Words


def passing(articles: Articles, filters: tuple[FacetFilter, ...], dates: Dates) -> list[AnalysedArticle]:
    """The articles that pass the filters and the range of dates."""
    return [
        article
        for article in articles.values()
        if matches(article, dates)
        and all(
            bool(folded(article.facets[item.facet]) & folded(item.values)) is not item.excluded
            for item in filters
        )
    ]


def matches(article: AnalysedArticle, query: Query) -> bool:
    """Whether the article matches the whole query."""
    match query:
        case Match():
            return bool(find_match(article, query))
        case Dates(None, None):
            return True
        case Dates(first, last):
            return (
                article.first_day > 0
                and (first is None or first.toordinal() <= article.first_day)
                and (last is None or article.last_day <= last.toordinal())
            )
        case Not(child):
            return not matches(article, child)
        case Or(children):
            return any(matches(article, child) for child in children)
        case And(children) | Words(children):
            return all(matches(article, child) for child in children)


def is_partial(article: AnalysedArticle, question: Question) -> bool:
    """Whether the article is of the second tier: some of the words, all that binds, and no full match."""
    words, binding = tiers(question.query, expanded=question.expanded)
    return (
        words is not None
        and all(matches(article, part) for part in binding)
        and any(
            matches(article, second_tier_match(word, expanded=question.expanded)) for word in words.children
        )
        and not matches(article, words)
    )


def lacking_words(article: AnalysedArticle, question: Question) -> tuple[Match, ...]:
    """The words that an article of the second tier lacks."""
    words, _ = tiers(question.query, expanded=question.expanded)
    return tuple(word for word in words.children if not matches(article, word)) if words else ()
